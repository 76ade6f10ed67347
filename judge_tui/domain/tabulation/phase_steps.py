"""The steps of one phase: sheets or criteria, groups, the sum, the phase's own adjustments."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from judge_tui.domain.event import JudgeId
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import THOUSAND, short_text
from judge_tui.domain.tabulation.adjusting import effect, rule_of
from judge_tui.domain.tabulation.figures import Adjusted, GroupTotal, PhaseFigure
from judge_tui.domain.tabulation.material import POOL
from judge_tui.domain.tabulation.origins import in_a_sum, origin_text
from judge_tui.domain.tabulation.panel_steps import excused, tell_criterion, tell_groups, tell_panel
from judge_tui.domain.tabulation.scale import is_per_ballot
from judge_tui.domain.tabulation.sheets import factors_of
from judge_tui.domain.tabulation.telling import Telling, figure_text, sum_text


def tell_phase(telling: Telling, figure: PhaseFigure) -> None:
    """Everything about one phase."""
    with telling.about(phase=str(figure.phase)):
        named = telling.event.phase_by_id.get(figure.phase)
        if named and len(telling.figures.phases) > 1:
            telling.say("phase", msg("— {phase} —", phase=named.name))
        if figure.sheets:
            _tell_sheets(telling, figure)
        for group in figure.groups:
            _tell_group(telling, figure, group)
        for criterion in figure.criteria:
            tell_criterion(telling, figure.phase, criterion)
        if len(figure.groups) > 1:
            parts = [(item.group, item.weight, item.figure) for item in figure.groups]
            tell_groups(telling, "phase.groups", figure.phase, parts)
        _tell_sum(telling, figure)
        tell_adjustments(telling, figure.adjustments)
        if named and figure.adjustments and figure.figure is not None:
            points = figure_text(figure.figure)
            telling.say("phase.total", msg("{phase}: {points} points", phase=named.name, points=points), figure.figure)
        if named and not figure.counted:
            telling.say("phase.left_out", msg("{phase} is not among the best and does not count", phase=named.name))


def _tell_sum(telling: Telling, figure: PhaseFigure) -> None:
    """The sum of the phase, where it says more than what was said already."""
    if figure.base is None:
        return
    exact = sum(figure.parts, Fraction(0))
    if len(telling.figures.phases) > 1 or len(figure.parts) > 1 or exact != figure.base:
        named = telling.event.phase_by_id.get(figure.phase)
        several = named is not None and len(telling.figures.phases) > 1
        name: Message | str = named.name if named and several else msg("Together")
        text = sum_text(name, [figure_text(part) for part in figure.parts], exact, figure.base)
        telling.say("phase.sum", text, figure.base)


def _tell_sheets(telling: Telling, figure: PhaseFigure) -> None:
    """Each judge's sheet added up; one with a gap is named and left out."""
    on_sheets = {criterion for sheet in figure.sheets for criterion, _ in sheet.marks}
    criteria = [item for item in telling.event.criteria if item.id in on_sheets]
    factors, unit = factors_of(telling.material, criteria)
    raw = {item.id: telling.material.cells[item.id].raw for item in criteria}
    counted = {
        judge: group.panel.points(value)
        for group in figure.groups
        if group.panel is not None
        for judge, value in zip(group.panel.judges, group.panel.values)
    }
    for sheet in figure.sheets:
        name = telling.judge(sheet.judge)
        if not sheet.complete:
            text = msg("{judge}: not all marks are there, so that this sheet is left out", judge=name)
            telling.say("sheet.incomplete", text, judge=str(sheet.judge))
            continue
        parts = [
            _weighed(
                in_a_sum(origin_text(telling.event.criterion_by_id[criterion], raw[criterion].get(sheet.judge), value)),
                Fraction(factors[criterion] * THOUSAND, unit),
            )
            for criterion, value in sheet.marks
        ]
        exact = Fraction(sum(value * factors[criterion] for criterion, value in sheet.marks), unit)
        total = counted.get(sheet.judge, exact)
        telling.say("sheet.judge", sum_text(name, parts, exact, total), total, judge=str(sheet.judge))
    _tell_absentees(telling, figure)


def _tell_absentees(telling: Telling, figure: PhaseFigure) -> None:
    """Who has no sheet at all for a stated reason."""
    there = {sheet.judge for sheet in figure.sheets}
    found: dict[JudgeId, Message] = {}
    for criterion in telling.material.criteria(figure.phase):
        if not is_per_ballot(criterion):
            found |= excused(telling, criterion.id)
    for judge, words in found.items():
        if judge not in there:
            text = msg("{name}: {marks}", name=telling.judge(judge), marks=words)
            telling.say("sheet.excused", text, judge=str(judge))


def _weighed(points: str, weight: Fraction) -> str:
    return points if weight == 1 else f"{points}×{short_text(weight)}"


def _tell_group(telling: Telling, figure: PhaseFigure, group: GroupTotal) -> None:
    with telling.about(group=str(group.group)):
        if group.panel is not None:
            label: Message | str = msg("All judges") if group.group == POOL else telling.group(group.group)
            tell_panel(telling, "sheet", label, group.panel, group.figure)
        for criterion in group.criteria:
            tell_criterion(telling, figure.phase, criterion)
        if group.criteria and group.figure is not None:
            there = [item.weighted for item in group.criteria if item.weighted is not None]
            texts = [figure_text(part) for part in there]
            text = sum_text(telling.group(group.group), texts, sum(there, Fraction(0)), group.figure)
            telling.say("group.sum", text, group.figure)


def tell_adjustments(telling: Telling, adjustments: Sequence[Adjusted]) -> None:
    """Each adjustment with its reason and who signed it."""
    for item in adjustments:
        rule = rule_of(telling.event, item.name)
        for entry in item.entries:
            worth = Fraction(effect(rule, entry, telling.event.tabulation.best), THOUSAND)
            points = figure_text(worth)
            values = {"name": item.name, "points": points if points.startswith("-") else f"+{points}"}
            if entry.reason and entry.by:
                text = msg("{name}: {points} ({reason}; signed by {by})", **values, reason=entry.reason, by=entry.by)
            elif entry.reason or entry.by:
                text = msg("{name}: {points} ({reason})", **values, reason=entry.reason or entry.by)
            else:
                text = msg("{name}: {points}", **values)
            telling.say("adjustment", text, worth)
        if item.capped:
            text = msg("{name}: {points} at most", name=item.name, points=figure_text(item.points))
            telling.say("adjustment.capped", text, item.points)
