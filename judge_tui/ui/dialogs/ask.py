"""Ask for one line of text: a reason, a name, a folder."""

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
from judge_tui.ui.widgets.flowing import Flowing
from judge_tui.ui.widgets.text_field import TextField


class AskDialog(Dialog[str | None]):
    """A question with a line to write on. Answers the text without spaces around, or None where it was given up."""

    KEYS = (Command("ask.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),)

    DEFAULT_CSS = """
    AskDialog .wrong { color: $error; width: 1fr; height: auto; }
    """

    def __init__(
        self,
        title: Message,
        text: Message,
        value: str = "",
        *,
        required: bool = True,
        wrong: Callable[[str], Message | None] = lambda _: None,
    ) -> None:
        """`wrong` says in words why a text cannot be taken, None where it can."""
        super().__init__()
        self._wrong = wrong
        self._heading, self._question, self._value, self._required = title, text, value, required

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self._heading), classes="dialog-title")
            yield Flowing(_t(self._question), classes="dialog-text")
            yield TextField(self._value)
            yield Label("", classes="wrong", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back")), id="cancel")
                yield Button(_t(msg("OK")), id="ok", variant="primary")

    @on(Input.Submitted)
    @on(Button.Pressed, "#ok")
    def _accept(self) -> None:
        text = self.query_one(Input).value.strip()
        wrong = self._wrong(text) if text else msg("Nothing was typed") if self._required else None
        if wrong is None:
            self.dismiss(text)
        else:
            self.query_one(".wrong", Label).update(_t(wrong))
            self.query_one(Input).focus()

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(None)
