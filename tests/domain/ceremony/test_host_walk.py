"""A walk that tries everything a host can do, in any order, against what must always hold."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from judge_tui.domain.ceremony.machine import OPEN, Act, Ceremony, Move, Stage
from judge_tui.domain.ceremony.picture import Kind, Picture, Progress, picture_of
from judge_tui.domain.ceremony.show import Options, Slide
from judge_tui.domain.errors import JudgeTuiError
from tests.domain.ceremony.shows import show

FORWARD, UNDO = Act(Move.FORWARD), Act(Move.UNDO)


def go(stage: Stage) -> Act:
    return Act(Move.GO, text=stage.value)


class HostWalk(RuleBasedStateMachine):
    """Any acts in any order, against what must always hold."""

    @initialize(
        lacks=st.sampled_from([(), ("tie",), ("missing", "conflict")]),
        announce=st.integers(0, 3),
        top=st.sampled_from([0, 2]),
    )
    def begin(self, lacks: tuple[str, ...], announce: int, top: int) -> None:
        slides = (Slide("感谢"), Slide("前三名", before="place:3"))
        self.show = show(Options(announce=announce, top=top, slides=slides), lacks=lacks)
        self.ceremony = Ceremony(self.show)
        self.refused = 0

    @rule(
        move=st.sampled_from([move for move in Move if move not in (Move.UNDO, Move.GO, Move.OVERRIDE)]),
        number=st.integers(-2, 40),
    )
    def act(self, move: Move, number: int) -> None:
        self.attempt(Act(move, number))

    @rule(stage=st.sampled_from(list(Stage)))
    def go(self, stage: Stage) -> None:
        self.attempt(go(stage))

    @rule()
    def forward(self) -> None:
        self.attempt(FORWARD)

    @rule(reason=st.sampled_from(["", " ", "已请示"]))
    def override(self, reason: str) -> None:
        self.attempt(Act(Move.OVERRIDE, text=reason))

    @rule(ranks=st.permutations([1, 2, 3, 3, 5, 6, 7]), gone=st.sets(st.integers(1, 7), max_size=6))
    def read_anew(self, ranks: list[int], gone: set[int]) -> None:
        """The event's file has changed: another result, or somebody has withdrawn."""
        again = show(Options(announce=1, slides=self.show.slides), ranks=ranks)
        turns = tuple(turn for turn in again.turns if turn.number not in gone)
        on = picture_of(self.ceremony).turn
        self.show = replace(again, turns=turns)
        self.ceremony = self.ceremony.with_show(self.show)
        now = picture_of(self.ceremony).turn
        assert on is None or on.number in gone or (now is not None and now.organisation == on.organisation)

    @precondition(lambda self: self.ceremony.past)
    @rule()
    def undo(self) -> None:
        before = self.ceremony.past[-1]
        self.ceremony = self.ceremony.act(UNDO)
        assert self.ceremony.state.stage is before.stage
        assert (self.ceremony.state.shown, self.ceremony.state.turn) == (before.shown, before.turn)

    def attempt(self, act: Act) -> None:
        before = self.ceremony
        try:
            self.ceremony = before.act(act)
        except JudgeTuiError as error:
            assert error.code in ("CEREMONY", "PROVISIONAL")
            assert self.ceremony is before
            return
        if self.ceremony.state != before.state:
            assert self.ceremony.past[-1] == before.state

    @invariant()
    def nothing_open_without_a_final_result_or_a_reason(self) -> None:
        state = self.ceremony.state
        assert state.stage not in OPEN or not self.show.lacks or state.overrides

    @invariant()
    def counters_stay_in_their_ranges(self) -> None:
        state = self.ceremony.state
        assert 0 <= state.shown <= len(self.show.steps)
        assert 0 <= state.award <= len(self.show.awards)
        assert 0 <= state.turn < len(self.show.turns)
        assert -1 <= state.slide < len(self.show.slides)
        assert state.stage is not Stage.BOARD or state.shown == len(self.show.steps)

    @invariant()
    def the_picture_holds_nothing_that_was_not_revealed(self) -> None:
        state = self.ceremony.state
        picture = picture_of(self.ceremony, Progress(1, 2))
        if state.stage in (Stage.BOARD, Stage.AWARDS):
            return
        allowed = {entry.place for step in self.show.steps[: state.shown] for entry in step.entries}
        allowed = allowed if state.stage is Stage.REVEAL else set()
        assert {entry.place for entry in (*picture.names, *picture.entries)} <= allowed
        assert picture.turn is None or (picture.turn.score is None and picture.turn.total == "")

    @invariant()
    def blank_is_blank(self) -> None:
        if self.ceremony.state.blank:
            assert picture_of(self.ceremony) == Picture(
                Kind.BLANK, self.show.title, page=self.ceremony.state.page, lift=self.ceremony.state.lift
            )


TestHostWalk = HostWalk.TestCase
TestHostWalk.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
