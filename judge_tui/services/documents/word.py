"""Papers as Word documents that officials go on editing; fonts are those that every office has."""

from __future__ import annotations

import io
from typing import Any

from judge_tui.domain.messages import msg
from judge_tui.services.documents.missing import library
from judge_tui.services.documents.paper import Bars, Code, Grid, Heading, Listing, Paper, Paragraph, Part, Signatures
from judge_tui.services.documents.render import Render, signature_line, words

BODY, TITLE = "仿宋", "黑体"
"""What official papers are set in; a laptop without them shows its own Chinese font."""

LATIN = "Times New Roman"
A4 = (11906, 16838)
"""Width and height in twentieths of a point."""


def word(paper: Paper, render: Render) -> bytes:
    """The paper as .docx. Raises JudgeTuiError where python-docx is not installed."""
    docx = library("docx")
    document = docx.Document()
    writer = _Writer(document, render)
    writer.page(paper.wide)
    writer.style()
    writer.heading(words(paper.title, render), 0)
    for part in paper.parts:
        writer.part(part)
    document.core_properties.title = words(paper.title, render)
    document.core_properties.author = ""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Writer:
    """Writes parts one after another."""

    def __init__(self, document: Any, render: Render) -> None:
        self.document, self.render = document, render
        self.below_table = False
        self.shared = library("docx.shared")
        self.align = library("docx.enum.text").WD_ALIGN_PARAGRAPH
        self.middle = library("docx.enum.table").WD_CELL_VERTICAL_ALIGNMENT.CENTER
        self.qn = library("docx.oxml.ns").qn

    def page(self, wide: bool) -> None:
        section = self.document.sections[0]
        width, height = (A4[1], A4[0]) if wide else A4
        section.page_width, section.page_height = self.shared.Twips(width), self.shared.Twips(height)
        if wide:
            section.orientation = library("docx.enum.section").WD_ORIENT.LANDSCAPE
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, self.shared.Cm(2))
        self._page_numbers(section.footer.paragraphs[0])

    def _page_numbers(self, line: Any) -> None:
        """— 1 / 3 —, which Word works out itself."""
        line.alignment = self.align.CENTER
        for piece in ("— ", "PAGE", " / ", "NUMPAGES", " —"):
            if not piece.isalpha():
                line.add_run(piece)
                continue
            field = library("docx.oxml").OxmlElement("w:fldSimple")
            field.set(self.qn("w:instr"), piece)
            line._p.append(field)

    def style(self) -> None:
        style = self.document.styles["Normal"]
        style.font.size = self.shared.Pt(12)
        self._font(style, BODY)

    def _font(self, owner: Any, name: str) -> None:
        """Both halves: Word picks the East Asian font by an attribute of its own."""
        owner.font.name = LATIN
        properties = owner.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        fonts.set(self.qn("w:eastAsia"), name)

    def heading(self, text: str, level: int) -> None:
        line = self.document.add_paragraph()
        line.alignment = self.align.CENTER if level == 0 else self.align.LEFT
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before = self.shared.Pt(0 if level == 0 else 8)
        run = line.add_run(text)
        run.bold = True
        run.font.size = self.shared.Pt({0: 20, 1: 16}.get(level, 14))
        self._font(run, TITLE)

    def part(self, part: Part) -> None:
        match part:
            case Heading():
                self.heading(words(part.text, self.render), part.level)
            case Paragraph():
                self._paragraph(part)
            case Listing():
                for number, item in enumerate(part.items, 1):
                    mark = f"{number}. " if part.numbered else "• "
                    line = self.document.add_paragraph(mark + words(item, self.render))
                    line.paragraph_format.space_after = self.shared.Pt(2)
            case Grid():
                self._grid(part)
            case Signatures():
                for roles in part.lines:
                    line = self.document.add_paragraph()
                    line.paragraph_format.space_before = self.shared.Pt(14)
                    line.add_run(signature_line(roles, self.render))
            case Bars():
                self.heading(words(part.title, self.render), 2)
                self._grid(Grid(("", ""), tuple((bar.name, bar.shown) for bar in part.bars), (1, 3)))
            case Code():
                self._code(part)

    def _paragraph(self, part: Paragraph) -> None:
        line = self.document.add_paragraph()
        line.alignment = self.align.CENTER if part.centred else self.align.RIGHT if part.right else self.align.LEFT
        if part.indented:
            line.paragraph_format.first_line_indent = self.shared.Pt(24)
        if self.below_table:
            line.paragraph_format.space_before = self.shared.Pt(8)
        self.below_table = False
        run = line.add_run(words(part.text, self.render))
        run.bold = part.strong

    def _grid(self, grid: Grid) -> None:
        table = self.document.add_table(rows=1, cols=len(grid.heads))
        table.style = "Table Grid"
        table.autofit = False
        table.alignment = library("docx.enum.table").WD_TABLE_ALIGNMENT.CENTER
        section = self.document.sections[0]
        usable = section.page_width - section.left_margin - section.right_margin
        self._row(table.rows[0], grid, grid.heads, strong=True)
        self._repeat(table.rows[0])
        for row in grid.rows:
            self._row(table.add_row(), grid, row)
        self.below_table = True
        for index, share in enumerate(grid.widths):
            table.columns[index].width = int(usable * share)
            for cell in table.columns[index].cells:
                cell.width = int(usable * share)

    def _row(self, row: Any, grid: Grid, texts: tuple[Any, ...], *, strong: bool = False) -> None:
        if grid.blank:
            row.height = self.shared.Cm(1)
        for index, text in enumerate(texts):
            line = row.cells[index].paragraphs[0]
            line.paragraph_format.space_after = self.shared.Pt(0)
            row.cells[index].vertical_alignment = self.middle
            run = line.add_run(words(text, self.render))
            run.font.size = self.shared.Pt(10.5)
            run.bold = strong
            centred = strong or index not in grid.right
            line.alignment = self.align.CENTER if strong else self.align.LEFT if centred else self.align.RIGHT

    def _repeat(self, row: Any) -> None:
        """The heading again on every page."""
        mark = library("docx.oxml").OxmlElement("w:tblHeader")
        mark.set(self.qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)

    def _code(self, part: Code) -> None:
        line = self.document.add_paragraph()
        line.add_run(words(msg("{label}: {digits}", label=part.label, digits=part.digits), self.render)).bold = True
        picture = io.BytesIO()
        library("segno").make(part.digits.replace(" ", ""), error="m").save(picture, kind="png", scale=4)
        picture.seek(0)
        self.document.add_picture(picture, width=self.shared.Cm(2.4))
