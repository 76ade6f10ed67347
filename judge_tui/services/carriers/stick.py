"""Handing over onto a stick or into a folder, and what comes back on it: verified copies, receipts, the words about pulling it.

A stick can be full, read-only, or pulled out at any moment. Nothing half-written is left under a name that somebody would
take for a whole file, and “you may pull it out” is said only after the copy was read back from the stick itself.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg
from judge_tui.services.carriers.drives import Drive, device_of, drives
from judge_tui.services.seat.handover import Handover, Received, hand_over, read_receipts, received
from judge_tui.services.seat.seats import Seat
from judge_tui.store.disk import StorageError

LAST_FOLDER = "handover.folder"
"""The local note that keeps where this judge handed over last."""

SLACK = 64 * 1024
"""Bytes that must be free beyond the file's own: directories, allocation units."""

_GONE = frozenset({errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ESTALE, errno.ENOTDIR, errno.ENOTCONN})


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to hand over to. `drive` is None for a folder on this laptop or on the network."""

    folder: Path
    label: str
    drive: Drive | None = None

    @property
    def about(self) -> Message:
        """What a person should know of it before choosing it."""
        if self.drive is None:
            return msg("used last")
        if not self.drive.writable:
            return msg("stick, read-only")
        return msg("stick, {megabytes} MB free", megabytes=self.drive.free // 1_000_000)


@dataclass(frozen=True, slots=True)
class Carried:
    """A hand-over that is complete. `message` is for people; `returned` is what receipts found there said, if any."""

    handover: Handover
    on_stick: bool
    returned: Received | None

    @property
    def message(self) -> Message:
        """Whether the stick may be pulled out."""
        if self.on_stick:
            return msg("Everything is on the stick and was read back from it. You may pull it out now.")
        return msg("Everything is in the folder and was read back.")


def places(seat: Seat, found: Callable[[], list[Drive]] = drives) -> list[Place]:
    """Where this judge may hand over: the sticks that are plugged in, then the folder used last if it is still there."""
    offered = [Place(drive.path, drive.label, drive) for drive in found()]
    last = seat.file.local(LAST_FOLDER)
    if last and Path(last).is_dir() and all(Path(last) != place.folder for place in offered):
        offered.append(Place(Path(last), last))
    return offered


def carry(seat: Seat, folder: Path, found: Callable[[], list[Drive]] = drives) -> Carried:
    """Hand over into a folder or onto a stick, then read receipts that lie there.

    Raises JudgeTuiError: NO_FOLDER where there is none, READ_ONLY, DISK_FULL (before anything is written, with the figures),
    PULLED where the stick went away in the middle, and what `hand_over` raises.
    """
    drive = next((item for item in found() if folder == item.path or item.path in folder.parents), None)
    device = _check(seat, folder, drive)
    try:
        sweep(seat, folder)  # what an interrupted copy left may be just the room that is lacking
        _check_room(seat, folder)
        handover = hand_over(seat, folder)
    except (OSError, StorageError) as error:
        raise _explained(error, folder, device) from error
    if device_of(handover.path) != device:  # the mount point is an ordinary folder of this laptop now
        handover.path.unlink(missing_ok=True)
        raise _pulled(folder)
    if not seat.read_only:
        seat.file.set_local(LAST_FOLDER, str(folder))
    return Carried(handover, drive is not None, look_for_receipts(seat, folder))


def look_for_receipts(seat: Seat, folder: Path) -> Received | None:
    """What receipts in a folder say the organiser holds; None where they say nothing new."""
    before = received(seat)
    try:
        after = read_receipts(seat, folder)
    except OSError:
        return None  # pulled out while it was being read
    return after if after.held != before.held or after.contradicted != before.contradicted else None


def sweep(seat: Seat, folder: Path) -> None:
    """Remove what an interrupted hand-over of this judge left on the stick; nobody else's files are touched."""
    stem = f"{seat.event.id}-rehearsal" if seat.rehearsal else str(seat.event.id)
    for path in folder.glob("*.judge.part"):
        if path.name.startswith(f"{stem}-{seat.judge.id}-"):
            path.unlink(missing_ok=True)


def _check(seat: Seat, folder: Path, drive: Drive | None) -> int:
    """The device the folder lies on, if it takes files at all."""
    try:
        device = folder.stat().st_dev
        if not folder.is_dir():
            raise _no_folder(folder)
    except OSError as error:
        raise _no_folder(folder) from error
    if (drive is not None and not drive.writable) or not os.access(folder, os.W_OK):
        raise JudgeTuiError(
            "READ_ONLY",
            msg("{folder} takes no files: it is read-only", folder=str(folder)),
            msg("Slide the stick's small switch to unlocked, or take another stick."),
        )
    return device


def _check_room(seat: Seat, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    needed = seat.file.path.stat().st_size + SLACK
    if free < needed:
        raise JudgeTuiError(
            "DISK_FULL",
            msg(
                "{folder} is full: {free} KB are free, {needed} KB are needed",
                folder=str(folder),
                free=free // 1024,
                needed=needed // 1024,
            ),
            msg("Make room on it, or take another stick. Nothing was written."),
        )


def _explained(error: OSError | StorageError, folder: Path, device: int) -> JudgeTuiError:
    """A write that failed because the stick has gone is told as such, whatever the system called it."""
    cause = error if isinstance(error, OSError) else error.__cause__
    number = cause.errno if isinstance(cause, OSError) else None
    if device_of(folder) != device or number in _GONE:
        return _pulled(folder)
    if isinstance(error, JudgeTuiError):
        return error
    return StorageError(
        "DISK",
        msg("{folder} could not be written: {reason}", folder=str(folder), reason=str(error)),
        msg("Take another stick and hand over again; your marks are safe on this laptop."),
    )


def _pulled(folder: Path) -> JudgeTuiError:
    return JudgeTuiError(
        "PULLED",
        msg("The stick was pulled out, or no longer answers: {folder}", folder=str(folder)),
        msg("Plug it in and hand over again; your marks are safe on this laptop."),
    )


def _no_folder(folder: Path) -> JudgeTuiError:
    return JudgeTuiError(
        "NO_FOLDER",
        msg("There is no folder {folder}", folder=str(folder)),
        msg("Plug the stick in, or choose another folder."),
    )
