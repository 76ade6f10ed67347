"""Grades, prizes and lists from places: quotas, percentages, thresholds, ties at the cut, exclusions."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction

from judge_tui.domain.event import Event, OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import THOUSAND
from judge_tui.domain.rules import Award, AwardKind, CutTie, Numbering, PercentRounding
from judge_tui.domain.tabulation.inputs import Decision
from judge_tui.domain.tabulation.placing import Placed
from judge_tui.domain.tabulation.result import Lack

Awarded = dict[OrganisationId, tuple[str, ...]]
"""The ids of what each organisation got, in the order of the definition."""


def hand_out(event: Event, placed: Sequence[Placed], decisions: Sequence[Decision]) -> tuple[Awarded, list[Lack]]:
    """Who gets what, and which cuts are still to be decided."""
    ceremony = _Ceremony(event, decisions)
    for award in event.awards:
        for division in _fields(event, award):
            ceremony.hand(award, [item for item in placed if division is None or _division(event, item) == division])
    ceremony.check_grades(placed)
    return {key: tuple(item.id for item in held) for key, held in ceremony.held.items()}, ceremony.lacks


def _division(event: Event, item: Placed) -> str:
    return event.organisation_by_id[item.contender.organisation].division


def _fields(event: Event, award: Award) -> list[str | None]:
    """The classes an award is handed out in, each by itself; None for the whole field."""
    if award.division:
        return [award.division]
    if event.tabulation.by_division:
        return list(dict.fromkeys(item.division for item in event.organisations))
    return [None]


def series_of(award: Award) -> str:
    """What an organisation can hold only one of; empty where that does not matter."""
    if award.series:
        return award.series
    return str(award.kind) if award.kind in (AwardKind.GRADE, AwardKind.PRIZE) else ""


def is_conditional(award: Award) -> bool:
    """Whether it asks for a total or a place."""
    return any(value is not None for value in (award.at_least, award.below, award.top, award.bottom))


def share_of(award: Award, count: int) -> int | None:
    """How many of `count` organisations get an award; None where neither a number nor a percentage is declared."""
    limits = [] if award.quota is None else [award.quota]
    if award.percent is not None:
        exact = award.percent * count / 100
        down = exact.numerator // exact.denominator
        more = {
            PercentRounding.DOWN: False,
            PercentRounding.HALF: exact - down >= Fraction(1, 2),
            PercentRounding.UP: exact > down,
        }[award.percent_rounding]
        limits.append(down + more)
    return min(limits) if limits else None


def _clash(one: Award, other: Award) -> bool:
    """Whether nobody can hold both."""
    series = series_of(one)
    return one.id in other.excludes or other.id in one.excludes or bool(series and series == series_of(other))


@dataclass(slots=True)
class _Question:
    """Those among whom the organiser has to decide about an award, and how many of them get which one, whoever that will be."""

    award: Award
    who: frozenset[OrganisationId]
    taken: list[tuple[Award, int]] = field(default_factory=list)

    def concerns(self, award: Award) -> bool:
        """Whether who may have the award depends on the answer."""
        return award == self.award or any(_clash(award, other) for other, _ in self.taken)

    def left(self, award: Award) -> int:
        """How many of them will be free for the award."""
        return len(self.who) - sum(count for other, count in self.taken if _clash(award, other))


@dataclass(slots=True)
class _Ceremony:
    event: Event
    decisions: Sequence[Decision]
    held: dict[OrganisationId, list[Award]] = field(default_factory=dict)
    questions: list[_Question] = field(default_factory=list)
    """While one is open, nobody it is about is given what the answer could take away; the others get what they get either way."""
    lacks: list[Lack] = field(default_factory=list)

    def hand(self, award: Award, everyone: Sequence[Placed]) -> None:
        """Hand out one award in one field, best first."""
        chosen = self._by_place(award, everyone)
        chosen = self._free(award, [item for item in chosen if self._may_have(award, item)])
        share = share_of(award, len(everyone))
        if share is not None:
            chosen = self._cut(award, chosen[::-1] if award.from_last else chosen, share)
        ids = [item.contender.organisation for item in chosen]
        asked = [item for item in self.questions if item.concerns(award)]
        for question in asked:
            question.taken.append((award, len(question.who.intersection(ids))))
        for organisation in ids:
            if not any(organisation in question.who for question in asked):
                self.held.setdefault(organisation, []).append(award)

    def _by_place(self, award: Award, everyone: Sequence[Placed]) -> list[Placed]:
        """Those among the first and the last so many. Numbered 1, 1, 2 these are places: whoever is third is among the first three."""
        chosen = list(everyone)
        if self.event.tabulation.numbering is Numbering.DENSE:
            ranks = sorted({item.rank for item in everyone})
            if award.top is not None:
                chosen = [item for item in chosen if item.rank in ranks[: award.top]]
            if award.bottom is not None:
                chosen = [item for item in chosen if item.rank in ranks[-award.bottom :]]
            return chosen
        if award.top is not None:
            chosen = self._cut(award, chosen, award.top)
        if award.bottom is not None:
            chosen = self._cut(award, chosen[::-1], award.bottom)[::-1]
        return chosen

    def _free(self, award: Award, line: Sequence[Placed]) -> list[Placed]:
        """The line without those who will have something that excludes this award; while it is open who they are, some of them
        stand for all."""
        for question in self.questions:
            if question.concerns(award):
                asked = [item for item in line if item.contender.organisation in question.who]
                surplus = asked[max(question.left(award), 0) :]
                line = [item for item in line if item not in surplus]
        return list(line)

    def _may_have(self, award: Award, item: Placed) -> bool:
        total = (item.contender.figures.total or 0) * THOUSAND
        if (award.at_least is not None and total < award.at_least) or (
            award.below is not None and total >= award.below
        ):
            return False
        return not any(_clash(award, held) for held in self.held.get(item.contender.organisation, ()))

    def _cut(self, award: Award, line: Sequence[Placed], share: int) -> list[Placed]:
        """The first `share` of a line; those who share the last place in it by the declared rule."""
        if share <= 0:
            return []
        if len(line) <= share:
            return list(line)
        edge = line[share - 1].rank
        if line[share].rank != edge:
            return list(line[:share])
        inside = [item for item in line[:share] if item.rank != edge]
        at_edge = [item for item in line if item.rank == edge]
        if award.cut is CutTie.ALL:
            return inside + at_edge
        if award.cut is CutTie.DECIDE:
            return inside + self._decided(award, at_edge, share - len(inside))
        return inside

    def _decided(self, award: Award, tied: Sequence[Placed], places: int) -> list[Placed]:
        """Which of those at the cut get it: while that is open, as many of them as there is room for stand for all.

        Whoever falls short of the points, or holds what excludes the award, needs no decision.
        """
        able = {item.contender.organisation: item for item in tied if self._may_have(award, item)}
        if len(able) <= places:
            return list(able.values())
        fitting = [item for item in self.decisions if item.award == award.id and _answers(item, able.keys())]
        if fitting:
            return [able[key] for key in fitting[-1].organisations if key in able][:places]
        room = list(able.values())[:places]
        if any(able.keys() <= question.who for question in self.questions if question.concerns(award)):
            return room
        self.questions.append(_Question(award, frozenset(able)))
        message = msg(
            "“{award}”: {names} share the place at the cut, and there is room for {count}",
            award=award.name,
            names=tuple(self.event.organisation_by_id[key].name for key in able),
            count=places,
        )
        self.lacks.append(Lack("award", message, "", next(iter(able)), award=award.id))
        return room

    def check_grades(self, placed: Sequence[Placed]) -> None:
        """Fixed grades for everyone must add up to everyone who is ranked."""
        if self.event.tabulation.by_division:
            return
        quotas = grade_quotas(self.event.awards)
        if placed and quotas is not None and quotas != len(placed):
            message = msg(
                "the grades are for {quotas} organisations, and {count} are ranked", quotas=quotas, count=len(placed)
            )
            self.lacks.append(Lack("award", message))


def _answers(decision: Decision, tied: Set[OrganisationId]) -> bool:
    """Whether it is about these: it puts all of them in order, or names the winners among them."""
    named = set(decision.organisations)
    return tied <= named or (bool(named) and named <= tied)


def grade_quotas(awards: Sequence[Award]) -> int | None:
    """For how many the fixed grades are, where every grade is a plain number of organisations; else None."""
    grades = [award for award in awards if award.kind == AwardKind.GRADE]
    plain = all(
        award.quota is not None and award.percent is None and not award.division and not is_conditional(award)
        for award in grades
    )
    return sum(award.quota or 0 for award in grades) if grades and plain else None
