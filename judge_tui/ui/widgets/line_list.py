"""A list of lines in columns, painted line by line: a ranking, a log of ten thousand entries, verdicts as they arrive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message as UiMessage

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import Canvas, Part, fit


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in cells (0: as wide as its text needs, up to `most`; the last one takes the rest)."""

    title: Message
    width: int = 0
    align: str = "left"
    most: int = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a text for each column, and a tone: empty, `good`, `doubt`, `dim` or `strong`."""

    cells: tuple[str, ...]
    tone: str = ""


class LineList(Canvas, can_focus=True):
    """Shows lines under headings with one of them chosen; says where the cursor is, and when Enter chooses."""

    help_text: Message = msg("Arrows and PgUp/PgDn move, Enter chooses this line.")

    DEFAULT_CSS = """
    LineList { height: 1fr; width: 1fr; background: $background; }
    LineList > .lines--head { background: $panel; color: $foreground; text-style: bold; }
    LineList > .lines--here { background: $primary 35%; color: $foreground; }
    LineList:focus > .lines--here { background: $primary; color: $background; text-style: bold; }
    LineList > .lines--good { color: $success; }
    LineList > .lines--doubt { color: $error; text-style: bold; }
    LineList > .lines--dim { color: $foreground 60%; }
    LineList > .lines--strong { text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"lines--{name}" for name in ("head", "here", "good", "doubt", "dim", "strong")
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    class Moved(UiMessage):
        """The cursor stands on another line."""

        def __init__(self, source: LineList, index: int) -> None:
            super().__init__()
            self.source, self.index = source, index

        @property
        def control(self) -> LineList:
            return self.source

    class Chosen(Moved):
        """A line was chosen."""

    class Cut(Moved):
        """What is cut off of the line under the cursor is another text now; `cut` tells."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.lines: Sequence[Line] = ()
        self.index = 0
        self._top = 0
        self._widths: tuple[int, ...] = ()
        self.cut = ""
        """The texts of the line under the cursor that its columns are too narrow for, whole; empty where all of them fit."""

    def show(self, lines: Sequence[Line], index: int | None = None) -> None:
        """Show these lines; the cursor stays unless `index` says where it goes."""
        self.lines = lines
        self._measure()
        self._place(self.index if index is None else index)
        self.refresh()
        self._tell_cut()

    def on_resize(self) -> None:
        self._measure()
        self._place(self.index)
        self.refresh()
        self._tell_cut()

    def _tell_cut(self) -> None:
        cells = self.lines[self.index].cells if self.index < len(self.lines) else ()
        cut = "  ".join(text for text, width in zip(cells, self._widths) if cell_len(text) > width)
        if cut != self.cut:
            self.cut = cut
            self.post_message(self.Cut(self, self.index))

    def _measure(self) -> None:
        """Fixed widths first; the last column takes what is left."""
        widths = []
        for number, column in enumerate(self.columns):
            texts = [cell_len(line.cells[number]) for line in self.lines[:400]]
            widest = max([cell_len(_t(column.title)), *texts])
            widths.append(column.width or min(widest, column.most))
        used = sum(widths[:-1]) + 2 * (len(widths) - 1)
        widths[-1] = max(widths[-1] if widths[-1] and used >= self.size.width else 0, self.size.width - used)
        self._widths = tuple(widths)

    @property
    def _height(self) -> int:
        return max(1, self.size.height - 1)

    def _place(self, index: int) -> bool:
        before = self._top
        self.index = max(0, min(index, len(self.lines) - 1))
        last = max(0, len(self.lines) - self._height)
        self._top = max(0, min(max(self._top, self.index - self._height + 1), self.index, last))
        return before != self._top

    def _go(self, index: int) -> None:
        before = self.index
        if self._place(index):
            self.refresh()
        else:
            self.repaint({1 + before - self._top, 1 + self.index - self._top})
        if before != self.index:
            self.post_message(self.Moved(self, self.index))
            self._tell_cut()

    def action_move(self, step: int) -> None:
        self._go(self.index + step)

    def action_page(self, pages: int) -> None:
        self._go(self.index + pages * self._height)

    def action_edge(self, end: int) -> None:
        self._go(0 if end < 0 else len(self.lines))

    def action_choose(self) -> None:
        if self.lines:
            self.post_message(self.Chosen(self, self.index))

    def on_click(self, event: events.Click) -> None:
        line = event.y - 1 + self._top
        if event.y < 1 or line >= len(self.lines):
            return
        again = line == self.index
        self._go(line)
        if event.chain == 2 and again:
            self.action_choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-3)

    def _scroll(self, lines: int) -> None:
        self._top = max(0, min(self._top + lines, len(self.lines) - self._height))
        self.index = max(self._top, min(self.index, self._top + self._height - 1))
        self.refresh()
        self.post_message(self.Moved(self, self.index))
        self._tell_cut()

    def parts(self, y: int) -> Sequence[Part]:
        if y == 0:
            titles = [fit(_t(item.title), width, item.align) for item, width in zip(self.columns, self._widths)]
            return [("  ".join(titles) + " " * self.size.width, "lines--head")]
        number = y - 1 + self._top
        if number >= len(self.lines):
            return ()
        line = self.lines[number]
        texts = [fit(text, width, column.align) for text, width, column in zip(line.cells, self._widths, self.columns)]
        here = number == self.index
        style = "lines--here" if here else f"lines--{line.tone}" if line.tone else ""
        return [("  ".join(texts), style)]
