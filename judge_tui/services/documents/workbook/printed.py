"""The sheets of the result workbook as papers: the same cells, for whoever signs on paper and has no Excel."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from judge_tui.domain.numbers import decimal_text, short_text
from judge_tui.services.documents.paper import Grid, Paper, Paragraph, Part, Text, paper
from judge_tui.services.documents.workbook.cells import Cell, Sheet

MOST_ACROSS = 14
"""Columns of figures that can still be read across a lying A4 page; more stand in a further table with the names again."""

NAMES = 2
"""The columns that say of whom a row speaks: number and name."""

FIGURE_PLACES = 3
_LINES = ("title", "line", "note")


def printed(sheets: Sequence[Sheet], name: str, decimals: int) -> list[Paper]:
    """A paper for each sheet, called `name` and its number; `decimals` are those of the total."""
    return [_paper(sheet, f"{name}-{number:02d}", decimals) for number, sheet in enumerate(sheets, 1)]


def _paper(sheet: Sheet, name: str, decimals: int) -> Paper:
    columns = sorted({column for _, column in sheet.cells} - sheet.hidden)
    rows = sorted({row for row, _ in sheet.cells})
    lines = {row for row in rows if (row, 0) in sheet.cells and sheet.cells[row, 0].style in _LINES}
    heads = sheet.heads - 1
    above: list[Part] = [Paragraph(_text(sheet.cells[row, 0], decimals), flush=True) for row in rows if 0 < row < heads]
    below: list[Part] = [
        Paragraph(_text(sheet.cells[row, 0], decimals), flush=True) for row in rows if row > heads and row in lines
    ]
    body = [row for row in rows if row > heads and row not in lines]
    names, figures = columns[:NAMES], columns[NAMES:]
    grids = [
        _grid(sheet, heads, body, [*names, *figures[start : start + MOST_ACROSS]], decimals)
        for start in range(0, max(1, len(figures)), MOST_ACROSS)
    ]
    return paper(name, _text(sheet.cells[0, 0], decimals), [*above, *grids, *below], wide=True)


def _grid(sheet: Sheet, heads: int, body: Sequence[int], columns: Sequence[int], decimals: int) -> Grid:
    def across(row: int) -> tuple[Text, ...]:
        return tuple(_text(sheet.cells.get((row, column), Cell("")), decimals) for column in columns)

    shares = (2, 6, *([3] * (len(columns) - NAMES)))
    return Grid(
        across(heads), tuple(across(row) for row in body), shares[: len(columns)], frozenset(range(NAMES, len(columns)))
    )


def _text(cell: Cell, decimals: int) -> str:
    """A cell as Excel shows it."""
    value = cell.value
    if not isinstance(value, Fraction):
        return value or ""
    if cell.style == "total":
        return decimal_text(value, decimals)
    if cell.style == "figure" or (value * 10**FIGURE_PLACES).denominator != 1:
        return decimal_text(value, FIGURE_PLACES)
    return f"{cell.shown} ({short_text(value)})" if cell.shown else short_text(value)
