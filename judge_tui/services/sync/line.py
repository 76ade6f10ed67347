"""A TLS connection to the hub: the certificate must be the one that the kit names (or the judge's code says), or nothing is sent."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable
from types import TracebackType

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.services.sync.address import Address
from judge_tui.services.sync.conversation import Request
from judge_tui.services.sync.wire import MAX_REQUEST
from judge_tui.store.certificates import pin_of

SECONDS = 10.0
TYPE = "application/json"


class Line:
    """One connection, kept open between requests. `trusted` decides by its pin whether a certificate is the hub's."""

    def __init__(self, address: Address, trusted: Callable[[str], bool], seconds: float = SECONDS) -> None:
        self.address, self._trusted, self._seconds = address, trusted, seconds
        self._connection: http.client.HTTPSConnection | None = None

    def post(self, request: Request) -> tuple[int, bytes]:
        """Send a request and read the answer: status and body.

        Raises JudgeTuiError: NO_HUB where nothing answers (any more), PIN where another certificate is shown.
        """
        connection = self._opened()
        headers = {"Content-Type": TYPE, "Connection": "keep-alive"}
        if request.authorization:
            headers["Authorization"] = request.authorization
        try:
            connection.request("POST", request.path, request.body, headers)
            answer = connection.getresponse()
            body = answer.read(MAX_REQUEST + 1)
            if len(body) > MAX_REQUEST or answer.will_close:
                self.close()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise no_hub(self.address) from error
        return answer.status, body[:MAX_REQUEST]

    def _opened(self) -> http.client.HTTPSConnection:
        if self._connection is not None:
            return self._connection
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # no authority stands behind it: the pin below does, and no clock is asked
        connection = http.client.HTTPSConnection(
            self.address.host, self.address.port, timeout=self._seconds, context=context
        )
        try:
            connection.connect()
            shown = connection.sock.getpeercert(binary_form=True)
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise no_hub(self.address) from error
        if not shown or not self._trusted(pin_of(shown)):
            connection.close()
            raise JudgeTuiError(
                "PIN",
                msg("What answers at {address} is not this event's hub", address=str(self.address)),
                msg("Nothing was sent to it. Check the address; compare the code with the organiser's screen."),
            )
        self._connection = connection
        return connection

    def close(self) -> None:
        """Hang up; harmless twice."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Line:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def no_hub(address: Address) -> JudgeTuiError:
    """Nothing answers there."""
    return JudgeTuiError(
        "NO_HUB",
        msg("No hub answers at {address}", address=str(address)),
        msg("Go on scoring: everything is kept on this laptop and sent when the network is back."),
    )
