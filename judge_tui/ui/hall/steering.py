"""The host's keys, the same in the hall's window and in the presenter's, and what they ask of the ceremony."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.timer import Timer

from judge_tui.domain.ceremony.machine import Act, Move
from judge_tui.domain.ceremony.picture import Kind, Picture
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.dialogs.ask import AskDialog
from judge_tui.ui.hall.leaving import LeaveDialog
from judge_tui.ui.keys import Command, with_twins
from judge_tui.ui.screen import AppScreen

POLL_SECONDS = 0.1
"""How soon a step of the host in another window shows here."""

RENEW_TICKS = 20
"""Polls after which a changed event file is read anew."""

AUTO_SECONDS = 5
"""Seconds between the steps of a reveal that plays by itself, where the host names no other."""

STEERING = (
    Command(
        "hall.forward",
        "pagedown,space,right,down",
        "forward",
        msg("Next step"),
        msg("The next turn, stage, reveal step, page or award"),
    ),
    Command("hall.back", "pageup,left,up,backspace", "back", msg("Step back"), msg("One step back")),
    Command("hall.restart", "home", "restart", msg("Restart"), msg("From the beginning of this part")),
    Command("hall.all", "end", "all", msg("Reveal all"), msg("Everything at once, then the board")),
    Command("hall.blank", "b,f6", "blank", msg("Blank"), msg("Blank the screen, and back")),
    Command("hall.jump", "enter", "jump", msg("Jump"), msg("Type a number first: to that place, page or number")),
    Command("hall.clock", "c,f7", "clock", msg("Clock"), msg("Start or stop the turn's clock")),
    Command("hall.score", "p,f8", "score", msg("Last score"), msg("Announce the previous turn's score")),
    Command("hall.photos", "g,f10", "photos", msg("Pictures"), msg("The pictures of who is on, or the name again")),
    Command("hall.undo", "ctrl+z,u", "undo", msg("Undo"), msg("Take the last step back")),
    Command("hall.auto", "a,f4", "auto", msg("Play"), msg("Reveal by itself; a number first: so many seconds a step")),
    Command("hall.slide", "m,f9", "slide", msg("Slide"), msg("The slide of the number typed; without one, none")),
    Command("hall.lift", "l,f3", "lift", msg("Lift"), msg("Lift the picture above people on the stage")),
    Command(
        "hall.renew", "f5", "renew", msg("Read anew"), msg("Read the event's file anew; a changed result is closed")
    ),
)
"""The host's commands."""

DIGITS: list[BindingType] = [
    *(Binding(with_twins(str(digit)), f"digit({digit})", str(digit), show=False) for digit in range(10)),
    # What a clicker's black-screen key sends, and what an input method in Chinese mode makes of it.
    Binding("full_stop,ideographic_full_stop", "blank", ".", show=False),
]


def capitals(commands: Sequence[Command]) -> list[BindingType]:
    """The commands' letters as they come with Caps Lock on: nobody on a stage looks at that lamp."""
    letters = [(key, item.action) for item in commands for key in item.keys.split(",") if len(key) == 1]
    return [Binding(with_twins(key.upper()), action, show=False) for key, action in letters if key.isalpha()]


class Hall(Protocol):
    """Where a screen gets its picture from and sends the host's acts to."""

    @property
    def picture(self) -> Picture:
        """What the hall sees now."""

    @property
    def stale(self) -> bool:
        """Whether the event has changed since it was read."""

    @property
    def unsaved(self) -> bool:
        """Whether the last step could not be written, so that other windows do not follow."""

    def tell(self, pages: int) -> None:
        """Say how many pages the picture needs on the hall's screen."""

    def poll(self) -> bool:
        """Look whether something has changed; True where the picture has."""

    def act(self, act: Act) -> None:
        """An act of the host. Raises JudgeTuiError with what stands in the way."""

    def renew(self, *, close: bool = False) -> None:
        """Read the event anew. Raises JudgeTuiError where it cannot be read."""


def milliseconds() -> int:
    """The time of this machine's clock."""
    return time.time_ns() // 1_000_000


class SteeringScreen(AppScreen[None]):
    """A screen from which the host moves the ceremony. Subclasses draw."""

    LEAVE: ClassVar[Message] = msg("Leave the hall's screen?")

    def __init__(self, hall: Hall, now: Callable[[], int]) -> None:
        super().__init__()
        self.hall, self.now = hall, now
        self.typed = ""
        self.ticks = 0
        self._auto: Timer | None = None

    def on_mount(self) -> None:
        self.draw()
        self.set_interval(POLL_SECONDS, self.tick)

    def draw(self) -> None:
        """Show what there is now."""
        raise TypeError("a steering screen draws")

    def moved(self) -> None:
        """Something has moved on; a subclass forgets what belonged to the picture before."""

    def pages(self) -> int:
        """How many pages the hall's picture has on this screen; 0 where this is not the hall's screen."""
        return 0

    def tick(self) -> None:
        """Look for what other windows did, for the clock, and for new sheets."""
        self.ticks += 1
        if self.hall.poll():
            self.moved()
            self.draw()
        elif (clock := self.hall.picture.clock) is not None and clock.since is not None and self.ticks % 5 == 0:
            self.draw()
        if self.ticks % RENEW_TICKS == 0 and self.hall.stale:
            self.run_worker(lambda: self._renewed(False), thread=True, exclusive=True, group="renew")

    def _renewed(self, asked: bool) -> None:
        """Read anew, in a thread. What cannot be read just now is said only to a host who asked; it is tried again anyway."""
        try:
            self.hall.renew(close=asked)
        except JudgeTuiError as error:
            if asked:
                self.app.call_from_thread(self.refuse, error)
        if self.is_attached:
            self.app.call_from_thread(self.draw)

    @property
    def playing(self) -> bool:
        """Whether the reveal plays by itself."""
        return self._auto is not None

    def do(self, act: Act) -> bool:
        """Ask for an act; a refusal is said, until the next act, and False returned."""
        self.typed = ""
        self.app.clear_notifications()
        self.moved()
        try:
            self.hall.act(act)
        except JudgeTuiError as error:
            self._stop()
            self.refuse(error)
            return False
        finally:
            self.draw()
        return True

    def refuse(self, error: JudgeTuiError) -> None:
        """A provisional result may be revealed with a reason; anything else is said quietly."""
        if error.code != "PROVISIONAL":
            self.notify(_t(error.hint or error.message), title=_t(error.message if error.hint else error.title))
            return
        question = msg("{message}\n\n{hint}", message=error.message, hint=error.hint or "")
        self.app.push_screen(AskDialog(error.title, question), self._override)

    def _override(self, reason: str | None) -> None:
        if reason:
            self.do(Act(Move.OVERRIDE, text=reason))

    def action_leave(self) -> None:
        """Ask first: some clickers send Esc."""
        question = LeaveDialog(self.LEAVE, msg("The ceremony stays where it is."), msg("Leave"), safe=True)
        self.app.push_screen(question, self._leave)

    def _leave(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(None)

    def action_forward(self) -> None:
        self.do(Act(Move.FORWARD, self.pages()))

    def action_back(self) -> None:
        self._stop()
        self.do(Act(Move.BACK))

    def action_restart(self) -> None:
        self.do(Act(Move.RESTART))

    def action_all(self) -> None:
        self.do(Act(Move.ALL))

    def action_blank(self) -> None:
        self.do(Act(Move.BLANK))

    def action_clock(self) -> None:
        self.do(Act(Move.CLOCK, self.now()))

    def action_score(self) -> None:
        self.do(Act(Move.SCORE))

    def action_photos(self) -> None:
        self.do(Act(Move.PHOTOS))

    def action_undo(self) -> None:
        self._stop()
        self.do(Act(Move.UNDO))

    def action_slide(self) -> None:
        self.do(Act(Move.SLIDE, int(self.typed or 0) - 1))

    def action_lift(self) -> None:
        self.do(Act(Move.LIFT, int(self.typed) if self.typed else (self.hall.picture.lift + 3) % 12))

    def action_digit(self, digit: int) -> None:
        self.typed = (self.typed + str(digit))[-3:]
        self.draw()

    def action_jump(self) -> None:
        """To the number typed; Enter alone goes on."""
        if self.typed:
            self.do(Act(Move.JUMP, int(self.typed)))
        else:
            self.action_forward()

    def action_renew(self) -> None:
        self.run_worker(lambda: self._renewed(True), thread=True, exclusive=True, group="renew")

    def action_auto(self) -> None:
        """Start or stop playing; the number typed is the seconds between steps."""
        seconds = int(self.typed or AUTO_SECONDS) or AUTO_SECONDS
        self.typed = ""
        if self.playing:
            self._stop()
        else:
            self._auto = self.set_interval(seconds, self._play)
        self.draw()

    def _play(self) -> None:
        """One step, as long as there is something to reveal; a blank screen waits."""
        if self.hall.picture.kind is Kind.BLANK:
            return
        if self.hall.picture.kind is not Kind.CARD or not self.do(Act(Move.FORWARD, self.pages())):
            self._stop()
            self.draw()

    def _stop(self) -> None:
        if self._auto is not None:
            self._auto.stop()
            self._auto = None
