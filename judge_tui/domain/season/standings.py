"""One ranking over several rounds: what each organisation did in each, the year's figure, place and direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.domain.numbers import THOUSAND, decimal_text, mark_text, round_half_up
from judge_tui.domain.season.declared import Adding, Declared
from judge_tui.domain.season.fields import Field
from judge_tui.domain.season.matching import Matches
from judge_tui.domain.season.rounds import Showing


@dataclass(frozen=True)
class Line:
    """One organisation through a field. `showings` has one item a round, None where it was not there; `figure` is what the
    year comes to (after rounding), None without a total; `place` is None for who may not be placed (`short` says why)."""

    organisation: str
    name: str
    showings: tuple[Showing | None, ...]
    figure: Fraction | None
    figure_text: str
    place: int | None
    tied: bool = False
    short: Message | None = None

    @property
    def attended(self) -> int:
        """In how many rounds it took part; withdrawn does not count."""
        return sum(item is not None and item.status != "withdrawn" for item in self.showings)

    @cached_property
    def places(self) -> tuple[int | None, ...]:
        """Its place in each round."""
        return tuple(None if item is None else item.place for item in self.showings)

    @cached_property
    def award_counts(self) -> dict[str, int]:
        """How often it was given each award in this field."""
        found: dict[str, int] = {}
        for item in self.showings:
            for name in item.award_names if item is not None else ():
                found[name] = found.get(name, 0) + 1
        return found

    @property
    def change(self) -> int | None:
        """By how many places it rose (fell: negative) between the last two rounds in which it was ranked; None before two."""
        ranked = [place for place in self.places if place is not None]
        return ranked[-2] - ranked[-1] if len(ranked) > 1 else None


@dataclass(frozen=True, slots=True)
class Table:
    """The standings of a field, best first, those without a place last; `rules` says in words how they came about."""

    field: Field
    lines: tuple[Line, ...]
    rules: tuple[Message, ...]


def table(field: Field, matches: Matches, declared: Declared) -> Table:
    """The standings of one field."""
    rows: dict[str, list[Showing | None]] = {}
    for index, item in enumerate(field.rounds):
        for showing in item.showings:
            row = rows.setdefault(matches.identity[item.id, showing.organisation], [None] * len(field.rounds))
            row[index] = showing
    scored = sum(item.scored for item in field.rounds)
    least = max(1, declared.least or scored // 2 + 1)
    lower = _lower_is_better(field, declared)
    if lower is None:
        lines = [
            Line(key, matches.names[key], tuple(row), None, "", None, short=msg("no total"))
            for key, row in rows.items()
        ]
        return Table(field, tuple(lines), (_NOT_COMPARED,))
    lines = [_line(key, matches.names[key], row, declared, least, lower=lower) for key, row in rows.items()]
    return Table(field, _placed(lines, lower=lower), _rules(declared, scored, least, lower=lower))


_NOT_COMPARED = msg(
    "in some of these events the highest total wins, in others the lowest: totals are not taken together; by = {example} can be",
    example='"places"',
)


def _lower_is_better(field: Field, declared: Declared) -> bool | None:
    """Which way the season's figure goes; None where totals would have to go both ways."""
    if declared.by in (Adding.PLACES, Adding.POINTS):
        return declared.by == Adding.PLACES
    ways = {item.lowest for item in field.rounds if item.scored}
    return None if len(ways) > 1 else ways == {True}


def _line(key: str, name: str, row: Sequence[Showing | None], declared: Declared, least: int, *, lower: bool) -> Line:
    by_place = declared.by in (Adding.PLACES, Adding.POINTS)
    ranked = [item for item in row if item is not None and item.place is not None]
    counted = [item for item in ranked if by_place or item.total is not None]
    figure = _figure(counted, declared, lower=lower)
    short: Message | None = None
    if not counted:
        short = msg("no total")
    elif len(counted) < least:
        short = nmsg("only {count} counted event", "only {count} counted events", len(counted))
    text = "" if figure is None else decimal_text(figure, declared.decimals)
    return Line(key, name, tuple(row), figure, text, None, short=short)


def _figure(counted: Sequence[Showing], declared: Declared, *, lower: bool) -> Fraction | None:
    """The year's figure; the worst `drop` are left out as long as one remains."""
    values = sorted((_worth(item, declared) for item in counted), reverse=not lower)
    kept = values[: max(1, len(values) - declared.drop)]
    if not kept:
        return None
    total = sum(kept, Fraction(0))
    return round_half_up(total / len(kept) if declared.by in (Adding.MEAN, Adding.PLACES) else total, declared.decimals)


def _worth(item: Showing, declared: Declared) -> Fraction:
    assert item.place is not None
    if declared.by == Adding.PLACES:
        return Fraction(item.place)
    if declared.by == Adding.POINTS:
        points = declared.points[item.place - 1] if item.place <= len(declared.points) else 0
        return Fraction(points, THOUSAND)
    assert item.total is not None
    return item.total


def _placed(lines: Sequence[Line], *, lower: bool) -> tuple[Line, ...]:
    """Places 1, 1, 3; who is short comes last, in the order of the field."""
    ranked = sorted(
        (item for item in lines if item.short is None and item.figure is not None),
        key=lambda item: item.figure or Fraction(0),
        reverse=not lower,
    )
    figures = [item.figure for item in ranked]
    found = [
        Line(
            item.organisation,
            item.name,
            item.showings,
            item.figure,
            item.figure_text,
            figures.index(item.figure) + 1,
            tied=figures.count(item.figure) > 1,
        )
        for item in ranked
    ]
    return (*found, *(item for item in lines if item.short is not None))


def _rules(declared: Declared, scored: int, least: int, *, lower: bool) -> tuple[Message, ...]:
    if not scored:
        return (msg("no totals were given: nobody is placed"),)
    ways = {
        Adding.MEAN: msg("the season's figure is the mean of the totals"),
        Adding.SUM: msg("the season's figure is the sum of the totals"),
        Adding.PLACES: msg("the season's figure is the mean of the places, the lowest is best"),
        Adding.POINTS: msg(
            "the season's figure is the sum of points for places: {points}",
            points=tuple(verbatim(mark_text(item)) for item in declared.points),
        ),
    }
    found = [
        ways[declared.by],
        nmsg(
            "placed is who has a total in at least {count} event",
            "placed is who has a total in at least {count} events",
            least,
        ),
    ]
    if lower and declared.by in (Adding.MEAN, Adding.SUM):
        found.append(msg("the lowest is best, as in the events"))
    if declared.drop:
        found.append(nmsg("the worst event is left out", "the {count} worst events are left out", declared.drop))
    return tuple(found)
