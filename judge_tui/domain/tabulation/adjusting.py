"""What is added and taken off after the mean: timers, bonuses, penalties, points from elsewhere, vetoes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from judge_tui.domain.event import Event, OrganisationId, Phase, PhaseId
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import THOUSAND
from judge_tui.domain.rules import AdjustmentKind, AdjustmentRule, Best
from judge_tui.domain.tabulation.figures import Adjusted
from judge_tui.domain.tabulation.inputs import Adjustment
from judge_tui.domain.tabulation.result import Lack


def rule_of(event: Event, name: str) -> AdjustmentRule | None:
    """The declared rule an adjustment names, by id or by name."""
    return next((rule for rule in event.adjustments if name in (rule.id, rule.name)), None)


def applies_to(event: Event, adjustment: Adjustment) -> PhaseId:
    """The phase an adjustment enters, empty for the total."""
    rule = rule_of(event, adjustment.name)
    return PhaseId(rule.phase if rule else "")


def is_veto(event: Event, adjustment: Adjustment) -> bool:
    """Whether it takes the organisation out of the ranking (一票否决)."""
    rule = rule_of(event, adjustment.name)
    return rule is not None and rule.kind == AdjustmentKind.VETO


def unmeasured(event: Event, adjustments: Sequence[Adjustment], running: Iterable[OrganisationId]) -> tuple[Lack, ...]:
    """Organisations without points measured elsewhere where others have some: nothing becomes a zero. A zero is entered as one."""
    measured: dict[str, set[OrganisationId]] = {}
    for item in adjustments:
        rule = rule_of(event, item.name)
        if rule is not None and rule.kind == AdjustmentKind.OBJECTIVE:
            measured.setdefault(rule.name, set()).add(item.organisation)
    organisations = list(running)
    return tuple(
        Lack("missing", msg("no points for “{name}”, which others have", name=name), "", organisation)
        for name, there in measured.items()
        for organisation in organisations
        if organisation not in there
    )


def adjusted(
    event: Event, adjustments: Iterable[Adjustment], organisation: OrganisationId
) -> tuple[tuple[Adjusted, ...], tuple[Lack, ...]]:
    """These adjustments by name, capped where a cap is declared, and which of them lack a signature."""
    by_name: dict[str, list[Adjustment]] = {}
    lacks = []
    for item in adjustments:
        rule = rule_of(event, item.name)
        if rule and len(set(item.by)) < rule.signers and rule.signers > 1:
            message = msg(
                "“{name}” needs {count} signatures and has {there}",
                name=rule.name,
                count=rule.signers,
                there=len(set(item.by)),
            )
            lacks.append(Lack("invalid", message, "", organisation))
        if rule is None or rule.kind != AdjustmentKind.VETO:
            by_name.setdefault(rule.name if rule else item.name, []).append(item)
    return tuple(_sum(event, name, entries) for name, entries in by_name.items()), tuple(lacks)


def _sum(event: Event, name: str, entries: list[Adjustment]) -> Adjusted:
    rule = rule_of(event, name)
    points = sum(effect(rule, item, event.tabulation.best) for item in entries)
    capped = rule is not None and rule.cap is not None and abs(points) > rule.cap
    if rule is not None and rule.cap is not None:
        points = max(-rule.cap, min(rule.cap, points))
    return Adjusted(name, tuple(entries), Fraction(points, THOUSAND), capped)


def effect(rule: AdjustmentRule | None, adjustment: Adjustment, best: Best) -> int:
    """What an adjustment does (thousandths): a penalty makes the total worse whether it is written 1 or -1, a bonus better. Where
    the lowest total wins, worse is more."""
    kind = rule.kind if rule is not None else ""
    better = 1 if best is Best.HIGHEST else -1
    if kind in (AdjustmentKind.PENALTY, AdjustmentKind.OVERTIME, AdjustmentKind.UNDERTIME):
        return -better * abs(adjustment.points)
    return better * adjustment.points if kind == AdjustmentKind.BONUS else adjustment.points


def time_points(rule: AdjustmentRule, phase: Phase | None, seconds: int) -> int:
    """What a presentation of this length costs (thousandths, 0 or negative) under an overtime or undertime rule.

    The limit is the rule's own, else the phase's maximum (minimum for undertime); without one nothing is taken off.
    """
    own = (phase.min_time if rule.kind == AdjustmentKind.UNDERTIME else phase.max_time) if phase else 0
    limit = rule.limit or own
    beyond = limit - seconds if rule.kind == AdjustmentKind.UNDERTIME else seconds - limit
    if not limit or beyond <= 0:
        return 0
    points = 0
    for band in rule.bands:
        if beyond >= band.over:
            further = (beyond - band.over) // band.every if band.every else 0
            points = band.points * (1 + further)
    return max(points, -rule.cap) if rule.cap is not None else points
