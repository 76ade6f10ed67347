"""Entries arranged by author: one straight chain each, or branches where two entries claim the same place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from judge_tui.domain.ledger import NO_HASH, NO_SIGNATURE, Author, Entry, EventKey, entry_hash


@dataclass(slots=True)
class Branches:
    """One author's entries. `straight` is the chain up to where it forks (or has a gap), `fork` the seq from which two
    branches contradict each other (0: none), `last` the highest seq held."""

    straight: list[Entry]
    fork: int = 0
    last: int = 0
    places: dict[int, list[Entry]] = field(default_factory=dict)

    def at(self, seq: int) -> Sequence[Entry]:
        """All entries that claim this place."""
        if self.places:
            return self.places.get(seq, ())
        return self.straight[seq - 1 : seq] if seq > 0 else ()

    def beside(self, chain: Iterable[Entry]) -> tuple[Entry, ...]:
        """The entries that are not on this chain, in order of seq and hash."""
        on_chain = {entry.hash for entry in chain}
        return tuple(
            entry
            for seq in sorted(self.places)
            for entry in sorted(self.places[seq], key=lambda item: item.hash)
            if entry.hash not in on_chain
        )


def arrange(entries: Iterable[Entry]) -> dict[Author, Branches]:
    """All entries by author, in any order; equal entries are one."""
    by_author: dict[Author, list[Entry]] = {}
    for author, run in groupby(entries, attrgetter("author")):
        by_author.setdefault(author, []).extend(run)
    return {author: _branches(found) for author, found in by_author.items()}


def _branches(entries: list[Entry]) -> Branches:
    if [entry.seq for entry in entries] == list(range(1, len(entries) + 1)):
        return Branches(entries, 0, len(entries))
    places: dict[int, list[Entry]] = {}
    for entry in entries:
        there = places.setdefault(entry.seq, [])
        if all(entry.hash != other.hash for other in there):
            there.append(entry)
    fork = min((seq for seq, there in places.items() if len(there) > 1), default=0)
    straight = []
    seq = 1
    while seq in places and seq != fork:
        straight.append(places[seq][0])
        seq += 1
    return Branches(straight, fork, max(places), places)


def follows(key: EventKey, last: Entry | None, entry: Entry) -> bool:
    """Whether `entry` was written right after `last` (None: at the beginning) in the same chain."""
    before = (last.hash, last.sig) if last else (NO_HASH, NO_SIGNATURE)
    return entry_hash(key, entry.author, entry.seq, *before, entry.body) == entry.hash


def branch_paths(key: EventKey, entries: Iterable[Entry], fork: int) -> list[list[Entry]]:
    """One author's branches from the seq at which they part, each followed to where it ends or parts again.

    Empty where `fork` is 0 or nothing is held there.
    """
    places: dict[int, dict[bytes, Entry]] = {}
    for entry in entries:
        places.setdefault(entry.seq, {}).setdefault(entry.hash, entry)
    return [_followed(key, [entry], places) for _, entry in sorted(places.get(fork, {}).items())] if fork else []


def _followed(key: EventKey, path: list[Entry], places: Mapping[int, Mapping[bytes, Entry]]) -> list[Entry]:
    while len(after := [e for e in places.get(path[-1].seq + 1, {}).values() if follows(key, path[-1], e)]) == 1:
        path += after
    return path
