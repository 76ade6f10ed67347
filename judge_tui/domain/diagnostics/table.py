"""Judges × organisations: every judge's own total of every organisation, as far as it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.domain.tabulation.engine import Tabulator
from judge_tui.domain.tabulation.sheets import factors_of, read_sheets


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """`marks[judge][organisation]` in points; where a judge's marks of an organisation are not whole there is no entry.

    `panels` are the judges who score the same criteria: only they can be compared. A mean of 80 beside one of 40 says nothing
    where the one is out of 100 and the other out of 50.
    """

    judges: tuple[JudgeId, ...]
    organisations: tuple[OrganisationId, ...]
    marks: dict[JudgeId, dict[OrganisationId, Fraction]]
    panels: tuple[tuple[JudgeId, ...], ...]

    def whole_judges(self, panel: Sequence[JudgeId]) -> tuple[JudgeId, ...]:
        """Those of a panel who scored every organisation."""
        return tuple(judge for judge in panel if len(self.marks[judge]) == len(self.organisations))

    def whole_panels(self) -> tuple[tuple[JudgeId, ...], ...]:
        """Of each panel those who scored every organisation, where they are two or more; at least one panel, be it of fewer."""
        found = [self.whole_judges(panel) for panel in self.panels]
        several = tuple(panel for panel in found if len(panel) > 1)
        return several or (max(found, key=len, default=()),)

    def rows(self, judges: Sequence[JudgeId]) -> list[list[Fraction]]:
        """One row for each organisation, one column for each of these judges, who scored all of them."""
        return [[self.marks[judge][organisation] for judge in judges] for organisation in self.organisations]


def score_table(engine: Tabulator) -> ScoreTable:
    """The table of a tabulation: counted judges, organisations that are in the ranking."""
    running = [item for key, item in engine.contenders.items() if not engine.status[key]]
    found: dict[JudgeId, dict[OrganisationId, Fraction]] = {judge: {} for judge in engine.seats.group_of}
    for contender in running:
        criteria = [item for item in contender.material.criteria() if item.id in contender.material.cells]
        if not criteria:
            continue
        factors, unit = factors_of(contender.material, criteria)
        for sheet in read_sheets(contender.material, criteria):
            if sheet.complete:
                total = sum(value * factors[criterion] for criterion, value in sheet.marks)
                found[sheet.judge][contender.organisation] = Fraction(total, unit)
    judges = tuple(judge for judge, marks in found.items() if marks)
    panels: dict[frozenset[CriterionId], list[JudgeId]] = {}
    for judge in judges:
        asked = frozenset(key for key in engine.judged if judge in engine.seats.scorers[key])
        panels.setdefault(asked, []).append(judge)
    return ScoreTable(
        judges,
        tuple(item.organisation for item in running),
        {judge: found[judge] for judge in judges},
        tuple(map(tuple, panels.values())),
    )
