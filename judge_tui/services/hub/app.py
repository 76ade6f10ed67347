"""The hub's two doors as an ASGI application: a session, and a push with its answer. Everything refused is logged."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.hub.gate import Gate, Refusal
from judge_tui.services.hub.intake import Intake, Pushed
from judge_tui.services.hub.limits import Limits
from judge_tui.services.hub.log import HubLog, Incident
from judge_tui.services.sync.wire import (
    SESSION,
    SYNC,
    WireError,
    answer_body,
    dump,
    read_authorization,
    read_opening,
    read_push,
)

JSON = "application/json"
STATUS = {"UNKNOWN_JUDGE": 403, "TAMPERED": 422, "SCHEMA": 422, "GAP": 422, "DEFINITION": 409, "FORK": 409}
"""HTTP status of what the merge refuses; what the disk refuses is 503."""


class HubApp:
    """Answers requests; batches what is pushed so that many judges share one durable write."""

    def __init__(
        self, gate: Gate, intake: Intake, log: HubLog, limits: Limits, on_taken: Callable[[], None] | None = None
    ) -> None:
        """`on_taken` is called, from the hub's own thread, after something new was taken in."""
        self._gate, self._intake, self._log, self._limits = gate, intake, log, limits
        self._on_taken = on_taken
        self._waiting: list[tuple[Pushed, asyncio.Future[Pushed]]] = []
        self._wake = asyncio.Event()
        self._worker = ThreadPoolExecutor(1, "judge-tui-hub")
        self._task: asyncio.Task[None] | None = None
        methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
        self.asgi = Starlette(
            routes=[
                Route(SESSION, self.session, methods=methods),
                Route(SYNC, self.sync, methods=methods),
            ],
            exception_handlers={404: self.nothing, 405: self.nothing},
        )

    async def session(self, request: Request) -> Response:
        """Show entry 1 and hear the hub's nonce and the counter to go on from."""
        return await self._answered(request, self._session)

    async def sync(self, request: Request) -> Response:
        """Push what is missing and hear what came back."""
        return await self._answered(request, self._sync)

    async def nothing(self, request: Request, error: Exception) -> Response:
        """There is nothing else here, and nothing that could be done otherwise."""
        return await self._answered(request, self._nothing)

    async def _answered(self, request: Request, act: Callable[[Request], object]) -> Response:
        try:
            content = await act(request)  # type: ignore[misc]
        except WireError as error:
            refusal = Refusal(400, "SCHEMA", str(error))
        except Refusal as refused:
            refusal = refused
        except ClientDisconnect:
            refusal = Refusal(400, "TRUNCATED", "cut off")
        else:
            assert isinstance(content, bytes)
            return Response(content, media_type=JSON)
        self._note(request, refusal)
        close = {"Connection": "close"} if refusal.code in ("TOO_BIG", "SLOW", "TRUNCATED", "TOO_MANY") else None
        return Response(dump({"code": refusal.code}), refusal.status, close, JSON)

    def _note(self, request: Request, refusal: Refusal) -> None:
        author = request.headers.get("authorization", "").split(" ")[1:2]
        self._log.refused(
            Incident(
                refusal.code,
                _address(request),
                (author[0] if author else "")[:16],
                request.url.path[:100],
                refusal.detail[:200],
            )
        )

    async def _session(self, request: Request) -> bytes:
        self._gate.knock(_address(request))
        event, opening = read_opening(await self._body(request, 64 * 1024))
        counter = self._gate.welcome(event, opening)
        return dump({"nonce": self._gate.nonce.hex(), "counter": counter})

    async def _sync(self, request: Request) -> bytes:
        header = request.headers.get("authorization", "")
        try:
            signed = read_authorization(header)
        except WireError as error:
            self._gate.knock(_address(request))
            raise Refusal(401, "SIGNATURE", "no signature") from error
        try:
            self._gate.recognise(signed.author)
            body = await self._body(request, self._limits.body)
            self._gate.check(signed, request.url.path, body)
        except Refusal:
            self._gate.knock(_address(request))
            raise
        return answer_body_of(await self._taken(Pushed(signed.author, _address(request), read_push(body))))

    async def _nothing(self, request: Request) -> bytes:
        self._gate.knock(_address(request))
        raise Refusal(404, "NOT_FOUND", request.method)

    async def _body(self, request: Request, most: int) -> bytes:
        """The whole body, within size and time."""
        if request.method != "POST":
            raise Refusal(405, "METHOD", request.method)
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length[:20]) > most:
            raise Refusal(413, "TOO_BIG", length[:20])
        held = bytearray()
        try:
            async with asyncio.timeout(self._limits.body_seconds):
                async for part in request.stream():
                    held += part
                    if len(held) > most:
                        raise Refusal(413, "TOO_BIG", "stream")
        except TimeoutError as error:
            raise Refusal(408, "SLOW", f"{len(held)} bytes") from error
        return bytes(held)

    async def _taken(self, pushed: Pushed) -> Pushed:
        """Wait until the batch with this push is on disk."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._work())
        done: asyncio.Future[Pushed] = asyncio.get_running_loop().create_future()
        self._waiting.append((pushed, done))
        self._wake.set()
        try:
            async with asyncio.timeout(self._limits.take_seconds):
                return await done
        except TimeoutError as error:
            raise Refusal(503, "BUSY", "waiting for the file") from error

    async def _work(self) -> None:
        """Batch after batch, for as long as the hub runs; between two of them others may write the file."""
        loop = asyncio.get_running_loop()
        while True:
            await self._wake.wait()
            batch, self._waiting = self._waiting[: self._limits.batch], self._waiting[self._limits.batch :]
            if not self._waiting:
                self._wake.clear()
            try:
                await loop.run_in_executor(self._worker, self._intake.take, [pushed for pushed, _ in batch])
            except JudgeTuiError as error:
                failure = Refusal(503, error.code, str(error.message))
                for _, done in batch:
                    if not done.done():
                        done.set_exception(failure)
            except Exception as error:
                for _, done in batch:
                    if not done.done():
                        done.set_exception(Refusal(500, "INTERNAL", repr(error)))
            else:
                for pushed, done in batch:
                    if not done.done():
                        done.set_result(pushed)
                if self._on_taken is not None and any(pushed.push.entries for pushed, _ in batch):
                    self._on_taken()
            await asyncio.sleep(self._limits.pause)


def answer_body_of(pushed: Pushed) -> bytes:
    """The answer to a push that was worked on. Raises Refusal where it was refused as a file would be."""
    if pushed.refused is not None:
        error = pushed.refused
        raise Refusal(STATUS.get(error.code, 503), error.code, str(error.message))
    assert pushed.answer is not None
    return answer_body(pushed.answer)


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""
