"""The day in the hall: who presents in which order, who is there, which question was drawn, who withdrew."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from judge_tui.domain.ceremony.picture import Picture
from judge_tui.domain.event import Organisation
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.table.attendance import attendance, others
from judge_tui.services.table.drawing import questions_drawn
from judge_tui.services.table.on_stage import in_a_line
from judge_tui.services.table.overview import Overview
from judge_tui.services.table.tallies import anonymous_boxes
from judge_tui.ui.widgets.line_list import Column, Line, LineList

STATUSES: dict[str, Message] = {
    "": msg("takes part"),
    "withdrawn": msg("withdrawn"),
    "vetoed": msg("vetoed"),
    "guest": msg("out of competition"),
}
"""What an organisation is, in words."""


def _ballots(view: Overview) -> tuple[Message, ...]:
    """How many of the anonymous ballots' boxes are counted; nothing where there are none."""
    boxes = [box for item in view.event.organisations for box in anonymous_boxes(view.event, item)]
    counted = {(item.group, item.organisation, item.criterion) for item in view.ballots.tallies}
    done = sum((box.group, box.organisation, box.criterion) in counted for box in boxes)
    return (msg("Ballots: {done} of {all} boxes counted by two tellers.", done=done, all=len(boxes)),) if boxes else ()


class DayPanel(Vertical):
    """The running order with attendance and questions."""

    DEFAULT_CSS = """
    DayPanel .about { height: auto; width: 1fr; padding: 0 1; background: $surface; }
    DayPanel .hall { height: 1; width: 1fr; padding: 0 1; color: $accent; text-style: bold; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._organisations: tuple[Organisation, ...] = ()

    def compose(self) -> ComposeResult:
        yield Label(classes="hall", markup=False)
        yield Label(classes="about", markup=False)
        yield LineList(
            (
                Column(msg("No."), align="right"),
                Column(msg("Organisation"), most=26),
                Column(msg("Presenter"), most=16),
                Column(msg("There")),
                Column(msg("Status")),
                Column(msg("Question drawn")),
            )
        )

    def show(self, view: Overview) -> None:
        """Show the day as it stands."""
        self._organisations = view.event.organisations
        there, questions = attendance(view.projection), questions_drawn(view.projection)
        lines = []
        for item in self._organisations:
            present = there.get(item.id)
            question = questions.get(item.id)
            lines.append(
                Line(
                    (
                        str(item.number),
                        item.name,
                        item.presenter,
                        "✓" if present and present.present else "",
                        _t(STATUSES.get(item.status, STATUSES[""])),
                        f"{question[0]}. {question[1]}" if question else "",
                    ),
                    "dim" if item.status == "withdrawn" else "",
                )
            )
        self.query_one(LineList).show(lines)
        judges = sum(bool((found := there.get(item.id)) and found.present) for item in view.event.judges)
        about = msg(
            "Enter marks who is there. {judges} of {all} judges and {others} others are there; {left} questions in the pool.",
            judges=judges,
            all=len(view.event.judges),
            others=len(others(view.projection)),
            left=max(0, len(view.event.questions) - len(questions)),
        )
        ballots = _ballots(view)
        self.query_one(".about", Label).update("\n".join(_t(line) for line in (about, *ballots)))

    def show_hall(self, seen: Picture | None, now: int) -> None:
        """Show what the hall sees at `now` (milliseconds)."""
        text = msg("In the hall: nothing yet; F9 chooses what it sees.") if seen is None else in_a_line(seen, now)
        self.query_one(".hall", Label).update(_t(text))

    @property
    def chosen(self) -> Organisation | None:
        """The organisation under the cursor."""
        index = self.query_one(LineList).index
        return self._organisations[index] if 0 <= index < len(self._organisations) else None
