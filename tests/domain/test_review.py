"""What is shown to a judge to look at once more."""

from __future__ import annotations

from judge_tui.domain.review import doubts, spreads
from tests.domain.test_seat import event, marked, progress


def words(begun: object) -> list[str]:
    return [str(item.text) for item in doubts(begun)]  # type: ignore[arg-type]


def test_a_slip_of_the_decimal_point_stands_out() -> None:
    begun = progress(event(6))
    for number, mark in enumerate((45_000, 44_000, 4_500, 43_000, 46_000, 44_500), 1):
        begun = marked(begun, f"o{number}", look=mark)

    assert words(begun) == ["3 3村: 观摩 has 4.5"]


def test_zero_is_asked_about_and_so_is_a_column_without_a_difference() -> None:
    zero = marked(progress(), "o1", look=0)
    assert words(zero) == ["1 1村: 观摩 has 0"]

    level = progress(event(5))
    for number in range(1, 6):
        level = marked(level, f"o{number}", look=45_000)
    assert words(level) == ["观摩: all have 45"]


def test_equal_sheets_are_named_together() -> None:
    begun = progress()
    for number in (1, 3):
        begun = marked(begun, f"o{number}", look=45_000, talk=40_000)
    begun = marked(begun, "o2", look=45_000, talk=41_000)

    assert words(begun) == ["2 have the same marks throughout: 1村, 3村"]


def test_own_marks_are_summed_up_criterion_by_criterion() -> None:
    begun = progress()
    for number, mark in ((1, 40_000), (2, 45_000), (3, 47_000)):
        begun = marked(begun, f"o{number}", look=mark)

    (spread,) = spreads(begun)
    assert (spread.least, spread.mean, spread.most, spread.count) == (40_000, 44_000, 47_000, 3)
