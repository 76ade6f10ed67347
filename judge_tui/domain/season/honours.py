"""The honours ledger: how often and how long in a row each organisation was given each award, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judge_tui.domain.season.declared import Absent, Consequence, Declared
from judge_tui.domain.season.fields import Field
from judge_tui.domain.season.matching import Matches
from judge_tui.domain.season.rounds import Round, Showing


@dataclass(frozen=True, slots=True)
class Run:
    """Rounds in a row, as indices into the field's rounds."""

    rounds: tuple[int, ...]
    current: bool

    @property
    def length(self) -> int:
        """How many in a row."""
        return len(self.rounds)


@dataclass(frozen=True, slots=True)
class Honour:
    """One award of one organisation over all fields. `count` includes `earlier`, what the season declares from before;
    `labels` are the rounds in which it was given; `longest` is the longest run in one field, `current` the run that lasts; `last` says that it goes to
    the last ones and is no honour."""

    organisation: str
    name: str
    award: str
    count: int
    earlier: int
    labels: tuple[str, ...]
    longest: int
    current: int
    last: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows for an organisation: the rule, how many times (in a row), and in which rounds it happened. `lasts` says
    that the run goes on in the latest round."""

    organisation: str
    name: str
    rule: Consequence
    times: int
    labels: tuple[str, ...]
    lasts: bool


def runs(field: Field, showings: Sequence[Showing | None], award: str, absent: Absent) -> tuple[Run, ...]:
    """The unbroken runs of an award (id or name) of one organisation.

    A round in which the award could not be won changes nothing; staying away ends a run unless declared otherwise.
    """
    found: list[Run] = []
    open_run: list[int] = []
    for index, (item, showing) in enumerate(zip(field.rounds, showings, strict=True)):
        if showing is not None and _has(showing, award):
            open_run.append(index)
        elif _breaks(item, showing, award, absent) and open_run:
            found.append(Run(tuple(open_run), current=False))
            open_run = []
    if open_run:
        found.append(Run(tuple(open_run), current=True))
    return tuple(found)


def _has(showing: Showing, award: str) -> bool:
    return award in showing.award_names or award in showing.awards


def _breaks(item: Round, showing: Showing | None, award: str, absent: Absent) -> bool:
    if award not in item.offered:
        return False
    return showing is not None or absent == Absent.BREAKS


Rows = dict[str, tuple[Showing | None, ...]]
"""Each organisation's showings in a field, by identity."""


def ledger(fields: Sequence[tuple[Field, Rows]], matches: Matches, declared: Declared) -> tuple[Honour, ...]:
    """Every honour of every organisation: in the order of the names, the most frequent first."""
    earlier = _earlier(matches, declared)
    won: dict[tuple[str, str], list[tuple[Field, tuple[Run, ...]]]] = {key: [] for key in earlier}
    for field, rows in fields:
        for organisation, showings in rows.items():
            given = dict.fromkeys(name for item in showings if item is not None for name in item.award_names)
            for award in given:
                found = runs(field, showings, award, declared.absent)
                won.setdefault((organisation, award), []).append((field, found))
    honours = []
    for (organisation, award), parts in won.items():
        labels = tuple(field.rounds[at].label for field, found in parts for run in found for at in run.rounds)
        before = earlier.get((organisation, award), 0)
        everything = [run for _, found in parts for run in found]
        longest = max((run.length for run in everything), default=0)
        current = max((run.length for run in everything if run.current), default=0)
        name = matches.names.get(organisation, organisation)
        last = any(award in item.lasts for field, _ in parts for item in field.rounds)
        honours.append(Honour(organisation, name, award, before + len(labels), before, labels, longest, current, last))
    return tuple(sorted(honours, key=lambda item: (-item.count, item.name, item.award)))


def _earlier(matches: Matches, declared: Declared) -> dict[tuple[str, str], int]:
    """Declared honours by identity; an organisation that is not in the season stands under its own name."""
    by_name: dict[str, list[str]] = {}
    for key, name in matches.names.items():
        by_name.setdefault(name, []).append(key)
    found: dict[tuple[str, str], int] = {}
    for item in declared.earlier:
        named = by_name.get(item.organisation, [])
        who = named[0] if item.organisation not in matches.names and len(named) == 1 else item.organisation
        found[who, item.name] = found.get((who, item.name), 0) + item.count
    return found


def outcomes(fields: Sequence[tuple[Field, Rows]], matches: Matches, declared: Declared) -> tuple[Outcome, ...]:
    """What the declared rules say, for each run by itself (or once for all of them): the latest that last come first."""
    found: list[Outcome] = []
    for rule in declared.consequences:
        for field, rows in fields:
            for organisation, showings in rows.items():
                every = runs(field, showings, rule.award, declared.absent)
                name = matches.names[organisation]
                if rule.row:
                    for run in every:
                        if run.length >= rule.times:
                            labels = tuple(field.rounds[at].label for at in run.rounds)
                            found.append(Outcome(organisation, name, rule, run.length, labels, run.current))
                    continue
                labels = tuple(field.rounds[at].label for run in every for at in run.rounds)
                if len(labels) >= rule.times:
                    found.append(Outcome(organisation, name, rule, len(labels), labels, bool(every[-1].current)))
    return tuple(sorted(found, key=lambda item: not item.lasts))
