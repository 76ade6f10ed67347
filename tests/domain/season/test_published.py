"""What a season puts on paper for everybody: nothing that one of its events keeps back."""

from __future__ import annotations

from dataclasses import replace

from judge_tui.domain.season.published import as_published
from judge_tui.domain.season.rounds import EVERYTHING
from judge_tui.domain.season.season import Season, build_season
from tests.domain.season.made_up import ranked

FIRST = ranked("q1", "2023年第一季度", {"乙村": 95, "甲村": 80, "丙村": 70}, {"乙村": "红旗", "丙村": "黄旗"})
SECOND = ranked("q2", "2023年第二季度", {"乙村": 90, "甲村": 91, "丙村": 60}, {"甲村": "红旗", "丙村": "黄旗"})


def season(*published: str) -> Season:
    """The second quarter makes only this known."""
    second = replace(SECOND, published=frozenset(published), lasts=frozenset({"黄旗"}))
    return build_season([replace(FIRST, lasts=frozenset({"黄旗"})), second])


def test_what_publishes_everything_stays_as_it_is() -> None:
    whole = season(*EVERYTHING)

    assert as_published(whole) is whole


def test_hidden_totals_are_in_no_figure_and_the_places_stay() -> None:
    (table,) = as_published(season("places", "bottom")).tables

    assert [(line.name, line.figure, line.figure_text) for line in table.lines] == [
        ("乙村", None, ""),
        ("甲村", None, ""),
        ("丙村", None, ""),
    ]
    assert [item and item.total_text for item in table.lines[0].showings] == ["95", ""]
    assert [line.places for line in table.lines] == [(1, 2), (2, 1), (3, 3)]
    assert table.rules == ()


def test_hidden_places_cannot_be_read_from_the_order() -> None:
    shown = as_published(season("scores", "bottom"))
    (table,) = shown.tables

    assert [line.name for line in table.lines] == ["丙村", "乙村", "甲村"]
    assert [(line.place, line.places, line.change) for line in table.lines] == [
        (None, (3, None), None),
        (None, (1, None), None),
        (None, (2, None), None),
    ]
    assert shown.notes != season("scores", "bottom").notes


def test_a_list_of_the_last_that_is_kept_back_is_in_no_ledger() -> None:
    (table,) = as_published(season("scores", "places")).tables
    last = next(line for line in table.lines if line.name == "丙村")

    assert last.award_counts == {"黄旗": 1}  # the first quarter's, which is published
    assert {item.award for item in as_published(season("scores", "places")).honours} == {"红旗"}
