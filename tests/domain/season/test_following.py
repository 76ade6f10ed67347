"""The next event: the quarter or month after this one, and what is carried over."""

from __future__ import annotations

import pytest

from judge_tui.domain.commitments import Commitment, CommitmentState
from judge_tui.domain.definition import read_definition
from judge_tui.domain.event import Event, OrganisationId
from judge_tui.domain.season.following import advanced, following
from judge_tui.domain.season.honours import Honour
from judge_tui.domain.season.matching import Matches
from judge_tui.domain.season.promises import all_counts, promises
from judge_tui.domain.season.rounds import Round, Showing


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("2021年第四季度", "2022年第一季度"),
        ("2021年第3季度", "2021年第4季度"),
        ("xindian-2021q4", "xindian-2022q1"),
        ("2021Q1", "2021Q2"),
        ("2025 Q4", "2026 Q1"),
        ("First quarter review", "Second quarter review"),
        ("fourth-quarter-review", "first-quarter-review"),
        ("2021年12月", "2022年1月"),
        ("2021年9月", "2021年10月"),
        ("liushi-zuimei-2023-02", "liushi-zuimei-2023-03"),
        ("2023-12", "2024-01"),
        ("2021年上半年", "2021年下半年"),
        ("2021年下半年", "2022年上半年"),
        ("辛店镇第四季度“亮赛比”", "辛店镇第一季度“亮赛比”"),
        ("柳市镇3月“最美村”评选", "柳市镇4月“最美村”评选"),
        ("2021-12-20", "2021-12-20"),
        ("演讲比赛", "演讲比赛"),
        ("", ""),
    ],
)
def test_a_label_moves_on_by_one(text: str, after: str) -> None:
    assert advanced(text) == after


def event(**more: object) -> Event:
    return read_definition(
        {
            "event": {
                "id": "x-2021q4",
                "title": "第四季度亮赛比",
                "season": "2021年第四季度",
                "date": "2021-12-20",
                "judges": ["评委01"],
            },
            "organisations": [
                {
                    "id": "v1",
                    "name": "东街",
                    "honours": ["先进基层党组织", "先后2次获“最美村”"],
                    "status": "withdrawn",
                },
                {"id": "v2", "name": "西街", "status": "guest"},
            ],
            "criteria": [{"name": "观摩", "max": 100}],
            "awards": [
                {"id": "best", "name": "最美村", "quota": 1},
                {"id": "last", "name": "黄旗", "quota": 1, "from_last": True},
            ],
            **more,
        }
    )


def test_the_next_event_keeps_who_and_how_and_carries_promises_and_honours_over() -> None:
    before = event()
    promised = {
        OrganisationId("v1"): (Commitment("a", "修路", CommitmentState.DOING), Commitment("b", "灯", since="旧"))
    }
    won = {
        OrganisationId("v1"): (
            Honour("v1", "东街", "最美村", 3, 0, (), 1, 1),
            Honour("v1", "东街", "黄旗", 1, 0, (), 1, 1, last=True),
        )
    }
    after = following(before, "2021年第四季度", promised, won)

    assert (after.id, after.season, after.title, after.date) == (
        "x-2022q1",
        "2022年第一季度",
        "第一季度亮赛比",
        "",
    )
    assert (after.judges, after.criteria, after.awards) == (before.judges, before.criteria, before.awards)
    first, second = after.organisations
    assert [(made.text, made.since) for made in first.commitments] == [("修路", "2021年第四季度"), ("灯", "旧")]
    assert first.honours == ("先进基层党组织", "先后3次获“最美村”")
    assert (first.status, second.status) == ("", "guest")


def test_a_promise_has_the_state_of_the_latest_event_and_the_season_of_the_first() -> None:
    def item(identity: str, season: str, *made: Commitment) -> Round:
        return Round(identity, identity, (Showing("v1", "东街", commitments=made),), season=season)

    rounds = (
        item("q1", "第一季度", Commitment("a", "修路"), Commitment("b", "灯", CommitmentState.DOING, 4)),
        item("q2", "第二季度", Commitment("a", "修好村路", CommitmentState.DONE)),
    )
    (kept,) = promises(rounds, Matches({("q1", "v1"): "v1", ("q2", "v1"): "v1"}, {"v1": "东街"}, ()))

    assert [(made.text, made.state, made.since) for made in kept.commitments] == [
        ("修好村路", CommitmentState.DONE, "第一季度"),
        ("灯", CommitmentState.DOING, "第一季度"),
    ]
    counts = all_counts([kept])
    assert (counts.done, counts.doing, counts.promised) == (1, 4, 0)
