"""A judge's file of a given size for the benchmarks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from judge_tui.domain.event import Criterion, CriterionId, Event, Organisation, OrganisationId, PhaseId, Points
from judge_tui.services.preparing.issuing import issue
from tests.seats import BANDS, contest


def sized(organisations: int, criteria: int) -> Event:
    """A contest with so many organisations and criteria, and two judges."""
    columns = tuple(
        Criterion(CriterionId(f"c{n}"), f"评分项{n}", Points(0, 50_000, 500), PhaseId("talk"), bands=BANDS)
        for n in range(1, criteria + 1)
    )
    villages = tuple(Organisation(OrganisationId(f"o{n}"), n, f"第{n}村") for n in range(1, organisations + 1))
    return replace(contest(columns), organisations=villages)


def kit(folder: Path, organisations: int, criteria: int) -> Path:
    """The first judge's file; its keys are in `folder/keys`, so `JUDGE_TUI_HOME` is to be `folder`."""
    return issue(sized(organisations, criteria), folder / "event", keys=folder / "keys").kits[0].path
