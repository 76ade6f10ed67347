"""The rules of a definition: what can be written, what contradicts itself, and what is said about it."""

from __future__ import annotations

import tomllib
from fractions import Fraction

import pytest

from judge_tui.domain.definition import read_definition
from judge_tui.domain.definition.lines import LineIndex
from judge_tui.domain.definition.rules_checks import require_sound_rules
from judge_tui.domain.errors import DefinitionError
from judge_tui.domain.rules import (
    AdjustmentRule,
    Award,
    Combine,
    CutTie,
    Rounding,
    Special,
    TieBy,
    TieRung,
    TimeBand,
    Trim,
)

HEAD = """
[event]
title = "t"
organisations = ["a", "b", "c"]
[[groups]]
id = "g"
name = "G"
[[groups]]
id = "h"
name = "H"
[[phases]]
id = "p1"
name = "P1"
[[phases]]
id = "p2"
name = "P2"
max_time = "8:00"
[[criteria]]
id = "c1"
name = "C1"
phase = "p1"
max = 10
[[criteria]]
id = "c2"
name = "C2"
phase = "p2"
max = 10
"""


def define(text: str, head: str = HEAD) -> object:
    event = read_definition(tomllib.loads(head + text, parse_float=str), "d.toml")
    require_sound_rules(event, "d.toml")
    return event


def wrong(text: str, head: str = HEAD) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionError) as error:
        define(text, head)
    return [(problem.where, str(problem.message)) for problem in error.value.problems]


def test_trim_is_a_number_or_a_table() -> None:
    assert define("[tabulation]\ntrim = 2\n").tabulation.trim == Trim(2, 2)
    rules = define("[tabulation]\ntrim = { highest = 1, least = 5, pooled = true }\n").tabulation
    assert (rules.trim, rules.trim_pooled) == (Trim(1, 0, 5), True)


def test_rounding_stages() -> None:
    rules = define("[tabulation]\nround = { criterion = 2, weighted = 0 }\n").tabulation

    assert rules.rounding == Rounding(criterion=2, weighted=0)


def test_rungs() -> None:
    text = """
[tabulation]
ties = [
  "order",
  { by = "count", group = "G", from_lowest = true, value = 0.5, prefer = "low" },
  { by = "order", prefer = "early", first_place_only = true },
]
"""
    assert define(text).tabulation.ties == (
        TieRung(TieBy.ORDER),
        TieRung(TieBy.COUNT, highest=False, group="g", value=500, from_lowest=True),
        TieRung(TieBy.ORDER, highest=True, first_place_only=True),
    )


def test_exceptions() -> None:
    text = (
        '[[tabulation.for]]\nphase = "P2"\ncombine = "criterion"\ntrim = 1\nround = { phase = 1 }\nminimum_judges = 0\n'
    )

    assert define(text).tabulation.specials == (
        Special(phase="p2", combine=Combine.CRITERION, trim=Trim(1, 1), rounding=Rounding(phase=1), minimum_judges=0),
    )


def test_adjustments_and_bands_in_order_of_time() -> None:
    text = """
[[adjustments]]
id = "over"
name = "超时"
kind = "overtime"
phase = "P2"
bands = [{ from = "0:30", points = -0.5, every = 30 }, { from = 11, points = -0.2 }]
cap = 2
signers = 2
"""
    assert define(text).adjustments == (
        AdjustmentRule(
            "over", "超时", "overtime", "p2", (TimeBand(11, -200), TimeBand(30, -500, 30)), cap=2000, signers=2
        ),
    )


@pytest.mark.parametrize(
    ("written", "percent"), [("20", 20), ('"20%"', 20), ('"12.5%"', Fraction(25, 2)), ("100", 100)]
)
def test_percentages(written: str, percent: int) -> None:
    award = define(f'[[awards]]\nid = "x"\nkind = "list"\npercent = {written}\ncut = "all"\n').awards[0]

    assert award == Award("x", "x", "list", percent=Fraction(percent), cut=CutTie.ALL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[tabulation]\nties = [{ by = "cuont" }]', [("tabulation.ties[1].by", "“cuont” is not known here")]),
        ("[tabulation]\nties = [{ }]", [("tabulation.ties[1].by", "is missing")]),
        (
            '[tabulation]\nties = [{ by = "order", prefer = "up" }]',
            [("tabulation.ties[1].prefer", "“up” is not known here")],
        ),
        ('[tabulation]\nties = [{ by = "criterion" }]', [("tabulation.ties[1].criterion", "is missing")]),
        ('[tabulation]\nties = [{ by = "adjustment" }]', [("tabulation.ties[1].name", "is missing")]),
        (
            '[tabulation]\nties = [{ by = "criterion", criterion = "c1", phase = "p2" }]',
            [("tabulation.ties[1].phase", "the criterion belongs to another phase")],
        ),
        ("[tabulation]\ndecimals = 10", [("tabulation.decimals", "must be at most 9")]),
        ("[tabulation]\ntrim = -1", [("tabulation.trim", "must be at least 0")]),
        ("[tabulation]\ntrimm = 1", [("tabulation.trimm", "is not known here")]),
        ("[tabulation]\nround = { shet = 1 }", [("tabulation.round.shet", "is not known here")]),
        ('[tabulation]\nphases = "best"\nbest_of = 3', [("tabulation.best_of", "must be at most 2")]),
        (
            '[tabulation]\nphases = "best"\nsheet = "event"',
            [("tabulation.phases", "the best phases cannot be told apart on one sheet for the whole event")],
        ),
        ("[tabulation]\nby_division = true", [("tabulation.by_division", "no organisation has a class")]),
        ("[[tabulation.for]]\ntrim = 1", [("tabulation.for[1]", "names no phase, group or criterion")]),
        (
            '[[tabulation.for]]\ngroup = "g"\ngroups = "sum"\ntrim = { highest = 1, pooled = true }',
            [
                ("tabulation.for[1].groups", "can differ between phases only"),
                ("tabulation.for[1].trim", "can differ between phases only"),
            ],
        ),
        ('[[adjustments]]\nkind = "bonus"', [("adjustments[1].id", "is missing")]),
        (
            '[[adjustments]]\nid = "o"\nkind = "overtime"\nphase = "p1"',
            [("adjustments[1].bands", "is missing"), ("adjustments[1].limit", "is missing")],
        ),
        (
            '[[adjustments]]\nid = "o"\nkind = "undertime"\nphase = "p2"\nbands = [{ from = 1, points = -1 }]',
            [("adjustments[1].limit", "is missing")],
        ),
        (
            '[[adjustments]]\nid = "o"\nkind = "bonus"\nbands = [{ from = 1, points = -1 }]',
            [("adjustments[1].bands", "are for kinds overtime and undertime only")],
        ),
        (
            '[[adjustments]]\nid = "o"\nkind = "overtime"\nlimit = 60\nbands = [{ from = 1, points = 1 }]',
            [("adjustments[1].bands[1].points", "time never adds points")],
        ),
        ('[[adjustments]]\nid = "o"\ncap = -1', [("adjustments[1].cap", "must not be negative")]),
        (
            '[[adjustments]]\nid = "o"\n[[adjustments]]\nid = "x"\nname = "o"',
            [("adjustments[2]", "“o” stands twice here")],
        ),
        (
            '[[awards]]\nid = "x"\nkind = "list"\n[[awards]]\nid = "x"\nkind = "list"',
            [("awards[2]", "“x” stands twice here")],
        ),
        ('[[awards]]\nid = "x"\npercent = 0.2', [("awards[1].percent", "must be from 1 to 100")]),
        (
            '[[awards]]\nid = "x"\nkind = "list"\nexcludes = ["x"]',
            [("awards[1].excludes", "an award cannot exclude itself")],
        ),
        (
            '[[awards]]\nid = "x"\nkind = "list"\nat_least = 9\nbelow = 9',
            [("awards[1].below", "leaves nothing above at_least")],
        ),
        ('[[awards]]\nid = "x"\nquota = 2', [("awards", "the grades x 2 are for 2 organisations, and there are 3")]),
        ('[[awards]]\nid = "x"\nkind = "prize"\nquota = 4', [("awards", "there are 4 prizes for 3 organisations")]),
        (
            '[[awards]]\nid = "x"\npercent = 60\n[[awards]]\nid = "y"\npercent = 50',
            [("awards", "the percentages add up to 110 %")],
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert wrong(text + "\n") == expected


def test_weights_of_pooled_groups_would_be_ignored_and_are_refused() -> None:
    head = HEAD.replace('name = "H"', 'name = "H"\nweight = 2')

    assert wrong("", head) == [
        ("tabulation.groups", "the groups have different weights, and all judges are in one pool")
    ]
    define('[tabulation]\ngroups = "weighted"\n', head)


def test_sheets_of_different_criteria_cannot_be_averaged_together() -> None:
    head = HEAD.replace('phase = "p1"\nmax', 'phase = "p1"\ngroups = ["g"]\nmax').replace(
        'phase = "p2"\nmax', 'phase = "p1"\ngroups = ["h"]\nmax'
    )

    assert [where for where, _ in wrong("", head)] == ["tabulation.combine"]
    for rules in ('combine = "criterion"', 'groups = "sum"', 'average = "sum"'):
        define(f"[tabulation]\n{rules}\n", head)


def test_sheets_of_judges_with_criteria_of_their_own_cannot_be_averaged_together_either() -> None:
    """80 of 100 points, 80 of 100 and 40 of 50 are no 66.67."""
    head = """
[event]
title = "t"
judges = ["j1", { name = "j2", criteria = ["P"] }, { name = "j3", criteria = ["P"], practice = true }]
[[criteria]]
name = "P"
max = 50
[[criteria]]
name = "Q"
max = 50
"""
    assert wrong("", head) == [
        (
            "tabulation.combine",
            "the judges score different criteria, so that their sheets cannot be averaged together",
        )
    ]
    define('[tabulation]\ncombine = "criterion"\n', head)
    define("", head.replace('"j2", criteria = ["P"]', '"j2"'))


def test_sheets_of_the_whole_event_have_to_be_of_the_whole_event() -> None:
    head = HEAD.replace('phase = "p2"\nmax = 10', 'phase = "p2"\nmax = 10\ngroups = ["h"]').replace(
        'phase = "p1"\nmax = 10', 'phase = "p1"\nmax = 10\ngroups = ["g"]'
    )

    define("", head)
    assert [where for where, _ in wrong('[tabulation]\nsheet = "event"\n', head)] == ["tabulation.combine"]


def test_awards_and_adjustments_have_their_ids_from_their_names() -> None:
    event = define(
        '[[awards]]\nname = "一等奖"\nkind = "prize"\nquota = 1\n[[adjustments]]\nname = "超时 扣分"\nkind = "penalty"\n'
    )

    assert [(item.id, item.name) for item in (*event.awards, *event.adjustments)] == [  # type: ignore[attr-defined]
        ("一等奖", "一等奖"),
        ("超时扣分", "超时 扣分"),
    ]
    assert wrong("[[awards]]\nquota = 1\n") == [("awards[1].id", "is missing")]
    assert wrong('[[awards]]\nname = "！"\n') == [("awards[1].id", "is missing")]


def test_places_need_to_know_which_way_is_up() -> None:
    head = '[event]\ntitle = "t"\n[[criteria]]\nname = "p"\nmethod = "places"\n'

    assert [where for where, _ in wrong("", head)] == ["criteria[1].method"]
    define('[tabulation]\nbest = "lowest"\n', head)
    define("points = [3, 2, 1]\n", head)


def test_problems_stand_with_their_lines() -> None:
    text = '[event]\ntitle = "t"\n[tabulation]\nphases = "best"\nbest_of = 2\n'
    event = read_definition(tomllib.loads(text), "d.toml")

    with pytest.raises(DefinitionError) as error:
        require_sound_rules(event, "d.toml", LineIndex(text))
    assert [problem.line for problem in error.value.problems] == [5]
