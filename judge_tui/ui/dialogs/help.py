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
from judge_tui.ui.widgets.canvas import wrap

KEYS = 15
"""Cells for the keys of a command."""


class HelpDialog(Dialog[None]):
    """The live help of a screen: `about` says what it is for, `focused` what the field under the cursor takes."""

    KEYS = (Command("help.close", "escape,f1,enter", "close", msg("Close"), msg("Back to the screen")),)

    DEFAULT_CSS = """
    HelpDialog > .dialog { width: 76; padding: 0 2; }
    HelpDialog .focused { color: $accent; width: 1fr; margin-bottom: 1; }
    HelpDialog VerticalScroll { height: auto; max-height: 100%; scrollbar-gutter: stable; }
    HelpDialog .dialog-title, HelpDialog .dialog-text { margin-bottom: 0; }
    HelpDialog .hint { color: $foreground 65%; width: 1fr; }
    """

    def __init__(self, about: Message, focused: Message | None, commands: Sequence[Command]) -> None:
        super().__init__()
        self._about, self._focused, self._commands = about, focused, commands

    def compose(self) -> ComposeResult:
        width, height = min(76, self.app.size.width * 94 // 100) - 6, self.app.size.height * 9 // 10
        about = "\n".join(wrap(_t(self._about), width))
        focused = "\n".join(wrap(_t(self._focused), width)) if self._focused is not None else ""
        with Vertical(classes="dialog"):
            yield Label(_t(msg("Help")), classes="dialog-title")
            yield Label(about, classes="dialog-text", markup=False)
            if focused:
                yield Label(focused, classes="focused", markup=False)
            with VerticalScroll() as rows:
                for command in (item for item in (*self._commands, *APP_COMMANDS) if item.listed):
                    yield Label(self._row(command, width - 2), markup=False)
            used = 5 + about.count("\n") + (2 + focused.count("\n") if focused else 0)
            rows.styles.max_height = max(3, height - used)
            with Horizontal(classes="dialog-buttons"):
                yield Label(_t(msg("Up, Down, PgUp, PgDn: more")), classes="hint")
                yield Button(_t(msg("Close")), variant="primary")

    def _row(self, command: Command, width: int) -> str:
        """The keys of a command, and what it does in as many lines as it takes."""
        keys = " ".join(_t(key_name(key)) for key in self._keys_of(command))
        said = wrap(_t(command.tooltip), width - KEYS)
        return "\n".join(set_cell_size("" if line else keys, KEYS) + text for line, text in enumerate(said))

    def _keys_of(self, command: Command) -> Sequence[str]:
        """The keys as this person has set them."""
        return self.app.keys_of(command) if hasattr(self.app, "keys_of") else command.keys.split(",")

    @on(Button.Pressed)
    def action_close(self) -> None:
        self.dismiss(None)
