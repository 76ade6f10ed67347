"""One organisation's total from its cells: phases, adjustments, final rounding. Exact, and every figure kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from judge_tui.domain.event import Criterion, PhaseId
from judge_tui.domain.messages import msg
from judge_tui.domain.rules import Best, Combine, GroupLevel, GroupRule, PhaseRule
from judge_tui.domain.tabulation.adjusting import adjusted, applies_to
from judge_tui.domain.tabulation.criteria import criterion_figure, group_totals
from judge_tui.domain.tabulation.figures import Adjusted, CriterionFigure, Figures, GroupTotal, PhaseFigure, Sheet
from judge_tui.domain.tabulation.grouping import combine_groups, rounded
from judge_tui.domain.tabulation.inputs import Adjustment
from judge_tui.domain.tabulation.material import WHOLE, Material
from judge_tui.domain.tabulation.scale import is_per_ballot
from judge_tui.domain.tabulation.sheets import read_sheets, sheet_groups


def assess(material: Material) -> Figures:
    """All figures of one organisation; what is lacking is noted in the material."""
    rules = material.event.tabulation
    phases = _phases(material)
    _note_gaps(material, phases)
    subtotal = _combine_phases(material, [(item.weight, item.base) for item in phases if item.counted])
    combined = _combine_phases(material, [(item.weight, item.figure) for item in phases if item.counted])
    if not material.event.criteria and material.scored:
        subtotal = subtotal or Fraction(0)
        combined = combined or Fraction(0)
    adjustments = _adjusted(material, WHOLE)
    exact = None if combined is None else combined + _sum(adjustments)
    return Figures(phases, subtotal, combined, adjustments, exact, rounded(exact, rules.decimals))


def _phases(material: Material) -> tuple[PhaseFigure, ...]:
    """Every phase that was scored; of a best-of, the ones that do not count are marked so."""
    rules = material.event.tabulation
    if material.declared.whole_sheet:
        return (_phase(material, WHOLE, Fraction(1), material.criteria()),)
    phases = tuple(
        _phase(material, phase.id, phase.weight, material.criteria(phase.id))
        for phase in material.event.phases
        if phase.id in material.scored
    )
    if rules.phases is not PhaseRule.BEST:
        return phases
    worth = [(item.figure * item.weight, item.phase) for item in phases if item.figure is not None]
    worth.sort(key=lambda pair: pair[0], reverse=rules.best is Best.HIGHEST)
    chosen = {phase for _, phase in worth[: rules.best_of]}
    return tuple(replace(item, counted=item.phase in chosen) for item in phases)


def _note_gaps(material: Material, phases: Sequence[PhaseFigure]) -> None:
    """Nothing that was judged is passed over as if it were a zero: where no mark counts in one part and there are others, that
    is noted, unless the rules have named it already."""
    if any(lack.code in ("minimum_judges", "empty_group") for lack in material.lacks):
        return
    rules = material.event.tabulation
    there = [item for item in phases if item.figure is not None]
    if rules.phases is PhaseRule.BEST and len(there) >= rules.best_of:
        return
    for item in phases:
        empty = [figure.criterion for figure in item.criteria if figure.weighted is None]
        if there and item.figure is None:
            name = material.event.phase_by_id[item.phase].name
            material.lack("missing", msg("no mark counts in {name}", name=name))
        for criterion in empty if item.figure is not None else ():
            material.lack("missing", msg("no mark counts here"), criterion)


def _combine_phases(material: Material, parts: Iterable[tuple[Fraction, Fraction | None]]) -> Fraction | None:
    there = [(weight, figure) for weight, figure in parts if figure is not None]
    if not there:
        return None
    total = sum((weight * figure for weight, figure in there), Fraction(0))
    if material.event.tabulation.phases is PhaseRule.WEIGHTED and not material.declared.whole_sheet:
        return total / (sum((weight for weight, _ in there), Fraction(0)) or 1)
    return total


def _phase(material: Material, phase: PhaseId, weight: Fraction, criteria: Sequence[Criterion]) -> PhaseFigure:
    declared = material.declared
    combine = declared.combine(phase)
    apart = [item for item in criteria if combine is Combine.CRITERION or is_per_ballot(item)]
    on_sheet = [item for item in criteria if item not in apart]
    figures: tuple[CriterionFigure, ...] = ()
    groups: tuple[GroupTotal, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    parts: list[Fraction | None] = []
    if on_sheet:
        sheets = read_sheets(material, on_sheet)
        groups = sheet_groups(material, phase, on_sheet, sheets)
        parts.append(_meet(material, phase, groups))
    if apart and declared.group_level(phase) is GroupLevel.TOTAL and declared.groups(phase) is not GroupRule.POOLED:
        own = group_totals(material, phase, apart)
        parts.append(_meet(material, phase, own))
        groups += own
    elif apart:
        figures = tuple(criterion_figure(material, phase, item) for item in apart)
        parts.extend(item.weighted for item in figures)
    there = [part for part in parts if part is not None] if criteria or not phase else [Fraction(0)]
    base = rounded(sum(there, Fraction(0)) if there else None, declared.rounding(phase).phase)
    adjustments = _adjusted(material, phase) if phase else ()
    figure = base if base is None else base + _sum(adjustments)
    return PhaseFigure(phase, combine, weight, figures, groups, sheets, tuple(there), base, adjustments, figure)


def _meet(material: Material, phase: PhaseId, groups: Sequence[GroupTotal]) -> Fraction | None:
    return combine_groups(material, phase, [(item.group, item.weight, item.figure) for item in groups])


def _own(material: Material, phase: PhaseId) -> tuple[Adjustment, ...]:
    """The adjustments that enter this phase; those of a sheet over the whole event enter the total."""
    if material.declared.whole_sheet:
        return material.adjustments if phase == WHOLE else ()
    return tuple(item for item in material.adjustments if applies_to(material.event, item) == phase)


def _adjusted(material: Material, phase: PhaseId) -> tuple[Adjusted, ...]:
    found, lacks = adjusted(material.event, _own(material, phase), material.organisation)
    material.lacks.extend(lacks)
    return found


def _sum(adjustments: Sequence[Adjusted]) -> Fraction:
    return sum((item.points for item in adjustments), Fraction(0))
