"""A judge's PIN on a shared laptop: it keeps his marks from the eyes of the next one. It locks no disk and signs nothing.

Guessing is slowed: after three wrong ones each further try has to wait, twice as long every time, and closing the program
does not shorten it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from datetime import datetime, timedelta

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.numbers import normalise_typed
from judge_tui.services.clock import Now, utc_now
from judge_tui.services.seat.desk_drawer import LocalNotes

_KEY, _WRONG = "seat.pin", "seat.pin.wrong"
FREE = 3
"""Wrong tries before anybody has to wait."""

FIRST_WAIT, LONGEST_WAIT = 30, 15 * 60
"""Seconds to wait after the last free try, and at most."""

LEAST, MOST = 4, 8
"""How many digits a PIN has."""


class Pin:
    """The PIN of one judge's file, kept beside the records as a salted hash; full-width digits count as digits."""

    def __init__(self, notes: LocalNotes, now: Now = utc_now) -> None:
        self._notes, self._now = notes, now
        wrong, last = json.loads(notes.local(_WRONG) or '[0, ""]')
        self._tries: tuple[int, str] = (int(wrong), str(last))

    @property
    def is_set(self) -> bool:
        """Whether the file asks for a PIN."""
        return bool(self._notes.local(_KEY))

    def attempt(self, typed: str) -> Message | None:
        """None where this is the PIN, else what to say; a try that comes too early is not looked at."""
        wait = self._wait()
        if wait:
            return nmsg("Wait {count} second, then try again", "Wait {count} seconds, then try again", wait)
        if self._fits(typed):
            self._count(0)
            return None
        self._count(self._tries[0] + 1)
        wait = self._wait()
        if wait:
            return nmsg(
                "That is not the PIN. Wait {count} second, then try again",
                "That is not the PIN. Wait {count} seconds, then try again",
                wait,
            )
        return msg("That is not the PIN")

    def _fits(self, typed: str) -> bool:
        salt, _, digest = (self._notes.local(_KEY) or "").partition("$")
        return bool(digest) and hmac.compare_digest(_hash(salt, normalise_typed(typed)), digest)

    def _wait(self) -> int:
        """Seconds until the next try. Where the clock was set back, they are counted from now."""
        wrong, last = self._tries
        if wrong < FREE:
            return 0
        pause: int = min(LONGEST_WAIT, FIRST_WAIT << min(wrong - FREE, 10))
        now = self._now()
        if datetime.fromisoformat(last) > now:
            self._tries = (wrong, now.isoformat())
        left = datetime.fromisoformat(self._tries[1]) + timedelta(seconds=pause) - now
        return max(0, -int(-left.total_seconds() // 1))

    def _count(self, wrong: int) -> None:
        """Remember how many tries were wrong; a second window that writes nothing remembers until it is closed."""
        before, self._tries = self._tries[0], (wrong, self._now().isoformat())
        if wrong != before:
            try:
                self._notes.set_local(_WRONG, json.dumps(self._tries))
            except JudgeTuiError:
                return

    def choose(self, typed: str) -> None:
        """Ask for this PIN from now on; an empty one asks for none. Raises JudgeTuiError where it is no PIN."""
        digits = normalise_typed(typed)
        if digits and not (digits.isascii() and digits.isdecimal() and LEAST <= len(digits) <= MOST):
            raise JudgeTuiError("PIN", msg("A PIN has {least} to {most} digits", least=LEAST, most=MOST))
        salt = os.urandom(16).hex()
        self._notes.set_local(_KEY, f"{salt}${_hash(salt, digits)}" if digits else "")


def _hash(salt: str, digits: str) -> str:
    return hashlib.scrypt(digits.encode(), salt=bytes.fromhex(salt or "00"), n=2**12, r=8, p=1).hex()
