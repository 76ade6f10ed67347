"""The awards of the year: who meets the declared conditions, and what the organiser still has to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judge_tui.domain.numbers import THOUSAND
from judge_tui.domain.season.declared import AnnualAward, Cut, Declared
from judge_tui.domain.season.standings import Line, Table


@dataclass(frozen=True, slots=True)
class Given:
    """An annual award in one field: who gets it, and among whom the organiser must choose the last `room`."""

    award: AnnualAward
    field: str
    winners: tuple[Line, ...]
    undecided: tuple[Line, ...] = ()
    room: int = 0


def annual_awards(tables: Sequence[Table], declared: Declared) -> tuple[Given, ...]:
    """Every declared award in every field that has placed anybody."""
    return tuple(
        _give(award, item)
        for item in tables
        if any(line.place is not None for line in item.lines)
        for award in declared.annual
    )


def _give(award: AnnualAward, standings: Table) -> Given:
    placed = [line for line in standings.lines if line.place is not None]
    chosen = [line for line in placed if _may_have(award, line, placed)]
    if award.quota is None or len(chosen) <= award.quota:
        return Given(award, standings.field.name, tuple(chosen))
    edge = chosen[award.quota - 1].place
    if chosen[award.quota].place != edge:
        return Given(award, standings.field.name, tuple(chosen[: award.quota]))
    inside = tuple(line for line in chosen[: award.quota] if line.place != edge)
    tied = tuple(line for line in chosen if line.place == edge)
    if award.cut == Cut.ALL:
        return Given(award, standings.field.name, inside + tied)
    if award.cut == Cut.NONE:
        return Given(award, standings.field.name, inside)
    return Given(award, standings.field.name, inside, tied, award.quota - len(inside))


def _may_have(award: AnnualAward, line: Line, placed: Sequence[Line]) -> bool:
    assert line.place is not None
    assert line.figure is not None
    behind = sum((other.place or 0) > line.place for other in placed)
    figure = line.figure * THOUSAND
    return (
        (award.top is None or line.place <= award.top)
        and (award.bottom is None or behind < award.bottom)
        and (award.at_least is None or figure >= award.at_least)
        and (award.below is None or figure < award.below)
        and (not award.needs or line.award_counts.get(award.needs, 0) >= award.times)
        and not any(line.award_counts.get(name) for name in award.without)
    )
