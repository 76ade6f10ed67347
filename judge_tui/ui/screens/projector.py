"""The hall's screen. It shows the picture of the ceremony and passes the host's keys on; a clicker's keys are enough."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar, Protocol

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from judge_tui.domain.ceremony.machine import Act, Move
from judge_tui.domain.ceremony.picture import Kind, Picture
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.dialogs.ask import AskDialog
from judge_tui.ui.dialogs.confirm import ConfirmDialog
from judge_tui.ui.keys import Command, with_twins
from judge_tui.ui.screen import AppScreen
from judge_tui.ui.widgets.hall_canvas import HallCanvas

POLL_SECONDS = 0.1
"""How soon a step of the host in another window shows here."""

ROTATE_TICKS = 80
"""Polls after which a picture of several pages turns to the next by itself."""

STEERING = (
    Command(
        "hall.forward",
        "pagedown,space,right,down",
        "forward",
        msg("Next"),
        msg("The next turn, stage, reveal step, page or award"),
    ),
    Command("hall.back", "pageup,left,up,backspace", "back", msg("Back"), msg("One step back")),
    Command("hall.restart", "home", "restart", msg("Restart"), msg("From the beginning of this part")),
    Command("hall.all", "end", "all", msg("Reveal all"), msg("Everything at once, then the board")),
    Command("hall.blank", "b,f6", "blank", msg("Blank"), msg("Blank the screen, and back")),
    Command("hall.jump", "enter", "jump", msg("Jump"), msg("Type a number first: to that place, page or number")),
    Command("hall.clock", "c,f7", "clock", msg("Clock"), msg("Start or stop the turn's clock")),
    Command("hall.score", "p,f8", "score", msg("Last score"), msg("Announce the previous turn's score")),
    Command("hall.undo", "ctrl+z,u", "undo", msg("Undo"), msg("Take the last step back")),
    Command("hall.slide", "m,f9", "slide", msg("Slide"), msg("The next message slide; after the last, none")),
    Command("hall.lift", "l,f3", "lift", msg("Lift"), msg("Lift the picture above people on the stage")),
)
"""The host's keys, the same in the projector's window and in the presenter's."""

DIGITS: list[BindingType] = [
    *(Binding(with_twins(str(digit)), f"digit({digit})", str(digit), show=False) for digit in range(10)),
    Binding("full_stop", "blank", ".", show=False),  # what a clicker's black-screen key sends
]


class Hall(Protocol):
    """Where a screen gets its picture from and sends the host's acts to."""

    @property
    def picture(self) -> Picture:
        """What the hall sees now."""

    def poll(self) -> bool:
        """Look whether something has changed; True where the picture has."""

    def act(self, act: Act) -> None:
        """An act of the host. Raises JudgeTuiError with what stands in the way."""


def milliseconds() -> int:
    """The time of this machine's clock."""
    return time.time_ns() // 1_000_000


class ProjectorScreen(AppScreen[None]):
    """One canvas, no bars, no pointer: what two hundred people look at."""

    ABOUT: ClassVar[Message] = msg("The hall's screen. PgDn and PgUp are enough; a clicker sends the same keys.")
    KEYS = (
        *STEERING,
        Command("hall.leave", "escape", "leave", msg("Leave"), msg("Close the hall's screen")),
    )
    BINDINGS = DIGITS

    def __init__(self, hall: Hall, *, now: Callable[[], int] = milliseconds) -> None:
        super().__init__()
        self._hall, self._now = hall, now
        self._typed = ""
        self._ticks = 0
        self._turned = 0
        self._hinted = False

    def compose(self) -> ComposeResult:
        yield HallCanvas(self._hall.picture, solid=bool(getattr(self.app, "compatible", False)))

    def on_mount(self) -> None:
        self._draw()
        self.set_interval(POLL_SECONDS, self._tick)

    def retranslate(self) -> None:
        self._draw()

    def _draw(self) -> None:
        canvas = self.query_one(HallCanvas)
        canvas.solid = bool(getattr(self.app, "compatible", False))
        picture = self._hall.picture
        hint = "" if self._hinted else _t(msg("PgDn next   PgUp back   F1 keys   Esc leave"))
        canvas.show(picture, now=self._now(), turned=self._turned, foot=self._typed or hint)

    def _tick(self) -> None:
        picture = self._hall.picture
        self._ticks += 1
        if self._hall.poll():
            self._ticks = self._turned = 0
            self._draw()
        elif picture.clock is not None and picture.clock.since is not None and self._ticks % 5 == 0:
            self._draw()
        elif picture.kind is Kind.CARD and self._ticks % ROTATE_TICKS == 0 and self.query_one(HallCanvas).pages > 1:
            self._turned += 1
            self._draw()

    def _act(self, act: Act) -> None:
        self._hinted, self._typed, self._ticks, self._turned = True, "", 0, 0
        try:
            self._hall.act(act)
        except JudgeTuiError as error:
            self._refused(error)
        self._draw()

    def _refused(self, error: JudgeTuiError) -> None:
        """A provisional result may be revealed with a reason; anything else is said quietly."""
        if error.code != "PROVISIONAL":
            self.notify(_t(error.hint or error.message), title=_t(error.message if error.hint else error.title))
            return
        self.app.push_screen(AskDialog(error.title, error.message), self._override)

    def _override(self, reason: str | None) -> None:
        if reason:
            self._act(Act(Move.OVERRIDE, text=reason))

    def action_forward(self) -> None:
        self._act(Act(Move.FORWARD, self.query_one(HallCanvas).pages))

    def action_back(self) -> None:
        self._act(Act(Move.BACK))

    def action_restart(self) -> None:
        self._act(Act(Move.RESTART))

    def action_all(self) -> None:
        self._act(Act(Move.ALL))

    def action_blank(self) -> None:
        self._act(Act(Move.BLANK))

    def action_clock(self) -> None:
        self._act(Act(Move.CLOCK, self._now()))

    def action_score(self) -> None:
        self._act(Act(Move.SCORE))

    def action_undo(self) -> None:
        self._act(Act(Move.UNDO))

    def action_slide(self) -> None:
        self._act(Act(Move.SLIDE, int(self._typed or 0) - 1))

    def action_lift(self) -> None:
        self._act(Act(Move.LIFT, int(self._typed) if self._typed else (self._hall.picture.lift + 3) % 12))

    def action_digit(self, digit: int) -> None:
        self._typed = (self._typed + str(digit))[-3:]
        self._draw()

    def action_jump(self) -> None:
        """To the number typed; Enter alone goes on."""
        if self._typed:
            self._act(Act(Move.JUMP, int(self._typed)))
        else:
            self.action_forward()

    def action_leave(self) -> None:
        """Ask first where the ceremony is under way: some clickers send Esc."""
        if self._hall.picture.kind in (Kind.TITLE, Kind.BOARD):
            self.dismiss(None)
            return
        question = ConfirmDialog(msg("Leave the hall's screen?"), msg("The ceremony stays where it is."), msg("Leave"))
        self.app.push_screen(question, self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)
