"""Judges beside the panel, look-alikes, and how firm the places are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from judge_tui.domain.diagnostics.judges import judge_figures, look_alikes
from judge_tui.domain.diagnostics.report import diagnose
from judge_tui.domain.diagnostics.stability import (
    Shift,
    gaps,
    one_step_moves,
    places_of,
    shifts,
    under_other_trims,
    without_each_judge,
)
from judge_tui.domain.diagnostics.table import score_table
from judge_tui.domain.rules import Trim
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.engine import Tabulator
from judge_tui.domain.tabulation.inputs import Ballots
from tests.domain.tabulation.contests import define, marks, table
from tests.domain.tabulation.random_contests import random_contest

EVENT = define(
    """
    [event]
    title = "t"
    organisations = ["a", "b", "c", "d"]
    judges = ["x", "y", "z"]
    [[criteria]]
    id = "p"
    name = "P"
    max = 100
    step = 1
    """
)
BALLOTS = Ballots(table(EVENT, "p", {"a": "90 90 80", "b": "80 80 99", "c": "70 70 60", "d": "60 60 59"}))


def test_severity_is_against_the_others_over_the_same_organisations() -> None:
    x, y, z = judge_figures(score_table(Tabulator(EVENT, BALLOTS)))

    assert (x.mean, x.count, x.severity) == (75, 4, Fraction(3, 8) - Fraction(1, 8))
    assert z.severity == Fraction("74.5") - 75
    assert x.spread == y.spread
    assert x.correlation is not None
    assert x.correlation < 1


TWO_PANELS = define(
    """
    [event]
    title = "t"
    organisations = ["a", "b", "c", "d"]
    [[groups]]
    name = "G"
    judges = ["x", "y"]
    [[groups]]
    name = "H"
    judges = ["u", "v"]
    [[criteria]]
    id = "p"
    name = "P"
    max = 100
    groups = ["G"]
    [[criteria]]
    id = "q"
    name = "Q"
    max = 50
    groups = ["H"]
    [tabulation]
    combine = "criterion"
    """
)


def test_judges_are_compared_only_with_those_who_score_the_same() -> None:
    """Full marks of 100 here and of 50 there: nobody is lenient by 40 points."""
    given = [
        *marks(TWO_PANELS, "a", "p", "90 80", ["x", "y"]),
        *marks(TWO_PANELS, "b", "p", "80 70", ["x", "y"]),
        *marks(TWO_PANELS, "c", "p", "70 60", ["x", "y"]),
        *marks(TWO_PANELS, "d", "p", "60 50", ["x", "y"]),
        *marks(TWO_PANELS, "a", "q", "40 45", ["u", "v"]),
        *marks(TWO_PANELS, "b", "q", "41 35", ["u", "v"]),
        *marks(TWO_PANELS, "c", "q", "42 25", ["u", "v"]),
        *marks(TWO_PANELS, "d", "q", "43 15", ["u", "v"]),
    ]
    diagnosis = diagnose(TWO_PANELS, Ballots(given))

    assert {item.judge: item.severity for item in diagnosis.judges} == {
        "x": 10,
        "y": -10,
        "u": Fraction("11.5"),
        "v": Fraction("-11.5"),
    }
    assert [item.correlation for item in diagnosis.judges] == [1, 1, -1, -1]
    assert [(item.judges, item.kendall_w) for item in diagnosis.agreements] == [(("x", "y"), 1), (("u", "v"), 0)]


def test_a_judge_alone_in_his_panel_is_compared_with_nobody() -> None:
    alone = marks(TWO_PANELS, "a", "p", "90", ["x"]) + marks(TWO_PANELS, "a", "q", "40", ["u"])
    diagnosis = diagnose(TWO_PANELS, Ballots(alone))

    assert [(item.severity, item.correlation) for item in diagnosis.judges] == [(None, None), (None, None)]
    assert [item.kendall_w for item in diagnosis.agreements] == [None]


def test_sheets_of_the_same_marks_look_alike() -> None:
    alike = look_alikes(score_table(Tabulator(EVENT, BALLOTS)))

    assert [(pair.first, pair.second, pair.equal, pair.common) for pair in alike] == [("x", "y", 4, 4)]


def test_judges_who_give_everybody_the_same_do_not_look_alike() -> None:
    flat = Ballots(table(EVENT, "p", dict.fromkeys("abcd", "80 80 70")))

    assert look_alikes(score_table(Tabulator(EVENT, flat))) == ()


def test_without_one_judge_places_may_change() -> None:
    found = without_each_judge(EVENT, BALLOTS)

    assert [item.judge for item in found] == ["x", "y"]
    assert found[0].shifts == (Shift("a", 1, 2), Shift("b", 2, 1))  # type: ignore[arg-type]


def test_under_another_trim_places_may_change() -> None:
    found = under_other_trims(EVENT, BALLOTS)

    assert found == ()
    close = Ballots(table(EVENT, "p", {"a": "90 90 60", "b": "80 80 82", "c": "70 70 60", "d": "60 60 59"}))
    assert [item.trim for item in under_other_trims(EVENT, close)] == [Trim(1, 1)]


def test_one_mark_moved_one_step_may_change_a_place() -> None:
    close = Ballots(table(EVENT, "p", {"a": "90 90 80", "b": "80 80 99", "c": "70 70 60", "d": "70 70 61"}))

    found = one_step_moves(EVENT, close)

    assert found is not None
    assert {(item.organisation, item.step) for item in found} == {
        ("a", -1000),
        ("b", 1000),
        ("c", 1000),
        ("d", -1000),
    }
    assert one_step_moves(EVENT, close, most=3) is None


def test_one_step_finds_what_ranking_again_finds() -> None:
    for seed in range(40):
        event, ballots = random_contest(seed)
        before = places_of(tabulate(event, ballots))
        expected = set()
        for number, row in enumerate(ballots.rows):
            for step in (500, -500):
                if isinstance(row.value, int) and 0 <= row.value + step <= 10_000:
                    moved = [*ballots.rows]
                    moved[number] = row._replace(value=row.value + step)
                    after = places_of(tabulate(event, replace(ballots, rows=moved)))
                    if shifts(before, after):
                        expected.add((row.judge, row.organisation, row.criterion, step))
        found = one_step_moves(event, ballots)

        assert found is not None
        assert {(item.judge, item.organisation, item.criterion, item.step) for item in found} == expected, seed


def test_gaps_are_between_neighbours_narrowest_first() -> None:
    found = gaps(tabulate(EVENT, BALLOTS))

    assert [(gap.upper, gap.lower) for gap in found] == [("a", "b"), ("c", "d"), ("b", "c")]
    assert found[0].points == Fraction(1, 3)


def test_diagnostics_never_change_the_result_and_live_with_any_contest() -> None:
    for seed in range(60):
        event, ballots = random_contest(seed)
        before = tabulate(event, ballots)

        diagnosis = diagnose(event, ballots)

        assert tabulate(event, ballots) == before
        for item in diagnosis.agreements:
            assert item.kendall_w is None or 0 <= item.kendall_w <= 1
