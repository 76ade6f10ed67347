"""An event as an Excel workbook that a person can go on filling in: headings, notes, drop-downs, ready to print."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from judge_tui.domain.definition.ids import event_slug
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg
from judge_tui.services.workbook.cells import encode
from judge_tui.services.workbook.layout import Column, Kind, Sheet
from judge_tui.services.workbook.rules_layout import WORKBOOK
from judge_tui.services.workbook.tables import Row, event_form, event_rows, names_of

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEADER_ROW = 2
"""Under the title and the hint, counted from 0."""

SPARE_ROWS = 200
"""How many rows below the last one have drop-downs too."""

FORM_WIDTH = 48
LINE_HEIGHT = 16
HIGHEST_ROW = 400
"""Excel allows 409 points."""

LONGEST = 32_767
"""What one cell of Excel holds, in characters."""


def workbook_bytes(event: Event, render: Callable[[Message], str], *, fresh: bool = False) -> bytes:
    """The workbook of an event, its words in the language of `render`. In a `fresh` one, which somebody is going to give a title
    of his own, the event's id is left to be made from that title. Needs XlsxWriter."""
    import xlsxwriter

    whole = BytesIO()
    book = xlsxwriter.Workbook(whole, {"in_memory": True})
    book.set_properties({"title": event.title})
    sheets = _Sheets(book, event, render, fresh)
    for sheet in WORKBOOK:
        sheets.add(sheet)
    book.close()
    return whole.getvalue()


def cell_width(text: str) -> int:
    """The columns a text takes: two for a wide character; never none."""
    return max(1, sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text))


class _Sheets:
    """Writes one sheet after another into a book."""

    def __init__(self, book: Workbook, event: Event, render: Callable[[Message], str], fresh: bool) -> None:
        self._book = book
        self._event = event
        self._render = render
        self._rows = event_rows(event)
        self._names_of = {table: names_of(rows) for table, rows in self._rows.items()}
        self._form = event_form(event)
        if fresh and event.id == event_slug(event.title):
            self._form["event.id"] = None
        self._title = self._format(bold=True, font_size=18, align="center", valign="vcenter")
        self._hint = self._format(italic=True, font_color="#595959", text_wrap=True)
        self._head = self._format(
            bold=True, font_size=11, border=1, bg_color="#DDEBF7", text_wrap=True, valign="vcenter"
        )
        # Everything is text unless it is a number: Excel must not make a date of a name or eight o'clock of 8:00.
        self._text = self._format(num_format="@", border=1, text_wrap=True, valign="top")
        self._number = self._format(border=1, valign="top")

    def _format(self, **properties: object) -> Format:
        return self._book.add_format(dict(properties))

    def add(self, sheet: Sheet) -> None:
        page = self._book.add_worksheet(self._render(sheet.title))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.center_horizontally()
        columns = 3 if sheet.form else len(sheet.columns)
        page.set_row(0, 30)
        page.merge_range(0, 0, 0, columns - 1, f"{self._event.title} · {self._render(sheet.title)}", self._title)
        page.merge_range(1, 0, 1, columns - 1, self._render(sheet.hint), self._hint)
        page.freeze_panes(HEADER_ROW + 1, 2 if not sheet.form else 1)
        page.repeat_rows(HEADER_ROW)
        if sheet.form:
            self._write_form(page, sheet)
        else:
            self._write_list(page, sheet, self._rows[sheet.table])

    def _write_form(self, page: Worksheet, sheet: Sheet) -> None:
        page.set_column(0, 0, 26, self._text)
        page.set_column(1, 1, FORM_WIDTH, self._text)
        page.set_column(2, 2, 60)
        for at, heading in enumerate((msg("Key"), msg("Value"), msg("Meaning"))):
            page.write_string(HEADER_ROW, at, self._render(heading), self._head)
        for at, column in enumerate(sheet.columns, HEADER_ROW + 1):
            page.write_string(at, 0, self._render(column.label), self._head)
            self._fit(page, at, [(FORM_WIDTH, self._form.get(column.key), column)])
            self._write_cell(page, at, 1, column, self._form.get(column.key))
            page.write_string(at, 2, self._meaning(column), self._hint)
            self._choices(page, column, at, at, 1)

    def _write_list(self, page: Worksheet, sheet: Sheet, rows: list[Row]) -> None:
        page.set_row(HEADER_ROW, 30)
        for down, row in enumerate(rows, HEADER_ROW + 1):
            self._fit(page, down, [(column.width, row.get(column.key), column) for column in sheet.columns])
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width, self._text)
            page.write_string(HEADER_ROW, at, self._render(column.label), self._head)
            if column.note is not None:
                page.write_comment(HEADER_ROW, at, self._render(column.note))
            for down, row in enumerate(rows, HEADER_ROW + 1):
                self._write_cell(page, down, at, column, self._readable(column, row.get(column.key)))
            self._choices(page, column, HEADER_ROW + 1, HEADER_ROW + len(rows) + SPARE_ROWS, at)

    def _readable(self, column: Column, value: object) -> object:
        """What a column refers to, by name where only one has that name."""
        words = self._names_of.get(column.source, {})
        if isinstance(value, list):
            return [words.get(str(item), item) for item in value] if words else value
        return words.get(str(value), value)

    def _fit(self, page: Worksheet, down: int, cells: list[tuple[int, object, Column]]) -> None:
        """Make a row as high as its longest cell needs: not every program does so by itself when it opens a file."""
        lines = 1
        for width, value, column in cells:
            written = encode(column, value, self._render)
            if isinstance(written, str):
                lines = max(lines, sum(1 + (cell_width(line) - 1) // width for line in written.split("\n")))
        if lines > 1:
            page.set_row(down, min(LINE_HEIGHT * lines, HIGHEST_ROW))

    def _write_cell(self, page: Worksheet, down: int, at: int, column: Column, value: object) -> None:
        cell = encode(column, value, self._render)
        if cell is None:
            page.write_blank(down, at, None, self._text)
        elif isinstance(cell, str):
            if len(cell) > LONGEST:
                raise ValueError(column.key)
            page.write_string(down, at, cell, self._text)
        else:
            page.write_number(down, at, cell, self._number)

    def _meaning(self, column: Column) -> str:
        if column.note is not None:
            return self._render(column.note)
        return " / ".join(self._render(words) for words in column.words.values())

    def _choices(self, page: Worksheet, column: Column, first: int, last: int, at: int) -> None:
        """A drop-down of the words there are; what is written otherwise is not stopped here but named when it is read."""
        words = [self._render(word) for word in self._words(column).values()]
        if words and len(",".join(words)) <= 255:
            page.data_validation(
                first,
                at,
                last,
                at,
                {"validate": "list", "source": words, "error_type": "information", "ignore_blank": True},
            )
        elif column.source and column.kind is Kind.NAME:
            self._names(page, column, first, last, at)

    def _words(self, column: Column) -> Mapping[str, Message]:
        return {"true": msg("yes"), "false": msg("no")} if column.kind is Kind.FLAG else column.words

    def _names(self, page: Worksheet, column: Column, first: int, last: int, at: int) -> None:
        """A drop-down of the names on another sheet."""
        source = next(sheet for sheet in WORKBOOK if sheet.table == column.source)
        column_at = next(place for place, other in enumerate(source.columns) if other.key == "name")
        letter = chr(ord("A") + column_at)
        end = HEADER_ROW + 1 + len(self._rows[source.table]) + SPARE_ROWS
        area = f"='{self._render(source.title)}'!${letter}${HEADER_ROW + 2}:${letter}${end}"
        page.data_validation(
            first, at, last, at, {"validate": "list", "source": area, "error_type": "information", "ignore_blank": True}
        )
