"""Judges in groups: each group's panel with its trimming, and how the groups' figures meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from judge_tui.domain.event import Criterion, GroupId, JudgeId, PhaseId
from judge_tui.domain.messages import msg, nmsg
from judge_tui.domain.numbers import round_half_up
from judge_tui.domain.rules import EmptyGroup, GroupRule, PhaseRule
from judge_tui.domain.tabulation.figures import Panel
from judge_tui.domain.tabulation.material import POOL, Material
from judge_tui.domain.tabulation.panel import NO_TRIM, panel, without_extremes

Member = tuple[JudgeId, int]
"""A judge and the figure he gave."""


def rounded(value: Fraction | None, places: int | None) -> Fraction | None:
    """Half up where decimals are declared, else exact."""
    return value if value is None or places is None else round_half_up(value, places)


def groups_of(material: Material, criteria: Iterable[Criterion]) -> list[GroupId]:
    """The groups that score any of these criteria, in the order of the definition."""
    named: set[GroupId] = set()
    for item in criteria:
        named.update(item.groups or material.event.group_by_id)
    return [group.id for group in material.event.groups if group.id in named]


def lack_group(material: Material, group: GroupId, criterion: str) -> None:
    """Note that a group gave nothing, in one criterion or (empty) at all."""
    message = msg("a whole group gave no marks: {group}", group=material.group_name(group))
    material.lack("empty_group", message, criterion)


def combine_groups(
    material: Material,
    phase: PhaseId,
    parts: Sequence[tuple[GroupId, Fraction, Fraction | None]],
    criterion: str = "",
) -> Fraction | None:
    """Pool, weighted mean or sum of (group, weight, figure). A group without a figure is noted where the rules refuse it, and
    its weight goes to the others; where there are no others nothing can be weighed anew, so that it is noted anyway (but of the best attempts one may be
    left out)."""
    declared = material.declared
    there = [(weight, figure) for _, weight, figure in parts if figure is not None]
    rule = declared.groups(phase)
    if rule is GroupRule.POOLED:
        return there[0][1] if there else None
    nobody = not there and declared.rules.phases is not PhaseRule.BEST
    for group, _, figure in parts:
        if figure is None and (nobody or declared.empty_group(phase, group) is EmptyGroup.REFUSE):
            lack_group(material, group, criterion)
    if not there:
        return None
    total = sum((weight * figure for weight, figure in there), Fraction(0))
    if rule is GroupRule.WEIGHTED:
        return total / (sum((weight for weight, _ in there), Fraction(0)) or 1)
    return total


def one_panel(
    material: Material,
    phase: PhaseId,
    group: GroupId,
    criterion: str,
    values: Sequence[int],
    unit: int,
    who: Callable[[], Sequence[JudgeId]],
) -> Panel:
    """One group's (or the pool's) panel by the rules declared for it; too few judges are noted."""
    declared = material.declared
    trim = NO_TRIM if material.untrimmed else declared.trim(phase, group, criterion)
    found = panel(values, unit, who, declared.average(phase, group, criterion), trim)
    if values or group == POOL:
        enough(material, phase, group, criterion, found)
    return found


def enough(material: Material, phase: PhaseId, group: GroupId, criterion: str, found: Panel) -> None:
    """Note a panel that is smaller than the rules want it, and one that the rules want trimmed though nothing would be left.
    Fewer judges than a stated `least` are no lack: then nothing is dropped, and the result's notes say so."""
    least = material.declared.minimum_judges(phase, group, criterion)
    count = len(found.values)
    if count < least:
        message = nmsg(
            "marks of {count} judge count, and it takes {least}",
            "marks of {count} judges count, and it takes {least}",
            count,
            least=least,
        )
    elif found.short and count >= max(found.trim.least, 1):
        message = nmsg(
            "with {count} judge nothing can be dropped: the rule drops {dropped}",
            "with {count} judges nothing can be dropped: the rule drops {dropped}",
            count,
            dropped=found.trim.highest + found.trim.lowest,
        )
    else:
        return
    where = _whose_panel(material, phase, group, criterion)
    material.lack("minimum_judges", msg("{where}: {what}", where=where, what=message) if where else message, criterion)


def _whose_panel(material: Material, phase: PhaseId, group: GroupId, criterion: str) -> tuple[str, ...]:
    """Which panel it is, where an organisation has several and the criterion does not tell it."""
    event = material.event
    named = event.phase_by_id.get(phase) if not criterion and len(event.phases) > 1 else None
    return tuple(filter(None, (named.name if named else "", material.group_name(group) if group != POOL else "")))


def group_panels(
    material: Material, phase: PhaseId, criterion: str, members: dict[GroupId, list[Member]], unit: int
) -> list[tuple[GroupId, Panel]]:
    """Each group's panel; where trimming is pooled, the extremes of all groups together are dropped first."""
    if len(members) > 1 and material.declared.trim_pooled(phase) and not material.untrimmed:
        return _pooled_trim(material, phase, criterion, members, unit)
    return [
        (group, one_panel(material, phase, group, criterion, [value for _, value in pairs], unit, judges_of(pairs)))
        for group, pairs in members.items()
    ]


def _pooled_trim(
    material: Material, phase: PhaseId, criterion: str, members: dict[GroupId, list[Member]], unit: int
) -> list[tuple[GroupId, Panel]]:
    """Of equal marks at an extreme, the one of the group that the definition names first is dropped."""
    everyone = [value for pairs in members.values() for _, value in pairs]
    trim = material.declared.trim(phase, POOL, criterion)
    whole = panel(everyone, unit, tuple, material.declared.average(phase, POOL, criterion), trim)
    if everyone:
        enough(material, phase, POOL, criterion, whole)
    high, low = Counter(whole.high), Counter(whole.low)
    found = []
    for group, pairs in members.items():
        values = [value for _, value in pairs]
        mine_high = high & Counter(values)
        mine_low = low & (Counter(values) - mine_high)
        high, low = high - mine_high, low - mine_low
        own = without_extremes(
            values,
            unit,
            judges_of(pairs),
            material.declared.average(phase, group, criterion),
            trim,
            sorted(mine_high.elements(), reverse=True),
            sorted(mine_low.elements()),
            short=whole.short,
        )
        found.append((group, own))
    return found


def judges_of(pairs: Sequence[Member]) -> Callable[[], Sequence[JudgeId]]:
    """The judges of some members, when somebody asks."""
    return lambda: tuple(judge for judge, _ in pairs)
