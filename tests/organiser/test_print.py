"""How papers stand on the page: lines broken where print breaks them, pages numbered, rare characters there, rows high enough."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from judge_tui.services.documents import fonts
from judge_tui.services.documents.breaking import CLOSING, OPENING, wrapped
from judge_tui.services.documents.paper import Listing, Paragraph, paper
from judge_tui.services.documents.pdf import pdf
from judge_tui.services.documents.word import word
from judge_tui.services.documents.workbook import result_book
from judge_tui.services.documents.workbook.writer import SIZE, TITLE_SIZE, heights
from judge_tui.services.workbook.writing import cell_width
from tests.organiser.made_up import DEFINITION, RULES, dossier_under

TITLE = "某某街道第二季度“亮承诺、赛实绩”村（社区）党组织书记擂台赛反馈单：十里铺村"


def columns(text: str) -> float:
    return float(cell_width(text))


@pytest.mark.parametrize("width", range(6, 40))
def test_no_line_begins_with_a_comma_or_ends_with_an_opening_quote(width: int) -> None:
    lines = wrapped(TITLE, width, columns).split("\n")

    assert "".join(lines) == TITLE
    assert all(columns(line) <= width for line in lines)
    assert not any(line[0] in CLOSING for line in lines)
    assert not any(line[-1] in OPENING for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Upper Riverside Neighbourhood", 15, ["Upper Riverside", "Neighbourhood"]),
        ("得分20.55分", 8, ["得分", "20.55分"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("一\n\n二", 4, ["一", "", "二"]),
        ("", 4, [""]),
    ],
)
def test_words_and_numbers_stay_whole_where_they_fit(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width, columns).split("\n") == lines


def printed(data: bytes, folder: Path) -> list[str]:
    """The text of each page."""
    path = folder / "paper.pdf"
    path.write_bytes(data)
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


LONG = paper("long", "长", [Listing(tuple(f"第{number}行" for number in range(100)))])
SHORT = paper("short", "短", [Paragraph("一行")])


@pytest.mark.needs("pdftotext", "fc-match")
def test_pages_are_numbered_paper_by_paper_where_there_are_several(tmp_path: Path) -> None:
    for papers, numbers in (
        ([LONG], ["1/3", "2/3", "3/3"]),
        ([SHORT], [""]),
        ([SHORT, LONG], ["", "1/3", "2/3", "3/3"]),
    ):
        pages = printed(pdf(papers, str), tmp_path)
        found = [re.search(r"—\s*(\d)\s*/\s*(\d)\s*—", page) for page in pages]

        assert ["/".join(match.groups()) if match else "" for match in found] == numbers


def test_word_numbers_its_pages_too() -> None:
    footer = docx.Document(io.BytesIO(word(SHORT, str))).sections[0].footer

    assert re.findall(r'w:instr="(\w+)"', footer._element.xml) == ["PAGE", "NUMPAGES"]


@pytest.mark.needs("pdftotext", "fc-match")
def test_a_character_no_font_has_is_marked_and_never_left_out(tmp_path: Path) -> None:
    text = Paragraph("甲\U0003fffd乙\u200b\ufe0f\U000e0100丙")
    page = printed(pdf([paper("rare", "\U0003fffd村", [text])], str), tmp_path)[0]

    assert page.count("〓") == 2
    assert "〓村" in page
    assert "甲〓乙" in page


def test_a_rare_character_is_taken_from_another_font(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = Path("first.ttf"), Path("second.ttf")
    has = {first: frozenset("汉村"), second: frozenset("䶮")}
    monkeypatch.setattr(fonts, "chinese_font", lambda: fonts.Font(first, 0))
    monkeypatch.setattr(fonts, "candidates", lambda: iter([first, second]))
    monkeypatch.setattr(fonts, "_usable_face", lambda path: 0)
    monkeypatch.setattr(fonts, "_characters", lambda font: has[font.path])

    assert fonts.fonts_for("汉村 ") == ((fonts.Font(first, 0),), frozenset())
    assert fonts.fonts_for("䶮村𠮷") == ((fonts.Font(first, 0), fonts.Font(second, 0)), frozenset("𠮷"))


def test_every_row_of_the_workbook_is_as_high_as_its_longest_text() -> None:
    names = [
        {"id": f"v{number}", "number": number, "name": "北京市朝阳区高碑店乡半壁店村股份经济合作社党总支部委员会"}
        for number in range(1, 8)
    ]
    dossier = dossier_under(RULES["sheet"], 1, {**DEFINITION, "organisations": names})
    book = result_book(replace(dossier, event=replace(dossier.event, title=TITLE * 2)), str)

    for sheet in book.sheets:
        high = heights(sheet)
        spans = {(row, first): last for row, first, _, last in sheet.merged}
        for (row, column), cell in sheet.cells.items():
            if isinstance(cell.value, str) and cell.value:
                size = TITLE_SIZE if cell.style == "title" else SIZE
                last = spans.get((row, column), column)
                room = sum(sheet.widths.get(at, 8.43) for at in range(column, last + 1)) * SIZE / size
                lines = sum(-(-cell_width(line) // max(room, 1)) for line in cell.value.split("\n"))
                assert high.get(row, 15.0) >= min(400, lines * size), (sheet.name, row, cell.value)
