"""The hub's two doors as an ASGI application: a session, and a push with its answer. Everything refused is logged.

Two paths and one method need no framework: what stands between a request and its answer costs the hub more than the answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from judge_tui.services.hub.gate import Gate, Refusal
from judge_tui.services.hub.limits import Limits
from judge_tui.services.hub.log import HubLog, Incident
from judge_tui.services.hub.rounds import Rounds, Sent
from judge_tui.services.sync.wire import (
    SESSION,
    SYNC,
    WireError,
    dump,
    read_authorization,
    read_opening,
)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
"""What ASGI says between a server and an application."""

_JSON = (b"content-type", b"application/json")
_CLOSE = (b"connection", b"close")
_HANG_UP = frozenset({"TOO_BIG", "SLOW", "TRUNCATED", "TOO_MANY"})
"""Refusals after which nothing more is read from a connection."""


@dataclass(slots=True)
class Request:
    """One request as it came: `headers` by lower-case name, `address` the laptop's, empty where it is not known."""

    method: str
    path: str
    headers: dict[bytes, bytes]
    address: str
    receive: Receive

    def header(self, name: bytes) -> str:
        """A header's text, empty where there is none."""
        return self.headers.get(name, b"").decode("latin-1")


class HubApp:
    """Answers requests: whatever is behind the doors goes through the gate first."""

    def __init__(self, gate: Gate, rounds: Rounds, log: HubLog, limits: Limits) -> None:
        self._gate, self.rounds, self._log, self._limits = gate, rounds, log, limits
        self._doors: dict[str, Callable[[Request], Awaitable[bytes]]] = {SESSION: self._session, SYNC: self._sync}

    async def asgi(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request; there is nothing behind any other path."""
        client = scope.get("client")
        request = Request(scope["method"], scope["path"], dict(scope["headers"]), client[0] if client else "", receive)
        status, headers, content = await self._answered(request)
        headers.append((b"content-length", str(len(content)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    async def _answered(self, request: Request) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        """Status, headers and body of the answer."""
        try:
            return 200, [_JSON], await self._doors.get(request.path, self._nothing)(request)
        except WireError as error:
            refusal = Refusal(400, "SCHEMA", str(error))
        except Refusal as refused:
            refusal = refused
        except Exception as error:  # a fault of ours: said and logged like everything else, and the hub goes on
            refusal = Refusal(500, "INTERNAL", repr(error))
        self._note(request, refusal)
        headers = [_JSON, _CLOSE] if refusal.code in _HANG_UP else [_JSON]
        return refusal.status, headers, dump({"code": refusal.code})

    def _note(self, request: Request, refusal: Refusal) -> None:
        author = request.header(b"authorization").split(" ")[1:2]
        self._log.refused(
            Incident(
                refusal.code,
                request.address,
                (author[0] if author else "")[:16],
                request.path[:100],
                refusal.detail[:200],
            )
        )

    async def _session(self, request: Request) -> bytes:
        self._gate.knock(request.address)
        event, opening = read_opening(await self._body(request, 64 * 1024))
        counter = self._gate.welcome(event, opening)
        return dump({"nonce": self._gate.nonce.hex(), "counter": counter})

    async def _sync(self, request: Request) -> bytes:
        try:
            signed = read_authorization(request.header(b"authorization"))
        except WireError as error:
            self._gate.knock(request.address)
            raise Refusal(401, "SIGNATURE", "no signature") from error
        sent: Sent | None = None
        try:
            self._gate.recognise(signed.author)
            body = await self._body(request, self._limits.body)
            sent = Sent(signed, request.path, body, request.address)
            return await self.rounds.answer(sent)
        except Refusal:
            if sent is None or not sent.genuine:
                self._gate.knock(request.address)
            raise

    async def _nothing(self, request: Request) -> bytes:
        self._gate.knock(request.address)
        raise Refusal(404, "NOT_FOUND", request.method)

    async def _body(self, request: Request, most: int) -> bytes:
        """The whole body, within size and time."""
        if request.method != "POST":
            raise Refusal(405, "METHOD", request.method)
        length = request.header(b"content-length")
        if length.isdigit() and int(length[:20]) > most:
            raise Refusal(413, "TOO_BIG", length[:20])
        held = bytearray()
        more = True
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                while more:
                    part = await request.receive()
                    if part["type"] != "http.request":
                        raise Refusal(400, "TRUNCATED", f"{len(held)} bytes")
                    held += part.get("body", b"")
                    if len(held) > most:
                        raise Refusal(413, "TOO_BIG", "stream")
                    more = part.get("more_body", False)
        except TimeoutError as error:
            raise Refusal(408, "SLOW", f"{len(held)} bytes") from error
        return bytes(held)
