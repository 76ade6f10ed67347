"""What organisations promised (亮承诺), from the table: where each promise stands and what shows it, as signed amendments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from judge_tui.domain.commitments import Commitment, CommitmentState, line, tally
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event, Organisation
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.table import amending
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.deeds import Deeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.fields import Field, FieldsDialog
from judge_tui.ui.dialogs.listing import Item, ListDialog
from judge_tui.ui.dialogs.reason import names
from judge_tui.ui.widgets.line_list import Column

COLUMNS = (
    Column(msg("No."), align="right"),
    Column(msg("Organisation"), most=18),
    Column(msg("What was promised"), most=30),
    Column(msg("State of it")),
    Column(msg("Evidence")),
)

STATES = (CommitmentState.DONE, CommitmentState.DOING, CommitmentState.PROMISED)
"""In the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class Made:
    """One promise and who made it."""

    organisation: Organisation
    commitment: Commitment


class PromiseDeeds:
    """Deeds with promises."""

    def __init__(self, table: Table, office: Office, deeds: Deeds) -> None:
        self._table, self._office, self._deeds = table, office, deeds

    def show(self, organisation: Organisation | None) -> None:
        """List every promise; the cursor stands on the first one of this organisation."""
        view = self._table.view
        if view is None:
            return
        made = promises(view.event)
        here = organisation.id if organisation is not None else ""
        self._list(made, next((at for at, item in enumerate(made) if item.organisation.id == here), 0))

    def _list(self, made: list[Made], index: int) -> None:
        if not made:
            text = msg("Nobody has promised anything.")
            hint = msg("Write promises into the definition (Ctrl+D): the workbook has a sheet for them.")
            self._table.failed(JudgeTuiError("NO_PROMISES", text, hint))
            return

        def answered(place: int | None) -> None:
            if place is not None:
                self._ask_state(made[place], place)

        text = msg(
            "{counts}. Enter says where a promise stands now.", counts=tally(item.commitment for item in made).words
        )
        items = [_item(item) for item in made]
        self._table.screen.app.push_screen(
            ListDialog(msg("What was promised"), text, COLUMNS, items, index=index), answered
        )

    def _ask_state(self, item: Made, index: int) -> None:
        def answered(place: int | None) -> None:
            if place is not None:
                self._ask_evidence(item, STATES[place], index)

        title = msg("{name}: {what}", name=item.organisation.name, what=item.commitment.text)
        now = msg("Now: {state}", state=item.commitment.state.word)
        self._table.screen.app.push_screen(ChooseDialog(title, now, [state.word for state in STATES]), answered)

    def _ask_evidence(self, item: Made, state: CommitmentState, index: int) -> None:
        made = item.commitment

        def check(answer: dict[str, str]) -> Message | None:
            if not answer["reason"] or not names(answer["by"]):
                return msg("A reason and a name are needed: they stand in the record for ever.")
            return None

        def answered(answer: dict[str, str] | None) -> None:
            if answer is not None:
                act = partial(
                    amending.set_commitment,
                    self._office,
                    item.organisation.id,
                    made.id,
                    state,
                    answer["evidence"],
                    answer["reason"],
                    names(answer["by"]),
                )
                self._deeds.do(act, msg("Announced."), then=partial(self._again, index))

        fields = (
            Field("evidence", msg("Evidence"), made.evidence),
            Field("reason", msg("Reason"), _t(msg("progress noted"))),
            Field("by", msg("Signed by"), self._deeds.by),
        )
        title = msg("{name}: {what}", name=made.text, what=state.word)
        text = msg("What shows it, in a few words. It stands on the paper of promises and before the judges.")
        self._table.screen.app.push_screen(FieldsDialog(title, text, fields, yes=msg("Sign"), check=check), answered)

    def _again(self, index: int) -> None:
        """The list once more, as it stands now: usually there is a next one."""
        self._table.screen.run_worker(partial(self._read, index), thread=True, group="deed")

    def _read(self, index: int) -> None:
        event = self._office.project().event
        self._table.screen.app.call_from_thread(self._list, promises(event), index)


def promises(event: Event) -> list[Made]:
    """Every promise, in running order."""
    return [Made(item, made) for item in event.organisations for made in item.commitments]


def _item(item: Made) -> Item:
    made = item.commitment
    tone = {CommitmentState.DONE: "good", CommitmentState.DOING: "", CommitmentState.PROMISED: "dim"}[made.state]
    cells = (str(item.organisation.number), item.organisation.name, made.text, made.state.word, made.evidence)
    return Item(cells, (line(made),), tone)
