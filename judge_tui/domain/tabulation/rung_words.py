"""What a rung of the tie ladder compares, in words."""

from __future__ import annotations

from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import mark_text
from judge_tui.domain.rules import TieBy, TieRung


def rung_text(event: Event, rung: TieRung) -> Message:
    """What a rung compares, in words."""
    names = [
        *(item.name for item in event.groups if item.id == rung.group),
        *(item.name for item in event.phases if item.id == rung.phase),
        *(item.name for item in event.criteria if item.id == rung.criterion),
    ]
    what = _rung_words(rung)
    if names:
        what = msg("{what} ({where})", what=what, where=tuple(names))
    return what


def _rung_words(rung: TieRung) -> Message:
    if rung.by == TieBy.DECIMALS:
        return (
            msg("the total with {decimals} decimals", decimals=rung.decimals)
            if rung.decimals
            else msg("the exact total")
        )
    if rung.by == TieBy.ADJUSTMENT:
        return msg("the points of “{name}”", name=rung.name)
    if rung.by == TieBy.COUNT and rung.value is not None:
        return msg("how many marks of {value}", value=mark_text(rung.value))
    if rung.by == TieBy.COUNT and rung.from_lowest:
        return msg("how many of each mark, from the lowest up")
    if rung.by == TieBy.ORDER and rung.highest is False:
        return msg("the later running order")
    return _RUNGS[TieBy(rung.by)]


_RUNGS = {
    TieBy.CRITERION: msg("the points of a criterion"),
    TieBy.PHASE: msg("the points of a phase"),
    TieBy.GROUP: msg("the points of a group of judges"),
    TieBy.SUBTOTAL: msg("the points before adjustments"),
    TieBy.UNTRIMMED: msg("the points with nothing dropped"),
    TieBy.MEDIAN: msg("the median of the judges"),
    TieBy.COUNT: msg("how many of each mark, from the highest down"),
    TieBy.JUDGES: msg("how many judges gave points"),
    TieBy.ATTEMPTS: msg("the best phase, then the next best"),
    TieBy.MAJORITY: msg("how many judges put it ahead"),
    TieBy.ORDER: msg("the earlier running order"),
    TieBy.DECISION: msg("the organiser's decision"),
}
