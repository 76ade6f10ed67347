"""Combining by sheet: each judge's marks are added up first, then judges, then groups."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from judge_tui.domain.event import Criterion, CriterionId, GroupId, JudgeId, PhaseId
from judge_tui.domain.numbers import THOUSAND, round_half_up
from judge_tui.domain.rules import GroupRule, PhaseRule
from judge_tui.domain.tabulation.figures import GroupTotal, Sheet
from judge_tui.domain.tabulation.grouping import Member, group_panels, groups_of, rounded
from judge_tui.domain.tabulation.material import POOL, Material


def read_sheets(material: Material, criteria: Sequence[Criterion]) -> tuple[Sheet, ...]:
    """Each judge's sheet of these criteria, in the order of the definition. One with a mark missing is not complete."""
    marks: dict[JudgeId, list[tuple[CriterionId, int]]] = {}
    for criterion in criteria:
        for judge, value in material.cells[criterion.id].by_judge.items():
            marks.setdefault(judge, []).append((criterion.id, value))
    scorers = [material.seats.scorers[criterion.id] for criterion in criteria]
    return tuple(
        Sheet(judge, tuple(marks[judge]), len(marks[judge]) == sum(1 for judges in scorers if judge in judges))
        for judge in material.seats.group_of
        if judge in marks
    )


def sheet_groups(
    material: Material, phase: PhaseId, criteria: Sequence[Criterion], sheets: Sequence[Sheet]
) -> tuple[GroupTotal, ...]:
    """Each group's total from its judges' complete sheets."""
    declared = material.declared
    pooled = declared.groups(phase) is GroupRule.POOLED
    factors, unit = factors_of(material, criteria)
    members: dict[GroupId, list[Member]] = {
        group: [] for group in ([POOL] if pooled else groups_of(material, criteria))
    }
    places = declared.rounding(phase).sheet
    for sheet in sheets:
        if sheet.complete:
            total = sum(value * factors[criterion] for criterion, value in sheet.marks)
            if places is not None:
                total = int(round_half_up(Fraction(total, unit), places) * 10**places)
            members[POOL if pooled else material.seats.group_of[sheet.judge]].append((sheet.judge, total))
    panels = group_panels(material, phase, "", members, unit if places is None else 10**places)
    return tuple(
        GroupTotal(group, declared.weight(group), own, (), rounded(own.figure, declared.rounding(phase, group).group))
        for group, own in panels
    )


def factors_of(material: Material, criteria: Sequence[Criterion]) -> tuple[dict[CriterionId, int], int]:
    """Weights as whole numbers, so that sheets add up in integers, and what a sum is to be divided by to give points."""
    weights = {item.id: item.weight for item in criteria}
    if material.declared.whole_sheet:
        by_phase = _phase_factors(material)
        weights = {item.id: item.weight * by_phase[item.phase] for item in criteria}
    common = lcm(*(weight.denominator for weight in weights.values()))
    return {key: int(weight * common) for key, weight in weights.items()}, THOUSAND * common


def _phase_factors(material: Material) -> dict[PhaseId, Fraction]:
    phases = material.event.phases
    if material.event.tabulation.phases is not PhaseRule.WEIGHTED:
        return {phase.id: phase.weight for phase in phases}
    scored = {item.phase for item in material.criteria()}
    whole = sum((phase.weight for phase in phases if phase.id in scored), Fraction(0)) or Fraction(1)
    return {phase.id: phase.weight / whole for phase in phases}
