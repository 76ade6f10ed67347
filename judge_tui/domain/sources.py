"""A file that was handed in, as the checks read it: chains one after another, never all in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Protocol

from judge_tui.domain.ledger import Author, Entry, Row


class Source(Protocol):
    """A file that was handed in, as the checks read it: chains one after another, never all in memory."""

    def authors(self) -> Mapping[Author, int]:
        """Every author and the seq of his last entry, in order."""

    def entry(self, author: Author, seq: int) -> Entry | None:
        """One entry, None where there is none."""

    def rows(self, author: Author) -> Iterable[Row]:
        """An author's entries in order of seq."""

    def evidence(self) -> Sequence[Entry]:
        """Entries of second branches, in order of author, seq and hash."""


class Listed:
    """A source made of entries in memory."""

    def __init__(self, entries: Iterable[Entry], evidence: Sequence[Entry] = ()) -> None:
        self._chains: dict[Author, list[Entry]] = {}
        for entry in sorted(entries, key=attrgetter("author", "seq")):
            self._chains.setdefault(entry.author, []).append(entry)
        self._evidence = evidence

    def authors(self) -> Mapping[Author, int]:
        return {author: chain[-1].seq for author, chain in self._chains.items()}

    def entry(self, author: Author, seq: int) -> Entry | None:
        chain = self._chains.get(author, ())
        return next((entry for entry in chain if entry.seq == seq), None)

    def rows(self, author: Author) -> Iterable[Row]:
        return (entry[1:] for entry in self._chains.get(author, ()))

    def evidence(self) -> Sequence[Entry]:
        return self._evidence
