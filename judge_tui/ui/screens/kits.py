"""Who are you? The judges' files of a folder; a number or the arrows choose one, Enter sits down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ClassVar

from rich.cells import set_cell_size
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.preparing.kits import KitCard
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import AppScreen
from judge_tui.ui.theme import KEYCAP
from judge_tui.ui.widgets.key_bar import KeyBar


class KitsScreen(AppScreen[None]):
    """Lists the kits and calls `sit` with the one that is chosen."""

    ABOUT: ClassVar[Message] = msg("Find your own name: type its number or use the arrows, then press Enter.")
    KEYS = (Command("kits.sit", "enter", "sit", msg("Sit down"), msg("Open the file of the chosen judge")),)

    DEFAULT_CSS = """
    KitsScreen { align: center middle; }
    KitsScreen #kits { width: 70; max-width: 96%; height: auto; max-height: 90%; padding: 1 3; background: $surface; border: round $primary; }
    KitsScreen #event { text-style: bold; color: $accent; width: 1fr; text-align: center; }
    KitsScreen #ask { color: $foreground 70%; width: 1fr; text-align: center; margin-bottom: 1; }
    KitsScreen OptionList { height: auto; max-height: 100%; border: none; background: $surface; padding: 0; }
    KitsScreen OptionList:focus { border: none; }
    KitsScreen OptionList > .option-list--option-highlighted { background: $primary; color: $background; }
    """

    def __init__(self, look: Callable[[], Sequence[KitCard]], sit: Callable[[Path], None]) -> None:
        """`look` tells the kits there are, again each time that somebody has got up."""
        super().__init__()
        self._look, self._sit, self._typed = look, sit, ""
        self._kits = tuple(look())

    def compose(self) -> ComposeResult:
        titles = list(dict.fromkeys(kit.event for kit in self._kits))
        with Vertical(id="kits"):
            yield Label("\n".join(titles), id="event", markup=False)
            yield Label(_t(msg("Who are you? Type your number or use the arrows, then Enter.")), id="ask")
            yield OptionList(*(self._line(number, kit) for number, kit in enumerate(self._kits, 1)))
        yield KeyBar(self.KEYS)

    def _line(self, number: int, kit: KitCard) -> Option:
        state = _t(msg("opened before")) if kit.begun else ""
        text = f"  {set_cell_size(kit.name, 22)}  {set_cell_size(kit.group, 12)}  {state}"
        return Option(Content.assemble((f" {number:>2} ", KEYCAP), text))

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    def on_screen_resume(self) -> None:
        """On a shared laptop the next judge sees who has been there."""
        kits, listed = tuple(self._look()), self.query_one(OptionList)
        if [kit.path for kit in kits] == [kit.path for kit in self._kits]:
            for place, kit in enumerate(kits):
                if kit != self._kits[place]:
                    listed.replace_option_prompt_at_index(place, self._line(place + 1, kit).prompt)
            self._kits = kits

    def on_key(self, event: events.Key) -> None:
        """Digits are put together to a number, also those of an input method; any other key begins anew."""
        sign = event.character or ""
        if not (len(sign) == 1 and sign.isdecimal()):
            self._typed = ""
            return
        event.stop()
        digit = str(int(sign))
        self._typed = self._typed + digit if 1 <= int(self._typed + digit) <= len(self._kits) else digit
        number = int(self._typed)
        if 1 <= number <= len(self._kits):
            self.query_one(OptionList).highlighted = number - 1

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._typed = ""
        self._sit(self._kits[event.option_index].path)

    def action_sit(self) -> None:
        self.query_one(OptionList).action_select()
