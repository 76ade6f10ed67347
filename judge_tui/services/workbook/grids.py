"""Cells in rows, where the headings stand in them, and what has been understood of them so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from judge_tui.domain.definition.ids import match_key
from judge_tui.domain.errors import Problem
from judge_tui.domain.messages import Message, msg
from judge_tui.services.results.tables import heading_key
from judge_tui.services.workbook.cells import Cell, CellError, decode, readers, said
from judge_tui.services.workbook.layout import Column, Kind, Sheet
from judge_tui.services.workbook.rules_layout import WORKBOOK

HEADING_ROWS = 12
"""How far down the headings are looked for, under whatever titles stand above them."""

Grid = Sequence[Sequence[Cell]]


@dataclass(slots=True)
class Reading:
    """What has been read so far: the mapping, which cell each path stands in, what was not understood, and
    which names were altered on the way."""

    mapping: dict[str, object] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    changes: list[Message] = field(default_factory=list)
    sheets: int = 0

    def put(self, table: dict[str, object], key: str, value: object) -> None:
        """Set a value at a dotted key inside nested tables."""
        *above, last = key.split(".")
        for part in above:
            table = table.setdefault(part, {})  # type: ignore[assignment]
        table[last] = value

    def value(self, column: Column, cell: Cell, path: str, place: str) -> object:
        """A cell's value, or None with a problem noted."""
        self.cells[path] = place
        try:
            value = decode(column, cell)
        except CellError as error:
            self.problems.append(Problem("", error.message, error.hint, cell=place))
            return None
        if column.kind is Kind.NAME and isinstance(cell, str) and value != cell.strip():
            self.changes.append(msg("{cell}: “{was}” became “{name}”", cell=place, was=cell.strip(), name=value))
        return value


def sheet_called(name: str) -> Sheet | None:
    key = match_key(name)
    return next((sheet for sheet in WORKBOOK if key in said(sheet.title) or key == sheet.table), None)


def headings(column: Column, form: bool = False) -> set[str]:
    """Every heading a column may have, as `heading_key` makes them comparable: in each language, and as the key itself
    (in a form also without its table: `title` for `event.title`)."""
    own = (column.key, column.key.partition(".")[2]) if form else (column.key,)
    return {heading_key(word) for word in (*_rendered(column), *column.also, *own)}


def _rendered(column: Column) -> tuple[str, ...]:
    return tuple(reader.render(column.label) for reader in readers())


def cell_name(sheet: str, down: int, at: int) -> str:
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{down + 1}"


def empty(cell: Cell) -> bool:
    return cell == "" or (isinstance(cell, str) and not cell.strip())


def find_headings(sheet: Sheet, grid: Grid) -> tuple[int, dict[int, Column]]:
    """The row that has the most of the sheet's headings, and which column is where."""
    best: tuple[int, dict[int, Column]] = (0, {})
    for down, row in enumerate(grid[:HEADING_ROWS]):
        found: dict[int, Column] = {}
        for at, cell in enumerate(row):
            key = heading_key(str(cell))
            column = next((c for c in sheet.columns if key in headings(c) and c not in found.values()), None)
            if key and column is not None:
                found[at] = column
        if len(found) > len(best[1]):
            best = (down, found)
    return best
