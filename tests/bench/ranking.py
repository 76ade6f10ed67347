"""How long a ranking takes: a million marks against pandas on the same columns, and one changed mark in a contest of 36 villages.

Ours is exact and ends in places; pandas only sums up floats. Both begin with the same columns of texts, as a CSV reader gives
them, in the same run, interleaved; medians.
"""

from __future__ import annotations

import csv
import gc
import io
import resource
import time
from collections.abc import Callable
from random import Random
from statistics import median

from judge_tui.domain.event import (
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
from judge_tui.domain.rules import Combine, Tabulation, Trim
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.engine import Tabulator
from judge_tui.domain.tabulation.inputs import Ballots, MarkRow
from judge_tui.domain.tabulation.text_marks import point_columns
from judge_tui.services.results.plain_marks import SAID, plain_ballots
from judge_tui.services.results.tables import Table

ROUNDS = 5
Columns = list[list[str]]


def contest(judges: int, organisations: int, criteria: int, combine: Combine) -> Event:
    """A contest of that size: one group, one phase, one highest and one lowest dropped."""
    group, phase = GroupId("g"), PhaseId("p")
    return Event(
        id=EventId("bench"),
        title="bench",
        organisations=tuple(
            Organisation(OrganisationId(f"村{n:03}"), n, f"村{n:03}") for n in range(1, organisations + 1)
        ),
        groups=(JudgeGroup(group, "评委"),),
        judges=tuple(Judge(JudgeId(f"评委{n:04}"), f"评委{n:04}", group) for n in range(1, judges + 1)),
        phases=(Phase(phase, "评分"),),
        criteria=tuple(
            Criterion(CriterionId(f"指标{n}"), f"指标{n}", Points(0, 100_000, 10), phase)
            for n in range(1, criteria + 1)
        ),
        tabulation=Tabulation(combine=combine, trim=Trim(1, 1)),
    )


def columns(event: Event, *, shuffled: bool = False) -> Columns:
    """Marks of everybody for everything as texts, sheet by sheet or in any order, read from CSV so that every cell is a text of
    its own."""
    dice = Random(7)
    rows = [
        (judge.id, organisation.id, criterion.id, f"{dice.randint(6_000, 10_000) / 100:.2f}")
        for judge in event.judges
        for organisation in event.organisations
        for criterion in event.criteria
    ]
    if shuffled:
        dice.shuffle(rows)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    out.seek(0)
    return [list(column) for column in zip(*csv.reader(out))]


def timed(job: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def million(*, shuffled: bool = False) -> tuple[float, float, float]:
    """What a million marks took us, us with every cell held against the definition as in a file that somebody brings, and pandas,
    in seconds."""
    import pandas as pd

    event = contest(1000, 100, 10, Combine.CRITERION)
    texts = columns(event, shuffled=shuffled)
    frame = pd.DataFrame(dict(zip(("judge", "organisation", "criterion", "score"), texts)))

    def ours() -> object:
        return tabulate(event, Ballots(point_columns(*texts)))  # type: ignore[arg-type]

    table = Table("marks.csv", dict(zip(SAID, texts)), range(2, len(texts[0]) + 2), comma=False)

    def checked() -> object:
        ballots = plain_ballots(event, table)
        assert ballots is not None
        return tabulate(event, ballots)

    def theirs() -> object:
        marks = frame.assign(score=frame["score"].astype(float))
        return marks.groupby(["organisation", "criterion"])["score"].agg(["sum", "max", "min", "count"])

    taken: dict[str, list[float]] = {"ours": [], "checked": [], "pandas": []}
    for _ in range(ROUNDS):
        taken["ours"].append(timed(ours))
        taken["checked"].append(timed(checked))
        taken["pandas"].append(timed(theirs))
    return median(taken["ours"]), median(taken["checked"]), median(taken["pandas"])


def again() -> dict[str, float]:
    """`rerank_ms`: one mark changed among 40 judges × 36 organisations × 10 criteria, until the new ranking is there."""
    event = contest(40, 36, 10, Combine.SHEET)
    engine = Tabulator(event, Ballots(point_columns(*columns(event))))  # type: ignore[arg-type]
    engine.result()
    dice = Random(3)
    taken = []
    for _ in range(200):
        row = MarkRow(
            dice.choice(event.judges).id,
            dice.choice(event.organisations).id,
            dice.choice(event.criteria).id,
            10 * dice.randint(0, 10_000),
        )

        def change(row: MarkRow = row) -> object:
            engine.change(row)
            return engine.result()

        taken.append(1000 * timed(change))
    return {"rerank_ms": round(median(taken), 2), "rerank_p99_ms": round(sorted(taken)[-2], 2)}


def run() -> dict[str, float]:
    """`rank_1m_vs_pandas`: sheet by sheet, as marks are handed in; `rank_1m_any_order_vs_pandas`: rows shuffled;
    `rank_1m_checked_vs_pandas`: with what `rank --marks` asks of a file of plain cells."""
    ours, checked, pandas = million()
    ours_shuffled, _, pandas_shuffled = million(shuffled=True)
    return {
        "rank_1m_vs_pandas": round(ours / pandas, 3),
        **again(),
        "rank_1m_any_order_vs_pandas": round(ours_shuffled / pandas_shuffled, 3),
        "rank_1m_checked_vs_pandas": round(checked / pandas, 3),
        "rank_1m_seconds": round(ours, 3),
        "pandas_1m_seconds": round(pandas, 3),
        "rank_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }
