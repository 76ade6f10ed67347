"""Paper at the table: sheets typed twice by two people, ballots counted twice by two tellers."""

from __future__ import annotations

from judge_tui.domain import marks
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Checklist, Criterion, CriterionId, Grades, Judge, Organisation
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.tabulation.inputs import MarkState
from judge_tui.services.table.office import Office
from judge_tui.services.table.overview import Overview
from judge_tui.services.table.paper_entry import BLANK, Difference, Entered, PaperDesk
from judge_tui.services.table.tallies import NAMES, Box, Count, anonymous_boxes, enter_count, waiting_teller
from judge_tui.ui.desk.deeds import Deeds
from judge_tui.ui.desk.table import Table
from judge_tui.ui.dialogs.fields import Field, FieldsDialog
from judge_tui.ui.dialogs.reason import names


class PaperDeeds:
    """Deeds with paper."""

    def __init__(self, table: Table, office: Office, deeds: Deeds) -> None:
        self._table, self._office, self._deeds = table, office, deeds
        self._typist = ""

    def type_sheet(self, judge: Judge, organisation: Organisation) -> None:
        """Type one judge's sheet for one organisation; nobody is shown what the other one typed."""
        view = self._table.view
        if view is None:
            return
        desk = PaperDesk(self._office)
        first = desk.waiting(judge.id, organisation.id)
        text = (
            msg("{name} typed this sheet first. Somebody else types it now, from the paper.", name=first)
            if first
            else msg("Type what stands on the paper; somebody else types it again afterwards.")
        )
        title = msg(
            "{judge} for {number} {organisation}",
            judge=judge.name,
            number=organisation.number,
            organisation=organisation.name,
        )
        typist = self._typist if self._typist != first else ""
        fields = [Field("by", msg("Typed by"), typist)]
        for criterion in view.event.criteria_of(judge):
            fields.append(Field(f"mark.{criterion.id}", criterion.name, hint=_hint(criterion)))
            text = _with_list(text, criterion)

        outcome: list[Entered] = []

        def check(answer: dict[str, str]) -> Message | None:
            try:
                outcome.append(desk.enter(judge.id, organisation.id, _typed(answer), answer["by"]))
            except JudgeTuiError as error:
                return error.message
            return None

        def answered(answer: dict[str, str] | None) -> None:
            if answer is None:
                return
            self._typist = answer["by"]
            if outcome[-1].differences:
                self._settle(judge, organisation, answer, outcome[-1].differences)
                return
            if outcome[-1].first:
                self._table.say(msg("Kept; now somebody else types it."))
            else:
                self._table.say(msg("Both typed the same: recorded."))
                self._table.reload()
            self._go_on(judge, organisation)

        self._table.screen.app.push_screen(FieldsDialog(title, text, fields, check=check), answered)

    def _go_on(self, judge: Judge, organisation: Organisation) -> None:
        """To the next organisation on this judge's paper that this typist has not typed yet; Esc ends it."""
        view = self._table.view
        if view is None:
            return
        desk, place = PaperDesk(self._office), view.event.organisations.index(organisation)
        for following in view.event.organisations[place + 1 :]:
            blank = any(
                view.projection.cell(judge.id, following.id, item.id).state is MarkState.BLANK
                for item in view.event.criteria_of(judge)
            )
            if blank and desk.waiting(judge.id, following.id) != self._typist:
                self.type_sheet(judge, following)
                return

    def _settle(
        self, judge: Judge, organisation: Organisation, typed: dict[str, str], differences: tuple[Difference, ...]
    ) -> None:
        view = self._table.view
        assert view is not None
        known = view.event.criterion_by_id
        fields = [
            Field(
                f"mark.{item.criterion}",
                known[item.criterion].name,
                hint=msg("{first} or {second}", first=item.first[1] or BLANK, second=item.second[1] or BLANK),
            )
            for item in differences
        ]
        fields += [Field("reason", msg("Reason")), Field("by", msg("Signed by"), typed["by"])]

        def check(answer: dict[str, str]) -> Message | None:
            right = {key: text for key, text in _typed(answer).items() if text}
            try:
                PaperDesk(self._office).settle(
                    judge.id, organisation.id, _typed(typed), right, answer["reason"], names(answer["by"])
                )
            except JudgeTuiError as error:
                return error.message
            self._table.say(msg("Settled; the other value stays in the record."))
            self._table.reload()
            return None

        def answered(answer: dict[str, str] | None) -> None:
            if answer is not None:
                self._go_on(judge, organisation)

        title = msg("The two typed differently")
        text = msg(
            "Look at the paper again and type what it says, {blank} where it says nothing. Both values stay in the record.",
            blank=BLANK,
        )
        self._table.screen.app.push_screen(FieldsDialog(title, text, fields, check=check), answered)

    def count(self, organisation: Organisation | None) -> None:
        """Count anonymous ballots for an organisation, box after box."""
        view = self._table.view
        if organisation is None or view is None:
            return
        boxes = anonymous_boxes(view.event, organisation)
        if not boxes:
            text = msg("This contest has no anonymous ballots.")
            self._table.failed(JudgeTuiError("NO_BALLOTS", text))
            return
        counted = {(item.group, item.organisation, item.criterion) for item in view.ballots.tallies}
        waiting = [box for box in boxes if (box.group, box.organisation, box.criterion) not in counted]
        self._count_box(view, organisation, (waiting or boxes)[0])

    def _count_box(self, view: Overview, organisation: Organisation, box: Box) -> None:
        criterion = view.event.criterion_by_id[box.criterion]
        method = criterion.method
        assert isinstance(method, Grades)
        first = waiting_teller(self._office, box)
        text = (
            msg("{name} counted first. The second teller counts now, without knowing the figures.", name=first)
            if first
            else msg("Count and type; the second teller counts again afterwards.")
        )
        fields = [Field("by", msg("Teller"))]
        fields += [Field(key, name) for key, name in NAMES.items()]
        fields += [Field(f"grade.{grade.id}", grade.name) for grade in method.grades]

        def check(answer: dict[str, str]) -> Message | None:
            try:
                numbers = {key: int(text or "0") for key, text in answer.items() if key != "by"}
            except ValueError:
                return msg("Only whole numbers are counted.")
            grades = {key.removeprefix("grade."): value for key, value in numbers.items() if key.startswith("grade.")}
            count = Count(numbers["issued"], numbers["returned"], numbers["valid"], numbers["abstained"], grades)
            try:
                done = enter_count(self._office, box, count, answer["by"])
            except JudgeTuiError as error:
                told = msg("{what} {hint}", what=error.message, hint=error.hint) if error.hint else error.message
                if error.code == "RECOUNT":
                    # The form goes: another Enter would hand the same figures in again as a first count.
                    self._table.say(told)
                    return None
                return told
            self._table.say(msg("Recorded.") if done else msg("Kept; now the second teller counts."))
            self._table.reload()
            return None

        group = view.event.group_by_id[box.group].name
        title = msg(
            "{organisation}: {criterion}, {group}",
            organisation=organisation.name,
            criterion=criterion.name,
            group=group,
        )
        self._table.screen.app.push_screen(FieldsDialog(title, text, fields, check=check))


def _hint(criterion: Criterion) -> Message:
    """What is typed of a sheet, in the few words that stand beside a line."""
    match criterion.method:
        case Checklist():
            return msg("numbers, 0 for none")
        case Grades():
            return msg("number or name")
        case _:
            return marks.allowed(criterion.method)


def _with_list(text: Message, criterion: Criterion) -> Message:
    """The words above the form with what a checklist's or a grade ballot's numbers stand for, as on the sheet."""
    match criterion.method:
        case Checklist(items=items):
            names = [item.text for item in items]
        case Grades(grades=grades):
            names = [grade.name for grade in grades]
        case _:
            return text
    numbered = tuple(f"{number} {name}" for number, name in enumerate(names, 1))
    return msg("{text}\n{criterion}: {numbered}", text=text, criterion=criterion.name, numbered=numbered)


def _typed(answer: dict[str, str]) -> dict[CriterionId, str]:
    return {CriterionId(key.removeprefix("mark.")): text for key, text in answer.items() if key.startswith("mark.")}
