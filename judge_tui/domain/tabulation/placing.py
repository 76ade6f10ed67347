"""From totals to places: order, ties, numbering, classes; those out of the ranking come after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from judge_tui.domain.event import Event
from judge_tui.domain.rules import Best, Numbering
from judge_tui.domain.tabulation.comparing import Contender
from judge_tui.domain.tabulation.ladder import Ladder, Separation


@dataclass(frozen=True, slots=True)
class Placed:
    """One contender with its place; `before` is the neighbour just above (None for the first)."""

    contender: Contender
    rank: int
    tied: bool
    before: Contender | None
    separation: Separation | None
    division: str


def place_all(event: Event, contenders: Sequence[Contender], ladder: Ladder) -> list[Placed]:
    """All contenders with their places, best first; class by class where classes are ranked separately."""
    if not event.tabulation.by_division:
        return _place(event, contenders, ladder, "")
    divisions = dict.fromkeys(item.division for item in event.organisations)
    return [
        placed
        for division in divisions
        for placed in _place(
            event,
            [item for item in contenders if event.organisation_by_id[item.organisation].division == division],
            ladder,
            division,
        )
    ]


def _place(event: Event, contenders: Sequence[Contender], ladder: Ladder, division: str) -> list[Placed]:
    rules = event.tabulation
    ordered = sorted(contenders, key=lambda item: item.number)
    ordered.sort(key=lambda item: item.figures.total or 0, reverse=rules.best is Best.HIGHEST)
    placed: list[Placed] = []
    dense = 0
    for _, same in groupby(ordered, key=lambda item: item.figures.total):
        tied = list(same)
        climbs = not placed or not rules.ties_first_place_only
        shared = ladder.split(tied, first=not placed) if climbs else ladder.shared(tied)
        for together in shared:
            dense += 1
            rank = dense if rules.numbering is Numbering.DENSE else len(placed) + 1
            above = placed[-1].contender if placed else None
            for member in together.contenders:
                placed.append(Placed(member, rank, len(together.contenders) > 1, above, together.separation, division))
    return placed
