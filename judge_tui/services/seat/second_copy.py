"""A second copy of a judge's file in a folder or on a stick: verified, made again as marks come in, with its age shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.services.clock import Now
from judge_tui.services.seat.seats import Seat

EVERY = timedelta(minutes=2)
"""How old a copy gets before it is made again, if there is anything new."""


class SecondCopy:
    """Where the copy is and how old it is. The copy made before is removed once a newer one stands beside it."""

    def __init__(self, seat: Seat, now: Now) -> None:
        self._seat, self._now = seat, now
        self.folder: Path | None = None
        self._last: Path | None = None
        self._at = now()

    def places(self) -> list[tuple[Path, Message]]:
        """Sticks and folders that can take a copy, and what to know of each before it is chosen."""
        from judge_tui.services.carriers.stick import places

        return [(place.folder, place.about) for place in places(self._seat)]

    def make(self, folder: Path) -> Message:
        """Hand over into this folder; from now on the copy there is kept fresh. What to tell the judge.

        Raises JudgeTuiError where the folder does not take it.
        """
        from judge_tui.services.carriers.stick import carry

        carried = carry(self._seat, folder)
        before, self._last = self._last, carried.handover.path
        if before is not None and before != self._last:
            before.unlink(missing_ok=True)
        self.folder, self._at = folder, self._now()
        done = carried.message
        if carried.returned is not None:
            done = msg("{done} {news}", done=done, news=carried.returned.message)
        return msg("{done} {file}", done=done, file=carried.handover.path.name)

    @property
    def due(self) -> bool:
        """Whether the copy is old enough to be made again, and behind."""
        if self.folder is None or self._last is None or self._now() - self._at < EVERY:
            return False
        head = self._seat.file.heads()[self._seat.author]
        return f"-{head.seq}-" not in self._last.name

    @property
    def age(self) -> Message | None:
        """How old the copy is, None where there is none."""
        if self.folder is None:
            return None
        minutes = int((self._now() - self._at).total_seconds()) // 60
        return nmsg("second copy {count} min old", "second copy {count} min old", minutes)
