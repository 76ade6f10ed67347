"""The current state as a pure function of all entries: it can be thrown away and worked out again at any time.

The same set of entries gives the same projection, byte for byte (`digest`), in whatever order they came.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from judge_tui.domain.authority import Authority, AuthorState, Standing, authority
from judge_tui.domain.bodies import Body, MarkValue
from judge_tui.domain.cells import EVERYTHING, CellKey, Cells, Late, Submission, Text, TurnKey, Value
from judge_tui.domain.definition import read_definition
from judge_tui.domain.desk import Desk, read_desk
from judge_tui.domain.event import CriterionId, Event, Judge, JudgeId, OrganisationId
from judge_tui.domain.folding import fold
from judge_tui.domain.ledger import Author, Entry, EventKey
from judge_tui.domain.saying import Said
from judge_tui.domain.sealing import Seal
from judge_tui.domain.tabulation.inputs import Ballots, MarkRow, MarkState


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands for one judge, organisation and criterion. `values` are the current ones: none, one, or a conflict."""

    state: MarkState
    values: tuple[Value, ...] = ()

    @property
    def value(self) -> MarkValue | None:
        """The mark, None where there is none or where several contradict each other."""
        return self.values[0].value if self.state is MarkState.GIVEN else None

    @property
    def hashes(self) -> tuple[str, ...]:
        """What a new mark here has to name in `replaces`."""
        return tuple(item.hash for item in self.values)

    @property
    def submitted(self) -> bool:
        """Whether every value here was submitted by whoever gave it."""
        return bool(self.values) and all(item.submitted for item in self.values)


@dataclass(frozen=True)
class Projection:
    """Everything there is to know about an event from its entries. Use `project`; ask with the methods."""

    key: EventKey
    event: Event
    rehearsal: bool
    version: int
    authority: Authority
    cells: Cells = field(repr=False)
    desk: Desk

    @property
    def authors(self) -> Mapping[Author, AuthorState]:
        """All who wrote entries, the organiser's authors included."""
        return self.authority.authors

    @property
    def seal(self) -> Seal | None:
        """The seal that holds, None before one was set."""
        return self.authority.seal

    @property
    def late(self) -> tuple[Late, ...]:
        """Entries that are kept and shown but not counted, with the reason."""
        return tuple(self.cells.late)

    @property
    def notices(self) -> tuple[Body, ...]:
        """Everything the organiser told the judges, in order."""
        return tuple(Body(body["kind"], str(body.get("at", "")), body) for _, body in self.authority.notices)

    @cached_property
    def unconfirmed(self) -> tuple[AuthorState, ...]:
        """Judges' authors that wait for the organiser's confirmation."""
        return tuple(
            state
            for _, state in sorted(self.authors.items())
            if state.standing in (Standing.UNCONFIRMED, Standing.REPLACED)
        )

    @cached_property
    def forks(self) -> tuple[AuthorState, ...]:
        """Authors whose chain has two branches, and the desk has chosen neither."""
        return tuple(state for _, state in sorted(self.authors.items()) if state.fork)

    @cached_property
    def conflicts(self) -> tuple[CellKey, ...]:
        """The cells in which different values stand side by side."""
        return tuple(sorted(key for key in self._keys if self.cell(*key).state is MarkState.CONFLICT))

    @cached_property
    def _decided(self) -> frozenset[CellKey]:
        """The cells on which more bears than the judges' marks: paper, the desk's decisions, a recusal of the judge."""
        recused = (key for key in self.cells.values if key[:2] in self.cells.recusals) if self.cells.recusals else ()
        return frozenset(self.desk.paper) | frozenset(self.desk.resolved) | frozenset(recused)

    @cached_property
    def _keys(self) -> frozenset[CellKey]:
        return frozenset(self.cells.values) | frozenset(self.desk.paper)

    def cell(self, judge: JudgeId, organisation: OrganisationId, criterion: CriterionId) -> Cell:
        """What stands there."""
        key = (judge, organisation, criterion)
        values = tuple(self.cells.values.get(key, ()))
        if key in self.desk.paper:
            values += self.desk.paper[key]
        settled = self.desk.resolved.get(key)
        if settled:
            values = tuple(item for item in values if item.hash not in settled)
        if self.cells.recusals and self.recused(judge, organisation) is not None:
            return Cell(MarkState.RECUSED, values)
        if values:
            several = len(values) > 1 and len({item.value for item in values}) > 1
            return Cell(MarkState.CONFLICT if several else MarkState.GIVEN, values)
        stated = self.desk.states.get(key) or self._absent(judge, organisation)
        return Cell(stated or MarkState.BLANK)

    def _absent(self, judge: JudgeId, organisation: OrganisationId) -> MarkState | None:
        absent = self.desk.absent
        return MarkState.ABSENT if (judge, organisation) in absent or (judge, EVERYTHING) in absent else None

    def recused(self, judge: JudgeId, organisation: OrganisationId) -> str | None:
        """The reason a judge gave for not scoring an organisation, None where he scores it."""
        texts = self.cells.recusals.get((judge, organisation))
        return texts[-1].text if texts else None

    def recusals(self, judge: JudgeId, organisation: OrganisationId) -> tuple[Text, ...]:
        """The recusals that stand, to be named in `replaces` by one who takes them back."""
        return tuple(self.cells.recusals.get((judge, organisation), ()))

    def comments(self, judge: JudgeId, organisation: OrganisationId) -> tuple[Text, ...]:
        """The judge's comments for the organisation that stand; more than one were written apart."""
        return tuple(self.cells.comments.get((judge, organisation), ()))

    def submissions(self, judge: JudgeId) -> tuple[Submission, ...]:
        """What a judge submitted, with what was opened again."""
        return tuple(self.cells.submissions.get(judge, ()))

    def locked(self, judge: JudgeId, organisation: OrganisationId) -> bool:
        """Whether the judge submitted this organisation and it was not opened again."""
        return any(item.locks(organisation) for item in self.cells.submissions.get(judge, ()))

    def submitted(self, judge: JudgeId) -> bool:
        """Whether the judge submitted his whole sheet, or every organisation that presents."""
        presenting = [item.id for item in self.event.organisations if item.status != "withdrawn"]
        return bool(presenting) and all(self.locked(judge, organisation) for organisation in presenting)

    def received(self, judge: JudgeId) -> int:
        """How many entries of a judge are held, counted or not."""
        return sum(state.held for state in self.authors.values() if state.role == "judge" and state.judge == judge)

    def ballots(self) -> Ballots:
        """What goes into the tabulation: one row for every cell a judge is asked for, given or not."""
        rows: list[MarkRow] = []
        for judge in self.event.judges:
            criteria = self.event.criteria_of(judge)
            on_paper = self.desk.papers.get(judge.id, frozenset())
            for organisation in self.event.organisations:
                if self.event.scores(judge, organisation.id):
                    locked = self.locked(judge.id, organisation.id) or organisation.id in on_paper
                    rows.extend(self._row(judge, organisation.id, item.id, locked) for item in criteria)
        return Ballots(rows, self.desk.adjustments, self.desk.tallies, self.desk.decisions)

    def _row(self, judge: Judge, organisation: OrganisationId, criterion: CriterionId, locked: bool) -> MarkRow:
        key = (judge.id, organisation, criterion)
        alone = self.cells.values.get(key, ())
        if (
            len(alone) == 1 and key not in self._decided
        ):  # as nearly all are; the rest of this says the same of it, slower
            only = alone[0]
            return MarkRow(*key, only.value, MarkState.GIVEN, only.submitted, judge.group, only.paper)
        cell = self.cell(judge.id, organisation, criterion)
        if not cell.values:
            return MarkRow(judge.id, organisation, criterion, None, cell.state, locked, judge.group)
        paper = any(item.paper for item in cell.values)
        return MarkRow(judge.id, organisation, criterion, cell.value, cell.state, cell.submitted, judge.group, paper)

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of the whole state in canonical JSON: equal for equal sets of entries, whatever their order."""
        text = json.dumps(self._canonical(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _canonical(self) -> dict[str, Any]:
        cells = self.cells
        return {
            "event": self.key.hex(),
            "notices": [entry.hash.hex() for entry, _ in self.authority.notices],
            "desk": [entry.hash.hex() for entry, _ in self.authority.desk],
            "unsealed": [entry.hash.hex() for entry, _ in self.authority.unsealed],
            "authors": [
                [author.hex(), state.role, state.judge, state.standing.value, state.counts, state.held, state.fork]
                for author, state in sorted(self.authors.items())
            ],
            "cells": [
                [*key, self.cell(*key).state.value, [[v.hash, v.value, v.submitted] for v in self.cell(*key).values]]
                for key in sorted(self._keys)
            ],
            "texts": [
                [name, *turn, [list(item[:2]) for item in table[turn]]]
                for name, table in (("comment", cells.comments), ("recusal", cells.recusals))
                for turn in sorted(table)
            ],
            "submissions": [
                [judge, item.hash, item.scope, sorted(item.reopened)]
                for judge in sorted(cells.submissions)
                for item in cells.submissions[judge]
            ],
            "late": sorted([item.hash, item.why] for item in cells.late),
        }


def project(
    entries: Iterable[Entry],
    event: EventKey | None = None,
    evidence: Iterable[Entry] = (),
    *,
    ahead: bool = False,
    own: bool = False,
) -> Projection:
    """Fold all entries, in any order, into the current state.

    `evidence` are the second branches of forks, which a file keeps apart; `event` is the file's event key (where it is not
    given, the one organiser's first entry found decides); `ahead` looks past the last seal, at what a new one would pin; `own`
    says that this is a judge's own window, where what he opened by the organiser's code is open before the organiser's entry
    has arrived. Raises ValueError where no event begins in the entries,
    DefinitionError where this program cannot read the definition in them.
    """
    found = authority([*entries, *evidence], event, ahead=ahead)
    definition, version = _definition(found)
    cells = fold(found, definition, own=own)
    desk = read_desk(found, definition)
    return Projection(found.key, definition, found.genesis.get("rehearsal") is True, version, found, cells, desk)


def _definition(found: Authority) -> tuple[Event, int]:
    """The newest definition, in the newest running order, and how many there were."""
    mappings = [body.get("definition") for _, body in found.notices if body["kind"] == "definition"]
    mapping = next((item for item in reversed(mappings) if isinstance(item, dict)), None)
    if mapping is None:
        raise ValueError("no definition in the entries")
    event = read_definition(mapping, str(found.genesis.get("id", "")))
    return _ordered(event, found.notices), len(mappings)


def _ordered(event: Event, notices: Iterable[Said]) -> Event:
    """The event in the running order last announced after its newest definition."""
    order: list[str] = []
    for _, body in notices:
        if body["kind"] == "definition":
            order = []
        elif body["kind"] == "order" and isinstance(body.get("organisations"), list):
            order = [str(item) for item in body["organisations"]]
    if not order:
        return event
    place = {name: index for index, name in enumerate(order)}
    sequence = sorted(event.organisations, key=lambda item: (place.get(item.id, len(order)), item.number))
    numbered = tuple(replace(item, number=number) for number, item in enumerate(sequence, 1))
    return replace(event, organisations=numbered)


__all__ = ["EVERYTHING", "Cell", "Projection", "TurnKey", "project"]
