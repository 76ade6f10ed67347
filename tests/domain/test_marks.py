"""What a person may type for a mark, and what is said when it cannot be taken."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge_tui.domain import marks
from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import (
    Band,
    CheckItem,
    Checklist,
    Criterion,
    CriterionId,
    Grade,
    Grades,
    Method,
    PhaseId,
    Places,
    Points,
    Votes,
)

FIFTY = Points(0, 50_000, 500)
OFF = Points(0, 20_000, 1_000, deduct=True)
BALLOT = Grades((Grade("a", "优秀", 100_000), Grade("b", "良好", 80_000), Grade("c", "合格", 60_000)))
CHECKS = Checklist(20_000, (CheckItem("minutes", "记录不全", 2_000), CheckItem("dates", "次数不足", 15_000)), 5_000)


@pytest.mark.parametrize(
    ("method", "typed", "value"),
    [
        (FIFTY, "45", 45_000),
        (FIFTY, "45.5", 45_500),
        (FIFTY, "４５。５", 45_500),
        (FIFTY, "４５．５", 45_500),
        (FIFTY, " 45.50分 ", 45_500),
        (FIFTY, ".5", 500),
        (FIFTY, "0", 0),
        (FIFTY, "50.000", 50_000),
        (OFF, "0", 20_000),
        (OFF, "3", 17_000),
        (OFF, "20", 0),
        (BALLOT, "1", "a"),
        (BALLOT, "２", "b"),
        (BALLOT, "合格", "c"),
        (BALLOT, "Ｂ", "b"),
        (CHECKS, "0", ()),
        (CHECKS, "2 1", ("minutes", "dates")),
        (CHECKS, "１，２", ("minutes", "dates")),
        (CHECKS, "1.2", ("minutes", "dates")),
        (Places(), "3", 3),
        (Places(), "第3名", 3),
        (Votes(3), "1", 1),
        (Votes(3), "Ｙ", 1),
        (Votes(3), "0", 0),
    ],
)
def test_what_is_typed_is_understood_with_and_without_an_input_method(
    method: Method, typed: str, value: MarkValue
) -> None:
    assert marks.read(method, typed, organisations=10) == value


@pytest.mark.parametrize(
    ("method", "typed", "words"),
    [
        (FIFTY, "51", "At most 50 points here"),
        (FIFTY, "50.5", "At most 50 points here"),
        (FIFTY, "-1", "At least 0 points here"),
        (Points(60_000, 100_000, 1_000), "59", "At least 60 points here"),
        (FIFTY, "45.3", "In steps of 0.5 here: 45 or 45.5"),
        (FIFTY, "45.1234", "In steps of 0.5 here: 45 or 45.5"),
        (FIFTY, "7,5", "“7,5” has a comma; write a point: 7.5"),
        (FIFTY, "７，５", "“7,5” has a comma; write a point: 7.5"),
        (FIFTY, "7、5", "“7、5” has a comma; write a point: 7.5"),
        (FIFTY, "4 5", "“4 5” is not a number"),
        (FIFTY, "1e1", "“1e1” is not a number"),
        (FIFTY, "nan", "“nan” is not a number"),
        (FIFTY, "五十", "“五十” is not a number"),
        (FIFTY, "  ", "Nothing was typed"),
        (OFF, "21", "At most 20 may be taken off here"),
        (OFF, "-3", "Type what is taken off, without a minus"),
        (OFF, "2.5", "In steps of 1 here: 2 or 3"),
        (BALLOT, "4", "“4” is no grade here: 1 优秀, 2 良好, 3 合格"),
        (CHECKS, "3", "“3” is no item: 1~2, or 0 if nothing was found"),
        (Places(), "0", "Places run from 1 to 10"),
        (Places(), "11", "Places run from 1 to 10"),
        (Places(), "1.5", "“1.5” is not a whole number"),
        (Votes(3), "2", "1 for a vote, 0 for none"),
    ],
)
def test_a_bad_mark_is_refused_in_words(method: Method, typed: str, words: str) -> None:
    with pytest.raises(MarkError) as refused:
        marks.read(method, typed, organisations=10)

    assert str(refused.value.message) == words


def _values(method: Method) -> st.SearchStrategy[MarkValue]:
    match method:
        case Points():
            steps = (method.most - method.least) // method.step
            return st.integers(0, steps).map(lambda step: method.least + step * method.step)
        case Grades():
            return st.sampled_from([grade.id for grade in method.grades])
        case Checklist():
            return st.sets(st.sampled_from([item.id for item in method.items])).map(
                lambda failed: tuple(item.id for item in method.items if item.id in failed)
            )
        case Places():
            return st.integers(1, 10)
        case Votes():
            return st.integers(0, 1)


@pytest.mark.parametrize(
    "method", [FIFTY, OFF, Points(500, 10_000, 250), BALLOT, CHECKS, Places(), Votes(2)], ids=lambda m: type(m).__name__
)
@given(data=st.data())
def test_every_mark_can_be_put_back_into_its_field(method: Method, data: st.DataObject) -> None:
    value = data.draw(_values(method))

    assert marks.read(method, marks.typed_text(method, value), organisations=10) == value
    assert marks.check(method, value, organisations=10) == value


@given(st.text(max_size=12), st.sampled_from([FIFTY, OFF, BALLOT, CHECKS, Places(), Votes(1)]))
def test_whatever_is_typed_is_a_mark_or_refused_in_words(typed: str, method: Method) -> None:
    try:
        value = marks.read(method, typed, organisations=10)
    except MarkError as refused:
        assert str(refused.message)
    else:
        assert marks.check(method, value, organisations=10) == value


def test_a_value_of_another_method_is_no_mark() -> None:
    for method, value in ((FIFTY, "a"), (BALLOT, 1), (BALLOT, "z"), (CHECKS, ("other",)), (Votes(1), 2)):
        with pytest.raises(MarkError):
            marks.check(method, value)


def test_bands_points_and_the_wish_for_a_comment_follow_the_mark() -> None:
    high, low = Band(45_000, 50_000, "优秀"), Band(0, 44_500, "一般")
    criterion = Criterion(
        CriterionId("talk"),
        "述职",
        FIFTY,
        PhaseId("p"),
        weight=Fraction(2, 5),
        bands=(high, low),
        comment_below=30_000,
        comment_from=50_000,
    )

    assert marks.band_of(criterion, 45_000) is high
    assert marks.band_of(criterion, 44_500) is low
    assert marks.most_points(criterion) == 20
    assert [marks.needs_comment(criterion, value) for value in (29_500, 30_000, 49_500, 50_000)] == [
        True,
        False,
        False,
        True,
    ]


def test_a_checklist_never_falls_under_its_least() -> None:
    assert marks.checklist_points(CHECKS, ()) == 20_000
    assert marks.checklist_points(CHECKS, ("minutes",)) == 18_000
    assert marks.checklist_points(CHECKS, ("minutes", "dates")) == 5_000
