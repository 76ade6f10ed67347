"""Entries and chains: the grow-only set that is the truth, and how it is hashed, verified and joined.

An author is an Ed25519 key; each author writes one linear chain. The hash of an entry covers the previous entry's hash *and
signature*, so that no byte of a file can change without breaking the chain. Signing and verifying are handed in (`Signer`,
`Verifier`): the store brings PyNaCl, tests bring what they like. The format is described in `docs/format.en.md`.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import NamedTuple, NewType, Protocol, runtime_checkable

Author = NewType("Author", bytes)
"""An author's Ed25519 public key, 32 bytes."""

EventKey = NewType("EventKey", bytes)
"""What tells one event's files from every other's: 32 bytes, see `event_key`."""

DOMAIN = b"judge-tui entry v1\x00"
EVENT_DOMAIN = b"judge-tui event v1\x00"
ENROL_DOMAIN = b"judge-tui enrol v1\x00"
ENDORSE_DOMAIN = b"judge-tui endorse v1\x00"
RECEIPT_DOMAIN = b"judge-tui receipt v1\x00"
NO_HASH = bytes(32)
NO_SIGNATURE = bytes(64)
BATCH = 256
"""Entries of a chain that are looked at together."""

BEGINNING = (0, NO_HASH, NO_SIGNATURE)
"""What stands before entry 1: its seq, hash and signature."""


class Verifier(Protocol):
    """Checks a signature; returns False for a bad one and for malformed input, never raises."""

    def __call__(self, author: bytes, message: bytes, signature: bytes, /) -> bool: ...


class Signer(Protocol):
    """A private key in the hands of the store: signs 32-byte hashes."""

    @property
    def author(self) -> Author: ...

    def sign(self, message: bytes, /) -> bytes: ...


@runtime_checkable
class HeadKeeper(Protocol):
    """A signer that remembers, outside the file, the last entry it wrote, so that a restored copy is noticed."""

    @property
    def noted(self) -> int:
        """The seq of the last entry known to be written with this key."""

    def remember(self, seq: int, head: bytes, /) -> None: ...


class Entry(NamedTuple):
    """One signed record, exactly as stored. `seq` counts from 1 inside its author's chain; `body` is compact JSON."""

    author: Author
    seq: int
    body: bytes
    hash: bytes
    sig: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: how many entries an author has, and the last one's hash."""

    author: Author
    seq: int
    hash: bytes


def event_key(notice: Author, event_id: str) -> EventKey:
    """The event's identity: the organiser's notice key and the event's id, so that two events of one name never mix."""
    return EventKey(hashlib.sha256(EVENT_DOMAIN + notice + event_id.encode()).digest())


def entry_hash(event: EventKey, author: Author, seq: int, prev_hash: bytes, prev_sig: bytes, body: bytes) -> bytes:
    """SHA-256 over domain ‖ event ‖ author ‖ seq (8 bytes, big-endian) ‖ prev_hash ‖ prev_sig ‖ len(body) (8 bytes) ‖ body."""
    return hashlib.sha256(
        b"".join(
            (
                DOMAIN,
                event,
                author,
                seq.to_bytes(8, "big"),
                prev_hash,
                prev_sig,
                len(body).to_bytes(8, "big"),
                body,
            )
        )
    ).digest()


def enrolment_message(event: EventKey, author: Author) -> bytes:
    """What a kit's enrolment key signs in entry 1: this author may write for the kit's judge in this event."""
    return ENROL_DOMAIN + event + author


def endorsement_message(event: EventKey, author: Author) -> bytes:
    """What a judge's earlier author signs for a later one: this key is mine too (a second laptop, a restored copy)."""
    return ENDORSE_DOMAIN + event + author


def receipt_message(event: EventKey, author: Author, seq: int, head: bytes) -> bytes:
    """What the organiser's desk signs: I hold this author's chain up to `seq`, whose hash is `head`."""
    return RECEIPT_DOMAIN + event + author + seq.to_bytes(8, "big") + head


def fingerprint(author: Author) -> str:
    """Five groups of four digits by which two people compare a key aloud: SHA-256 of the key modulo 10^20."""
    digits = f"{int.from_bytes(hashlib.sha256(author).digest(), 'big') % 10**20:020d}"
    return " ".join(digits[start : start + 4] for start in range(0, 20, 4))


def next_entry(event: EventKey, signer: Signer, last: Entry | None, body: bytes) -> Entry:
    """The entry that follows `last` (None: the first) in the signer's chain."""
    seq = last.seq + 1 if last else 1
    digest = entry_hash(
        event, signer.author, seq, last.hash if last else NO_HASH, last.sig if last else NO_SIGNATURE, body
    )
    return Entry(signer.author, seq, body, digest, signer.sign(digest))


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain stops being right: `code` is `GAP` or `TAMPERED`; entries before `seq` are good."""

    author: Author
    seq: int
    code: str


Row = tuple[int, bytes, bytes, bytes]
"""An entry of a known author: (seq, body, hash, sig)."""


def walk_chain(
    event: EventKey,
    author: Author,
    rows: Iterable[Row],
    verify: Verifier,
    inspect: Callable[[Sequence[bytes]], None] | None = None,
    known: int = 0,
    after: tuple[int, bytes, bytes] = BEGINNING,
) -> Break | None:
    """Check one author's entries in order of seq, following the entry `after` = (seq, hash, sig).

    Every hash is recomputed; the signature of the last entry is checked, which through `prev_sig` in the hashes covers all
    earlier bytes. `inspect` is handed the bodies beyond the first `known` ones, some at a time, once their hashes are found right.
    Returns None where all is right. The signature of each entry by itself is checked by `verify_every`.
    """
    source, (seq, prev_hash, prev_sig) = iter(rows), after
    beginning = DOMAIN + event + author
    while batch := list(islice(source, BATCH)):
        broken = _broken(beginning, author, batch, (seq, prev_hash, prev_sig))
        if broken is not None:
            return broken
        if inspect is not None:
            inspect([row[1] for row in batch[max(0, known - seq) :]])
        seq, _, prev_hash, prev_sig = batch[-1]
    if seq > after[0] and not verify(author, prev_hash, prev_sig):
        return Break(author, seq, "TAMPERED")
    return None


def _broken(beginning: bytes, author: Author, batch: Sequence[Row], after: tuple[int, bytes, bytes]) -> Break | None:
    """Where some entries that follow one another stop being right.

    The same bytes as `entry_hash`, written out: a merge of a million entries spends its time here.
    """
    sha256, pack = hashlib.sha256, struct.Struct(f">{len(beginning)}sQ32s64sQ").pack
    seq, prev_hash, prev_sig = after
    numbers, bodies, digests, sigs = zip(*batch)
    found = [
        sha256(pack(beginning, number, prev, sig, len(body)) + body).digest()
        for number, prev, sig, body in zip(count(seq + 1), (prev_hash, *digests), (prev_sig, *sigs), bodies)
    ]
    in_order = numbers == tuple(range(seq + 1, seq + 1 + len(batch)))
    if in_order and tuple(found) == digests and set(map(len, sigs)) == {64}:
        return None
    for number, computed, digest, sig in zip(numbers, found, digests, sigs):
        seq += 1
        if number != seq:
            return Break(author, seq, "GAP")
        if computed != digest or len(sig) != 64:
            return Break(author, seq, "TAMPERED")
    return None


def verify_chain(event: EventKey, author: Author, entries: Iterable[Entry], verify: Verifier) -> Break | None:
    """`walk_chain` for entries that carry their author."""
    entries = list(entries)
    stray = next((entry for entry in entries if entry.author != author), None)
    if stray is not None:
        return Break(author, stray.seq, "TAMPERED")
    return walk_chain(event, author, (entry[1:] for entry in entries), verify)


def verify_every(entries: Iterable[Entry], verify: Verifier) -> Break | None:
    """Check the signature of every entry by itself, as `audit` does; None where all are right."""
    for entry in entries:
        if not verify(entry.author, entry.hash, entry.sig):
            return Break(entry.author, entry.seq, "TAMPERED")
    return None
