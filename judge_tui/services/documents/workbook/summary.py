"""汇总表: from the judges' figures to the final score and the place, step by step in columns, every step a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judge_tui.domain.event import OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.domain.rules import Best, Numbering, PhaseRule
from judge_tui.domain.tabulation.figures import PhaseFigure
from judge_tui.domain.tabulation.result import Standing
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.render import Render, words
from judge_tui.services.documents.results import place
from judge_tui.services.documents.workbook.cells import Book, Sheet, address, column_span, number, sum_of
from judge_tui.services.documents.workbook.panels import Key, PanelSheet
from judge_tui.services.documents.workbook.phases import FIRST, Cells, PhaseColumns, Step, rounded


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns that other sheets need stand."""

    sheet: Sheet
    rows: Mapping[OrganisationId, int]
    total: int
    place: int


def summary_sheet(book: Book, dossier: Dossier, panels: Mapping[Key, PanelSheet], render: Render) -> Columns:
    """The summary of a whole contest."""
    return _Summary(book, dossier, panels, render).fill()


class _Summary(PhaseColumns):
    """The phases' columns, then all phases together, the total and the place."""

    def fill(self) -> Columns:
        """All columns from left to right."""
        sheet, say = self.sheet, self.render
        for organisation in self.event.organisations:
            row = self.rows[organisation.id]
            sheet.put(row, 0, Fraction(organisation.number), "count")
            sheet.put(row, 1, organisation.name)
        sheet.put(1, 0, say(msg("No.")), "head")
        sheet.put(1, 1, say(msg("Organisation")), "head")
        phases = [self.phase(phase) for phase in self._template()]
        combined = self._combined(phases)
        exact = self.adjusted("", combined, lambda figures: figures.exact)
        total = self._total(exact)
        tie = self._ties()
        place_column = self._places(total, tie)
        self._awards()
        sheet.title(say(msg("{title}: summary of results", title=self.event.title)), self.column)
        foot = msg("Tabulated by: ________    Checked by: ________    Supervised by: ________    Date: ________")
        sheet.title(say(foot), self.column, FIRST + len(self.rows), "line")
        sheet.heads = FIRST
        sheet.widths = {0: 6, 1: 22, **dict.fromkeys(range(2, self.column), 12)}
        return Columns(sheet, self.rows, total, place_column)

    def _template(self) -> Sequence[PhaseFigure]:
        """The phases of whichever organisation has most of them."""
        return max((item.phases for item in self.figures.values()), key=len, default=())

    def _combined(self, phases: Sequence[Cells]) -> Cells:
        """All phases together."""
        single = self._template()[0] if len(phases) == 1 else None
        if single is not None and (single.weight == 1 or self.rules.phases is PhaseRule.WEIGHTED):
            return phases[0]
        weights = {item.phase: item.weight for item in self._template()}

        def step(organisation: OrganisationId) -> Step:
            figures = self.figures.get(organisation)
            if figures is None:
                return "", None
            counted = {item.phase for item in figures.phases if item.counted}
            there = [
                (weights[item.phase], cells[organisation])
                for item, cells in zip(self._template(), phases)
                if item.phase in counted and organisation in cells
            ]
            formula = sum_of(there)
            if self.rules.phases is PhaseRule.WEIGHTED and not self.declared.whole_sheet and there:
                formula = f"({formula})/{number(sum((weight for weight, _ in there), Fraction(0)))}"
            return formula, figures.combined

        return self.add(msg("Subtotal"), step)

    def _total(self, exact: Cells) -> int:
        """The final score, rounded as declared."""
        column = self.column

        def step(organisation: OrganisationId) -> Step:
            figures = self.figures.get(organisation)
            shown = self.dossier.standings[organisation]
            value = figures.total if figures and shown.total is not None else None
            return rounded(exact.get(organisation, ""), self.rules.decimals), value

        self.add(msg("Final score"), step, "total")
        return column

    # -- places

    def _ties(self) -> int | None:
        """Who of equal scores comes first, as the ladder of rungs decided; no column where there is nothing to decide."""
        groups: dict[tuple[str, Fraction | None], list[int]] = {}
        for item in self.dossier.result.standings:
            if item.rank is not None:
                groups.setdefault((self._class(item), item.total), []).append(item.rank)
        if all(len(set(ranks)) == 1 for ranks in groups.values()):
            return None
        column = self.column
        self.sheet.put(1, column, self.render(msg("Order of equals")), "head")
        for item in self.dossier.result.standings:
            if item.rank is not None:
                ranks = sorted(set(groups[self._class(item), item.total]))
                self.sheet.put(self.rows[item.organisation], column, Fraction(ranks.index(item.rank) + 1), "count")
        self.column += 1
        return column

    def _class(self, standing: Standing) -> str:
        return standing.division if self.rules.by_division else ""

    def _places(self, total: int, tie: int | None) -> int:
        """Places by a formula over those that are ranked; the others say why they have none."""
        classed = self.rules.by_division
        ranked_column = self.column
        self.sheet.put(1, ranked_column, self.render(msg("Division") if classed else msg("Ranked")), "head")
        if not classed:
            self.sheet.hidden.add(ranked_column)
        self.column += 1
        column = self.column
        self.sheet.put(1, column, self.render(msg("Place")), "head")
        first, last = FIRST, FIRST + len(self.rows) - 1
        for organisation, row in self.rows.items():
            standing = self.dossier.standings[organisation]
            mark = (standing.division or "-") if classed else "1"
            self.sheet.put(row, ranked_column, mark if standing.rank is not None else "", "mark")
            if standing.rank is None:
                self.sheet.put(row, column, words(place(standing), self.render))
                continue
            formula = self._place_formula(row, (first, last), (total, ranked_column, tie))
            self.sheet.put(row, column, Fraction(standing.rank), "count", formula=formula)
        self.column += 1
        return column

    def _place_formula(self, row: int, rows: tuple[int, int], columns: tuple[int, int, int | None]) -> str:
        total, ranked, tie = columns
        own = f"({column_span(ranked, *rows)}={address(row, ranked)})"
        scores, mine = column_span(total, *rows), address(row, total)
        better = f"({scores}{'<' if self.rules.best is Best.LOWEST else '>'}{mine})"
        before = better
        if tie is not None:
            before = f"({better}+({scores}={mine})*({column_span(tie, *rows)}<{address(row, tie)}))"
        if self.rules.numbering is Numbering.STANDARD:
            return f"SUMPRODUCT({own}*{before})+1"
        same = [column_span(ranked, *rows), scores, *([column_span(tie, *rows)] if tie is not None else [])]
        counted = ",".join(f"{item},{item}" for item in same)
        return f"SUMPRODUCT({own}*{before}/(COUNTIFS({counted})+1-{own}))+1"

    def _awards(self) -> None:
        self.sheet.put(1, self.column, self.render(msg("Award")), "head")
        for item in self.dossier.result.standings:
            self.sheet.put(self.rows[item.organisation], self.column, "、".join(item.award_names))
        self.column += 1
