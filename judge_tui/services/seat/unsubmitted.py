"""What a judge who hands over should know: marks that are not submitted do not count where the event counts submitted ones only."""

from __future__ import annotations

from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.rules import Counted
from judge_tui.domain.seat import Progress


def unsubmitted(event: Event, progress: Progress) -> Message | None:
    """In words, what of this sheet does not count yet; None where all of it does, or where the event counts every mark."""
    if event.tabulation.counted is not Counted.SUBMITTED or progress.locked:
        return None
    if not any(card.locked for card in progress.cards):
        return msg("The sheet is not submitted yet: nothing on it counts until it is.")
    waiting = sum(
        1
        for card in progress.cards
        if card.given and not card.locked and card.recusal is None and card.organisation.status != "withdrawn"
    )
    if not waiting:
        return None
    return nmsg(
        "The marks of {count} organisation are not submitted yet: they do not count until they are.",
        "The marks of {count} organisations are not submitted yet: they do not count until they are.",
        waiting,
    )
