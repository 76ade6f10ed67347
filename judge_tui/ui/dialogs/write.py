"""Write a few sentences: a note, a comment, a reason. The input method's window stands where the text goes."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message as UiMessage
from textual.widgets import Button, Label, TextArea

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.flowing import Flowing


class Writing(TextArea):
    """Enter keeps what is written, as in every other field; Ctrl+J begins a new line."""

    class Kept(UiMessage):
        """Enter was pressed."""

    async def on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Kept())
        elif event.key == "ctrl+j":
            event.stop()
            event.prevent_default()
            self.insert("\n")


class WriteDialog(Dialog[str | None]):
    """Answers the text without spaces around (an empty one too, unless `required`), or None where it was given up."""

    KEYS = (
        Command("write.keep", "f10,ctrl+s", "keep", msg("Keep"), msg("Keep what is written")),
        Command("write.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),
    )

    DEFAULT_CSS = """
    WriteDialog TextArea { height: 7; border: none; padding: 0 1; background: $panel; }
    WriteDialog TextArea:focus { border: none; }
    WriteDialog .hint { color: $foreground 65%; margin-bottom: 1; width: 1fr; }
    """

    def __init__(
        self,
        title: Message,
        text: Message,
        value: str,
        *,
        yes: Message | None = None,
        required: bool = False,
        read_only: bool = False,
    ) -> None:
        super().__init__()
        self._heading, self._text, self._value = title, text, value
        self._yes, self._required, self._read_only = yes or msg("Keep"), required, read_only

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self._heading), classes="dialog-title")
            yield Flowing(_t(self._text), classes="dialog-text")
            yield Writing(self._value, read_only=self._read_only, tab_behavior="focus")
            if not self._read_only:
                yield Label(_t(msg("Enter keeps it, Ctrl+J begins a new line, Esc leaves it.")), classes="hint")
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back")), id="cancel")
                if not self._read_only:
                    yield Button(_t(self._yes), id="ok", variant="primary")

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.cursor_blink = False
        area.move_cursor(area.document.end)
        area.focus()

    def retranslate(self) -> None:
        """New words around the text; the text stays."""
        self._value = self.query_one(TextArea).text
        self.refresh(recompose=True)

    @on(Writing.Kept)
    @on(Button.Pressed, "#ok")
    def action_keep(self) -> None:
        text = self.query_one(TextArea).text.strip()
        if text or not self._required:
            self.dismiss(text)
        else:
            self.query_one(TextArea).focus()

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(None)
