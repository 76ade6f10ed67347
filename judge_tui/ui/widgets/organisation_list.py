"""All organisations in running order, each with its state in a shape and a word; a click goes there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.message import Message as UiMessage

from judge_tui.domain.event import OrganisationId
from judge_tui.domain.seat import Progress, SeatState
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import Canvas, Part, fit
from judge_tui.ui.widgets.shapes import shape


class OrganisationList(Canvas):
    """The judge's way through the contest; `place` is where he is."""

    DEFAULT_CSS = """
    OrganisationList { width: 30; height: 1fr; background: $surface; }
    OrganisationList > .list--here { background: $primary; color: $background; text-style: bold; }
    OrganisationList > .list--done { color: $success; }
    OrganisationList > .list--open { color: $foreground 70%; }
    OrganisationList > .list--warn { color: $warning; }
    OrganisationList > .list--name { color: $foreground; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--here", "list--done", "list--open", "list--warn", "list--name"}

    class Chosen(UiMessage):
        """A click on an organisation."""

        def __init__(self, organisation: OrganisationId) -> None:
            super().__init__()
            self.organisation = organisation

    def __init__(self) -> None:
        super().__init__()
        self.progress: Progress | None = None
        self.place = 0
        self.spacious = False
        """Whether every organisation has two lines."""
        self._top = 0

    def show(self, progress: Progress, place: int) -> None:
        """Show the states as they are now, and where the judge is."""
        self.progress, self.place = progress, place
        self.settle()

    def settle(self) -> None:
        """Paint what changed, scrolled as little as keeps the judge's place in view."""
        if self.progress is not None and self.size.height:
            room, count = self._room, len(self.progress.cards)
            self._top = max(0, min(self._top, self.place - 1, count - room), self.place + 2 - room)
            self.repaint(range(self.size.height))

    @property
    def _pitch(self) -> int:
        return 2 if self.spacious else 1

    @property
    def _room(self) -> int:
        return max(1, self.size.height // self._pitch)

    def on_resize(self) -> None:
        self.settle()

    def on_click(self, event: events.Click) -> None:
        place = self._top + event.y // self._pitch
        if self.progress is not None and place < len(self.progress.cards):
            self.post_message(self.Chosen(self.progress.cards[place].organisation.id))

    def on_mouse_scroll_down(self) -> None:
        self._scroll(3)

    def on_mouse_scroll_up(self) -> None:
        self._scroll(-3)

    def _scroll(self, lines: int) -> None:
        count = len(self.progress.cards) if self.progress is not None else 0
        self._top = max(0, min(self._top + lines, count - self._room))
        self.repaint(range(self.size.height))

    def parts(self, y: int) -> Sequence[Part]:
        place = self._top + y // self._pitch
        if self.progress is None or y % self._pitch or place >= len(self.progress.cards):
            return ()
        card, here = self.progress.cards[place], place == self.place
        state = card.state
        widest = len(str(len(self.progress.cards)))
        states = _state_width(_t.language)
        name = fit(card.organisation.name, self.size.width - widest - 5 - states)
        number = fit(str(card.organisation.number), widest, "right")
        style = "list--here" if here else _style(state)
        compatible = bool(getattr(self.app, "compatible", False))
        return (
            (f"{'>' if here else ' '}{shape(state, compatible)} ", style),
            (f"{number} {name} ", "list--here" if here else "list--name"),
            (fit(_t(state.word), states), style),
        )


@lru_cache(maxsize=4)
def _state_width(language: str) -> int:
    """Cells for the longest word of a state in a language: what is left is for names."""
    return max(cell_len(_t(state.word)) for state in SeatState) + 1


def _style(state: SeatState) -> str:
    if state in (SeatState.LATER, SeatState.REOPENED, SeatState.BEGUN):
        return "list--warn"
    return "list--done" if state in (SeatState.COMPLETE, SeatState.SUBMITTED) else "list--open"
