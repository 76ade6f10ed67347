"""Where the ceremony stands and how the host moves it: a state machine of plain values, every step of it undoable.

lobby → on stage → scoring → sealed → reveal → board → awards; blank at any time. Nothing moves by itself. Entering `sealed` seals
nothing: it is where scoring has ended for the hall, and only a show whose result is sealed in the record calls it so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from judge_tui.domain.ceremony.show import Show, StepKind
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg

MOST_UNDO = 200
"""Steps that can be taken back."""


class Stage(StrEnum):
    """The rooms of a ceremony, in their order."""

    LOBBY = "lobby"
    ON_STAGE = "on_stage"
    SCORING = "scoring"
    SEALED = "sealed"
    REVEAL = "reveal"
    BOARD = "board"
    AWARDS = "awards"


NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.LOBBY: frozenset({Stage.ON_STAGE, Stage.SCORING, Stage.SEALED}),
    Stage.ON_STAGE: frozenset({Stage.LOBBY, Stage.SCORING, Stage.SEALED}),
    Stage.SCORING: frozenset({Stage.LOBBY, Stage.ON_STAGE, Stage.SEALED}),
    Stage.SEALED: frozenset({Stage.LOBBY, Stage.ON_STAGE, Stage.SCORING, Stage.REVEAL}),
    Stage.REVEAL: frozenset({Stage.SEALED, Stage.BOARD, Stage.AWARDS}),
    Stage.BOARD: frozenset({Stage.REVEAL, Stage.AWARDS, Stage.LOBBY}),
    Stage.AWARDS: frozenset({Stage.REVEAL, Stage.BOARD, Stage.LOBBY}),
}
"""Which stage may follow which; anything else is reached by undo."""

OPEN = frozenset({Stage.REVEAL, Stage.BOARD, Stage.AWARDS})
"""Stages that show the result."""


class Move(StrEnum):
    """What the host can ask for."""

    GO = "go"
    FORWARD = "forward"
    BACK = "back"
    RESTART = "restart"
    JUMP = "jump"
    ALL = "all"
    BLANK = "blank"
    TURN = "turn"
    SCORE = "score"
    PHOTOS = "photos"
    SLIDE = "slide"
    LIFT = "lift"
    CLOCK = "clock"
    CLOCK_RESET = "clock_reset"
    OVERRIDE = "override"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Act:
    """One act of the host. `number` is a place or a number to jump to, lines to lift, the slide (from 0, -1: none), the
    time in milliseconds for the clock, or how many pages the sender's screen has (0: unknown); `text` is a stage or a reason."""

    move: Move
    number: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Where the ceremony stands. `shown` counts revealed steps, `award` awards handed over, `page` pages turned; `since` is
    when the clock was started (milliseconds, None: stopped) and `elapsed` what it had run before; `lift` rows are left
    free at the foot; `overrides` are the reasons for revealing what is not final, which nothing takes back."""

    stage: Stage = Stage.LOBBY
    turn: int = 0
    shown: int = 0
    page: int = 0
    award: int = 0
    blank: bool = False
    score: bool = False
    photos: bool = False
    slide: int = -1
    lift: int = 0
    since: int | None = None
    elapsed: int = 0
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ceremony:
    """A show, where it stands, and where it stood before."""

    show: Show
    state: State = State()
    past: tuple[State, ...] = ()

    def act(self, act: Act) -> Ceremony:
        """The ceremony after an act of the host. Raises JudgeTuiError (`CEREMONY`) with what stands in the way."""
        if act.move is Move.UNDO:
            if not self.past:
                raise _refusal(msg("There is nothing to undo."))
            return replace(self, state=replace(self.past[-1], overrides=self.state.overrides), past=self.past[:-1])
        state = _MOVES[act.move](self.show, self.state, act)
        if state == self.state:
            return self
        return replace(self, state=state, past=(*self.past, self.state)[-MOST_UNDO:])

    def with_show(self, show: Show) -> Ceremony:
        """The same place with another show: whoever is on the stage stays there, whatever number he has now; instead of one who
        has withdrawn, the next is on. Where what would be revealed has changed, an opened result is closed again."""
        slides = len(show.slides) - 1
        state = _moved(self.show, show, replace(self.state, slide=min(self.state.slide, slides)))
        past = tuple(_moved(self.show, show, replace(item, slide=-1)) for item in self.past)
        if show.digest == self.show.digest:
            return Ceremony(show, state, past)
        if state.stage in OPEN:
            state = replace(state, stage=Stage.SEALED, slide=-1)
        state = replace(state, shown=0, page=0, award=0, score=False, overrides=())
        return Ceremony(show, state, tuple(item for item in past if item.stage not in OPEN))


def _moved(old: Show, new: Show, state: State) -> State:
    """A state whose turn is that of the same organisation in another running order."""
    last = max(0, len(new.turns) - 1)
    if state.turn >= len(old.turns):
        return replace(state, turn=min(state.turn, last))
    if not new.turns and state.stage is Stage.ON_STAGE:
        return replace(_turn_to(state, 0), stage=Stage.LOBBY)
    found = {turn.organisation: index for index, turn in enumerate(new.turns)}
    here, *after = (found.get(turn.organisation) for turn in old.turns[state.turn :])
    if here is not None:
        return replace(state, turn=here)
    return _turn_to(state, next((index for index in after if index is not None), last))


def _refusal(message: Message, hint: Message | None = None) -> JudgeTuiError:
    return JudgeTuiError("CEREMONY", message, hint, msg("Not now"))


def _enter(show: Show, state: State, stage: Stage) -> State:
    if stage is state.stage:
        return replace(state, blank=False, slide=-1)
    if stage not in NEXT[state.stage]:
        raise _refusal(msg("This cannot follow what is on the screen now."), msg("Go step by step, or undo."))
    if stage in (Stage.SCORING, Stage.SEALED) and not show.scored:
        raise _refusal(msg("Nothing is scored in this event."))
    if stage is Stage.ON_STAGE and not show.turns:
        raise _refusal(msg("Nobody is in the running order."))
    if stage is Stage.REVEAL and show.lacks and not state.overrides:
        raise JudgeTuiError(
            "PROVISIONAL",
            msg("The result is not final and is not revealed: {lacks}", lacks=show.lacks[:5]),
            msg("Settle what is named; or reveal it with a reason, which the protocol will show."),
            msg("Not final"),
        )
    if stage is Stage.REVEAL and not show.steps:
        raise _refusal(msg("There is nothing to reveal."))
    if state.stage is Stage.REVEAL and stage is not Stage.SEALED and state.shown < len(show.steps):
        raise _refusal(msg("The reveal is not at its end."), msg("Go on to the end, or reveal all at once."))
    if stage is Stage.AWARDS and not show.awards:
        raise _refusal(msg("This event has no awards to hand over."))
    kept = len(show.steps) if stage in OPEN and state.stage in OPEN else 0
    return replace(state, stage=stage, shown=kept, page=0, award=0, blank=False, slide=-1, score=False)


def _go(show: Show, state: State, act: Act) -> State:
    if act.text not in set(Stage):
        raise _refusal(msg("This cannot follow what is on the screen now."), msg("Go step by step, or undo."))
    return _enter(show, state, Stage(act.text))


def _override(show: Show, state: State, act: Act) -> State:
    reason = act.text.strip()
    if not reason:
        raise _refusal(msg("A reason is needed to reveal what is not final."))
    if not show.lacks:
        raise _refusal(msg("The result is final; there is nothing to override."))
    return _enter(show, replace(state, overrides=(*state.overrides, reason)), Stage.REVEAL)


def _forward(show: Show, state: State, act: Act) -> State:
    if state.blank or state.slide >= 0:
        return replace(state, blank=False, slide=-1)
    pages = act.number
    match state.stage:
        case Stage.LOBBY:
            return _enter(show, state, Stage.ON_STAGE if show.turns else Stage.SCORING)
        case Stage.ON_STAGE if state.photos and state.page + 1 < pages:
            return replace(state, page=state.page + 1)
        case Stage.ON_STAGE if state.turn + 1 < len(show.turns):
            return _turn_to(state, state.turn + 1)
        case Stage.ON_STAGE:
            return _enter(show, state, Stage.SCORING if show.scored else Stage.LOBBY)
        case Stage.SCORING if show.by_turn and state.turn + 1 < len(show.turns):
            return _turn_to(_enter(show, state, Stage.ON_STAGE), state.turn + 1)
        case Stage.SCORING:
            return _enter(show, state, Stage.SEALED)
        case Stage.SEALED:
            return _enter(show, state, Stage.REVEAL)
        case Stage.REVEAL:
            if state.page + 1 < pages:
                return replace(state, page=state.page + 1)
            if state.shown < len(show.steps):
                return replace(state, shown=state.shown + 1, page=0)
            return _enter(show, state, Stage.BOARD)
        case Stage.BOARD:
            if pages and state.page + 1 >= pages:
                return _enter(show, state, Stage.AWARDS) if show.awards else replace(state, page=0)
            return replace(state, page=state.page + 1)
        case Stage.AWARDS:
            return replace(state, award=min(state.award + 1, len(show.awards)), page=0)


def _back(show: Show, state: State, act: Act) -> State:
    if state.blank or state.slide >= 0:
        return replace(state, blank=False, slide=-1)
    if state.page and (state.stage in OPEN or state.photos):
        return replace(state, page=state.page - 1)
    match state.stage:
        case Stage.LOBBY:
            return state
        case Stage.ON_STAGE if state.turn:
            return _turn_to(state, state.turn - 1)
        case Stage.ON_STAGE:
            return _enter(show, state, Stage.LOBBY)
        case Stage.SCORING:
            return _enter(show, state, Stage.ON_STAGE if show.turns else Stage.LOBBY)
        case Stage.SEALED:
            return _enter(show, state, Stage.SCORING)
        case Stage.REVEAL if state.shown:
            return replace(state, shown=state.shown - 1)
        case Stage.REVEAL:
            return _enter(show, state, Stage.SEALED)
        case Stage.BOARD:
            return _enter(show, state, Stage.REVEAL)
        case Stage.AWARDS if state.award:
            return replace(state, award=state.award - 1)
        case Stage.AWARDS:
            return _enter(show, state, Stage.BOARD)


def _restart(show: Show, state: State, act: Act) -> State:
    """Back to the first step of what is going on: nothing revealed, the first page, the first award, the first turn."""
    if state.stage is Stage.ON_STAGE:
        return _turn_to(state, 0)
    return replace(
        state, shown=0 if state.stage is Stage.REVEAL else state.shown, page=0, award=0, blank=False, slide=-1
    )


def _jump(show: Show, state: State, act: Act) -> State:
    """To a place of the reveal (or to its step of that number, where there are no places), a page, an award or a number."""
    number = act.number
    if state.stage is Stage.REVEAL:
        places = [index for index, step in enumerate(show.steps) if step.place == number and step.entries]
        steps = [index for index, step in enumerate(show.steps, 1) if index == number and step.place is None]
        found = [index + 1 for index in places] or ([] if any(step.place for step in show.steps) else steps)
        if not found:
            raise _refusal(msg("There is no place {number} in this reveal.", number=number))
        return replace(state, shown=found[0], page=0, blank=False, slide=-1)
    if state.stage is Stage.BOARD and number > 0:
        return replace(state, page=number - 1, blank=False, slide=-1)
    if state.stage is Stage.AWARDS and 0 < number <= len(show.awards):
        return replace(state, award=number, page=0, blank=False, slide=-1)
    if state.stage in (Stage.LOBBY, Stage.ON_STAGE):
        return _turn(show, state, act)
    raise _refusal(msg("There is no number {number} here.", number=number))


def _all(show: Show, state: State, act: Act) -> State:
    if state.stage is Stage.SEALED:
        state = _enter(show, state, Stage.REVEAL)
    if state.stage is not Stage.REVEAL:
        raise _refusal(msg("End the scoring first; then the result can be revealed."))
    return _enter(show, replace(state, shown=len(show.steps)), Stage.BOARD)


def _turn_to(state: State, turn: int) -> State:
    return replace(state, turn=turn, page=0, since=None, elapsed=0, score=False, photos=False, blank=False, slide=-1)


def _turn(show: Show, state: State, act: Act) -> State:
    """Put the organisation with this number on the stage."""
    found = [index for index, turn in enumerate(show.turns) if turn.number == act.number]
    if not found:
        raise _refusal(msg("Nobody in the running order has number {number}.", number=act.number))
    return _turn_to(_enter(show, state, Stage.ON_STAGE), found[0])


def previous_turn(show: Show, state: State) -> int | None:
    """The turn whose score may be announced now: the one before, or the last one while sheets come in; None for none."""
    index = state.turn - 1 if state.stage is Stage.ON_STAGE else state.turn if state.stage is Stage.SCORING else -1
    return index if 0 <= index < len(show.turns) and show.turns[index].score is not None else None


def _score(show: Show, state: State, act: Act) -> State:
    if not state.score and previous_turn(show, state) is None:
        raise _refusal(
            msg("No score can be announced now."),
            msg("Only a finished turn's, and only where the definition says that turns show their scores."),
        )
    return replace(state, score=not state.score, blank=False, slide=-1)


def _photos(show: Show, state: State, act: Act) -> State:
    """Show the pictures of who is on, or the name again."""
    if state.stage is not Stage.ON_STAGE or not show.turns[state.turn].photos:
        raise _refusal(msg("There are no pictures to show now."))
    return replace(state, photos=not state.photos, page=0, score=False, blank=False, slide=-1)


def _slide(show: Show, state: State, act: Act) -> State:
    if act.number >= len(show.slides):
        raise _refusal(msg("There is no slide {number}.", number=act.number + 1))
    return replace(state, slide=max(-1, act.number), blank=False)


def _clock(show: Show, state: State, act: Act) -> State:
    """Start or stop the clock; the act carries the time."""
    if state.stage is not Stage.ON_STAGE:
        raise _refusal(msg("The clock runs while somebody is on the stage."))
    if state.since is None:
        return replace(state, since=act.number)
    return replace(state, since=None, elapsed=state.elapsed + max(0, act.number - state.since))


_MOVES: dict[Move, Callable[[Show, State, Act], State]] = {
    Move.GO: _go,
    Move.FORWARD: _forward,
    Move.BACK: _back,
    Move.RESTART: _restart,
    Move.JUMP: _jump,
    Move.ALL: _all,
    Move.BLANK: lambda show, state, act: replace(state, blank=not state.blank),
    Move.TURN: _turn,
    Move.SCORE: _score,
    Move.PHOTOS: _photos,
    Move.SLIDE: _slide,
    Move.LIFT: lambda show, state, act: replace(state, lift=max(0, min(act.number, 30))),
    Move.CLOCK: _clock,
    Move.CLOCK_RESET: lambda show, state, act: replace(state, since=None, elapsed=0),
    Move.OVERRIDE: _override,
}


def announced(show: Show, state: State) -> StepKind | None:
    """The kind of the step that is on the screen during the reveal, None before the first."""
    return show.steps[state.shown - 1].kind if state.stage is Stage.REVEAL and state.shown else None
