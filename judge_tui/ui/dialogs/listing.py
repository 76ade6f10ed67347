"""A list above the screen: one line is chosen with Enter; beneath it stands what is to be known about the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.canvas import wrap
from judge_tui.ui.widgets.flowing import Flowing
from judge_tui.ui.widgets.key_bar import KeyBar
from judge_tui.ui.widgets.line_list import Column, Line, LineList

ABOUT = 4
"""Lines at the foot that tell about the chosen one."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line: its cells and tone, and what is told about it while the cursor is on it."""

    cells: tuple[Message | str, ...]
    about: tuple[Message, ...] = ()
    tone: str = ""


class ListDialog(Dialog[int | None]):
    """Answers the place of the line that was chosen, from 0, or None."""

    KEYS = (
        Command("list.choose", "enter", "choose", msg("Choose"), msg("Choose the line under the cursor")),
        Command("list.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),
    )

    DEFAULT_CSS = """
    ListDialog > .dialog { width: 120; max-width: 96%; height: 96%; max-height: 96%; padding: 0 1; }
    ListDialog .dialog-title { margin-bottom: 0; }
    ListDialog .dialog-text { margin-bottom: 0; color: $foreground 80%; height: auto; }
    ListDialog .about { height: 4; width: 1fr; padding: 0 1; background: $panel; }
    """

    def __init__(
        self, title: Message, text: Message, columns: Sequence[Column], items: Sequence[Item], *, index: int = 0
    ) -> None:
        """`index` is the line the cursor stands on first."""
        super().__init__()
        self._heading, self._text, self._columns, self._items = title, text, tuple(columns), tuple(items)
        self._first = index

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self._heading), classes="dialog-title")
            yield Flowing(_t(self._text), classes="dialog-text")
            yield LineList(self._columns)
            yield Label("", classes="about", markup=False)
            yield KeyBar(self.KEYS)

    def on_mount(self) -> None:
        self._fill(self._first)

    def retranslate(self) -> None:
        index = self.query_one(LineList).index
        self.refresh(recompose=True)
        self.call_after_refresh(self._fill, index)

    def _fill(self, index: int) -> None:
        found = self.query_one(LineList)
        found.show([Line(tuple(map(_shown, item.cells)), item.tone) for item in self._items], index)
        found.focus()
        self._tell()

    def on_resize(self) -> None:
        self._tell()

    @on(LineList.Moved)
    def _tell(self) -> None:
        index, about = self.query_one(LineList).index, self.query_one(".about", Label)
        told = self._items[index].about if index < len(self._items) else ()
        width = max(20, about.size.width - 2)
        lines = [part for line in told for part in wrap(_t(line), width)]
        if len(lines) > ABOUT:
            lines = [*lines[: ABOUT - 1], lines[ABOUT - 1] + "..."]
        about.update("\n".join(lines))

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.dismiss(event.index)

    def action_choose(self) -> None:
        self.query_one(LineList).action_choose()

    def action_cancel(self) -> None:
        self.dismiss(None)


def _shown(text: Message | str) -> str:
    return _t(text) if isinstance(text, Message) else text
