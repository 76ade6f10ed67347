"""All diagnostics of one contest together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from judge_tui.domain.diagnostics.agreement import Correlations, correlations, kendall_w
from judge_tui.domain.diagnostics.judges import Alike, JudgeFigures, judge_figures, look_alikes
from judge_tui.domain.diagnostics.stability import (
    Gap,
    OneStep,
    WithoutJudge,
    WithTrim,
    gaps,
    one_step_moves,
    under_other_trims,
    without_each_judge,
)
from judge_tui.domain.diagnostics.table import ScoreTable, score_table
from judge_tui.domain.event import Event, JudgeId, OrganisationId
from judge_tui.domain.tabulation.engine import Tabulator
from judge_tui.domain.tabulation.inputs import Ballots


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well judges who score the same criteria agree; `judges` are those of them who scored every organisation."""

    judges: tuple[JudgeId, ...]
    kendall_w: Fraction | None
    correlations: Correlations | None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What stands beside a result. There is one agreement for each panel of judges who score the same criteria; `steps` is None
    where there are too many marks to move them one by one."""

    organisations: tuple[OrganisationId, ...]
    agreements: tuple[Agreement, ...]
    judges: tuple[JudgeFigures, ...]
    alike: tuple[Alike, ...]
    without_judge: tuple[WithoutJudge, ...]
    other_trims: tuple[WithTrim, ...]
    steps: tuple[OneStep, ...] | None
    gaps: tuple[Gap, ...]


def agreements(table: ScoreTable) -> tuple[Agreement, ...]:
    """The agreement of each panel, in the order of the definition."""
    found = []
    for judges in table.whole_panels():
        rows = table.rows(judges)
        found.append(Agreement(judges, kendall_w(rows), correlations(rows)))
    return tuple(found)


def diagnose(event: Event, ballots: Ballots) -> Diagnosis:
    """All diagnostics of the ballots; pure, and no part of any result."""
    engine = Tabulator(event, ballots)
    table = score_table(engine)
    return Diagnosis(
        table.organisations,
        agreements(table),
        judge_figures(table),
        look_alikes(table),
        without_each_judge(event, ballots),
        under_other_trims(event, ballots),
        one_step_moves(event, ballots),
        gaps(engine.result()),
    )
