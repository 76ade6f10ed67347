"""The matrix of judges and organisations: painted line by line, so that five hundred rows scroll as easily as ten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message as UiMessage

from judge_tui.domain.event import Judge, Organisation
from judge_tui.domain.matrix import Cell, CellState, Matrix
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import Canvas, Part, fit
from judge_tui.ui.widgets.matrix_cells import MARK_WIDTH, SHAPE_WIDTH, SHAPES, shows_total, total_text

_ORDINARY = frozenset({CellState.SUBMITTED, CellState.GIVEN, CellState.NOTHING})

_PARTS = (
    *("head", "head-here", "name", "name-here", "received", "complete", "submitted", "given"),
    *("blank", "partial", "zero", "aside", "doubt", "here"),
)


class MatrixGrid(Canvas, can_focus=True):
    """Shows a `Matrix`: one line a judge with what was received, one column an organisation.

    `marks` shows the sum of each sheet instead of a shape; `only_waiting` hides judges who owe nothing.
    """

    help_text: Message = msg("Arrows move, Enter opens the marks of this judge for this organisation.")

    DEFAULT_CSS = """
    MatrixGrid { height: 1fr; width: 1fr; background: $background; }
    MatrixGrid > .matrix--head { background: $panel; color: $foreground; text-style: bold; }
    MatrixGrid > .matrix--head-here { background: $primary; color: $background; text-style: bold; }
    MatrixGrid > .matrix--name { color: $foreground; }
    MatrixGrid > .matrix--name-here { color: $background; background: $primary; text-style: bold; }
    MatrixGrid > .matrix--received { color: $foreground 70%; }
    MatrixGrid > .matrix--complete { color: $success; text-style: bold; }
    MatrixGrid > .matrix--submitted { color: $success; }
    MatrixGrid > .matrix--given { color: $foreground; }
    MatrixGrid > .matrix--blank { color: $foreground 45%; }
    MatrixGrid > .matrix--partial { color: $warning; }
    MatrixGrid > .matrix--zero { color: $warning; text-style: bold; }
    MatrixGrid > .matrix--aside { color: $secondary; }
    MatrixGrid > .matrix--doubt { background: $error; color: $background; text-style: bold; }
    MatrixGrid > .matrix--here { background: $accent; color: $background; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"matrix--{name}" for name in _PARTS}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", show=False),
        Binding("down", "move(1, 0)", show=False),
        Binding("left", "move(0, -1)", show=False),
        Binding("right", "move(0, 1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0, -1)", show=False),
        Binding("end", "edge(0, 1)", show=False),
        Binding("ctrl+home", "edge(-1, -1)", show=False),
        Binding("ctrl+end", "edge(1, 1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    class Moved(UiMessage):
        """The cursor stands on another cell."""

    class Chosen(UiMessage):
        """A cell was opened."""

        def __init__(self, judge: Judge, organisation: Organisation) -> None:
            super().__init__()
            self.judge, self.organisation = judge, organisation

    def __init__(self) -> None:
        super().__init__()
        self.data: Matrix | None = None
        self.marks = False
        self.only_waiting = False
        self.row = self.column = 0
        self._rows: tuple[int, ...] = ()
        self._top = self._left = 0
        self._widest = 4

    # What is shown

    def show(self, data: Matrix) -> None:
        """Show this matrix; the cursor stays where it was as far as it can."""
        self.data = data
        self._widest = max((cell_len(item.name) for item in data.judges), default=4)
        self._rows = tuple(
            index for index, item in enumerate(data.received) if not (self.only_waiting and item.complete)
        )
        self._place(self.row, self.column)
        self.refresh()

    def toggle_marks(self) -> None:
        """Sums instead of shapes, or back."""
        self.marks = not self.marks
        self._place(self.row, self.column)
        self.refresh()

    def toggle_waiting(self) -> None:
        """Only the judges who still owe something, or all."""
        self.only_waiting = not self.only_waiting
        if self.data is not None:
            self.show(self.data)

    @property
    def here(self) -> tuple[Judge, Organisation, Cell] | None:
        """The judge, the organisation and the cell under the cursor; None where there is nothing."""
        if self.data is None or not self._rows or not self.data.organisations:
            return None
        index = self._rows[self.row]
        return self.data.judges[index], self.data.organisations[self.column], self.data.cells[index][self.column]

    def go_to(self, judge: str, organisation: str) -> None:
        """Put the cursor on this judge and this organisation, as far as they are shown."""
        if self.data is None:
            return
        rows = [place for place, index in enumerate(self._rows) if self.data.judges[index].id == judge]
        columns = [place for place, item in enumerate(self.data.organisations) if item.id == organisation]
        self._go(rows[0] if rows else self.row, columns[0] if columns else self.column)

    # Where things stand

    @property
    def _cell_width(self) -> int:
        return MARK_WIDTH if self.marks else SHAPE_WIDTH

    @property
    def _name_width(self) -> int:
        return min(max(self._widest, 4), 20 if self.size.width >= 100 else 12)

    @property
    def _label_width(self) -> int:
        return self._name_width + 12

    @property
    def _columns(self) -> int:
        return max(1, (self.size.width - self._label_width) // self._cell_width)

    @property
    def _lines(self) -> int:
        return max(1, self.size.height - 1)

    def _place(self, row: int, column: int) -> bool:
        """Put the cursor there and scroll it into view; whether the view moved."""
        before = self._top, self._left
        rows, columns = len(self._rows), len(self.data.organisations) if self.data else 0
        self.row = max(0, min(row, rows - 1))
        self.column = max(0, min(column, columns - 1))
        self._top = max(0, min(max(self._top, self.row - self._lines + 1), self.row, max(0, rows - self._lines)))
        self._left = max(0, min(max(self._left, self.column - self._columns + 1), self.column))
        return before != (self._top, self._left)

    def on_resize(self) -> None:
        self._place(self.row, self.column)
        self.refresh()

    # Moving

    def action_move(self, down: int, right: int) -> None:
        self._go(self.row + down, self.column + right)

    def action_page(self, pages: int) -> None:
        self._go(self.row + pages * self._lines, self.column)

    def action_edge(self, down: int, right: int) -> None:
        row = self.row if not down else 0 if down < 0 else len(self._rows)
        self._go(row, 0 if right < 0 else 10**6)

    def _go(self, row: int, column: int) -> None:
        before = self.row
        if self._place(row, column):
            self.refresh()
        else:
            self.repaint({0, 1 + before - self._top, 1 + self.row - self._top})
        self.post_message(self.Moved())

    def action_choose(self) -> None:
        here = self.here
        if here is not None:
            self.post_message(self.Chosen(here[0], here[1]))

    def on_click(self, event: events.Click) -> None:
        line, column = event.y - 1 + self._top, (event.x - self._label_width) // self._cell_width
        if event.y < 1 or line >= len(self._rows):
            return
        self._go(line, self.column if column < 0 else column + self._left)
        if event.chain == 2:
            self.action_choose()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-3)

    def _scroll(self, lines: int) -> None:
        self._top = max(0, min(self._top + lines, len(self._rows) - self._lines))
        self.row = max(self._top, min(self.row, self._top + self._lines - 1))
        self.refresh()
        self.post_message(self.Moved())

    # Painting

    def parts(self, y: int) -> Sequence[Part]:
        if self.data is None:
            return ()
        return self._head() if y == 0 else self._line(y - 1 + self._top)

    def _head(self) -> list[Part]:
        assert self.data is not None
        parts: list[Part] = [(fit(_t(msg("Judge")), self._name_width), "matrix--head")]
        parts.append((fit(_t(msg("received")), 11, "right") + " ", "matrix--head"))
        for column, organisation in self._shown_columns():
            style = "matrix--head-here" if column == self.column else "matrix--head"
            parts.append((fit(str(organisation.number), self._cell_width - 1, "right") + " ", style))
        parts.append((" " * self.size.width, "matrix--head"))
        return parts

    def _shown_columns(self) -> list[tuple[int, Organisation]]:
        assert self.data is not None
        shown = self.data.organisations[self._left : self._left + self._columns]
        return list(enumerate(shown, self._left))

    def _line(self, row: int) -> list[Part]:
        assert self.data is not None
        if row >= len(self._rows):
            return []
        index = self._rows[row]
        received = self.data.received[index]
        here = row == self.row
        name = "matrix--name-here" if here else "matrix--name"
        counted = f"{received.given}/{received.asked}"
        done = "✓" if received.complete else " "
        parts: list[Part] = [
            (fit(self.data.judges[index].name, self._name_width), name),
            (fit(counted, 9, "right"), "matrix--received"),
            (f" {done} ", "matrix--complete"),
        ]
        cells = self.data.cells[index]
        last = ""
        for column, _ in self._shown_columns():
            cell = cells[column]
            text = self._text(cell)
            style = "matrix--here" if here and column == self.column else _STYLES[cell.state]
            if style in _FILLED:
                parts += [(text, style), (" ", "")]
                last = ""
            elif style == last:
                parts[-1] = (parts[-1][0] + text + " ", style)
            else:
                parts.append((text + " ", style))
                last = style
        return parts

    def _text(self, cell: Cell) -> str:
        width = self._cell_width - 1
        if self.marks and shows_total(cell):
            text = total_text(cell) + ("" if cell.submitted else "?")
        else:
            text = _t(SHAPES[cell.state])
        if cell.paper and cell.state in _ORDINARY:
            text = ("*" + text.strip()) if not self.marks else "*" + text
        return fit(text, width, "right")


_FILLED = frozenset({"matrix--here", "matrix--doubt"})
"""Styles with a background of their own, which ends with the shape."""

_STYLES = {
    CellState.NOTHING: "matrix--blank",
    CellState.BLANK: "matrix--blank",
    CellState.PARTIAL: "matrix--partial",
    CellState.ZERO: "matrix--zero",
    CellState.GIVEN: "matrix--given",
    CellState.SUBMITTED: "matrix--submitted",
    CellState.ABSENT: "matrix--aside",
    CellState.RECUSED: "matrix--aside",
    CellState.WITHDRAWN: "matrix--aside",
    CellState.LATE: "matrix--doubt",
    CellState.CONFLICT: "matrix--doubt",
}
