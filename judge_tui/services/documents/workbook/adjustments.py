"""加减分: every adjustment on a sheet of its own, and what each name comes to for one organisation."""

from __future__ import annotations

from fractions import Fraction

from judge_tui.domain.event import OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.domain.tabulation.adjusting import effect, rule_of
from judge_tui.domain.tabulation.figures import Adjusted, Figures
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.render import Render
from judge_tui.services.documents.workbook.cells import Book, Sheet, column_span, number

FIRST = 2


class AdjustmentSheet:
    """The sheet of adjustments, and what each name comes to for one organisation."""

    def __init__(self, book: Book, dossier: Dossier, render: Render) -> None:
        self.dossier, self.entries = dossier, dossier.ballots.adjustments
        self.sheet: Sheet | None = None
        if not self.entries:
            return
        self.sheet = sheet = book.sheet(render(msg("Adjustments")))
        heads = (msg("No."), msg("Organisation"), msg("Adjustment"), msg("Points"), msg("Reason"), msg("Signed by"))
        sheet.title(render(msg("{title}: points added or taken off", title=dossier.event.title)), len(heads))
        for column, text in enumerate(heads):
            sheet.put(1, column, render(text), "head")
        known = dossier.event.organisation_by_id
        for place_number, item in enumerate(self.entries):
            row = FIRST + place_number
            rule = rule_of(dossier.event, item.name)
            organisation = known.get(item.organisation)
            sheet.put(row, 0, Fraction(organisation.number) if organisation else None, "count")
            sheet.put(row, 1, organisation.name if organisation else str(item.organisation))
            sheet.put(row, 2, rule.name if rule else item.name)
            sheet.put(row, 3, Fraction(effect(rule, item, dossier.event.tabulation.best), 1000), "mark")
            sheet.put(row, 4, item.reason)
            sheet.put(row, 5, "、".join(item.by))
        sheet.widths = {0: 6, 1: 22, 2: 14, 3: 10, 4: 40, 5: 18}
        sheet.heads = FIRST

    def names(self, phase: str) -> list[str]:
        """The names of adjustments that enter this phase (empty: the total), in the order in which they were first used."""
        found: dict[str, None] = {}
        for standing in self.dossier.result.standings:
            figures = standing.figures
            if figures is None:
                continue
            adjusted = figures.adjustments if not phase else _adjustments_of(figures, phase)
            found.update(dict.fromkeys(item.name for item in adjusted))
        return list(found)

    def step(self, name: str, organisation: OrganisationId) -> tuple[str, Fraction | None]:
        """What the entries of one name come to for one organisation."""
        assert self.sheet is not None
        standing = self.dossier.standings[organisation]
        points = Fraction(0)
        for item in _all_adjustments(standing.figures):
            if item[0] == name:
                points = item[1]
        last = FIRST + len(self.entries) - 1
        source = [
            f"{self.sheet.ref(0, 0).partition('!')[0]}!{column_span(column, FIRST, last)}" for column in (0, 2, 3)
        ]
        total = f'SUMIFS({source[2]},{source[0]},{standing.number},{source[1]},"{name.replace(chr(34), chr(34) * 2)}")'
        rule = rule_of(self.dossier.event, name)
        if rule is not None and rule.cap is not None:
            cap = number(Fraction(rule.cap, 1000))
            total = f"MAX(-{cap},MIN({cap},{total}))"
        return total, points


def _all_adjustments(figures: Figures | None) -> list[tuple[str, Fraction]]:
    if figures is None:
        return []
    inside = [item for phase in figures.phases for item in phase.adjustments]
    return [(item.name, item.points) for item in (*inside, *figures.adjustments)]


def _adjustments_of(figures: Figures, phase: str) -> tuple[Adjusted, ...]:
    return tuple(item for found in figures.phases if found.phase == phase for item in found.adjustments)
