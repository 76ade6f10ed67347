"""Many judges' laptops in one process: each writes marks at its own pace and talks to the hub through the real conversation.

Only the socket is another one (asyncio instead of a thread each), and it can be made to fail.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from judge_tui.domain.bodies import dump_body
from judge_tui.domain.ledger import Author, Entry, EventKey, Head, enrolment_message, next_entry
from judge_tui.services.records.receipts import Receipt
from judge_tui.services.sync.conversation import Conversation, Request
from judge_tui.store import crypto
from judge_tui.store.certificates import pin_of


@dataclass(frozen=True)
class Task:
    """What one judge's laptop begins with."""

    number: int
    judge: str
    kit: bytes
    event: EventKey
    desk: Author
    pin: str
    notice: Head


@dataclass(frozen=True)
class Faults:
    """How often a request's connection is cut, a request is sent twice, an old one is sent again."""

    cut: float
    doubled: float
    late: float


@dataclass
class Report:
    """How it went for one judge. `waits` are, for each mark, when it was written and after how many seconds it was receipted."""

    author: Author
    written: int = 0
    receipted: int = 0
    digest: str = ""
    cuts: int = 0
    doubled: int = 0
    waits: list[tuple[float, float]] = field(default_factory=list)


class Memory:
    """Holdings in memory: one judge's chain."""

    def __init__(self, task: Task) -> None:
        self.task, self.pair = task, crypto.new_key()
        self.chain: list[Entry] = []
        kit = crypto.key_pair(task.kit)
        self.year = 1970 + task.number % 130
        self.write(
            "open",
            judge=task.judge,
            device="crowd",
            kit=kit.author.hex(),
            enrolment=kit.sign(enrolment_message(task.event, self.pair.author)).hex(),
        )

    @property
    def event(self) -> EventKey:
        return self.task.event

    def write(self, kind: str, **said: object) -> None:
        """A new entry, by a clock that is wrong by years."""
        body = dump_body(kind, f"{self.year}-01-01T00:00:00Z", **said)
        last = self.chain[-1] if self.chain else None
        self.chain.append(next_entry(self.event, self.pair, last, body))

    def heads(self) -> dict[Author, Head]:
        own = Head(self.pair.author, len(self.chain), self.chain[-1].hash)
        return {own.author: own, self.task.notice.author: self.task.notice}

    def entries(self, author: Author | None = None, after: int = 0) -> list[Entry]:
        return self.chain[after:] if author == self.pair.author else []

    def evidence(self) -> list[Entry]:
        return []

    def desks(self) -> frozenset[Author]:
        return frozenset({self.task.desk})

    def take_notices(self, entries: Sequence[Entry]) -> int:
        return 0

    def keep_receipt(self, receipt: Receipt) -> None:
        return


class Laptop:
    """One judge: a pen that writes and a line that sends."""

    def __init__(
        self, task: Task, port: int, marks: int, pace: float, quiet: Faults, rough: Faults, storm: Any
    ) -> None:
        self.memory = Memory(task)
        self.talk = Conversation(self.memory, self.memory.pair)
        self.report = Report(self.memory.pair.author)
        self._port, self._marks, self._pace = port, marks, pace
        self._quiet, self._rough, self._storm = quiet, rough, storm
        self._dice = random.Random(task.number)
        self._times: list[tuple[int, float]] = []
        self._old: bytes = b""
        self._stream: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._fresh = asyncio.Event()

    async def work(self) -> Report:
        """Write everything, send everything, until the receipt for the last entry is there."""
        pen = asyncio.create_task(self._write())
        pen.add_done_callback(lambda _: self._fresh.set())
        while not (pen.done() and self.talk.held == len(self.memory.chain)):
            try:
                status, body = await asyncio.wait_for(self._exchange(self.talk.request()), 30)
            except (OSError, EOFError, ValueError, asyncio.IncompleteReadError):
                self._hang_up()
                self.talk.restart()
                await asyncio.sleep(self._dice.uniform(0.1, 1.0))
                continue
            self.talk.receive(status, body)
            self._receipted()
            if self.talk.code not in ("", "REPLAY", "SESSION"):
                await asyncio.sleep(self._dice.uniform(0.1, 1.0))
            elif self.talk.settled and self.talk.held == len(self.memory.chain) and not pen.done():
                self._fresh.clear()
                await self._fresh.wait()
        await pen
        self._hang_up()
        report = self.report
        report.written, report.receipted = len(self.memory.chain), self.talk.held
        report.digest = hashlib.sha256(b"".join(entry.hash for entry in self.memory.chain)).hexdigest()
        return report

    async def _write(self) -> None:
        await asyncio.sleep(self._dice.uniform(0, self._pace))
        for number in range(self._marks):
            cell = number % 360
            self.memory.write(
                "mark",
                organisation=f"o{cell // 10 + 1}",
                criterion=f"c{cell % 10 + 1}",
                value=60_000 + cell * 500 % 40_000,
                replaces=[],
            )
            self._times.append((len(self.memory.chain), time.monotonic()))
            self._fresh.set()
            await asyncio.sleep(self._pace * self._dice.uniform(0.5, 1.5))

    def _receipted(self) -> None:
        now = time.monotonic()
        while self._times and self._times[0][0] <= self.talk.held:
            _, written = self._times.pop(0)
            self.report.waits.append((written, now - written))

    async def _exchange(self, request: Request) -> tuple[int, bytes]:
        faults = self._rough if self._storm.is_set() else self._quiet
        raw = _http(request)
        reader, writer = await self._connected()
        if self._dice.random() < faults.late and self._old:
            await self._aside(self._old)
        if self._dice.random() < faults.cut:
            self.report.cuts += 1
            writer.write(raw[: self._dice.randint(0, len(raw))])
            await writer.drain()
            await asyncio.sleep(self._dice.choice((0.0, 0.0, 0.05)))
            raise ConnectionAbortedError
        writer.write(raw)
        await writer.drain()
        answer = await _answer(reader)
        if request.authorization:
            self._old = raw
            if self._dice.random() < faults.doubled:
                await self._aside(raw)
        return answer

    async def _aside(self, raw: bytes) -> None:
        """The same request once more: whatever the answer, it must change nothing."""
        reader, writer = await self._connected()
        self.report.doubled += 1
        writer.write(raw)
        await writer.drain()
        status, _ = await _answer(reader)
        if status == 200:
            raise AssertionError("a request was good for twice")

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._stream is None:
            self._stream = await asyncio.open_connection("127.0.0.1", self._port, ssl=_context(), server_hostname="")
            shown = self._stream[1].get_extra_info("ssl_object").getpeercert(binary_form=True)
            assert pin_of(shown) == self.memory.task.pin
        return self._stream

    def _hang_up(self) -> None:
        if self._stream is not None:
            self._stream[1].transport.abort()
            self._stream = None


_CONTEXT: list[ssl.SSLContext] = []


def _context() -> ssl.SSLContext:
    if not _CONTEXT:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        _CONTEXT.append(context)
    return _CONTEXT[0]


def _http(request: Request) -> bytes:
    head = f"POST {request.path} HTTP/1.1\r\nHost: hub\r\nContent-Length: {len(request.body)}\r\n"
    if request.authorization:
        head += f"Authorization: {request.authorization}\r\n"
    return head.encode() + b"\r\n" + request.body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.split("content-length:")[1].split("\r\n")[0])
    body = await reader.readexactly(length)
    return int(head.split(" ")[1]), body


def crowd(
    tasks: Sequence[Task], port: int, marks: int, pace: float, quiet: Faults, rough: Faults, storm: Any, answers: Any
) -> None:
    """All these judges in this process; each one's report goes into the queue."""

    async def everybody() -> None:
        laptops = [Laptop(task, port, marks, pace, quiet, rough, storm) for task in tasks]
        answers.put(time.monotonic())
        for done in asyncio.as_completed([laptop.work() for laptop in laptops]):
            answers.put(await done)

    asyncio.run(everybody())
