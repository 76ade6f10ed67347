"""The questions a file of records answers, and the connection with the safe settings that they are asked through."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from judge_tui.domain.ledger import Author, Entry, Head
from judge_tui.store import schema
from judge_tui.store.disk import storage_error

_ENTRY: Callable[[tuple[Any, ...]], Entry] = partial(tuple.__new__, Entry)
"""A row as an entry: what `Entry._make` does, without counting the columns of each of a million rows."""


class Reader:
    """An open connection and its questions; one call at a time, from any thread."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._turn = threading.RLock()

    def heads(self) -> dict[Author, Head]:
        """The end of every author's chain."""
        found: dict[Author, Head] = {}
        with self._reading() as connection:
            row = connection.execute("SELECT author FROM entry ORDER BY author LIMIT 1").fetchone()
            while row:
                last = self._last(Author(row[0]))
                assert last is not None
                found[last.author] = Head(last.author, last.seq, last.hash)
                row = connection.execute(
                    "SELECT author FROM entry WHERE author > ? ORDER BY author LIMIT 1", (row[0],)
                ).fetchone()
        return found

    def entries(self, author: Author | None = None, after: int = 0) -> list[Entry]:
        """The entries in order of author and seq: all, one author's, or one author's beyond a seq."""
        with self._reading() as connection:
            if author is None:
                rows = connection.execute("SELECT author, seq, body, hash, sig FROM entry ORDER BY author, seq")
            else:
                rows = connection.execute(
                    "SELECT author, seq, body, hash, sig FROM entry WHERE author = ? AND seq > ? ORDER BY seq",
                    (author, after),
                )
            return list(map(_ENTRY, rows))

    def says(self, author: Author, words: bytes) -> bool:
        """Whether any of an author's bodies holds these bytes; the newest are looked at first."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT 1 FROM entry WHERE author = ? AND instr(body, ?) > 0 ORDER BY seq DESC LIMIT 1", (author, words)
            ).fetchone()
        return row is not None

    def entry(self, author: Author, seq: int) -> Entry | None:
        """One entry, None where there is none."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT author, seq, body, hash, sig FROM entry WHERE author = ? AND seq = ?", (author, seq)
            ).fetchone()
            return Entry._make(row) if row else None

    def evidence(self) -> list[Entry]:
        """The second branches of forks, in order of author, seq and hash."""
        with self._reading() as connection:
            rows = connection.execute("SELECT author, seq, body, hash, sig FROM evidence ORDER BY author, seq, hash")
            return list(map(Entry._make, rows))

    def witnesses(self) -> dict[Author, tuple[int, bytes, bytes]]:
        """The furthest head of each author that this file has heard of: (seq, hash, the author's signature of it)."""
        with self._reading() as connection:
            rows = connection.execute("SELECT author, seq, hash, sig FROM head ORDER BY author")
            return {Author(author): (seq, head, sig) for author, seq, head, sig in rows}

    def import_log(self) -> list[tuple[str, str, str, str, str, str]]:
        """What was taken from which file, oldest first: sha256, code, at, file, judge, what was taken."""
        with self._reading() as connection:
            rows = connection.execute("SELECT sha256, code, at, file, judge, taken FROM import_log ORDER BY at, sha256")
            return rows.fetchall()

    def imported(self, sha256: str) -> dict[str, str]:
        """What became of the file with these very bytes: code → judge; empty where it was never seen."""
        with self._reading() as connection:
            return dict(connection.execute("SELECT code, judge FROM import_log WHERE sha256 = ?", (sha256,)))

    def taken(self, sha256: str) -> str:
        """What was taken from the file with these very bytes: `author:first-last` with spaces between; empty where nothing was."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT taken FROM import_log WHERE sha256 = ? AND code = ''", (sha256,)
            ).fetchone()
        return str(row[0]) if row else ""

    def snapshot(self) -> bytes:
        """The whole file as it is on the disk at this moment, this laptop's own notes included."""
        with self._reading() as connection:
            return connection.serialize()

    def local(self, key: str) -> str | None:
        """A note for this laptop only: unsigned, never exported, never counted."""
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM local WHERE key = ?", (key,)).fetchone()
            return str(row[0]) if row else None

    def _last(self, author: Author) -> Entry | None:
        row = self._connection.execute(
            "SELECT author, seq, body, hash, sig FROM entry WHERE author = ? ORDER BY seq DESC LIMIT 1", (author,)
        ).fetchone()
        return Entry._make(row) if row else None

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._turn:
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise storage_error(error, self.path) from error


def connect(path: Path, writable: bool, wait: float) -> sqlite3.Connection:
    """A connection with the safe settings, which waits so many seconds for others. A file that cannot be written is opened as such."""
    uri = path.resolve().as_uri()
    connection = sqlite3.connect(
        f"{uri}?mode=rw", uri=True, isolation_level=None, check_same_thread=False, timeout=wait, cached_statements=64
    )
    try:
        _settle(connection, writable)
    except sqlite3.OperationalError:
        connection.close()
        if writable:
            raise
        connection = sqlite3.connect(
            f"{uri}?mode=ro", uri=True, isolation_level=None, check_same_thread=False, timeout=wait
        )
        _settle(connection, writable)
    return connection


def memory() -> sqlite3.Connection:
    """An empty connection in memory with the safe settings, to be filled with a file's bytes."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _settle(connection, writable=False)
    return connection


def _settle(connection: sqlite3.Connection, writable: bool) -> None:
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if not writable:
        connection.execute("PRAGMA query_only = ON")
        return
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = FULL")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")
    if version < schema.FORMAT:
        schema.migrate(connection)
