"""What is held in an organiser's file, proven before anything is worked out from it.

A merge proves what it takes in; what happens to the file afterwards, by another program or by the disk, is noticed here: no
table, no ranking, no document is made from records that are not what was signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from judge_tui.domain.admission import Admitter, Listed, Register, Source
from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.domain.ledger import Author, Entry, EventKey, Row
from judge_tui.domain.messages import msg
from judge_tui.store import crypto
from judge_tui.store.files import EntryFile
from judge_tui.store.header import HEADER

FIRST = -(2**63)
"""Below every seq that a table can hold."""

Stamp = tuple[int, int, bytes]
"""Size, time of change, and the first bytes, in which every change is counted."""

_sound: dict[tuple[Path, EventKey], Stamp] = {}
"""The files that were found right in this run of the program, and how they were then."""


def proven(file: EntryFile) -> tuple[list[Entry], list[Entry]]:
    """Every entry that is held, and the second branches, after they were proven. Raises JudgeTuiError with TAMPERED or GAP."""
    before = _stamp(file.path)
    entries, evidence = file.entries(), file.evidence()
    _prove(file, Listed(entries, evidence), before)
    return entries, evidence


def _prove(file: EntryFile, held: Source, before: Stamp | None) -> None:
    """Check every chain, every second branch and every judge's kit, unless the file is as it was when that was last done.

    `before` is the stamp taken before they were read. Raises JudgeTuiError with TAMPERED or GAP, naming the file.
    """
    known = (file.path, file.event)
    if before is not None and _sound.get(known) == before:
        return
    try:
        Admitter(Register(file.event), {}, lambda author, seq: None, crypto.verify).check_held(held)
    except RefusedError as error:
        raise JudgeTuiError(
            error.code,
            msg(
                "{file} was changed by another program, or by its disk: {what}", file=file.path.name, what=error.message
            ),
            msg(
                "Nothing is worked out from it. `judge-tui audit` names every place; restore the file from its second copy, "
                "or take over with the reserve key and the judges' files."
            ),
        ) from error
    if before is not None:
        _sound[known] = before


class Held:
    """What a file holds, as a source to check: one chain at a time, never all in memory."""

    def __init__(self, file: EntryFile) -> None:
        self._file = file
        self._authors = {author: head.seq for author, head in file.heads().items()}

    def authors(self) -> Mapping[Author, int]:
        return self._authors

    def entry(self, author: Author, seq: int) -> Entry | None:
        return self._file.entry(author, seq)

    def rows(self, author: Author) -> Iterable[Row]:
        return (entry[1:] for entry in self._file.entries(author, FIRST))

    def evidence(self) -> Sequence[Entry]:
        return self._file.evidence()


def prove_held(file: EntryFile) -> None:
    """`proven` for a file from which not everything is read: before something is added to it."""
    _prove(file, Held(file), _stamp(file.path))


def still_sound(file: EntryFile) -> None:
    """Note that a file which was proven is right as it is now: whatever was added since was proven as it was taken in."""
    stamp = _stamp(file.path)
    if stamp is not None:
        _sound[file.path, file.event] = stamp


def _stamp(path: Path) -> Stamp | None:
    """How the file is now; None where it cannot be read."""
    try:
        found = path.stat()
        with path.open("rb") as file:
            return found.st_size, found.st_mtime_ns, file.read(HEADER)
    except OSError:
        return None
