"""A judge's open file as his screens see it: whose it is, how far everything is, and what is kept beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from judge_tui.domain.event import Event, Judge
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.own import own_progress
from judge_tui.domain.seat import Card, Progress
from judge_tui.services.clock import Now
from judge_tui.services.seat.desk_drawer import DeskDrawer
from judge_tui.services.seat.own_history import Step, own_history
from judge_tui.services.seat.pen import Pen
from judge_tui.services.seat.pin import Pin
from judge_tui.services.seat.seats import Seat
from judge_tui.services.seat.second_copy import SecondCopy
from judge_tui.services.seat.standing import newest, resumed
from judge_tui.services.seat.unsubmitted import unsubmitted
from judge_tui.services.sync.at_seat import SeatNetwork

if TYPE_CHECKING:
    from judge_tui.services.carriers.returning import ReturnWatch


class Sitting:
    """Everything about a sitting but the acts that change it."""

    def __init__(self, seat: Seat, now: Now) -> None:
        """`now` is for display only."""
        self._seat, self._now = seat, now
        last = newest(seat)
        self._pen = Pen(seat, now, last.saved_at, last.written)
        self.copy = SecondCopy(seat, now)
        self.drawer = DeskDrawer(seat.file, seat.read_only)
        self.pin = Pin(seat.file, now)
        self.network = SeatNetwork(seat)
        self._returns: ReturnWatch | None = None
        self.progress: Progress
        self._read()
        self.began_at = resumed(self.progress, self.drawer, last)
        """Where the judge stood: the organisation's place in the order, and the field."""

    def _read(self) -> None:
        """The progress as the records have it, with the judge's own reminders."""
        self.progress = own_progress(self._seat.projection, self._seat.judge)
        for organisation in self.drawer.reminders():
            if organisation in self.progress.order:
                self._show(replace(self.progress.card(organisation), later=True))

    @property
    def notice(self) -> Message | None:
        """What the judge should be told about this file (another window, a restored copy), None for nothing."""
        return self._seat.notice

    @property
    def media(self) -> Path:
        """The folder of pictures and papers that was issued beside the file."""
        return self._seat.file.path.parent / "media"

    @property
    def rehearsal(self) -> bool:
        """Whether this is a rehearsal's file, which never mixes with the real one."""
        return self._seat.rehearsal

    def bring(self, folder: Path) -> Message | None:
        """Take in the organiser's notices that lie in a folder (turns opened again, a new order, an amendment), and show
        what they change; None where there is nothing new. Raises RefusedError for notices that do not verify."""
        from judge_tui.services.carriers.back import bring_notices

        brought = bring_notices(self._seat, folder)
        if not brought.notices:
            return None
        self.renew()
        return brought.message

    def returned(self) -> Message | None:
        """Read the receipts and notices on sticks that were plugged in since the last look, and show what notices change;
        None where nothing came back. Call it every few seconds. Raises RefusedError for notices that do not verify (once)."""
        from judge_tui.services.carriers.returning import ReturnWatch

        if self._returns is None:
            self._returns = ReturnWatch(self._seat)
        found = self._returns.look()
        if found is None:
            return None
        if found.brought.notices:
            self.renew()
        if found.received is None:
            return found.brought.message
        if not found.brought.notices:
            return found.received.message
        return msg("{done} {news}", done=found.received.message, news=found.brought.message)

    def renew(self) -> None:
        """Show what the organiser's notices changed, after they were taken into the file."""
        from judge_tui.domain.projection import project

        file = self._seat.file
        self._seat.projection = project(file.entries(), file.event, file.evidence(), own=True)
        self._seat.event = self._seat.projection.event
        self._seat.judge = self._seat.event.judge_by_id.get(self.judge.id, self.judge)
        self._read()

    @property
    def unsubmitted(self) -> Message | None:
        """What of the sheet does not count yet, None where all does."""
        return unsubmitted(self.event, self.progress)

    def history(self) -> tuple[Step, ...]:
        """The judge's own changes from this laptop, newest first."""
        return own_history(self._seat)

    @property
    def event(self) -> Event:
        return self._seat.event

    @property
    def judge(self) -> Judge:
        return self._seat.judge

    @property
    def read_only(self) -> bool:
        """Whether this is a second window on the file: everything can be read, nothing changed."""
        return self._seat.read_only

    @property
    def saved_at(self) -> datetime | None:
        """When something was last made durable, None where nothing ever was."""
        return self._pen.saved_at

    def stand(self, **place: str) -> None:
        """Note where the judge is now, and how much was written by then; the drawer's `keep` writes it."""
        self.drawer.stand(**place, entries=str(self._pen.written))

    def _show(self, card: Card) -> Progress:
        self.progress = self.progress.with_card(card)
        return self.progress
