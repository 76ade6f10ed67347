"""Two or more values for one mark, side by side; the organiser says which one counts, and why. All of them are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Label

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.dialogs.reason import Signed, names, signing
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.flowing import Flowing


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values: what it is, where it comes from, in words; `key` is what the answer names."""

    key: str
    value: Message
    origin: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The value that is to count, why, and who signs."""

    key: str
    signed: Signed


class ConflictDialog(Dialog[Resolved | None]):
    """Values side by side; digits or arrows choose one."""

    KEYS = (
        Command("conflict.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),
        Command("conflict.left", "up", "choose(-1)", msg("Left"), msg("The value to the left"), bar=False),
        Command("conflict.right", "down", "choose(1)", msg("Right"), msg("The value to the right"), bar=False),
    )

    DEFAULT_CSS = """
    ConflictDialog > .dialog { width: 76; }
    ConflictDialog .values { height: auto; margin-bottom: 1; }
    ConflictDialog .value { width: 1fr; height: auto; padding: 0 1; margin-right: 1; background: $panel; border: round $panel; }
    ConflictDialog .value.-chosen { border: round $accent; }
    ConflictDialog .wrong { color: $error; width: 1fr; }
    """

    def __init__(self, title: Message, choices: Sequence[Choice], *, by: str = "") -> None:
        super().__init__()
        self._heading, self._choices, self._by = title, tuple(choices), by
        self.chosen = -1

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self._heading), classes="dialog-title")
            yield Flowing(
                _t(msg("Both stay in the record. Up and Down choose which one counts.")), classes="dialog-text"
            )
            with Horizontal(classes="values"):
                for number, choice in enumerate(self._choices, 1):
                    yield Label(self._box(number, choice), classes="value", id=f"value{number}")
            yield from signing(self._by)
            yield Label("", classes="wrong", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back")), id="cancel")
                yield Button(_t(msg("This one counts")), id="ok", variant="primary")

    def _box(self, number: int, choice: Choice) -> Content:
        lines = [Content.styled(f"{number}  {_t(choice.value)}", "bold")]
        return Content("\n").join([*lines, *(Content(_t(line)) for line in choice.origin)])

    def action_choose(self, step: int) -> None:
        self._choose(max(0, min(len(self._choices) - 1, self.chosen + step)))

    def _choose(self, index: int) -> None:
        self.chosen = index
        for number in range(len(self._choices)):
            self.query_one(f"#value{number + 1}").set_class(number == index, "-chosen")

    @on(Input.Submitted, "#reason")
    def _next(self) -> None:
        self.query_one("#by", Input).focus()

    def on_click(self, event: object) -> None:
        for number in range(len(self._choices)):
            if getattr(event, "widget", None) is self.query_one(f"#value{number + 1}"):
                self._choose(number)

    @on(Input.Submitted, "#by")
    @on(Button.Pressed, "#ok")
    def _accept(self) -> None:
        reason, by = self.query_one("#reason", Input).value.strip(), names(self.query_one("#by", Input).value)
        if self.chosen < 0:
            self._complain(msg("Choose with Up and Down which value counts."))
        elif not reason or not by:
            self._complain(msg("A reason and a name are needed: they stand in the record for ever."))
        else:
            self.dismiss(Resolved(self._choices[self.chosen].key, Signed(reason, by)))

    def _complain(self, text: Message) -> None:
        self.query_one(".wrong", Label).update(_t(text))

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(None)
