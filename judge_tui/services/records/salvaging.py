"""The explicit act of saving what can be verified of a damaged file: the beginnings of its chains, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from judge_tui.domain.admission import Admitter, Listed
from judge_tui.domain.ledger import Author, Entry
from judge_tui.domain.register import Register
from judge_tui.domain.salvage import verified_beginnings
from judge_tui.store import crypto
from judge_tui.store.files import EntryFile
from judge_tui.store.pages import loose_entries

SPOILED = frozenset({"NOT_SQLITE", "TRUNCATED", "CORRUPT", "WAL_MODE", "SCHEMA", "TAMPERED", "GAP"})
"""Refusals of files in which the beginnings of chains may still prove right."""

CODE = "SALVAGED"
"""How the import log marks what came in this way."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What proves right in a damaged file and is new: the entries, from where to where of each author, whose they are, and what
    the register has learnt from them."""

    entries: tuple[Entry, ...]
    spans: Mapping[Author, tuple[int, int]]
    judges: tuple[str, ...]
    register: Register


def beginnings(file: EntryFile, register: Register, held: Mapping[Author, int], data: bytes) -> Saved | None:
    """What of these bytes goes on where the file's chains end, and passes every check that a sound file has to pass; None where
    there is nothing. Raises RefusedError where it does not pass: UNKNOWN_JUDGE, DEFINITION, SCHEMA, TAMPERED.
    """

    def last_held(author: Author) -> Entry | None:
        seq = held.get(author, 0)
        return file.entry(author, seq) if seq else None

    loose = verified_beginnings(register.key, loose_entries(data), last_held, crypto.verify)
    if not loose:
        return None
    whole = Listed(entry for author, chain in loose.items() for entry in (*file.entries(author), *chain))
    admitter = Admitter(register, held, file.entry, crypto.verify)
    judges = admitter.check(whole, admitter.plan(whole))
    return Saved(
        tuple(entry for chain in loose.values() for entry in chain),
        {author: (chain[0].seq, chain[-1].seq) for author, chain in loose.items()},
        judges,
        admitter.register,
    )
