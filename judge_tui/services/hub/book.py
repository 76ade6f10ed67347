"""The hub's view of the organiser's file: opened for each batch and let go again, so that the organiser's own acts, merges
and the projector go on beside it. What was read stays in memory for as long as nobody else writes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from judge_tui.domain.admission import Register
from judge_tui.domain.errors import LockedError
from judge_tui.domain.ledger import Author, Entry, EventKey, receipt_message
from judge_tui.domain.messages import msg
from judge_tui.services.records.collecting import load_register
from judge_tui.services.records.organiser_file import open_organiser_file
from judge_tui.services.records.receipts import Receipt
from judge_tui.services.records.sound import prove_held
from judge_tui.services.records.succession import must_still_speak
from judge_tui.services.sync.notices import notice_authors, pins
from judge_tui.store.files import EntryFile
from judge_tui.store.keyring import Keyring, RingKey

_CHANGE_COUNTER = slice(24, 28)
"""Where SQLite counts a file's transactions, in its header."""


@dataclass(slots=True)
class State:
    """What is held: who may write, every chain's last entry, every author's entries that travel to judges."""

    register: Register
    last: dict[Author, Entry]
    notices: dict[Author, list[Entry]]
    evidence: frozenset[bytes]
    version: bytes
    pins: tuple[str, ...] = ()
    receipts: dict[Author, Receipt] = field(default_factory=dict)

    def held(self, author: Author) -> int:
        """How many entries of an author are held."""
        last = self.last.get(author)
        return last.seq if last is not None else 0


class Book:
    """Reads and writes the organiser's file for the hub. All methods are called from one thread."""

    def __init__(self, path: Path, keys: Path, patience: float, sleep: Callable[[float], None] = time.sleep) -> None:
        """`patience` is how many seconds to wait while another window writes.

        Raises JudgeTuiError: NOT_ORGANISER, NO_KEY where the desk's key is not on this laptop,
        TAKEN_OVER where another laptop is the organiser's now, TAMPERED or GAP where another program changed the file.
        """
        self.path, self.keys = path, keys
        self._patience, self._sleep = patience, sleep
        with open_organiser_file(path, read_only=True) as file:
            prove_held(file)
            self.event: EventKey = file.event
            self.state = self._read(file)
            self.desk = self._desk()
            must_still_speak(file, "desk", self.desk.author)

    def _desk(self) -> RingKey:
        ring = Keyring(self.keys)
        keys = [key for key in ring.keys(self.event, "desk") if key.author in self.state.last]
        if not keys:
            raise LockedError(
                "NO_KEY",
                msg("This laptop does not hold the organiser's keys of {file}", file=self.path.name),
                msg("Work on the laptop where the event was issued, or bring its keys folder here."),
            )
        return keys[-1]

    def _read(self, file: EntryFile) -> State:
        last: dict[Author, Entry] = {}
        for author, head in file.heads().items():
            entry = file.entry(author, head.seq)
            assert entry is not None
            last[author] = entry
        notices = {author: file.entries(author) for author in notice_authors(file)}
        evidence = frozenset(entry.hash for entry in file.evidence())
        return State(load_register(file), last, notices, evidence, self._version(), pins(file))

    def _version(self) -> bytes:
        with self.path.open("rb") as file:
            return file.read(100)[_CHANGE_COUNTER]

    @contextmanager
    def writing(self) -> Iterator[EntryFile]:
        """The file, open for writing; what is in memory is read again first if somebody else wrote meanwhile.

        Raises LockedError with BUSY where another window keeps it for longer than the patience, StorageError.
        """
        file = self._opened()
        try:
            if self._version() != self.state.version:
                self.state = self._read(file)
            yield file
        finally:
            version = self._version()  # before anybody else may write
            file.close()
        self.state.version = version

    def _opened(self) -> EntryFile:
        file = open_organiser_file(self.path, patience=self._patience)
        if file.read_only:
            file.close()
            raise busy(self.path)
        return file

    def attempts(self) -> Iterator[None]:
        """Go on trying for as long as the patience lasts."""
        until = time.monotonic() + self._patience
        yield
        while time.monotonic() < until:
            self._sleep(0.01)
            yield

    def refresh(self) -> bool:
        """Read again if somebody else wrote; whether that was so."""
        if self._version() == self.state.version:
            return False
        with EntryFile.open(self.path, read_only=True) as file:
            self.state = self._read(file)
        return True

    @property
    def pins(self) -> tuple[str, ...]:
        """The certificates that the notices announce, newest first."""
        return self.state.pins

    def took(self, chains: Mapping[Author, list[Entry]]) -> None:
        """Remember what was just written."""
        for author, chain in chains.items():
            self.state.last[author] = chain[-1]

    def entries(self, author: Author) -> list[Entry]:
        """All held entries of an author."""
        with EntryFile.open(self.path, read_only=True) as file:
            return file.entries(author)

    def hash_at(self, author: Author, seq: int) -> bytes:
        """The hash of a held entry, empty where there is none."""
        last = self.state.last.get(author)
        if last is None or seq >= last.seq:
            return last.hash if last is not None and seq == last.seq else b""
        with EntryFile.open(self.path, read_only=True) as file:
            entry = file.entry(author, seq)
        return entry.hash if entry is not None else b""

    def receipt(self, author: Author) -> Receipt | None:
        """The desk's receipt for an author's chain as it is held, None where nothing is."""
        last = self.state.last.get(author)
        if last is None:
            return None
        known = self.state.receipts.get(author)
        if known is None or known.head != last.hash:
            sig = self.desk.sign(receipt_message(self.event, author, last.seq, last.hash))
            known = self.state.receipts[author] = Receipt(author, last.seq, last.hash, self.desk.author, sig)
        return known


def busy(path: Path) -> LockedError:
    """Another window writes the file and did not let go."""
    return LockedError(
        "BUSY",
        msg("{file} is being written by another program", file=path.name),
        msg("Close the other program or window and try again."),
    )
