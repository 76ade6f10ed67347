"""A short form: named lines to type into, answered together. Enter goes to the next line, on the last one it answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input, Label

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.flowing import Flowing
from judge_tui.ui.widgets.text_field import TextField

MANY = 5
"""More lines than these stand close together, so that a small terminal shows them all."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line: a key for the answer, what it is called, what stands in it, and a hint of what it takes."""

    key: str
    title: Message | str
    value: str = ""
    hint: Message | str = ""


class FieldsDialog(Dialog[dict[str, str] | None]):
    """Answers each field's text by key, or None. `check` may refuse with a message that is shown; the form stays."""

    KEYS = (Command("fields.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),)

    DEFAULT_CSS = """
    FieldsDialog VerticalScroll { height: auto; max-height: 16; }
    FieldsDialog .line { height: 1; width: 1fr; margin-bottom: 1; }
    FieldsDialog .name { width: 22; height: 1; }
    FieldsDialog .hint { width: 20; height: 1; color: $foreground 60%; padding-left: 1; }
    FieldsDialog.-many > .dialog { padding: 0 2; }
    FieldsDialog.-many VerticalScroll { max-height: 45vh; }
    FieldsDialog.-many .line { margin-bottom: 0; }
    FieldsDialog Input { padding: 0 1; width: 1fr; }
    FieldsDialog .wrong { color: $error; width: 1fr; height: auto; }
    """

    def __init__(
        self,
        title: Message,
        text: Message,
        fields: Sequence[Field],
        *,
        yes: Message | None = None,
        check: Callable[[dict[str, str]], Message | None] | None = None,
        wrong: Message | None = None,
    ) -> None:
        """`wrong` is what was not right with the values that stand in the fields, where they were answered before."""
        super().__init__()
        self._heading, self._text = title, text
        self.fields = tuple(fields)
        self._yes, self._check, self._wrong = yes or msg("OK"), check, wrong
        self.set_class(len(self.fields) > MANY, "-many")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self._heading), classes="dialog-title")
            yield Flowing(_t(self._text), classes="dialog-text")
            with VerticalScroll():
                for field in self.fields:
                    with Horizontal(classes="line"):
                        yield Label(_shown(field.title), classes="name", markup=False)
                        yield TextField(field.value, id=f"field-{self.fields.index(field)}", compact=True)
                        if field.hint:
                            yield Label(_shown(field.hint), classes="hint", markup=False)
            yield Label(_t(self._wrong) if self._wrong else "", classes="wrong", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back")), id="cancel")
                yield Button(_t(self._yes), id="ok", variant="primary")

    def on_mount(self) -> None:
        empty = [index for index, field in enumerate(self.fields) if not field.value]
        self.query_one(f"#field-{empty[0] if empty else 0}", Input).focus()

    @property
    def answer(self) -> dict[str, str]:
        """What stands in the fields now."""
        return {
            field.key: self.query_one(f"#field-{index}", Input).value.strip() for index, field in enumerate(self.fields)
        }

    @on(Input.Submitted)
    def _next(self, event: Input.Submitted) -> None:
        if event.input.id == f"field-{len(self.fields) - 1}":
            self._accept()
        else:
            self.focus_next(Input)

    @on(Button.Pressed, "#ok")
    def _accept(self) -> None:
        answer = self.answer
        wrong = self._check(answer) if self._check else None
        if wrong is None:
            self.dismiss(answer)
        else:
            self.query_one(".wrong", Label).update(_t(wrong))

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(None)


def _shown(text: Message | str) -> str:
    return _t(text) if isinstance(text, Message) else text
