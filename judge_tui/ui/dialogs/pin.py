"""Ask for a PIN, or for a passphrase; what is typed shows as stars."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog


class PinDialog(Dialog[bool]):
    """Answers True once what was typed fits, False where the person gave up."""

    KEYS = (Command("pin.cancel", "escape", "cancel", msg("Back"), msg("Leave")),)

    DEFAULT_CSS = """
    PinDialog .wrong { color: $error; width: 1fr; height: auto; }
    """

    def __init__(self, title: Message, wrong: Callable[[str], Message | None], label: Message | None = None) -> None:
        """`wrong` says what is wrong with what was typed, None for nothing; `label` is what is asked for."""
        super().__init__()
        self._heading, self._wrong, self._label = title, wrong, label or msg("PIN")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(_t(self._heading), classes="dialog-title", markup=False)
            yield Label(_t(self._label), classes="dialog-text")
            yield Input(password=True)
            yield Label("", classes="wrong", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back")), id="cancel")
                yield Button(_t(msg("OK")), id="ok", variant="primary")

    @on(Input.Submitted)
    @on(Button.Pressed, "#ok")
    def _accept(self) -> None:
        field = self.query_one(Input)
        wrong = self._wrong(field.value)
        if wrong is None:
            self.dismiss(True)
        else:
            field.value = ""
            field.focus()
            self.query_one(".wrong", Label).update(_t(wrong))

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(False)
