"""What is exported ranks exactly as the organiser's file: submitted or not, ballots without names, decisions, doubts."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.inputs import Adjustment, Ballots, Decision, MarkRow, MarkState, Tally
from judge_tui.services.preparing.definitions import definition_text, load_definition
from judge_tui.services.results.ranking import Ranking, rank_table, ranking_json
from judge_tui.services.results.reporting import ADJUSTMENT_COLUMNS, MARK_COLUMNS, adjustment_rows, csv_text, mark_rows

DEFINITION = """
[event]
title = "擂台赛"
organisations = ["甲村", "乙村", "丙村", "丁村"]
[[groups]]
id = "lead"
name = "班子成员"
judges = ["评委01", "评委02"]
[[groups]]
id = "mass"
name = "群众"
[[criteria]]
id = "talk"
name = "汇报"
max = 10
groups = ["lead"]
[[criteria]]
id = "vote"
name = "测评"
method = "grades"
anonymous = true
groups = ["mass"]
grades = { "好" = 10, "差" = 4 }
[tabulation]
combine = "criterion"
ballots = "returned"
ties = [{ by = "decision" }]
[[adjustments]]
id = "bonus"
name = "加分"
signers = 2
[[awards]]
id = "first"
name = "一等奖"
kind = "prize"
quota = 1
"""


def test_the_export_of_a_contest_without_scores_ranks_as_the_contest(tmp_path: Path) -> None:
    """Presentation and comment: there are headings, and nothing under them."""
    source = tmp_path / "source.toml"
    source.write_text('[event]\ntitle = "民生小事"\norganisations = ["甲村", "乙村"]\n', encoding="utf-8")
    event = load_definition(source)
    (tmp_path / "m.csv").write_text(csv_text(MARK_COLUMNS, []), encoding="utf-8")
    (tmp_path / "a.csv").write_text(csv_text(ADJUSTMENT_COLUMNS, []), encoding="utf-8")

    ranking = rank_table(source, tmp_path / "m.csv", tmp_path / "a.csv")

    assert ranking_json(ranking) == ranking_json(Ranking(event, Ballots(()), tabulate(event, Ballots(()))))


def test_the_export_ranks_as_what_was_exported(tmp_path: Path) -> None:
    source = tmp_path / "source.toml"
    source.write_text(DEFINITION, encoding="utf-8")
    event = load_definition(source)
    one, other = (judge.id for judge in event.judges)
    first, second, third, fourth = (item.id for item in event.organisations)
    talk, vote = (item.id for item in event.criteria)
    rows = [
        *(MarkRow(one, organisation, talk, 8500) for organisation in (first, second, third)),
        *(MarkRow(other, organisation, talk, 8500) for organisation in (first, second)),
        MarkRow(other, third, talk, 9000, submitted=False),
        MarkRow(one, fourth, talk, None, MarkState.CONFLICT),
        MarkRow(other, fourth, talk, None, MarkState.ABSENT),
    ]
    tallies = tuple(
        Tally(event.groups[1].id, organisation, vote, 12, 10, 8, 1, (("好", 6), ("差", 2)))
        for organisation in (first, second, third, fourth)
    )
    ballots = Ballots(
        tuple(rows),
        (Adjustment(third, "加分", 500, "省级示范", ("甲",)),),
        tallies,
        (Decision((second, first), "抽签", ("甲", "乙")), Decision((second,), "抽签", ("甲",), "first")),
    )
    ranking = Ranking(event, ballots, tabulate(event, ballots))
    definition, marks, adjustments = tmp_path / "d.toml", tmp_path / "m.csv", tmp_path / "a.csv"
    definition.write_text(definition_text(event), encoding="utf-8")
    marks.write_text(csv_text(MARK_COLUMNS, mark_rows(event, ballots)), encoding="utf-8-sig")
    adjustments.write_text(csv_text(ADJUSTMENT_COLUMNS, adjustment_rows(ballots)), encoding="utf-8-sig")

    again = rank_table(definition, marks, adjustments)

    assert ranking_json(again) == ranking_json(ranking)
    assert {lack.code for lack in again.result.lacks} == {"conflict", "unsubmitted", "invalid", "minimum_judges"}
