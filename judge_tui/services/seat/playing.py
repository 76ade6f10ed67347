"""Simulated judges: they open a real kit, type real marks through the judging service, submit and hand over.

The marks are made up but plausible: each organisation has a quality, each judge a severity and a little taste of his own, all
drawn from a seed, so that the same seed plays the same contest. Only what is still blank is filled, so that a person may
begin a sheet and let the rest be played.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.event import (
    Checklist,
    Criterion,
    CriterionId,
    Event,
    Grades,
    Judge,
    Organisation,
    OrganisationId,
    Places,
    Points,
    Votes,
)
from judge_tui.domain.numbers import mark_text
from judge_tui.services.clock import Now, utc_now
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.seats import open_seat


@dataclass(frozen=True, slots=True)
class Played:
    """What one simulated judge did: his file, the copy he handed over, and how many marks he gave."""

    judge: str
    kit: Path
    handed_over: Path
    marks: int


@dataclass(frozen=True, slots=True)
class TypedMark:
    """A mark as a hand would type it."""

    organisation: OrganisationId
    criterion: CriterionId
    text: str


def typed_marks(event: Event, judge: Judge, seed: int) -> Iterator[TypedMark]:
    """Everything this judge would type, in the order of the walk; the same for the same seed."""
    criteria = event.criteria_of(judge)
    presenting = [item for item in event.organisations if not item.status and event.scores(judge, item.id)]
    own = _generator(seed, event.id, judge.id)
    severity = own.gauss(0, 0.04)
    liking = {item.id: _quality(seed, event, item) + severity + own.gauss(0, 0.05) for item in presenting}
    best_first = sorted(presenting, key=lambda item: -liking[item.id])
    place = {item.id: index for index, item in enumerate(best_first, 1)}
    for organisation in presenting:
        for criterion in criteria:
            level = min(1.0, max(0.0, liking[organisation.id] + own.gauss(0, 0.03)))
            text = _typed(criterion, level, place[organisation.id], own)
            if text:
                yield TypedMark(organisation.id, criterion.id, text)


def _generator(seed: int, *names: str) -> random.Random:
    digest = hashlib.sha256("\x00".join((str(seed), *names)).encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))


def _quality(seed: int, event: Event, organisation: Organisation) -> float:
    """How good an organisation is, from 0 to 1, most of them in the upper part of the scale as in real contests."""
    return 0.62 + 0.27 * _generator(seed, event.id, organisation.id).betavariate(2.5, 1.8)


def _typed(criterion: Criterion, level: float, place: int, own: random.Random) -> str:
    method = criterion.method
    if isinstance(method, Points):
        steps = (method.most - method.least) // method.step
        mark = method.least + round(level * steps) * method.step
        return mark_text(method.most - mark if method.deduct else mark)
    if isinstance(method, Grades):
        index = min(len(method.grades) - 1, int((1 - level) * 1.6 * len(method.grades)))
        return "" if method.anonymous else method.grades[index].name
    if isinstance(method, Checklist):
        found = [str(index) for index, _ in enumerate(method.items, 1) if own.random() > level]
        return ",".join(found) or "0"
    if isinstance(method, Places):
        return str(place)
    assert isinstance(method, Votes)
    return "1" if place <= method.most else "0"


def play_seat(kit: Path, hand_over_to: Path, *, keys: Path, now: Now = utc_now, seed: int = 1) -> Played:
    """Fill in what is blank in a judge's file, submit it and hand over a verified copy.

    Raises JudgeTuiError as opening, scoring and handing over do. A file that was submitted already is only handed over.
    """
    seat = open_seat(kit, keys=keys, now=now)
    try:
        session = JudgingSession(seat, now)
        marks = 0
        if not session.progress.locked:
            blank = {(organisation.id, criterion.id) for organisation, criterion in session.progress.missing}
            for mark in typed_marks(seat.event, seat.judge, seed):
                if (mark.organisation, mark.criterion) in blank:
                    session.record(mark.organisation, mark.criterion, mark.text)
                    marks += 1
            session.submit()
        handed = hand_over(seat, hand_over_to)
        return Played(str(seat.judge.id), kit, handed.path, marks)
    finally:
        seat.file.close()
