"""The HTTP protocol with an end to patience: for connections that say nothing or a byte at a time, for heads without an end,
and for too many connections. uvicorn serves it."""

from __future__ import annotations

import asyncio.sslproto
from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from judge_tui.services.hub.limits import Limits
from judge_tui.services.hub.log import HubLog, Incident

if TYPE_CHECKING:
    from uvicorn.protocols.http.h11_impl import H11Protocol as Parser
elif find_spec("httptools") is not None:  # in C: a third less of the hub's time
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as Parser
else:
    from uvicorn.protocols.http.h11_impl import H11Protocol as Parser

HEAD = 16 * 1024
"""Bytes that the head of a request may have."""

TLS_BUFFER = 32 * 1024
"""Bytes that a TLS connection keeps to read into, instead of asyncio's 256 KiB: with a thousand laptops those are most of the
memory that the hub takes. A TLS record has 16 KiB at most."""


def slim_tls() -> None:
    """Let connections made from now on keep `TLS_BUFFER` bytes."""
    asyncio.sslproto.SSLProtocol.max_size = TLS_BUFFER


def patient(limits: Limits, log: HubLog) -> type[Parser]:
    """A protocol class with these limits; what it drops is logged."""
    addresses: Counter[str] = Counter()

    class Patient(Parser):
        _timer: Any = None
        _host = ""
        _head = 0

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._host = self.client[0] if self.client is not None else ""
            addresses[self._host] += 1
            if len(self.connections) > limits.connections or addresses[self._host] > limits.address_connections:
                self._drop("TOO_MANY", "connections")
            else:
                self._wait()

        def data_received(self, data: bytes) -> None:
            self._wait()
            super().data_received(data)
            if _answering(self.cycle):
                self._head = 0
                self._forget()
                return
            self._head += len(data)
            if self._head > HEAD:
                self._drop("TOO_BIG", "head")

        def connection_lost(self, exc: Exception | None) -> None:
            self._forget()
            addresses[self._host] -= 1
            if addresses[self._host] <= 0:
                del addresses[self._host]
            super().connection_lost(exc)

        def _wait(self) -> None:
            if self._timer is None and not _answering(self.cycle):
                self._timer = self.loop.call_later(limits.head_seconds, self._drop, "SLOW", "head")

        def _forget(self) -> None:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

        def _drop(self, code: str, detail: str) -> None:
            log.refused(Incident(code, self._host, detail=detail))
            self.transport.abort()

    return Patient


def _answering(cycle: Any) -> bool:
    """Whether a request is whole and its answer is not; uvicorn's own types say that there always is one."""
    return cycle is not None and not cycle.response_complete
