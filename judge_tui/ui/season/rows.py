"""What each room of the season's screen shows, line by line. Pure: a season in, lines out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from judge_tui.domain.commitments import CommitmentState, line
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import short_text
from judge_tui.domain.season.chart import scale, strip
from judge_tui.domain.season.promises import all_counts
from judge_tui.domain.season.season import Season
from judge_tui.domain.season.standings import Line as Standing
from judge_tui.domain.season.standings import Table
from judge_tui.i18n import translator as _t
from judge_tui.services.documents.season import honour_words, outcome_words, undecided_words
from judge_tui.ui.widgets.line_list import Column, Line

CHART = 30
DOUBTS = {
    "id": msg("one id, two names"),
    "name": msg("one name, two ids"),
    "like": msg("names that are alike"),
}

STANDINGS = (
    Column(msg("Place"), 6, "right"),
    Column(msg("Name"), most=24),
    Column(msg("Over all"), 8, "right"),
    Column(msg("Trend"), 6, "right"),
    Column(msg("Places so far"), most=40),
    Column(msg("Awards so far")),
)
TREND = (
    Column(msg("Name"), most=20),
    Column(msg("From the first (o) to the last (*)"), CHART + 2),
    Column(msg("Total scores")),
)
WORDS = (Column(msg("What")),)
PROMISES = (Column(msg("Name"), most=20), Column(msg("What")))
PAIRS = (Column(msg("One of them"), most=28), Column(msg("The other one"), most=28), Column(msg("Why in doubt")))


def _head(text: str, columns: Sequence[Column], at: int = 0) -> Line:
    """A heading over some lines, in the column `at`."""
    return Line(tuple(text if place == at else "" for place in range(len(columns))), "strong")


def _several(season: Season) -> bool:
    return len(season.tables) > 1


def standings(season: Season) -> list[Line]:
    """Every ranking under its name; venues in parallel one after the other, never mixed."""
    found: list[Line] = []
    for table in season.tables:
        if _several(season):
            found.append(_head(table.field.name, STANDINGS, 1))
        found += [_standing(item) for item in table.lines]
    return found


def _standing(item: Standing) -> Line:
    change = "" if item.change is None else f"{item.change:+d}" if item.change else "="
    places = " ".join("-" if place is None else str(place) for place in item.places)
    awards = "、".join(name if count == 1 else f"{name} ({count})" for name, count in item.award_counts.items())
    place = "-" if item.place is None else str(item.place)
    if item.tied:
        place = _t(msg("{place} shared", place=place))
    tone = "good" if item.place == 1 else "dim" if item.place is None else ""
    return Line((place, item.name, item.figure_text, change, places, awards), tone)


def trend(season: Season) -> list[Line]:
    """One organisation's way on one line, on the scale of its ranking."""
    found: list[Line] = []
    for table in season.tables:
        rows = _totals(table)
        low, high = scale(totals for _, totals in rows)
        if rows and _several(season):
            found.append(_head(table.field.name, TREND))
        for name, totals in rows:
            shown = "  ".join(short_text(total) if total is not None else "-" for total in totals)
            found.append(Line((name, f"|{strip(totals, low, high, CHART)}|", shown)))
    return found


def _totals(table: Table) -> list[tuple[str, list[Fraction | None]]]:
    rows = [(item.name, [None if entry is None else entry.total for entry in item.showings]) for item in table.lines]
    return [(name, totals) for name, totals in rows if sum(total is not None for total in totals) > 1]


def honours(season: Season) -> list[Line]:
    """What was won, then what definitions carry as text, then what goes to the last."""
    won = [item for item in season.honours if not item.last]
    last = [item for item in season.honours if item.last]
    found = [Line((_t(honour_words(item)),)) for item in won]
    found += [Line((_t(msg("{where}: {what}", where=name, what=words)),)) for name, words in season.printed]
    if last:
        found.append(_head(_t(msg("Flags and lists of the last")), WORDS))
    return found + [Line((_t(honour_words(item)),), "doubt") for item in last]


def follows(season: Season) -> list[Line]:
    """What the declared rules say, and the awards of the year."""
    found = [Line((_t(outcome_words(item)),), "doubt" if item.lasts else "") for item in season.outcomes]
    for given in season.annual:
        where = f"{given.field} {given.award.name}" if _several(season) else given.award.name
        names = tuple(winner.name for winner in given.winners)
        found.append(Line((_t(msg("{where}: {what}", where=where, what=names or "-")),), "good"))
        if given.undecided:
            found.append(Line((_t(undecided_words(given)),), "doubt"))
    return found


def promises(season: Season) -> list[Line]:
    """All of them counted, each organisation's counted, and what is still open."""
    if not season.promises:
        return []
    found = [Line(("", _t(msg("Commitments: {counts}", counts=all_counts(season.promises).words))), "strong")]
    for item in season.promises:
        found.append(Line((item.name, _t(item.counts.words))))
        found += [
            Line(("", _t(line(made))), "dim") for made in item.commitments if made.state is not CommitmentState.DONE
        ]
    return found


def doubts(season: Season) -> list[Line]:
    """Pairs that may be one organisation."""
    titles = {item.id: item.label for item in season.rounds}
    return [
        Line(
            (
                f"{item.first_name} ({titles[item.first[0]]})",
                f"{item.second_name} ({titles[item.second[0]]})",
                _t(DOUBTS[item.kind]),
            )
        )
        for item in season.doubts
    ]


def notes(season: Season) -> Sequence[Message]:
    """What to know first: provisional results, venues in parallel."""
    return season.notes
