"""Receipts: the organiser's signed word that an author's chain is held up to an entry, carried back by any carrier.

All receipts of an event stand in one small file, one line each, so that one file serves every judge.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError, LockedError
from judge_tui.domain.ledger import Author, EventKey, receipt_message
from judge_tui.domain.messages import msg
from judge_tui.services.records.succession import appointed
from judge_tui.store import crypto
from judge_tui.store.disk import holds, replace_whole, storage_error
from judge_tui.store.files import EntryFile
from judge_tui.store.foreign import read_once
from judge_tui.store.keyring import Keyring

SUFFIX = ".receipts"
MOST = 16 * 1024 * 1024
"""Bytes of a receipts file: fifty thousand authors. What is longer is none."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The desk holds `author` up to `seq`, whose hash is `head`."""

    author: Author
    seq: int
    head: bytes
    desk: Author
    sig: bytes


def write_receipts(file: EntryFile, keys: Path) -> Path | None:
    """Write the receipts for all chains held beside the organiser's file, if the desk's key is on this laptop and anything
    changed; where they are, None without a key, or where the event was taken over on another laptop.

    Raises StorageError where the disk does not take them."""
    desks = Keyring(keys).keys(file.event, "desk") if not Keyring(keys).is_locked(file.event, "desk") else []
    heads = file.heads()
    desk = next((key for key in reversed(desks) if key.author in heads), None)
    if desk is None or appointed(file, "desk") not in (None, desk.author):
        return None
    lines = [f"judge-tui receipts v1 {file.event.hex()}"]
    for author, head in sorted(heads.items()):
        sig = desk.sign(receipt_message(file.event, author, head.seq, head.hash))
        lines.append(f"{author.hex()} {head.seq} {head.hash.hex()} {desk.author.hex()} {sig.hex()}")
    path = file.path.with_suffix(SUFFIX)
    data = ("\n".join(lines) + "\n").encode()
    try:
        if not holds(path, data):
            replace_whole(path, data)
    except OSError as error:
        raise storage_error(error, path) from error
    return path


def no_key(organiser: Path) -> LockedError:
    """The error where the desk's key is not on this laptop."""
    return LockedError(
        "NO_KEY",
        msg("This laptop does not hold the organiser's keys of {file}", file=organiser.name),
        msg("Work on the laptop where the event was issued, or bring its keys folder here."),
    )


def read_receipts_file(path: Path, event: EventKey) -> Iterator[Receipt]:
    """The sound receipts of this event in a file; anything else in it is passed over."""
    try:
        raw = read_once(path, MOST)
    except JudgeTuiError:
        return
    yield from (receipt for _, receipt in receipt_lines(raw, event) if receipt is not None)


def receipt_lines(raw: bytes, event: EventKey) -> Iterator[tuple[int, Receipt | None]]:
    """Each line of a receipts file of this event with its number from 1: the receipt, None where it is none or its signature
    is not valid. Nothing for another event's file."""
    try:
        lines = raw.decode("ascii").splitlines()
    except ValueError:
        return
    if lines and lines[0] == f"judge-tui receipts v1 {event.hex()}":
        for number, line in enumerate(lines[1:], 2):
            yield number, _receipt(line, event)


def _receipt(line: str, event: EventKey) -> Receipt | None:
    try:
        author, seq, head, desk, sig = line.split(" ")
        found = Receipt(
            Author(bytes.fromhex(author)),
            int(seq),
            bytes.fromhex(head),
            Author(bytes.fromhex(desk)),
            bytes.fromhex(sig),
        )
        message = receipt_message(event, found.author, found.seq, found.head)
    except (ValueError, OverflowError):
        return None
    return found if crypto.verify(found.desk, message, found.sig) else None


def kept(text: str | None) -> dict[str, tuple[int, str]]:
    """Receipts as a judge's file notes them: author → (seq, head)."""
    return {author: (int(seq), str(head)) for author, (seq, head) in json.loads(text or "{}").items()}
