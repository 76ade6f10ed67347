"""One sheet for each judge: his marks, each whole sheet's sum as a formula, and a line to sign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judge_tui.domain import marks
from judge_tui.domain.event import Checklist, Criterion, Grades, Judge, JudgeId, Organisation, PhaseId, Places
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import THOUSAND, round_half_up, short_text
from judge_tui.domain.tabulation.declared import Declared
from judge_tui.domain.tabulation.figures import Figures
from judge_tui.domain.tabulation.inputs import MarkState
from judge_tui.domain.tabulation.scale import is_per_ballot
from judge_tui.services.documents.dossier import Dossier, MarkKey
from judge_tui.services.documents.render import Render
from judge_tui.services.documents.workbook.cells import Book, Sheet, address, span, sum_of

FIRST = 3
"""The row of the first organisation."""

STATE_WORDS: Mapping[MarkState, Message] = {
    MarkState.ABSENT: msg("absent"),
    MarkState.RECUSED: msg("recused"),
    MarkState.WITHDRAWN: msg("withdrawn"),
    MarkState.CONFLICT: msg("conflict"),
    MarkState.LATE: msg("late"),
}


@dataclass(frozen=True, slots=True)
class JudgeSheet:
    """Where a judge's marks and sums stand."""

    sheet: Sheet
    criteria: Mapping[str, int]
    sums: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sum:
    """A column of sums: of which phase (empty: the whole event) and which criteria, each × its factor."""

    phase: PhaseId
    criteria: tuple[tuple[Criterion, Fraction], ...]
    places: int | None


def judge_sheets(book: Book, dossier: Dossier, sums: Sequence[Sum], render: Render) -> dict[JudgeId, JudgeSheet]:
    """A sheet for every judge."""
    return {
        judge.id: _Filler(book, dossier, judge, sums, render).fill()
        for judge in dossier.event.judges
        if dossier.event.criteria_of(judge)
    }


def sums_of(dossier: Dossier) -> list[Sum]:
    """The sums that the tabulation takes judges' whole sheets by, one for each phase that is combined by sheet."""
    event = dossier.event
    declared = Declared(event)
    found: list[Sum] = []
    figures = next((item.figures for item in dossier.result.standings if item.figures), None)
    for phase in figures.phases if figures else ():
        if not any(group.panel for group in phase.groups):
            continue
        named = {
            key for item in dossier.result.standings if item.figures for key in _on_sheet(item.figures, phase.phase)
        }
        criteria = [item for item in event.criteria if item.id in named and not is_per_ballot(item)]
        factors = _factors(dossier, criteria)
        found.append(
            Sum(phase.phase, tuple((item, factors[item.id]) for item in criteria), declared.rounding(phase.phase).sheet)
        )
    return found


def _on_sheet(figures: Figures, phase: PhaseId) -> list[str]:
    return [
        criterion
        for item in figures.phases
        if item.phase == phase
        for sheet in item.sheets
        for criterion, _ in sheet.marks
    ]


def _factors(dossier: Dossier, criteria: Sequence[Criterion]) -> dict[str, Fraction]:
    """What each criterion's points are multiplied by on a judge's sheet: its weight, and on one sheet for the whole event
    its phase's share as well."""
    event = dossier.event
    declared = Declared(event)
    if not declared.whole_sheet:
        return {str(item.id): item.weight for item in criteria}
    scored = {criterion for _, _, criterion in dossier.counted}
    phases = {item.phase for item in event.criteria if item.id in scored}
    whole = sum((item.weight for item in event.phases if item.id in phases), Fraction(0)) or Fraction(1)
    divisor = whole if event.tabulation.phases == "weighted" else Fraction(1)
    share = {item.id: item.weight / divisor for item in event.phases}
    return {str(item.id): item.weight * share[item.phase] for item in criteria}


class _Filler:
    """Fills in one judge's sheet."""

    def __init__(self, book: Book, dossier: Dossier, judge: Judge, sums: Sequence[Sum], render: Render) -> None:
        self.dossier, self.judge, self.render = dossier, judge, render
        self.event = dossier.event
        self.criteria = self.event.criteria_of(judge)
        own = {item.id for item in self.criteria}
        self.sums = [
            Sum(item.phase, kept, item.places)
            for item in sums
            if (kept := tuple(pair for pair in item.criteria if pair[0].id in own))
        ]
        self.sheet = book.sheet(judge.name)
        self.columns = {str(item.id): 2 + place for place, item in enumerate(self.criteria)}
        after = 2 + len(self.criteria)
        self.sum_columns = {str(item.phase): after + place for place, item in enumerate(self.sums)}
        self.width = after + len(self.sums) + 1

    def fill(self) -> JudgeSheet:
        """Title, a line for name and signature, heads, a row for each organisation, what the scale is."""
        sheet, say = self.sheet, self.render
        sheet.title(say(msg("{title}: score sheet", title=self.event.title)), self.width)
        group = self.event.group_by_id[self.judge.group].name
        line = msg(
            "Judge: {judge}    {group}    Signature: ____________    Date: ____________",
            judge=self.judge.name,
            group=group,
        )
        sheet.title(say(line), self.width, 1, "line")
        self._heads()
        for place, organisation in enumerate(self.event.organisations):
            self._row(FIRST + place, organisation)
        foot = FIRST + len(self.event.organisations)
        sheet.title(say(self._foot()), self.width, foot, "note")
        sheet.heads = FIRST
        sheet.widths = {0: 6, 1: 22, self.width - 1: 14, **dict.fromkeys(range(2, self.width - 1), 12)}
        return JudgeSheet(sheet, self.columns, self.sum_columns)

    def _heads(self) -> None:
        sheet, say = self.sheet, self.render
        sheet.put(2, 0, say(msg("No.")), "head")
        sheet.put(2, 1, say(msg("Organisation")), "head")
        for criterion in self.criteria:
            full = marks.most_points(criterion)
            bare = None if full is None or not criterion.weight else full / criterion.weight
            most = say(msg("({points} points)", points=short_text(bare))) if bare is not None else ""
            sheet.put(2, self.columns[str(criterion.id)], f"{criterion.name}\n{most}".strip(), "head")
        for item in self.sums:
            named = self.event.phase_by_id.get(item.phase)
            several = len(self.sums) > 1 and named
            title = say(msg("Total of {phase}", phase=named.name)) if several and named else say(msg("Sheet total"))
            sheet.put(2, self.sum_columns[str(item.phase)], title, "head")
        sheet.put(2, self.width - 1, say(msg("Note")), "head")

    def _row(self, row: int, organisation: Organisation) -> None:
        sheet = self.sheet
        sheet.put(row, 0, Fraction(organisation.number), "count")
        sheet.put(row, 1, organisation.name)
        paper = False
        for criterion in self.criteria:
            self._mark(row, organisation, criterion)
            found = self.dossier.rows.get((self.judge.id, organisation.id, criterion.id))
            paper = paper or (found is not None and found.paper)
        for item in self.sums:
            self._sum(row, organisation, item)
        sheet.put(row, self.width - 1, self.render(msg("from paper")) if paper else "")

    def _mark(self, row: int, organisation: Organisation, criterion: Criterion) -> None:
        """A mark that counts is a number; everything else is a word, so that no formula takes it for one."""
        key = (self.judge.id, organisation.id, criterion.id)
        column = self.columns[str(criterion.id)]
        counted, row_found = self.dossier.counted.get(key), self.dossier.rows.get(key)
        if counted is not None:
            self.sheet.put(
                row,
                column,
                Fraction(counted, THOUSAND),
                "mark",
                shown=self._shown(criterion, row_found.value if row_found else None),
                note=self._note(key, criterion),
            )
            return
        word = ""
        if row_found is not None and row_found.state in STATE_WORDS:
            word = self.render(STATE_WORDS[row_found.state])
        elif row_found is not None and row_found.value is not None:
            shown = self.render(marks.shown(criterion.method, row_found.value))
            word = self.render(msg("{mark} (not counted)", mark=shown))
        elif not self.event.scores(self.judge, organisation.id):
            word = self.render(msg("recused"))
        self.sheet.put(row, column, word, "mark")

    def _shown(self, criterion: Criterion, value: object) -> str:
        if isinstance(criterion.method, Grades) and isinstance(value, str):
            return next((grade.name for grade in criterion.method.grades if grade.id == value), "")
        if isinstance(criterion.method, Places) and criterion.method.points and isinstance(value, int):
            return self.render(msg("place {place}", place=value))
        return ""

    def _note(self, key: MarkKey, criterion: Criterion) -> str:
        row = self.dossier.rows.get(key)
        if row is None or not isinstance(criterion.method, Checklist) or not isinstance(row.value, tuple):
            return ""
        said = self.dossier.findings.get(key, {})
        lines = [
            f"{item.text}：{said.get(item.id, '')}".rstrip("：")
            for item in criterion.method.items
            if item.id in row.value
        ]
        return "\n".join(lines)

    def _sum(self, row: int, organisation: Organisation, item: Sum) -> None:
        cells = [self.columns[str(criterion.id)] for criterion, _ in item.criteria]
        terms = [(factor, address(row, self.columns[str(criterion.id)])) for criterion, factor in item.criteria]
        beside = cells == list(range(cells[0], cells[-1] + 1))
        plain = beside and len(cells) > 1 and all(factor == 1 for factor, _ in terms)
        total = f"SUM({span(row, cells[0], cells[-1])})" if plain else sum_of(terms)
        if item.places is not None:
            total = f"ROUND({total},{item.places})"
        there = (
            f"COUNT({span(row, cells[0], cells[-1])})" if beside else "+".join(f"COUNT({term})" for _, term in terms)
        )
        formula = f'IF({there}={len(cells)},{total},"")'
        values = [
            self.dossier.counted.get((self.judge.id, organisation.id, criterion.id)) for criterion, _ in item.criteria
        ]
        value: Fraction | str = ""
        if all(found is not None for found in values):
            value = sum(
                (Fraction(found or 0, THOUSAND) * factor for found, (_, factor) in zip(values, item.criteria)),
                Fraction(0),
            )
            value = value if item.places is None else round_half_up(value, item.places)
        self.sheet.put(row, self.sum_columns[str(item.phase)], value, "mark", formula=formula)

    def _foot(self) -> Message:
        texts = tuple(
            msg("{criterion}: {allowed}", criterion=item.name, allowed=marks.allowed(item.method))
            for item in self.criteria
        )
        return msg("How to score: {texts}", texts=texts)
