"""Sheets to .xlsx: formulas with the figures cached in them, styles, and how each sheet prints."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

from judge_tui.services.documents.missing import library
from judge_tui.services.documents.workbook.cells import Book, Cell, Sheet
from judge_tui.services.workbook.writing import cell_width

FONT = "宋体"
A4, A3 = 9, 8
SIZE, TITLE_SIZE = 11, 18
"""Points."""

LEADING = 1.4
"""The height of a line, in sizes of its letters."""

USUAL_WIDTH = 8.43
HIGHEST = 400.0
"""What Excel gives a column without a width, and the most it gives a row."""

HEAD = 50.0
LEAST = {"title": 32.0, "line": 22.0, "note": 60.0}
"""Points that a row with such a cell has at least."""

MOST_ON_A4 = 24
"""Columns that can still be read across a lying A4 page."""


def xlsx(book: Book, decimals: int = 2) -> bytes:
    """The workbook's bytes. Raises JudgeTuiError where XlsxWriter is not installed."""
    out = io.BytesIO()
    workbook = library("xlsxwriter").Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    writer = _Writer(workbook, decimals)
    for sheet in book.sheets:
        writer.sheet(sheet)
    workbook.close()
    return out.getvalue()


def heights(sheet: Sheet) -> dict[int, float]:
    """How high each row must be, in points, for the longest of its texts: no program makes a row fit by itself when it opens a
    file, least of all one with merged cells. Rows of a single line of figures keep the usual height."""
    spans = {(row, first): (last_row, last) for row, first, last_row, last in sheet.merged}
    found: dict[int, float] = {}
    for (row, column), cell in sheet.cells.items():
        if not isinstance(cell.value, str) or not cell.value:
            continue
        last_row, last = spans.get((row, column), (row, column))
        if last_row > row:
            continue
        room = sum(sheet.widths.get(at, USUAL_WIDTH) for at in range(column, last + 1) if at not in sheet.hidden)
        size = TITLE_SIZE if cell.style == "title" else SIZE
        lines = lines_in(cell.value, max(room * SIZE / size, 1.0))
        least = LEAST.get(cell.style, 0.0)
        if row == sheet.heads - 1 and cell.style == "head":
            least = HEAD
        if lines > 1 or least:
            found[row] = min(max(found.get(row, 0.0), least, lines * size * LEADING + 4), HIGHEST)
    return found


def lines_in(text: str, room: float) -> int:
    """How many lines a text takes in a cell that holds so many Latin letters, a Chinese character taking two of them."""
    return sum(1 + int((cell_width(line) - 1) // room) for line in text.split("\n"))


class _Writer:
    """Keeps one format for each style."""

    def __init__(self, workbook: Any, decimals: int) -> None:
        self.workbook = workbook
        self.formats: dict[tuple[str, str], Any] = {}
        self.decimals = decimals

    def format(self, style: str, shown: str = "") -> Any:
        """The format of a style; `shown` is a text that stands for the number."""
        key = (style, shown)
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format(self._properties(style, shown))
        return self.formats[key]

    def _properties(self, style: str, shown: str) -> dict[str, object]:
        base: dict[str, object] = {"font_name": FONT, "font_size": SIZE, "valign": "vcenter"}
        if style == "title":
            return {**base, "bold": True, "font_size": TITLE_SIZE, "align": "center", "text_wrap": True}
        if style in ("line", "note"):
            return {**base, "align": "left", "text_wrap": True}
        base = {**base, "border": 1}
        if style == "head":
            return {**base, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8E8E8"}
        if style == "text":
            return {**base, "align": "left", "text_wrap": True}
        places = {"figure": "0.000", "total": "0." + "0" * self.decimals if self.decimals else "0"}
        found = {**base, "align": "center", "num_format": places.get(style, "General"), "bold": style == "total"}
        if shown:
            found["num_format"] = f'"{shown.replace(chr(34), "")}"(General)'
        return found

    def sheet(self, sheet: Sheet) -> None:
        """One sheet with its widths, merged lines and print settings."""
        page = self.workbook.add_worksheet(sheet.name)
        merged = {(row, first): (row, first, last_row, last) for row, first, last_row, last in sheet.merged}
        for (row, column), cell in sorted(sheet.cells.items()):
            if (row, column) in merged:
                page.merge_range(*merged[row, column], str(cell.value or ""), self.format(cell.style))
            else:
                self._cell(page, row, column, cell)
            if cell.note:
                page.write_comment(row, column, cell.note)
        for column, width in sheet.widths.items():
            page.set_column(column, column, width, None, {"hidden": column in sheet.hidden})
        for row, height in heights(sheet).items():
            page.set_row(row, height)
        if sheet.wide:
            page.set_landscape()
        columns = max(column for _, column in sheet.cells) + 1
        page.set_paper(A3 if sheet.wide and columns > MOST_ON_A4 else A4)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.set_footer("&C&P / &N")
        if sheet.heads:
            page.repeat_rows(0, sheet.heads - 1)
            page.freeze_panes(sheet.heads, 2)

    def _cell(self, page: Any, row: int, column: int, cell: Cell) -> None:
        style = self.format(cell.style, cell.shown)
        value = float(cell.value) if isinstance(cell.value, Fraction) else cell.value
        if cell.formula:
            page.write_formula(row, column, f"={cell.formula}", style, "" if value is None else value)
        elif isinstance(value, float):
            page.write_number(row, column, value, style)
        elif value:
            page.write_string(row, column, value, style)
        else:
            page.write_blank(row, column, None, style)
