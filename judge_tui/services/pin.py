"""A judge's PIN on a shared laptop: it keeps his marks from the eyes of the next one. It locks no disk and signs nothing."""

from __future__ import annotations

import hashlib
import hmac
import os

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import normalise_typed
from judge_tui.services.desk_drawer import LocalNotes

_KEY = "seat.pin"
LEAST, MOST = 4, 8
"""How many digits a PIN has."""


class Pin:
    """The PIN of one judge's file, kept beside the records as a salted hash; full-width digits count as digits."""

    def __init__(self, notes: LocalNotes) -> None:
        self._notes = notes

    @property
    def is_set(self) -> bool:
        """Whether the file asks for a PIN."""
        return bool(self._notes.local(_KEY))

    def fits(self, typed: str) -> bool:
        """Whether this is the PIN."""
        salt, _, digest = (self._notes.local(_KEY) or "").partition("$")
        return bool(digest) and hmac.compare_digest(_hash(salt, normalise_typed(typed)), digest)

    def choose(self, typed: str) -> None:
        """Ask for this PIN from now on; an empty one asks for none. Raises JudgeTuiError where it is no PIN."""
        digits = normalise_typed(typed)
        if digits and not (digits.isascii() and digits.isdecimal() and LEAST <= len(digits) <= MOST):
            raise JudgeTuiError("PIN", msg("A PIN has {least} to {most} digits", least=LEAST, most=MOST))
        salt = os.urandom(16).hex()
        self._notes.set_local(_KEY, f"{salt}${_hash(salt, digits)}" if digits else "")


def _hash(salt: str, digits: str) -> str:
    return hashlib.scrypt(digits.encode(), salt=bytes.fromhex(salt or "00"), n=2**12, r=8, p=1).hex()
