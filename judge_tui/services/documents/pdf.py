"""Papers as PDF with the Chinese font embedded, ready to print on any laptop."""

from __future__ import annotations

import io
import logging
from typing import Any

from judge_tui.services.documents.fonts import chinese_font
from judge_tui.services.documents.missing import library
from judge_tui.services.documents.paper import Bars, Code, Grid, Heading, Listing, Paper, Paragraph, Part, Signatures
from judge_tui.services.documents.render import Render, words

FAMILY = "chinese"
MARGIN = 18.0
"""Millimetres."""

GREY = (90, 90, 90)


def pdf(papers: list[Paper], render: Render) -> bytes:
    """The papers one after another, each beginning a page of its own. Raises JudgeTuiError: NO_LIBRARY, NO_FONT."""
    fpdf = library("fpdf")
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    document = fpdf.FPDF(format="A4", unit="mm")
    font = chinese_font()
    for style in ("", "B"):
        document.add_font(FAMILY, style, str(font.path), collection_font_number=font.face)
    document.set_margin(MARGIN)
    document.set_auto_page_break(True, MARGIN)
    document.set_title(words(papers[0].title, render))
    for paper in papers:
        document.add_page(orientation="L" if paper.wide else "P")
        writer = _Writer(document, render)
        writer.line(words(paper.title, render), 17, align="C", bold=True)
        document.ln(2)
        for part in paper.parts:
            writer.part(part)
    return bytes(document.output())


class _Writer:
    """Writes parts one after another onto the page."""

    def __init__(self, document: Any, render: Render) -> None:
        self.document, self.render = document, render

    def line(self, text: str, size: float, *, align: str = "L", bold: bool = False) -> None:
        """A paragraph of its own; the one face stands for bold by being drawn a little thicker."""
        self.document.set_font(FAMILY, "", size)
        stroke = {"text_mode": "FILL_STROKE", "line_width": 0.01 * size} if bold else {}
        with self.document.local_context(**stroke):
            self.document.multi_cell(0, size * 0.55, text, align=align, new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR")

    def part(self, part: Part) -> None:
        match part:
            case Heading():
                self.document.ln(3)
                if self.document.will_page_break(24):
                    self.document.add_page(same=True)
                self.line(words(part.text, self.render), 13 if part.level == 2 else 15, bold=True)
                self.document.ln(1)
            case Paragraph():
                align = "C" if part.centred else "R" if part.right else "L"
                self.line(words(part.text, self.render), 11, align=align, bold=part.strong)
                self.document.ln(1)
            case Listing():
                for number, item in enumerate(part.items, 1):
                    mark = f"{number}. " if part.numbered else "- "
                    self.line(mark + words(item, self.render), 10.5)
            case Grid():
                self._grid(part)
            case Signatures():
                self.document.ln(8)
                for line in part.lines:
                    self.line("　　".join(f"{words(role, self.render)}：__________" for role in line), 11)
                    self.document.ln(3)
            case Bars():
                self._bars(part)
            case Code():
                self._code(part)

    def _grid(self, grid: Grid) -> None:
        faces = library("fpdf.fonts")
        self.document.set_font(FAMILY, "", 9.5)
        aligns = tuple("RIGHT" if index in grid.right else "LEFT" for index in range(len(grid.heads)))
        head = faces.FontFace(emphasis="", fill_color=(232, 232, 232))
        width = self.document.epw
        with self.document.table(
            col_widths=tuple(width * share for share in grid.widths),
            text_align=aligns,
            headings_style=head,
            line_height=9 if grid.blank else 6,
            padding=0.6,
            wrapmode="CHAR",
        ) as table:
            for texts in (grid.heads, *grid.rows):
                row = table.row()
                for text in texts:
                    row.cell(words(text, self.render))
        self.document.ln(2)

    def _bars(self, chart: Bars) -> None:
        """A line for each bar: its span as a thin box, its middle as a stroke, its figures in words."""
        self.part(Heading(chart.title, 2))
        span = (chart.most - chart.least) or 1.0
        left, width = self.document.l_margin + 40, self.document.epw - 90
        for bar in chart.bars:
            if self.document.will_page_break(6):
                self.document.add_page(same=True)
            top = self.document.get_y()
            low, middle, high = ((value - chart.least) / span * width for value in (bar.low, bar.middle, bar.high))
            with self.document.local_context(fill_color=(170, 190, 215)):
                self.document.rect(left + low, top + 1.5, max(high - low, 0.4), 3, style="F")
            with self.document.local_context(fill_color=(30, 60, 110)):
                self.document.rect(left + middle - 0.4, top + 0.8, 0.8, 4.4, style="F")
            self.document.set_font(FAMILY, "", 9)
            self.document.cell(40, 6, self._fitting(bar.name, 38))
            self.document.set_xy(left + width + 3, top)
            self.document.cell(0, 6, bar.shown, new_x="LMARGIN", new_y="NEXT")

    def _fitting(self, text: str, width: float) -> str:
        """As much of the text as fits, with dots where something is left out."""
        if self.document.get_string_width(text) <= width:
            return text
        while text and self.document.get_string_width(text + "...") > width:
            text = text[:-1]
        return text + "..."

    def _code(self, part: Code) -> None:
        self.document.ln(3)
        if self.document.will_page_break(34):
            self.document.add_page(same=True)
        picture = io.BytesIO()
        library("segno").make(part.digits.replace(" ", ""), error="m").save(picture, kind="png", scale=6)
        picture.seek(0)
        self.line(f"{words(part.label, self.render)}：{part.digits}", 12, bold=True)
        self.document.image(picture, w=24)
