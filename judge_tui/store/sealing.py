"""Sealed exports: a file that only the organiser can read, should the stick it travels on be lost.

The file is encrypted once; the key to it is sealed to each of the organiser's authors (the desk, and the reserve, so that it
can still be read after a take-over). Sealing the same bytes again gives the same bytes, so that nothing is handed over twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from judge_tui.domain.ledger import Author, EventKey, Signer
from judge_tui.domain.messages import msg
from judge_tui.store import crypto
from judge_tui.store.header import SEALED, not_ours, refuse

_BOX = 80
"""Bytes of a sealed key: 32 for the key, 48 for what a sealed box adds."""

_HEAD = len(SEALED) + 8 + 32 + 1


def seal(data: bytes, event: EventKey, signer: Signer, readers: Sequence[Author]) -> bytes:
    """`SEALED` ‖ length of the whole (8) ‖ event (32) ‖ number of readers (1) ‖ (author (32) ‖ sealed key (80)) … ‖ box."""
    secret = hashlib.sha256(b"judge-tui seal v1\x00" + signer.sign(b"judge-tui seal v1\x00" + _digest(data))).digest()
    box = crypto.close_box(data, secret)
    keys = b"".join(reader + crypto.seal_to(reader, secret, secret + reader) for reader in readers)
    length = _HEAD + len(keys) + len(box)
    return SEALED + length.to_bytes(8, "big") + event + bytes([len(readers)]) + keys + box


def is_sealed(data: bytes) -> bool:
    """Whether these bytes say that they are a sealed export."""
    return data.startswith(SEALED)


def readers_of(data: bytes) -> list[Author]:
    """The authors for whom a sealed export can be opened, as it says."""
    return [Author(data[start : start + 32]) for start in _places(data)]


def unseal(data: bytes, keys: Iterable[crypto.KeyPair]) -> bytes:
    """What was sealed. Raises RefusedError: TRUNCATED, ENCRYPTED where none of these keys opens it, TAMPERED."""
    if len(data) < _HEAD or len(data) < int.from_bytes(data[len(SEALED) : len(SEALED) + 8], "big"):
        raise refuse(
            "TRUNCATED",
            msg("Only the first {held} bytes of the file are there", held=len(data)),
            msg("It was probably copied while the stick was pulled out. Copy it again."),
        )
    pairs = {key.author: key for key in keys}
    for start in _places(data):
        pair = pairs.get(Author(data[start : start + 32]))
        if pair is not None:
            secret = crypto.open_sealed(pair, data[start + 32 : start + 32 + _BOX])
            found = crypto.open_box(data[_HEAD + data[_HEAD - 1] * (32 + _BOX) :], secret) if secret else None
            if found is None:
                raise refuse(
                    "TAMPERED",
                    msg("The file was altered after it was encrypted"),
                    msg(
                        "Do not use this file. Ask the judge to hand over again from his own laptop, and keep this one."
                    ),
                )
            return found
    raise not_ours()


def _places(data: bytes) -> range:
    count = data[_HEAD - 1] if len(data) >= _HEAD else 0
    end = _HEAD + count * (32 + _BOX)
    return range(_HEAD, end, 32 + _BOX) if len(data) >= end else range(0)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
