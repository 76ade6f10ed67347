"""A file of records on a stick or a share: read, never opened where it lies."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from judge_tui.domain.errors import RefusedError
from judge_tui.domain.messages import msg
from judge_tui.store.disk import reading_error, storage_error
from judge_tui.store.files import EntryFile
from judge_tui.store.header import HEADER, check_header, named, refuse
from judge_tui.store.reading import memory


def read_away(path: Path) -> EntryFile:
    """A read-only file of what `path` holds at this moment, in memory: nothing is opened, locked or rolled back where it lies.

    Raises RefusedError as `EntryFile.open` does, and with TRUNCATED where a write into it was cut off; StorageError.
    """
    try:
        data = path.read_bytes()
        _must_be_whole(path, data)
    except OSError as error:
        raise reading_error(error, path) from error
    except RefusedError as error:
        raise named(error, path) from error
    connection = memory()
    try:
        connection.deserialize(data)
        return EntryFile(path, connection, None, other_window=False)
    except sqlite3.Error as error:
        connection.close()
        raise storage_error(error, path) from error


def _must_be_whole(path: Path, data: bytes) -> None:
    check_header(data[:HEADER], len(data))
    if _half_written(path):
        raise refuse(
            "TRUNCATED",
            msg("A write into the file was cut off"),
            msg(
                "Copy its whole folder to this laptop's own disk and open it there: what was whole before is restored."
            ),
        )


def _half_written(path: Path) -> bool:
    """Whether a journal lies beside the file that takes back a write which was cut off."""
    try:
        with path.with_name(f"{path.name}-journal").open("rb") as journal:
            return any(journal.read(8))
    except FileNotFoundError:
        return False
