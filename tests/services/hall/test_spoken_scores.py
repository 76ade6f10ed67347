"""The previous contestant's score, as hosts announce it: of a finished turn only, and only where the rules allow it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from judge_tui.domain.ceremony.machine import Act, Ceremony, Move
from judge_tui.domain.ceremony.picture import picture_of
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import CriterionId, Event, JudgeId, OrganisationId, Projector, Publication
from judge_tui.domain.rules import Tabulation, Trim
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.inputs import Ballots, MarkRow
from judge_tui.i18n import translator
from judge_tui.services.hall.ceremony import show_of_result
from tests.records import contest

MARKS = {"j1": 98, "j2": 86, "j3": 93, "j4": 94}


def speaking(**changes: object) -> Event:
    made = contest(judges=4, organisations=3, criteria=1)
    fields = {"projector": Projector(turn_scores=True), "tabulation": Tabulation(trim=Trim(1, 1)), **changes}
    return replace(made, **fields)  # type: ignore[arg-type]


def scored(event: Event, *organisations: str, judges: tuple[str, ...] = tuple(MARKS)) -> Ceremony:
    rows = [
        MarkRow(JudgeId(judge), OrganisationId(organisation), CriterionId("c1"), MARKS[judge] * 1000)
        for organisation in organisations
        for judge in judges
    ]
    return Ceremony(show_of_result(event, tabulate(event, Ballots(rows))))


def test_the_dropped_marks_and_the_final_score_are_said_in_the_official_words() -> None:
    translator.switch("zh")
    ceremony = scored(speaking(), "o1").act(Act(Move.JUMP, 2)).act(Act(Move.SCORE))
    picture = picture_of(ceremony)

    assert [(entry.name, entry.score) for entry in picture.names] == [("第1村", "93.50")]
    assert translator.render(picture.lines[0]) == "去掉一个最高分98.00分，去掉一个最低分86.00分，最后得分93.50分"


def test_the_last_turn_s_score_can_be_announced_while_sheets_come_in() -> None:
    ceremony = scored(speaking(), "o1", "o2", "o3").act(Act(Move.JUMP, 3)).act(Act(Move.FORWARD)).act(Act(Move.SCORE))

    assert [entry.name for entry in picture_of(ceremony).names] == ["第3村"]


@pytest.mark.parametrize(
    "event",
    [
        speaking(projector=Projector()),
        speaking(publication=Publication(scores=False)),
        speaking(calibration=2),
    ],
    ids=["not declared", "scores kept back", "the first two are scored together"],
)
def test_what_the_rules_keep_back_is_not_announced(event: Event) -> None:
    ceremony = scored(event, "o1").act(Act(Move.JUMP, 2))

    with pytest.raises(JudgeTuiError):
        ceremony.act(Act(Move.SCORE))
    assert "93.50" not in repr(ceremony.show.turns)


def test_a_turn_that_lacks_a_judge_is_not_finished() -> None:
    ceremony = scored(speaking(), "o1", judges=("j1", "j2", "j3")).act(Act(Move.JUMP, 2))

    with pytest.raises(JudgeTuiError):
        ceremony.act(Act(Move.SCORE))


def test_the_next_turn_takes_the_score_from_the_screen() -> None:
    ceremony = scored(speaking(), "o1", "o2").act(Act(Move.JUMP, 2)).act(Act(Move.SCORE)).act(Act(Move.FORWARD))

    assert picture_of(ceremony).names == ()
    assert ceremony.state.turn == 2
