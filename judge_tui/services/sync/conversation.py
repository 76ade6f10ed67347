"""One judge's side of the talk with the hub, without any network: which request comes next, and what its answer changes.

The network thread, the tests and the load test all drive this same machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from judge_tui.domain.ledger import Author, Entry, EventKey, Head, Signer, receipt_message
from judge_tui.services.records.receipts import Receipt
from judge_tui.services.sync.wire import (
    MAX_ENTRIES,
    SESSION,
    SYNC,
    Answer,
    Push,
    Signed,
    WireError,
    authorization,
    heads_of,
    opening_request,
    parse,
    portions,
    push_request,
    read_answer,
    request_message,
)
from judge_tui.store import crypto


class Holdings(Protocol):
    """What a judge's laptop holds."""

    @property
    def event(self) -> EventKey: ...

    def heads(self) -> dict[Author, Head]: ...

    def entries(self, author: Author | None = None, after: int = 0) -> list[Entry]: ...

    def evidence(self) -> list[Entry]: ...

    def take_notices(self, entries: Sequence[Entry]) -> int:
        """Verify and keep notices; how many were new. Raises RefusedError."""

    def keep_receipt(self, receipt: Receipt) -> None:
        """Note what the organiser holds."""

    def desks(self) -> frozenset[Author]:
        """Who may sign receipts."""


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request: POST `body` to `path` with this `Authorization` header (none where empty)."""

    path: str
    body: bytes
    authorization: str = ""


@dataclass
class Conversation:
    """Asks for a session, pushes what the hub lacks, takes in what comes back. `held` is the seq up to which the organiser
    holds this judge's chain by his signed receipts; `code` is the last refusal, empty after a good answer."""

    holdings: Holdings
    signer: Signer
    held: int = 0
    code: str = ""
    again: float = 1.0
    notices: int = 0
    contradicted: bool = False
    _nonce: bytes = b""
    _counter: int = 0
    _acknowledged: dict[Author, int] = field(default_factory=dict)
    _whole: set[Author] = field(default_factory=set)
    _forked: set[Author] = field(default_factory=set)
    _synced: bool = False
    _asked: str = ""

    @property
    def settled(self) -> bool:
        """Whether nothing is left to be pushed, as far as is known."""
        return self._synced and not self._missing()

    def restart(self) -> None:
        """Begin a new session, as after a connection that broke."""
        self._nonce, self._synced = b"", False

    def request(self) -> Request:
        """What to send now: a session first, then what the hub lacks, or, where it lacks nothing, a question for news."""
        if not self._nonce:
            self._asked = SESSION
            opening = self.holdings.entries(self.signer.author)[:1]
            return Request(SESSION, opening_request(self.holdings.event, opening[0]))
        self._asked = SYNC
        self._counter += 1
        body = push_request(self._push())
        message = request_message(self.holdings.event, self.signer.author, self._nonce, self._counter, SYNC, body)
        signed = Signed(self.signer.author, self._nonce, self._counter, self.signer.sign(message))
        return Request(SYNC, body, authorization(signed))

    def _push(self) -> Push:
        author, after = next(iter(self._missing().items()), (self.signer.author, -1))
        sent: list[Entry] = []
        if after >= 0:
            found = self.holdings.entries(author, after)
            sent = found[:MAX_ENTRIES] if author in self._whole else next(iter(portions(found)), [])
        evidence = [] if self._synced else self.holdings.evidence()[:MAX_ENTRIES]
        return Push(heads_of(self.holdings.heads()), sent, evidence)

    def _missing(self) -> dict[Author, int]:
        """The chains of which the hub is known to lack something, own one first, and the seq after which."""
        heads = self.holdings.heads()
        own = self.signer.author
        found = {}
        for author in sorted(heads, key=lambda item: (item != own, item)):
            after = self._acknowledged.get(author, 0 if author == own else heads[author].seq)
            if author not in self._forked and (after < heads[author].seq or author in self._whole):
                found[author] = 0 if author in self._whole else after
        return found

    def receive(self, status: int, body: bytes) -> None:
        """Take in an answer. Never raises: whatever is wrong with it is in `code`."""
        try:
            if status != 200:
                self._refused(str(parse(body).get("code", ""))[:40] or "ANSWER")
            elif self._asked == SESSION:
                self._opened(body)
            else:
                self._answered(read_answer(body))
        except WireError:
            self.code = "ANSWER"

    def _opened(self, body: bytes) -> None:
        said = parse(body)
        nonce, counter = said.get("nonce"), said.get("counter")
        if not isinstance(nonce, str) or type(counter) is not int or not 0 <= counter < 2**52:
            raise WireError("session")
        try:
            self._nonce = bytes.fromhex(nonce)
        except ValueError:
            raise WireError("nonce") from None
        self._counter = counter
        self._acknowledged.clear()
        self._forked.clear()
        self._whole.clear()
        self._acknowledged[self.signer.author] = self.held
        self._synced = False
        self.code = ""

    def _refused(self, code: str) -> None:
        self.code = code
        if code in ("SESSION", "REPLAY"):
            self.restart()

    def _answered(self, answer: Answer) -> None:
        self.code, self.again, self._synced = "", answer.again, True
        self._whole.clear()
        for receipt in answer.receipts:
            self._receipt(receipt)
        heads = self.holdings.heads()
        for author, after in answer.wanted.items():
            if author in heads:
                self._acknowledged[author] = after
                if author == self.signer.author:
                    self.held = min(self.held, after)
                if after == 0 and author not in self._forked:
                    self._whole.add(author)
        self._forked.update(answer.forked)
        if self.signer.author in answer.forked:
            self.contradicted = True
        if answer.entries:
            self.notices += self.holdings.take_notices(answer.entries)

    def _receipt(self, receipt: Receipt) -> None:
        """A receipt counts only if this event's desk signed it, and only for the entry that is really ours."""
        message = receipt_message(self.holdings.event, receipt.author, receipt.seq, receipt.head)
        if receipt.desk not in self.holdings.desks() or not crypto.verify(receipt.desk, message, receipt.sig):
            self.code = "RECEIPT"
            return
        ours = self.holdings.entries(receipt.author, receipt.seq - 1)[:1]
        if not ours or ours[0].hash != receipt.head:
            self.contradicted = self.contradicted or (receipt.author == self.signer.author and bool(ours))
            return
        self._acknowledged[receipt.author] = receipt.seq
        if receipt.author == self.signer.author and receipt.seq > self.held:
            self.held = receipt.seq
            self.holdings.keep_receipt(receipt)
