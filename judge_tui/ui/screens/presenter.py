"""The presenter's view: what the hall sees, what comes next, and what only the presenter need know."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Label

from judge_tui.domain.ceremony.machine import Act, Ceremony, Move, Stage, previous_turn
from judge_tui.domain.ceremony.picture import Clock, Kind, Picture, picture_of
from judge_tui.domain.ceremony.show import Show
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.i18n import translator as _t
from judge_tui.ui.hall.steering import DIGITS, STEERING, Hall, SteeringScreen, capitals, milliseconds
from judge_tui.ui.keys import Command
from judge_tui.ui.widgets.hall_canvas import HallCanvas
from judge_tui.ui.widgets.key_bar import KeyBar

STAGES: dict[Stage, Message] = {
    Stage.LOBBY: msg("Lobby"),
    Stage.ON_STAGE: msg("On the stage"),
    Stage.SCORING: msg("Scoring"),
    Stage.SEALED: msg("Sealed"),
    Stage.REVEAL: msg("Reveal"),
    Stage.BOARD: msg("Board"),
    Stage.AWARDS: msg("Awards"),
}
"""The stages in words."""


def stage_words(show: Show, stage: Stage) -> Message:
    """A stage in words; before the reveal nothing is called sealed that is not sealed in the record."""
    return msg("Scoring has ended") if stage is Stage.SEALED and not show.sealed else STAGES[stage]


def time_of_day(now: int) -> str:
    """`14:32` on this laptop, of a time in milliseconds."""
    return time.strftime("%H:%M", time.localtime(now // 1000))


class HostedHall(Hall, Protocol):
    """A hall whose ceremony the presenter may look into."""

    @property
    def ceremony(self) -> Ceremony:
        """Where the ceremony stands, with its show."""

    @property
    def pages(self) -> int:
        """How many pages the hall's screen needs for the present picture; 0 where none has said so."""


class PresenterScreen(SteeringScreen):
    """Two small screens side by side, the present picture and the next, and notes below."""

    ABOUT: ClassVar[Message] = msg(
        "The presenter's view: on the left what the hall sees, on the right what the next step shows. "
        "The hall's window follows by itself."
    )
    KEYS = (
        *STEERING,
        Command(
            "host.stage",
            "n,f2",
            "stage",
            msg("Stage"),
            msg("Go to the next stage: scoring, its end, reveal, board, awards"),
        ),
        Command("host.reset", "r", "reset", msg("Reset clock"), msg("The turn's clock back to nothing"), bar=False),
        Command(
            "host.leave",
            "escape",
            "leave",
            msg("Leave"),
            msg("Close, after asking; the hall keeps its picture"),
            bar=False,
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*DIGITS, *capitals(KEYS)]
    LEAVE: ClassVar[Message] = msg("Leave the presenter's view?")

    DEFAULT_CSS = """
    PresenterScreen { layout: vertical; }
    PresenterScreen #where { height: 1; width: 1fr; background: $panel; color: $foreground; text-style: bold; padding: 0 1; }
    PresenterScreen #screens { height: 1fr; }
    PresenterScreen .side { width: 1fr; height: 1fr; padding: 0 1; }
    PresenterScreen .side Label { color: $accent; text-style: bold; height: 1; width: 1fr; }
    PresenterScreen HallCanvas { border: round $primary; }
    PresenterScreen #next { border: round $panel; }
    PresenterScreen #notes { height: auto; max-height: 8; width: 1fr; padding: 0 2; }
    """

    def __init__(self, hall: HostedHall, *, media: Path | None = None, now: Callable[[], int] = milliseconds) -> None:
        super().__init__(hall, now)
        self._hosted, self._media = hall, media
        self._drawn: tuple[int, str] = (0, "")

    def compose(self) -> ComposeResult:
        yield Label("", id="where", markup=False)
        with Horizontal(id="screens"):
            with Vertical(classes="side"):
                yield Label("", id="now-label", markup=False)
                yield HallCanvas(self.hall.picture, media=self._media, id="now")
            with Vertical(classes="side"):
                yield Label("", id="next-label", markup=False)
                yield HallCanvas(self.hall.picture, media=self._media, id="next")
        yield Label("", id="notes", markup=False)
        yield KeyBar(self.KEYS)

    def retranslate(self) -> None:
        self.draw()
        self.query_one(KeyBar).refresh()

    def pages(self) -> int:
        """As many as the hall's screen has; where there is none, as many as the picture of it here."""
        return self._hosted.pages or self.query_one("#now", HallCanvas).pages

    def tick(self) -> None:
        """Once a second: the time of day, and what the hall's screen says of its pages."""
        super().tick()
        if self.ticks % 10 == 0 and self._drawn != self._seen():
            self.draw()

    def _seen(self) -> tuple[int, str]:
        return self._hosted.pages, time_of_day(self.now())

    def draw(self) -> None:
        self._drawn = self._seen()
        ceremony, now = self._hosted.ceremony, self.now()
        for canvas in self.query(HallCanvas):
            canvas.solid = bool(getattr(self.app, "compatible", False))
        self.query_one("#where", Label).update(_t(self._where(ceremony)))
        self.query_one("#now-label", Label).update(_t(msg("On the screen")))
        self.query_one("#next-label", Label).update(_t(msg("Next step")))
        self.query_one("#now", HallCanvas).show(self.hall.picture, now=now)
        self.query_one("#next", HallCanvas).show(_following(ceremony, self.pages()), now=now)
        self.query_one("#notes", Label).update("\n".join(_t(line) for line in self._notes(ceremony)))

    def _where(self, ceremony: Ceremony) -> Message:
        show, state = ceremony.show, ceremony.state
        here, of = {
            Stage.ON_STAGE: (state.turn + 1, len(show.turns)),
            Stage.REVEAL: (state.shown, len(show.steps)),
            Stage.AWARDS: (state.award, len(show.awards)),
        }.get(state.stage, (0, 0))
        stage = stage_words(show, state.stage)
        place = msg("{stage}: {here} of {of}", stage=stage, here=here, of=of) if of else stage
        clock = Clock(state.since, state.elapsed, 0, 0) if state.stage is Stage.ON_STAGE else None
        ran = clock.seconds(self.now()) if clock is not None and clock.shown else None
        extra = [
            *((msg("clock {time}", time=f"{ran // 60:02d}:{ran % 60:02d}"),) if ran is not None else ()),
            *((msg("screen is blank"),) if state.blank else ()),
            *((msg("playing by itself"),) if self.playing else ()),
            *((msg("number {typed}", typed=self.typed),) if self.typed else ()),
        ]
        return msg(
            "{now}   {title}   {place}   {extra}",
            now=time_of_day(self.now()),
            title=show.title,
            place=place,
            extra=tuple(extra),
        )

    def _notes(self, ceremony: Ceremony) -> list[Message]:
        """What the presenter needs beside the pictures, and the hall does not see."""
        show, state = ceremony.show, ceremony.state
        notes: list[Message] = []
        if show.rehearsal:
            notes.append(msg("Rehearsal: every result is made up; nothing of it is kept."))
        if self.hall.unsaved:
            notes.append(msg("Nothing can be written beside the event's file: other windows do not follow."))
        if self.hall.stale:
            notes.append(msg("The event's file has changed since it was read. F5 reads it anew."))
        if show.lacks and not show.rehearsal:
            notes.append(msg("Not final: {lacks}", lacks=show.lacks[:3]))
        elif show.scored and not show.code and not show.rehearsal and state.stage in (Stage.SCORING, Stage.SEALED):
            notes.append(
                msg("Nothing is lacking, but the result is not sealed in the record yet: `judge-tui organise`.")
            )
        notes += [msg("Revealed all the same: {reason}", reason=reason) for reason in state.overrides]
        if (index := previous_turn(show, state)) is not None:
            notes.append(msg("F8 announces the score of {name}.", name=show.turns[index].name))
        if state.stage is Stage.AWARDS and state.award < len(show.awards):
            award = show.awards[state.award]
            said = [text for text in (award.citation, award.by) if text]
            notes.append(verbatim("   ".join([award.name, *(entry.name for entry in award.entries), *said])))
        if show.slides:
            titles = "   ".join(f"{number} {slide.title}" for number, slide in enumerate(show.slides, 1))
            notes.append(msg("Slides (number, then F9): {titles}", titles=titles))
        return notes

    def action_stage(self) -> None:
        """To the stage after this one, passing over the rest of it."""
        order = list(Stage)
        stage = self._hosted.ceremony.state.stage
        following = order[order.index(stage) + 1 :]
        if following:
            self.do(Act(Move.GO, text=following[0].value))

    def action_reset(self) -> None:
        self.do(Act(Move.CLOCK_RESET))


def _following(ceremony: Ceremony, pages: int) -> Picture:
    """The picture that the next step would bring, or what stands in its way."""
    try:
        return picture_of(ceremony.act(Act(Move.FORWARD, pages)))
    except JudgeTuiError as error:
        return Picture(Kind.CARD, ceremony.show.title, error.title, lines=(error.message,))
