"""F1: what this screen is for, what the focused field takes, and every key that works here."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import set_cell_size
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Label

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import APP_COMMANDS, Command, key_name
from judge_tui.ui.screen import Dialog


class HelpDialog(Dialog[None]):
    """The live help of a screen: `about` says what it is for, `focused` what the field under the cursor takes."""

    KEYS = (Command("help.close", "escape,f1,enter", "close", msg("Close"), msg("Back to the screen")),)

    DEFAULT_CSS = """
    HelpDialog > .dialog { width: 76; }
    HelpDialog VerticalScroll { height: auto; max-height: 16; }
    HelpDialog .focused { color: $accent; width: 1fr; margin-bottom: 1; }
    """

    def __init__(self, about: Message, focused: Message | None, commands: Sequence[Command]) -> None:
        super().__init__()
        self._about, self._focused, self._commands = about, focused, commands

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(_t(msg("Help")), classes="dialog-title")
            yield Label(_t(self._about), classes="dialog-text", markup=False)
            if self._focused is not None:
                yield Label(_t(self._focused), classes="focused", markup=False)
            with VerticalScroll():
                for command in (item for item in (*self._commands, *APP_COMMANDS) if item.listed):
                    keys = " ".join(_t(key_name(key)) for key in self._keys_of(command).split(","))
                    yield Label(f"{set_cell_size(keys, 14)} {_t(command.tooltip)}", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Close")), variant="primary")

    def _keys_of(self, command: Command) -> str:
        """The keys as this person has set them."""
        own = self.app.keymap_of(command.id) if hasattr(self.app, "keymap_of") else ""
        return own or command.keys

    @on(Button.Pressed)
    def action_close(self) -> None:
        self.dismiss(None)
