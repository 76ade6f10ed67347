"""The start screen: open a file, begin a new event, see the demonstration, or go on with a recent file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.recent import Recent
from judge_tui.ui.dialogs.ask import AskDialog
from judge_tui.ui.doors import Doors
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import AppScreen
from judge_tui.ui.theme import KEYCAP
from judge_tui.ui.widgets.canvas import fit
from judge_tui.ui.widgets.key_bar import KeyBar

WIDTH = 76
"""Cells of the frame where the window is wide enough."""


class StartScreen(AppScreen[None]):
    """What `judge-tui` alone opens."""

    ABOUT: ClassVar[Message] = msg("Choose with the arrows and Enter, or press the digit in front.")
    KEYS = (
        Command("start.open", "o", "open", msg("Open a file"), msg("Open a judge's or an organiser's file")),
        Command(
            "start.new", "n", "new", msg("New event"), msg("Begin a contest from two pasted lists, or from a workbook")
        ),
        Command("start.demo", "d", "demo", msg("Demonstration"), msg("A whole contest in two minutes")),
        *(
            Command(
                f"start.pick{number}",
                str(number),
                f"pick({number})",
                msg("Choose"),
                msg("A digit chooses its line"),
                bar=False,
                listed=number == 1,
            )
            for number in range(1, 10)
        ),
    )

    DEFAULT_CSS = """
    StartScreen { align: center middle; }
    StartScreen #start { width: 76; max-width: 96%; height: auto; padding: 1 3; background: $surface; border: round $primary; }
    StartScreen #name { text-style: bold; color: $accent; width: 1fr; text-align: center; }
    StartScreen #what { color: $foreground 70%; width: 1fr; text-align: center; margin-bottom: 1; }
    StartScreen OptionList { height: auto; max-height: 16; border: none; background: $surface; padding: 0; }
    StartScreen OptionList:focus { border: none; }
    StartScreen OptionList > .option-list--option-disabled { color: $foreground 60%; }
    StartScreen OptionList > .option-list--option-highlighted { background: $primary; color: $background; }
    """

    def __init__(self, doors: Doors, recent: Sequence[Recent]) -> None:
        super().__init__()
        self._doors, self._recent = doors, tuple(recent)

    def compose(self) -> ComposeResult:
        with Vertical(id="start"):
            yield Label(_t(msg("judge-tui: ring contest judging")), id="name")
            yield Label(
                _t(msg("Score offline, merge every judge's file, reveal a result that explains itself")), id="what"
            )
            yield OptionList(*self._options())
        yield KeyBar(self.KEYS)

    def _options(self) -> list[Option]:
        lines: list[Option] = [
            _line(1, "demo", _t(msg("See a whole contest in two minutes (demonstration)"))),
            _line(2, "open", _t(msg("Open a file: a judge's, or the organiser's"))),
            _line(3, "new", _t(msg("Begin a new event"))),
        ]
        if self._recent:
            lines.append(Option("\n" + _t(msg("Opened lately:")), disabled=True))
        for number, recent in enumerate(self._recent[:6], 4):
            known = f"{recent.about}  " if recent.about else ""
            where = f"{known}{recent.path.name}  {_shortened(recent.path.parent)}"
            lines.append(_line(number, f"recent-{number - 4}", fit(where, self._room).rstrip()))
        return lines

    @property
    def _room(self) -> int:
        """Cells of a line behind its number."""
        return min(WIDTH, self.app.size.width * 96 // 100) - 15

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._choose(event.option_id or "")

    def _choose(self, name: str) -> None:
        if name.startswith("recent-"):
            self._doors.open_file(self._recent[int(name.removeprefix("recent-"))].path)
        else:
            getattr(self, f"action_{name}")()

    def action_pick(self, number: int) -> None:
        names = [option.id for option in self.query_one(OptionList).options if option.id]
        if number <= len(names):
            self._choose(names[number - 1])

    def action_open(self) -> None:
        question = msg("Which file? Type its path, or drag it into this window.")
        self.app.push_screen(AskDialog(msg("Open a file"), question), self._open)

    def _open(self, typed: str | None) -> None:
        if typed:
            self._doors.open_file(Path(typed.strip("'\" ")).expanduser())

    def action_new(self) -> None:
        self._doors.new()

    def action_demo(self) -> None:
        self._doors.demo()


def _line(number: int, name: str, text: str) -> Option:
    return Option(Content.assemble((f" {number} ", KEYCAP), f"  {text}"), id=name)


def _shortened(folder: Path, most: int = 36) -> str:
    text = str(folder)
    return text if len(text) <= most else "…" + text[-most:]
