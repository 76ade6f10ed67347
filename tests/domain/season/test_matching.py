"""Who is who across events: never guessed, listed where doubtful, decided in the season's file."""

from __future__ import annotations

import pytest

from judge_tui.domain.errors import DefinitionError
from judge_tui.domain.season.declared import Declared
from judge_tui.domain.season.matching import stem
from judge_tui.domain.season.season import Season, build_season
from tests.domain.season.made_up import made_round, showing


def season(first: tuple[str, str], second: tuple[str, str], declared: Declared | None = None) -> Season:
    """Two rounds with one organisation (id, name) each besides one that is in both."""
    return build_season(
        [
            made_round("e1", "2021年3月", showing("both"), showing(first[0], name=first[1])),
            made_round("e2", "2021年6月", showing("both"), showing(second[0], name=second[1])),
        ],
        declared,
    )


def kinds(found: Season) -> list[str]:
    return [item.kind for item in found.doubts]


def test_one_id_and_one_name_are_one_organisation() -> None:
    found = season(("v1", "才头村"), ("v1", "才头　村"))

    assert kinds(found) == []
    assert len(found.tables[0].lines) == 2


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (("v1", "才头村"), ("v2", "才头村"), "name"),
        (("v1", "才头村"), ("v1", "曹田前村"), "id"),
        (("v1", "才头村"), ("v2", "才头"), "like"),
        (("v1", "才头村党支部"), ("v2", "才头村"), "like"),
    ],
)
def test_a_doubtful_match_is_listed_and_counted_apart(
    first: tuple[str, str], second: tuple[str, str], kind: str
) -> None:
    found = season(first, second)

    assert kinds(found) == [kind]
    assert len(found.tables[0].lines) == 3


def test_numbered_villages_are_no_doubt() -> None:
    assert kinds(season(("三", "岐头三村"), ("四", "岐头四村"))) == []
    assert stem("岐头三村") != stem("岐头四村")


def test_what_is_declared_the_same_is_one_under_its_latest_name() -> None:
    found = season(("v03", "才头村"), ("v3", "才头社区"), Declared(same=((("e1", "v03"), ("e2", "v3")),)))

    assert kinds(found) == []
    assert sorted(line.name for line in found.tables[0].lines) == ["both", "才头社区"]


def test_what_is_declared_different_is_no_doubt_any_more() -> None:
    found = season(("v1", "才头村"), ("v2", "才头村"), Declared(different=((("e1", "v1"), ("e2", "v2")),)))

    assert kinds(found) == []
    assert len(found.tables[0].lines) == 3


def test_what_is_declared_different_stays_apart_even_with_one_id_and_one_name() -> None:
    found = season(("v1", "新村"), ("v1", "新村"), Declared(different=((("e1", "v1"), ("e2", "v1")),)))

    assert sorted(line.organisation for line in found.tables[0].lines) == ["both", "e1:v1", "e2:v1"]


def test_ids_that_are_declared_stable_go_over_names() -> None:
    found = season(("v1", "才头村"), ("v1", "曹田前村"), Declared(stable_ids=True))

    assert kinds(found) == []
    assert len(found.tables[0].lines) == 2


COUNTED = [
    made_round("e1", "2021年3月", showing("1", name="甲村"), showing("2", name="乙村")),
    made_round("e2", "2021年6月", showing("1", name="乙村"), showing("2", name="甲村")),
]


def test_ids_that_only_count_are_no_doubt_where_the_names_tell_them_apart() -> None:
    assert sorted((item.kind, item.first_name, item.second_name) for item in build_season(COUNTED).doubts) == [
        ("name", "乙村", "乙村"),
        ("name", "甲村", "甲村"),
    ]


def test_organisations_that_changed_ids_can_all_be_declared_the_same() -> None:
    found = build_season(
        COUNTED,
        Declared(same=((("e1", "1"), ("e2", "2")), (("e1", "2"), ("e2", "1")))),
    )

    assert kinds(found) == []
    assert len(found.tables[0].lines) == 2


@pytest.mark.parametrize(
    "same",
    [
        (("e1", "v1"), ("e2", "nobody")),
        (("e1", "v1"), ("e1", "both")),
    ],
)
def test_a_declaration_that_cannot_be_is_refused(same: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(DefinitionError) as caught:
        season(("v1", "才头村"), ("v2", "才头村"), Declared(same=(same,)))

    assert caught.value.problems[0].where == "season.same[1]"
