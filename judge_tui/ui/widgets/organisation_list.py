"""All organisations in running order, each with its state in a shape and a word; a click goes there."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.message import Message as UiMessage

from judge_tui.domain.event import OrganisationId
from judge_tui.domain.seat import Card, Progress, SeatState
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import fit
from judge_tui.ui.widgets.scrolled import Line, ScrolledLines
from judge_tui.ui.widgets.shapes import shape


class OrganisationList(ScrolledLines):
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

    def show(self, progress: Progress, place: int) -> None:
        """Show the states as they are now, and where the judge is."""
        self.progress, self.place = progress, place
        self.settle()

    def settle(self) -> None:
        """Paint what changed."""
        if self.progress is None or not self.size.width:
            return
        width, compatible = self.size.width, bool(getattr(self.app, "compatible", False))
        widest = len(str(len(self.progress.cards)))
        lines = tuple(
            _line(card, place, place == self.place, width, widest, compatible)
            for place, card in enumerate(self.progress.cards)
        )
        self.show_lines(lines, keep=self.place)

    def on_resize(self) -> None:
        self.settle()

    def on_click(self, event: events.Click) -> None:
        line = self.line_at(event.y)
        if line is not None and line.target >= 0 and self.progress is not None:
            self.post_message(self.Chosen(self.progress.cards[line.target].organisation.id))


def _line(card: Card, place: int, here: bool, width: int, widest: int, compatible: bool) -> Line:
    state = card.state
    word = _t(state.word)
    name = fit(card.organisation.name, width - widest - 15)
    number = fit(str(card.organisation.number), widest, "right")
    style = "list--here" if here else _style(state)
    return Line(
        (
            (f"{'>' if here else ' '}{shape(state, compatible)} ", style),
            (f"{number} {name} ", "list--here" if here else "list--name"),
            (fit(word, 10), style),
        ),
        place,
    )


def _style(state: SeatState) -> str:
    if state in (SeatState.LATER, SeatState.REOPENED, SeatState.BEGUN):
        return "list--warn"
    return "list--done" if state in (SeatState.COMPLETE, SeatState.SUBMITTED) else "list--open"
