"""Rules that real contests use, each with the numbers its source gives or the smallest numbers that show it."""

from __future__ import annotations

import pytest

from judge_tui.domain.errors import DefinitionError
from judge_tui.domain.event import OrganisationId
from judge_tui.domain.tabulation.adjusting import time_points
from judge_tui.domain.tabulation.inputs import Decision, Tally
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

ONE_CRITERION = """
[event]
title = "t"
organisations = {organisations}
judges = {judges}
[[criteria]]
id = "c"
name = "C"
max = 100
[tabulation]
{rules}
"""


def simple(organisations: int, judges: int, rules: str = "", more: str = "") -> object:
    text = ONE_CRITERION.format(
        organisations=[f"o{n}" for n in range(1, organisations + 1)],
        judges=[f"j{n}" for n in range(1, judges + 1)],
        rules=rules,
    )
    return define(text.replace("'", '"') + more)


def ranked(totals_: list[int | str], rules: str = "", more: str = "", **given: object) -> object:
    """One judge gives each organisation its total."""
    event = simple(len(totals_), 1, rules, more)
    return rank(event, table(event, "c", {f"o{n}": str(total) for n, total in enumerate(totals_, 1)}), **given)


# -- 2.1 the closest events


def test_eleven_inspectors_one_high_and_one_low_dropped_then_bonus_and_penalty() -> None:
    event = simple(1, 11, "trim = 1")
    given = "80 81 82 83 84 85 86 87 88 89 99"

    result = rank(
        event, table(event, "c", {"o1": given}), [adjust("o1", "加分", "2", "省级示范"), adjust("o1", "扣分", "-0.5")]
    )

    assert totals(result) == {"o1": "86.50"}  # 765 ÷ 9 = 85, + 2 − 0.5
    assert "C: 765 ÷ 9 = 85" not in said(result, "o1")
    assert "All judges: 765 ÷ 9 = 85" in said(result, "o1")


def test_the_official_sentence() -> None:
    event = simple(1, 5, "trim = 1")

    result = rank(event, table(event, "c", {"o1": "98 86 94.25 92 94"}))

    assert (
        said(result, "o1")[-2] == "without the highest mark, 98.00, without the lowest mark, 86.00, final score 93.42"
    )


def test_on_site_bonus_needs_two_signatures() -> None:
    event = simple(1, 1, "", '[[adjustments]]\nid = "bonus"\nname = "加分"\nsigners = 2\n')
    rows = table(event, "c", {"o1": "90"})

    assert codes(rank(event, rows, [adjust("o1", "加分", "2", "r", "甲")])) == ["invalid"]
    assert codes(rank(event, rows, [adjust("o1", "加分", "2", "r", "甲", "乙")])) == []


def test_prizes_one_two_four() -> None:
    more = "".join(
        f'[[awards]]\nid = "{n}"\nkind = "prize"\nquota = {q}\n' for n, q in (("一", 1), ("二", 2), ("三", 4))
    )

    result = ranked([90, 89, 88, 87, 86, 85, 84, 83], more=more)

    assert awards(result) == {"一": "o1", "二": "o2 o3", "三": "o4 o5 o6 o7"}


def test_half_from_the_visit_and_half_from_the_stage() -> None:
    event = define(
        """
        [event]
        title = "五星"
        organisations = ["a", "b"]
        judges = ["j"]
        [[phases]]
        id = "visit"
        name = "观摩"
        weight = "50%"
        [[phases]]
        id = "stage"
        name = "擂台"
        weight = "50%"
        [[criteria]]
        id = "v"
        name = "V"
        phase = "visit"
        max = 100
        [[criteria]]
        id = "s"
        name = "S"
        phase = "stage"
        max = 100
        [tabulation]
        phases = "weighted"
        """
    )

    result = rank(event, table(event, "v", {"a": "90", "b": "80"}) + table(event, "s", {"a": "85", "b": "96"}))

    assert totals(result) == {"b": "88.00", "a": "87.50"}
    assert "Phases together: 90×0.5 + 85×0.5 = 87.5" in said(result, "a")


def test_visit_by_criterion_and_stage_by_sheet() -> None:
    event = define(
        """
        [event]
        title = "t"
        organisations = ["a"]
        judges = ["x", "y", "z"]
        [[phases]]
        id = "visit"
        name = "观摩"
        [[phases]]
        id = "stage"
        name = "擂台"
        [[criteria]]
        id = "v1"
        name = "V1"
        phase = "visit"
        max = 50
        [[criteria]]
        id = "v2"
        name = "V2"
        phase = "visit"
        max = 50
        [[criteria]]
        id = "s1"
        name = "S1"
        phase = "stage"
        max = 50
        [[criteria]]
        id = "s2"
        name = "S2"
        phase = "stage"
        max = 50
        [tabulation]
        trim = 1
        [[tabulation.for]]
        phase = "visit"
        combine = "criterion"
        """
    )
    rows = [
        *table(event, "v1", {"a": "10 20 45"}),
        *table(event, "v2", {"a": "50 30 10"}),
        *table(event, "s1", {"a": "10 20 45"}),
        *table(event, "s2", {"a": "50 30 10"}),
    ]

    assert totals(rank(event, rows)) == {"a": "105.00"}  # 20 + 30, and the middle one of 60, 50, 55


def test_peers_score_all_but_their_own() -> None:
    event = define(
        """
        [event]
        title = "互评"
        organisations = ["a", "b", "c"]
        [[judges]]
        name = "ja"
        organisation = "a"
        [[judges]]
        name = "jb"
        organisation = "b"
        [[judges]]
        name = "jc"
        organisation = "c"
        [[criteria]]
        id = "c1"
        name = "C1"
        max = 100
        """
    )
    rows = table(event, "c1", {"a": "100 90 80", "b": "80 100 90", "c": "70 60 100"})

    result = rank(event, rows)

    assert totals(result) == {"a": "85.00", "b": "85.00", "c": "65.00"}
    assert places(result) == {"a": 1, "b": 1, "c": 3}
    assert not result.provisional


def test_eight_advanced_and_six_backward_of_27() -> None:
    more = '[[awards]]\nid = "红旗"\nkind = "flag"\ntop = 8\n[[awards]]\nid = "黄旗"\nkind = "flag"\nbottom = 6\n'

    result = ranked([90 - n for n in range(27)], more=more)

    assert awards(result)["红旗"].split() == [f"o{n}" for n in range(1, 9)]
    assert awards(result)["黄旗"].split() == [f"o{n}" for n in range(22, 28)]


def test_the_top_four_advance_and_a_tie_at_the_cut_is_dealt_with_as_declared() -> None:
    scores = [90, 89, 88, 87, 87, 86]
    for cut, expected in (("all", "o1 o2 o3 o4 o5"), ("none", "o1 o2 o3"), ("decide", "o1 o2 o3")):
        result = ranked(scores, more=f'[[awards]]\nid = "晋级"\nkind = "advance"\nquota = 4\ncut = "{cut}"\n')
        assert awards(result) == {"晋级": expected}
        assert codes(result) == (["award"] if cut == "decide" else [])
    decided = ranked(
        scores,
        more='[[awards]]\nid = "晋级"\nkind = "advance"\nquota = 4\n',
        decisions=[Decision((OrganisationId("o5"),), "加赛", award="晋级")],
    )
    assert awards(decided) == {"晋级": "o1 o2 o3 o5"}
    assert not decided.provisional


def test_villages_ranked_inside_their_class() -> None:
    event = define(
        """
        [event]
        title = "分类"
        [[organisations]]
        name = "a1"
        division = "A"
        [[organisations]]
        name = "b1"
        division = "B"
        [[organisations]]
        name = "a2"
        division = "A"
        [[organisations]]
        name = "b2"
        division = "B"
        [[judges]]
        name = "j"
        [[criteria]]
        id = "c"
        name = "C"
        max = 100
        [tabulation]
        by_division = true
        [[awards]]
        id = "一等奖"
        kind = "prize"
        quota = 1
        [[awards]]
        id = "B类奖"
        kind = "list"
        division = "B"
        top = 1
        """
    )

    result = rank(event, table(event, "c", {"a1": "70", "a2": "80", "b1": "95", "b2": "90"}))

    assert places(result) == {"a2": 1, "a1": 2, "b1": 1, "b2": 2}
    assert awards(result) == {"一等奖": "a2 b1", "B类奖": "b1"}
    assert standing(result, "b1").separated is None


def test_a_red_flag_takes_ninety_and_the_first_three_a_yellow_one_below_eighty_and_the_last_three() -> None:
    more = """
[[awards]]
id = "红旗"
kind = "flag"
at_least = 90
top = 3
[[awards]]
id = "黄旗"
kind = "flag"
below = 80
bottom = 3
"""

    assert awards(ranked([95, 92, 89, 88, 81, 79, 70], more=more)) == {"红旗": "o1 o2", "黄旗": "o6 o7"}
    assert awards(ranked([90, 80], more=more)) == {"红旗": "o1"}


def test_only_ninety_and_more_may_be_ranked_for_a_prize() -> None:
    more = "".join(
        f'[[awards]]\nid = "{n}"\nkind = "prize"\nquota = {q}\nat_least = 90\n'
        for n, q in (("一", 1), ("二", 2), ("三", 5))
    )

    assert awards(ranked([96, 95, 91, 90, "89.99", 80, 70, 60], more=more)) == {"一": "o1", "二": "o2 o3", "三": "o4"}


# -- 2.2 scoring sheets


def test_a_hundred_points_in_four_parts() -> None:
    sizes = {"导向": 20, "艺术": 40, "形象": 20, "创新": 20}
    criteria = "".join(f'[[criteria]]\nname = "{name}"\nmax = {most}\n' for name, most in sizes.items())
    event = define(
        f'[event]\ntitle = "t"\norganisations = ["a"]\njudges = ["x", "y", "z"]\n{criteria}[tabulation]\ntrim = 1\n'
    )
    given = {"导向": "18 19 20", "艺术": "35 36 40", "形象": "17 18 20", "创新": "16 18 20"}

    result = rank(event, [row for name, words in given.items() for row in marks(event, "a", name, words)])

    assert totals(result) == {"a": "91.00"}


OVERTIME = """
[[adjustments]]
id = "overtime"
kind = "overtime"
limit = "8:00"
bands = {bands}
{cap}
"""


@pytest.mark.parametrize(
    ("seconds", "expected"), [(480, "0"), (490, "0"), (491, "-0.2"), (509, "-0.2"), (510, "-0.5"), (900, "-0.5")]
)
def test_ten_seconds_are_free_then_two_tenths_from_thirty_seconds_half_a_point(seconds: int, expected: str) -> None:
    bands = "[{ from = 11, points = -0.2 }, { from = 30, points = -0.5 }]"
    event = simple(1, 1, "", OVERTIME.format(bands=bands, cap=""))

    assert time_points(event.adjustments[0], None, seconds) == points(expected)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(480, "0"), (481, "-0.02"), (490, "-0.02"), (491, "-0.05"), (501, "-0.1"), (511, "-0.2"), (600, "-0.2")],
)
def test_bands_of_ten_seconds_up_to_a_cap(seconds: int, expected: str) -> None:
    bands = (
        "[{ from = 1, points = -0.02 }, { from = 11, points = -0.05 }, { from = 21, points = -0.1 },"
        " { from = 31, points = -0.2, every = 10 }]"
    )
    event = simple(1, 1, "", OVERTIME.format(bands=bands, cap="cap = 0.2"))

    assert time_points(event.adjustments[0], None, seconds) == points(expected)


@pytest.mark.parametrize(("seconds", "expected"), [(360, "0"), (359, "-0.1"), (0, "-0.1")])
def test_under_six_minutes_a_tenth(seconds: int, expected: str) -> None:
    event = simple(
        1,
        1,
        "",
        '[[adjustments]]\nid = "u"\nkind = "undertime"\nlimit = "6:00"\nbands = [{ from = 1, points = -0.1 }]\n',
    )

    assert time_points(event.adjustments[0], None, seconds) == points(expected)


def test_each_further_half_minute_costs_again() -> None:
    bands = "[{ from = 1, points = -1, every = 30 }]"
    rule = simple(1, 1, "", OVERTIME.format(bands=bands, cap="cap = 3")).adjustments[0]

    assert [time_points(rule, None, 480 + over) for over in (0, 1, 30, 31, 61, 200)] == [
        0,
        -1000,
        -1000,
        -2000,
        -3000,
        -3000,
    ]


def test_the_phase_s_own_time_is_the_limit() -> None:
    event = define(
        """
        [event]
        title = "t"
        [[phases]]
        id = "talk"
        name = "演讲"
        min_time = "5:00"
        max_time = "8:00"
        [[criteria]]
        name = "c"
        max = 10
        [[adjustments]]
        id = "over"
        kind = "overtime"
        phase = "talk"
        bands = [{ from = 1, points = -1 }]
        [[adjustments]]
        id = "under"
        kind = "undertime"
        phase = "talk"
        bands = [{ from = 1, points = -2 }]
        """
    )
    over, under = event.adjustments

    assert [time_points(over, event.phases[0], seconds) for seconds in (300, 480, 481)] == [0, 0, -1000]
    assert [time_points(under, event.phases[0], seconds) for seconds in (299, 300, 481)] == [-2000, 0, 0]


def test_nine_point_six_two_three_is_kept_to_three_decimals() -> None:
    event = simple(1, 3, "decimals = 3")

    assert totals(rank(event, table(event, "c", {"o1": "9.56 9.65 9.66"}))) == {"o1": "9.623"}


def test_equal_scores_are_compared_to_the_third_decimal_and_so_on() -> None:
    event = simple(2, 3, 'ties = [{ by = "decimals", decimals = 3 }, { by = "decimals", decimals = 4 }]')

    result = rank(event, table(event, "c", {"o1": "9.56 9.65 9.66", "o2": "9.57 9.65 9.66"}))

    assert places(result) == {"o2": 1, "o1": 2}
    assert totals(result) == {"o2": "9.63", "o1": "9.62"}
    level = rank(event, table(event, "c", {"o1": "9.56 9.65 9.66", "o2": "9.56 9.65 9.659"}))
    assert totals(level) == {"o1": "9.62", "o2": "9.62"}
    assert places(level) == {"o1": 1, "o2": 2}
    assert str(standing(level, "o2").separated) == (
        "level with o1; the total with 4 decimals: 9.6233 against 9.623, 0.0003 apart"
    )


def test_deductions_from_full_marks_on_a_checklist() -> None:
    event = define(
        """
        [event]
        title = "三会一课"
        organisations = ["a", "b"]
        judges = ["j"]
        [[criteria]]
        id = "c"
        name = "调阅"
        method = "checklist"
        max = 34
        items = [{ id = "none", text = "未成立", off = 1 }, { id = "once", text = "少开1次专题会", off = 0.5 }]
        """
    )
    rows = [
        *_given(event, "a", ("none", "once")),
        *_given(event, "b", ()),
    ]

    assert totals(rank(event, rows)) == {"b": "34.00", "a": "32.50"}


def _given(event: object, organisation: str, value: object, criterion: str = "c", judge: str = "j") -> list[object]:
    from judge_tui.domain.tabulation.inputs import MarkRow

    return [MarkRow(judge, organisation, criterion, value)]  # type: ignore[arg-type]


# -- 2.3 group weights, appraisal, grades

BALLOT = """
[event]
title = "测评"
organisations = ["a"]
[[groups]]
id = "lead"
name = "分管领导"
weight = "20%"
[[groups]]
id = "staff"
name = "干部职工"
weight = "40%"
[[groups]]
id = "team"
name = "考核组"
weight = "40%"
[[criteria]]
id = "c"
name = "实绩"
method = "grades"
anonymous = {anonymous}
grades = {{ "好" = 100, "较好" = 80, "一般" = 60, "较差" = 40 }}
[tabulation]
groups = "weighted"
{rules}
"""


def tally(group: str, good: int, fair: int, mean: int, poor: int, *, issued: int = 0, returned: int = 0) -> Tally:
    valid = good + fair + mean + poor
    counts = (("好", good), ("较好", fair), ("一般", mean), ("较差", poor))
    return Tally(group, "a", "c", issued or valid, returned or valid, valid, 0, counts)  # type: ignore[arg-type]


def test_good_100_fairly_good_80_fair_60_poor_40_over_the_valid_ballots_in_three_classes() -> None:
    event = define(BALLOT.format(anonymous="true", rules=""))
    tallies = [
        tally("lead", 1, 1, 0, 0),
        tally("staff", 10, 6, 3, 1, issued=25, returned=22),
        tally("team", 0, 5, 0, 0),
    ]

    result = rank(event, tallies=tallies)

    # 90 × 20 % + (1000 + 480 + 180 + 40) ÷ 20 = 85 × 40 % + 80 × 40 %
    assert totals(result) == {"a": "84.00"}
    assert not result.provisional


def test_ballots_may_be_divided_by_those_returned() -> None:
    event = define(BALLOT.format(anonymous="true", rules='ballots = "returned"\nempty_group = "reweigh"'))

    result = rank(event, tallies=[tally("staff", 10, 6, 3, 1, issued=30, returned=25)])

    assert totals(result) == {"a": "68.00"}  # 1700 ÷ 25


def test_ballots_that_do_not_add_up_are_not_counted() -> None:
    event = define(BALLOT.format(anonymous="true", rules=""))
    wrong = Tally("staff", "a", "c", 10, 10, 9, 0, (("好", 8),))  # type: ignore[arg-type]

    result = rank(event, tallies=[wrong, tally("lead", 1, 0, 0, 0)])

    assert "invalid" in codes(result)
    assert "empty_group" in codes(result)


def test_an_abstention_counts_among_the_returned_ballots_only() -> None:
    event = define(BALLOT.format(anonymous="true", rules='empty_group = "reweigh"'))
    ballots = Tally("staff", "a", "c", 10, 9, 7, 2, (("好", 7),))  # type: ignore[arg-type]

    assert totals(rank(event, tallies=[ballots])) == {"a": "100.00"}
    assert codes(rank(event, tallies=[Tally("staff", "a", "c", 10, 8, 7, 2, (("好", 7),))]))[0] == "invalid"  # type: ignore[arg-type]


def test_seventy_twenty_ten_from_three_sources() -> None:
    event = define(
        """
        [event]
        title = "第一书记"
        organisations = ["a"]
        judges = ["j"]
        [[phases]]
        id = "target"
        name = "目标管理"
        [[phases]]
        id = "vote"
        name = "民主测评"
        weight = "20%"
        [[phases]]
        id = "check"
        name = "检查评价"
        [[criteria]]
        id = "v"
        name = "测评"
        phase = "vote"
        method = "grades"
        anonymous = true
        grades = { "优秀" = 100, "称职" = 80, "基本称职" = 60, "不称职" = 0 }
        [[criteria]]
        id = "k"
        name = "检查"
        phase = "check"
        max = 10
        [[adjustments]]
        id = "objective"
        name = "目标管理得分"
        kind = "objective"
        phase = "target"
        """
    )
    ballots = Tally("judges", "a", "v", 10, 10, 10, 0, (("优秀", 5), ("称职", 5)))  # type: ignore[arg-type]

    result = rank(event, table(event, "k", {"a": "9.5"}), [adjust("a", "目标管理得分", "63")], [ballots])

    assert totals(result) == {"a": "90.50"}  # 63 + 90 × 20 % + 9.5


def test_where_the_lowest_total_wins_a_penalty_is_no_gain() -> None:
    """Places added up: two points off would lift an organisation that came late."""
    event = define(
        """
        [event]
        title = "排序"
        organisations = ["a", "b", "c"]
        judges = ["x", "y", "z"]
        [[criteria]]
        id = "c"
        name = "C"
        method = "places"
        [tabulation]
        average = "sum"
        best = "lowest"
        decimals = 0
        [[adjustments]]
        id = "late"
        name = "迟到"
        kind = "penalty"
        [[adjustments]]
        id = "extra"
        name = "加分"
        cap = 1
        """
    )
    ballots = placed(event, {"x": (1, 2, 3), "y": (2, 1, 3), "z": (1, 3, 2)})

    result = rank(event, ballots, [adjust("a", "迟到", "3"), adjust("b", "late", "-1"), adjust("c", "extra", "2")])

    assert totals(result) == {"a": "7", "b": "7", "c": "7"}
    assert "迟到: +3" in said(result, "a")
    assert said(result, "c")[-4:-1] == ["加分: -1 at most", "8 - 1 = 7", "Final score 7"]


PLACES = """
[event]
title = "排序"
organisations = ["a", "b", "c"]
judges = ["x", "y", "z"]
[[criteria]]
id = "c"
name = "C"
method = "places"
invalid = "{invalid}"
[tabulation]
average = "sum"
best = "lowest"
missing = "leave_out"
decimals = 0
ties = [{{ by = "count", from_lowest = true }}]
"""


def placed(event: object, ballots: dict[str, tuple[int, ...]]) -> list[object]:
    rows: list[object] = []
    for judge, given in ballots.items():
        for organisation, value in zip("abc", given):
            rows += _given(event, organisation, value, judge=judge)
    return rows


def test_places_are_added_up_and_the_lowest_sum_wins() -> None:
    event = define(PLACES.format(invalid="ballot"))

    result = rank(event, placed(event, {"x": (1, 2, 3), "y": (2, 1, 3), "z": (1, 3, 2)}))

    assert totals(result) == {"a": "4", "b": "6", "c": "8"}
    assert places(result) == {"a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize("bad", [(1, 1, 2), (1, 2, 4), (1, 2, 0)])
def test_a_ballot_with_a_tie_a_gap_or_no_place_is_invalid_as_a_whole(bad: tuple[int, ...]) -> None:
    event = define(PLACES.format(invalid="ballot"))

    result = rank(event, placed(event, {"x": (1, 2, 3), "y": (2, 1, 3), "z": bad}))

    assert totals(result) == {"a": "3", "b": "3", "c": "6"}
    assert [str(note) for note in result.notes] == ["C: the ballot of z is invalid and not counted"]


def test_or_only_the_bad_places_are() -> None:
    event = define(PLACES.format(invalid="place"))

    result = rank(event, placed(event, {"x": (1, 2, 3), "y": (2, 1, 3), "z": (1, 1, 2)}))

    assert totals(result) == {"a": "3", "b": "3", "c": "8"}


def test_equal_rank_sums_are_broken_by_the_most_first_places() -> None:
    event = define(PLACES.format(invalid="ballot"))

    result = rank(event, placed(event, {"x": (2, 1, 3), "y": (2, 1, 3), "z": (2, 3, 1)}))

    assert totals(result) == {"b": "5", "a": "6", "c": "7"}
    tied = rank(event, placed(event, {"x": (2, 1, 3), "y": (2, 3, 1), "z": (2, 1, 3)}))
    assert places(tied) == {"b": 1, "a": 2, "c": 3}


def test_votes_for_the_best_two_fewer_are_valid_more_are_not() -> None:
    event = define(
        """
        [event]
        title = "推荐"
        organisations = ["a", "b", "c"]
        judges = ["x", "y", "z"]
        [[criteria]]
        id = "c"
        name = "C"
        method = "votes"
        most = 2
        [tabulation]
        average = "sum"
        missing = "leave_out"
        decimals = 0
        """
    )

    result = rank(event, placed(event, {"x": (1, 1, 0), "y": (1, 0, 0), "z": (1, 1, 1)}))

    assert totals(result) == {"a": "2", "b": "1", "c": "0"}
    assert [str(note) for note in result.notes] == ["C: the ballot of z is invalid and not counted"]


def test_points_grades_and_places_in_one_event() -> None:
    event = define(
        """
        [event]
        title = "混合"
        organisations = ["a", "b", "c"]
        judges = ["x"]
        [[criteria]]
        id = "p"
        name = "P"
        max = 100
        weight = 0.5
        [[criteria]]
        id = "g"
        name = "G"
        method = "grades"
        grades = { "优秀" = 30, "良好" = 20 }
        [[criteria]]
        id = "c"
        name = "C"
        method = "places"
        points = [20, 15, 10]
        """
    )
    rows = [
        *table(event, "p", {"a": "80", "b": "90", "c": "100"}),
        *_given(event, "a", "优秀", "g", "x"),
        *_given(event, "b", "良好", "g", "x"),
        *_given(event, "c", "良好", "g", "x"),
        *placed(event, {"x": (1, 2, 3)}),
    ]

    assert totals(rank(event, rows)) == {"a": "90.00", "b": "80.00", "c": "80.00"}


# -- ties, numbering, eligibility


def test_a_quota_tie_is_admitted_in_full() -> None:
    result = ranked([90] * 1 + [80] * 3 + [70], more='[[awards]]\nid = "入选"\nkind = "list"\nquota = 2\ncut = "all"\n')

    assert awards(result) == {"入选": "o1 o2 o3 o4"}


def test_team_contest_compares_player_one_then_two_then_three() -> None:
    criteria = "".join(f'[[criteria]]\nid = "p{n}"\nname = "选手{n}"\nmax = 100\n' for n in (1, 2, 3))
    ties = "ties = [" + ", ".join(f'{{ by = "criterion", criterion = "p{n}" }}' for n in (1, 2, 3)) + "]"
    event = define(
        f'[event]\ntitle = "t"\norganisations = ["a", "b"]\njudges = ["j"]\n{criteria}[tabulation]\n{ties}\n'
    )
    rows = [
        row
        for n, (a, b) in enumerate(((90, 90), (80, 85), (85, 80)), 1)
        for row in table(event, f"p{n}", {"a": str(a), "b": str(b)})
    ]

    result = rank(event, rows)

    assert places(result) == {"b": 1, "a": 2}
    assert str(standing(result, "a").separated) == (
        "level with b; the points of a criterion (选手2): 85 against 80, 5 apart"
    )


@pytest.mark.parametrize(("numbering", "expected"), [("standard", [1, 1, 3, 4]), ("dense", [1, 1, 2, 3])])
def test_places_after_a_shared_one(numbering: str, expected: list[int]) -> None:
    result = ranked([90, 90, 80, 70], f'numbering = "{numbering}"')

    assert [item.rank for item in result.standings] == expected
    assert [item.tied for item in result.standings] == [True, True, False, False]


def test_the_organiser_decides_what_nothing_else_separates() -> None:
    rules = 'ties = [{ by = "decision" }]'
    open_ = ranked([90, 90, 80], rules)
    assert codes(open_) == ["tie"]
    assert str(open_.lacks[0].message) == "undecided tie: o1, o2"

    decision = Decision((OrganisationId("o2"), OrganisationId("o1")), "加赛")
    decided = ranked([90, 90, 80], rules, decisions=[decision])
    assert places(decided) == {"o2": 1, "o1": 2, "o3": 3}
    assert str(standing(decided, "o1").separated) == "level with o2; put after by the organiser's decision: 加赛"
    assert not decided.provisional


def test_withdrawn_vetoed_and_guest_entries_have_no_place_and_hold_none_up() -> None:
    event = define(
        """
        [event]
        title = "t"
        [[organisations]]
        name = "a"
        [[organisations]]
        name = "b"
        status = "guest"
        [[organisations]]
        name = "c"
        [[organisations]]
        name = "d"
        [[judges]]
        name = "j"
        [[criteria]]
        id = "c"
        name = "C"
        max = 100
        [[adjustments]]
        id = "veto"
        name = "一票否决"
        kind = "veto"
        """
    )
    rows = table(event, "c", {"a": "70", "b": "99", "c": "98", "d": "withdrawn"})

    result = rank(event, rows, [adjust("c", "一票否决", "0", "安全事故")])

    assert places(result) == {"a": 1, "b": None, "c": None, "d": None}
    assert {item.organisation: item.status for item in result.standings} == {
        "a": "",
        "b": "guest",
        "c": "vetoed",
        "d": "withdrawn",
    }
    assert not result.provisional


def test_grades_for_everyone_two_six_two() -> None:
    more = "".join(f'[[awards]]\nid = "{n}"\nquota = {q}\n' for n, q in (("优秀", 2), ("良好", 6), ("合格", 2)))

    assert awards(ranked([95 - n for n in range(10)], more=more)) == {
        "优秀": "o1 o2",
        "良好": "o3 o4 o5 o6 o7 o8",
        "合格": "o9 o10",
    }
    with pytest.raises(DefinitionError) as error:
        ranked([95 - n for n in range(11)], more=more)
    assert "are for 10 organisations, and there are 11" in str(error.value.problems[0].message)


def test_the_last_grade_takes_the_rest() -> None:
    more = '[[awards]]\nid = "优秀"\npercent = "20%"\n[[awards]]\nid = "良好"\npercent = 50\n[[awards]]\nid = "合格"\n'

    assert awards(ranked([95 - n for n in range(11)], more=more)) == {
        "优秀": "o1 o2",
        "良好": "o3 o4 o5 o6 o7",
        "合格": "o8 o9 o10 o11",
    }


@pytest.mark.parametrize(("rounding", "expected"), [("down", 1), ("half", 2), ("up", 2)])
def test_a_percentage_becomes_a_number_as_declared(rounding: str, expected: int) -> None:
    more = f'[[awards]]\nid = "优秀"\nkind = "list"\npercent = 25\npercent_rounding = "{rounding}"\n'

    assert len(awards(ranked([90, 80, 70, 60, 50, 40], more=more))["优秀"].split()) == expected


def test_awards_that_exclude_each_other() -> None:
    more = (
        '[[awards]]\nid = "一等奖"\nkind = "prize"\nquota = 1\n'
        '[[awards]]\nid = "最佳"\nkind = "list"\nquota = 2\nexcludes = ["一等奖"]\n'
    )

    assert awards(ranked([90, 80, 70], more=more)) == {"一等奖": "o1", "最佳": "o2 o3"}


def test_the_last_two_get_a_snail() -> None:
    more = '[[awards]]\nid = "蜗牛奖"\nkind = "list"\nquota = 2\nfrom_last = true\n'

    assert awards(ranked([90, 80, 70, 60], more=more)) == {"蜗牛奖": "o3 o4"}


def test_blank_zero_absent_recused_and_withdrawn_are_five_things() -> None:
    event = simple(4, 2, 'missing = "refuse"')

    result = rank(event, table(event, "c", {"o1": "0 90", "o2": "absent 90", "o3": "recused 90", "o4": "- 90"}))

    assert totals(result) == {"o2": "90.00", "o3": "90.00", "o4": "90.00", "o1": "45.00"}
    assert [(lack.code, lack.judge, lack.organisation) for lack in result.lacks] == [("missing", "j1", "o4")]


def test_a_minimum_panel() -> None:
    event = simple(1, 5, "minimum_judges = 4")

    assert codes(rank(event, table(event, "c", {"o1": "90 90 90 absent absent"}))) == ["minimum_judges"]
    assert codes(rank(event, table(event, "c", {"o1": "90 90 90 90 absent"}))) == []


def test_trimming_starts_with_the_stated_number_of_judges() -> None:
    event = simple(1, 5, "trim = { highest = 1, lowest = 1, least = 5 }")

    assert totals(rank(event, table(event, "c", {"o1": "10 80 82 84 100"}))) == {"o1": "82.00"}
    four = rank(event, table(event, "c", {"o1": "10 80 82 84 absent"}))
    assert totals(four) == {"o1": "64.00"}
    assert "All judges: 4 judges are too few to drop the highest and lowest" in said(four, "o1")
    assert codes(four) == []


@pytest.mark.parametrize("trim", ["trim = 1", "trim = { highest = 1, lowest = 1, least = 3 }"])
@pytest.mark.parametrize("combine", ["sheet", "criterion"])
def test_with_too_few_judges_nothing_is_dropped_and_steps_notes_and_rules_say_so(trim: str, combine: str) -> None:
    event = simple(2, 3, f'{trim}\ncombine = "{combine}"')

    result = rank(event, table(event, "c", {"o1": "80 90 absent", "o2": "70 80 99"}))

    assert totals(result) == {"o1": "85.00", "o2": "80.00"}
    assert codes(result) == (["minimum_judges"] if "least" not in trim else [])
    assert any("2 judges are too few to drop the highest and lowest" in step for step in said(result, "o1"))
    assert not any("too few" in step for step in said(result, "o2"))
    assert [str(note) for note in result.notes] == [
        f"too few marks to drop the highest and lowest, so that all of them count: {event.organisations[0].name}"
    ]
    assert "Marks dropped, from 3 judges on: 1 highest, 1 lowest." in [str(rule) for rule in result.rules]


def test_where_nobody_was_scored_by_enough_judges_the_note_says_all() -> None:
    event = simple(2, 2, "trim = 1")

    result = rank(event, table(event, "c", {"o1": "80 90", "o2": "70 80"}))

    assert [str(note) for note in result.notes] == [
        "too few marks to drop the highest and lowest, so that all of them count: all organisations"
    ]


def test_a_stated_number_of_judges_that_leaves_none_drops_nothing_and_is_provisional() -> None:
    event = simple(1, 2, "trim = { highest = 1, lowest = 1, least = 2 }")

    result = rank(event, table(event, "c", {"o1": "80 90"}))

    assert totals(result) == {"o1": "85.00"}
    assert [str(lack.message) for lack in result.lacks] == ["with 2 judges nothing can be dropped: the rule drops 2"]


def test_best_attempt_counts_and_the_next_best_breaks_ties() -> None:
    phases = "".join(f'[[phases]]\nid = "r{n}"\nname = "第{n}轮"\n' for n in (1, 2))
    criteria = "".join(f'[[criteria]]\nid = "c{n}"\nname = "C{n}"\nphase = "r{n}"\nmax = 100\n' for n in (1, 2))
    rules = '[tabulation]\nphases = "best"\nties = [{ by = "attempts" }]\n'
    event = define(f'[event]\ntitle = "t"\norganisations = ["a", "b"]\njudges = ["j"]\n{phases}{criteria}{rules}')

    result = rank(event, table(event, "c1", {"a": "90", "b": "60"}) + table(event, "c2", {"a": "50", "b": "90"}))

    assert totals(result) == {"a": "90.00", "b": "90.00"}
    assert places(result) == {"b": 1, "a": 2}
    assert "第2轮 is not among the best and does not count" in said(result, "a")


def test_practice_judges_and_strangers_do_not_count() -> None:
    event = define(
        """
        [event]
        title = "t"
        organisations = ["a"]
        [[judges]]
        name = "j"
        [[judges]]
        name = "见习"
        practice = true
        [[criteria]]
        id = "c"
        name = "C"
        max = 100
        """
    )
    rows = marks(event, "a", "c", "90 10") + _given(event, "a", 10_000, judge="过路人")

    result = rank(event, rows)

    assert totals(result) == {"a": "90.00"}
    assert [(lack.code, lack.judge) for lack in result.lacks] == [("unknown_judge", "过路人")]


def test_a_cap_bounds_all_bonuses_together() -> None:
    event = simple(1, 1, "", '[[adjustments]]\nid = "extra"\nname = "附加分"\nkind = "bonus"\ncap = 5\n')

    result = rank(event, table(event, "c", {"o1": "90"}), [adjust("o1", "附加分", "4"), adjust("o1", "extra", "3")])

    assert totals(result) == {"o1": "95.00"}
    assert "附加分: 5 at most" in said(result, "o1")


def test_a_penalty_takes_away_however_it_is_written() -> None:
    event = simple(1, 1, "", '[[adjustments]]\nid = "fall"\nkind = "penalty"\n')

    for written in ("1", "-1"):
        assert totals(rank(event, table(event, "c", {"o1": "90"}), [adjust("o1", "fall", written)])) == {"o1": "89.00"}
