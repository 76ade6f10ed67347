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
from judge_tui.domain.diagnostics.table import score_table
from judge_tui.domain.event import Event, JudgeId, OrganisationId
from judge_tui.domain.tabulation.engine import Tabulator
from judge_tui.domain.tabulation.inputs import Ballots


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What stands beside a result. Agreement is over `whole` (judges who scored every one of `organisations`); `steps` is None
    where there are too many marks to move them one by one."""

    whole: tuple[JudgeId, ...]
    organisations: tuple[OrganisationId, ...]
    kendall_w: Fraction | None
    correlations: Correlations | None
    judges: tuple[JudgeFigures, ...]
    alike: tuple[Alike, ...]
    without_judge: tuple[WithoutJudge, ...]
    other_trims: tuple[WithTrim, ...]
    steps: tuple[OneStep, ...] | None
    gaps: tuple[Gap, ...]


def diagnose(event: Event, ballots: Ballots) -> Diagnosis:
    """All diagnostics of the ballots; pure, and no part of any result."""
    engine = Tabulator(event, ballots)
    table = score_table(engine)
    whole = table.whole_judges()
    rows = table.rows(whole)
    return Diagnosis(
        whole,
        table.organisations,
        kendall_w(rows),
        correlations(rows),
        judge_figures(table),
        look_alikes(table),
        without_each_judge(event, ballots),
        under_other_trims(event, ballots),
        one_step_moves(event, ballots),
        gaps(engine.result()),
    )
