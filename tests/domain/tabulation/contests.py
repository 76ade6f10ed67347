"""Small contests for worked examples, written the way a user writes them: a definition in TOML and a table of marks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable

from judge_tui.domain.definition.reader import read_definition
from judge_tui.domain.definition.rules_checks import require_sound_rules
from judge_tui.domain.event import Event
from judge_tui.domain.numbers import parse_decimal, thousandths
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.inputs import Adjustment, Ballots, Decision, MarkRow, MarkState, Tally
from judge_tui.domain.tabulation.result import Result, Standing

WORDS = {
    "": MarkState.BLANK,
    "absent": MarkState.ABSENT,
    "recused": MarkState.RECUSED,
    "withdrawn": MarkState.WITHDRAWN,
    "conflict": MarkState.CONFLICT,
    "late": MarkState.LATE,
}


def define(text: str) -> Event:
    """The event of a definition; it must be sound."""
    event = read_definition(tomllib.loads(text, parse_float=str), "example")
    require_sound_rules(event, "example")
    return event


def points(text: str) -> int:
    """`9.56` in thousandths."""
    return thousandths(parse_decimal(text))


def marks(event: Event, organisation: str, criterion: str, given: str, judges: Iterable[str] = ()) -> list[MarkRow]:
    """One mark a judge, in order: `9.5 8 absent -` (`-` is blank)."""
    who = list(judges) or [judge.id for judge in event.judges]
    words = ["" if word == "-" else word for word in given.split()]
    assert len(words) == len(who)
    return [
        MarkRow(judge, organisation, criterion, None, WORDS[word])  # type: ignore[arg-type]
        if word in WORDS
        else MarkRow(judge, organisation, criterion, points(word))  # type: ignore[arg-type]
        for judge, word in zip(who, words)
    ]


def table(event: Event, criterion: str, rows: dict[str, str]) -> list[MarkRow]:
    """Organisation → its judges' marks in one criterion."""
    return [row for organisation, given in rows.items() for row in marks(event, organisation, criterion, given)]


def adjust(organisation: str, name: str, given: str, reason: str = "", *by: str) -> Adjustment:
    """An adjustment in points."""
    return Adjustment(organisation, name, points(given), reason, by)  # type: ignore[arg-type]


def rank(
    event: Event,
    rows: Iterable[MarkRow] = (),
    adjustments: Iterable[Adjustment] = (),
    tallies: Iterable[Tally] = (),
    decisions: Iterable[Decision] = (),
) -> Result:
    """The result."""
    return tabulate(event, Ballots(tuple(rows), tuple(adjustments), tuple(tallies), tuple(decisions)))


def totals(result: Result) -> dict[str, str]:
    """Organisation → total as printed."""
    return {item.organisation: item.total_text for item in result.standings}


def places(result: Result) -> dict[str, int | None]:
    """Organisation → place."""
    return {item.organisation: item.rank for item in result.standings}


def awards(result: Result) -> dict[str, str]:
    """Award → who has it, best first."""
    found: dict[str, list[str]] = {}
    for item in result.standings:
        for award in item.awards:
            found.setdefault(award, []).append(item.organisation)
    return {award: " ".join(names) for award, names in found.items()}


def standing(result: Result, organisation: str) -> Standing:
    """One organisation's."""
    return next(item for item in result.standings if item.organisation == organisation)


def said(result: Result, organisation: str) -> list[str]:
    """One organisation's steps in words."""
    return [str(step.text) for step in standing(result, organisation).steps]


def codes(result: Result) -> list[str]:
    """What is lacking, by code."""
    return [lack.code for lack in result.lacks]
