"""A season as far as its events publish it: what goes on paper for everybody holds no total, place or list of the last that one of
them keeps back, and no order that betrays it."""

from __future__ import annotations

from dataclasses import replace

from judge_tui.domain.messages import msg
from judge_tui.domain.season.rounds import EVERYTHING, Round, Showing
from judge_tui.domain.season.season import Season
from judge_tui.domain.season.standings import Line, Table


def as_published(season: Season) -> Season:
    """The season without what its events do not publish, and with a note where anything was left out."""
    if all(item.published == EVERYTHING for item in season.rounds):
        return season
    kept_back = {name for item in season.rounds if "bottom" not in item.published for name in item.lasts}
    return replace(
        season,
        tables=tuple(map(_table, season.tables)),
        honours=tuple(item for item in season.honours if item.award not in kept_back),
        outcomes=tuple(item for item in season.outcomes if item.rule.award not in kept_back),
        notes=(*season.notes, msg("What an event does not publish is left out here.")),
    )


def _table(item: Table) -> Table:
    rounds = item.field.rounds
    scores = all("scores" in entry.published for entry in rounds)
    places = all("places" in entry.published for entry in rounds)
    lines = tuple(_line(line, rounds, scores=scores, places=places) for line in item.lines)
    if not places:
        lines = tuple(sorted(lines, key=lambda line: line.name))
    return replace(item, lines=lines, rules=item.rules if scores else ())


def _line(line: Line, rounds: tuple[Round, ...], *, scores: bool, places: bool) -> Line:
    """What all of a year comes to says something of each of its events, so that one of them that keeps back is enough."""
    return Line(
        line.organisation,
        line.name,
        tuple(showing and _showing(showing, entry) for showing, entry in zip(line.showings, rounds, strict=True)),
        line.figure if scores else None,
        line.figure_text if scores else "",
        line.place if places else None,
        line.tied and places,
        line.short if places else None,
    )


def _showing(showing: Showing, entry: Round) -> Showing:
    hidden = frozenset[str]() if "bottom" in entry.published else entry.lasts
    scores, places = "scores" in entry.published, "places" in entry.published
    return replace(
        showing,
        total=showing.total if scores else None,
        total_text=showing.total_text if scores else "",
        place=showing.place if places else None,
        award_names=tuple(name for name in showing.award_names if name not in hidden),
    )
