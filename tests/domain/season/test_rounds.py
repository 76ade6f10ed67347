"""The order of rounds, and a year's line of plain characters."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judge_tui.domain.season.chart import scale, strip
from judge_tui.domain.season.rounds import Round, in_order, when


@pytest.mark.parametrize(
    ("season", "date", "expected"),
    [
        ("2019年第三季度", "2019-11-06", (2019, 9, 6)),
        ("2021年第四季度", "", (2021, 12, 0)),
        ("2023年3月", "", (2023, 3, 0)),
        ("2023年12月", "", (2023, 12, 0)),
        ("2023年上半年", "", (2023, 6, 0)),
        ("2023Q2", "", (2023, 6, 0)),
        ("", "2021-12-20", (2021, 12, 20)),
        ("", "2021年2月3日", (2021, 2, 3)),
        ("第二季度", "2022-08-01", (2022, 6, 1)),
        ("2021年度", "", (2021, 12, 0)),
        ("", "", (0, 0, 0)),
    ],
)
def test_the_label_of_the_season_goes_before_the_date(season: str, date: str, expected: tuple[int, int, int]) -> None:
    assert when(Round("e", "t", (), season=season, date=date)) == expected


def test_months_come_in_the_order_of_the_year_not_of_the_alphabet() -> None:
    rounds = [Round(f"e{month}", "t", (), season=f"2022年{month}月") for month in (10, 9, 1, 12, 2)]

    assert [item.id for item in in_order(rounds)] == ["e1", "e2", "e9", "e10", "e12"]


def test_a_quarter_comes_after_its_months_and_the_year_after_all() -> None:
    labels = ("2021年度", "2021年第四季度", "2021年12月", "2021年10月", "2021年下半年", "2021年第三季度", "2022年1月")
    rounds = [Round(f"e{number}", "t", (), season=label, date="2021-11-06") for number, label in enumerate(labels)]

    assert [item.season for item in in_order(rounds)] == [
        "2021年第三季度",
        "2021年10月",
        "2021年12月",
        "2021年第四季度",
        "2021年下半年",
        "2021年度",
        "2022年1月",
    ]


def test_a_declared_order_goes_before_everything() -> None:
    rounds = [Round(word, "t", (), season=f"2022年{month}月") for word, month in (("a", 1), ("b", 2))]

    assert [item.id for item in in_order(rounds, ["b"])] == ["b", "a"]


def test_the_first_and_the_last_total_are_seen_on_the_line() -> None:
    totals = [Fraction(80), None, Fraction(85), Fraction(90)]

    assert strip(totals, Fraction(80), Fraction(90), 11) == "o----.----*"
    assert strip(totals[::-1], Fraction(80), Fraction(90), 11) == "*----.----o"
    assert strip([Fraction(80)], Fraction(80), Fraction(80), 5) == "  *  "
    assert strip([None], Fraction(0), Fraction(0), 5) == "     "


@settings(deadline=None)
@given(st.lists(st.none() | st.fractions(0, 100), max_size=8), st.integers(1, 60))
def test_a_line_always_has_its_width_and_plain_characters(values: list[Fraction | None], width: int) -> None:
    low, high = scale([values])
    line = strip(values, low, high, width)

    assert len(line) == width
    assert set(line) <= set(" o.-*")
    assert ("*" in line) == any(value is not None for value in values)
