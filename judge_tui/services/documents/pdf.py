"""Papers as PDF with the Chinese font embedded, ready to print on any laptop."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from judge_tui.domain.messages import msg
from judge_tui.services.documents.breaking import wrapped
from judge_tui.services.documents.fonts import GETA, Font, fonts_for, unseen
from judge_tui.services.documents.missing import library
from judge_tui.services.documents.paper import (
    Bars,
    Code,
    Grid,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Part,
    Signatures,
    Text,
    texts,
)
from judge_tui.services.documents.render import Render, signature_line, words

FAMILY = "chinese"
MARGIN = 18.0
"""Millimetres."""

FOOT, FOOT_SIZE = 10.0, 9
"""How far above the edge the page number stands, in millimetres, and how big it is, in points."""

PADDING, SPARE = 0.6, 0.2
"""Inside a cell of a table, and what a line is kept short by, so that the library never breaks it again; in millimetres."""

HALF = 0.5
"""Of a page, at most, for one row of a table."""


def pdf(papers: list[Paper], render: Render, title: str = "") -> bytes:
    """The papers one after another, each beginning a page of its own and numbered by itself where it has several. `title` is
    what the file calls itself where it holds several papers. Raises JudgeTuiError: NO_LIBRARY, NO_FONT."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    said = [words(text, render) for paper in papers for text in texts(paper)]
    fonts, unprintable = fonts_for("".join(said))
    say = _Said(render, {ord(character): "" if unseen(character) else GETA for character in unprintable})
    name = title or say(papers[0].title)
    document = _document(fonts)
    document.set_title(name)
    first: list[int] = []
    for paper in papers:
        document.add_page(orientation="L" if paper.wide else "P")
        first.append(document.page_no())
        writer = _Writer(document, say)
        writer.line(say(paper.title), 17, align="C", bold=True)
        document.ln(2)
        for part in paper.parts:
            writer.part(part)
    _number(document, first)
    made = bytes(document.output())
    _close(document)
    return made


def _number(document: Any, first: Sequence[int]) -> None:
    """Put the page numbers at the foot of papers of several pages, which are known only now; `first` is where each paper begins.

    The library (fpdf2 2.8) writes onto whatever page `page` names, laid out already or not, in that page's own measures.
    """
    last = document.page_no()
    ends = [*first[1:], last + 1]
    measures = document.w, document.h
    document.set_auto_page_break(False)
    for begin, end in zip(first, ends):
        for page in range(begin, end if end - begin > 1 else begin):
            document.page = page
            document.w, document.h = (side / document.k for side in document.pages[page].dimensions())
            # A font is named once a page: another size before makes it named on this one too.
            document.set_font(FAMILY, "", FOOT_SIZE + 1)
            document.set_font(FAMILY, "", FOOT_SIZE)
            document.set_xy(0, document.h - FOOT)
            document.cell(document.w, 4, f"— {page - begin + 1} / {end - begin} —", align="C")
    document.page = last
    document.w, document.h = measures


def _close(document: Any) -> None:
    """Let go of the font files, which the library keeps open."""
    for font in document.fonts.values():
        font.ttfont.close()


@dataclass(frozen=True, slots=True)
class _Said:
    """Texts in the reader's language, with a mark in place of what no font has."""

    render: Render
    marks: Mapping[int, str]

    def __call__(self, text: Text) -> str:
        return words(text, self.render).translate(self.marks)


def _document(fonts: Sequence[Font]) -> Any:
    """An empty document of A4 pages with its fonts."""
    document = library("fpdf").FPDF(format="A4", unit="mm")
    for place, font in enumerate(fonts):
        for style in ("", "B"):
            document.add_font(f"{FAMILY}{place or ''}", style, str(font.path), collection_font_number=font.face)
    if len(fonts) > 1:
        document.set_fallback_fonts([f"{FAMILY}{place}" for place in range(1, len(fonts))], exact_match=False)
    document.set_margins(MARGIN, MARGIN, MARGIN)
    document.set_auto_page_break(True, MARGIN)
    return document


class _Writer:
    """Writes parts one after another onto the page."""

    def __init__(self, document: Any, say: _Said) -> None:
        self.document, self.say = document, say
        self.widths: dict[str, float] = {}

    def line(self, text: str, size: float, *, align: str = "L", bold: bool = False) -> None:
        """A paragraph of its own; the one face stands for bold by being drawn a little thicker."""
        self.document.set_font(FAMILY, "", size)
        stroke = {"text_mode": "FILL_STROKE", "line_width": 0.01 * size} if bold else {}
        text = self._broken(text, self.document.epw - 2 * self.document.c_margin)
        with self.document.local_context(**stroke):
            self.document.multi_cell(0, size * 0.55, text, align=align, new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR")

    def _broken(self, text: str, width: float) -> str:
        """The text with its lines broken for a width, in the font that is set."""
        return wrapped(text, width - SPARE, self._measured)

    def _measured(self, text: str) -> float:
        """The width of a text in the size that is set. Asking for each character once is many times quicker than for texts."""
        for character in text:
            if character not in self.widths:
                self.widths[character] = self.document.get_string_width(character) / self.document.font_size
        return sum(map(self.widths.__getitem__, text)) * float(self.document.font_size)

    def part(self, part: Part) -> None:
        match part:
            case Heading():
                self.document.ln(3)
                if self.document.will_page_break(24):
                    self.document.add_page(same=True)
                self.line(self.say(part.text), 13 if part.level == 2 else 15, bold=True)
                self.document.ln(1)
            case Paragraph():
                align = "C" if part.centred else "R" if part.right else "L"
                indent = "　　" if part.indented and _chinese(self.say(part.text)) else ""
                self.line(indent + self.say(part.text), 11, align=align, bold=part.strong)
                self.document.ln(1)
            case Listing():
                for number, item in enumerate(part.items, 1):
                    mark = f"{number}. " if part.numbered else "- "
                    self.line(mark + self.say(item), 10.5)
            case Grid():
                self._grid(part)
            case Signatures():
                self.document.ln(8)
                for line in part.lines:
                    self.line(signature_line(line, self.say), 11)
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
            padding=PADDING,
            wrapmode="CHAR",
        ) as table:
            for cells in (grid.heads, *grid.rows):
                texts = [
                    self._broken(self.say(text), width * share - 2 * PADDING) for text, share in zip(cells, grid.widths)
                ]
                for part in self._pages_of(texts):
                    row = table.row()
                    for text in part:
                        row.cell(text)
        self.document.ln(2)

    def _pages_of(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """A row's texts, already broken into lines, in as many rows as its longest text needs: no row may be higher than a page."""
        most = int(self.document.eph * HALF // 6)
        left = [text.split("\n") for text in texts]
        while True:
            yield ["\n".join(lines[:most]) for lines in left]
            left = [lines[most:] for lines in left]
            if not any(left):
                return

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
            self.document.cell(40, 6, self._fitting(self.say(bar.name), 38))
            self.document.set_xy(left + width + 3, top)
            self.document.cell(0, 6, bar.shown, new_x="LMARGIN", new_y="NEXT")
        self._scale(chart, left, width)

    def _scale(self, chart: Bars, left: float, width: float) -> None:
        """A line under the bars with the numbers at its ends."""
        top = self.document.get_y() + 0.5
        with self.document.local_context(draw_color=(130, 130, 130)):
            self.document.line(left, top, left + width, top)
        self.document.set_font(FAMILY, "", 8)
        self.document.set_xy(left, top)
        for text, align in zip(chart.ends, "LR"):
            self.document.cell(width / 2, 4, text, align=align)
        self.document.set_xy(self.document.l_margin, top + 5)

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
        self.line(self.say(msg("{label}: {digits}", label=part.label, digits=part.digits)), 12, bold=True)
        self.document.image(picture, w=24)


def _chinese(text: str) -> bool:
    """Whether a paragraph is set as Chinese is: its first line indented by two characters."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)
