"""A practice contest of three organisations, to try everything first: another file, marked as a rehearsal, never merged."""

from __future__ import annotations

import tempfile
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
from judge_tui.services.clock import Now, utc_now
from judge_tui.services.preparing.issuing import issue

_WORDS = {
    "zh": (
        "练习：三个单位",
        "练习评委",
        ("东坡村", "西岭村", "南湾村"),
        ("现场观摩", "述职情况"),
        ("优秀", "良好", "一般"),
    ),
    "en": (
        "Practice: three villages",
        "Practice judge",
        ("Eastslope", "Westridge", "Southbay"),
        ("Site visit", "Report"),
        ("excellent", "good", "fair"),
    ),
}


def practice_event(language: str) -> Event:
    """The contest itself, in the judge's language."""
    title, judge, villages, names, grades = _WORDS["zh" if language == "zh" else "en"]
    group, phase = GroupId("judges"), PhaseId("talk")
    bands = tuple(
        Band(least, most, name)
        for (least, most), name in zip(((45_000, 50_000), (35_000, 44_500), (0, 34_500)), grades)
    )
    return Event(
        EventId("practice"),
        title,
        tuple(Organisation(OrganisationId(f"p{n}"), n, name) for n, name in enumerate(villages, 1)),
        (JudgeGroup(group, judge),),
        (Judge(JudgeId("me"), judge, group, practice=True),),
        (Phase(phase, names[1]),),
        tuple(
            Criterion(CriterionId(f"c{n}"), name, Points(0, 50_000, 500), phase, weight=Fraction(1), bands=bands)
            for n, name in enumerate(names, 1)
        ),
        Tabulation(),
    )


def practice_file(keys: Path, language: str, *, now: Now = utc_now) -> Path:
    """A fresh practice file in a folder of its own. Raises what `issue` raises."""
    folder = Path(tempfile.mkdtemp(prefix="judge-tui-practice-"))
    return issue(practice_event(language), folder, keys=keys, rehearsal=True, now=now).kits[0].path
