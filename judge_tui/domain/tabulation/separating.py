"""What put one under the one before: the difference of the totals, or the rung of the tie ladder and its figures."""

from __future__ import annotations

from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import decimal_text, mark_text
from judge_tui.domain.rules import Best, TieBy
from judge_tui.domain.tabulation.ladder import Separation
from judge_tui.domain.tabulation.placing import Placed
from judge_tui.domain.tabulation.rung_words import rung_text
from judge_tui.domain.tabulation.telling import figure_text


def separation_text(event: Event, placed: Placed) -> Message | None:
    """One sentence about the neighbour just above; None for the first of a ranking."""
    if placed.before is None:
        return None
    name = event.organisation_by_id[placed.before.organisation].name
    mine, theirs = placed.contender.figures.total, placed.before.figures.total
    if mine is not None and theirs is not None and mine != theirs:
        points = decimal_text(abs(theirs - mine), event.tabulation.decimals)
        if event.tabulation.best is Best.LOWEST:
            return msg("{points} more than {name}, and the lowest wins", points=points, name=name)
        return msg("behind {name} by {points}", points=points, name=name)
    if placed.separation is None:
        return None
    return _by_rung(event, placed.separation, name)


def _by_rung(event: Event, separation: Separation, name: str) -> Message:
    rung = separation.rung
    what = rung_text(event, rung)
    if rung.by == TieBy.DECISION:
        return msg(
            "level with {name}; put after by the organiser's decision: {reason}", name=name, reason=separation.reason
        )
    at = next(at for at, pair in enumerate(zip(separation.better, separation.worse)) if pair[0] != pair[1])
    better, worse = separation.better[at], separation.worse[at]
    if rung.by == TieBy.ORDER:
        better, worse = -better, -worse
    if rung.by == TieBy.COUNT:
        value = mark_text(separation.values[at])
        return msg(
            "level with {name}; {what}: {theirs} times {value} against {mine}",
            name=name,
            what=what,
            theirs=figure_text(better),
            mine=figure_text(worse),
            value=value,
        )
    return msg(
        "level with {name}; {what}: {theirs} against {mine}, {difference} apart",
        name=name,
        what=what,
        theirs=figure_text(better),
        mine=figure_text(worse),
        difference=figure_text(abs(better - worse)),
    )
