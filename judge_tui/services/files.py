"""What a file is, told by its own words: a judge's, the organiser's, or nothing of ours."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from judge_tui.store import schema
from judge_tui.store.files import EntryFile


class FileKind(StrEnum):
    """Whose file it is, as its `about` table says; a copy handed over is its judge's."""

    JUDGE = "judge"
    ORGANISER = "organiser"


def file_kind(path: Path) -> FileKind:
    """Whose file this is. Raises RefusedError for one that is not ours, StorageError where it cannot be read."""
    with EntryFile.open(path, read_only=True) as file:
        return FileKind.ORGANISER if file.kind == schema.ORGANISER else FileKind.JUDGE
