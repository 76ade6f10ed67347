"""What stands on the screen while a judge's file is opened and verified: the picture it was left with, or a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.settings import Settings
from judge_tui.ui.app import JudgeApp


class Painted(Widget):
    """Lines of text as they were painted once."""

    def __init__(self, lines: Sequence[Sequence[tuple[str, str]]]) -> None:
        super().__init__()
        self._painted = lines

    def render_line(self, y: int) -> Strip:
        base = self.visual_style.rich_style
        pieces = self._painted[y] if y < len(self._painted) else ()
        strip = Strip([Segment(text, Style.parse(style)) for text, style in pieces])
        return strip.adjust_cell_length(self.size.width, base)


class CurtainApp(JudgeApp):
    """Shows the picture, then has the first screen made and puts it in front. Keys pressed meanwhile reach it."""

    def __init__(
        self,
        picture: Sequence[Sequence[tuple[str, str]]] | None,
        first: Callable[[], Screen[Any]],
        settings: Settings | None = None,
    ) -> None:
        super().__init__(first, settings)
        self._picture = picture
        self._keys: list[events.Key] = []
        self._lifted = False
        self.failure: JudgeTuiError | None = None
        """Why the file could not be opened; the program has ended then."""

    def compose(self) -> ComposeResult:
        yield Painted(self._picture or [[], [(" " + _t(msg("Opening …")), "")]])

    def open_first(self) -> None:
        """After the picture has gone to the terminal."""
        self.set_timer(0.02, self._lift)

    def on_key(self, event: events.Key) -> None:
        if not self._lifted:
            self._keys.append(event)
            event.stop()

    def _lift(self) -> None:
        try:
            screen = self._first()
        except JudgeTuiError as error:
            self.failure = error
            self.exit(1)
            return
        if hasattr(screen, "keys_ahead"):
            screen.keys_ahead = tuple(self._keys)
        self._lifted = True
        self.show_first(screen)
