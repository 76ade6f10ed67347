"""One judge's sheet for one organisation: every mark with its state, comments, and what the organiser can do about it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Label

from judge_tui.domain import marks
from judge_tui.domain.event import Criterion, Judge, Organisation
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.domain.projection import Projection
from judge_tui.domain.tabulation.inputs import MarkState
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.flowing import Flowing

STATES: dict[MarkState, Message] = {
    MarkState.GIVEN: msg("given"),
    MarkState.BLANK: msg("blank"),
    MarkState.ABSENT: msg("absent"),
    MarkState.RECUSED: msg("recused"),
    MarkState.WITHDRAWN: msg("withdrawn"),
    MarkState.CONFLICT: msg("conflict"),
    MarkState.LATE: msg("late"),
}


class CellDialog(Dialog[str]):
    """Answers what is to be done: `reopen`, `absent`, `paper`, `conflict`, or an empty text."""

    KEYS = (
        Command("cell.close", "escape", "answer('')", msg("Back"), msg("Leave everything as it is")),
        Command("cell.paper", "f2", "answer('paper')", msg("From paper"), msg("Enter this judge's marks from paper")),
        Command("cell.absent", "f3", "answer('absent')", msg("Absent"), msg("State that this judge was absent here")),
        Command(
            "cell.reopen", "f4", "answer('reopen')", msg("Open again"), msg("Let the judge change this sheet again")
        ),
    )

    DEFAULT_CSS = """
    CellDialog > .dialog { width: 76; }
    CellDialog VerticalScroll { height: auto; max-height: 11; margin-bottom: 1; }
    CellDialog .mark { width: 1fr; height: auto; }
    """

    def __init__(self, now: Projection, judge: Judge, organisation: Organisation) -> None:
        super().__init__()
        self._now, self._judge, self._organisation = now, judge, organisation

    def compose(self) -> ComposeResult:
        organisation = self._organisation
        title = msg(
            "{judge} for {number} {organisation}",
            judge=self._judge.name,
            number=organisation.number,
            organisation=organisation.name,
        )
        with Vertical(classes="dialog"):
            yield Flowing(_t(title), classes="dialog-title")
            with VerticalScroll():
                for line in self.lines():
                    yield Label(_t(line), classes="mark", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("F2 from paper")), id="paper")
                yield Button(_t(msg("F3 absent")), id="absent")
                yield Button(_t(msg("F4 open again")), id="reopen")
                yield Button(_t(msg("Back")), id="close", variant="primary")

    def lines(self) -> list[Message]:
        """Everything that is known, in words."""
        now, judge, organisation = self._now, self._judge.id, self._organisation.id
        found = [self._mark(criterion) for criterion in now.event.criteria_of(self._judge)]
        reason = now.recused(judge, organisation)
        if reason is not None:
            found.append(msg("Recused: {reason}", reason=reason or "-"))
        found += [msg("Comment: {text}", text=item.text) for item in now.comments(judge, organisation)]
        late = [item for item in now.late if (item.judge, item.organisation) == (judge, organisation)]
        if late:
            found.append(msg("{count} more are kept and not counted; see the log", count=len(late)))
        return found

    def _mark(self, criterion: Criterion) -> Message:
        cell = self._now.cell(self._judge.id, self._organisation.id, criterion.id)
        values = tuple(marks.shown(criterion.method, item.value) for item in cell.values)
        state: Message = STATES[cell.state]
        if cell.state is MarkState.GIVEN:
            state = msg("submitted") if cell.submitted else msg("not submitted")
            if any(item.paper for item in cell.values):
                state = msg("{state}, from paper", state=state)
            values = values[:1]
        return msg(
            "{criterion}: {values} ({state})", criterion=criterion.name, values=values or (verbatim("-"),), state=state
        )

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss("" if event.button.id == "close" else str(event.button.id))

    def action_answer(self, answer: str) -> None:
        self.dismiss(answer)
