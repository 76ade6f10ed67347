"""The programme: what happens in which order, for whom, and who acts."""

from __future__ import annotations

from judge_tui.domain.definition import read_definition
from judge_tui.domain.programme import programme


def steps(*phases: dict[str, object], **more: object) -> list[tuple[str, str, str]]:
    """Phase, organisation and who comments, step by step."""
    event = read_definition(
        {
            "organisations": [
                {"name": "甲村", "officer": "联片干部01"},
                {"name": "乙村", "officer": "联片干部02"},
                {"name": "丙村", "status": "withdrawn"},
            ],
            "phases": list(phases),
            **more,
        }
    )
    return [
        (step.phase.name, step.organisation.name if step.organisation else "", step.officer or step.by)
        for step in programme(event)
    ]


def test_phases_of_a_turn_are_gone_through_village_by_village_and_rounds_one_after_the_other() -> None:
    found = steps(
        {"name": "观摩", "kind": "visit", "pace": "once"},
        {"name": "述职"},
        {"name": "提问", "kind": "questions"},
        {"name": "点评", "kind": "comment", "pace": "round", "by": "镇党委委员"},
    )

    assert found == [
        ("观摩", "", ""),
        ("述职", "甲村", ""),
        ("提问", "甲村", ""),
        ("述职", "乙村", ""),
        ("提问", "乙村", ""),
        ("点评", "甲村", "镇党委委员"),
        ("点评", "乙村", "镇党委委员"),
    ]


def test_the_officer_of_the_village_comments_where_the_phase_says_so_or_says_nothing() -> None:
    for by in ("联片干部", "分包村的班子成员", "包社区领导", "", "the officer in charge"):
        assert steps({"name": "点评", "kind": "comment", "by": by}) == [
            ("点评", "甲村", "联片干部01"),
            ("点评", "乙村", "联片干部02"),
        ]
    assert steps({"name": "述职", "by": "联片干部"})[0] == ("述职", "甲村", "联片干部")


def test_a_phase_with_villages_as_its_stops_is_for_these_only() -> None:
    assert steps({"name": "述职", "pace": "round", "stops": ["乙村"]}) == [("述职", "乙村", "")]
    assert [name for _, name, _ in steps({"name": "观摩", "kind": "visit", "stops": ["村口", "广场"]})] == [
        "甲村",
        "乙村",
    ]
