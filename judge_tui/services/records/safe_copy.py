"""The organiser's second copy: everything he holds, in a folder or on a stick, made again by itself after every merge.

A copy is a snapshot, verified before it leaves, under a name of its own; the one before stays beside it until the next. With the
reserve key it is all that another laptop needs (see `takeover`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from judge_tui.domain.admission import Admitter, Register
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.services.carriers.drives import Drive, device_of, drives
from judge_tui.services.clock import Now, stamp, utc_now
from judge_tui.services.records.organiser_file import open_organiser_file
from judge_tui.services.records.quarantine import Quarantine
from judge_tui.services.records.receipts import SUFFIX
from judge_tui.store import crypto
from judge_tui.store.disk import copy_new, holds, replace_whole, storage_error, write_new
from judge_tui.store.files import EntryFile
from judge_tui.store.foreign import damage, open_foreign

NOTE = "organiser.copy"
"""The local note that keeps where the copy is, and which state it holds."""

EVERY = timedelta(minutes=2)
"""How old a copy that is behind gets before an open table makes it again."""

PATIENCE = 5.0
Found = Callable[[], list[Drive]]


@dataclass(frozen=True, slots=True)
class SafeCopy:
    """The copy as it stands: where, made when, how many of the entries held now are missing in it, and why it
    could not be made again (None: it could, or nothing was to do)."""

    folder: Path
    made: datetime
    behind: int
    trouble: Message | None = None

    def message(self, now: Now = utc_now) -> Message:
        """For people, with the copy's age."""
        age = _age(now() - self.made)
        if self.trouble is not None:
            return msg("Second copy: {age} old, could not be made again: {reason}", age=age, reason=self.trouble)
        if self.behind:
            return nmsg(
                "Second copy in {folder}: {age} old, {count} entry behind",
                "Second copy in {folder}: {age} old, {count} entries behind",
                self.behind,
                folder=str(self.folder),
                age=age,
            )
        return msg("Second copy in {folder}: {age} old, with everything", folder=str(self.folder), age=age)

    def due(self, now: Now = utc_now) -> bool:
        """Whether it is behind and old enough to be made again."""
        return bool(self.behind) and now() - self.made >= EVERY


HOW = msg(
    """Second copy of {event}

The file ending in .db with the highest number is everything the organiser held when it was made.
If the organiser's laptop is gone, go on with any other one, with the reserve key ({event}.reserve):

    judge-tui takeover {event}.reserve FOLDER

FOLDER is this one. Then merge what the judges have handed over since; nothing has to be scored again.
"""
)


def choose(
    organiser: Path, folder: Path, render: Callable[[Message], str], *, now: Now = utc_now, found: Found = drives
) -> SafeCopy:
    """Keep a second copy in this folder from now on, make the first one, and lay words beside it for whoever finds it.

    Raises JudgeTuiError where the folder does not take it; then nothing is chosen.
    """
    if not folder.is_dir():
        raise JudgeTuiError(
            "NO_FOLDER",
            msg("There is no folder {folder}", folder=str(folder)),
            msg("Plug the stick in, or choose another folder."),
        )
    folder = folder.resolve()
    place = {"folder": str(folder), "stick": "yes" if any(_on(drive, folder) for drive in found()) else ""}
    with _opened(organiser) as file:
        note = _make(file, place, now)
        words = render(Message(HOW.text, {"event": file.path.stem})).encode()
        try:
            replace_whole(_home(file, folder) / "README.txt", words)
        except OSError as error:
            raise storage_error(error, folder) from error
    return SafeCopy(folder, _when(note), 0)


def forget(organiser: Path) -> None:
    """Make no second copy any more; what is there stays there."""
    with _opened(organiser) as file:
        file.set_local(NOTE, "")


def state_of(organiser: Path) -> SafeCopy | None:
    """The copy as it stands, None where none was ever asked for. Raises RefusedError, StorageError."""
    with open_organiser_file(organiser, read_only=True) as file:
        note = _note(file)
        return None if note is None else SafeCopy(Path(note["folder"]), _when(note), _behind(file, note))


def renew(file: EntryFile, *, now: Now = utc_now, found: Found = drives) -> SafeCopy | None:
    """Make the copy of an open organiser's file again if anything is new; None where none was asked for. Never raises: what
    stands in the way is in the answer, and the merge that calls this stands without it."""
    note = _note(file)
    if note is None:
        return None
    folder, behind = Path(note["folder"]), _behind(file, note)
    try:
        _there(note, found)
        if behind or not (_home(file, folder) / note.get("name", "")).is_file():
            note, behind = _make(file, note, now), 0
        _copy_beside(file, folder)
    except JudgeTuiError as error:
        return SafeCopy(folder, _when(note), behind, error.message)
    return SafeCopy(folder, _when(note), behind)


def renew_file(organiser: Path, *, now: Now = utc_now) -> SafeCopy | None:
    """`renew` for a file that is not open. Raises JudgeTuiError where another window keeps it."""
    with _opened(organiser) as file:
        return renew(file, now=now)


def same_disk(organiser: Path, folder: Path) -> bool:
    """Whether the copy would die with the laptop's own disk."""
    return device_of(folder) == device_of(organiser)


def _make(file: EntryFile, place: dict[str, str], now: Now) -> dict[str, str]:
    """Write the snapshot, note it, and let the last but one go."""
    folder = Path(place["folder"])
    home, data = _home(file, folder), file.snapshot()
    _verify(file, data)
    name = f"{file.path.stem}-{_count(file)}-{hashlib.sha256(data).hexdigest()[:8]}.db"
    try:
        home.mkdir(exist_ok=True)
        for part in home.glob("*.part"):  # an interrupted one
            part.unlink(missing_ok=True)
        if not (home / name).is_file():
            write_new(home / name, data, 0o600)
        for old in home.glob(f"{file.path.stem}-*.db"):
            if old.name not in (name, place.get("name", "")):
                old.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, home / name) from error
    _copy_beside(file, folder)
    note = {**place, "name": name, "state": _state(file), "entries": str(_count(file)), "at": stamp(now)}
    file.set_local(NOTE, json.dumps(note, ensure_ascii=False))
    return note


def _copy_beside(file: EntryFile, folder: Path) -> None:
    """Receipts, and what was refused and may still be asked for."""
    home = _home(file, folder)
    try:
        receipts = file.path.with_suffix(SUFFIX)
        if receipts.is_file():
            data, there = receipts.read_bytes(), home / receipts.name
            if not holds(there, data):
                replace_whole(there, data)
        kept = Quarantine(file.path).folder
        for path in sorted(kept.iterdir()) if kept.is_dir() else ():
            there = home / kept.name / path.name
            if path.is_file() and not there.exists():
                there.parent.mkdir(exist_ok=True)
                part = there.with_name(f"{there.name}.part")
                part.unlink(missing_ok=True)
                copy_new(path, part)
                part.rename(there)
    except OSError as error:
        raise storage_error(error, home) from error


def _home(file: EntryFile, folder: Path) -> Path:
    """The copy's own folder: nothing else of this event is looked for or removed in the chosen one."""
    return folder / f"{file.path.stem}-copy"


def _there(note: dict[str, str], found: Found) -> None:
    folder = Path(note["folder"])
    if not folder.is_dir() or (note.get("stick") and not any(_on(drive, folder) for drive in found())):
        raise JudgeTuiError("NO_FOLDER", msg("{folder} is not there now", folder=str(folder)))


def _on(drive: Drive, folder: Path) -> bool:
    return drive.path == folder or drive.path in folder.parents


def _verify(file: EntryFile, data: bytes) -> None:
    """A damaged file is never copied over a sound copy. Raises RefusedError."""
    with open_foreign(data) as foreign, damage():
        Admitter(Register(file.event), {}, lambda author, seq: None, crypto.verify).check_chains(foreign)


def _opened(organiser: Path) -> EntryFile:
    file = open_organiser_file(organiser, patience=PATIENCE)
    if file.read_only:
        file.close()
        raise JudgeTuiError(
            "READ_ONLY",
            msg("{file} can only be read here", file=organiser.name),
            msg("Close the other window, or copy the file to this laptop's own disk."),
        )
    return file


def _note(file: EntryFile) -> dict[str, str] | None:
    text = file.local(NOTE)
    return dict(json.loads(text)) if text else None


def _when(note: dict[str, str]) -> datetime:
    return datetime.fromisoformat(note["at"]).astimezone(UTC)


def _count(file: EntryFile) -> int:
    return sum(head.seq for head in file.heads().values()) + len(file.evidence())


def _state(file: EntryFile) -> str:
    """What is held, in one digest: the end of every chain, and the second branches."""
    digest = hashlib.sha256()
    for author, head in sorted(file.heads().items()):
        digest.update(author + head.hash)
    for entry in file.evidence():
        digest.update(entry.hash)
    return digest.hexdigest()


def _behind(file: EntryFile, note: dict[str, str]) -> int:
    if note.get("state") == _state(file):
        return 0
    return max(1, _count(file) - int(note.get("entries", "0")))


def _age(passed: timedelta) -> Message:
    minutes = max(0, int(passed.total_seconds())) // 60
    if minutes < 60:
        return nmsg("{count} minute", "{count} minutes", minutes)
    if minutes < 48 * 60:
        return nmsg("{count} hour", "{count} hours", minutes // 60)
    return nmsg("{count} day", "{count} days", minutes // 1440)
