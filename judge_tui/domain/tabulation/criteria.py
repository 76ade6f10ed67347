"""Combining by criterion: judges are averaged inside each criterion first, then × weight, then added up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from judge_tui.domain.event import Criterion, CriterionId, GroupId, PhaseId
from judge_tui.domain.numbers import THOUSAND
from judge_tui.domain.rules import Average, EmptyGroup, GroupRule
from judge_tui.domain.tabulation.counting import TallyCount
from judge_tui.domain.tabulation.figures import CriterionFigure, GroupPart, GroupTotal, Panel
from judge_tui.domain.tabulation.grouping import (
    Member,
    combine_groups,
    enough,
    group_panels,
    groups_of,
    lack_group,
    one_panel,
    rounded,
)
from judge_tui.domain.tabulation.material import POOL, Material
from judge_tui.domain.tabulation.panel import NO_TRIM, panel


def criterion_figure(material: Material, phase: PhaseId, criterion: Criterion) -> CriterionFigure:
    """One criterion over all its groups."""
    parts = _parts(material, phase, criterion)
    met = [(part.group, part.weight, part.figure) for part in parts]
    exact = combine_groups(material, phase, met, criterion.id)
    return _weighted(material, phase, POOL, criterion, parts, exact)


def group_totals(material: Material, phase: PhaseId, criteria: Sequence[Criterion]) -> tuple[GroupTotal, ...]:
    """Each group's own total of the criteria it scores."""
    declared = material.declared
    found: dict[GroupId, list[CriterionFigure]] = {group: [] for group in groups_of(material, criteria)}
    for criterion in criteria:
        for part in _parts(material, phase, criterion):
            found[part.group].append(_weighted(material, phase, part.group, criterion, (part,), part.figure))
    totals = []
    for group, figures in found.items():
        figure = rounded(_whole(material, phase, group, figures), declared.rounding(phase, group).group)
        totals.append(GroupTotal(group, declared.weight(group), None, tuple(figures), figure))
    return tuple(totals)


def _whole(material: Material, phase: PhaseId, group: GroupId, figures: Sequence[CriterionFigure]) -> Fraction | None:
    """The sum of a group's criteria. One that the group should have scored and did not makes the total too small to compare:
    it is noted, or the whole group is left out and its weight goes to the others, as declared."""
    there = [item.weighted for item in figures if item.weighted is not None]
    gaps = [item.criterion for item in figures if item.weighted is None and _scores(material, group, item.criterion)]
    if gaps and there and material.declared.empty_group(phase, group) is EmptyGroup.REWEIGH:
        return None
    for criterion in gaps if there else ():
        lack_group(material, group, criterion)
    return sum(there, Fraction(0)) if there else None


def _scores(material: Material, group: GroupId, criterion: CriterionId) -> bool:
    return (
        group in material.seats.scorers[criterion].values() or group in material.event.criterion_by_id[criterion].groups
    )


def _weighted(
    material: Material,
    phase: PhaseId,
    group: GroupId,
    criterion: Criterion,
    parts: tuple[GroupPart, ...],
    exact: Fraction | None,
) -> CriterionFigure:
    rounding = material.declared.rounding(phase, group, criterion.id)
    figure = rounded(exact, rounding.criterion)
    weighted = None if figure is None else rounded(figure * criterion.weight, rounding.weighted)
    return CriterionFigure(criterion.id, parts, exact, figure, criterion.weight, weighted)


def _parts(material: Material, phase: PhaseId, criterion: Criterion) -> tuple[GroupPart, ...]:
    declared = material.declared
    pooled = declared.groups(phase) is GroupRule.POOLED
    tallies = {tally.group: tally for tally in material.tallies.get(criterion.id, ())}
    if pooled and tallies:
        pile = _pooled_ballots(tuple(tallies.values()), material.cells[criterion.id].values)
        enough(material, phase, POOL, criterion.id, pile)
        panels = [(POOL, pile)]
    else:
        panels = [
            (group, _ballots(tallies[group]) if group in tallies else own)
            for group, own in _cell_panels(material, phase, criterion, pooled)
        ]
    return tuple(
        GroupPart(
            group,
            declared.weight(group),
            own,
            own.figure if pooled else rounded(own.figure, declared.rounding(phase, group, criterion.id).group),
        )
        for group, own in panels
    )


def _ballots(tally: TallyCount) -> Panel:
    """Ballots counted without names: nothing is dropped, and the mean is over what is declared."""
    return panel(tally.values, THOUSAND, tuple, Average.MEAN, NO_TRIM, tally.over or None)


def _pooled_ballots(tallies: Sequence[TallyCount], signed: Sequence[int]) -> Panel:
    """All classes' ballots and the signed ones as one pile."""
    counts = TallyCount.pooled(tallies)
    return _ballots(TallyCount(POOL, (*counts.values, *signed), counts.over + len(signed)))


def _cell_panels(material: Material, phase: PhaseId, criterion: Criterion, pooled: bool) -> list[tuple[GroupId, Panel]]:
    cell = material.cells[criterion.id]
    if pooled:
        own = one_panel(material, phase, POOL, criterion.id, cell.values, THOUSAND, lambda: cell.judges)
        return [(POOL, own)]
    members: dict[GroupId, list[Member]] = {group: [] for group in groups_of(material, [criterion])}
    for judge, value in cell.by_judge.items():
        members[material.seats.group_of[judge]].append((judge, value))
    return group_panels(material, phase, criterion.id, members, THOUSAND)
