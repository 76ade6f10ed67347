"""Round after round: what was sent since the last one is checked, taken in with one durable write, and answered.

Checking and answering happen in the hub's own working thread, too, so that the thread with the sockets only carries.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.hub.gate import Gate, Refusal
from judge_tui.services.hub.intake import Intake, Pushed
from judge_tui.services.hub.limits import Limits
from judge_tui.services.sync.wire import Signed, WireError, answer_body, read_push

STATUS = {"UNKNOWN_JUDGE": 403, "TAMPERED": 422, "SCHEMA": 422, "GAP": 422, "DEFINITION": 409, "FORK": 409}
"""HTTP status of what the merge refuses; what the disk refuses is 503."""


@dataclass(slots=True, eq=False)
class Sent:
    """One request with a signature nobody has checked yet. In the end `answer` is the body to send back, or `refusal` says
    why there is none; `genuine` once the signature proved right."""

    signed: Signed
    path: str
    body: bytes
    address: str
    genuine: bool = False
    answer: bytes = b""
    refusal: Refusal | None = None


class Rounds:
    """Works on what was sent, many requests at a time, so that many judges share one durable write."""

    def __init__(self, gate: Gate, intake: Intake, limits: Limits, on_taken: Callable[[], None] | None = None) -> None:
        """`on_taken` is called, from the hub's own thread, after something new was taken in."""
        self._gate, self._intake, self._limits, self._on_taken = gate, intake, limits, on_taken
        self._waiting: list[tuple[Sent, asyncio.Future[None]]] = []
        self._wake = asyncio.Event()
        self._worker = ThreadPoolExecutor(1, "judge-tui-hub")
        self._task: asyncio.Task[None] | None = None

    async def answer(self, sent: Sent) -> bytes:
        """The answer, once everything in the request is on disk. Raises Refusal."""
        loop = asyncio.get_running_loop()
        if self._task is None:
            self._task = loop.create_task(self._run())
        done: asyncio.Future[None] = loop.create_future()
        self._waiting.append((sent, done))
        self._wake.set()
        alarm = loop.call_later(self._limits.take_seconds, _too_late, done)
        try:
            await done
        finally:
            alarm.cancel()
        if sent.refusal is not None:
            raise sent.refusal
        return sent.answer

    async def _run(self) -> None:
        """Round after round, for as long as the hub runs; between two of them others may write the file."""
        loop = asyncio.get_running_loop()
        while True:
            await self._wake.wait()
            batch, self._waiting = self._waiting[: self._limits.batch], self._waiting[self._limits.batch :]
            if not self._waiting:
                self._wake.clear()
            new = await loop.run_in_executor(self._worker, self.work, [sent for sent, _ in batch])
            for _, done in batch:
                if not done.done():
                    done.set_result(None)
            if new and self._on_taken is not None:
                self._on_taken()
            await asyncio.sleep(self._limits.pause)

    def work(self, batch: Sequence[Sent]) -> bool:
        """Check each request and work on the genuine ones; afterwards every one has its answer or its refusal. Whether
        there was anything to take in. Never raises."""
        pushes: list[tuple[Sent, Pushed]] = []
        for sent in batch:
            try:
                self._gate.check(sent.signed, sent.path, sent.body)
                sent.genuine = True
                pushes.append((sent, Pushed(sent.signed.author, sent.address, read_push(sent.body))))
            except WireError as error:
                sent.refusal = Refusal(400, "SCHEMA", str(error))
            except Refusal as refusal:
                sent.refusal = refusal
        return self._taken(pushes)

    def _taken(self, pushes: Sequence[tuple[Sent, Pushed]]) -> bool:
        """Take these pushes in and answer them; whether anything came in."""
        failure: Refusal | None = None
        try:
            self._intake.take([pushed for _, pushed in pushes])
        except JudgeTuiError as error:
            failure = Refusal(503, error.code, str(error.message))
        except Exception as error:  # a fault of ours must not stop the hub: it is said and logged
            if len(pushes) > 1:  # whatever one laptop sent is no harm to the others: each by itself
                again = [(sent, Pushed(pushed.author, pushed.address, pushed.push)) for sent, pushed in pushes]
                came = [self._taken([one]) for one in again]
                return any(came)
            failure = Refusal(500, "INTERNAL", repr(error))
        for sent, pushed in pushes:
            sent.refusal = failure or _refused(pushed)
            if sent.refusal is None and pushed.answer is not None:
                sent.answer = answer_body(pushed.answer)
        return failure is None and any(pushed.push.entries for _, pushed in pushes)

    def close(self) -> None:
        """Finish the round that is being worked on, and no further one."""
        if self._task is not None:
            self._task.cancel()
        self._worker.shutdown()


def _refused(pushed: Pushed) -> Refusal | None:
    """Why a push is refused as a file would be, None where it is not."""
    error = pushed.refused
    return None if error is None else Refusal(STATUS.get(error.code, 503), error.code, str(error.message))


def _too_late(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_exception(Refusal(503, "BUSY", "waiting for the file"))
