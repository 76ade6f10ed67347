"""Each judge beside the panel: strict or lenient, wide or narrow, in line with the others or not, alike another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from judge_tui.domain.diagnostics.agreement import rank_correlation, square_root
from judge_tui.domain.diagnostics.table import ScoreTable
from judge_tui.domain.event import JudgeId

ALIKE = Fraction(9, 10)
"""From this share of equal totals on two sheets are named as looking alike."""

ALIKE_LEAST = 4
"""Organisations that both must have scored before anything is said."""


@dataclass(frozen=True, slots=True)
class JudgeFigures:
    """One judge. `severity` is how far his mean lies from the others' mean over the same organisations (negative: stricter),
    `spread` the standard deviation of his totals, `correlation` the rank correlation with the mean of the others. The others are
    those who score the same criteria; without any both are None."""

    judge: JudgeId
    count: int
    mean: Fraction
    severity: Fraction | None
    spread: Fraction
    correlation: Fraction | None


@dataclass(frozen=True, slots=True)
class Alike:
    """Two sheets with the same totals for `equal` of `common` organisations."""

    first: JudgeId
    second: JudgeId
    equal: int
    common: int


def judge_figures(table: ScoreTable) -> tuple[JudgeFigures, ...]:
    """Every judge who has any whole mark, in the order of the definition."""
    panel_of = {judge: panel for panel in table.panels for judge in panel}
    return tuple(_figures(table, judge, panel_of[judge]) for judge in table.judges)


def _figures(table: ScoreTable, judge: JudgeId, panel: Sequence[JudgeId]) -> JudgeFigures:
    mine = table.marks[judge]
    others = {
        organisation: [
            table.marks[other][organisation] for other in panel if other != judge and organisation in table.marks[other]
        ]
        for organisation in mine
    }
    shared = [organisation for organisation, marks in others.items() if marks]
    own = [mine[organisation] for organisation in shared]
    theirs = [_mean(others[organisation]) for organisation in shared]
    mean = _mean(list(mine.values()))
    return JudgeFigures(
        judge,
        len(mine),
        mean,
        _mean(own) - _mean(theirs) if shared else None,
        _deviation(list(mine.values()), mean),
        rank_correlation(own, theirs),
    )


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _deviation(values: Sequence[Fraction], mean: Fraction) -> Fraction:
    if len(values) < 2:
        return Fraction(0)
    return square_root(sum(((value - mean) ** 2 for value in values), Fraction(0)) / (len(values) - 1))


def look_alikes(table: ScoreTable) -> tuple[Alike, ...]:
    """Pairs of sheets that are the same nearly everywhere and not because each judge gave everybody the same, most alike first."""
    found = []
    for first, second in (pair for panel in table.panels for pair in combinations(panel, 2)):
        one, other = table.marks[first], table.marks[second]
        common = [organisation for organisation in one if organisation in other]
        equal = sum(1 for organisation in common if one[organisation] == other[organisation])
        varied = len({one[organisation] for organisation in common}) > 2
        if len(common) >= ALIKE_LEAST and varied and equal >= ALIKE * len(common):
            found.append(Alike(first, second, equal, len(common)))
    return tuple(sorted(found, key=lambda pair: (-Fraction(pair.equal, pair.common), -pair.common)))
