"""A stick that comes back to the judge: the receipts and notices on it are read as soon as it is plugged in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from judge_tui.services.carriers.back import NOTICES, Brought, bring_notices
from judge_tui.services.carriers.drives import Drive, drives
from judge_tui.services.carriers.names import files_ending
from judge_tui.services.carriers.stick import look_for_receipts, places
from judge_tui.services.records.receipts import SUFFIX
from judge_tui.services.seat.handover import Received
from judge_tui.services.seat.seats import Seat

Stamp = tuple[int, int, int]
"""Device, size in bytes and time of change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: what the organiser holds now (None where that is nothing new), and how many notices were new."""

    received: Received | None
    brought: Brought


class ReturnWatch:
    """Looks at the sticks that are plugged in and at the folder used last; each file is read once, and again when it changed."""

    def __init__(self, seat: Seat, found: Callable[[], list[Drive]] = drives) -> None:
        """What lies there already is read at the first look, too."""
        self._seat, self._found = seat, found
        self._read: dict[Path, Stamp] = {}

    def look(self) -> Returned | None:
        """What came back since the last look, None for nothing. Call it every few seconds.

        Raises RefusedError for notices of this event that do not verify (once), StorageError from the judge's own disk.
        """
        received, notices = None, 0
        for folder in [place.folder for place in places(self._seat, self._found)]:
            now = dict(_coming(folder))
            if all(self._read.get(path) == stamp for path, stamp in now.items()):
                continue
            self._read.update(now)
            received = look_for_receipts(self._seat, folder) or received
            notices += bring_notices(self._seat, folder).notices
        return Returned(received, Brought(notices)) if received is not None or notices else None


def _coming(folder: Path) -> Iterator[tuple[Path, Stamp]]:
    """The receipts and notices in a folder; none where it cannot be read (a stick just pulled out)."""
    try:
        for path in (*files_ending(folder, SUFFIX), *files_ending(folder, NOTICES)):
            stat = path.stat()
            yield path, (stat.st_dev, stat.st_size, stat.st_mtime_ns)
    except OSError:
        return
