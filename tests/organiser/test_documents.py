"""Papers opened with real readers: what they say is what the engine said, and no more than may be published."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

from judge_tui.cli.documents import documents
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Publication
from judge_tui.domain.ledger import Author, fingerprint
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator
from judge_tui.services.documents import fonts, made_known, results
from judge_tui.services.documents.bundle import papers_of, pieces, write_documents
from judge_tui.services.documents.dossier import Dossier, dossier_of_file
from judge_tui.services.documents.feedback import feedback, rectification
from judge_tui.services.documents.handing_out import blank_sheets, handouts
from judge_tui.services.documents.paper import Code, Grid, Heading, Listing, Paper, Part
from judge_tui.services.documents.pdf import pdf
from judge_tui.services.documents.plain import grid_csv, markdown
from judge_tui.services.documents.programme import readout
from judge_tui.services.documents.render import words
from judge_tui.services.documents.web import web_page
from judge_tui.services.documents.word import word
from judge_tui.services.table import closing
from tests.organiser.made_up import RULES, dossier_under
from tests.organiser.office_suite import convert
from tests.organiser.world import BY, World


@pytest.fixture
def dossier() -> Dossier:
    return dossier_under(RULES["trimmed"], 3)


def said(paper: Paper) -> str:
    return markdown(paper, str)


def protocol_parts(world: World) -> tuple[Part, ...]:
    return results.protocol(dossier_of_file(world.issued.organiser)).parts


def grid_of(paper: Paper) -> Grid:
    return next(part for part in paper.parts if isinstance(part, Grid))


def docx_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_the_summary_holds_every_place_and_score(dossier: Dossier) -> None:
    grid = grid_of(results.summary(dossier))
    heads = [words(item, str) for item in grid.heads]
    columns = {name: [row[place] for row in grid.rows] for place, name in enumerate(heads)}

    assert columns["Organisation"] == [item.name for item in dossier.result.standings]
    assert columns["Final score"] == [results.score_text(item) for item in dossier.result.standings]
    assert columns["Final score"][0] == dossier.result.standings[0].total_text


def test_what_withdrew_stays_on_the_list_without_a_score(dossier: Dossier) -> None:
    grid = grid_of(made_known.notice(dossier))
    row = next(row for row in grid.rows if "第6村" in row)

    assert words(row[0], str) == "withdrawn"
    assert row[-1] == ""


def test_a_provisional_result_says_so_on_every_paper(world: World) -> None:
    world.score("j1", world.all_marks(lambda place, number: "40"))
    world.collect()
    found = dossier_of_file(world.issued.organiser)

    silent = [item.name for item in (*papers_of(found), *feedback(found)) if "PROVISIONAL" not in said(item)]

    assert silent == []


def test_what_is_lacking_stands_on_the_protocol_judge_by_judge(world: World) -> None:
    world.score("j1", world.all_marks(lambda place, number: "40"))
    world.collect()
    listed = next(part for part in protocol_parts(world) if isinstance(part, Listing) and not part.numbered)

    assert [words(item, str) for item in listed.items][:2] == [
        f"评委{number}: 8 marks are missing, for 东岗村, 西岗村, 柳河村 and 1 more" for number in (2, 3)
    ]


def test_what_the_rules_could_not_do_stands_on_protocol_and_derivation(dossier: Dossier) -> None:
    note = msg("too few marks to drop the highest and lowest, so that all of them count: {names}", names="all")
    noted = replace(dossier, result=replace(dossier.result, notes=(note,)))
    silent = replace(dossier, result=replace(dossier.result, notes=()))

    for paper in (results.protocol, results.explanations):
        assert "so that all of them count: all" in said(paper(noted))
        assert "Noted with the result" not in said(paper(silent))


def test_a_laptop_that_waits_makes_every_paper_provisional(world: World, tmp_path: Path) -> None:
    copy = tmp_path / "copy.judge"
    shutil.copyfile(world.kit("j1"), copy)
    world.everyone_scores()
    world.collect()
    before = dossier_of_file(world.issued.organiser)
    shutil.move(copy, world.kit("j1"))
    world.score("j1", {("v1", "view"): "44"}, keys=tmp_path / "other")
    world.collect()
    after = dossier_of_file(world.issued.organiser)

    assert (before.provisional, after.provisional) == (False, True)
    assert "PROVISIONAL" in said(made_known.notice(after))


def test_a_sealed_result_carries_its_code_and_why_it_was_sealed_all_the_same(world: World) -> None:
    world.score("j1", world.all_marks(lambda place, number: "40"))
    world.collect()
    code = closing.seal(world.office, BY, override="领导同意先行封存")
    text = said(results.protocol(dossier_of_file(world.issued.organiser)))

    assert code.full in text
    assert "领导同意先行封存" in text


def test_why_it_was_revealed_early_stands_apart_from_why_it_was_sealed(world: World) -> None:
    world.score("j1", world.all_marks(lambda place, number: "40"))
    world.collect()
    world.office.say(("override", {"what": "reveal", "lacks": [], "reason": "嘉宾须先行离场", "by": ["主持人"]}))
    closing.seal(world.office, BY, override="领导同意先行封存")
    parts = {
        words(part.text, str): listed for part, listed in pairwise(protocol_parts(world)) if isinstance(part, Heading)
    }

    assert parts["Sealed all the same, because"] == Listing(("领导同意先行封存",))
    assert parts["Revealed before it was final, because"] == Listing(("嘉宾须先行离场",))


def test_the_reason_of_an_earlier_seal_goes_with_it(world: World) -> None:
    closing.seal(world.office, BY, override="领导同意先行封存")
    world.everyone_scores()
    world.collect()
    closing.seal(world.office, BY, checked="两人复核无误")
    text = said(results.protocol(dossier_of_file(world.issued.organiser)))

    assert "领导同意先行封存" not in text


@pytest.mark.parametrize(
    ("shows", "hidden"),
    [
        (Publication(scores=False), "score"),
        (Publication(places=False), "place"),
    ],
)
def test_the_notice_and_the_feedback_tell_no_more_than_is_published(
    dossier: Dossier, shows: Publication, hidden: str
) -> None:
    quiet = replace(dossier, event=replace(dossier.event, publication=shows))
    best = dossier.result.standings[0]
    public = [made_known.notice(quiet), *feedback(quiet)]
    text = "\n".join(said(item) for item in public)

    assert (best.total_text in text) is (hidden != "score")
    assert bool(re.search(r"place 1\b", text)) is (hidden != "place")


def test_feedback_names_no_judge(dossier: Dossier) -> None:
    text = "\n".join(said(item) for item in feedback(dossier))

    assert not [judge.name for judge in dossier.event.judges if judge.name in text]
    assert "思路清、亮点多。" in text


def test_what_a_checklist_found_becomes_a_list_to_put_right(dossier: Dossier) -> None:
    paper = rectification(dossier)
    assert paper is not None
    first = grid_of(paper).rows[0]

    assert first[1:4] == ("第1村", "台账", "少会议记录")
    assert first[4] == "3"
    assert int(str(first[5])) >= 1


def test_a_contest_without_checklists_has_nothing_to_put_right(full: World) -> None:
    assert rectification(dossier_of_file(full.issued.organiser)) is None


def test_word_papers_open_and_hold_the_same_words(dossier: Dossier) -> None:
    for paper in papers_of(dossier):
        text = docx_text(word(paper, str))
        grids = [part for part in paper.parts if isinstance(part, Grid)]

        assert words(paper.title, str) in text
        assert all(words(cell, str) in text for grid in grids for row in grid.rows for cell in row)


def test_chinese_word_papers_name_a_chinese_font(dossier: Dossier) -> None:
    translator.switch("zh")
    data = word(made_known.notice(dossier), translator.render)
    document = docx.Document(io.BytesIO(data))

    assert document.paragraphs[0].text == "关于公式试验“擂台赛”结果的公示"
    assert "仿宋" in document.styles["Normal"].element.xml
    assert "现将结果公示如下" in docx_text(data)


def test_csv_has_a_mark_for_excel_and_nothing_that_runs() -> None:
    grid = Grid(("单位", "点评"), (("东岗村", '=HYPERLINK("x")'), ("西岗村", "-1.5"), ("柳河村", "@SUM(A1)")))
    text = grid_csv(grid, str)
    rows = list(csv.reader(io.StringIO(text)))

    assert rows[1][1] == '\'=HYPERLINK("x")'
    assert rows[2][1] == "-1.5"
    assert rows[3][1].startswith("'@")
    assert text.endswith("\r\n")


def test_json_is_the_ranking_itself(dossier: Dossier) -> None:
    data = next(item for item in pieces(dossier, str, "en", ["json"])).make()
    read = json.loads(data)

    assert [item["total"] for item in read["organisations"]] == [
        item.total_text or None for item in dossier.result.standings
    ]


class Page(HTMLParser):
    """Collects the texts, and everything that would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.fetched: list[str] = []
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [
            value or "" for name, value in attrs if name in ("src", "href") and not (value or "").startswith("#")
        ]
        if tag not in ("meta", "rect", "path", "img", "br"):
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.opened and self.opened[-1] == tag:
            self.opened.pop()

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_web_page_needs_nothing_else_and_closes_what_it_opens(dossier: Dossier) -> None:
    papers = [*papers_of(dossier), *feedback(dossier)]
    page = Page()
    text = web_page("公式<试验>", papers, str, "zh")
    page.feed(text)

    assert page.fetched == []
    assert page.opened == []
    assert "<script" not in text
    assert "公式&lt;试验&gt;" in text
    assert dossier.result.standings[0].total_text in page.texts


def test_the_web_page_begins_with_the_result_and_folds_the_links_to_the_feedback(dossier: Dossier) -> None:
    page = next(item for item in pieces(dossier, str, "en", ["html"])).make().decode()
    links = page[page.index("<nav>") : page.index("</nav>")]

    assert page.index('<section id="summary">') < page.index('<section id="protocol">')
    assert ">Summary of results</a>" in links
    assert f"<summary>Feedback for ({len(feedback(dossier))})</summary>" in links


def test_markdown_leaves_names_as_they_are(dossier: Dossier) -> None:
    renamed = replace(dossier.result.standings[0], name="|村*[a](b)")
    other = replace(dossier, result=replace(dossier.result, standings=(renamed, *dossier.result.standings[1:])))

    assert "\\|村\\*\\[a\\](b)" in said(results.summary(other))


def test_documents_are_written_once_and_never_over_others(dossier: Dossier, tmp_path: Path) -> None:
    told: list[int] = []
    written = write_documents(
        dossier, tmp_path / "out", str, "en", formats=["md", "csv"], on_written=lambda path, done, of: told.append(done)
    )

    assert told == list(range(1, len(written) + 1))
    with pytest.raises(JudgeTuiError, match="EXISTS"):
        write_documents(dossier, tmp_path / "out", str, "en", formats=["csv"])
    assert not list((tmp_path / "out").glob("*.part"))


def test_an_unknown_format_is_named(dossier: Dossier) -> None:
    with pytest.raises(JudgeTuiError, match="FORMAT"):
        pieces(dossier, str, "en", ["odt"])


def test_the_command_writes_everything_from_an_organisers_file(full: World, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        documents, [str(full.issued.organiser), "--out", str(tmp_path / "out"), "--format", "xlsx", "--format", "html"]
    )

    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["results.html", "results.xlsx"]


def test_without_a_chinese_font_a_pdf_says_what_to_do(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fonts.chinese_font.cache_clear()
    monkeypatch.setattr(fonts, "font_folders", lambda: (tmp_path,))
    try:
        with pytest.raises(JudgeTuiError, match="NO_FONT"):
            pdf([results.summary(dossier)], str)
    finally:
        fonts.chinese_font.cache_clear()


def test_what_can_be_written_is_written_before_a_missing_font_is_said(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fonts.chinese_font.cache_clear()
    monkeypatch.setattr(fonts, "font_folders", lambda: (tmp_path,))
    try:
        with pytest.raises(JudgeTuiError, match="NO_FONT"):
            write_documents(dossier, tmp_path / "out", str, "en", formats=["pdf", "csv"])
    finally:
        fonts.chinese_font.cache_clear()

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["results.csv"]


@pytest.mark.needs("pdftotext", "fc-match")
def test_a_pdf_shows_every_chinese_name(dossier: Dossier, tmp_path: Path) -> None:
    translator.switch("zh")
    path = tmp_path / "summary.pdf"
    path.write_bytes(pdf([results.summary(dossier), results.protocol(dossier)], translator.render))
    text = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode()

    assert "公式试验“擂台赛”成绩汇总表" in text
    assert all(item.name in text for item in dossier.result.standings)
    assert all(item.total_text in text for item in dossier.result.standings if item.rank)


@pytest.mark.needs("soffice", "pdftotext")
def test_word_papers_become_pages_in_libreoffice(dossier: Dossier, tmp_path: Path) -> None:
    translator.switch("zh")
    path = tmp_path / "protocol.docx"
    path.write_bytes(word(results.protocol(dossier), translator.render))
    made = convert([path], "pdf", tmp_path / "office")[0]
    text = subprocess.run(["pdftotext", "-layout", str(made), "-"], capture_output=True, check=True).stdout.decode()

    assert "结果确认书" in text
    assert all(item.name in text for item in dossier.result.standings)


def test_blank_sheets_follow_the_screens_order_and_words(dossier: Dossier) -> None:
    sheets = blank_sheets(dossier.event)
    grid = grid_of(sheets[0])

    assert len(sheets) == len(dossier.event.judges)
    assert [words(item, str) for item in grid.heads] == [
        "No.",
        "Organisation",
        "村容 (100 points)",
        "评议 (优秀/良好/合格)",
        "汇报 (100 points)",
        "1. 少会议记录: tick",
        "2. 缺签到: tick",
        "Note",
    ]
    assert [row[1] for row in grid.rows] == [item.name for item in dossier.event.organisations]
    assert {cell for row in grid.rows for cell in row[2:]} == {""}
    assert "0~100 points, step 0.5" in said(sheets[0])


def test_each_handout_names_the_file_and_the_digits_of_its_kit(world: World) -> None:
    now = world.office.project()
    papers = handouts(now, "ring-2021q4")
    digits = {fingerprint(Author(bytes.fromhex(kit))) for kit in now.authority.kits.values()}

    assert all(f"ring-2021q4-j{number}.judge" in said(item) for number, item in enumerate(papers, 1))
    assert {next(part.digits for part in item.parts if isinstance(part, Code)) for item in papers} == digits


def test_the_command_prints_sheets_and_handouts(world: World, tmp_path: Path) -> None:
    run = CliRunner().invoke
    sheets = run(documents, [str(world.issued.organiser), "--out", str(tmp_path), "--sheets", "--format", "docx"])
    slips = run(documents, [str(world.issued.organiser), "--out", str(tmp_path), "--handouts", "--format", "docx"])

    assert (sheets.exit_code, slips.exit_code) == (0, 0)
    assert len(list((tmp_path / "sheets").glob("*.docx"))) == 3
    assert len(list((tmp_path / "handouts").glob("*.docx"))) == 3


def test_comments_of_any_length_and_kind_can_be_printed(dossier: Dossier) -> None:
    first, second, *_ = dossier.event.organisations
    comments = {first.id: ("长" * 3_000 + "\n短" * 300,), second.id: ("x" * 4_000,)}
    made = replace(dossier, comments=comments)

    papers = [paper for paper in (readout(made), results.summary(made)) if paper is not None]
    assert len(papers) == 2
    assert pdf(papers, translator.render)
