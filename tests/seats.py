"""A judge's file to sit down at: issued for real, opened for real."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

from judge_tui.domain.event import (
    Band,
    Criterion,
    CriterionId,
    Event,
    EventId,
    GroupId,
    Judge,
    JudgeGroup,
    JudgeId,
    Organisation,
    OrganisationId,
    Phase,
    PhaseId,
    Points,
)
from judge_tui.domain.rules import Tabulation
from judge_tui.services.preparing.issuing import issue
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.seats import open_seat

PHASE = PhaseId("talk")
BANDS = (Band(45_000, 50_000, "优秀"), Band(30_000, 44_500, "良好"), Band(0, 29_500, "一般"))
LOOK = Criterion(CriterionId("look"), "沙盘观摩", Points(0, 50_000, 500), PHASE, bands=BANDS, description="看变化")
TALK = Criterion(CriterionId("talk"), "述职情况", Points(0, 50_000, 500), PHASE, bands=BANDS, weight=Fraction(1))
NAMES = ("东岗村", "西岗村", "柳河村", "前杨村")


def contest(criteria: Iterable[Criterion] = (LOOK, TALK), names: Iterable[str] = NAMES) -> Event:
    """A contest of a few villages with two judges."""
    group = GroupId("leaders")
    return Event(
        EventId("trial"),
        "第四季度亮赛比",
        tuple(Organisation(OrganisationId(f"o{n}"), n, name) for n, name in enumerate(names, 1)),
        (JudgeGroup(group, "班子成员"),),
        (Judge(JudgeId("j1"), "评委甲", group), Judge(JudgeId("j2"), "评委乙", group)),
        (Phase(PHASE, "述职"),),
        tuple(criteria),
        Tabulation(),
    )


def ticking() -> Iterator[datetime]:
    """A clock that goes on by a second each time it is read."""
    at = datetime(2021, 12, 20, 6, 0, tzinfo=UTC)
    while True:
        yield at
        at += timedelta(seconds=1)


def issued(folder: Path, event: Event | None = None) -> Path:
    """The first judge's fresh kit."""
    return issue(event or contest(), folder / "event", keys=folder / "keys").kits[0].path


@contextmanager
def sitting(folder: Path, file: Path) -> Iterator[JudgingSession]:
    """The judge at his file, which is closed afterwards."""
    clock = ticking()
    seat = open_seat(file, keys=folder / "keys", now=lambda: next(clock))
    try:
        yield JudgingSession(seat, now=lambda: next(clock))
    finally:
        seat.file.close()
