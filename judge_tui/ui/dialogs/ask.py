"""Ask for one line of text: a reason, a name, a folder."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog


class AskDialog(Dialog[str | None]):
    """A question with a line to write on. Answers the text without spaces around, or None where it was given up."""

    KEYS = (Command("ask.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),)

    def __init__(self, title: Message, text: Message, value: str = "", *, required: bool = True) -> None:
        super().__init__()
        self._heading, self._question, self._value, self._required = title, text, value, required

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(_t(self._heading), classes="dialog-title", markup=False)
            yield Label(_t(self._question), classes="dialog-text", markup=False)
            yield Input(self._value)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back")), id="cancel")
                yield Button(_t(msg("OK")), id="ok", variant="primary")

    @on(Input.Submitted)
    @on(Button.Pressed, "#ok")
    def _accept(self) -> None:
        text = self.query_one(Input).value.strip()
        if text or not self._required:
            self.dismiss(text)

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(None)
