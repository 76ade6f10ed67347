"""Where nobody gave a mark: nothing becomes a zero without a word, and who is out of the ranking has nothing like a result."""

from __future__ import annotations

import pytest

from judge_tui.domain.tabulation.inputs import Decision, Tally
from tests.domain.tabulation.contests import adjust, awards, codes, define, places, rank, said, table, totals

GROUPS = """
[event]
title = "T"
organisations = ["A", "B"]
[[groups]]
id = "g"
name = "G"
weight = "60%"
judges = ["1", "2"]
[[groups]]
id = "h"
name = "H"
weight = "40%"
judges = ["3", "4"]
[[criteria]]
id = "p"
name = "P"
max = 100
[[criteria]]
id = "q"
name = "Q"
max = 100
[tabulation]
groups = "weighted"
"""

NOBODY = {"A": "absent absent absent absent", "B": "80 80 90 90"}
ONE_GROUP = {"A": "90 90 absent absent", "B": "80 80 90 90"}
FULL = {"A": "90 90 80 80", "B": "80 80 90 90"}


@pytest.mark.parametrize("empty", ["refuse", "reweigh"])
@pytest.mark.parametrize(
    "combine", ['combine = "sheet"', 'combine = "criterion"', 'combine = "criterion"\ngroup_level = "total"']
)
def test_a_criterion_without_any_mark_is_no_zero(combine: str, empty: str) -> None:
    event = define(f'{GROUPS}{combine}\nempty_group = "{empty}"\nmissing = "leave_out"\n')

    result = rank(event, [*table(event, "p", FULL), *table(event, "q", NOBODY)])

    assert set(codes(result)) == {"empty_group"}


@pytest.mark.parametrize(
    ("empty", "total", "lacks"),
    [("refuse", "140.00", ["empty_group"]), ("reweigh", "180.00", [])],
)
def test_a_group_total_with_a_gap_is_not_compared(empty: str, total: str, lacks: list[str]) -> None:
    """Refused (the gap is named), or left out as a whole: H would have 80 of 200."""
    event = define(f'{GROUPS}combine = "criterion"\ngroup_level = "total"\nempty_group = "{empty}"\n')

    result = rank(event, [*table(event, "p", FULL), *table(event, "q", ONE_GROUP)])

    assert (totals(result)["A"], codes(result)) == (total, lacks)


PHASES = """
[event]
title = "T"
organisations = ["A", "B"]
judges = ["1", "2"]
[[phases]]
id = "v"
name = "V"
[[phases]]
id = "t"
name = "T"
[[criteria]]
id = "p"
name = "P"
phase = "v"
max = 100
[[criteria]]
id = "q"
name = "Q"
phase = "t"
max = 100
[tabulation]
minimum_judges = 0
"""


@pytest.mark.parametrize(
    ("rule", "lacks"),
    [
        ('phases = "weighted"', ["missing"]),
        ('phases = "sum"', ["missing"]),
        ('phases = "best"', []),
        ('phases = "best"\nbest_of = 2', ["missing"]),
    ],
)
def test_a_phase_without_any_mark_is_named_unless_it_is_an_attempt_too_few(rule: str, lacks: list[str]) -> None:
    event = define(f"{PHASES}{rule}\n")
    rows = [*table(event, "p", {"A": "90 90", "B": "80 80"}), *table(event, "q", {"A": "absent absent", "B": "80 80"})]

    assert codes(rank(event, rows)) == lacks


def test_an_attempt_that_a_group_left_out_is_no_gap() -> None:
    definition = PHASES.replace(
        'judges = ["1", "2"]', '[[groups]]\nname = "G"\njudges = ["1"]\n[[groups]]\nname = "H"\njudges = ["2"]'
    )
    event = define(f'{definition}phases = "best"\ngroups = "weighted"\nempty_group = "reweigh"\n')
    rows = [*table(event, "p", {"A": "90 90", "B": "80 80"}), *table(event, "q", {"A": "absent absent", "B": "80 80"})]

    assert codes(rank(event, rows)) == []


def test_a_criterion_without_any_mark_among_others_is_named_whatever_the_smallest_panel() -> None:
    definition = (
        PHASES.split("[[phases]]")[0]
        + '[[criteria]]\nid = "p"\nname = "P"\nmax = 9\n[[criteria]]\nid = "q"\nname = "Q"\nmax = 9\n'
    )
    event = define(f'{definition}[tabulation]\nminimum_judges = 0\ncombine = "criterion"\n')

    result = rank(
        event, [*table(event, "p", {"A": "5 5", "B": "4 4"}), *table(event, "q", {"A": "absent absent", "B": "9 9"})]
    )

    assert [(lack.code, lack.organisation, lack.criterion) for lack in result.lacks] == [("missing", "A", "q")]


@pytest.mark.parametrize(("groups", "code"), [("pooled", "minimum_judges"), ("weighted", "empty_group")])
def test_ballots_that_all_abstain_are_a_gap(groups: str, code: str) -> None:
    definition = GROUPS.split("[[criteria]]")[0].replace('weight = "60%"\n', "").replace('weight = "40%"\n', "")
    event = define(
        f'{definition}[[criteria]]\nid = "p"\nname = "P"\nmethod = "grades"\nanonymous = true\n'
        f'grades = {{ "好" = 100, "差" = 40 }}\n[tabulation]\ngroups = "{groups}"\n'
    )
    ballots = [
        Tally(group, organisation, "p", 2, 2, valid, 2 - valid, (("好", valid),))  # type: ignore[arg-type]
        for group in ("g", "h")
        for organisation, valid in (("A", 0), ("B", 2))
    ]

    result = rank(event, tallies=ballots)

    assert (places(result), set(codes(result))) == ({"B": 1, "A": None}, {code})


PLAIN = """
[event]
title = "T"
judges = ["1"]
[[organisations]]
name = "A"
[[organisations]]
name = "B"
status = "guest"
[[organisations]]
name = "C"
status = "withdrawn"
status_reason = "flood"
[[organisations]]
name = "D"
[[criteria]]
id = "p"
name = "P"
max = 100
[[adjustments]]
id = "veto"
kind = "veto"
"""


def test_who_withdrew_or_was_vetoed_has_no_total() -> None:
    event = define(PLAIN)

    result = rank(
        event, table(event, "p", {"A": "80", "B": "90", "C": "95", "D": "99"}), [adjust("D", "veto", "0", "fire")]
    )

    assert totals(result) == {"A": "80.00", "B": "90.00", "D": "", "C": ""}
    assert [(item.organisation, item.total) for item in result.standings[2:]] == [("D", None), ("C", None)]
    assert said(result, "B")[-2:] == ["Final score 90.00", "Out of competition: no place"]
    assert said(result, "C")[-1] == "Withdrawn: no total and no place (flood)"
    assert said(result, "D")[-1] == "Vetoed: no total and no place (fire)"
    assert not any("Final" in step for step in said(result, "C") + said(result, "D"))


ORDERS = """
[event]
title = "T"
organisations = ["A", "B", "C"]
judges = ["1", "2"]
[[criteria]]
id = "p"
name = "P"
method = "places"
invalid = "INVALID"
[tabulation]
average = "sum"
best = "lowest"
decimals = 0
"""


@pytest.mark.parametrize(
    ("invalid", "rows", "expected"),
    [
        ("ballot", {"A": "1 2", "B": "3 1", "C": "2 withdrawn"}, {"A": "3", "B": "3", "C": ""}),
        ("ballot", {"A": "2 1", "B": "3 2", "C": "1 withdrawn"}, {"A": "2", "B": "4", "C": ""}),
        ("ballot", {"A": "1 1", "B": "3 2", "C": "- withdrawn"}, {"A": "1", "B": "2", "C": ""}),
        ("place", {"A": "1 1", "B": "3 2", "C": "2 withdrawn"}, {"A": "2", "B": "4", "C": ""}),
    ],
)
def test_who_stands_behind_one_that_withdrew_moves_up(
    invalid: str, rows: dict[str, str], expected: dict[str, str]
) -> None:
    """A ballot that was whole when it was written stays valid; a place that was skipped is still a slip."""
    event = define(ORDERS.replace("INVALID", invalid))
    marks = table(event, "p", rows)
    whole = [
        row if row.value is None else type(row)(row.judge, row.organisation, row.criterion, row.value // 1000)
        for row in marks
    ]  # type: ignore[operator]

    assert totals(rank(event, whole)) == expected


@pytest.mark.parametrize("phase", ['phase = "d"\n', ""])
def test_points_measured_elsewhere_that_one_has_not_are_no_zero(phase: str) -> None:
    """日常考核 counts 40 %: an organisation that nobody has entered yet would come out with 60 % of its points, and finally."""
    event = define(
        f"""
        [event]
        title = "T"
        organisations = ["A", "B", "C"]
        judges = ["1"]
        [[phases]]
        id = "d"
        name = "D"
        weight = "40%"
        [[phases]]
        id = "s"
        name = "S"
        weight = "60%"
        [[criteria]]
        id = "p"
        name = "P"
        phase = "s"
        max = 100
        [tabulation]
        phases = "weighted"
        [[adjustments]]
        id = "daily"
        name = "日常得分"
        kind = "objective"
        {phase}"""
    )
    rows = table(event, "p", {"A": "90", "B": "80", "C": "withdrawn"})

    lacking = rank(event, rows, [adjust("A", "daily", "90")])
    whole = rank(event, rows, [adjust("A", "日常得分", "90"), adjust("B", "daily", "0")])

    assert [(lack.code, lack.organisation, str(lack.message)) for lack in lacking.lacks] == [
        ("missing", "B", "no points for “日常得分”, which others have")
    ]
    assert whole.lacks == ()


PRIZES = """
[event]
title = "T"
organisations = ["A", "B", "C", "D"]
judges = ["1"]
[[criteria]]
id = "p"
name = "P"
max = 100
[[awards]]
id = "first"
kind = "prize"
quota = 1
[[awards]]
id = "second"
kind = "prize"
quota = 2
"""


def test_nobody_is_given_a_lower_prize_while_he_waits_for_a_higher_one() -> None:
    event = define(PRIZES)
    rows = table(event, "p", {"A": "90", "B": "90", "C": "80", "D": "70"})

    waiting = rank(event, rows)
    decided = rank(event, rows, decisions=[Decision(("B",), "lot", award="first")])  # type: ignore[arg-type]

    assert (awards(waiting), codes(waiting)) == ({"second": "C"}, ["award"])
    assert (awards(decided), codes(decided)) == ({"first": "B", "second": "A C"}, [])


def test_a_prize_with_a_condition_may_be_for_more_than_there_are() -> None:
    event = define(PRIZES.replace("quota = 2", "quota = 9\nat_least = 80"))

    assert awards(rank(event, table(event, "p", {"A": "90", "B": "85", "C": "80", "D": "70"}))) == {
        "first": "A",
        "second": "B C",
    }


@pytest.mark.parametrize(("missing", "lacks"), [("refuse", [("missing", "v")]), ("leave_out", [])])
def test_a_criterion_that_nobody_was_scored_in_is_named_or_left_out_as_declared(
    missing: str, lacks: list[tuple[str, str]]
) -> None:
    """Ballots without a name that nobody has counted yet: there is no judge to ask for them."""
    event = define(
        PLAIN.split("[[adjustments]]")[0]
        + '[[criteria]]\nid = "v"\nname = "V"\nmethod = "grades"\nanonymous = true\ngrades = { "好" = 9, "差" = 1 }\n'
        + f'[tabulation]\nmissing = "{missing}"\n'
    )

    result = rank(event, table(event, "p", {"A": "80", "B": "90", "D": "70"}))

    assert [(lack.code, lack.criterion) for lack in result.lacks] == lacks
    assert totals(result)["A"] == "80.00"
    assert [str(note) for note in result.notes] == ["not judged in this contest, and left out: V"]


@pytest.mark.parametrize(("groups", "lacks"), [('groups = ["g", "h"]\n', {"q"}), ("", set())])
def test_a_group_owes_a_criterion_that_names_it_even_if_none_of_its_judges_scores_it(
    groups: str, lacks: set[str]
) -> None:
    definition = GROUPS.replace('judges = ["3", "4"]', 'judges = [{ name = "3", criteria = ["p"] }]')
    definition = definition.replace('name = "Q"\n', f'name = "Q"\n{groups}')
    event = define(f'{definition}group_level = "total"\ncombine = "criterion"\nmissing = "leave_out"\n')
    rows = [*table(event, "p", {"A": "9 9 9", "B": "9 9 9"}), *table(event, "q", {"A": "9 9 -", "B": "9 9 -"})]

    assert {lack.criterion for lack in rank(event, rows).lacks} == lacks
