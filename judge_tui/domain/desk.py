"""What the organiser's desk recorded: paper marks, absences, adjustments, tallies, decisions, resolved conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from judge_tui.domain import marks
from judge_tui.domain.authority import Authority
from judge_tui.domain.bodies import Body
from judge_tui.domain.cells import CellKey, TurnKey, Value
from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import CriterionId, Event, GroupId, JudgeId, OrganisationId
from judge_tui.domain.ledger import Entry
from judge_tui.domain.tabulation.inputs import Adjustment, Decision, MarkState, Tally

_STATES = {
    "absent": MarkState.ABSENT,
    "recused": MarkState.RECUSED,
    "withdrawn": MarkState.WITHDRAWN,
    "blank": MarkState.BLANK,
}


@dataclass(frozen=True, slots=True)
class Noted:
    """An organiser's entry for the protocol: what was overridden, published or settled, with its hash."""

    hash: str
    body: Body


@dataclass(frozen=True)
class Desk:
    """The organiser's records that count. `resolved` names, for each cell, the values that lost; `papers` the turns that
    came on paper; `late_noted` the entries (hashes) of which the desk said that they came late and stay uncounted."""

    paper: Mapping[CellKey, tuple[Value, ...]] = field(default_factory=dict)
    states: Mapping[CellKey, MarkState] = field(default_factory=dict)
    papers: Mapping[JudgeId, frozenset[OrganisationId]] = field(default_factory=dict)
    absent: frozenset[TurnKey] = frozenset()
    resolved: Mapping[CellKey, frozenset[str]] = field(default_factory=dict)
    adjustments: tuple[Adjustment, ...] = ()
    tallies: tuple[Tally, ...] = ()
    decisions: tuple[Decision, ...] = ()
    adjustment_hashes: tuple[str, ...] = ()
    noted: tuple[Noted, ...] = ()
    late_noted: frozenset[str] = frozenset()


def read_desk(authority: Authority, event: Event) -> Desk:
    """Read the desk's entries in their order; what a later one replaces is left out."""
    bodies = [(entry, Body(body["kind"], str(body.get("at", "")), body)) for entry, body in authority.desk]
    gone = {item for _, body in bodies for item in body.replaces}
    standing = [(entry, body) for entry, body in bodies if entry.hash.hex() not in gone]
    paper: dict[CellKey, tuple[Value, ...]] = {}
    states: dict[CellKey, MarkState] = {}
    papers: dict[JudgeId, frozenset[OrganisationId]] = {}
    resolved: dict[CellKey, frozenset[str]] = {}
    adjustments: list[Adjustment] = []
    hashes: list[str] = []
    for entry, body in standing:
        key = (body.judge, body.organisation, body.criterion)
        if body.kind == "paper":
            value = _paper_value(entry, body, event)
            state = _STATES.get(body.text("state"))
            if value is not None:
                paper[key] = (*paper.get(key, ()), value)
            elif state is not None:
                states[key] = state
            papers[body.judge] = papers.get(body.judge, frozenset()) | {body.organisation}
        elif body.kind == "resolve" and body.criterion:
            resolved[key] = (resolved.get(key, frozenset()) - {body.text("choose")}) | frozenset(body.strings("over"))
        elif body.kind == "adjust":
            adjustments.append(_adjustment(body))
            hashes.append(entry.hash.hex())
    return Desk(
        paper,
        states,
        papers,
        frozenset((body.judge, body.organisation) for _, body in standing if body.kind == "absent"),
        resolved,
        tuple(adjustments),
        tuple(_tally(body) for _, body in standing if body.kind == "tally"),
        tuple(_decision(body) for _, body in standing if body.kind == "decide"),
        tuple(hashes),
        tuple(
            Noted(entry.hash.hex(), body)
            for entry, body in standing
            if body.kind in ("override", "publish", "late", "seal", "undo", "resolve")
        ),
        frozenset(item for _, body in standing if body.kind == "late" for item in body.strings("entries")),
    )


def _paper_value(entry: Entry, body: Body, event: Event) -> Value | None:
    value = body.value
    criterion = event.criterion_by_id.get(body.criterion)
    if value is None or criterion is None:
        return None
    try:
        marks.check(criterion.method, value, len(event.organisations))
    except MarkError:
        return None
    return Value(entry.hash.hex(), value, entry.author, entry.seq, body.at, True, True, {})


def _adjustment(body: Body) -> Adjustment:
    return Adjustment(
        body.organisation, body.text("name"), body.integer("points") or 0, body.text("reason"), body.strings("by")
    )


def _tally(body: Body) -> Tally:
    counts: Any = body.data.get("counts")
    return Tally(
        GroupId(body.text("group")),
        body.organisation,
        CriterionId(body.text("criterion")),
        body.integer("issued") or 0,
        body.integer("returned") or 0,
        body.integer("valid") or 0,
        body.integer("abstained") or 0,
        tuple((grade, count) for grade, count in counts.items() if type(count) is int)
        if isinstance(counts, dict)
        else (),
    )


def _decision(body: Body) -> Decision:
    return Decision(
        tuple(OrganisationId(item) for item in body.strings("organisations")),
        body.text("reason"),
        body.strings("by"),
        body.text("award"),
    )
