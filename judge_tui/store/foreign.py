"""Reading a file that somebody handed in: hostile until proven otherwise, never opened in place.

The bytes are read once; every check works on those bytes. The order of the checks is part of the format: header by hand,
then an isolated in-memory connection without trust, then the exact schema, then the integrity of every page. Only after
that are rows read. Chains and signatures are verified by whoever asked (`judge_tui.domain.admission`).
"""

from __future__ import annotations

import hashlib
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from judge_tui.domain.bodies import MAX_BODY
from judge_tui.domain.errors import RefusedError
from judge_tui.domain.ledger import Author, Entry, EventKey, Row
from judge_tui.domain.messages import Message, msg
from judge_tui.store.disk import StorageError, reading_error
from judge_tui.store.header import HEADER, check_header, refuse
from judge_tui.store.schema import KINDS, SCHEMA

MAX_FILE = 1024 * 1024 * 1024
"""Bytes of the largest file that is taken in: 1 GiB, more than two million entries."""

LARGE = 8 * 1024 * 1024
"""Bytes from which on it pays to work out a file's digest in a thread of its own."""

ROW_SLACK = 4096
STEPS = 100_000
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: MAX_BODY + ROW_SLACK,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 10_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 32,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 4,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 8,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}


class Foreign:
    """A file whose outside is in order, open in isolation. Nothing in its rows is verified yet but their types."""

    def __init__(self, connection: sqlite3.Connection, data: bytes) -> None:
        self._connection = connection
        self.data = data
        about = dict(connection.execute("SELECT key, value FROM about"))
        self.kind, event = str(about.get("kind")), about.get("event", "")
        if self.kind not in KINDS or len(event) != 64 or not _is_hex(event):
            raise refuse(
                "SCHEMA",
                msg("The file does not say which event it belongs to"),
                msg("Another program changed it. Ask for it to be handed over again."),
            )
        self.event = EventKey(bytes.fromhex(event))

    def close(self) -> None:
        """Let go of the memory."""
        self._connection.close()

    def __enter__(self) -> Foreign:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def authors(self) -> dict[Author, int]:
        """Every author in the file and the seq of his last entry, in order."""
        found: dict[Author, int] = {}
        row = self._one("SELECT author FROM entry ORDER BY author LIMIT 1")  # an empty key, too, is looked at
        while row:
            author = row[0]
            last = self._one("SELECT seq FROM entry WHERE author = ? ORDER BY seq DESC LIMIT 1", author)
            found[Author(author)] = int(last[0]) if last else 0
            row = self._one("SELECT author FROM entry WHERE author > ? ORDER BY author LIMIT 1", author)
        return found

    def entry(self, author: Author, seq: int) -> Entry | None:
        """One entry, None where there is none."""
        row = self._one("SELECT author, seq, body, hash, sig FROM entry WHERE author = ? AND seq = ?", author, seq)
        return Entry._make(row) if row else None

    def rows(self, author: Author) -> Iterator[Row]:
        """An author's entries in order of seq, one after another, never all in memory."""
        return self._connection.execute(
            "SELECT seq, body, hash, sig FROM entry WHERE author = ? ORDER BY seq", (author,)
        )

    def evidence(self) -> list[Entry]:
        """The second branches of forks that the file carries."""
        rows = self._connection.execute("SELECT author, seq, body, hash, sig FROM evidence ORDER BY author, seq, hash")
        return list(map(Entry._make, rows))

    def witnesses(self) -> list[tuple[Author, int, bytes, bytes]]:
        """The heads that the file has heard of."""
        return self._connection.execute("SELECT author, seq, hash, sig FROM head ORDER BY author").fetchall()

    def _one(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
        return row


def read_once(path: Path, most: int | None = None) -> bytes:
    """The bytes of a file, at most so many (None: `MAX_FILE`), read once. Raises RefusedError with TOO_BIG, StorageError where it cannot be read or is no file."""
    most = MAX_FILE if most is None else most
    try:
        size = _size(path)
        with path.open("rb") as file:
            data = file.read(most + 1) if size <= most else None
    except OSError as error:
        raise reading_error(error, path) from error
    if data is None or len(data) > most:
        raise refuse(
            "TOO_BIG",
            msg("The file is larger than {most} MB", most=most // 1024 // 1024),
            msg("No judge's file grows that large. Ask for it to be handed over again."),
        )
    return data


def _size(path: Path) -> int:
    """Bytes of a file. Raises StorageError for what is none: a pipe would be waited for, a device read without end."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise StorageError(
            "NOT_A_FILE",
            msg("{file} is a folder or a device, not a file", file=path.name),
            msg("Choose the file itself; the name of what judges hand over ends in .judge."),
        )
    return found.st_size


def digest_of(data: bytes) -> str:
    """SHA-256 of a file's bytes, lower-case hex: how it is known again."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def fingerprinted(data: bytes) -> Iterator[Callable[[], str]]:
    """`digest_of` of these bytes, for when it is asked for; a large file's is worked out beside whatever else happens."""
    if len(data) < LARGE:
        yield lambda: digest_of(data)
        return
    found: list[str] = []
    working = threading.Thread(target=lambda: found.append(digest_of(data)))
    working.start()

    def fingerprint() -> str:
        working.join()
        return found[0]

    try:
        yield fingerprint
    finally:
        working.join()


def open_foreign(data: bytes) -> Foreign:
    """Open these bytes in isolation. Raises RefusedError with any of the codes of a file's outside.

    Reading the rows afterwards may still raise `sqlite3.Error`: see `damage`.
    """
    check_header(data[:HEADER], len(data))
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    try:
        with damage():
            _isolate(connection, len(data))
            connection.deserialize(data)
            _check_inside(connection)
            return Foreign(connection, data)
    except BaseException:
        connection.close()
        raise


@dataclass(frozen=True, slots=True)
class ForeignRows:
    """All rows of a small file at once: a judge's copy, a file of notices."""

    kind: str
    event: EventKey
    entries: list[Entry]
    evidence: list[Entry]
    witnesses: list[tuple[Author, int, bytes, bytes]]


def read_foreign(data: bytes) -> ForeignRows:
    """`open_foreign` and read everything. Raises RefusedError."""
    with open_foreign(data) as foreign, damage():
        entries = [Entry(author, *row) for author in foreign.authors() for row in foreign.rows(author)]
        return ForeignRows(foreign.kind, foreign.event, entries, foreign.evidence(), foreign.witnesses())


@contextmanager
def damage() -> Iterator[None]:
    """Whatever SQLite says against a file that was handed in is a refusal: CORRUPT."""
    try:
        yield
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        raise _damaged(msg("The file is damaged: {reason}", reason=str(error)[:100])) from error


def _isolate(connection: sqlite3.Connection, size: int) -> None:
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    budget = 20 + size // 10_000  # in units of STEPS; a sound file needs a fraction of it

    def spent() -> int:
        nonlocal budget
        budget -= 1
        return budget < 0

    connection.set_progress_handler(spent, STEPS)


def _check_inside(connection: sqlite3.Connection) -> None:
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}")
    if frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")) != SCHEMA:
        raise refuse(
            "SCHEMA",
            msg("The file's tables are not exactly those of this format"),
            msg("Another program changed it. Ask for it to be handed over again."),
        )
    if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
        raise _damaged(msg("The file is damaged: its pages contradict each other"))


def _is_hex(text: str) -> bool:
    return all(letter in "0123456789abcdef" for letter in text)


def _damaged(message: Message) -> RefusedError:
    return refuse(
        "CORRUPT",
        message,
        msg("Ask for it to be handed over again; what can be verified in it can be saved with --salvage."),
    )
