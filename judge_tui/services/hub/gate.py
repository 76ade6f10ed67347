"""Who is heard: judges enrolled by their kits, each request signed, none twice, none too often."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from judge_tui.domain.admission import Register
from judge_tui.domain.bodies import scan_body
from judge_tui.domain.branches import follows
from judge_tui.domain.ledger import Author, Entry, EventKey, enrolment_message
from judge_tui.services.hub.limits import Buckets, Limits
from judge_tui.services.sync.wire import NONCE_BYTES, Signed, request_message
from judge_tui.store import crypto


class Refusal(Exception):  # noqa: N818 - an answer of the protocol, not an error of the program
    """A request that is not heard: the HTTP status, the code, and what was wrong, in English, for the log."""

    def __init__(self, status: int, code: str, detail: str = "") -> None:
        super().__init__(status, code, detail)
        self.status, self.code, self.detail = status, code, detail


class Gate:
    """Checks requests before anything of them is believed.

    `nonce` is new at every start; with the counters, which only rise, it makes every signed request good for once.
    """

    def __init__(
        self,
        event: EventKey,
        register: Callable[[], Register],
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`register` gives what is known of who may write; `clock` gives seconds that only rise."""
        self.event = event
        self.nonce = os.urandom(NONCE_BYTES)
        self._register, self._limits = register, limits
        self._counters: dict[Author, int] = {}
        self._welcome: dict[Author, str] = {}
        self._judges: Buckets[Author] = Buckets(limits.judge_rate, limits.judge_burst, clock)
        self._strangers: Buckets[str] = Buckets(limits.stranger_rate, limits.stranger_burst, clock)

    def knock(self, address: str) -> None:
        """One more request of somebody who has not shown yet who he is. Raises Refusal with TOO_MANY."""
        if not self._strangers.take(address):
            raise Refusal(429, "TOO_MANY", "address")

    def welcome(self, event: EventKey, opening: Entry) -> int:
        """Let an author in who shows an entry 1 that a kit of this event signed for; the counter to go on from.

        Raises Refusal with OTHER_EVENT, TAMPERED, UNKNOWN_JUDGE or TOO_MANY.
        """
        if event != self.event:
            raise Refusal(403, "OTHER_EVENT", event.hex()[:16])
        author = opening.author
        register = self._register()
        if author not in register.admitted and author not in self._welcome:
            self._check_opening(register, opening)
        return self._counters.get(author, 0)

    def _check_opening(self, register: Register, opening: Entry) -> None:
        sound = opening.seq == 1 and follows(self.event, None, opening)
        if not sound or not crypto.verify(opening.author, opening.hash, opening.sig):
            raise Refusal(403, "TAMPERED", "opening")
        try:
            body = scan_body(opening.body)
            kit, judge = str(body.get("kit", "")), str(body.get("judge", ""))
            enrolment, key = bytes.fromhex(str(body.get("enrolment", ""))), bytes.fromhex(kit)
        except ValueError as error:
            raise Refusal(403, "TAMPERED", "opening body") from error
        if body["kind"] != "open" or register.kits.get(kit) != judge:
            raise Refusal(403, "UNKNOWN_JUDGE", kit[:16])
        if not crypto.verify(key, enrolment_message(self.event, opening.author), enrolment):
            raise Refusal(403, "UNKNOWN_JUDGE", "not signed by the kit")
        if sum(known == kit for known in self._welcome.values()) >= self._limits.authors_a_kit:
            raise Refusal(429, "TOO_MANY", "laptops of one kit")
        self._welcome[opening.author] = kit

    def recognise(self, author: Author) -> None:
        """Before anything of a request is read: whether this author was let in. Raises Refusal with UNKNOWN_JUDGE."""
        if author not in self._welcome and author not in self._register().admitted:
            raise Refusal(403, "UNKNOWN_JUDGE", "request")

    def check(self, signed: Signed, path: str, body: bytes) -> None:
        """A signed request of one who was let in: for this run of the hub, newer than his last one, and not too often.

        Raises Refusal with SESSION, REPLAY, SIGNATURE or TOO_MANY.
        """
        author = signed.author
        message = request_message(self.event, author, signed.nonce, signed.counter, path, body)
        if not crypto.verify(author, message, signed.signature):
            raise Refusal(403, "SIGNATURE", path)
        if signed.nonce != self.nonce:
            raise Refusal(409, "SESSION", "the hub was started again")
        if signed.counter <= self._counters.get(author, 0):
            raise Refusal(409, "REPLAY", f"counter {signed.counter}")
        self._counters[author] = signed.counter
        if not self._judges.take(author):
            raise Refusal(429, "TOO_MANY", "judge")
