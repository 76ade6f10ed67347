"""Every mark can be followed back to what was given: taken off, checked, graded, placed, or counted without a name."""

from __future__ import annotations

import pytest

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.tabulation.inputs import MarkRow, Tally
from judge_tui.domain.tabulation.origins import in_a_sum
from tests.domain.tabulation.contests import define, rank, said, table, totals

EVENT = """
[event]
title = "T"
organisations = ["A", "B"]
judges = ["x", "y"]
[[criteria]]
id = "p"
name = "P"
CRITERION
[tabulation]
combine = "COMBINE"
best = "BEST"
"""

CHECKLIST = 'method = "checklist"\nmax = 10\nmin = 2\nitems = [{ id = "a", text = "a", off = 3 }, { id = "b", text = "b", off = 6.5 }]'


@pytest.mark.parametrize(
    ("criterion", "given", "by_criterion", "by_sheet"),
    [
        ("max = 20", (15_500, 20_000), "x 15.5, y 20", ["x: 15.5 points", "y: 20 points"]),
        ("max = 20\nweight = 0.5", (15_000, 20_000), "x 15, y 20", ["x: 15×0.5 = 7.5", "y: 20×0.5 = 10"]),
        ("max = 20\ndeduct = true", (18_500, 20_000), "x 20-1.5=18.5, y 20", ["x: (20-1.5) = 18.5", "y: 20 points"]),
        (CHECKLIST, (("a",), ()), "x 10-3=7, y 10", ["x: (10-3) = 7", "y: 10 points"]),
        (CHECKLIST, (("a", "b"), ("b",)), "x 10-3-6.5→2, y 10-6.5=3.5", ["x: (10-3-6.5→2) = 2", "y: (10-6.5) = 3.5"]),
        (
            CHECKLIST.replace("6.5", "5"),
            (("a", "b"), ("b",)),
            "x 10-3-5=2, y 10-5=5",
            ["x: (10-3-5) = 2", "y: (10-5) = 5"],
        ),
        (
            'method = "grades"\ngrades = { "优秀" = 10, "良好" = 8 }',
            ("优秀", "良好"),
            "x 优秀=10, y 良好=8",
            ["x: 10(优秀) = 10", "y: 8(良好) = 8"],
        ),
    ],
)
def test_a_mark_shows_where_its_points_come_from(
    criterion: str, given: tuple[MarkValue, MarkValue], by_criterion: str, by_sheet: list[str]
) -> None:
    base = EVENT.replace("CRITERION", criterion).replace("BEST", "highest")
    for combine, expected in (("criterion", [f"P: {by_criterion}"]), ("sheet", by_sheet)):
        event = define(base.replace("COMBINE", combine))
        rows = [
            MarkRow(judge.id, event.organisations[0].id, event.criteria[0].id, value)
            for judge, value in zip(event.judges, given, strict=True)
        ]
        assert said(rank(event, rows), "A")[: len(expected)] == expected


def test_a_place_shows_what_it_is_worth() -> None:
    event = define(
        EVENT.replace("CRITERION", 'method = "places"\npoints = [5, 3]')
        .replace("BEST", "highest")
        .replace("COMBINE", "sheet")
    )
    rows = [
        MarkRow(judge.id, organisation.id, event.criteria[0].id, place)
        for judge, places in zip(event.judges, ((1, 2), (2, 1)))
        for organisation, place in zip(event.organisations, places)
    ]

    assert said(rank(event, rows), "A")[0] == "P: x #1=5, y #2=3"


def test_a_term_of_a_sum_keeps_its_own_brackets() -> None:
    assert [in_a_sum(text) for text in ("7", "10-3=7", "10-9→2", "优秀=10", "A-=9", "#1=5")] == [
        "7",
        "(10-3)",
        "(10-9→2)",
        "10(优秀)",
        "9(A-)",
        "5(#1)",
    ]


def test_ballots_without_a_name_are_shown_class_by_class() -> None:
    event = define(
        '[event]\ntitle = "T"\norganisations = ["A"]\n'
        '[[groups]]\nid = "g"\nname = "G"\n[[groups]]\nid = "h"\nname = "H"\n'
        '[[criteria]]\nid = "p"\nname = "P"\nmethod = "grades"\nanonymous = true\ngrades = { "好" = 100, "差" = 40 }\n'
    )
    tallies = [
        Tally("g", "A", "p", 12, 11, 9, 1, (("好", 6), ("差", 3))),  # type: ignore[arg-type]
        Tally("h", "A", "p", 5, 5, 5, 0, (("好", 5),)),  # type: ignore[arg-type]
    ]

    assert said(rank(event, tallies=tallies), "A")[:4] == [
        "P (G): ballots: 12 issued, 11 returned, 9 valid, 1 abstained",
        "P (H): ballots: 5 issued, 5 returned, 5 valid, 0 abstained",
        "P: 好 100×11, 差 40×3",
        "P: 1220 ÷ 14 = 87.142857…",
    ]


def test_who_did_not_score_is_named_beside_the_sheets() -> None:
    """Peers leave their own village out; others are absent or stand back: whoever adds up has to know whose sheet is not there."""
    event = define(
        """
        [event]
        title = "T"
        organisations = ["A", "B"]
        judges = ["1", "2", "3", { name = "4", organisation = "A" }]
        [[criteria]]
        id = "p"
        name = "P"
        max = 100
        """
    )
    result = rank(event, table(event, "p", {"A": "90 absent recused 100", "B": "80 80 80 84"}))

    assert said(result, "A")[:4] == [
        "1: 90 points",
        "4: recused, left out",
        "2: absent, left out",
        "3: recused, left out",
    ]
    assert totals(result) == {"A": "90.00", "B": "81.00"}


def test_the_only_round_that_counts_is_not_added_up_with_itself() -> None:
    phases = "".join(f'[[phases]]\nid = "r{n}"\nname = "R{n}"\n' for n in (1, 2))
    criteria = "".join(f'[[criteria]]\nid = "c{n}"\nname = "C{n}"\nphase = "r{n}"\nmax = 100\n' for n in (1, 2))
    head = f'[event]\ntitle = "t"\norganisations = ["a"]\njudges = ["j"]\n{phases}{criteria}'
    event = define(f'{head}[tabulation]\nphases = "best"\n')

    texts = said(rank(event, [*table(event, "c1", {"a": "9"}), *table(event, "c2", {"a": "5"})]), "a")

    assert texts[-3:] == ["R2 is not among the best and does not count", "Final score 9.00", "Place 1"]


def test_the_rules_say_whose_marks_never_count() -> None:
    event = define(
        """
        [event]
        title = "T"
        organisations = ["A", "B"]
        judges = ["1", { name = "2", practice = true }, { name = "3", organisation = "A" }]
        [[criteria]]
        id = "p"
        name = "P"
        max = 100
        """
    )
    result = rank(event, table(event, "p", {"A": "90 10 100", "B": "80 20 84"}))

    assert totals(result) == {"A": "90.00", "B": "82.00"}
    assert [str(rule) for rule in result.rules][2:4] == [
        "Scored for practice and not counted: 2.",
        "What a judge gives his own organisation does not count.",
    ]


def test_where_the_lowest_total_wins_nobody_is_said_to_have_less_than_the_one_before() -> None:
    event = define(
        """
        [event]
        title = "T"
        organisations = ["A", "B"]
        judges = ["1", "2"]
        [[criteria]]
        id = "p"
        name = "P"
        method = "places"
        [tabulation]
        average = "sum"
        best = "lowest"
        decimals = 0
        """
    )
    result = rank(
        event, [MarkRow(j, o, "p", v) for j, o, v in (("1", "A", 1), ("2", "A", 1), ("1", "B", 2), ("2", "B", 2))]
    )  # type: ignore[arg-type]

    assert said(result, "B")[-2:] == ["Place 2", "2 more than A, and the lowest wins"]
