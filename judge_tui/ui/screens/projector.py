"""The hall's screen. It shows the picture of the ceremony and passes the host's keys on; a clicker's keys are enough."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from judge_tui.domain.ceremony.picture import Kind, Picture
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.hall.steering import DIGITS, STEERING, Hall, SteeringScreen, capitals, milliseconds
from judge_tui.ui.keys import Command
from judge_tui.ui.theme import CONTRAST_LIGHT
from judge_tui.ui.widgets.hall_canvas import HallCanvas

ROTATE_TICKS = 80
"""Polls after which a picture of several pages turns to the next by itself."""


class ProjectorScreen(SteeringScreen):
    """One canvas, no bars, no pointer: what two hundred people look at."""

    ABOUT: ClassVar[Message] = msg("The hall's screen. PgDn and PgUp are enough; a clicker sends the same keys.")
    KEYS = (
        *STEERING,
        Command("hall.leave", "escape", "leave", msg("Leave"), msg("Close the hall's screen, after asking")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [*DIGITS, *capitals(KEYS)]

    def __init__(
        self,
        hall: Hall,
        *,
        media: Path | None = None,
        bright: bool = False,
        now: Callable[[], int] = milliseconds,
    ) -> None:
        """`media` is the folder of the organisations' pictures."""
        super().__init__(hall, now)
        self._media, self._bright = media, bright
        self._turned = 0
        self._hinted = False

    @property
    def picture(self) -> Picture:
        """What this screen shows."""
        return self.hall.picture

    def compose(self) -> ComposeResult:
        yield HallCanvas(self.hall.picture, solid=bool(getattr(self.app, "compatible", False)), media=self._media)

    def on_mount(self) -> None:
        if self._bright:
            self.app.theme = CONTRAST_LIGHT.name
        # What is there now stays: a full garbage collection in the middle of a step would be seen by the hall.
        self.call_after_refresh(gc.freeze)

    def on_resize(self) -> None:
        self.draw()

    def retranslate(self) -> None:
        self.draw()

    def draw(self) -> None:
        canvas = self.query_one(HallCanvas)
        canvas.solid = bool(getattr(self.app, "compatible", False))
        hint = "" if self._hinted else _t(msg("PgDn next   PgUp back   F1 keys   Esc leave"))
        canvas.show(self.hall.picture, now=self.now(), turned=self._turned, foot=self.typed or hint)
        self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        """Tell the presenter how many pages there are to turn, once they are on the screen."""
        if self.is_attached and self.size.height:
            self.hall.tell(self.pages())

    def moved(self) -> None:
        self._hinted, self.ticks, self._turned = True, 0, 0

    def pages(self) -> int:
        return self.query_one(HallCanvas).pages

    def tick(self) -> None:
        super().tick()
        if (
            self.hall.picture.kind in (Kind.CARD, Kind.PHOTOS)
            and self.ticks % ROTATE_TICKS == ROTATE_TICKS - 1
            and self.pages() > 1
        ):
            self._turned += 1
            self.draw()

    def refuse(self, error: JudgeTuiError) -> None:
        """While a presenter steers, keys at the hall's window do nothing, and the hall is told nothing."""
        if error.code != "HOSTED":
            super().refuse(error)
