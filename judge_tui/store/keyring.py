"""Private keys, outside every file of records: one small file a key, readable by its owner alone.

Beside each key stands the last entry written with it (or receipted), so that an older copy of a file is noticed before it
is continued. That note has two slots written in turn, each with a checksum: a power cut spoils one at most.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.ledger import NO_HASH, Author, EventKey
from judge_tui.domain.messages import msg
from judge_tui.store import crypto
from judge_tui.store.disk import storage_error, write_new

SLOT = 64
_BINARY = getattr(os, "O_BINARY", 0)


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
        content: dict[str, str] = {"event": event.hex(), "role": role, "judge": judge, "author": pair.author.hex()}
        if passphrase:
            salt, box = crypto.lock_secret(pair.secret, passphrase)
            content |= {"salt": salt.hex(), "box": box.hex()}
        else:
            content["secret"] = pair.secret.hex()
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_new(path, json.dumps(content, ensure_ascii=False, indent=1).encode(), 0o600)
        except OSError as error:
            raise storage_error(error, path) from error
        return RingKey(path, event, role, judge, pair)

    def drop(self, key: RingKey) -> None:
        """Take a key out again, with its note: for an issue that failed."""
        key.path.unlink(missing_ok=True)
        key.path.with_suffix(".last").unlink(missing_ok=True)

    def keys(self, event: EventKey, role: str, passphrase: str = "") -> list[RingKey]:
        """The keys of an event and role, oldest file first.

        Raises JudgeTuiError with PASSPHRASE where one is locked and this passphrase does not open it.
        """
        return [_ring_key(path, content, passphrase) for path, content in self._found(event, role)]

    def is_locked(self, event: EventKey, role: str) -> bool:
        """Whether a key of this event and role asks for a passphrase."""
        return any("box" in content for _, content in self._found(event, role))

    def _found(self, event: EventKey, role: str) -> Iterator[tuple[Path, Mapping[str, str]]]:
        try:
            paths = list(self.folder.glob(f"{event.hex()[:16]}-{role}-*.key"))
            for path in sorted(paths, key=lambda item: (item.stat().st_mtime_ns, item.name)):
                content = json.loads(path.read_bytes())
                if content.get("event") == event.hex() and content.get("role") == role:
                    yield path, content
        except (OSError, ValueError) as error:
            raise JudgeTuiError(
                "KEYRING",
                msg("The keys in {folder} cannot be read", folder=str(self.folder)),
                msg("Check the folder's permissions, or restore it from a copy."),
            ) from error


def _ring_key(path: Path, content: Mapping[str, str], passphrase: str) -> RingKey:
    secret = (
        crypto.unlock_secret(bytes.fromhex(content["salt"]), bytes.fromhex(content["box"]), passphrase)
        if "box" in content
        else bytes.fromhex(content["secret"])
    )
    if secret is None:
        raise JudgeTuiError(
            "PASSPHRASE",
            msg("The passphrase does not open this key") if passphrase else msg("This key asks for its passphrase"),
            msg("Type the passphrase that was chosen on this laptop."),
        )
    key = RingKey(
        path, EventKey(bytes.fromhex(content["event"])), content["role"], content["judge"], crypto.key_pair(secret)
    )
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
