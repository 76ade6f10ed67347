"""The programme of an event: what happens in which order, for whom, and who acts, read off the definition's phases.

Consecutive phases of pace `turn` are gone through organisation by organisation; a `round` is one phase through all of them; a
phase of pace `once` stands alone. A phase that names organisations as its `stops` is for these only (部分村述职).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from judge_tui.domain.definition.ids import match_key
from judge_tui.domain.event import Event, Organisation, Pace, Phase, PhaseKind

_ASSIGNED = re.compile(r"包|联片|联村|联系|挂钩|officer|in charge", re.IGNORECASE)
"""How a phase's `by` says that each organisation's own officer speaks: 包村领导, 分包班子成员, 联片干部."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens. `organisation` is None for what happens once for all; `by` is who acts, as printed; `officer` is
    the organisation's own where it is he who comments; `stops` are the sites of a visit."""

    phase: Phase
    organisation: Organisation | None = None
    by: str = ""
    officer: str = ""
    stops: tuple[str, ...] = ()


def programme(event: Event) -> tuple[Step, ...]:
    """Every step in its order; who withdrew has none."""
    present = [item for item in event.organisations if item.status != "withdrawn"]
    return tuple(step for phases in _blocks(event.phases) for step in _steps(phases, present))


def _blocks(phases: Sequence[Phase]) -> Iterator[list[Phase]]:
    """Phases that are gone through together: those of one turn, else each by itself."""
    for turn, together in groupby(phases, key=lambda phase: phase.pace is Pace.TURN):
        if turn:
            yield list(together)
        else:
            yield from ([phase] for phase in together)


def _steps(phases: Sequence[Phase], present: Sequence[Organisation]) -> Iterator[Step]:
    if phases[0].pace is Pace.ONCE:
        yield Step(phases[0], by=phases[0].by, stops=phases[0].stops)
        return
    for organisation in present:
        for phase in phases:
            chosen = _chosen(phase, present)
            if chosen is None or match_key(organisation.name) in chosen:
                stops = phase.stops if chosen is None else ()
                yield Step(phase, organisation, phase.by, _officer(phase, organisation), stops)


def _chosen(phase: Phase, present: Sequence[Organisation]) -> frozenset[str] | None:
    """The organisations a phase is for, None where it is for all."""
    named = frozenset(match_key(stop) for stop in phase.stops)
    return named if named and named <= {match_key(item.name) for item in present} else None


def _officer(phase: Phase, organisation: Organisation) -> str:
    if phase.kind is PhaseKind.COMMENT and (not phase.by or _ASSIGNED.search(phase.by)):
        return organisation.officer
    return ""
