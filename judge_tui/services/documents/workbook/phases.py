"""The columns of one phase: groups, criteria, how they meet, each step a formula over the ones before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial

from judge_tui.domain.event import OrganisationId, Phase, PhaseId
from judge_tui.domain.messages import msg
from judge_tui.domain.rules import GroupRule
from judge_tui.domain.tabulation.declared import Declared
from judge_tui.domain.tabulation.figures import CriterionFigure, Figures, GroupTotal, PhaseFigure
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.paper import Text
from judge_tui.services.documents.render import Render, words
from judge_tui.services.documents.workbook.adjustments import AdjustmentSheet
from judge_tui.services.documents.workbook.cells import Book, address, number, sum_of
from judge_tui.services.documents.workbook.panels import Key, PanelSheet

FIRST = 2
POOL = ""

Step = tuple[str, Fraction | None]
"""A formula (empty: nothing there) and the engine's own figure."""

Cells = Mapping[OrganisationId, str]
"""Where each organisation's figure stands."""


class PhaseColumns:
    """Adds one column after another to the summary; each knows where the ones before it stand."""

    def __init__(self, book: Book, dossier: Dossier, panels: Mapping[Key, PanelSheet], render: Render) -> None:
        self.dossier, self.panels, self.render = dossier, panels, render
        self.event, self.rules = dossier.event, dossier.event.tabulation
        self.declared = Declared(self.event)
        self.figures = {item.organisation: item.figures for item in dossier.result.standings if item.figures}
        self.adjusting = AdjustmentSheet(book, dossier, render)
        self.sheet = book.sheet(render(msg("Summary")))
        self.rows = {item.id: FIRST + index for index, item in enumerate(self.event.organisations)}
        self.column = 2

    def add(self, title: Text, steps: Callable[[OrganisationId], Step], style: str = "figure") -> Cells:
        """A column of formulas with the engine's figures; where it stands for each organisation."""
        column, found = self.column, {}
        self.sheet.put(1, column, words(title, self.render), "head")
        for organisation, row in self.rows.items():
            formula, value = steps(organisation)
            self.sheet.put(
                row, column, "" if value is None else value, style, formula=formula if value is not None else ""
            )
            if value is not None:
                found[organisation] = address(row, column)
        self.column += 1
        return found

    def _phase_of(self, organisation: OrganisationId, phase: PhaseId) -> PhaseFigure | None:
        figures = self.figures.get(organisation)
        return next((item for item in figures.phases if item.phase == phase), None) if figures else None

    def phase(self, template: PhaseFigure) -> Cells:
        """One phase: what it is made of, its base, its own adjustments."""
        phase = template.phase
        parts: list[Cells] = []
        keys = [(bool(item.panel), item.group) for item in template.groups]
        sheets = [self._group(phase, group, panel=True) for panel, group in keys if panel]
        if sheets:
            parts.append(self._meet(phase, [group for panel, group in keys if panel], sheets, panel=True))
        totals = [self._group(phase, group, panel=False) for panel, group in keys if not panel]
        if totals:
            parts.append(self._meet(phase, [group for panel, group in keys if not panel], totals, panel=False))
        for item in template.criteria:
            parts.append(self._criterion(phase, item))
        base = self._base(phase, parts)
        if not phase:  # one sheet for the whole event: every adjustment enters the total
            return base
        return self.adjusted(phase, base, lambda figures: _figure_of(figures, phase))

    def _group(self, phase: PhaseId, group: str, *, panel: bool) -> Cells:
        """One group's figure: its judges' sheets, or its criteria added up."""
        places = self.declared.rounding(phase, group).group  # type: ignore[arg-type]

        def total_of(organisation: OrganisationId) -> GroupTotal | None:
            figure = self._phase_of(organisation, phase)
            groups = figure.groups if figure else ()
            return next((item for item in groups if item.group == group and bool(item.panel) is panel), None)

        title = self._title(phase, group)
        if panel:
            source = self.panels[phase, group, ""]

            def from_sheets(organisation: OrganisationId) -> Step:
                total = total_of(organisation)
                return rounded(source.ref(organisation), places), total.figure if total else None

            return self.add(title, from_sheets)
        columns = [
            (criterion.id, self._part(phase, group, str(criterion.id)))
            for criterion in self.event.criteria
            if (phase, group, criterion.id) in self.panels
        ]

        def from_criteria(organisation: OrganisationId) -> Step:
            total = total_of(organisation)
            cells = [cells[organisation] for _, cells in columns if organisation in cells]
            return rounded("+".join(cells), places), total.figure if total else None

        return self.add(title, from_criteria)

    def _part(self, phase: PhaseId, group: str, criterion: str) -> Cells:
        """One criterion inside one group: × its weight, rounded as declared."""

        def step(organisation: OrganisationId) -> Step:
            figure = self._phase_of(organisation, phase)
            for total in figure.groups if figure else ():
                for item in total.criteria:
                    if total.group == group and item.criterion == criterion:
                        return self._weighted(
                            phase, group, item, self._panel_figure(phase, group, criterion, organisation)
                        )
            return "", None

        return self.add(self._title(phase, group, criterion), step)

    def _panel_figure(self, phase: PhaseId, group: str, criterion: str, organisation: OrganisationId) -> str:
        """A group's figure of a criterion, rounded as declared for groups (the pool of all judges is no group)."""
        ref = self.panels[phase, group, criterion].ref(organisation)
        if self.declared.groups(phase) is GroupRule.POOLED:
            return ref
        return rounded(ref, self.declared.rounding(phase, group, criterion).group)  # type: ignore[arg-type]

    def _weighted(self, phase: PhaseId, group: str, item: CriterionFigure, formula: str) -> Step:
        rounding = self.declared.rounding(phase, group, item.criterion)  # type: ignore[arg-type]
        exact = rounded(formula, rounding.criterion)
        if item.weight != 1:
            exact = (
                f"({exact})*{number(item.weight)}" if "+" in exact or "/" in exact else f"{exact}*{number(item.weight)}"
            )
        return rounded(exact, rounding.weighted), item.weighted

    def _criterion(self, phase: PhaseId, template: CriterionFigure) -> Cells:
        """One criterion over all its groups: each group's figure where there are several, then how they meet, × weight."""
        criterion = str(template.criterion)
        groups = [part.group for part in template.parts]

        def item_of(organisation: OrganisationId) -> CriterionFigure | None:
            figure = self._phase_of(organisation, phase)
            return next((item for item in figure.criteria if item.criterion == criterion), None) if figure else None

        columns: dict[str, Cells] = {}
        for group in groups if len(groups) > 1 else ():

            def part(organisation: OrganisationId, group: str = group) -> Step:
                item = item_of(organisation)
                found = next((one.figure for one in item.parts if one.group == group), None) if item else None
                return self._panel_figure(phase, group, criterion, organisation), found

            columns[group] = self.add(self._title(phase, group, criterion), part)

        def step(organisation: OrganisationId) -> Step:
            item = item_of(organisation)
            if item is None:
                return "", None
            if len(groups) > 1:
                weights: dict[str, Fraction] = {one.group: one.weight for one in item.parts}
                there = [(weights[key], cells[organisation]) for key, cells in columns.items() if organisation in cells]
                formula = self._combine(phase, there)
            else:
                formula = self._panel_figure(phase, groups[0], criterion, organisation)
            return self._weighted(phase, POOL, item, formula)

        return self.add(self._title(phase, "", criterion), step)

    def _combine(self, phase: PhaseId, there: Sequence[tuple[Fraction, str]]) -> str:
        """How groups meet: weighted mean or sum of those that are there; a pool is one alone."""
        rule = self.declared.groups(phase)
        if rule is GroupRule.POOLED or not there:
            return there[0][1] if there else ""
        if rule is GroupRule.WEIGHTED:
            return f"({sum_of(there)})/{number(sum((weight for weight, _ in there), Fraction(0)))}"
        return sum_of(there)

    def _meet(self, phase: PhaseId, groups: Sequence[str], columns: Sequence[Cells], *, panel: bool) -> Cells:
        if len(columns) == 1 and self.declared.groups(phase) is not GroupRule.SUM:
            return columns[0]

        def step(organisation: OrganisationId) -> Step:
            figure = self._phase_of(organisation, phase)
            there = [
                (self.declared.weight(group), cells[organisation])  # type: ignore[arg-type]
                for group, cells in zip(groups, columns)
                if organisation in cells
            ]
            if figure is None or not there:
                return "", None
            found = [
                (item.weight, item.figure)
                for item in figure.groups
                if bool(item.panel) is panel and item.figure is not None
            ]
            whole = sum((weight * value for weight, value in found), Fraction(0))
            if self.declared.groups(phase) is GroupRule.WEIGHTED:
                whole /= sum((weight for weight, _ in found), Fraction(0)) or 1
            return self._combine(phase, there), whole

        return self.add(msg("Groups together"), step)

    def _base(self, phase: PhaseId, parts: Sequence[Cells]) -> Cells:
        """A phase before its own adjustments."""
        places = self.declared.rounding(phase).phase
        if len(parts) == 1 and places is None:
            return parts[0]
        named = self.event.phase_by_id.get(phase)

        def step(organisation: OrganisationId) -> Step:
            figure = self._phase_of(organisation, phase)
            cells = [cells[organisation] for cells in parts if organisation in cells]
            return rounded("+".join(cells) or "0", places), figure.base if figure else None

        return self.add(named.name if named else msg("Subtotal"), step)

    def adjusted(self, phase: str, base: Cells, figure: Callable[[Figures], Fraction | None]) -> Cells:
        """Points added or taken off, by name, and what comes of it."""
        names = self.adjusting.names(phase)
        if not names:
            return base
        columns = [self.add(name, partial(self.adjusting.step, name)) for name in names]

        def step(organisation: OrganisationId) -> Step:
            figures = self.figures.get(organisation)
            cells = [base.get(organisation, "0"), *(cells[organisation] for cells in columns if organisation in cells)]
            return "+".join(cells), figure(figures) if figures else None

        return self.add(msg("After adjustments"), step)

    def _title(self, phase: str, group: str, criterion: str = "") -> Text:
        names = []
        found: Phase | None = self.event.phase_by_id.get(phase)  # type: ignore[call-overload]
        if found is not None and not criterion and len(self.event.phases) > 1:
            names.append(found.name)
        if criterion:
            names.append(self.event.criterion_by_id[criterion].name)  # type: ignore[index]
        if group:
            names.append(self.event.group_by_id[group].name)  # type: ignore[index]
        return "\n".join(names) if names else msg("Mean")


def _figure_of(figures: Figures, phase: str) -> Fraction | None:
    return next((item.figure for item in figures.phases if item.phase == phase), None)


def rounded(formula: str, places: int | None) -> str:
    return formula if places is None or not formula else f"ROUND({formula},{places})"
