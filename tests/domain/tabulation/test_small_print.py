"""Small print: who is named for what, where the ends of rules lie, and what a tie really compares."""

from __future__ import annotations

import pytest

from judge_tui.domain.event import OrganisationId
from judge_tui.domain.rules import TimeBand
from judge_tui.domain.tabulation.adjusting import time_points
from judge_tui.domain.tabulation.engine import Tabulator
from judge_tui.domain.tabulation.inputs import Ballots, Decision, MarkRow, MarkState, Tally
from judge_tui.domain.tabulation.result import Lack
from tests.domain.tabulation.contests import (
    adjust,
    awards,
    codes,
    define,
    marks,
    places,
    points,
    rank,
    said,
    standing,
    table,
    totals,
)

TWO = """
[event]
title = "t"
organisations = ["a", "b"]
judges = ["x", "y", "z"]
[[criteria]]
id = "c"
name = "C"
max = 100
[tabulation]
"""


def lack(result: object, number: int = 0) -> tuple[str, str, str, str, str]:
    found: Lack = result.lacks[number]  # type: ignore[attr-defined]
    return found.code, str(found.message), found.judge, found.organisation, found.criterion


# -- doubts


def doubtful(*rows: MarkRow) -> object:
    event = define(TWO)
    first = [
        row
        for row in table(event, "c", {"a": "90 80 70", "b": "60 60 60"})
        if (row.judge, row.organisation) != ("x", "a")
    ]
    return rank(event, [*first, *rows])


def row(value: object = 90_000, state: MarkState = MarkState.GIVEN, *, submitted: bool = True) -> MarkRow:
    return MarkRow("x", "a", "c", value, state, submitted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "code", "message"),
    [
        ((row(), row(10_000)), "conflict", "two marks of one judge for the same thing"),
        ((row(), row(10_000), row(20_000)), "conflict", "two marks of one judge for the same thing"),
        ((row(None, MarkState.CONFLICT),), "conflict", "conflicting marks that nobody has resolved"),
        ((row(None, MarkState.CONFLICT), row()), "conflict", "conflicting marks that nobody has resolved"),
        ((row(submitted=False),), "unsubmitted", "the sheet has not been submitted"),
        ((row(100_500),), "invalid", "a mark that this criterion does not know"),
        ((row("优秀"),), "invalid", "a mark that this criterion does not know"),
        ((), "missing", "no mark was given"),
        ((row(None, MarkState.BLANK),), "missing", "no mark was given"),
        ((row(None, MarkState.LATE),), "missing", "no mark was given"),
    ],
)
def test_a_doubtful_mark_is_named_once_and_not_counted(rows: tuple[MarkRow, ...], code: str, message: str) -> None:
    result = doubtful(*rows)

    assert [lack(result)] == [(code, message, "x", "a", "c")]
    assert len(result.lacks) == 1  # type: ignore[attr-defined]
    assert totals(result) == {"a": "75.00", "b": "60.00"}  # type: ignore[arg-type]


def test_an_unsubmitted_mark_counts_where_all_do() -> None:
    event = define(TWO + 'counted = "all"\n')
    rows = [
        MarkRow(item.judge, item.organisation, item.criterion, item.value, submitted=False)
        for item in table(event, "c", {"a": "90 80 70", "b": "60 60 60"})
    ]

    result = rank(event, rows)

    assert totals(result) == {"a": "80.00", "b": "60.00"}
    assert not result.provisional


def test_absent_and_recused_judges_are_told_with_the_criterion() -> None:
    event = define(TWO + 'combine = "criterion"\n')

    result = rank(event, table(event, "c", {"a": "90 absent recused", "b": "60 60 60"}))

    assert said(result, "a")[:4] == [
        "C: x 90",
        "C: 90 ÷ 1 = 90",
        "C: y absent, left out",
        "C: z recused, left out",
    ]


def test_after_withdrawing_nothing_is_missing() -> None:
    event = define(TWO)

    result = rank(event, table(event, "c", {"a": "withdrawn 80 -", "b": "60 60 60"}))

    assert result.lacks == ()
    assert places(result) == {"b": 1, "a": None}


def test_a_stranger_is_named_from_the_marks_and_from_the_records() -> None:
    event = define(TWO)
    rows = table(event, "c", {"a": "90 80 70", "b": "60 60 60"})
    stranger = MarkRow("w", "a", "c", 5_000)  # type: ignore[arg-type]

    result = Tabulator(event, Ballots([*rows, stranger], unknown_judges=("v", "w"))).result()

    assert [(item.code, item.judge) for item in result.lacks] == [("unknown_judge", "v"), ("unknown_judge", "w")]


def test_changing_a_mark_looks_at_the_whole_again() -> None:
    event = define(TWO)
    rows = table(event, "c", {"a": "90 80 70", "b": "60 60 60"})
    engine = Tabulator(event, Ballots(rows))
    assert not engine.result().provisional

    engine.change(MarkRow("x", "a", "c", 100_500))  # type: ignore[arg-type]
    assert codes(engine.result()) == ["invalid"]
    engine.change(MarkRow("x", "a", "c", 90_000, submitted=False))  # type: ignore[arg-type]
    assert codes(engine.result()) == ["unsubmitted"]
    engine.change(MarkRow("x", "a", "c", 60_000))  # type: ignore[arg-type]
    assert totals(engine.result()) == {"a": "70.00", "b": "60.00"}


# -- ties

TIES = """
[event]
title = "t"
organisations = ["a", "b", "c"]
judges = ["v", "w", "x", "y"]
[[criteria]]
id = "c"
name = "C"
max = 100
step = 0.001
[tabulation]
average = "sum"
"""


@pytest.mark.parametrize(
    ("rung", "given", "expected"),
    [
        # the median of an even number of judges is the mean of the middle two, of an odd number the middle one
        ('{ by = "median" }', ("1 2 5 12", "1 4 4 11", "0 0 0 0"), "b a c"),
        ('{ by = "median" }', ("1 5 14 absent", "4 4 12 absent", "0 0 0 0"), "a b c"),
        ('{ by = "median" }', ("9 1 1 9", "0 4 10 6", "0 0 0 0"), "a=b c"),
        ('{ by = "median" }', ("4 4 12 absent", "0 4 6 10", "0 0 0 0"), "b a c"),
        # equal marks count for nobody; each judge counts once for each rival
        ('{ by = "majority" }', ("5 5 5 5", "6 6 5 3", "0 0 0 0"), "b a c"),
        ('{ by = "majority" }', ("9 9 1 1", "1 1 9 9", "0 0 0 0"), "a=b c"),
        ('{ by = "majority" }', ("4 4 6 6", "6 6 4 4", "5 5 5 5"), "a=b=c"),
        ('{ by = "majority" }', ("6 6 6 2", "5 5 5 5", "4 4 4 8"), "a b c"),
        # a thousandth of a point is a point given
        ('{ by = "judges" }', ("0.001 19.999 0 0", "20 0 0 0", "0 0 0 0"), "a b c"),
        # a mark of nothing is not counted
        ('{ by = "count" }', ("10 10 0 0", "10 10 absent absent", "0 0 0 0"), "a=b c"),
        ('{ by = "count", from_lowest = true }', ("10 6 2 2", "10 7 2 1", "0 0 0 0"), "b a c"),
        ('{ by = "count", value = 10, prefer = "low" }', ("10 10 0 0", "5 5 5 5", "0 0 0 0"), "b a c"),
        ('{ by = "order" }', ("10 10 0 0", "5 5 5 5", "0 0 0 0"), "a b c"),
        (
            '{ by = "criterion", criterion = "c" }, { by = "order", prefer = "late" }',
            ("10 10 0 0", "5 5 5 5", "0 0 0 0"),
            "b a c",
        ),
        # an absent judge beats nobody and is beaten by nobody
        ('{ by = "majority" }', ("10 10 absent absent", "5 5 5 5", "0 0 0 0"), "a b c"),
    ],
)
def test_what_a_rung_compares(rung: str, given: tuple[str, str, str], expected: str) -> None:
    event = define(f'{TIES}ties = [{rung}]\nmissing = "leave_out"\n')
    result = rank(event, table(event, "c", dict(zip("abc", given))))

    order: dict[int, list[str]] = {}
    for item in result.standings:
        order.setdefault(item.rank or 0, []).append(item.organisation)
    assert " ".join("=".join(names) for names in order.values()) == expected


def test_a_tie_among_three_is_broken_step_by_step() -> None:
    event = define(TIES + 'ties = [{ by = "count", value = 10 }, { by = "count", value = 7 }, { by = "decision" }]\n')

    result = rank(event, table(event, "c", {"a": "10 0 0 10", "b": "10 7 3 0", "c": "10 5 5 0"}))
    assert places(result) == {"a": 1, "b": 2, "c": 3}
    assert str(standing(result, "b").separated) == "level with a; how many marks of 10: 2 times 10 against 1"
    assert str(standing(result, "c").separated) == "level with b; how many marks of 7: 1 times 7 against 0"


def test_a_count_says_which_mark_made_the_difference() -> None:
    rows = {"a": "10 10 0 0", "b": "10 5 5 0", "c": "0 0 0 0"}
    for rung, expected in (
        ('{ by = "count" }', "how many of each mark, from the highest down: 2 times 10 against 1"),
        ('{ by = "count", from_lowest = true }', "how many of each mark, from the lowest up: 2 times 5 against 0"),
    ):
        event = define(f"{TIES}ties = [{rung}]\n")
        result = rank(event, table(event, "c", rows))
        first, second = result.standings[:2]

        assert str(second.separated) == f"level with {first.name}; {expected}"


def test_an_adjustment_may_be_named_by_its_id_in_a_rung() -> None:
    more = 'ties = [{ by = "adjustment", name = "extra" }]\n[[adjustments]]\nid = "extra"\nname = "附加分"\n'
    event = define(TIES + more)
    rows = table(event, "c", {"a": "10 0 0 0", "b": "9 0 0 0", "c": "0 0 0 0"})

    assert places(rank(event, rows, [adjust("b", "附加分", "1")])) == {"b": 1, "a": 2, "c": 3}


def test_the_points_of_a_group_of_anonymous_ballots_break_a_tie() -> None:
    event = define(
        """
        [event]
        title = "t"
        organisations = ["a", "b"]
        groups = []
        [[groups]]
        id = "g"
        name = "G"
        [[groups]]
        id = "h"
        name = "H"
        [[criteria]]
        id = "c"
        name = "C"
        method = "grades"
        anonymous = true
        grades = { "好" = 100, "差" = 0 }
        [tabulation]
        groups = "weighted"
        ties = [{ by = "group", group = "h" }]
        """.replace("groups = []\n", "")
    )

    def tally(group: str, organisation: str, good: int, bad: int) -> Tally:
        count = good + bad
        return Tally(group, organisation, "c", count, count, count, 0, (("好", good), ("差", bad)))  # type: ignore[arg-type]

    result = rank(
        event, tallies=[tally("g", "a", 1, 0), tally("h", "a", 0, 1), tally("g", "b", 0, 1), tally("h", "b", 1, 0)]
    )

    assert totals(result) == {"a": "50.00", "b": "50.00"}
    assert places(result) == {"b": 1, "a": 2}


def test_ballots_of_all_classes_in_one_pile_with_signed_marks() -> None:
    event = define(
        """
        [event]
        title = "t"
        organisations = ["a"]
        judges = ["x"]
        [[criteria]]
        id = "c"
        name = "C"
        method = "grades"
        anonymous = true
        grades = { "好" = 100, "差" = 0 }
        """
    )
    ballots = Tally("judges", "a", "c", 4, 4, 3, 1, (("好", 3),))  # type: ignore[arg-type]

    result = rank(event, [MarkRow("x", "a", "c", "差")], tallies=[ballots])  # type: ignore[arg-type]

    assert totals(result) == {"a": "75.00"}
    assert said(result, "a")[1:3] == ["C: 好 100×3, 差 0×1", "C: 300 ÷ 4 = 75"]


def test_a_tally_with_an_unknown_grade_or_a_negative_count_does_not_add_up() -> None:
    event = define(
        '[event]\ntitle = "t"\norganisations = ["a"]\n[[criteria]]\nid = "c"\nname = "C"\nmethod = "grades"\nanonymous = true\n'
        'grades = { "好" = 100, "差" = 0 }\n'
    )

    for counts in ((("优", 3),), (("好", 4), ("差", -1))):
        result = rank(event, tallies=[Tally("judges", "a", "c", 3, 3, 3, 0, counts)])  # type: ignore[arg-type]
        assert lack(result)[:2] == ("invalid", "the ballots of Judges do not add up")


def test_the_best_attempt_of_a_contest_that_the_lowest_wins() -> None:
    phases = "".join(f'[[phases]]\nid = "r{n}"\nname = "R{n}"\n' for n in (1, 2))
    criteria = "".join(f'[[criteria]]\nid = "c{n}"\nname = "C{n}"\nphase = "r{n}"\nmax = 100\n' for n in (1, 2))
    rules = '[tabulation]\nphases = "best"\nbest = "lowest"\nties = [{ by = "attempts" }]\n'
    event = define(f'[event]\ntitle = "t"\norganisations = ["a", "b"]\njudges = ["j"]\n{phases}{criteria}{rules}')

    result = rank(event, table(event, "c1", {"a": "10", "b": "30"}) + table(event, "c2", {"a": "40", "b": "10"}))

    assert totals(result) == {"a": "10.00", "b": "10.00"}
    assert places(result) == {"b": 1, "a": 2}


def test_a_decision_about_an_award_decides_no_place() -> None:
    event = define(TWO + 'ties = [{ by = "decision" }]\n')
    rows = table(event, "c", {"a": "90 90 90", "b": "90 90 90"})
    order = (OrganisationId("b"), OrganisationId("a"))

    result = rank(event, rows, decisions=[Decision(order, "r", award="x")])
    assert lack(result) == ("tie", "undecided tie: a, b", "", "a", "")
    assert places(rank(event, rows, decisions=[Decision(order[::-1], "r"), Decision(order, "r")])) == {"b": 1, "a": 2}


# -- awards

SIX = """
[event]
title = "t"
organisations = ["a", "b", "c", "d", "e", "f"]
judges = ["j"]
[[criteria]]
id = "c"
name = "C"
max = 100
"""


def award(more: str, given: str = "90 80 70 60 50 40", **also: object) -> object:
    event = define(SIX + more)
    return rank(event, table(event, "c", dict(zip("abcdef", given.split()))), **also)  # type: ignore[arg-type]


def test_lists_are_taken_each_from_the_whole_ranking() -> None:
    lists = '[[awards]]\nid = "前三"\nkind = "list"\ntop = 3\n[[awards]]\nid = "前二"\nkind = "list"\nquota = 2\n'

    assert awards(award(lists)) == {"前三": "a b c", "前二": "a b"}  # type: ignore[arg-type]


def test_awards_of_one_series_go_one_to_each() -> None:
    lists = "".join(f'[[awards]]\nid = "{n}"\nkind = "list"\nquota = 2\nseries = "s"\n' for n in ("x", "y"))

    assert awards(award(lists)) == {"x": "a b", "y": "c d"}  # type: ignore[arg-type]


def test_who_holds_one_award_is_kept_from_another_in_either_direction() -> None:
    lists = '[[awards]]\nid = "x"\nkind = "list"\nquota = 1\nexcludes = ["y"]\n[[awards]]\nid = "y"\nkind = "list"\nquota = 1\n'

    assert awards(award(lists)) == {"x": "a", "y": "b"}  # type: ignore[arg-type]


def test_bottom_lists_are_told_best_first_and_may_be_empty() -> None:
    lists = (
        '[[awards]]\nid = "x"\nkind = "list"\nbottom = 3\nquota = 2\n[[awards]]\nid = "y"\nkind = "list"\nquota = 0\n'
    )

    assert awards(award(lists)) == {"x": "d e"}  # type: ignore[arg-type]


def test_a_tie_across_the_first_three_or_the_last_three() -> None:
    top = '[[awards]]\nid = "x"\nkind = "list"\ntop = 2\ncut = "all"\n'
    bottom = '[[awards]]\nid = "x"\nkind = "list"\nbottom = 2\ncut = "none"\n'

    assert awards(award(top, "90 80 80 60 50 40")) == {"x": "a b c"}  # type: ignore[arg-type]
    assert awards(award(bottom, "90 80 70 60 60 40")) == {"x": "f"}  # type: ignore[arg-type]


def test_an_undecided_cut_says_who_and_how_many() -> None:
    prizes = '[[awards]]\nid = "first"\nname = "一等奖"\nkind = "prize"\nquota = 3\n'
    undecided = award(prizes, "90 80 80 80 50 40")

    assert lack(undecided) == (
        "award",
        "“一等奖”: b, c, d share the place at the cut, and there is room for 2",
        "",
        "b",
        "",
    )
    assert undecided.lacks[0].award == "first"  # type: ignore[attr-defined]
    elsewhere = [
        Decision((OrganisationId("b"),), "r", award="second"),
        Decision((OrganisationId("f"),), "r", award="first"),
    ]
    assert codes(award(prizes, "90 80 80 80 50 40", decisions=elsewhere)) == ["award"]  # type: ignore[arg-type]


def test_percentages_between_whole_numbers() -> None:
    for rounding, given, count in (("half", 25, 2), ("half", 24, 1), ("up", 33, 2), ("up", 50, 3), ("down", 49, 2)):
        lists = f'[[awards]]\nid = "x"\nkind = "list"\npercent = {given}\npercent_rounding = "{rounding}"\n'
        assert len(awards(award(lists))["x"].split()) == count, (rounding, given)  # type: ignore[arg-type]


def test_the_smaller_of_a_number_and_a_percentage() -> None:
    assert awards(award('[[awards]]\nid = "x"\nkind = "list"\npercent = 50\nquota = 2\n')) == {"x": "a b"}  # type: ignore[arg-type]


def test_a_total_of_nothing_is_below_one() -> None:
    assert awards(award('[[awards]]\nid = "x"\nkind = "list"\nbelow = 0.5\n', "90 80 70 60 50 0")) == {"x": "f"}  # type: ignore[arg-type]


# -- adjustments, ballots, groups


def test_a_cap_that_is_just_reached_is_not_said() -> None:
    event = define(TWO + '[[adjustments]]\nid = "extra"\ncap = 5\n')
    rows = table(event, "c", {"a": "90 90 90", "b": "60 60 60"})

    assert "extra: 5 at most" not in said(rank(event, rows, [adjust("a", "extra", "5")]), "a")
    assert "extra: 5 at most" in said(rank(event, rows, [adjust("a", "extra", "5.5")]), "a")


def test_a_band_from_nothing_costs_only_beyond_the_limit() -> None:
    event = define(
        TWO + '[[adjustments]]\nid = "o"\nkind = "overtime"\nlimit = 60\nbands = [{ from = 0, points = -1 }]\n'
    )
    rule = event.adjustments[0]

    assert rule.bands == (TimeBand(0, -1000),)
    assert [time_points(rule, None, seconds) for seconds in (59, 60, 61)] == [0, 0, points("-1")]


def test_without_a_limit_nothing_is_taken_off() -> None:
    event = define(
        TWO + '[[adjustments]]\nid = "o"\nkind = "overtime"\nlimit = 60\nbands = [{ from = 1, points = -1 }]\n'
    )
    from dataclasses import replace

    assert time_points(replace(event.adjustments[0], limit=0), None, 999) == 0


def test_a_judge_who_may_not_place_his_own_has_a_shorter_ballot() -> None:
    event = define(
        """
        [event]
        title = "t"
        organisations = ["a", "b", "c"]
        [[judges]]
        name = "x"
        organisation = "a"
        [[judges]]
        name = "y"
        [[criteria]]
        id = "c"
        name = "C"
        method = "places"
        points = [3, 2, 1]
        """
    )

    def paper(judge: str, **given: int) -> list[MarkRow]:
        return [MarkRow(judge, organisation, "c", place) for organisation, place in given.items()]  # type: ignore[arg-type]

    good = rank(event, [*paper("x", b=1, c=2), *paper("y", a=1, b=2, c=3)])
    assert totals(good) == {"a": "3.00", "b": "2.50", "c": "1.50"}
    bad = rank(event, [*paper("x", b=1, c=3), *paper("y", a=1, b=2, c=3)])
    assert [str(note) for note in bad.notes] == ["C: the ballot of x is invalid and not counted"]


def test_an_organisation_that_withdrew_leaves_the_ballots_whole() -> None:
    event = define(
        '[event]\ntitle = "t"\njudges = ["x"]\n[[organisations]]\nname = "a"\n[[organisations]]\nname = "b"\nstatus = "withdrawn"\n'
        '[[criteria]]\nid = "c"\nname = "C"\nmethod = "places"\npoints = [3, 2]\n'
    )

    result = rank(event, [MarkRow("x", "a", "c", 1)])  # type: ignore[arg-type]

    assert (totals(result)["a"], result.notes) == ("3.00", ())


def test_some_places_of_a_ballot_may_be_bad() -> None:
    event = define(
        '[event]\ntitle = "t"\njudges = ["x"]\norganisations = ["a", "b", "c"]\n'
        '[[criteria]]\nid = "c"\nname = "C"\nmethod = "places"\ninvalid = "place"\npoints = [3, 2, 1]\n[tabulation]\nminimum_judges = 0\n'
    )
    rows = [MarkRow("x", name, "c", place) for name, place in (("a", 1), ("b", 2), ("c", 2))]  # type: ignore[arg-type]

    assert [str(note) for note in rank(event, rows).notes] == ["C: invalid places of x are not counted"]


def test_trimming_over_all_groups_is_told_by_group() -> None:
    event = define(
        """
        [event]
        title = "t"
        organisations = ["a"]
        [[groups]]
        id = "g"
        name = "G"
        judges = ["1", "2", "3"]
        [[groups]]
        id = "h"
        name = "H"
        judges = ["4", "5"]
        [[criteria]]
        id = "c"
        name = "C"
        max = 100
        [tabulation]
        combine = "criterion"
        groups = "weighted"
        trim = { highest = 2, lowest = 1, pooled = true }
        """
    )

    result = rank(event, marks(event, "a", "c", "100 90 20 80 60"))

    assert said(result, "a")[:6] == [
        "C (G): 1 100, 2 90, 3 20",
        "C (G): without the 2 highest marks, 100.00, 90.00, without the lowest mark, 20.00",
        "C (G): no marks are left",
        "C (H): 4 80, 5 60",
        "C (H): 140 ÷ 2 = 70",
        "C (H): 70×1 = 70",
    ]
    assert totals(result) == {"a": "70.00"}
    assert codes(result) == ["empty_group"]


def test_a_pooled_trim_that_cannot_be_done_is_a_lack() -> None:
    event = define(
        '[event]\ntitle = "t"\norganisations = ["a"]\n[[groups]]\nid = "g"\nname = "G"\njudges = ["1"]\n'
        '[[groups]]\nid = "h"\nname = "H"\njudges = ["2"]\n[[criteria]]\nid = "c"\nname = "C"\nmax = 100\n'
        '[tabulation]\ngroups = "weighted"\ntrim = { highest = 1, lowest = 1, least = 2, pooled = true }\n'
    )

    result = rank(event, marks(event, "a", "c", "100 90"))

    assert lack(result)[:2] == ("minimum_judges", "with 2 judges nothing can be dropped: the rule drops 2")
    assert "G: 1 judge is too few to drop the highest and lowest" in said(result, "a")


def test_extremes_of_two_and_none() -> None:
    for trim, expected in (("{ highest = 2 }", "70.00"), ("{ lowest = 2 }", "90.00"), ("{ highest = 1 }", "73.33")):
        event = define(TWO.replace('"z"]', '"z", "w"]') + f'trim = {trim}\nmissing = "leave_out"\n')
        assert totals(rank(event, table(event, "c", {"a": "100 80 70 70", "b": "0 0 0 0"})))["a"] == expected


def test_one_judge_twice_and_another_not_at_all_are_both_seen() -> None:
    event = define(TWO)
    rows = table(event, "c", {"a": "90 80 70", "b": "60 60 60"})
    rows[2] = MarkRow("x", "a", "c", 70_000)  # type: ignore[arg-type]

    result = rank(event, rows)

    assert [(item.code, item.judge) for item in result.lacks] == [("conflict", "x"), ("missing", "z")]
    assert totals(result) == {"a": "80.00", "b": "60.00"}


GROUPED = """
[event]
title = "t"
organisations = ["a"]
[[groups]]
id = "g"
name = "G"
judges = ["1", "2"]
[[groups]]
id = "h"
name = "H"
judges = ["3"]
[[phases]]
id = "p"
name = "P"
[[phases]]
id = "q"
name = "Q"
[[criteria]]
id = "c"
name = "C"
phase = "p"
max = 100
[[criteria]]
id = "d"
name = "D"
phase = "q"
max = 100
[tabulation]
combine = "criterion"
groups = "weighted"
"""


def grouped(rules: str, c: str = "90 80 70", d: str = "90 80 70") -> object:
    event = define(GROUPED + rules)
    return rank(event, marks(event, "a", "c", c) + marks(event, "a", "d", d))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ('for = [{ group = "g", minimum_judges = 3 }]', ["c", "d"]),
        ('for = [{ group = "h", minimum_judges = 2 }]', ["c", "d"]),
        ('for = [{ group = "g", phase = "q", minimum_judges = 3 }]', ["d"]),
        ('for = [{ criterion = "c", minimum_judges = 2 }]', ["c"]),
        ('for = [{ phase = "p", minimum_judges = 2 }]', ["c"]),
        ('minimum_judges = 2\nfor = [{ phase = "p", minimum_judges = 1 }]', ["d"]),
    ],
)
def test_the_smallest_panel_may_differ_by_phase_group_and_criterion(rules: str, expected: list[str]) -> None:
    result = grouped(rules)

    assert [(item.code, item.criterion) for item in result.lacks] == [("minimum_judges", word) for word in expected]  # type: ignore[attr-defined]


def test_a_panel_that_is_too_small_says_how_small() -> None:
    assert str(grouped("minimum_judges = 2").lacks[0].message) == "H: marks of 1 judge count, and it takes 2"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("", [("empty_group", "a whole group gave no marks: H")]),
        ('empty_group = "reweigh"', []),
        ('for = [{ group = "h", empty_group = "reweigh" }]', []),
        ('for = [{ group = "g", empty_group = "reweigh" }]', [("empty_group", "a whole group gave no marks: H")]),
        ('for = [{ phase = "p", empty_group = "reweigh" }]', []),
        ('for = [{ phase = "q", empty_group = "reweigh" }]', [("empty_group", "a whole group gave no marks: H")]),
    ],
)
def test_an_empty_group_is_refused_or_its_weight_spread_as_declared(
    rules: str, expected: list[tuple[str, str]]
) -> None:
    result = grouped(rules, c="90 80 absent")

    assert [(item.code, str(item.message)) for item in result.lacks] == expected  # type: ignore[attr-defined]
    assert totals(result) == {"a": "162.50"}  # type: ignore[arg-type]


def test_an_exception_for_one_criterion_in_one_group_is_the_last_word() -> None:
    rules = 'for = [{ criterion = "c", average = "sum" }, { group = "g", criterion = "c", average = "median", trim = { highest = 1 } }]'

    result = grouped(rules, c="90 80 70", d="90 80 70")

    assert totals(result) == {"a": "152.50"}  # type: ignore[arg-type]  # (80 + 70) ÷ 2 + (85 + 70) ÷ 2


def test_a_stranger_is_told_in_words() -> None:
    event = define(TWO)
    result = rank(event, [*table(event, "c", {"a": "9 9 9", "b": "8 8 8"}), MarkRow("w", "a", "c", 5_000)])  # type: ignore[arg-type]

    assert lack(result) == (
        "unknown_judge",
        "a judge whom the definition does not name; the marks are not counted",
        "w",
        "",
        "",
    )


def test_too_few_judges_to_drop_are_a_lack_but_a_stated_start_is_none() -> None:
    for rules, given, expected in (
        ("trim = 1", "90 80 absent", ["minimum_judges"]),
        ("trim = { highest = 1, lowest = 1, least = 2 }", "90 80 absent", ["minimum_judges"]),
        ("trim = { highest = 1, lowest = 1, least = 3 }", "90 80 absent", []),
        ("trim = { highest = 1 }", "90 absent absent", ["minimum_judges"]),
        ("trim = { highest = 1, least = 1 }", "90 absent absent", ["minimum_judges"]),
    ):
        event = define(TWO.replace('["a", "b"]', '["a"]') + rules)
        assert codes(rank(event, table(event, "c", {"a": given}))) == expected, rules


GRADES = '[[awards]]\nid = "优秀"\nquota = 2\n[[awards]]\nid = "良好"\nquota = 4\n'


def test_grades_that_no_longer_fit_after_a_withdrawal_are_named() -> None:
    assert codes(award(GRADES)) == []  # type: ignore[arg-type]
    short = award(GRADES, "90 80 70 60 50 withdrawn")

    assert lack(short) == ("award", "the grades are for 6 organisations, and 5 are ranked", "", "", "")
    assert awards(short) == {"优秀": "a b", "良好": "c d e"}  # type: ignore[arg-type]


def test_a_grade_of_none_and_a_grade_by_share_need_not_add_up() -> None:
    none = GRADES + '[[awards]]\nid = "合格"\nquota = 0\n'
    share = '[[awards]]\nid = "优秀"\nquota = 2\npercent = 50\n[[awards]]\nid = "良好"\nquota = 3\n'

    assert codes(award(none, "90 80 70 60 50 withdrawn")) == ["award"]  # type: ignore[arg-type]
    assert codes(award(share)) == []  # type: ignore[arg-type]


def test_each_group_s_own_total_is_told() -> None:
    event = define(
        GROUPED.replace(
            'groups = "weighted"', 'groups = "weighted"\ngroup_level = "total"\nround = { group = 1 }'
        ).replace('phase = "q"\n', 'phase = "p"\nweight = 0.5\n')
    )

    result = rank(event, marks(event, "a", "c", "90 80.5 70") + marks(event, "a", "d", "90 80 70"))

    told = said(result, "a")
    assert "G: 85.3 + 42.5 = 127.8" in told
    assert "H: 70 + 35 = 105" in told
    assert "G, H: (127.8×1 + 105×1) ÷ 2 = 116.4" in told
    assert [step.group for step in standing(result, "a").steps if step.key == "group.sum"] == ["g", "h"]


def test_every_step_says_what_it_is_about() -> None:
    result = grouped("round = { criterion = 0 }", c="90 80.5 70")

    about = {(step.key, step.phase, step.criterion, step.group) for step in standing(result, "a").steps}  # type: ignore[arg-type]
    assert ("criterion.marks", "p", "c", "g") in about
    assert ("criterion.mean", "q", "d", "h") in about
    assert ("criterion.rounded", "p", "c", "") in about
    assert ("phase.sum", "q", "", "") in about
    assert ("total", "", "", "") in about


def test_a_rung_for_the_first_place_passes_over_those_who_lost_it_on_an_earlier_rung() -> None:
    rungs = '{ by = "count", value = 10 }, { by = "order", prefer = "late", first_place_only = true }'
    event = define(f"{TIES}ties = [{rungs}]\n")

    behind = rank(event, table(event, "c", {"a": "10 10 0 0", "b": "10 5 5 0", "c": "10 6 4 0"}))
    assert places(behind) == {"a": 1, "b": 2, "c": 2}
    ahead = rank(event, table(event, "c", {"a": "10 5 5 0", "b": "10 6 4 0", "c": "9 6 5 0"}))
    assert places(ahead) == {"b": 1, "a": 2, "c": 3}


def test_the_next_best_attempt_is_looked_at_before_the_worst() -> None:
    phases = "".join(f'[[phases]]\nid = "r{n}"\nname = "R{n}"\n' for n in (1, 2, 3))
    criteria = "".join(f'[[criteria]]\nid = "c{n}"\nname = "C{n}"\nphase = "r{n}"\nmax = 100\n' for n in (1, 2, 3))
    rules = '[tabulation]\nphases = "best"\nties = [{ by = "attempts" }]\n'
    event = define(f'[event]\ntitle = "t"\norganisations = ["a", "b"]\njudges = ["j"]\n{phases}{criteria}{rules}')
    attempts = (("c1", "90", "10"), ("c2", "50", "90"), ("c3", "40", "60"))

    result = rank(event, [row for name, a, b in attempts for row in table(event, name, {"a": a, "b": b})])

    assert places(result) == {"b": 1, "a": 2}
    assert (
        str(standing(result, "a").separated)
        == "level with b; the best phase, then the next best: 60 against 50, 10 apart"
    )


def test_grades_of_anonymous_ballots_are_counted_in_a_tie() -> None:
    event = define(
        '[event]\ntitle = "t"\norganisations = ["a", "b"]\n[[criteria]]\nid = "c"\nname = "C"\nmethod = "grades"\nanonymous = true\n'
        'grades = { "好" = 100, "中" = 50, "差" = 0 }\n[tabulation]\nties = [{ by = "count" }]\n'
    )

    def tally(organisation: str, *counts: tuple[str, int]) -> Tally:
        total = sum(count for _, count in counts)
        return Tally("judges", organisation, "c", total, total, total, 0, counts)  # type: ignore[arg-type]

    result = rank(event, tallies=[tally("a", ("中", 2)), tally("b", ("好", 1), ("差", 1))])

    assert places(result) == {"b": 1, "a": 2}


def test_a_missing_signature_says_whose() -> None:
    event = define(TWO + '[[adjustments]]\nid = "extra"\nname = "附加分"\nsigners = 2\n')

    result = rank(event, table(event, "c", {"a": "9 9 9", "b": "8 8 8"}), [adjust("b", "extra", "1", "r", "甲", "甲")])

    assert lack(result) == ("invalid", "“附加分” needs 2 signatures and has 1", "", "b", "")


def test_ballots_that_do_not_add_up_are_named_with_their_place() -> None:
    event = define(
        '[event]\ntitle = "t"\norganisations = ["a"]\n[[criteria]]\nid = "c"\nname = "C"\nmethod = "grades"\nanonymous = true\n'
        'grades = { "好" = 100, "差" = 0 }\n'
    )
    wrong = Tally("judges", "a", "c", 3, 4, 4, 0, (("好", 4),))  # type: ignore[arg-type]
    elsewhere = Tally("judges", "a", "x", 4, 4, 4, 0, (("好", 4),))  # type: ignore[arg-type]

    result = rank(event, tallies=[wrong, elsewhere])

    assert lack(result) == ("invalid", "the ballots of Judges do not add up", "", "a", "c")
    assert lack(result, 1) == ("invalid", "the ballots of Judges do not add up", "", "a", "x")


def test_in_the_exact_total_the_slightest_difference_counts() -> None:
    event = define(TWO + 'decimals = 0\nties = [{ by = "decimals" }]\n')

    result = rank(event, table(event, "c", {"a": "90 90 90", "b": "90 90 90.001"}))

    assert places(result) == {"b": 1, "a": 2}
