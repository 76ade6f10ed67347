"""Judges × organisations: every judge's own total of every organisation, as far as it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from judge_tui.domain.event import JudgeId, OrganisationId
from judge_tui.domain.tabulation.engine import Tabulator
from judge_tui.domain.tabulation.sheets import factors_of, read_sheets


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """`marks[judge][organisation]` in points; where a judge's marks of an organisation are not whole there is no entry."""

    judges: tuple[JudgeId, ...]
    organisations: tuple[OrganisationId, ...]
    marks: dict[JudgeId, dict[OrganisationId, Fraction]]

    def whole_judges(self) -> tuple[JudgeId, ...]:
        """Those who scored every organisation."""
        return tuple(judge for judge in self.judges if len(self.marks[judge]) == len(self.organisations))

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
    return ScoreTable(judges, tuple(item.organisation for item in running), {judge: found[judge] for judge in judges})
