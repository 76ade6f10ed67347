"""Choose one of a numbered list: by its digit, with arrows and Enter, or with the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import normalise_typed
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.theme import KEYCAP
from judge_tui.ui.widgets.canvas import fit, wrap
from judge_tui.ui.widgets.flowing import Flowing

WIDTH = 64
"""Cells of the dialog where the window is wide enough."""

FRAME = 8
"""Cells of it that its border, its padding and a scroll bar take."""


class ChooseDialog(Dialog[int | None]):
    """Answers the place of what was chosen, from 0, or None. `keys` are those that do the same without the list."""

    KEYS = (Command("choose.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),)

    DEFAULT_CSS = """
    ChooseDialog OptionList { height: auto; max-height: 16; border: none; padding: 0; background: $surface; }
    ChooseDialog OptionList:focus { border: none; }
    """

    def __init__(
        self, title: Message, text: Message | None, choices: Sequence[Message], keys: Sequence[Message] = ()
    ) -> None:
        super().__init__()
        self._heading, self._text, self._choices, self._keys = title, text, tuple(choices), tuple(keys)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self._heading), classes="dialog-title")
            if self._text is not None:
                yield Flowing(_t(self._text), classes="dialog-text")
            yield OptionList(*(self._option(place) for place in range(len(self._choices))))

    def _option(self, place: int) -> Option:
        """A number, the words under one another, and at the right the key that does the same."""
        number = f" {place + 1} " if place < 9 else "   "
        keys = [_t(key) for key in self._keys]
        beside = max((cell_len(key) for key in keys), default=0)
        width = min(WIDTH, self.app.size.width * 94 // 100) - FRAME
        room = max(12, width - len(number) - 2 - (beside + 2 if keys else 0))
        first, *more = wrap(_t(self._choices[place]), room) or [""]
        key = f"  {fit(keys[place], beside, 'right')}" if keys else ""
        rest = "".join(f"\n{' ' * (len(number) + 2)}{text}" for text in more)
        return Option(
            Content.assemble(
                (number, KEYCAP if place < 9 else ""), f"  {fit(first, room) if key else first}{key}{rest}"
            )
        )

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
