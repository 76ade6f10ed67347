"""Tables with a column for each judge or for each criterion, as they come from paper (统分表)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.services.results.test_marks_table import problems, totals

JUDGES = """
[event]
title = "T"
organisations = ["甲村", "乙村"]
judges = ["评委01", "评委02", "评委03"]
[[criteria]]
name = "总体"
max = 100
[tabulation]
missing = "leave_out"
"""
CRITERIA = JUDGES.replace(
    'name = "总体"\nmax = 100', 'name = "党的建设"\nmax = 25\n[[criteria]]\nname = "环境"\nmax = 75'
)


@pytest.mark.parametrize(
    "heading",
    [
        "序号,单位,评委01,评委02,评委03,总分,名次",
        "序号,单位,评委1,评委2,评委3,总分,名次",
        "序号,单位,1,2,3,平均分,备注",
        "序号,单位,评委打分,,,总分,名次\n,,评委01,评委02,评委03,,",
        "序号,单位,得分,,,总分,名次\n,,评委01,评委02,评委03,,",
        "序号,单位,评委,,,总分,名次\n,,评委01,评委02,评委03,,",
        "×月×日,,,,,,\n序号,参评单位,评委01（签名）,评委02,评委03,去最高,去最低",
    ],
)
def test_a_column_for_each_judge(heading: str, tmp_path: Path) -> None:
    text = f"{heading}\n1,甲村,90,回避,80,170,1\n2,乙村,７０,71,,141,2\n评委签名：,,,,,,\n"

    assert totals(tmp_path, text, JUDGES) == {"甲村": "85.00", "乙村": "70.50"}


def test_a_column_for_each_judge_where_the_definition_names_none(tmp_path: Path) -> None:
    definition = JUDGES.replace('judges = ["评委01", "评委02", "评委03"]\n', "")

    assert totals(tmp_path, "单位,评委1,评委2\n甲村,90,80\n乙村,70,70\n", definition) == {
        "甲村": "85.00",
        "乙村": "70.00",
    }


def test_a_column_for_each_criterion(tmp_path: Path) -> None:
    text = "评委,单位,党的建设（25分）,环境,总分\n评委01,甲村,20,60,80\n评委02,甲村,25,75,100\n评委01,乙村,10,10,20\n"

    assert totals(tmp_path, text, CRITERIA) == {"甲村": "90.00", "乙村": "20.00"}


def test_criteria_under_a_merged_heading(tmp_path: Path) -> None:
    text = "评委,单位,评分项目,,总分\n,,党的建设,环境,\n评委01,甲村,20,60,80\n评委01,乙村,10,10,20\n"

    assert totals(tmp_path, text, CRITERIA) == {"甲村": "80.00", "乙村": "20.00"}


def test_a_row_of_marks_is_no_second_heading(tmp_path: Path) -> None:
    """Places by judges called 1, 2 and 3: the first row of marks looks like their names."""
    definition = JUDGES.replace('"评委01", "评委02", "评委03"', '"1", "2", "3"')

    assert totals(tmp_path, "单位,1,2,3\n甲村,1,2,3\n乙村,3,2,1\n", definition) == {"甲村": "2.00", "乙村": "2.00"}
    assert [found[2] for found in problems(tmp_path, "评委,单位,总评\n评委01,甲村,90\n评委02,甲村,80\n", JUDGES)] == [
        "there is no column “score”"
    ]
    assert totals(tmp_path, "评委,单位,得分\n评委01,甲村,90\n评委02,甲村,80\n", JUDGES)["甲村"] == "85.00"


def test_a_wrong_cell_is_named_with_its_row(tmp_path: Path) -> None:
    text = "单位,评委01,评委02\n甲村,90,800\n丙村,70,71\n"

    assert problems(tmp_path, text, JUDGES) == [
        (2, "score", "“800” is outside the criterion's range"),
        (3, "organisation", "there is no organisation “丙村”"),
    ]


def test_somebody_whom_the_definition_does_not_name_is_told_of(tmp_path: Path) -> None:
    from judge_tui.services.results.ranking import rank_table
    from tests.services.results.test_marks_table import write

    text = "单位,评委01,评委09\n甲村,90,80\n乙村,70,71\n"
    ranking = rank_table(write(tmp_path, "d.toml", JUDGES), write(tmp_path, "m.csv", text))

    assert [(lack.code, lack.judge) for lack in ranking.result.lacks] == [("unknown_judge", "评委09")]
