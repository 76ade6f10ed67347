"""The organiser's place on a command line or at a door: whatever else is put there is named, and what belongs there."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.domain.messages import Message, msg
from judge_tui.services import disks
from judge_tui.store import schema
from judge_tui.store.away import read_away
from judge_tui.store.files import EntryFile

CHOOSE = msg("Choose the organiser's file; its name ends in .db.")
RESTORE = msg("Restore the organiser's file from its second copy; its name ends in .db.")
MOVE = msg(
    "Copy its whole folder to this laptop's own disk and open it there; sticks and shares are for handing over and for the "
    "second copy."
)
CARRY = msg("Choose a folder on this laptop's own disk, and carry the judges' files from there.")
SPOILED = frozenset({"CORRUPT", "TRUNCATED", "WAL_MODE", "SCHEMA"})
"""Refusals of something that was a file of records once."""


def open_organiser_file(path: Path, *, read_only: bool = False, patience: float = 0.0) -> EntryFile:
    """The organiser's file, opened. On a stick or a share it is never opened in place: what it holds is read into memory.

    Raises JudgeTuiError that names the file and what belongs here: with the code of its refusal for one that is no file of
    records, NOT_ORGANISER for a judge's; NOT_OWN_DISK as `must_lie_on_own_disk`; StorageError where it cannot be read.
    """
    if not read_only:
        must_lie_on_own_disk(path)
    try:
        away = read_only and disks.lies_away(path) is not None
        file = read_away(path) if away else EntryFile.open(path, read_only=read_only, patience=patience)
    except RefusedError as error:
        raise JudgeTuiError(error.code, error.message, _next_step(error)) from error
    if file.kind == schema.ORGANISER:
        return file
    kind = file.kind
    file.close()
    raise not_organiser(
        msg("{file} is a judge's file, not the organiser's", file=path.name)
        if kind == schema.JUDGE
        else msg("{file} is what a judge handed over, not the organiser's file", file=path.name)
    )


def _next_step(error: RefusedError) -> Message:
    if error.code in ("NEWER", "OLDER") and error.hint is not None:
        return error.hint
    return RESTORE if error.code in SPOILED else CHOOSE


def not_organiser(message: Message) -> JudgeTuiError:
    """The error for a file in which no event of an organiser begins."""
    return JudgeTuiError("NOT_ORGANISER", message, CHOOSE)


def must_be_organisers(path: Path, *, to_write: bool = False) -> None:
    """Raises as `open_organiser_file` does, before a screen is opened on the file; `to_write`: as it does for a writer."""
    open_organiser_file(path, read_only=True).close()
    if to_write:
        must_lie_on_own_disk(path)


def must_lie_on_own_disk(place: Path, hint: Message = MOVE) -> None:
    """Raises JudgeTuiError with NOT_OWN_DISK for a file, or a folder to make it in, on a stick or a share: pulled out at the wrong
    moment, a database that is being written there is lost.
    """
    match disks.lies_away(place):
        case disks.Medium.REMOVABLE:
            message = msg("{file} lies on a stick or another removable disk", file=place.name or str(place))
        case disks.Medium.NETWORK:
            message = msg("{file} lies on a network share", file=place.name or str(place))
        case _:
            return
    raise JudgeTuiError("NOT_OWN_DISK", message, hint)
