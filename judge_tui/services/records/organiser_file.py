"""The organiser's place on a command line or at a door: whatever else is put there is named, and what belongs there."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.domain.messages import Message, msg
from judge_tui.store import schema
from judge_tui.store.files import EntryFile

CHOOSE = msg("Choose the organiser's file; its name ends in .db.")
RESTORE = msg("Restore the organiser's file from its second copy; its name ends in .db.")
SPOILED = frozenset({"CORRUPT", "TRUNCATED", "WAL_MODE"})
"""Refusals of something that was a file of records once."""


def open_organiser_file(path: Path, *, read_only: bool = False, patience: float = 0.0) -> EntryFile:
    """The organiser's file, opened.

    Raises JudgeTuiError that names the file and what belongs here: with the code of its refusal for one that is no file of
    records, NOT_ORGANISER for a judge's; StorageError where it cannot be read.
    """
    try:
        file = EntryFile.open(path, read_only=read_only, patience=patience)
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


def must_be_organisers(path: Path) -> None:
    """Raises as `open_organiser_file` does, before a screen is opened on the file."""
    open_organiser_file(path, read_only=True).close()
