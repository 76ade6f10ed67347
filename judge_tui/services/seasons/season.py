"""A season from a folder: every organiser's file and every published result in it, read and never written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from judge_tui.domain.definition.toml_text import parse_toml
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.domain.numbers import parse_share
from judge_tui.domain.rules import Best
from judge_tui.domain.season.declared import Declared
from judge_tui.domain.season.reader import read_season
from judge_tui.domain.season.rounds import EVERYTHING, Round, Showing
from judge_tui.domain.season.season import Season, build_season
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.result import Result
from judge_tui.services.seasons.matches import with_matches

SEASON_NAME = "season.toml"
"""The declarations' name in the season's folder."""

MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A season, and the files that were left out with the reason for each."""

    season: Season
    left_out: tuple[tuple[Path, Message], ...]


def open_season(folder: Path) -> Found:
    """The season in a folder and the folders below it.

    Raises JudgeTuiError (`NO_FOLDER`, `NO_EVENTS`), DefinitionError for a `season.toml` that is wrong. A file that cannot be
    read is left out and said.
    """
    if not folder.is_dir():
        raise JudgeTuiError(
            "NO_FOLDER",
            msg("There is no folder {path}", path=str(folder)),
            msg("Name the folder with the season's files."),
        )
    declaration = folder / SEASON_NAME
    declared, lines = Declared(), None
    if declaration.is_file():
        mapping, lines = parse_toml(_text(declaration), str(declaration))
        declared = read_season(mapping, str(declaration), lines)
    declared = with_matches(declared, folder, _text)
    rounds, left_out = _rounds(folder)
    if not rounds:
        raise JudgeTuiError(
            "NO_EVENTS",
            msg("There is no event in {path}", path=str(folder)),
            msg("Put the organisers' files (EVENT.db) or published results (results.json) into it."),
        )
    return Found(build_season(rounds, declared, str(declaration), lines), tuple(left_out))


def _rounds(folder: Path) -> tuple[list[Round], list[tuple[Path, Message]]]:
    """Every event once: an organiser's file before a published result, a final result before a provisional one."""
    found: dict[str, Round] = {}
    left_out: list[tuple[Path, Message]] = []
    for path in (*_files(folder, "*.db"), *_files(folder, "*.json")):
        try:
            item = _from_records(path) if path.suffix == ".db" else _published(path)
        except JudgeTuiError as error:
            left_out.append((path, error.message))
            continue
        if item is None:
            continue
        if isinstance(item, Message):
            left_out.append((path, item))
            continue
        there = found.get(item.id)
        if there is None:
            found[item.id] = item
        elif there.provisional and not item.provisional:
            found[item.id] = _named_as(item, there)
            left_out.append((Path(there.source), msg("the event is there in a final result already")))
        else:
            left_out.append((path, msg("the event is there already, from {file}", file=Path(there.source).name)))
    return list(found.values()), left_out


def _named_as(item: Round, other: Round) -> Round:
    """A published result says neither series nor season: then the organiser's file, though not final, does."""
    return replace(
        item,
        series=item.series or other.series,
        season=item.season or other.season,
        date=item.date or other.date,
        host=item.host or other.host,
    )


def _files(folder: Path, pattern: str) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob(pattern) if path.is_file() and not path.name.startswith("."))


def _from_records(path: Path) -> Round | Message:
    from judge_tui.services.records.contest import open_contest

    contest = open_contest(path)
    if contest.projection.rehearsal:
        return msg("it is a rehearsal")
    # Where nothing is scored the totals say nothing: everybody has 0 and shares the first place.
    scored = bool(contest.event.criteria or contest.ballots.adjustments)
    return round_of(contest.event, tabulate(contest.event, contest.ballots), str(path), scored=scored)


def round_of(event: Event, result: Result, source: str = "", *, scored: bool = True) -> Round:
    """One event's outcome as a round of a season; without totals and places where nothing was `scored`."""
    known = event.organisation_by_id
    showings = tuple(
        Showing(
            str(item.organisation),
            item.name,
            item.total if scored else None,
            item.total_text if scored else "",
            item.rank if scored else None,
            item.awards,
            item.award_names,
            item.status,
            known[item.organisation].honours if item.organisation in known else (),
            known[item.organisation].commitments if item.organisation in known else (),
        )
        for item in result.standings
    )
    return Round(
        str(event.id),
        event.title,
        showings,
        event.series,
        event.season,
        event.date,
        event.host,
        frozenset(award.name for award in event.awards) | {award.id for award in event.awards},
        result.provisional and scored,
        source,
        frozenset(award.name for award in event.awards if award.of_the_last),
        frozenset(word for word in EVERYTHING if getattr(event.publication, word)),
        event.tabulation.best is Best.LOWEST,
    )


def _published(path: Path) -> Round | None:
    """A published result (`results.json`); None for any other JSON, which is nobody's mistake."""
    try:
        document = json.loads(_text(path), parse_float=str)
    except ValueError:
        return None
    if not isinstance(document, dict) or not {"event", "organisations", "provisional"} <= document.keys():
        return None
    try:
        showings = tuple(_showing(item) for item in document["organisations"])
        if all(item.total == 0 for item in showings):
            # Nothing was scored: a place that everybody shares is no place.
            showings = tuple(replace(item, total=None, total_text="", place=None) for item in showings)
        given = frozenset(word for item in showings for word in (*item.awards, *item.award_names))
        offered = given | _words(document, "offered")
        provisional = document["provisional"] is True
        event, title = str(document["event"]), str(document.get("title") or document["event"])
        series, season, date, host = (str(document.get(key) or "") for key in ("series", "season", "date", "host"))
        lasts = _words(document, "of_the_last")
        lowest = document.get("best") == Best.LOWEST.value
        return Round(
            event, title, showings, series, season, date, host, offered, provisional, str(path), lasts, lowest=lowest
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise JudgeTuiError(
            "UNREADABLE", msg("is no published result: {reason}", reason=verbatim(repr(error)))
        ) from error


def _words(document: Mapping[str, object], key: str) -> frozenset[str]:
    value = document.get(key)
    return frozenset(str(word) for word in value) if isinstance(value, list) else frozenset()


def _showing(item: dict[str, object]) -> Showing:
    total, place, awards = item["total"], item["rank"], item.get("awards")
    if place is not None and not isinstance(place, int):
        raise ValueError(place)
    text = "" if total is None else str(total)
    return Showing(
        str(item["id"]),
        str(item["name"]),
        None if total is None else Fraction(parse_share(text)),
        text,
        place,
        tuple(str(word) for word in awards) if isinstance(awards, list) else (),
        tuple(word for word in str(item.get("award") or "").split("、") if word),
        str(item.get("status") or ""),
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise JudgeTuiError("UNREADABLE", msg("{path} is too big", path=str(path)))
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise JudgeTuiError(
            "UNREADABLE", msg("{path} cannot be read: {reason}", path=str(path), reason=verbatim(error.strerror))
        ) from error
    except UnicodeDecodeError as error:
        raise JudgeTuiError(
            "UNREADABLE", msg("{path} is not UTF-8", path=str(path)), msg("Save it as UTF-8.")
        ) from error
