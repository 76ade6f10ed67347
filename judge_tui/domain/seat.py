"""One judge's progress: each organisation's state, what is missing, own totals and own ranking. Nobody else's marks.

Immutable and cheap to step: one mark replaces one `Card`; nothing is folded anew (`Progress.with_card`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import lcm

from judge_tui.domain import marks
from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import Criterion, CriterionId, Event, Judge, Organisation, OrganisationId, Places, Votes
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import THOUSAND


class SeatState(StrEnum):
    """What one organisation is to one judge."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    COMPLETE = "complete"
    LATER = "later"
    RECUSED = "recused"
    WITHDRAWN = "withdrawn"
    SUBMITTED = "submitted"
    REOPENED = "reopened"

    @property
    def word(self) -> Message:
        """The state in a word."""
        return _WORDS[self]

    @property
    def finished(self) -> bool:
        """Whether nothing more is asked of the judge here."""
        return self in _FINISHED


_WORDS = {
    SeatState.NOT_BEGUN: msg("not begun"),
    SeatState.BEGUN: msg("begun"),
    SeatState.COMPLETE: msg("complete"),
    SeatState.LATER: msg("later"),
    SeatState.RECUSED: msg("recused"),
    SeatState.WITHDRAWN: msg("withdrawn"),
    SeatState.SUBMITTED: msg("submitted"),
    SeatState.REOPENED: msg("reopened"),
}
_FINISHED = frozenset({SeatState.COMPLETE, SeatState.RECUSED, SeatState.WITHDRAWN, SeatState.SUBMITTED})


@dataclass(frozen=True, slots=True)
class OwnMark:
    """A mark as it stands. `hashes` (lower-case hex) are the entries a correction has to replace; more than one says
    that two copies of this judge's file were written apart. `findings` are texts beside a checklist's items."""

    value: MarkValue
    hashes: tuple[str, ...] = ()
    findings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnText:
    """A comment as it stands, and the entries that a new one has to replace."""

    text: str
    hashes: tuple[str, ...] = ()


def _most(criterion: Criterion) -> Fraction | None:
    """What one organisation can get in a criterion; a first place that is worth points counts as well."""
    if isinstance(criterion.method, Places) and criterion.method.points and not criterion.bonus:
        return Fraction(max(criterion.method.points), THOUSAND) * criterion.weight
    return marks.most_points(criterion)


@dataclass(frozen=True, eq=False)
class Sheet:
    """What one judge scores, with the weights as whole numbers, so that own totals add up and sort without fractions.

    `unit` is how many of the smallest weighted parts make one thousandth of a point.
    """

    criteria: tuple[Criterion, ...]

    @cached_property
    def unit(self) -> int:
        return lcm(*(item.weight.denominator for item in self.criteria))

    @cached_property
    def weights(self) -> Mapping[CriterionId, int]:
        return {item.id: int(item.weight * self.unit) for item in self.criteria}

    @cached_property
    def asked(self) -> frozenset[CriterionId]:
        """The criteria that are missing when left blank: no bonus, and no vote, where fewer are valid."""
        return frozenset(item.id for item in self.criteria if not item.bonus and not isinstance(item.method, Votes))

    @cached_property
    def full(self) -> Fraction | None:
        """Full marks of one organisation, None where no criterion has any."""
        known = [full for item in self.criteria if (full := _most(item)) is not None]
        return sum(known, Fraction(0)) if known else None


@dataclass(frozen=True)
class Card:
    """One organisation before one judge. `recusal` is the reason, None where he scores it; `fixed` where the definition
    excludes him. `locked` after submission, `reopened` after the organiser opened it again. `later` is his own reminder."""

    organisation: Organisation
    sheet: Sheet
    given: Mapping[CriterionId, OwnMark] = field(default_factory=dict)
    comment: OwnText = field(default_factory=lambda: OwnText(""))
    recusal: OwnText | None = None
    fixed: bool = False
    locked: bool = False
    reopened: bool = False
    later: bool = False

    @cached_property
    def missing(self) -> tuple[Criterion, ...]:
        """What is still to be given; a bonus may stay blank, and so may a vote."""
        if self.recusal is not None or self.organisation.status == "withdrawn":
            return ()
        asked = self.sheet.asked
        return tuple(item for item in self.sheet.criteria if item.id not in self.given and item.id in asked)

    @cached_property
    def comment_due(self) -> bool:
        """Whether a mark given here asks for a comment that is not written."""
        return not self.comment.text and any(
            marks.needs_comment(item, self.given[item.id].value)
            for item in self.sheet.criteria
            if item.id in self.given
        )

    @cached_property
    def units(self) -> int | None:
        """Weighted points given so far in the sheet's smallest parts; None where none were."""
        weights = self.sheet.weights
        parts = [
            worth * weights[item.id]
            for item in self.sheet.criteria
            if item.id in self.given
            and (worth := marks.bare_points(item.method, self.given[item.id].value)) is not None
        ]
        return sum(parts) if parts else None

    @property
    def total(self) -> Fraction | None:
        """Weighted points given so far; None where none were."""
        return None if self.units is None else Fraction(self.units, self.sheet.unit * THOUSAND)

    @cached_property
    def state(self) -> SeatState:
        """The one word for it."""
        if self.organisation.status == "withdrawn":
            return SeatState.WITHDRAWN
        if self.recusal is not None:
            return SeatState.RECUSED
        if self.locked:
            return SeatState.SUBMITTED
        if self.reopened:
            return SeatState.REOPENED
        if self.later:
            return SeatState.LATER
        touched = bool(self.given) or (not self.sheet.criteria and bool(self.comment.text))
        if touched and not self.missing and not self.comment_due:
            return SeatState.COMPLETE
        return SeatState.BEGUN if touched or self.comment.text else SeatState.NOT_BEGUN

    @property
    def closed(self) -> bool:
        """Whether no marks can be given here."""
        return self.locked or self.recusal is not None or self.organisation.status == "withdrawn"

    def with_mark(self, criterion: CriterionId, mark: OwnMark | None) -> Card:
        """The card with one mark given, corrected or (None) taken back; a full card needs no reminder any more."""
        given = {key: value for key, value in self.given.items() if key != criterion}
        if mark is not None:
            given[criterion] = mark
        card = replace(self, given=given)
        return replace(card, later=False) if card.later and not card.missing else card


@dataclass(frozen=True)
class Progress:
    """All organisations in running order, as one judge stands with them."""

    event: Event
    judge: Judge
    sheet: Sheet
    cards: tuple[Card, ...]
    order: Mapping[OrganisationId, int]
    sums: Mapping[CriterionId, tuple[int, int]]
    """For each criterion the unweighted thousandths given over all organisations, and how many gave some."""

    def card(self, organisation: OrganisationId) -> Card:
        """One organisation's card. Raises KeyError for an unknown one."""
        return self.cards[self.order[organisation]]

    def with_card(self, card: Card) -> Progress:
        """The same with one card in another state; only what the card changes is worked out anew."""
        here = self.order[card.organisation.id]
        before = self.cards[here]
        sums = dict(self.sums)
        for item in self.sheet.criteria:
            old, new = before.given.get(item.id), card.given.get(item.id)
            if old is not new:
                total, count = sums[item.id]
                gone, come = _worth(item, old), _worth(item, new)
                sums[item.id] = (
                    total - (gone or 0) + (come or 0),
                    count - (gone is not None) + (come is not None),
                )
        return replace(self, cards=(*self.cards[:here], card, *self.cards[here + 1 :]), sums=sums)

    @cached_property
    def counts(self) -> Counter[SeatState]:
        """How many organisations are in each state."""
        return Counter(card.state for card in self.cards)

    @cached_property
    def finished(self) -> int:
        """How many organisations ask nothing more of this judge."""
        return sum(count for state, count in self.counts.items() if state.finished)

    @cached_property
    def missing(self) -> tuple[tuple[Organisation, Criterion], ...]:
        """Every mark still to be given, in running order."""
        return tuple((card.organisation, item) for card in self.cards if not card.locked for item in card.missing)

    @cached_property
    def comments_due(self) -> tuple[Organisation, ...]:
        """Organisations whose marks ask for a comment."""
        return tuple(card.organisation for card in self.cards if not card.closed and card.comment_due)

    @cached_property
    def locked(self) -> bool:
        """Whether everything that can be submitted is."""
        open_cards = [card for card in self.cards if card.organisation.status != "withdrawn" and card.recusal is None]
        return bool(open_cards) and all(card.locked for card in open_cards)

    @cached_property
    def ranks(self) -> Mapping[OrganisationId, int]:
        """Own places (1,1,3) among the organisations that are fully marked, by own total."""
        totals = [(card.units or 0, card.organisation.id) for card in self.cards if _ranked(card)]
        totals.sort(key=lambda item: item[0], reverse=True)
        places: dict[OrganisationId, int] = {}
        place, before = 0, None
        for count, (total, organisation) in enumerate(totals, 1):
            if total != before:
                place, before = count, total
            places[organisation] = place
        return places

    def place_of(self, card: Card) -> int | None:
        """The own place of one card, without putting all of them in order."""
        if not _ranked(card):
            return None
        return 1 + sum(1 for other in self.cards if _ranked(other) and (other.units or 0) > (card.units or 0))

    def column_total(self, criterion: CriterionId) -> tuple[Fraction, int]:
        """Unweighted points given for one criterion over all organisations, in points, and how many gave some."""
        total, count = self.sums[criterion]
        return Fraction(total, THOUSAND), count

    def taken(self, criterion: CriterionId, value: MarkValue, but: OrganisationId) -> Organisation | None:
        """Another organisation that already has this place; None for methods in which marks may repeat."""
        if not isinstance(self.event.criterion_by_id[criterion].method, Places):
            return None
        for card in self.cards:
            mark = card.given.get(criterion)
            if mark is not None and mark.value == value and card.organisation.id != but:
                return card.organisation
        return None

    def votes(self, criterion: CriterionId) -> int:
        """How many organisations this judge has voted for."""
        return sum(1 for card in self.cards if (mark := card.given.get(criterion)) is not None and mark.value == 1)

    def resume(self) -> OrganisationId | None:
        """Where to go on: the first organisation that is neither finished nor put off, else the first put off."""
        waiting = [card for card in self.cards if not card.state.finished]
        now = [card for card in waiting if card.state is not SeatState.LATER]
        return next((card.organisation.id for card in (*now, *waiting)), None)


def progress_of(event: Event, judge: Judge, sheet: Sheet, cards: Iterable[Card]) -> Progress:
    """The progress from cards of any order; they are put into running order."""
    ordered = tuple(sorted(cards, key=lambda card: (card.organisation.number, card.organisation.id)))
    order = {card.organisation.id: place for place, card in enumerate(ordered)}
    sums = {}
    for item in sheet.criteria:
        known = [worth for card in ordered if (worth := _worth(item, card.given.get(item.id))) is not None]
        sums[item.id] = (sum(known), len(known))
    return Progress(event, judge, sheet, ordered, order, sums)


def _worth(criterion: Criterion, mark: OwnMark | None) -> int | None:
    return None if mark is None else marks.bare_points(criterion.method, mark.value)


def _ranked(card: Card) -> bool:
    return card.units is not None and not card.missing and card.recusal is None
