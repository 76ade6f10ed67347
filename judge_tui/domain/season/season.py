"""A whole season from its rounds and what is declared about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from judge_tui.domain.definition.lines import LineIndex
from judge_tui.domain.errors import DefinitionError, Problem
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.season.annual import Given, annual_awards
from judge_tui.domain.season.declared import Declared, Detail
from judge_tui.domain.season.fields import fields_of
from judge_tui.domain.season.honours import Honour, Outcome, ledger, outcomes
from judge_tui.domain.season.matching import Doubt, match
from judge_tui.domain.season.promises import Kept, promises
from judge_tui.domain.season.rounds import Round, in_order
from judge_tui.domain.season.standings import Table, table


@dataclass(frozen=True, slots=True)
class Season:
    """What comes out. `printed` are honours that definitions carry as text, by organisation, `promises` what each has promised; `notes` say
    what to know first."""

    name: str
    rounds: tuple[Round, ...]
    tables: tuple[Table, ...]
    honours: tuple[Honour, ...]
    printed: tuple[tuple[str, tuple[str, ...]], ...]
    outcomes: tuple[Outcome, ...]
    annual: tuple[Given, ...]
    promises: tuple[Kept, ...]
    doubts: tuple[Doubt, ...]
    notes: tuple[Message, ...]


def build_season(
    rounds: Sequence[Round], declared: Declared | None = None, source: str = "", lines: LineIndex | None = None
) -> Season:
    """The season of these rounds, in whatever order they come.

    Raises DefinitionError where what is declared does not fit them (an event or organisation that is not there).
    """
    declared = declared or Declared()
    problems: list[Problem] = []
    chosen = _chosen(rounds, declared, problems)
    matches = match(chosen, declared, problems)
    fields = fields_of(chosen, matches, declared, problems)
    if problems:
        placed = [replace(item, line=lines.line(item.where) if lines else 0) for item in problems]
        raise DefinitionError(source, placed)
    tables = tuple(table(field, matches, declared) for field in fields)
    rows = [(item.field, {line.organisation: line.showings for line in item.lines}) for item in tables]
    printed: dict[str, dict[str, None]] = {}
    for item in chosen:
        for showing in item.showings:
            if showing.honours:
                name = matches.names[matches.identity[item.id, showing.organisation]]
                printed.setdefault(name, {}).update(dict.fromkeys(showing.honours))
    return Season(
        declared.name or _common(chosen),
        chosen,
        tables,
        ledger(rows, matches, declared),
        tuple((name, tuple(words)) for name, words in printed.items()),
        outcomes(rows, matches, declared),
        annual_awards(tables, declared),
        promises(chosen, matches),
        matches.doubts,
        _notes(chosen, tables),
    )


def _chosen(rounds: Sequence[Round], declared: Declared, problems: list[Problem]) -> tuple[Round, ...]:
    """The rounds of the declared series with what is declared about them, oldest first."""
    details = {item.event: item for item in declared.details}
    known = {item.id for item in rounds}
    for where, events in (("season.order", declared.order), ("events", tuple(details))):
        problems += [
            Problem(
                where,
                msg("there is no event “{event}” here", event=event),
                msg("it may be {choices}", choices=tuple(sorted(known))),
            )
            for event in events
            if event not in known
        ]
    found = [_detailed(item, details.get(item.id)) for item in rounds]
    if declared.series:
        found = [item for item in found if item.series == declared.series]
    return in_order(found, declared.order)


def _detailed(item: Round, detail: Detail | None) -> Round:
    if detail is None:
        return item
    return replace(
        item,
        series=detail.series or item.series,
        season=detail.season or item.season,
        date=detail.date or item.date,
        host=detail.host or item.host,
    )


def _common(rounds: Sequence[Round]) -> str:
    series = {item.series for item in rounds}
    return next(iter(series)) if len(series) == 1 else ""


def _notes(rounds: Sequence[Round], tables: Sequence[Table]) -> tuple[Message, ...]:
    unready = tuple(item.title for item in rounds if item.provisional)
    apart = tuple(item.field.name for item in tables if item.field.parallel)
    found = []
    if unready:
        found.append(msg("Provisional, because these results still lack something: {events}", events=unready))
    if apart:
        found.append(msg("Held in parallel and never ranked together: {names}", names=apart))
    return tuple(found)
