"""The one picture the hall sees: everything on the screen now, and nothing that is not.

A projector draws pictures and knows nothing else, so what stands between the host and the projector can be read by anyone
in the hall without learning a place too early.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from judge_tui.domain.ceremony.machine import OPEN, Ceremony, Stage, State, previous_turn
from judge_tui.domain.ceremony.show import Entry, Show, Slide, Step, StepKind, Turn
from judge_tui.domain.dates import date_words
from judge_tui.domain.messages import Message, msg, nmsg, verbatim


class Kind(StrEnum):
    """How a picture is laid out."""

    BLANK = "blank"
    TITLE = "title"
    TURN = "turn"
    PHOTOS = "photos"
    CARD = "card"
    PROGRESS = "progress"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Progress:
    """How many judges' sheets have arrived, of how many. Counts only: no name, no mark. Where judges score turn by turn, `turns`
    has the same for each turn (organisation, received, expected); a picture holds one count."""

    received: int
    expected: int
    turns: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A turn's clock: `since` in milliseconds (None: stopped), `elapsed` milliseconds before that, limits in seconds."""

    since: int | None
    elapsed: int
    least: int
    most: int

    @property
    def shown(self) -> bool:
        """Whether there is anything to show: a limit, or time that has run."""
        return bool(self.most or self.elapsed or self.since is not None)

    def seconds(self, now: int) -> int:
        """Whole seconds that have run at `now` (milliseconds)."""
        running = max(0, now - self.since) if self.since is not None else 0
        return (self.elapsed + running) // 1000


@dataclass(frozen=True, slots=True)
class Picture:
    """What is on the hall's screen. `heading` and `names` are large, `lines` beside them; `entries` are rows of a board,
    `code` by which its result can be recognised."""

    kind: Kind
    title: str
    heading: Message | None = None
    names: tuple[Entry, ...] = ()
    lines: tuple[Message, ...] = ()
    entries: tuple[Entry, ...] = ()
    turn: Turn | None = None
    clock: Clock | None = None
    progress: Progress | None = None
    places: bool = True
    scores: bool = True
    page: int = 0
    lift: int = 0
    rehearsal: bool = False
    provisional: bool = False
    code: str = ""


def picture_of(ceremony: Ceremony, progress: Progress | None = None) -> Picture:
    """The picture of where a ceremony stands."""
    show, state = ceremony.show, ceremony.state
    drawn = _blank(show) if state.blank else _slide(show, show.slides[state.slide]) if state.slide >= 0 else None
    drawn = drawn or _stage(show, state, progress)
    return replace(
        drawn,
        page=state.page,
        lift=state.lift,
        rehearsal=show.rehearsal,
        provisional=bool(show.lacks) and state.stage in OPEN and not state.blank,
    )


def _stage(show: Show, state: State, progress: Progress | None) -> Picture:
    if state.score and (index := previous_turn(show, state)) is not None:
        return _spoken(show, show.turns[index])
    match state.stage:
        case Stage.LOBBY:
            return _title(show)
        case Stage.ON_STAGE:
            turn = show.turns[state.turn]
            shown = replace(turn, score=None, total="")
            kind = Kind.PHOTOS if state.photos and turn.photos else Kind.TURN
            return Picture(kind, show.title, turn=shown, clock=Clock(state.since, state.elapsed, turn.least, turn.most))
        case Stage.SCORING:
            return _progress(show, _counted(show, state, progress))
        case Stage.SEALED:
            return _ended(show, progress)
        case Stage.REVEAL:
            return _revealed(show, state)
        case Stage.BOARD:
            return _board(show)
        case Stage.AWARDS:
            return _award(show, state)


def _blank(show: Show) -> Picture:
    return Picture(Kind.BLANK, show.title)


def _title(show: Show) -> Picture:
    lines = tuple(verbatim(text) for text in (show.theme, show.season, show.host, show.venue) if text)
    lines += (date_words(show.date),) if show.date else ()
    return Picture(Kind.TITLE, show.title, verbatim(show.title), lines=lines)


def _slide(show: Show, slide: Slide) -> Picture:
    lines = tuple(verbatim(text) for text in slide.text)
    return Picture(
        Kind.CARD, show.title, verbatim(slide.title), lines=(msg("With thanks to"), *lines) if slide.sponsor else lines
    )


def _spoken(show: Show, turn: Turn) -> Picture:
    assert turn.score is not None
    entry = Entry(turn.organisation, turn.number, turn.name, score=turn.total)
    return Picture(Kind.CARD, show.title, msg("No. {number}", number=turn.number), (entry,), (turn.score,))


def _counted(show: Show, state: State, progress: Progress | None) -> Progress | None:
    """The count for the turn that was just on, where there is one; after the last turn, of whole sheets."""
    if progress is None:
        return None
    on = show.turns[state.turn].organisation if state.turn + 1 < len(show.turns) else ""
    found = (Progress(received, expected) for turn, received, expected in progress.turns if turn == on)
    return next(found, Progress(progress.received, progress.expected))


def _progress(show: Show, progress: Progress | None) -> Picture:
    missing = progress.expected - progress.received if progress else 0
    if progress is None or not progress.expected:
        heading = msg("The judges are scoring")
    elif missing > 0:
        heading = nmsg("{count} sheet to come", "{count} sheets to come", missing)
    else:
        heading = msg("All sheets are in")
    return Picture(Kind.PROGRESS, show.title, heading, progress=progress)


def _ended(show: Show, progress: Progress | None) -> Picture:
    """Between scoring and reveal: sealed only where the record says so; else with what is still to come. A rehearsal's made-up
    result lacks no sheet, whatever the event's file does."""
    if not show.sealed and not show.rehearsal and progress is not None and progress.received < progress.expected:
        count = Progress(progress.received, progress.expected)
        missing = nmsg("{count} sheet to come", "{count} sheets to come", count.expected - count.received)
        return Picture(Kind.PROGRESS, show.title, msg("Scoring has ended"), lines=(missing,), progress=count)
    heading = msg("The marks are sealed") if show.sealed else msg("Scoring has ended")
    lines = () if show.lacks else (msg("The result is about to be revealed"),)
    return Picture(Kind.CARD, show.title, heading, lines=lines)


def place_words(place: int, tied: bool) -> Message:
    """`第3名`, or `并列第3名` for a shared place."""
    return msg("Joint place {place}", place=place) if tied else msg("Place {place}", place=place)


def _revealed(show: Show, state: State) -> Picture:
    if not state.shown:
        return Picture(Kind.CARD, show.title, msg("The result"), lines=(verbatim(show.season),) if show.season else ())
    step = show.steps[state.shown - 1]
    if step.kind is StepKind.ALL:
        return _board(show)
    if step.slide is not None:
        return _slide(show, step.slide)
    division = (verbatim(step.division),) if step.division else ()
    return Picture(Kind.CARD, show.title, _heading(step), step.entries, (*division, *_remarks(step)))


def _heading(step: Step) -> Message:
    """The place, with the award where all who share it have the same one; or the award."""
    if step.place is None:
        return verbatim(step.award)
    place = place_words(step.place, any(entry.tied for entry in step.entries))
    awards = {entry.awards for entry in step.entries}
    if len(awards) != 1 or not (names := awards.pop()):
        return place
    return msg("{place}  {award}", place=place, award=" ".join(names))


def _remarks(step: Step) -> tuple[Message, ...]:
    return (msg("not awarded"),) if step.kind is StepKind.AWARD and not step.entries else ()


def _board(show: Show) -> Picture:
    return Picture(Kind.BOARD, show.title, entries=show.board, places=show.places, scores=show.scores, code=show.code)


def _award(show: Show, state: State) -> Picture:
    if not state.award:
        return Picture(Kind.CARD, show.title, msg("Awards"))
    slide = show.awards[state.award - 1]
    if slide.slide is not None:
        return _slide(show, slide.slide)
    lines = [verbatim(slide.citation)] if slide.citation else []
    if not slide.entries:
        lines.append(msg("not awarded"))
    if slide.by:
        lines.append(msg("handed over by {name}", name=slide.by))
    return Picture(Kind.CARD, show.title, verbatim(slide.name), slide.entries, tuple(lines))
