"""Sheets to .xlsx: formulas with the figures cached in them, styles, and how each sheet prints."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import Any

from judge_tui.services.documents.missing import library
from judge_tui.services.documents.workbook.cells import Book, Cell, Sheet

FONT = "宋体"
A4, A3 = 9, 8
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
        base: dict[str, object] = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
        if style == "title":
            return {**base, "bold": True, "font_size": 18, "align": "center"}
        if style in ("line", "note"):
            return {**base, "align": "left", "text_wrap": style == "note"}
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
        page.set_row(0, 32)
        if sheet.heads:
            page.set_row(sheet.heads - 1, 50)
        for row, column in sheet.cells:
            if column == 0 and sheet.cells[row, column].style in ("line", "note"):
                page.set_row(row, 26 if sheet.cells[row, column].style == "line" else 60)
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
