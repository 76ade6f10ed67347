"""Standings, flags, honours and venues over several events."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judge_tui.domain.errors import DefinitionError
from judge_tui.domain.season.declared import (
    Absent,
    Adding,
    AnnualAward,
    Consequence,
    Cut,
    Declared,
    Detail,
    Earlier,
    Together,
)
from judge_tui.domain.season.rounds import Round
from judge_tui.domain.season.season import Season, build_season
from judge_tui.domain.season.standings import Line
from tests.domain.season.made_up import made_round, ranked, showing

QUARTERS = [f"2021年第{word}季度" for word in "一二三四"]
TALK = Consequence("黄旗", 2, "约谈")


def flags(*rounds: dict[str, str], absent: Absent = Absent.BREAKS) -> Season:
    """Quarters of 汤塘镇; each dict says who took part and with which flag (none: empty)."""
    made = [
        made_round(
            f"q{number}", label, *(showing(who, None, None, *([flag] if flag else [])) for who, flag in given.items())
        )
        for number, (label, given) in enumerate(zip(QUARTERS, rounds), 1)
    ]
    return build_season(made, Declared(consequences=(TALK,), absent=absent))


@pytest.mark.parametrize(
    ("rounds", "expected"),
    [
        (({"甲": "黄旗"}, {"甲": "黄旗"}), [("甲", 2, True)]),
        (({"甲": "黄旗"}, {"甲": ""}, {"甲": "黄旗"}), []),
        (({"甲": "黄旗"}, {"甲": "红旗"}, {"甲": "黄旗"}), []),
        (({"甲": "黄旗"}, {"甲": "黄旗"}, {"甲": "黄旗"}), [("甲", 3, True)]),
        (({"甲": "黄旗"}, {"甲": "黄旗"}, {"甲": ""}), [("甲", 2, False)]),
        (({"甲": "黄旗", "乙": ""}, {"乙": ""}, {"甲": "黄旗", "乙": ""}), []),
    ],
)
def test_two_yellow_flags_in_a_row_lead_to_a_talk(
    rounds: tuple[dict[str, str], ...], expected: list[tuple[str, int, bool]]
) -> None:
    found = flags(*rounds)

    assert [(item.name, item.times, item.lasts) for item in found.outcomes] == expected
    assert all(item.rule.then == "约谈" for item in found.outcomes)


def test_a_run_that_has_ended_is_no_longer_current() -> None:
    found = flags({"甲": "黄旗"}, {"甲": "黄旗"}, {"甲": ""})

    assert [(item.longest, item.current) for item in found.honours] == [(2, 0)]


def test_who_was_not_drawn_into_the_sample_keeps_his_flag_where_that_is_declared() -> None:
    found = flags({"甲": "黄旗", "乙": ""}, {"乙": ""}, {"甲": "黄旗", "乙": ""}, absent=Absent.PASSES)

    assert [(item.name, item.labels) for item in found.outcomes] == [("甲", (QUARTERS[0], QUARTERS[2]))]


def test_a_round_without_flags_neither_makes_nor_breaks_a_row() -> None:
    rounds = [
        made_round("q1", QUARTERS[0], showing("甲", None, None, "黄旗")),
        made_round("q2", QUARTERS[1], showing("甲"), offered=("红旗",)),
        made_round("q3", QUARTERS[2], showing("甲", None, None, "黄旗")),
    ]
    found = build_season(rounds, Declared(consequences=(TALK,)))

    assert [item.times for item in found.outcomes] == [2]


def test_flags_may_be_counted_altogether() -> None:
    rule = Consequence("黄旗", 2, "书面检查", row=False)
    rounds = [
        made_round("q1", QUARTERS[0], showing("甲", None, None, "黄旗")),
        made_round("q2", QUARTERS[1], showing("甲")),
        made_round("q3", QUARTERS[2], showing("甲", None, None, "黄旗")),
    ]

    assert [item.times for item in build_season(rounds, Declared(consequences=(rule,))).outcomes] == [2]


def test_the_ledger_tells_how_often_and_how_many_months_in_a_row() -> None:
    months = [
        made_round(
            f"m{month}",
            f"2023年{month}月",
            *(showing(name, None, None, *(["最美村"] if month in won else [])) for name, won in villages.items()),
            offered=("最美村",),
        )
        for villages in [{"曹田前村": {1, 3}, "荷堡村": {2, 3}}]
        for month in (1, 2, 3)
    ]
    found = build_season(months, Declared(earlier=(Earlier("曹田前村", "最美村", 5), Earlier("苏吕村", "骏马奖"))))
    honours = {item.name: item for item in found.honours}

    assert (honours["曹田前村"].count, honours["曹田前村"].earlier, honours["曹田前村"].longest) == (7, 5, 1)
    assert (honours["荷堡村"].count, honours["荷堡村"].longest, honours["荷堡村"].current) == (2, 2, 2)
    assert honours["荷堡村"].labels == ("2023年2月", "2023年3月")
    assert honours["苏吕村"].award == "骏马奖"
    assert [item.count for item in found.honours] == sorted((item.count for item in found.honours), reverse=True)


def test_honours_printed_in_the_definitions_are_kept_as_printed() -> None:
    rounds = [
        made_round("q1", QUARTERS[0], showing("甲", honours=("3月“最美村”",))),
        made_round("q2", QUARTERS[1], showing("甲", honours=("3月“最美村”", "5月“最美村”"))),
    ]

    assert build_season(rounds).printed == (("甲", ("3月“最美村”", "5月“最美村”")),)


def lines(found: Season) -> list[tuple[str, str, int | None]]:
    return [(line.name, line.figure_text, line.place) for line in found.tables[0].lines]


MONTHS = [
    ranked("m10", "2021年10月", {"十里铺村": 90, "楼李村": 80, "石固村": 80}),
    ranked("m11", "2021年11月", {"十里铺村": 80, "楼李村": 91, "石固村": 85}),
    ranked("m12", "2021年12月", {"十里铺村": 86, "楼李村": 88}),
]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        (Declared(), [("楼李村", "86.33", 1), ("十里铺村", "85.33", 2), ("石固村", "82.50", 3)]),
        (Declared(by=Adding.SUM), [("楼李村", "259.00", 1), ("十里铺村", "256.00", 2), ("石固村", "165.00", 3)]),
        (Declared(by=Adding.PLACES), [("楼李村", "1.33", 1), ("十里铺村", "2.00", 2), ("石固村", "2.00", 2)]),
        (
            Declared(by=Adding.POINTS, points=(3000, 2000, 1000), decimals=0),
            [("楼李村", "8", 1), ("十里铺村", "6", 2), ("石固村", "4", 3)],
        ),
        (Declared(drop=1), [("楼李村", "89.50", 1), ("十里铺村", "88.00", 2), ("石固村", "85.00", 3)]),
        (Declared(least=3), [("楼李村", "86.33", 1), ("十里铺村", "85.33", 2), ("石固村", "82.50", None)]),
    ],
)
def test_months_are_added_up_as_declared(declared: Declared, expected: list[tuple[str, str, int | None]]) -> None:
    assert lines(build_season(MONTHS, declared)) == expected


def test_places_can_be_added_up_where_totals_were_not_published() -> None:
    rounds = [
        made_round("q1", QUARTERS[0], showing("甲", None, 1), showing("乙", None, 2)),
        made_round("q2", QUARTERS[1], showing("甲", None, 1), showing("乙", None, 2)),
    ]

    assert lines(build_season(rounds, Declared(by=Adding.PLACES))) == [("甲", "1.00", 1), ("乙", "2.00", 2)]
    assert lines(build_season(rounds)) == [("甲", "", None), ("乙", "", None)]


def test_the_trend_tells_places_won_and_lost_since_the_last_time() -> None:
    change = {line.name: line.change for line in build_season(MONTHS).tables[0].lines}

    assert change == {"楼李村": 0, "十里铺村": 1, "石固村": 0}


def test_who_was_rarely_there_has_no_place() -> None:
    rounds = [*MONTHS, ranked("m13", "2022年1月", {"十里铺村": 80, "楼李村": 80, "新来村": 99})]
    newcomer = build_season(rounds).tables[0].lines[-1]

    assert (newcomer.name, newcomer.place, newcomer.figure_text) == ("新来村", None, "99.00")
    assert str(newcomer.short) == "only 1 counted event"


def venue(host: str, *names: str, season: str = "2019年第三季度") -> object:
    return made_round(f"{host}-{season}", season, *(showing(name) for name in names), series="村村擂台赛", host=host)


def test_venues_in_parallel_are_never_one_ranking() -> None:
    rounds = [venue("西漳社区", "西漳村", "漳湾村"), venue("茗屿片区", "茗东村"), venue("三山片区", "三山村")]
    found = build_season(rounds)

    assert sorted(item.field.name for item in found.tables) == sorted(["西漳社区", "茗屿片区", "三山片区"])
    assert all(item.field.parallel for item in found.tables)
    assert "never ranked together" in str(found.notes[-1])


def test_a_venue_goes_on_by_itself_from_one_quarter_to_the_next() -> None:
    rounds = [
        venue(host, name, season=season)
        for season in ("2019年第三季度", "2019年第四季度")
        for host, name in (("西漳社区", "西漳村"), ("茗屿片区", "茗东村"))
    ]
    found = build_season(rounds)

    assert [len(item.field.rounds) for item in found.tables] == [2, 2]
    assert [len(item.lines) for item in found.tables] == [1, 1]


def test_parallel_venues_without_a_host_stand_each_by_itself() -> None:
    rounds = [
        made_round("a", "2019年第三季度", showing("甲"), host=""),
        made_round("b", "2019年第三季度", showing("乙"), host=""),
    ]

    assert len(build_season(rounds).tables) == 2


def test_what_is_declared_together_is_one_ranking() -> None:
    rounds = [venue("西漳社区", "西漳村"), venue("茗屿片区", "茗东村"), venue("三山片区", "三山村")]
    together = Together("两片", ("西漳社区-2019年第三季度", "茗屿片区-2019年第三季度"))
    found = build_season(rounds, Declared(together=(together,)))

    assert sorted(len(item.lines) for item in found.tables) == [1, 2]


def test_an_event_that_is_not_there_cannot_be_declared() -> None:
    for declared in (
        Declared(together=(Together("x", ("nothing",)),)),
        Declared(order=("nothing",)),
        Declared(details=(Detail("nothing"),)),
    ):
        with pytest.raises(DefinitionError):
            build_season(MONTHS, declared)


def test_another_series_is_left_out_where_one_is_declared() -> None:
    rounds = [*MONTHS, venue("西漳社区", "西漳村")]

    assert len(build_season(rounds, Declared(series="流动红黄旗")).rounds) == 3


def winners(award: AnnualAward, flags_given: dict[str, str] | None = None) -> tuple[list[str], list[str]]:
    rounds = [
        ranked("q1", QUARTERS[0], {"甲": 95, "乙": 90, "丙": 90, "丁": 70}, flags_given),
        ranked("q2", QUARTERS[1], {"甲": 95, "乙": 90, "丙": 90, "丁": 70}),
    ]
    given = build_season(rounds, Declared(annual=(award,))).annual[0]
    return [line.name for line in given.winners], [line.name for line in given.undecided]


@pytest.mark.parametrize(
    ("award", "expected"),
    [
        (AnnualAward("金牛奖", quota=1), (["甲"], [])),
        (AnnualAward("金牛奖", quota=2), (["甲"], ["乙", "丙"])),
        (AnnualAward("金牛奖", quota=2, cut=Cut.ALL), (["甲", "乙", "丙"], [])),
        (AnnualAward("金牛奖", quota=2, cut=Cut.NONE), (["甲"], [])),
        (AnnualAward("金牛奖", top=3, at_least=90000), (["甲", "乙", "丙"], [])),
        (AnnualAward("蜗牛奖", bottom=1, below=80000), (["丁"], [])),
        (AnnualAward("末位", bottom=1), (["丁"], [])),
        (AnnualAward("末位", bottom=2), (["乙", "丙", "丁"], [])),
        (AnnualAward("金牛奖", quota=3, without=("黄旗",)), (["乙", "丙", "丁"], [])),
        (AnnualAward("难兄奖", needs="黄旗"), (["甲"], [])),
        (AnnualAward("难兄奖", needs="黄旗", times=2), ([], [])),
    ],
)
def test_annual_awards_follow_their_conditions(award: AnnualAward, expected: tuple[list[str], list[str]]) -> None:
    assert winners(award, {"甲": "黄旗"}) == expected


def test_a_provisional_result_is_said_first() -> None:
    found = build_season([made_round("q1", QUARTERS[0], showing("甲"), provisional=True)])

    assert QUARTERS[0] in str(found.notes[0])


rounds_of_totals = st.lists(
    st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.integers(0, 100), min_size=1), min_size=1, max_size=4
)


@settings(deadline=None)
@given(rounds_of_totals, st.sampled_from([Adding.MEAN, Adding.SUM, Adding.PLACES]), st.randoms())
def test_a_season_does_not_depend_on_the_order_of_its_files(
    totals: list[dict[str, int]], by: Adding, dice: object
) -> None:
    rounds = [ranked(f"q{number}", label, given) for number, (label, given) in enumerate(zip(QUARTERS, totals))]
    shuffled = list(rounds)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]

    assert build_season(shuffled, Declared(by=by)) == build_season(rounds, Declared(by=by))


@settings(deadline=None)
@given(rounds_of_totals)
def test_places_follow_the_figures_and_everybody_is_there_once(totals: list[dict[str, int]]) -> None:
    rounds = [ranked(f"q{number}", label, given) for number, (label, given) in enumerate(zip(QUARTERS, totals))]
    every: list[Line] = [line for item in build_season(rounds, Declared(least=1)).tables for line in item.lines]

    assert len(every) == sum(len(item.lines) for item in build_season(rounds).tables)
    for item in build_season(rounds, Declared(least=1)).tables:
        placed = [line for line in item.lines if line.place is not None]
        for one, two in itertools.pairwise(placed):
            assert (one.figure or Fraction(0)) >= (two.figure or Fraction(0))
        for line in placed:
            assert line.place == 1 + sum((other.figure or 0) > (line.figure or 0) for other in placed)


@settings(deadline=None)
@given(st.lists(st.sampled_from(["", "黄旗"]), min_size=4, max_size=4))
def test_the_longest_run_is_what_a_hand_counts(given_flags: list[str]) -> None:
    found = flags(*({"甲": flag} for flag in given_flags))
    by_hand = max((len(list(group)) for flag, group in itertools.groupby(given_flags) if flag), default=0)

    assert max((item.longest for item in found.honours), default=0) == by_hand
    assert max((item.times for item in found.outcomes), default=0) == (by_hand if by_hand > 1 else 0)


def places_added(event: str, label: str, totals: dict[str, int]) -> Round:
    """A round in which places were added up: the lowest total wins."""
    made = [showing(who, total, 1 + sum(other < total for other in totals.values())) for who, total in totals.items()]
    return replace(made_round(event, label, *made), lowest=True)


@pytest.mark.parametrize(("by", "drop"), [(Adding.MEAN, 0), (Adding.SUM, 0), (Adding.SUM, 1)])
def test_where_the_lowest_totals_win_the_lowest_season_wins(by: Adding, drop: int) -> None:
    rounds = [
        places_added("q1", QUARTERS[0], {"甲": 4, "乙": 6, "丙": 11}),
        places_added("q2", QUARTERS[1], {"甲": 5, "乙": 9, "丙": 8}),
    ]
    (table,) = build_season(rounds, Declared(by=by, drop=drop)).tables

    expected = {
        (Adding.MEAN, 0): "4.50 7.50 9.50",
        (Adding.SUM, 0): "9.00 15.00 19.00",
        (Adding.SUM, 1): "4.00 6.00 8.00",
    }
    assert [(line.name, line.place) for line in table.lines] == [("甲", 1), ("乙", 2), ("丙", 3)]
    assert " ".join(line.figure_text for line in table.lines) == expected[by, drop]
    assert "the lowest is best, as in the events" in [str(rule) for rule in table.rules]


def test_totals_that_go_both_ways_are_not_taken_together_and_places_are() -> None:
    rounds = [
        places_added("q1", QUARTERS[0], {"甲": 4, "乙": 6}),
        ranked("q2", QUARTERS[1], {"甲": 95, "乙": 90}),
    ]
    (totals,) = build_season(rounds, Declared()).tables
    (places,) = build_season(rounds, Declared(by=Adding.PLACES)).tables

    assert [(line.figure, line.place) for line in totals.lines] == [(None, None), (None, None)]
    assert [(line.name, line.place) for line in places.lines] == [("甲", 1), ("乙", 2)]
