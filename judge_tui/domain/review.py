"""What a judge should look at once more before handing in: nothing here is wrong, and nothing is refused."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from judge_tui.domain import marks
from judge_tui.domain.event import Criterion, OrganisationId, Points, Votes
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.numbers import mark_text
from judge_tui.domain.seat import Card, Progress

ENOUGH = 5
"""From how many marks on a column or a sheet is compared at all."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something odd, and where to look."""

    text: Message
    organisation: OrganisationId


@dataclass(frozen=True, slots=True)
class Spread:
    """A judge's own marks in one criterion, in thousandths of a point before any weight."""

    criterion: Criterion
    least: int
    mean: Fraction
    most: int
    count: int


def spreads(progress: Progress) -> tuple[Spread, ...]:
    """How a judge's own marks are spread, criterion by criterion; those without points are left out."""
    found = []
    for criterion in progress.sheet.criteria:
        given = [card.given[criterion.id].value for card in progress.cards if criterion.id in card.given]
        values = [worth for value in given if (worth := marks.bare_points(criterion.method, value)) is not None]
        if values and not isinstance(criterion.method, Votes):
            found.append(Spread(criterion, min(values), Fraction(sum(values), len(values)), max(values), len(values)))
    return tuple(found)


def doubts(progress: Progress) -> tuple[Doubt, ...]:
    """Marks far from all others, zeros, columns without a difference, sheets that are equal mark for mark."""
    found: list[Doubt] = []
    cards = [card for card in progress.cards if card.recusal is None and card.organisation.status != "withdrawn"]
    for criterion in progress.sheet.criteria:
        if isinstance(criterion.method, Points):
            found += _column(cards, criterion, criterion.method)
    return (*found, *_twins(progress, cards))


def _column(cards: list[Card], criterion: Criterion, method: Points) -> list[Doubt]:
    given = [
        (card, marks.bare_points(method, card.given[criterion.id].value))
        for card in cards
        if criterion.id in card.given
    ]
    known = [(card, value) for card, value in given if value is not None]
    values = sorted(value for _, value in known)
    if not values:
        return []
    if len(values) >= ENOUGH and values[0] == values[-1] and not criterion.bonus:
        text = msg("{criterion}: all have {mark}", criterion=criterion.name, mark=mark_text(values[0]))
        return [Doubt(text, known[0][0].organisation.id)]
    middle = values[len(values) // 2]
    span = Fraction(method.most - method.least, 2)
    found = []
    for card, value in known:
        zero = value == 0 and method.least == 0 and not criterion.bonus
        far = len(values) >= ENOUGH and abs(value - middle) > span
        if zero or far:
            text = msg(
                "{number} {name}: {criterion} has {mark}",
                number=card.organisation.number,
                name=card.organisation.name,
                criterion=criterion.name,
                mark=mark_text(value),
            )
            found.append(Doubt(text, card.organisation.id))
    return found


def _twins(progress: Progress, cards: list[Card]) -> list[Doubt]:
    """Organisations that got the same mark in every one of at least two criteria."""
    if len(progress.sheet.criteria) < 2:
        return []
    same: dict[tuple[object, ...], list[Card]] = {}
    for card in cards:
        if not card.missing and card.given:
            marks_given = tuple(
                card.given[item.id].value if item.id in card.given else None for item in progress.sheet.criteria
            )
            same.setdefault(marks_given, []).append(card)
    found = []
    for twins in same.values():
        if len(twins) > 1:
            names = tuple(card.organisation.name for card in twins[:6])
            text = nmsg(
                "{count} have the same marks throughout: {names}",
                "{count} have the same marks throughout: {names}",
                len(twins),
                names=names,
            )
            found.append(Doubt(text, twins[0].organisation.id))
    return found
