"""What goes back to the judges by hand: the organiser's receipts and notices, as two small files on the stick.

Receipts say what the organiser holds; notices are his signed announcements (amendments, running order, turns opened again),
which a judge's laptop takes in after the same checks as the organiser makes for a judge's file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.domain.messages import Message, nmsg
from judge_tui.services.carriers.names import files_ending
from judge_tui.services.records.organiser_file import open_organiser_file
from judge_tui.services.records.receipts import write_receipts
from judge_tui.services.seat.seats import Seat
from judge_tui.services.sync.notices import notice_entries, take_notices
from judge_tui.store import schema
from judge_tui.store.disk import holds, replace_whole, storage_error
from judge_tui.store.files import image
from judge_tui.store.foreign import read_foreign, read_once

NOTICES = ".notices"


@dataclass(frozen=True, slots=True)
class Left:
    """What was left on a stick for the judges."""

    receipts: Path | None
    notices: Path


def leave_for_judges(organiser: Path, folder: Path, *, keys: Path) -> Left:
    """Write the receipts (where the desk's key is on this laptop) and the notices into a folder, newest state over older.

    Raises StorageError where the folder does not take them.
    """
    with open_organiser_file(organiser) as file:
        receipts = write_receipts(file, keys)
        notices = image(schema.HAND_OVER, file.event, notice_entries(file))
    target = folder / organiser.with_suffix(NOTICES).name
    try:
        _write(target, notices)
        if receipts is None:
            return Left(None, target)
        _write(folder / receipts.name, receipts.read_bytes())
    except OSError as error:
        raise storage_error(error, target) from error
    return Left(folder / receipts.name, target)


def _write(path: Path, data: bytes) -> None:
    if not holds(path, data):
        replace_whole(path, data)


@dataclass(frozen=True, slots=True)
class Brought:
    """What a folder or stick brought the judge: how many notices were new."""

    notices: int

    @property
    def message(self) -> Message:
        """For people."""
        return nmsg(
            "{count} notice of the organiser was new", "{count} notices of the organiser were new", self.notices
        )


def bring_notices(seat: Seat, folder: Path) -> Brought:
    """Take in the organiser's notices that lie in a folder; those of other events are passed over.

    Raises RefusedError for a notices file of this event that does not verify, where no other brought anything; StorageError from the judge's own disk.
    """
    taken = 0
    refused: RefusedError | None = None
    try:
        found = files_ending(folder, NOTICES)
    except OSError:
        return Brought(0)  # the stick was just pulled out
    for path in found:
        try:
            foreign = read_foreign(read_once(path))
        except JudgeTuiError:
            continue  # half-copied, or nothing of ours: the organiser's next one replaces it
        if foreign.event == seat.file.event:
            try:
                taken += len(take_notices(seat.file, foreign.entries))
            except RefusedError as error:
                refused = refused or error
    if refused is not None and not taken:
        raise refused
    return Brought(taken)
