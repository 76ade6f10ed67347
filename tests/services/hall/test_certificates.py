"""What certificates are printed from."""

from __future__ import annotations

import pytest

from judge_tui.domain.ceremony.plan import prepare
from judge_tui.domain.ceremony.show import Handing, Options
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Publication
from judge_tui.services.hall.certificates import COLUMNS, certificate_rows
from tests.domain.ceremony.shows import event, result, show

WON = {"o1": ("first",), "o2": ("second",), "o3": ("second",)}


def test_each_award_of_each_organisation_is_a_row_in_the_order_of_the_handing_over() -> None:
    contest = event()
    options = Options(handings=(Handing("second", "稳步前进", "镇长"), Handing("first", "实绩突出", "书记")))
    rows = certificate_rows(prepare(contest, result(contest, range(1, 8), WON), options))

    assert [(row["award"], row["name"], row["citation"], row["by"], row["place"]) for row in rows] == [
        ("二等奖", "人和寨村", "稳步前进", "镇长", "2"),
        ("二等奖", "黄岗村", "稳步前进", "镇长", "3"),
        ("一等奖", "湾李村", "实绩突出", "书记", "1"),
    ]
    assert all(tuple(row) == COLUMNS for row in rows)
    assert {row["season"] for row in rows} == {"2021年第四季度"}


def test_what_is_not_published_is_not_on_a_certificate() -> None:
    contest = event(publication=Publication(scores=False, places=False))
    rows = certificate_rows(prepare(contest, result(contest, range(1, 8), WON)))

    assert {(row["place"], row["score"]) for row in rows} == {("", "")}


def test_nothing_is_printed_from_a_result_that_is_not_final() -> None:
    with pytest.raises(JudgeTuiError):
        certificate_rows(show(lacks=["award"]))
