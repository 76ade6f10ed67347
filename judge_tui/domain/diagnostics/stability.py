"""How firm the places are: without one judge, under other trims, with one mark moved by one step; and how near a swap is."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from judge_tui.domain.event import CriterionId, Event, JudgeId, OrganisationId, Points
from judge_tui.domain.rules import Trim
from judge_tui.domain.tabulation.engine import Tabulator
from judge_tui.domain.tabulation.inputs import Ballots, MarkState
from judge_tui.domain.tabulation.result import Result

Places = Mapping[OrganisationId, int | None]

OTHER_TRIMS = (Trim(), Trim(1, 1), Trim(2, 2))
"""What is tried instead of the declared trim."""


MOST_MARKS = 6_000
"""Marks that are moved one by one at most; 36 organisations × 40 judges × 4 criteria are fewer."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A place that would be another: from `place` to `other`."""

    organisation: OrganisationId
    place: int | None
    other: int | None


@dataclass(frozen=True, slots=True)
class WithoutJudge:
    """What would change if one judge were left out."""

    judge: JudgeId
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class WithTrim:
    """What would change under another trim."""

    trim: Trim
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class OneStep:
    """A mark that moves places when it is one step (thousandths, negative: lower) different."""

    judge: JudgeId
    organisation: OrganisationId
    criterion: CriterionId
    step: int
    shifts: tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Two neighbours of different places and what the lower one's total is short of the upper one's."""

    upper: OrganisationId
    lower: OrganisationId
    points: Fraction


def places_of(result: Result) -> dict[OrganisationId, int | None]:
    """Organisation to place."""
    return {item.organisation: item.rank for item in result.standings}


def shifts(before: Places, after: Places) -> tuple[Shift, ...]:
    """The places that differ."""
    return tuple(
        Shift(organisation, place, after.get(organisation))
        for organisation, place in before.items()
        if after.get(organisation) != place
    )


def without_each_judge(event: Event, ballots: Ballots) -> tuple[WithoutJudge, ...]:
    """Each counted judge left out in turn; only those without whom a place would change."""
    before = places_of(Tabulator(event, ballots).result())
    found = []
    for judge in event.judges:
        if judge.practice:
            continue
        others = replace(
            event, judges=tuple(replace(item, practice=True) if item.id == judge.id else item for item in event.judges)
        )
        moved = shifts(before, places_of(Tabulator(others, ballots).result()))
        if moved:
            found.append(WithoutJudge(judge.id, moved))
    return tuple(found)


def under_other_trims(event: Event, ballots: Ballots) -> tuple[WithTrim, ...]:
    """The places under other trims than the declared one, as far as they differ."""
    before = places_of(Tabulator(event, ballots).result())
    found = []
    for trim in OTHER_TRIMS:
        if trim != event.tabulation.trim:
            other = replace(event, tabulation=replace(event.tabulation, trim=trim))
            moved = shifts(before, places_of(Tabulator(other, ballots).result()))
            if moved:
                found.append(WithTrim(trim, moved))
    return tuple(found)


def one_step_moves(event: Event, ballots: Ballots, most: int = MOST_MARKS) -> tuple[OneStep, ...] | None:
    """Every mark in points moved one step up and one step down, one at a time; the moves that change a place.

    None where there are more than `most` marks: that would keep people waiting.
    """
    marks = [row for row in ballots.rows if row.state is MarkState.GIVEN and isinstance(row.value, int)]
    if len(marks) > most:
        return None
    engine = Tabulator(event, ballots)
    before = places_of(engine.result())
    found = []
    for row in marks:
        criterion = event.criterion_by_id.get(row.criterion)
        method = criterion.method if criterion else None
        if not isinstance(method, Points) or not isinstance(row.value, int):
            continue
        for step in (method.step, -method.step):
            if method.least <= row.value + step <= method.most:
                stood = _stands(engine, row.organisation)
                engine.change(row._replace(value=row.value + step))
                if _stands(engine, row.organisation) != stood or stood[1]:
                    moved = shifts(before, places_of(engine.result()))
                    found += [OneStep(row.judge, row.organisation, row.criterion, step, moved)] if moved else []
                engine.change(row)
    return tuple(found)


def _stands(engine: Tabulator, organisation: OrganisationId) -> tuple[int, int]:
    """How many totals are above this organisation's, and how many are level: while both stay and nobody is level, so do the places."""
    totals = {key: item.figures.total for key, item in engine.contenders.items() if not engine.status[key]}
    mine = totals.get(organisation)
    if mine is None:
        return 0, 1
    others = [total for key, total in totals.items() if total is not None and key != organisation]
    return sum(1 for total in others if total > mine), sum(1 for total in others if total == mine)


def gaps(result: Result) -> tuple[Gap, ...]:
    """Neighbours by what separates their exact totals, the narrowest first; those who share a place are none."""
    ranked = [item for item in result.standings if item.rank is not None and item.figures is not None]
    found = []
    for upper, lower in itertools.pairwise(ranked):
        above, below = upper.figures, lower.figures
        if upper.rank == lower.rank or above is None or below is None or above.exact is None or below.exact is None:
            continue
        if (lower.rank or 0) > (upper.rank or 0):
            found.append(Gap(upper.organisation, lower.organisation, abs(above.exact - below.exact)))
    return tuple(sorted(found, key=lambda gap: gap.points))
