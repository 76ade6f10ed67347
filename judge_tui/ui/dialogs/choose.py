"""Choose one of a numbered list: by its digit, with arrows and Enter, or with the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import normalise_typed
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog


class ChooseDialog(Dialog[int | None]):
    """Answers the place of what was chosen, from 0, or None."""

    KEYS = (Command("choose.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),)

    DEFAULT_CSS = """
    ChooseDialog OptionList { height: auto; max-height: 16; border: none; padding: 0; background: $surface; }
    ChooseDialog OptionList:focus { border: none; }
    """

    def __init__(self, title: Message, text: Message | None, choices: Sequence[Message]) -> None:
        super().__init__()
        self._heading, self._text, self._choices = title, text, tuple(choices)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Label(_t(self._heading), classes="dialog-title", markup=False)
            if self._text is not None:
                yield Label(_t(self._text), classes="dialog-text", markup=False)
            yield OptionList(*(self._option(place) for place in range(len(self._choices))))

    def _option(self, place: int) -> Option:
        number = f" {place + 1} " if place < 9 else "   "
        return Option(Content.assemble((number, "bold reverse"), f"  {_t(self._choices[place])}"))

    def on_key(self, event: events.Key) -> None:
        digit = normalise_typed(event.character or "")
        if digit.isascii() and digit.isdecimal() and 0 < int(digit) <= min(9, len(self._choices)):
            event.stop()
            self.dismiss(int(digit) - 1)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_index)

    def action_cancel(self) -> None:
        self.dismiss(None)
