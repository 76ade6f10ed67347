"""What was found wanting, in words, beside the items of a checklist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Label

from judge_tui.domain.event import CheckItem
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.flowing import Flowing
from judge_tui.ui.widgets.text_field import TextField


class FindingsDialog(Dialog[dict[str, str] | None]):
    """One line for each item found wanting. Answers the texts by item, or None."""

    KEYS = (
        Command("findings.keep", "f10,ctrl+s", "keep", msg("Keep"), msg("Keep what is written")),
        Command("findings.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),
    )

    DEFAULT_CSS = """
    FindingsDialog > .dialog { width: 76; }
    FindingsDialog VerticalScroll { height: auto; max-height: 16; margin-bottom: 1; }
    """

    def __init__(self, title: Message, items: Sequence[CheckItem], findings: Mapping[str, str]) -> None:
        super().__init__()
        self._heading, self._items, self._findings = title, tuple(items), findings

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self._heading), classes="dialog-title")
            with VerticalScroll(can_focus=False):
                for item in self._items:
                    yield Label(item.text, markup=False)
                    yield TextField(self._findings.get(item.id, ""), name=item.id)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back")), id="cancel")
                yield Button(_t(msg("Keep")), id="ok", variant="primary")

    def on_mount(self) -> None:
        self.query(TextField).first().focus()

    @on(TextField.Submitted)
    def _next(self, event: TextField.Submitted) -> None:
        fields = list(self.query(TextField))
        if event.input is fields[-1]:
            self.action_keep()
        else:
            self.focus_next()

    @on(Button.Pressed, "#ok")
    def action_keep(self) -> None:
        texts = {field.name or "": field.value.strip() for field in self.query(TextField)}
        self.dismiss({key: text for key, text in texts.items() if text})

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(None)
