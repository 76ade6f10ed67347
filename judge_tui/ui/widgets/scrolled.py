"""Lines that scroll, between a head and a foot that stay; only what changed is painted again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from judge_tui.ui.widgets.canvas import Canvas, Part


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its styled parts, and `target`, what a click on it reaches (-1: nothing). `spots` are choices on it: from
    which cell to which, and which choice."""

    parts: tuple[Part, ...] = ()
    target: int = -1
    spots: tuple[tuple[int, int, int], ...] = ()

    def option(self, x: int) -> int | None:
        """The choice under a cell."""
        return next((choice for left, right, choice in self.spots if left <= x < right), None)


class ScrolledLines(Canvas):
    """Shows lines that may be more than fit; the wheel scrolls them."""

    def __init__(self) -> None:
        super().__init__()
        self.top = 0
        self._lines: tuple[Line, ...] = ()
        self._foot: tuple[Line, ...] = ()
        self._pinned = 0
        self._shown: tuple[Line, ...] = ()

    def show_lines(self, lines: tuple[Line, ...], foot: tuple[Line, ...] = (), keep: int = 0, pinned: int = 0) -> None:
        """Show these lines, scrolled as little as keeps the line `keep` (and one around it) in view; the first `pinned` stay."""
        self._lines, self._foot, self._pinned = lines, foot, pinned
        last = len(lines) - self._room
        self.top = max(min(self.top, keep - pinned - 1, last), keep + 2 - self._room, 0)
        self._paint()

    def line_at(self, y: int) -> Line | None:
        """What is shown on a line of the visible area."""
        return self._shown[y] if 0 <= y < len(self._shown) else None

    @property
    def _room(self) -> int:
        return max(1, self.size.height - len(self._foot))

    def _paint(self) -> None:
        seen = (*self._lines[: self._pinned], *self._lines[self._pinned + self.top : self.top + self._room])
        shown = (*seen, *(Line() for _ in range(self._room - len(seen))), *self._foot)
        self._shown = shown
        self.repaint(range(len(shown)))

    def parts(self, y: int) -> Sequence[Part]:
        line = self.line_at(y)
        return line.parts if line is not None else ()

    def on_mouse_scroll_down(self) -> None:
        self._scroll(3)

    def on_mouse_scroll_up(self) -> None:
        self._scroll(-3)

    def _scroll(self, lines: int) -> None:
        self.top = max(0, min(self.top + lines, len(self._lines) - self._room))
        self._paint()
