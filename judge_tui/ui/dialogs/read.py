"""Lines to read, as many as there are: a history, a list of materials."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog


class ReadDialog(Dialog[None]):
    """Shows lines; arrows and pages scroll them."""

    KEYS = (
        Command("read.close", "escape,enter", "close", msg("Close"), msg("Back to the screen")),
        Command("read.up", "up", "roll(-1)", msg("Up"), msg("Scroll up"), bar=False),
        Command("read.down", "down", "roll(1)", msg("Down"), msg("Scroll down"), bar=False),
        Command("read.page_up", "pageup", "roll(-10)", msg("Page up"), msg("Scroll a page up"), bar=False),
        Command("read.page_down", "pagedown", "roll(10)", msg("Page down"), msg("Scroll a page down"), bar=False),
    )

    DEFAULT_CSS = """
    ReadDialog > .dialog { width: 76; }
    ReadDialog VerticalScroll { height: auto; max-height: 18; margin-bottom: 1; }
    """

    def __init__(self, title: Message, lines: Sequence[Message]) -> None:
        super().__init__()
        self._heading, self._lines = title, tuple(lines)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(_t(self._heading), classes="dialog-title", markup=False)
            with VerticalScroll(can_focus=False):
                yield Static("\n".join(_t(line) for line in self._lines), markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Close")), variant="primary")

    def action_roll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    @on(Button.Pressed)
    def action_close(self) -> None:
        self.dismiss(None)
