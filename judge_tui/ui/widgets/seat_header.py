"""The one line at the head of the judge's screens: event, judge, where he is, and when everything was last saved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import Canvas, Part, fit


class SeatHeader(Canvas):
    """Says that what was entered is on disk, always; and where it is not, that too."""

    DEFAULT_CSS = """
    SeatHeader { dock: top; height: 1; background: $panel; color: $foreground; }
    SeatHeader > .header--title { text-style: bold; }
    SeatHeader > .header--saved { color: $success; }
    SeatHeader > .header--unsaved { color: $error; text-style: bold reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"header--title", "header--saved", "header--unsaved"}

    def __init__(self, title: str, judge: str, *, rehearsal: bool = False) -> None:
        super().__init__()
        self._rehearsal = rehearsal
        self._title, self._judge = title, judge
        self._place = (0, 0)
        self._copy: Message | None = None
        self._network: Message | None = None
        self._saved: tuple[Message | None, str] = (None, "header--saved")

    def stand(self, place: int, total: int) -> None:
        """The `place`-th organisation (from 1) of `total`; 0 for none."""
        self._place = (place, total)
        self.settle()

    def saved(self, at: datetime | None) -> None:
        """Everything is on disk, since when."""
        self._saved = (msg("Saved {time}", time=f"{at.astimezone():%H:%M:%S}") if at else None, "header--saved")
        self.settle()

    def unsaved(self) -> None:
        """Something could not be stored yet."""
        self._saved = (msg("NOT SAVED"), "header--unsaved")
        self.settle()

    def copied(self, age: Message | None) -> None:
        """How old the second copy is, None where there is none."""
        self._copy = age
        self.settle()

    def linked(self, word: Message | None) -> None:
        """How the network stands, None while it is off."""
        if word != self._network:
            self._network = word
            self.settle()

    def settle(self) -> None:
        """Paint what reads differently."""
        self.repaint([0])

    def on_resize(self) -> None:
        self.settle()

    def parts(self, y: int) -> Sequence[Part]:
        saved, style = self._saved
        place, total = self._place
        where = _t(msg("No. {place} of {total}", place=place, total=total)) if place else ""
        judge = _t(msg("Judge {name}", name=self._judge))
        end = f" {_t(saved)} " if saved is not None else " "
        copy = "".join(f"{_t(item)}   " for item in (self._network, self._copy) if item is not None)
        middle = f"  {judge}   {where}   {copy}"
        room = self.size.width - cell_len(end) - cell_len(middle)
        if room < 12:
            middle = f"  {where} {copy}"
            room = self.size.width - cell_len(end) - cell_len(middle)
        title = _t(msg("REHEARSAL {title}", title=self._title)) if self._rehearsal else self._title
        return ((fit(f" {title}", max(0, room)), "header--title"), (middle, ""), (end, style))
