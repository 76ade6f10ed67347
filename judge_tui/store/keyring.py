"""Private keys, outside every file of records: one small file a key, readable by its owner alone.

Beside each key stands the last entry written with it (or receipted), so that an older copy of a file is noticed before it
is continued. That note has two slots written in turn, each with a checksum: a power cut spoils one at most.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.ledger import NO_HASH, Author, EventKey
from judge_tui.domain.messages import msg
from judge_tui.store import crypto
from judge_tui.store.disk import replace_whole, storage_error, write_new

SLOT = 64
_BINARY = getattr(os, "O_BINARY", 0)
_opened: dict[Path, tuple[bytes, str]] = {}
"""Secrets of locked keys and the passphrase that opened each, by key file; they live as long as the program runs."""


@dataclass(slots=True)
class RingKey:
    """A key of the ring, ready to sign. `seq` and `head` are the last entry known to be written with it."""

    path: Path
    event: EventKey
    role: str
    judge: str
    pair: crypto.KeyPair
    seq: int = 0
    head: bytes = NO_HASH
    _slot: int = field(default=0, repr=False)

    @property
    def author(self) -> Author:
        return self.pair.author

    @property
    def noted(self) -> int:
        """The seq of the last entry known to be written with this key."""
        return self.seq

    def sign(self, message: bytes, /) -> bytes:
        """A signature of 64 bytes."""
        return self.pair.sign(message)

    def remember(self, seq: int, head: bytes, /) -> None:
        """Note the last entry, durably. An entry already on disk is not undone by a note that fails: the next one heals it."""
        if seq <= self.seq:
            return
        self.seq, self.head, self._slot = seq, head, 1 - self._slot
        note = seq.to_bytes(8, "big") + head
        try:
            handle = os.open(self.path.with_suffix(".last"), os.O_RDWR | os.O_CREAT | _BINARY, 0o600)
            try:
                os.lseek(handle, self._slot * SLOT, os.SEEK_SET)
                os.write(handle, note + hashlib.sha256(note).digest()[: SLOT - len(note)])
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError:
            self.seq = -1  # whatever comes next is written again


class Keyring:
    """The keys in one folder (made when the first key is). Roles are `notice`, `desk`, `reserve` and `judge`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(
        self, event: EventKey, role: str, judge: str = "", pair: crypto.KeyPair | None = None, passphrase: str = ""
    ) -> RingKey:
        """Make a key (or take this one) and keep it. Raises StorageError."""
        pair = pair or crypto.new_key()
        path = self.folder / f"{event.hex()[:16]}-{role}-{pair.author.hex()[:16]}.key"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_new(path, _written(event, role, judge, pair, passphrase), 0o600)
        except OSError as error:
            raise storage_error(error, path) from error
        return RingKey(path, event, role, judge, pair)

    def drop(self, key: RingKey) -> None:
        """Take a key out again, with its note: for an issue that failed."""
        _opened.pop(key.path, None)
        key.path.unlink(missing_ok=True)
        key.path.with_suffix(".last").unlink(missing_ok=True)

    def keys(
        self,
        event: EventKey,
        role: str,
        judge: str | None = None,
        passphrase: str = "",
        among: Container[Author] | None = None,
    ) -> list[RingKey]:
        """The keys of an event and role (and of one judge where several share the laptop), oldest file first. A locked one that
        is not `among` the authors of a file is passed over: whoever forgot a passphrase can go on with a new file.

        Raises JudgeTuiError with PASSPHRASE where one is locked, was not opened, and this passphrase does not open it.
        """
        return [
            _ring_key(path, content, passphrase)
            for path, content in self._found(event, role, judge)
            if among is None or not _waits(path, content) or Author(bytes.fromhex(content["author"])) in among
        ]

    def is_locked(
        self, event: EventKey, role: str, judge: str | None = None, among: Container[Author] | None = None
    ) -> bool:
        """Whether a key of this event and role (and `among` these authors) waits for its passphrase."""
        return any(
            _waits(path, content) and (among is None or Author(bytes.fromhex(content["author"])) in among)
            for path, content in self._found(event, role, judge)
        )

    def unlock(self, passphrase: str) -> int:
        """Open every locked key here that this passphrase fits, for as long as the program runs; how many it opened."""
        count = 0
        for path in sorted(self.folder.glob("*.key")):
            content = _content(path)
            if _waits(path, content):
                secret = _unlocked(content, passphrase)
                if secret is not None:
                    _opened[path] = (secret, passphrase)
                    count += 1
        return count

    def lock(
        self,
        event: EventKey,
        roles: Sequence[str],
        judge: str | None,
        passphrase: str,
        among: Container[Author] | None = None,
    ) -> int:
        """Keep the keys of these roles under a new passphrase from now on, or (empty) under none; how many there are.

        Each file is replaced whole. Raises JudgeTuiError with PASSPHRASE where one was not opened before, StorageError.
        """
        keys = [key for role in roles for key in self.keys(event, role, judge, among=among)]
        for key in keys:
            data = _written(key.event, key.role, key.judge, key.pair, passphrase)
            try:
                replace_whole(key.path, data, 0o600)
            except OSError as error:
                raise storage_error(error, key.path) from error
            if passphrase:
                _opened[key.path] = (key.pair.secret, passphrase)
            else:
                _opened.pop(key.path, None)
        return len(keys)

    def passphrase_of(self, key: RingKey) -> str:
        """The passphrase that opened this key, empty for one that is not locked: a key that follows it is kept alike."""
        return _opened.get(key.path, (b"", ""))[1]

    def _found(self, event: EventKey, role: str, judge: str | None = None) -> Iterator[tuple[Path, Mapping[str, str]]]:
        try:
            paths = list(self.folder.glob(f"{event.hex()[:16]}-{role}-*.key"))
            paths.sort(key=lambda item: (item.stat().st_mtime_ns, item.name))
        except OSError as error:
            raise _unreadable(self.folder) from error
        for path in paths:
            content = _content(path)
            named = (content.get("event"), content.get("role"), content.get("judge") if judge is not None else None)
            if named == (event.hex(), role, judge):
                yield path, content


def _waits(path: Path, content: Mapping[str, str]) -> bool:
    """Whether a key is locked and was not opened yet."""
    return "box" in content and path not in _opened


def _content(path: Path) -> Mapping[str, str]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _unreadable(path.parent) from error
    return found if isinstance(found, dict) else {}


def _unreadable(folder: Path) -> JudgeTuiError:
    return JudgeTuiError(
        "KEYRING",
        msg("The keys in {folder} cannot be read", folder=str(folder)),
        msg("Check the folder's permissions, or restore it from a copy."),
    )


def _spoiled(path: Path) -> JudgeTuiError:
    return JudgeTuiError(
        "KEYRING",
        msg("The key in {file} is damaged", file=path.name),
        msg(
            "Restore the folder of keys from a copy; without one, go on with the reserve key, or a judge with a new file."
        ),
    )


def _written(event: EventKey, role: str, judge: str, pair: crypto.KeyPair, passphrase: str) -> bytes:
    """What stands in a key's file."""
    content = {"event": event.hex(), "role": role, "judge": judge, "author": pair.author.hex()}
    if passphrase:
        salt, box = crypto.lock_secret(pair.secret, passphrase)
        content |= {"salt": salt.hex(), "box": box.hex()}
    else:
        content["secret"] = pair.secret.hex()
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _unlocked(content: Mapping[str, str], passphrase: str) -> bytes | None:
    return crypto.unlock_secret(bytes.fromhex(content["salt"]), bytes.fromhex(content["box"]), passphrase)


def _ring_key(path: Path, content: Mapping[str, str], passphrase: str) -> RingKey:
    secret: bytes | None
    try:
        if "box" in content:
            secret = _opened[path][0] if path in _opened else _unlocked(content, passphrase) if passphrase else None
        else:
            secret = bytes.fromhex(content["secret"])
        pair = crypto.key_pair(secret) if secret is not None else None
    except (KeyError, TypeError, ValueError) as error:
        raise _spoiled(path) from error
    if pair is not None and pair.author.hex() != content.get("author"):
        raise _spoiled(path)  # what it would sign would be nobody's
    if pair is None:
        raise JudgeTuiError(
            "PASSPHRASE",
            msg("The passphrase does not open this key") if passphrase else msg("This key asks for its passphrase"),
            msg("Type the passphrase that was chosen on this laptop."),
        )
    key = RingKey(path, EventKey(bytes.fromhex(content["event"])), content["role"], content.get("judge", ""), pair)
    key.seq, key.head, key._slot = _last_note(path.with_suffix(".last"))
    return key


def _last_note(path: Path) -> tuple[int, bytes, int]:
    try:
        raw = path.read_bytes()
    except OSError:
        return 0, NO_HASH, 0
    best = (0, NO_HASH, 0)
    for slot in (0, 1):
        note = raw[slot * SLOT : slot * SLOT + 40]
        check = raw[slot * SLOT + 40 : (slot + 1) * SLOT]
        if len(note) == 40 and hashlib.sha256(note).digest()[:24] == check:
            best = max(best, (int.from_bytes(note[:8], "big"), note[8:], slot))
    return best
