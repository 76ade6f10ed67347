"""A file of records in use: opened for its one writer or for reading, appended to durably, never rewritten.

Plain `sqlite3` on purpose: this is what a judge's start and every mark wait for. `schema` says what is inside.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError, LockedError, RefusedError
from judge_tui.domain.ledger import Author, Entry, EventKey, HeadKeeper, Signer, next_entry
from judge_tui.domain.messages import msg
from judge_tui.store.disk import reading_error, storage_error, write_new
from judge_tui.store.header import HEADER, check_identity, named
from judge_tui.store.images import INSERT, INSERT_EVIDENCE, image
from judge_tui.store.inside import identity
from judge_tui.store.lock import WriterLock
from judge_tui.store.reading import Reader, connect

__all__ = ["EntryFile", "image"]

READER_WAITS, WRITER_WAITS = 5.0, 0.5
"""Seconds to wait for another program's hold on the file: a reader for a merge to be written, a judge's screen hardly at all,
because it says so and tries again."""

_POUR = (
    "INSERT INTO main.entry (author, seq, body, hash, sig) SELECT author, seq, body, hash, sig FROM handed.entry "
    "WHERE author = ? AND seq BETWEEN ? AND ? ORDER BY author, seq"
)


class EntryFile(Reader):
    """One open file of one event. Made by `create` and `open`; usable from any thread, one call at a time.

    `read_only` files answer every question and refuse every change; `other_window` says that they are so because another
    window of the program writes them.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: WriterLock | None, other_window: bool) -> None:
        super().__init__(path, connection)
        self.read_only = lock is None
        self.other_window = other_window
        self._lock = lock
        self._doubtful: dict[Author, int] = {}
        self.kind, self.event = identity(path, connection)

    @classmethod
    def create(
        cls,
        path: Path,
        kind: str,
        event_key: EventKey,
        entries: Iterable[Entry] = (),
        local: Mapping[str, str] | None = None,
    ) -> EntryFile:
        """Make a new file and open it for writing. Raises StorageError; never overwrites."""
        try:
            write_new(path, image(kind, event_key, entries, local=local))
        except FileExistsError as error:
            raise JudgeTuiError(
                "EXISTS",
                msg("{file} is already there", file=path.name),
                msg("Choose another folder; nothing was overwritten."),
            ) from error
        except OSError as error:
            raise storage_error(error, path) from error
        return cls.open(path)

    @classmethod
    def open(cls, path: Path, read_only: bool = False, patience: float = 0.0) -> EntryFile:
        """Open a file; read-only where asked, where another window writes it, or where nothing can be written.

        `patience` is for how many seconds to wait for another window that writes: the organiser's file is opened for each
        act and let go again, so that waiting a moment is enough there.

        Raises RefusedError for a file that is not ours or of another format, StorageError where it cannot be read.
        """
        try:
            with path.open("rb") as file:
                check_identity(file.read(HEADER))
        except OSError as error:
            raise reading_error(error, path) from error
        except RefusedError as error:
            raise named(error, path) from error
        lock = None if read_only else WriterLock(path)
        held = lock is not None and lock.take(patience)
        connection: sqlite3.Connection | None = None
        try:
            wait = max(patience, WRITER_WAITS) if held else READER_WAITS
            connection = connect(path, writable=held, wait=wait)
            other = lock is not None and not held and not lock.impossible
            return cls(path, connection, lock if held else None, other_window=other)
        except BaseException as error:
            if connection is not None:
                connection.close()
            if lock is not None:
                lock.release()
            if isinstance(error, sqlite3.Error):
                raise storage_error(error, path) from error
            raise

    def close(self) -> None:
        """Let go of the file; harmless twice."""
        if not self.read_only:
            try:
                self._connection.execute("PRAGMA journal_mode = DELETE")  # takes the empty journal file away
            except sqlite3.Error:
                self._roll_back()
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> EntryFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, signer: Signer, bodies: Sequence[bytes]) -> list[Entry]:
        """Sign these bodies and write them at the end of the signer's chain, all of them, in ONE durable transaction.

        When this returns they survive a power cut. Raises LockedError for a read-only file, StorageError where the disk
        refuses; then nothing of it counts as written, and calling again with the same bodies is safe: if the disk did
        take them after all, they are found and not written twice.
        """
        author = signer.author
        with self._writing(author) as connection:
            last = self._last(author)
            if isinstance(signer, HeadKeeper) and signer.noted > (last.seq if last else 0):
                raise _restored(self.path)
            landed = self._landed(author, bodies)
            if landed:
                written = landed
            else:
                written = []
                for body in bodies:
                    last = next_entry(self.event, signer, last, body)
                    written.append(last)
                connection.executemany(INSERT, written)
        self._doubtful.pop(author, None)
        if written and isinstance(signer, HeadKeeper):
            signer.remember(written[-1].seq, written[-1].hash)
        return written

    def take(
        self,
        entries: Iterable[Entry],
        *,
        evidence: Iterable[Entry] = (),
        witnesses: Iterable[tuple[Author, int, bytes, bytes]] = (),
        log: tuple[str, str, str, str, str, str] | None = None,
    ) -> None:
        """Write verified records of others in one durable transaction, with plain inserts: a duplicate is an error.

        `log` is a row of the import log: sha256, code, at, file, judge, what was taken.
        """
        with self._writing() as connection:
            connection.executemany(INSERT, entries)
            connection.executemany(INSERT_EVIDENCE, evidence)
            self._note(connection, witnesses, log)

    def take_checked(
        self,
        data: bytes,
        spans: Mapping[Author, tuple[int, int]],
        check: Callable[[], tuple[Iterable[tuple[Author, int, bytes, bytes]], tuple[str, str, str, str, str, str]]],
    ) -> None:
        """Copy the entries of these spans out of a file's bytes while `check` proves them, in one durable transaction.

        The rows wait uncommitted until `check` returns the witnesses and the row of the import log to be written with them;
        if it raises, nothing was written. The bytes are those that were checked, not the file they came from.
        """
        with self._turn:
            self._connection.execute("ATTACH ':memory:' AS handed")
            try:
                self._connection.deserialize(data, name="handed")
                self._copy_checked(spans, check)
            finally:
                self._connection.execute("DETACH handed")

    def _copy_checked(
        self,
        spans: Mapping[Author, tuple[int, int]],
        check: Callable[[], tuple[Iterable[tuple[Author, int, bytes, bytes]], tuple[str, str, str, str, str, str]]],
    ) -> None:
        troubles: list[sqlite3.Error] = []

        def pour() -> None:
            try:
                for author, (first, last) in spans.items():
                    self._connection.execute(_POUR, (author, first, last))
            except sqlite3.Error as error:
                troubles.append(error)

        with self._writing() as connection:
            pouring = threading.Thread(target=pour)
            pouring.start()
            try:
                witnesses, log = check()
            finally:
                pouring.join()
            if troubles:
                raise troubles[0]
            self._note(connection, witnesses, log)

    def _note(
        self,
        connection: sqlite3.Connection,
        witnesses: Iterable[tuple[Author, int, bytes, bytes]],
        log: tuple[str, str, str, str, str, str] | None,
    ) -> None:
        for row in witnesses:
            connection.execute("DELETE FROM head WHERE author = ?", row[:1])
            connection.execute("INSERT INTO head (author, seq, hash, sig) VALUES (?, ?, ?, ?)", row)
        if log is not None:  # a file whose entries were lost since and come in again is in the log already
            connection.execute(
                "INSERT OR IGNORE INTO import_log (sha256, code, at, file, judge, taken) VALUES (?, ?, ?, ?, ?, ?)", log
            )

    def set_local(self, key: str, value: str) -> None:
        """Keep a note for this laptop only. Raises LockedError and StorageError."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO local (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    def _landed(self, author: Author, bodies: Sequence[bytes]) -> list[Entry]:
        """What an earlier call wrote although the disk reported a failure, if these are the same bodies."""
        before = self._doubtful.get(author)
        if before is None:
            return []
        found = self.entries(author, before)
        return found if [entry.body for entry in found] == list(bodies) else []

    @contextmanager
    def _writing(self, author: Author | None = None) -> Iterator[sqlite3.Connection]:
        if self.read_only:
            raise LockedError(
                "READ_ONLY_WINDOW" if self.other_window else "READ_ONLY",
                msg("{file} is open for reading only", file=self.path.name),
                msg("Another window is writing it: go on there, or close it and open the file again.")
                if self.other_window
                else None,
            )
        with self._turn:
            try:
                self.path.stat()  # a removed file would still take writes that nobody finds again
                self._connection.execute("BEGIN IMMEDIATE")
                if author is not None and author not in self._doubtful:
                    last = self._last(author)
                    self._doubtful[author] = last.seq if last else 0
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException as error:
                self._roll_back()
                if isinstance(error, (sqlite3.Error, OSError)):
                    raise storage_error(error, self.path) from error
                raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            try:
                self._connection.execute("ROLLBACK")
            except sqlite3.Error:
                return  # the next BEGIN finds the hot journal and undoes it


def _restored(path: Path) -> LockedError:
    return LockedError(
        "RESTORED",
        msg("{file} is an older copy: more was written with this laptop's key than it holds", file=path.name),
        msg(
            "Use the newest copy. A judge may simply open the file again; an organiser can take over with the reserve key."
        ),
    )
