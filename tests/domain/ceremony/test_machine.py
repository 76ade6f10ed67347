"""The host's moves: tables of what is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from judge_tui.domain.ceremony.machine import NEXT, Act, Ceremony, Move, Stage
from judge_tui.domain.ceremony.picture import Kind, Progress, picture_of
from judge_tui.domain.ceremony.plan import prepare
from judge_tui.domain.ceremony.show import Options, Show
from judge_tui.domain.errors import JudgeTuiError
from tests.domain.ceremony.shows import event, result, show

FORWARD, BACK, UNDO = Act(Move.FORWARD), Act(Move.BACK), Act(Move.UNDO)


def go(stage: Stage) -> Act:
    return Act(Move.GO, text=stage.value)


def walk(ceremony: Ceremony, *acts: Act) -> Ceremony:
    for act in acts:
        ceremony = ceremony.act(act)
    return ceremony


def sealed(prepared: Show | None = None) -> Ceremony:
    return walk(Ceremony(prepared or show(Options(announce=0))), go(Stage.SEALED))


def revealed(prepared: Show | None = None) -> Ceremony:
    return walk(sealed(prepared), Act(Move.ALL))


def test_one_key_walks_the_whole_ceremony() -> None:
    ceremony = Ceremony(show(Options(announce=0)))
    stages = [ceremony.state.stage]
    for _ in range(7 + 1 + 1 + 1 + 6 + 1):
        ceremony = ceremony.act(Act(Move.FORWARD, 1))
        stages.append(ceremony.state.stage)

    assert list(dict.fromkeys(stages)) == [
        Stage.LOBBY,
        Stage.ON_STAGE,
        Stage.SCORING,
        Stage.SEALED,
        Stage.REVEAL,
        Stage.BOARD,
    ]
    assert ceremony.act(Act(Move.FORWARD, 1)).state.stage is Stage.AWARDS


def test_one_key_walks_all_the_way_back() -> None:
    ceremony = revealed().act(go(Stage.BOARD)).act(go(Stage.AWARDS)).act(FORWARD)
    for _ in range(40):
        ceremony = ceremony.act(BACK)

    assert ceremony.state.stage is Stage.LOBBY


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("target", list(Stage))
def test_a_stage_is_entered_only_from_where_it_may_follow(stage: Stage, target: Stage) -> None:
    path = {
        Stage.LOBBY: (),
        Stage.ON_STAGE: (go(Stage.ON_STAGE),),
        Stage.SCORING: (go(Stage.SCORING),),
        Stage.SEALED: (go(Stage.SEALED),),
        Stage.REVEAL: (go(Stage.SEALED), Act(Move.ALL), go(Stage.REVEAL)),
        Stage.BOARD: (go(Stage.SEALED), Act(Move.ALL), go(Stage.BOARD)),
        Stage.AWARDS: (go(Stage.SEALED), Act(Move.ALL), go(Stage.AWARDS)),
    }
    here = walk(Ceremony(show()), *path[stage])

    if target in NEXT[stage] or target is stage:
        assert here.act(go(target)).state.stage is target
    else:
        with pytest.raises(JudgeTuiError):
            here.act(go(target))


@pytest.mark.parametrize("lack", ["missing", "conflict", "tie", "award", "unknown_judge"])
def test_a_provisional_result_is_refused_until_a_reason_is_given(lack: str) -> None:
    ceremony = sealed(show(lacks=[lack]))

    for act in (FORWARD, go(Stage.REVEAL), Act(Move.ALL), Act(Move.OVERRIDE, text="  ")):
        with pytest.raises(JudgeTuiError):
            ceremony.act(act)
    opened = ceremony.act(Act(Move.OVERRIDE, text="镇领导决定先公布"))
    assert opened.state.stage is Stage.REVEAL
    assert opened.state.overrides == ("镇领导决定先公布",)
    assert picture_of(opened).provisional


@pytest.mark.parametrize(
    ("code", "rehearsal", "progress", "heading", "lines"),
    [
        ("", False, Progress(1, 3), "Scoring has ended", ["2 sheets to come"]),
        ("", False, Progress(3, 3), "Scoring has ended", ["The result is about to be revealed"]),
        ("", False, None, "Scoring has ended", ["The result is about to be revealed"]),
        ("12345 67890", False, Progress(3, 3), "The marks are sealed", ["The result is about to be revealed"]),
        ("12345 67890", False, Progress(1, 3), "The marks are sealed", ["The result is about to be revealed"]),
        ("", True, Progress(0, 3), "Scoring has ended", ["The result is about to be revealed"]),
        ("12345 67890", True, Progress(0, 3), "Scoring has ended", ["The result is about to be revealed"]),
    ],
)
def test_the_hall_reads_sealed_only_where_the_record_holds_a_seal(
    code: str, rehearsal: bool, progress: Progress | None, heading: str, lines: list[str]
) -> None:
    picture = picture_of(sealed(replace(show(), code=code, rehearsal=rehearsal)), progress)

    assert str(picture.heading) == heading
    assert [str(line) for line in picture.lines] == lines
    assert picture.progress == (progress if lines == ["2 sheets to come"] else None)


@pytest.mark.parametrize("code", ["", "12345 67890"])
def test_no_reveal_is_promised_while_the_result_is_provisional(code: str) -> None:
    assert picture_of(sealed(replace(show(lacks=["tie"]), code=code)), Progress(3, 3)).lines == ()


def test_after_turns_scored_one_by_one_the_end_of_scoring_counts_whole_sheets() -> None:
    turns = (("o1", 3, 3), ("o7", 2, 3))
    picture = picture_of(sealed(replace(show(), by_turn=True)), Progress(1, 3, turns))

    assert picture.progress == Progress(1, 3)


def test_a_seal_set_or_taken_back_meanwhile_changes_the_word_and_nothing_else() -> None:
    ceremony = sealed()
    with_seal = ceremony.with_show(replace(ceremony.show, code="12345 67890"))

    assert str(picture_of(with_seal).heading) == "The marks are sealed"
    assert with_seal.state == ceremony.state
    assert picture_of(with_seal.with_show(ceremony.show)) == picture_of(ceremony)


def test_a_reason_is_not_taken_back_by_undo() -> None:
    ceremony = sealed(show(lacks=["tie"])).act(Act(Move.OVERRIDE, text="先公布")).act(UNDO)

    assert (ceremony.state.stage, ceremony.state.overrides) == (Stage.SEALED, ("先公布",))


def test_a_final_result_needs_no_reason_and_takes_none() -> None:
    with pytest.raises(JudgeTuiError):
        sealed().act(Act(Move.OVERRIDE, text="reason"))


def test_all_at_once_is_the_whole_board_and_undo_takes_it_back() -> None:
    before = walk(sealed(), FORWARD, FORWARD)
    board = before.act(Act(Move.ALL))

    assert picture_of(board).kind is Kind.BOARD
    assert len(picture_of(board).entries) == 7
    assert board.act(UNDO).state == before.state


def test_the_board_waits_for_the_end_of_the_reveal() -> None:
    with pytest.raises(JudgeTuiError):
        walk(sealed(), FORWARD, FORWARD, go(Stage.BOARD))


def test_jump_goes_to_a_place_of_the_reveal() -> None:
    ceremony = walk(sealed(), FORWARD, Act(Move.JUMP, 3))

    assert {entry.name for entry in picture_of(ceremony).names} == {"黄岗村", "铁匠营村"}


@pytest.mark.parametrize("number", [0, 4, 8, 99])
def test_jump_to_a_place_that_is_not_there_is_refused(number: int) -> None:
    with pytest.raises(JudgeTuiError):
        walk(sealed(), FORWARD, Act(Move.JUMP, number))


def test_restart_hides_what_was_revealed() -> None:
    ceremony = walk(sealed(), FORWARD, FORWARD, FORWARD, Act(Move.RESTART))

    assert (ceremony.state.stage, ceremony.state.shown) == (Stage.REVEAL, 0)
    assert picture_of(ceremony).names == ()


def test_blank_hides_everything_and_the_next_key_only_brings_the_picture_back() -> None:
    before = walk(sealed(), FORWARD, FORWARD)
    blank = before.act(Act(Move.BLANK))

    assert picture_of(blank).kind is Kind.BLANK
    assert blank.act(FORWARD).state == before.state


def test_pages_are_turned_before_the_next_step() -> None:
    ceremony = walk(sealed(), FORWARD, FORWARD)

    turned = ceremony.act(Act(Move.FORWARD, 2))
    assert (turned.state.shown, turned.state.page) == (1, 1)
    assert turned.act(Act(Move.FORWARD, 2)).state.shown == 2


def test_the_clock_counts_while_it_runs() -> None:
    ceremony = walk(Ceremony(show()), FORWARD, Act(Move.CLOCK, 10_000), Act(Move.CLOCK, 70_500))
    clock = picture_of(ceremony).clock

    assert clock is not None
    assert clock.seconds(999_000) == 60
    again = picture_of(ceremony.act(Act(Move.CLOCK, 100_000))).clock
    assert again is not None
    assert again.seconds(105_000) == 65


def test_the_clock_needs_somebody_on_the_stage() -> None:
    with pytest.raises(JudgeTuiError):
        Ceremony(show()).act(Act(Move.CLOCK, 1))


def test_the_next_turn_starts_with_a_fresh_clock() -> None:
    ceremony = walk(Ceremony(show()), FORWARD, Act(Move.CLOCK, 1), Act(Move.CLOCK, 9_001), FORWARD)

    assert (ceremony.state.turn, ceremony.state.elapsed, ceremony.state.since) == (1, 0, None)


def test_no_score_is_announced_where_the_rules_keep_it_back() -> None:
    with pytest.raises(JudgeTuiError):
        walk(Ceremony(show()), FORWARD, FORWARD, Act(Move.SCORE))


def test_an_event_that_is_not_scored_goes_from_its_last_turn_back_to_the_lobby() -> None:
    contest = event(scored=False)
    ceremony = Ceremony(prepare(contest, result(contest, [1] * 7)))
    for _ in range(8):
        ceremony = ceremony.act(FORWARD)
    assert ceremony.state.stage is Stage.LOBBY

    for stage in (Stage.SCORING, Stage.SEALED):
        with pytest.raises(JudgeTuiError):
            ceremony.act(go(stage))


def test_undo_with_nothing_to_undo_is_refused() -> None:
    with pytest.raises(JudgeTuiError):
        Ceremony(show()).act(UNDO)


def test_another_result_closes_what_was_open() -> None:
    ceremony = walk(sealed(), FORWARD, FORWARD).with_show(show(Options(announce=0), ranks=(2, 1, 3, 3, 5, 6, 7)))

    assert (ceremony.state.stage, ceremony.state.shown) == (Stage.SEALED, 0)


def reordered(*numbers: int, withdrawn: Sequence[int] = ()) -> Show:
    """The same event with this running order (as the organisations were numbered before)."""
    contest = event(statuses=["withdrawn" if number in withdrawn else "" for number in range(1, 8)])
    drawn = tuple(
        replace(contest.organisations[number - 1], number=place)
        for place, number in enumerate(numbers or range(1, 8), 1)
    )
    return prepare(replace(contest, organisations=drawn), None)


def test_whoever_is_on_the_stage_stays_there_when_the_running_order_changes() -> None:
    ceremony = walk(Ceremony(reordered()), FORWARD, FORWARD, FORWARD, Act(Move.CLOCK, 1_000))
    again = ceremony.with_show(reordered(3, 7, 6, 5, 4, 2, 1))

    turn = picture_of(again).turn
    assert turn is not None
    assert (turn.organisation, turn.number, again.state.since) == ("o3", 1, 1_000)
    back = picture_of(again.act(UNDO).act(UNDO)).turn
    assert back is not None
    assert back.organisation == "o2"


def test_who_withdraws_is_not_on_the_stage_and_those_after_are_not_moved() -> None:
    ceremony = walk(Ceremony(reordered()), *[FORWARD] * 5)
    again = ceremony.with_show(reordered(withdrawn=[2]))

    turn = picture_of(again).turn
    assert turn is not None
    assert turn.organisation == "o5"
    assert "o2" not in {item.organisation for item in again.show.turns}


@pytest.mark.parametrize(("gone", "then"), [([3], "o4"), ([3, 4], "o5"), ([3, 4, 5, 6, 7], "o2")])
def test_instead_of_one_who_withdraws_on_the_stage_the_next_is_on_with_a_fresh_clock(
    gone: list[int], then: str
) -> None:
    ceremony = walk(Ceremony(reordered()), *[FORWARD] * 3, Act(Move.CLOCK, 1_000))
    again = ceremony.with_show(reordered(withdrawn=gone))

    turn = picture_of(again).turn
    assert turn is not None
    assert (turn.organisation, again.state.since) == (then, None)


def test_when_everybody_has_withdrawn_the_lobby_is_shown() -> None:
    ceremony = walk(Ceremony(reordered()), FORWARD).with_show(reordered(withdrawn=range(1, 8)))

    assert ceremony.state.stage is Stage.LOBBY


def test_a_stage_that_is_none_is_refused() -> None:
    with pytest.raises(JudgeTuiError):
        Ceremony(show()).act(Act(Move.GO, text="heaven"))


def test_two_hundred_steps_can_be_taken_back_one_by_one() -> None:
    ceremony = revealed().act(go(Stage.REVEAL)).act(Act(Move.RESTART))
    stood = [ceremony.state]
    for number in range(200):
        ceremony = ceremony.act(Act(Move.LIFT, number % 29 + 1))
        stood.append(ceremony.state)
    for before in reversed(stood[:-1]):
        ceremony = ceremony.act(UNDO)
        assert ceremony.state == before


def test_the_same_result_read_again_changes_nothing() -> None:
    ceremony = walk(sealed(), FORWARD, FORWARD)

    assert ceremony.with_show(show(Options(announce=0))).state == ceremony.state


def test_progress_is_a_count() -> None:
    ceremony = Ceremony(show()).act(go(Stage.SCORING))

    assert str(picture_of(ceremony, Progress(37, 40)).heading) == "3 sheets to come"
    assert str(picture_of(ceremony, Progress(40, 40)).heading) == "All sheets are in"
    assert str(picture_of(ceremony).heading) == "The judges are scoring"


def test_where_each_turn_is_scored_the_count_is_the_turn_s_and_the_next_turn_follows() -> None:
    progress = Progress(0, 9, (("o1", 9, 9), ("o2", 6, 8), ("o7", 1, 9)))
    ceremony = walk(Ceremony(replace(show(), by_turn=True)), FORWARD, FORWARD, go(Stage.SCORING))
    assert picture_of(ceremony, progress).progress == Progress(6, 8)
    assert str(picture_of(ceremony, progress).heading) == "2 sheets to come"

    after = ceremony.act(FORWARD)
    assert (after.state.stage, after.state.turn) == (Stage.ON_STAGE, 2)
    last = walk(after, Act(Move.TURN, 7), go(Stage.SCORING))
    assert picture_of(last, progress).progress == Progress(0, 9)
    assert last.act(FORWARD).state.stage is Stage.SEALED
