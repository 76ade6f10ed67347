"""The thread that keeps a judge's file and the hub in step while he scores. Losing the network changes one word in the header.

Nothing here is needed to score, and nothing here can stop it: what is not sent stays in the file, and a stick carries it too.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.domain.ledger import Author, Entry, EventKey, Head
from judge_tui.domain.messages import Message, msg
from judge_tui.services.records.receipts import Receipt, kept
from judge_tui.services.seat.handover import received
from judge_tui.services.seat.seats import Seat
from judge_tui.services.sync.address import Address, same_code
from judge_tui.services.sync.conversation import Conversation
from judge_tui.services.sync.discovery import find_hub
from judge_tui.services.sync.line import Line
from judge_tui.services.sync.notices import pins, take_notices
from judge_tui.store.keyring import RingKey

LOOK = 0.25
"""Seconds between two looks at the judge's own file for something new to send."""

SLOWEST = 15.0
SEEK_EVERY = 3
"""After so many tries in vain the hub is looked for by name: it may have another address now."""

KEEP_EVERY = 5.0
"""Seconds between two notes of receipts in the judge's file: each note is a durable write beside his own."""


@dataclass(frozen=True, slots=True)
class LinkState:
    """How it stands: `connected`, how many of this judge's `written` entries the organiser holds, and the last refusal's code."""

    connected: bool
    held: int
    written: int
    code: str = ""

    @property
    def word(self) -> Message:
        """The words for the header."""
        waiting = self.written - self.held
        if self.code == "FORK":
            return msg("The organiser holds something else under your name: tell him")
        if self.code not in ("", "NO_HUB"):
            return msg("Network: refused ({code})", code=self.code)
        if not self.connected:
            return msg("No network, {count} to send", count=waiting) if waiting else msg("No network")
        return msg("Network: {count} to send", count=waiting) if waiting else msg("Network: all received")


class SeatHoldings:
    """A judge's file as the conversation sees it."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self.receipt: Receipt | None = None

    @property
    def event(self) -> EventKey:
        return self._seat.file.event

    def heads(self) -> dict[Author, Head]:
        return self._seat.file.heads()

    def entries(self, author: Author | None = None, after: int = 0) -> list[Entry]:
        return self._seat.file.entries(author, after)

    def evidence(self) -> list[Entry]:
        return self._seat.file.evidence()

    def desks(self) -> frozenset[Author]:
        """The desk that the event's first entry names, and those that a take-over appointed."""
        named = str(self._seat.projection.authority.genesis.get("desk", ""))
        first = {Author(bytes.fromhex(named))} if len(named) == 64 else set()
        return frozenset(first | {s.author for s in self._seat.projection.authors.values() if s.role == "desk"})

    def take_notices(self, entries: Sequence[Entry]) -> int:
        return 0 if self._seat.read_only else len(take_notices(self._seat.file, entries))

    def keep_receipt(self, receipt: Receipt) -> None:
        self.receipt = receipt

    def write_receipt(self) -> None:
        """Note the last receipt in the file and beside the key, as one that came on a stick would be. Raises StorageError."""
        receipt, self.receipt = self.receipt, None
        if receipt is None or self._seat.read_only:
            return
        noted = kept(self._seat.file.local("receipts"))
        if receipt.seq > noted.get(receipt.author.hex(), (0, ""))[0]:
            noted[receipt.author.hex()] = (receipt.seq, receipt.head.hex())
            self._seat.file.set_local("receipts", json.dumps(noted))
        if isinstance(self._seat.signer, RingKey):
            self._seat.signer.remember(receipt.seq, receipt.head)


class Link:
    """Keeps one seat in step with a hub, in a thread of its own, from `start` to `stop`.

    `on_state` is called when the state has changed, `on_notices` after notices of the organiser were taken in: both from the
    link's thread. `code` is what the judge typed where his kit does not know the hub's certificate. Raises JudgeTuiError with
    NO_KEY on a laptop that never wrote this file.
    """

    def __init__(
        self,
        seat: Seat,
        address: Address,
        *,
        code: str = "",
        on_state: Callable[[LinkState], None] | None = None,
        on_notices: Callable[[], None] | None = None,
    ) -> None:
        self._seat, self._on_state, self._on_notices = seat, on_state, on_notices
        self.holdings = SeatHoldings(seat)
        self._trusted = lambda pin: pin in pins(seat.file) or (bool(code) and same_code(code, pin))
        self._line = Line(address, self._trusted)
        if seat.author not in seat.file.heads():
            raise JudgeTuiError(
                "NO_KEY",
                msg("This laptop does not hold the key that writes {file}", file=seat.file.path.name),
                msg("Open the file on the laptop where it is scored."),
            )
        self._talk = Conversation(self.holdings, seat.signer, received(seat).held)
        self._stopping = threading.Event()
        self._nudge = threading.Event()
        self._thread = threading.Thread(target=self._run, name="judge-tui-link", daemon=True)
        self._since_kept = 0.0
        self.state = LinkState(False, 0, self._written())

    @property
    def now(self) -> LinkState:
        """How it stands with what was written this moment, also while a request waits for a network that has just gone."""
        return replace(self.state, written=self._written())

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, seconds: float = 3.0) -> None:
        """Hang up, and note the last receipt. The seat's file must still be open; harmless twice."""
        self._stopping.set()
        self._nudge.set()
        if self._thread.is_alive():
            self._thread.join(seconds)
        self._line.close()
        self._keep(force=True)

    def nudge(self) -> None:
        """Something was just written: send it now rather than at the next look."""
        self._nudge.set()

    def once(self) -> LinkState:
        """Send everything and fetch everything now, without a thread. Raises JudgeTuiError where it does not work."""
        for _ in range(1000):
            self._exchange()
            if self._talk.code and self._talk.code not in ("SESSION", "REPLAY"):
                raise refused(self._talk.code)
            if self._talk.settled and (self._talk.contradicted or self._talk.held >= self._written()):
                break
        self._keep(force=True)
        self._tell(self._state(True))
        return self.state

    def _run(self) -> None:
        delay = wait = 0.0
        misses = 0
        while not self._stopping.is_set():
            try:
                self._exchange()
                delay, misses, connected = 0.0, 0, True
            except JudgeTuiError as error:
                self._talk.restart()
                self._talk.code, misses, connected = error.code, misses + 1, False
            self._tell(self._state(connected))
            if connected and not self._talk.code:
                self._keep()
                wait = 0.0 if not self._talk.settled else self._talk.again
            elif self._talk.code in ("SESSION", "REPLAY"):
                wait = 0.1
            else:
                delay = min(SLOWEST, max(1.0, delay * 2))
                wait = delay * random.uniform(0.5, 1.0)
            self._pause(wait, watching=connected and not self._talk.code)
            if misses and not misses % SEEK_EVERY and not self._stopping.is_set():
                self._seek()

    def _seek(self) -> None:
        """Look for the hub by name, where that is possible, and go on at its new address. Its pin decides as ever."""
        found = find_hub(self._talk.holdings.event, seconds=1.5)
        if found is not None and found != self._line.address:
            self._line.close()
            self._line = Line(found, self._trusted)

    def _exchange(self) -> None:
        before = self._talk.notices
        status, body = self._line.post(self._talk.request())
        try:
            self._talk.receive(status, body)
        except RefusedError as error:
            self._talk.code = error.code
        if self._talk.notices != before and self._on_notices is not None:
            self._on_notices()

    def _pause(self, seconds: float, watching: bool) -> None:
        """Wait, but not when there is something new to send on a line that works."""
        written = self._written()
        while seconds > 0 and not self._stopping.is_set():
            self._nudge.wait(min(LOOK, seconds))
            self._nudge.clear()
            now = self._written()
            self._tell(replace(self.state, written=now))
            if watching and now != written:
                return
            seconds -= LOOK

    def _state(self, connected: bool) -> LinkState:
        code = self._talk.code or ("FORK" if self._talk.contradicted else "")
        return LinkState(connected, self._talk.held, self._written(), code)

    def _written(self) -> int:
        head = self._seat.file.heads().get(self._seat.author)
        return head.seq if head is not None else 0

    def _keep(self, force: bool = False) -> None:
        now = time.monotonic()
        if force or now - self._since_kept >= KEEP_EVERY:
            self._since_kept = now
            self.holdings.write_receipt()

    def _tell(self, state: LinkState) -> None:
        if state != self.state:
            self.state = state
            if self._on_state is not None:
                self._on_state(state)


def refused(code: str) -> JudgeTuiError:
    """A hub's refusal in words."""
    words = {
        "OTHER_EVENT": msg("This hub belongs to another event"),
        "UNKNOWN_JUDGE": msg("The organiser's list does not know this kit"),
        "RECEIPT": msg("The receipt was not signed by this event's organiser"),
        "BUSY": msg("The organiser's laptop is busy"),
        "TOO_MANY": msg("The organiser's laptop is busy"),
    }
    return JudgeTuiError(
        code,
        words.get(code, msg("The hub did not take it: {code}", code=code)),
        msg("Your marks are safe on this laptop; hand them over on a stick if it goes on."),
    )
