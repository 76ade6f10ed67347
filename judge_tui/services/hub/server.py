"""The running hub: a TLS socket on a chosen address, served in a thread of its own beside whatever else the organiser does."""

from __future__ import annotations

import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg, verbatim
from judge_tui.services.clock import Now, utc_now
from judge_tui.services.hub.app import HubApp
from judge_tui.services.hub.book import Book
from judge_tui.services.hub.extra import missing_extra
from judge_tui.services.hub.gate import Gate
from judge_tui.services.hub.intake import Intake
from judge_tui.services.hub.limits import Limits
from judge_tui.services.hub.log import SUFFIX, HubLog, Incident
from judge_tui.services.hub.patience import patient, slim_tls
from judge_tui.services.hub.rounds import Rounds
from judge_tui.services.records.receipts import write_receipts
from judge_tui.services.sync.address import code_of
from judge_tui.services.sync.wire import PORT
from judge_tui.store.certificates import Certificate, can_make, certificates, make_certificate
from judge_tui.store.files import EntryFile


@dataclass(frozen=True, slots=True)
class Heard:
    """One laptop heard so far: its judge's id, its address, its entries that are held, and for how many seconds it is silent."""

    judge: str
    address: str
    entries: int
    silent: float


@dataclass(frozen=True, slots=True)
class HubState:
    """What the organiser's console may show: laptops heard so far by judge, requests refused by code, entries held, and
    after how many seconds a laptop with nothing to send asks again."""

    heard: tuple[Heard, ...]
    refused: dict[str, int]
    entries: int
    again: float


class Hub:
    """One hub on one organiser's file. `start` and `stop`, or use it in a `with`.

    `on_taken` and `on_incident` are called from the hub's own thread.
    """

    def __init__(
        self,
        organiser: Path,
        *,
        keys: Path,
        listen: str,
        port: int = PORT,
        limits: Limits | None = None,
        now: Now = utc_now,
        on_taken: Callable[[], None] | None = None,
        on_incident: Callable[[Incident], None] | None = None,
    ) -> None:
        """Nothing is listened to before `start`. Raises JudgeTuiError: NOT_ORGANISER, NO_KEY."""
        self.limits = limits or Limits()
        self.book = Book(organiser, keys, patience=self.limits.take_seconds / 2)
        self.certificate = _certificate(keys, self.book)
        self.log = HubLog(organiser.with_name(organiser.stem + SUFFIX), now, self.limits.log_lines, on_incident)
        self._intake = Intake(self.book, now)
        self._gate = Gate(self.book.event, lambda: self.book.state.register, self.limits)
        self._listen, self._port, self._on_taken = listen, port, on_taken
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._rounds: Rounds | None = None
        self.address = ("", 0)

    @property
    def code(self) -> str:
        """Five groups of four digits that a judge compares or types where his kit does not know this hub's certificate."""
        return code_of(self.certificate.pin)

    @property
    def state(self) -> HubState:
        """How it stands. May be asked from any thread."""
        now, book = time.monotonic(), self.book.state
        heard = [
            Heard(book.register.admitted.get(author, ""), address, book.held(author), now - at)
            for author, (address, at) in list(self._intake.heard.items())
        ]
        entries = sum(entry.seq for entry in list(book.last.values()))
        return HubState(tuple(sorted(heard, key=_by_judge)), dict(self.log.counts), entries, self._intake.again)

    def start(self) -> None:
        """Listen. Raises JudgeTuiError with LISTEN where the address cannot be had."""
        found = _bound(self._listen, self._port)
        self.address = found.getsockname()[:2]
        slim_tls()
        self._rounds = Rounds(self._gate, self._intake, self.limits, self._on_taken)
        app = HubApp(self._gate, self._rounds, self.log, self.limits)
        config = uvicorn.Config(
            app.asgi,
            interface="asgi3",
            http=patient(self.limits, self.log),
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            date_header=False,
            ssl_certfile=str(self.certificate.path),
            timeout_keep_alive=int(self.limits.idle_seconds),
            timeout_graceful_shutdown=2,
            backlog=1024,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([found],), name="judge-tui-hub", daemon=True)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            self._thread.join(0.01)

    def stop(self) -> None:
        """Stop listening and leave the receipts beside the organiser's file; harmless twice."""
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join(10)
        self._server = self._thread = None
        if self._rounds is not None:
            self._rounds.close()
        with EntryFile.open(self.book.path, read_only=True) as file:
            write_receipts(file, self.book.keys)

    def __enter__(self) -> Hub:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _by_judge(heard: Heard) -> tuple[int, str, str]:
    """Judges in the order of their ids as people count them: j2 before j10."""
    return len(heard.judge), heard.judge, heard.address


def _certificate(keys: Path, book: Book) -> Certificate:
    """The certificate that the kits know, else the newest kept here, else a new one."""
    kept = certificates(keys, book.event)
    pinned = next((pin for pin in book.pins if any(item.pin == pin for item in kept)), None)
    if pinned is not None:
        return next(item for item in kept if item.pin == pinned)
    if kept:
        return kept[-1]
    if not can_make():
        raise missing_extra()
    return make_certificate(keys, book.event)


def _bound(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        found = socket.socket(family, socket.SOCK_STREAM)
        try:
            _alone(found)
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            found.bind((host, port))
        except BaseException:
            found.close()
            raise
    except OSError as error:
        raise JudgeTuiError(
            "LISTEN",
            msg("{address} cannot be listened on: {reason}", address=f"{host}:{port}", reason=verbatim(error)),
            msg("Choose one of this laptop's own addresses, or another port."),
        ) from error
    return found


def _alone(found: socket.socket) -> None:
    """A port that was just let go can be had at once, one in use cannot: Windows asks for that in its own way."""
    if sys.platform == "win32":
        found.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
