"""Ask before something that cannot be taken back easily."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.flowing import Flowing


class ConfirmDialog(Dialog[bool]):
    """A yes-or-no question; Esc is no. Answers True or False."""

    KEYS: ClassVar[tuple[Command, ...]] = (
        Command("confirm.no", "escape", "answer(False)", msg("Back"), msg("Leave everything as it is")),
        Command("confirm.left", "left", "app.focus_previous", msg("Left"), msg("The other button"), bar=False),
        Command("confirm.right", "right", "app.focus_next", msg("Right"), msg("The other button"), bar=False),
    )

    def __init__(
        self, title: Message, text: Message, yes: Message, no: Message | None = None, *, safe: bool = False
    ) -> None:
        """`safe` puts the first focus on the answer that changes nothing."""
        super().__init__()
        self._heading, self._question, self._yes, self._no = title, text, yes, no or msg("Back")
        self._safe = safe

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self._heading), classes="dialog-title")
            yield Flowing(_t(self._question), classes="dialog-text")
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(self._no), id="no")
                yield Button(_t(self._yes), id="yes", variant="primary")

    def on_mount(self) -> None:
        self.query_one("#no" if self._safe else "#yes").focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)
