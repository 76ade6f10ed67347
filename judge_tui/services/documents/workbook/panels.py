"""统分表: several judges' figures beside one another, what is dropped, and the mean, all as formulas over the judges' sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judge_tui.domain.event import Criterion, Grades, JudgeId, OrganisationId
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.rules import Average, BallotBase
from judge_tui.domain.tabulation.declared import Declared
from judge_tui.domain.tabulation.figures import Figures, Panel
from judge_tui.domain.tabulation.inputs import Tally
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.render import Render
from judge_tui.services.documents.workbook.cells import Book, Sheet, address, number, span
from judge_tui.services.documents.workbook.judges import JudgeSheet

FIRST = 2
"""The row of the first organisation."""

Key = tuple[str, str, str]
"""Phase, group (empty: all in one pool) and criterion (empty: whole sheets)."""


def panels_of(figures: Figures) -> Iterator[tuple[Key, Panel]]:
    """Every panel in one organisation's figures."""
    for phase in figures.phases:
        for group in phase.groups:
            if group.panel is not None:
                yield (phase.phase, group.group, ""), group.panel
            for item in group.criteria:
                for part in item.parts:
                    yield (phase.phase, part.group, item.criterion), part.panel
        for item in phase.criteria:
            for part in item.parts:
                yield (phase.phase, part.group, item.criterion), part.panel


@dataclass(frozen=True, slots=True)
class PanelSheet:
    """Where a panel's figures stand: the column of the figure, and each organisation's row."""

    sheet: Sheet
    column: int
    rows: Mapping[OrganisationId, int]

    def ref(self, organisation: OrganisationId) -> str:
        """The address of one organisation's figure."""
        return self.sheet.ref(self.rows[organisation], self.column)


def panel_sheets(
    book: Book, dossier: Dossier, judges: Mapping[JudgeId, JudgeSheet], render: Render
) -> dict[Key, PanelSheet]:
    """A sheet for every panel that the tabulation forms."""
    found: dict[Key, dict[OrganisationId, Panel]] = {}
    for standing in dossier.result.standings:
        for key, panel in panels_of(standing.figures) if standing.figures else ():
            found.setdefault(key, {})[standing.organisation] = panel
    order = _order(dossier)
    filler = _Filler(book, dossier, judges, render)
    return {key: filler.fill(key, found[key]) for key in sorted(found, key=order)}


def _order(dossier: Dossier) -> Order:
    event = dossier.event
    phases = {str(item.id): place for place, item in enumerate(event.phases)}
    criteria = {str(item.id): place for place, item in enumerate(event.criteria)}
    groups = {str(item.id): place for place, item in enumerate(event.groups)}
    return Order(phases, criteria, groups)


@dataclass(frozen=True, slots=True)
class Order:
    """Panels in the order of phases, criteria and groups of the definition."""

    phases: Mapping[str, int]
    criteria: Mapping[str, int]
    groups: Mapping[str, int]

    def __call__(self, key: Key) -> tuple[int, int, int]:
        phase, group, criterion = key
        return self.phases.get(phase, -1), self.criteria.get(criterion, -1), self.groups.get(group, -1)


class _Filler:
    """Fills in one sheet for each panel."""

    def __init__(self, book: Book, dossier: Dossier, judges: Mapping[JudgeId, JudgeSheet], render: Render) -> None:
        self.book, self.dossier, self.judges, self.render = book, dossier, judges, render
        self.event, self.declared = dossier.event, Declared(dossier.event)

    def fill(self, key: Key, panels: Mapping[OrganisationId, Panel]) -> PanelSheet:
        """One panel's sheet."""
        sheet = self.book.sheet(self.render(self._label(key)))
        tallied = not any(panel.judges for panel in panels.values()) and any(panel.values for panel in panels.values())
        if tallied:
            return _Tallies(sheet, self.dossier, key, self.render).fill(panels)
        shown = self._judges(key, panels)
        first = next(iter(panels.values()))
        high, low = first.trim.highest, first.trim.lowest
        after = 2 + len(shown)
        column = after + high + low
        self._heads(sheet, key, shown, high, low, first.average)
        rows = {}
        for place, organisation in enumerate(self.event.organisations):
            row = FIRST + place
            rows[organisation.id] = row
            sheet.put(row, 0, Fraction(organisation.number), "count")
            sheet.put(row, 1, organisation.name)
            panel = panels.get(organisation.id)
            for index, judge in enumerate(shown):
                self._judge(sheet, row, 2 + index, judge, key, panel)
            if panel is None:
                sheet.put(row, column, "", "figure")
            else:
                self._figure(sheet, row, (2, after - 1), (high, low), panel, self._pooled_trim(key, panels))
        self._signatures(sheet, FIRST + len(rows), column + 1)
        sheet.heads = FIRST
        sheet.widths = {0: 6, 1: 22, **dict.fromkeys(range(2, after), 8), **dict.fromkeys(range(after, column + 1), 11)}
        return PanelSheet(sheet, column, rows)

    def _label(self, key: Key) -> Message:
        phase, group, criterion = key
        names = []
        if len(self.event.phases) > 1 and phase and not criterion:
            names.append(self.event.phase_by_id[phase].name)  # type: ignore[index]
        if criterion:
            names.append(self.event.criterion_by_id[criterion].name)  # type: ignore[index]
        if group:
            names.append(self.event.group_by_id[group].name)  # type: ignore[index]
        return msg("Tabulation {what}", what=" ".join(names)) if names else msg("Tabulation")

    def _judges(self, key: Key, panels: Mapping[OrganisationId, Panel]) -> list[JudgeId]:
        """Everyone who scores here, whether or not his figure counted."""
        _, group, criterion = key
        present = {judge for panel in panels.values() for judge in panel.judges}
        found = []
        for judge in self.event.judges:
            asked = {item.id for item in self.event.criteria_of(judge)}
            belongs = (
                (not group or judge.group == group) and (not criterion or criterion in asked) and not judge.practice
            )
            if judge.id in self.judges and (judge.id in present or (belongs and (criterion or asked))):
                found.append(judge.id)
        return found

    def _heads(self, sheet: Sheet, key: Key, shown: Sequence[JudgeId], high: int, low: int, average: Average) -> None:
        say = self.render
        names = [self.event.judge_by_id[judge].name for judge in shown]
        heads = [say(msg("No.")), say(msg("Organisation")), *names]
        heads += [say(_dropped(msg("Highest dropped"), place, high)) for place in range(1, high + 1)]
        heads += [say(_dropped(msg("Lowest dropped"), place, low)) for place in range(1, low + 1)]
        heads.append(say(_AVERAGES[average]))
        sheet.title(say(msg("{title}: {what}", title=self.event.title, what=self._label(key))), len(heads))
        for column, text in enumerate(heads):
            sheet.put(1, column, text, "head")

    def _judge(self, sheet: Sheet, row: int, column: int, judge: JudgeId, key: Key, panel: Panel | None) -> None:
        """The judge's figure, taken from his own sheet; a word there stays a word here."""
        phase, _, criterion = key
        own = self.judges[judge]
        source_column = own.criteria.get(criterion) if criterion else own.sums.get(phase)
        value: Fraction | str = ""
        if panel is not None and judge in panel.judges:
            value = panel.points(panel.values[list(panel.judges).index(judge)])
        if source_column is None:
            sheet.put(row, column, value, "mark")
            return
        place = (row - FIRST + 3, source_column)
        source = own.sheet.cells.get(place)
        if value == "" and source is not None and isinstance(source.value, str):
            value = source.value
        ref = own.sheet.ref(*place)
        sheet.put(row, column, value, "mark", formula=f'IF({ref}="","",{ref})')

    def _pooled_trim(self, key: Key, panels: Mapping[OrganisationId, Panel]) -> bool:
        """Whether extremes are dropped over all groups together, which no formula over one group can say."""
        return bool(key[1]) and self.declared.trim_pooled(key[0])  # type: ignore[arg-type]

    def _figure(
        self, sheet: Sheet, row: int, judges: tuple[int, int], trim: tuple[int, int], panel: Panel, pooled: bool
    ) -> None:
        """What is dropped and what stands for all of them."""
        values = span(row, *judges)
        high, low = trim
        column = judges[1] + 1
        least = max(panel.trim.least, high + low + 1)
        for name, count, dropped in (("LARGE", high, panel.high), ("SMALL", low, panel.low)):
            for place in range(1, count + 1):
                value = panel.points(dropped[place - 1]) if place <= len(dropped) else ""
                plain = {"LARGE": "MAX", "SMALL": "MIN"}[name]
                extreme = f"{plain}({values})" if count == 1 else f"{name}({values},{place})"
                formula = "" if pooled else f'IF(COUNT({values})>={least},{extreme},"")'
                sheet.put(row, column, value, "mark", formula=formula)
                column += 1
        dropped_cells = span(row, judges[1] + 1, column - 1) if high + low else ""
        result = panel.figure if panel.figure is not None else ""
        sheet.put(row, column, result, "figure", formula=_figure_formula(panel, values, dropped_cells))

    def _signatures(self, sheet: Sheet, row: int, width: int) -> None:
        text = msg("Tabulated by: ________    Checked by: ________    Supervised by: ________    Date: ________")
        sheet.title(self.render(text), width, row, "line")


def _figure_formula(panel: Panel, values: str, dropped: str) -> str:
    """The mean, median or sum of what is not dropped; empty where no formula comes to the same."""
    total = f"SUM({values})-SUM({dropped})" if dropped else f"SUM({values})"
    if panel.average is Average.MEAN:
        if not dropped:
            return f'IF(COUNT({values})=0,"",AVERAGE({values}))'
        return f'IF(COUNT({values})=0,"",({total})/(COUNT({values})-COUNT({dropped})))'
    if panel.average is Average.SUM:
        return f'IF(COUNT({values})=0,"",{total})'
    if panel.trim.highest == panel.trim.lowest:
        return f'IF(COUNT({values})=0,"",MEDIAN({values}))'
    return ""


_AVERAGES: Mapping[Average, Message] = {
    Average.MEAN: msg("Mean"),
    Average.MEDIAN: msg("Median"),
    Average.SUM: msg("Sum"),
}


def _dropped(title: Message, place: int, of: int) -> Message:
    return title if of == 1 else msg("{title} {place}", title=title, place=place)


class _Tallies:
    """Ballots without names: the counts by class, and the figure they come to."""

    def __init__(self, sheet: Sheet, dossier: Dossier, key: Key, render: Render) -> None:
        self.sheet, self.dossier, self.key, self.render = sheet, dossier, key, render
        self.criterion: Criterion = dossier.event.criterion_by_id[key[2]]  # type: ignore[index]
        method = self.criterion.method
        assert isinstance(method, Grades)
        self.grades = method.grades
        self.base = dossier.event.tabulation.ballots
        groups = {item.group for item in dossier.ballots.tallies if item.criterion == self.criterion.id}
        self.groups = [item for item in dossier.event.groups if item.id in groups and key[1] in ("", item.id)]

    def fill(self, panels: Mapping[OrganisationId, Panel]) -> PanelSheet:
        """Issued, returned, valid, abstained and each grade for each class, then the figure."""
        event, sheet, say = self.dossier.event, self.sheet, self.render
        block = 4 + len(self.grades)
        column = 2 + block * len(self.groups)
        sheet.title(f"{event.title}：{self.criterion.name}", column + 1)
        heads = [say(msg("No.")), say(msg("Organisation"))]
        for group in self.groups:
            prefix = f"{group.name}\n" if len(self.groups) > 1 else ""
            titles = (msg("Issued"), msg("Returned"), msg("Valid"), msg("Abstained"))
            heads += [prefix + say(title) for title in titles]
            heads += [f"{prefix}{grade.name}({number(Fraction(grade.points, 1000))})" for grade in self.grades]
        heads.append(say(msg("Figure")))
        for place, text in enumerate(heads):
            sheet.put(1, place, text, "head")
        rows = {}
        for place, organisation in enumerate(event.organisations):
            row = FIRST + place
            rows[organisation.id] = row
            sheet.put(row, 0, Fraction(organisation.number), "count")
            sheet.put(row, 1, organisation.name)
            self._row(row, organisation.id, column, panels.get(organisation.id))
        sheet.heads = FIRST
        sheet.widths = {0: 6, 1: 22, **dict.fromkeys(range(2, column), 9), column: 12}
        return PanelSheet(sheet, column, rows)

    def _row(self, row: int, organisation: OrganisationId, column: int, panel: Panel | None) -> None:
        counted, bases = [], []
        for place, group in enumerate(self.groups):
            first = 2 + place * (4 + len(self.grades))
            tally = self._tally(organisation, group.id)
            if tally is None:
                continue
            for offset, count in enumerate((tally.issued, tally.returned, tally.valid, tally.abstained)):
                self.sheet.put(row, first + offset, Fraction(count), "count")
            counts = dict(tally.counts)
            for offset, grade in enumerate(self.grades):
                self.sheet.put(row, first + 4 + offset, Fraction(counts.get(grade.id, 0)), "count")
                points = number(Fraction(grade.points, 1000))
                counted.append(f"{points}*{address(row, first + 4 + offset)}")
            offset = {BallotBase.ISSUED: 0, BallotBase.RETURNED: 1, BallotBase.VALID: 2}[self.base]
            bases.append(address(row, first + offset))
        if panel is None or panel.figure is None:
            self.sheet.put(row, column, "", "figure")
            return
        formula = f"({'+'.join(counted)})/({'+'.join(bases)})"
        self.sheet.put(row, column, panel.figure, "figure", formula=formula)

    def _tally(self, organisation: OrganisationId, group: str) -> Tally | None:
        """The tally that counts; the sound ones of one class are one, so the last one stands."""
        fitting = [
            item
            for item in self.dossier.ballots.tallies
            if (item.organisation, item.criterion, item.group) == (organisation, self.criterion.id, group)
        ]
        return fitting[-1] if fitting else None
