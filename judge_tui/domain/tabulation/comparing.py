"""What each rung of the tie ladder compares: one comparable figure for each organisation, higher is better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from judge_tui.domain.event import JudgeId, OrganisationId
from judge_tui.domain.numbers import round_half_up
from judge_tui.domain.rules import Best, TieBy, TieRung
from judge_tui.domain.tabulation.adjusting import rule_of
from judge_tui.domain.tabulation.assess import assess
from judge_tui.domain.tabulation.figures import Figures
from judge_tui.domain.tabulation.intake import Cell
from judge_tui.domain.tabulation.material import Material
from judge_tui.domain.tabulation.sheets import factors_of, read_sheets

Key = tuple[Fraction, ...]
"""Compared from the first figure on; higher is better."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One organisation in a tie."""

    organisation: OrganisationId
    number: int
    material: Material
    figures: Figures


def keys(rung: TieRung, tied: Sequence[Contender]) -> list[tuple[Key, Key]] | None:
    """For each contender the key that is sorted by, and the figure that is shown; None where a rung does not apply."""
    compare = _COMPARE[TieBy(rung.by)]
    shown = compare(rung, tied)
    if shown is None:
        return None
    better = _more_is_better(rung, tied[0])
    return [(key if better else tuple(-figure for figure in key), key) for key in shown]


def _more_is_better(rung: TieRung, contender: Contender) -> bool:
    if rung.highest is not None:
        return rung.highest
    if TieBy(rung.by) in _LIKE_THE_TOTAL:
        return contender.material.event.tabulation.best is Best.HIGHEST
    return True


_LIKE_THE_TOTAL = frozenset(
    {
        TieBy.DECIMALS,
        TieBy.CRITERION,
        TieBy.PHASE,
        TieBy.GROUP,
        TieBy.ADJUSTMENT,
        TieBy.SUBTOTAL,
        TieBy.UNTRIMMED,
        TieBy.MEDIAN,
        TieBy.ATTEMPTS,
        TieBy.MAJORITY,
    }
)


def _limited(rung: TieRung, contender: Contender) -> Material:
    """The contender's material with only the marks of the rung's criterion, phase and group."""
    material = contender.material
    event = material.event
    judged = {
        item.id
        for item in material.criteria()
        if (not rung.criterion or item.id == rung.criterion) and (not rung.phase or item.phase == rung.phase)
    }
    cells, tallies = material.cells, material.tallies
    if rung.group:
        members = {judge for judge, group in material.seats.group_of.items() if group == rung.group}
        cells = {key: _only(cell, members) for key, cell in cells.items()}
        tallies = {key: tuple(item for item in found if item.group == rung.group) for key, found in tallies.items()}
    phases = frozenset(event.criterion_by_id[criterion].phase for criterion in judged)
    return replace(
        material,
        cells=cells,
        tallies=tallies,
        adjustments=(),
        judged=frozenset(judged),
        scored=phases,
        lacks=[],
    )


def _only(cell: Cell, members: set[JudgeId]) -> Cell:
    kept = [(row, value) for row, value, judge in zip(cell.rows, cell.values, cell.judges) if judge in members]
    return Cell(cell.columns, tuple(row for row, _ in kept), tuple(value for _, value in kept))


def _by_part(rung: TieRung, tied: Sequence[Contender]) -> list[Key]:
    """What was scored in one criterion, phase or group (or several of them at once)."""
    return [(_zero(assess(_limited(rung, each)).subtotal),) for each in tied]


def _zero(value: Fraction | None) -> Fraction:
    return Fraction(0) if value is None else value


def _decimals(rung: TieRung, tied: Sequence[Contender]) -> list[Key]:
    exact = [_zero(each.figures.exact) for each in tied]
    return [(round_half_up(value, rung.decimals) if rung.decimals else value,) for value in exact]


def _subtotal(rung: TieRung, tied: Sequence[Contender]) -> list[Key]:
    if rung.group or rung.phase or rung.criterion:
        return _by_part(rung, tied)
    return [(_zero(each.figures.subtotal),) for each in tied]


def _adjustment(rung: TieRung, tied: Sequence[Contender]) -> list[Key]:
    rule = rule_of(tied[0].material.event, rung.name)
    names = {rung.name, rule.name, rule.id} if rule else {rung.name}

    def of(contender: Contender) -> Key:
        everywhere = [
            *contender.figures.adjustments,
            *(item for ph in contender.figures.phases for item in ph.adjustments),
        ]
        return (sum((item.points for item in everywhere if item.name in names), Fraction(0)),)

    return [of(each) for each in tied]


def _untrimmed(rung: TieRung, tied: Sequence[Contender]) -> list[Key]:
    return [(_zero(assess(replace(_limited(rung, each), untrimmed=True)).subtotal),) for each in tied]


def _sheet_totals(rung: TieRung, contender: Contender) -> dict[JudgeId, Fraction]:
    """Each judge's own total of what the rung is about."""
    material = _limited(rung, contender)
    criteria = material.criteria()
    if not criteria:
        return {}
    factors, unit = factors_of(material, criteria)
    return {
        sheet.judge: Fraction(sum(value * factors[criterion] for criterion, value in sheet.marks), unit)
        for sheet in read_sheets(material, criteria)
    }


def _median(rung: TieRung, tied: Sequence[Contender]) -> list[Key]:
    def of(contender: Contender) -> Key:
        ordered = sorted(_sheet_totals(rung, contender).values())
        if not ordered:
            return (Fraction(0),)
        middle = len(ordered) // 2
        return (ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2,)

    return [of(each) for each in tied]


def _marks(rung: TieRung, contender: Contender) -> Counter[int]:
    material = _limited(rung, contender)
    found: Counter[int] = Counter()
    for criterion in material.criteria():
        found.update(material.cells[criterion.id].values)
        for tally in material.tallies.get(criterion.id, ()):
            found.update(tally.values)
    return found


def _count(rung: TieRung, tied: Sequence[Contender]) -> list[Key]:
    """How many of each exact value, from the highest down (or the lowest up); a mark of nothing is not counted."""
    counts = [_marks(rung, each) for each in tied]
    values = _counted_values(rung, counts)
    return [tuple(Fraction(found[value]) for value in values) for found in counts]


def _counted_values(rung: TieRung, counts: Sequence[Counter[int]]) -> list[int]:
    if rung.value is not None:
        return [rung.value]
    return sorted({value for found in counts for value in found if value}, reverse=not rung.from_lowest)


def counted_values(rung: TieRung, tied: Sequence[Contender]) -> tuple[int, ...]:
    """The exact values (thousandths) that a count compares one after the other; none for another kind of rung."""
    if rung.by != TieBy.COUNT:
        return ()
    return tuple(_counted_values(rung, [_marks(rung, each) for each in tied]))


def _judges(rung: TieRung, tied: Sequence[Contender]) -> list[Key]:
    def of(contender: Contender) -> Key:
        material = _limited(rung, contender)
        givers = {
            judge
            for criterion in material.criteria()
            for judge, value in material.cells[criterion.id].by_judge.items()
            if value > 0
        }
        return (Fraction(len(givers)),)

    return [of(each) for each in tied]


def _attempts(rung: TieRung, tied: Sequence[Contender]) -> list[Key]:
    best_high = tied[0].material.event.tabulation.best is Best.HIGHEST
    found = [
        sorted((item.weight * _zero(item.figure) for item in each.figures.phases), reverse=best_high) for each in tied
    ]
    return [tuple(figures) for figures in found]


def _majority(rung: TieRung, tied: Sequence[Contender]) -> list[Key]:
    totals = [_sheet_totals(rung, each) for each in tied]

    def wins(mine: Mapping[JudgeId, Fraction], others: Sequence[Mapping[JudgeId, Fraction]]) -> int:
        return sum(1 for other in others for judge, value in mine.items() if judge in other and value > other[judge])

    return [(Fraction(wins(mine, totals[:at] + totals[at + 1 :])),) for at, mine in enumerate(totals)]


def _order(rung: TieRung, tied: Sequence[Contender]) -> list[Key]:
    """Earlier is better, so that the numbers count downwards."""
    return [(Fraction(-each.number),) for each in tied]


def _elsewhere(rung: TieRung, tied: Sequence[Contender]) -> None:
    """A decision is looked up by the ladder itself."""


_COMPARE: Mapping[TieBy, Callable[[TieRung, Sequence[Contender]], list[Key] | None]] = {
    TieBy.DECIMALS: _decimals,
    TieBy.CRITERION: _by_part,
    TieBy.PHASE: _by_part,
    TieBy.GROUP: _by_part,
    TieBy.ADJUSTMENT: _adjustment,
    TieBy.SUBTOTAL: _subtotal,
    TieBy.UNTRIMMED: _untrimmed,
    TieBy.MEDIAN: _median,
    TieBy.COUNT: _count,
    TieBy.JUDGES: _judges,
    TieBy.ATTEMPTS: _attempts,
    TieBy.MAJORITY: _majority,
    TieBy.ORDER: _order,
    TieBy.DECISION: _elsewhere,
}
