"""What is made known and what is counted: notice and circular, classes told apart, grades read out, ballots in the protocol."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Publication
from judge_tui.domain.numbers import round_half_up
from judge_tui.domain.rules import Award, AwardKind
from judge_tui.i18n import Translator
from judge_tui.services.documents import charts, made_known, results
from judge_tui.services.documents.bundle import paper_pieces, papers_of, pieces
from judge_tui.services.documents.dossier import Dossier
from judge_tui.services.documents.handing_out import blank_sheets
from judge_tui.services.documents.paper import Grid, Paper, Paragraph, Signatures
from judge_tui.services.documents.plain import markdown
from judge_tui.services.documents.programme import readout
from judge_tui.services.documents.render import words
from judge_tui.services.documents.workbook import result_book
from judge_tui.services.documents.workbook.printed import MOST_ACROSS, printed
from tests.organiser.made_up import DEFINITION, RULES, appraisal, dossier_under, event_of

ZH = Translator("zh").render


@pytest.fixture
def dossier() -> Dossier:
    return dossier_under(RULES["trimmed"], 3)


def final(dossier: Dossier) -> Dossier:
    """With nothing lacking."""
    return replace(dossier, result=replace(dossier.result, lacks=()), doubts=())


def grids(paper: Paper) -> list[Grid]:
    return [part for part in paper.parts if isinstance(part, Grid)]


def heads(grid: Grid) -> list[str]:
    return [words(item, str) for item in grid.heads]


def test_a_circular_is_set_as_offices_set_it(dossier: Dossier) -> None:
    made = made_known.circular(final(dossier))
    lines = [part for part in made.parts if isinstance(part, Paragraph)]

    assert words(made.title, ZH) == "关于公式试验“擂台赛”结果的通报"
    assert (words(lines[0].text, ZH), lines[0].indented) == ("各参评单位：", False)
    assert words(lines[1].text, ZH).startswith("2021年12月20日，某镇举行了公式试验“擂台赛”，共有7个参评。")
    assert [words(line.text, ZH) for line in lines[-3:]] == ["特此通报。", "某镇", "____年__月__日"]
    assert [line.right for line in lines[-3:]] == [False, True, True]
    assert "circular" in [item.name for item in papers_of(dossier)]


def test_a_circular_names_winners_and_keeps_back_what_is_not_announced(dossier: Dossier) -> None:
    best, worst = dossier.result.standings[0], dossier.result.standings[4]
    given = {best.organisation: ("first",), worst.organisation: ("black",)}
    awards = (
        Award("first", "一等奖", AwardKind.PRIZE, quota=1),
        Award("black", "黄旗", AwardKind.LIST, bottom=1),
    )
    event = replace(dossier.event, awards=awards, publication=Publication(bottom=False))
    standings = tuple(replace(item, awards=given.get(item.organisation, ())) for item in dossier.result.standings)
    quiet = replace(dossier, event=event, result=replace(dossier.result, standings=standings))
    said = markdown(made_known.circular(quiet), ZH)

    assert f"一等奖（1名）：{best.name}" in said
    assert "黄旗" not in said


def test_rehearsal_marks_stand_on_what_is_made_known_too(dossier: Dossier) -> None:
    sound = replace(final(dossier), rehearsal=True)

    assert not sound.provisional
    for made in (made_known.notice(sound), made_known.circular(sound)):
        assert "REHEARSAL" in markdown(made, str)


def test_classes_that_are_ranked_apart_are_told_apart_in_every_table() -> None:
    dossier = dossier_under(RULES["classes"], 2)
    classes = {item.name: item.division for item in dossier.event.organisations}

    for made in (results.summary(dossier), results.protocol(dossier), made_known.notice(dossier)):
        grid = grids(made)[0]
        name, division = heads(grid).index("Organisation"), heads(grid).index("Division")
        assert {row[name]: row[division] for row in grid.rows} == classes


def test_grades_are_read_out_where_no_scores_are(dossier: Dossier) -> None:
    award = Award("good", "良好", AwardKind.GRADE)
    event = replace(dossier.event, awards=(award,), publication=Publication(scores=False, places=False))
    standings = tuple(replace(item, awards=("good",)) for item in dossier.result.standings)
    made = readout(replace(dossier, event=event, result=replace(dossier.result, standings=standings)))

    assert made is not None
    assert heads(grids(made)[0]) == ["No.", "Organisation", "Grade", "Comments"]
    assert {row[2] for row in grids(made)[0].rows} == {"良好"}


def test_the_protocol_of_an_anonymous_appraisal_holds_every_count_and_its_tellers_sign() -> None:
    dossier = appraisal()
    made = results.protocol(dossier)
    counted = grids(made)[-1]
    names, groups = dossier.event.organisation_by_id, dossier.event.group_by_id

    assert heads(counted)[2:] == ["Issued", "Returned", "Valid", "Abstained", "优秀", "称职", "不称职"]
    assert set(counted.rows) == {
        (
            names[item.organisation].name,
            groups[item.group].name,
            *map(str, (item.issued, item.returned, item.valid, item.abstained, *dict(item.counts).values())),
        )
        for item in dossier.ballots.tallies
    }
    signing = next(part for part in made.parts if isinstance(part, Signatures))
    assert {"计票人", "监票人"} <= {words(role, ZH) for role in signing.roles}


def test_a_protocol_without_judges_does_not_count_them() -> None:
    dossier = appraisal()
    nobody = replace(dossier, event=replace(dossier.event, judges=()))

    assert "评委0" not in markdown(results.protocol(nobody), ZH)


def test_how_a_score_came_about_is_told_once(dossier: Dossier) -> None:
    said = markdown(results.explanations(dossier), str)

    for item in dossier.result.standings:
        assert item.separated is None or said.count(f"{item.separated}\n") <= sum(
            str(step.text) == str(item.separated) for other in dossier.result.standings for step in other.steps
        )


def test_criteria_of_different_full_marks_stand_on_one_scale(dossier: Dossier) -> None:
    chart = charts.criteria_chart(dossier)
    given = [value for (_, _, criterion), value in dossier.counted.items() if criterion == "files"]

    assert chart is not None
    bar = next(bar for bar in chart.bars if bar.name == "台账")
    assert (bar.low, bar.high) == pytest.approx((min(given) / 200, max(given) / 200))
    assert chart.ends == ("0%", "100%")


@pytest.mark.parametrize(
    ("date", "en", "zh"),
    [
        ("2021-12-20", "20 December 2021", "2021年12月20日"),
        ("2025-06-08", "8 June 2025", "2025年6月8日"),
        ("6月8日", "6月8日", "6月8日"),
        ("2025-13-01", "2025-13-01", "2025-13-01"),
    ],
)
def test_dates_are_written_as_people_write_them(dossier: Dossier, date: str, en: str, zh: str) -> None:
    text = results.date_text(replace(dossier.event, date=date))

    assert (words(text, str), words(text, ZH)) == (en, zh)


def test_an_anonymous_ballot_has_no_place_for_a_name_and_a_count_for_two_tellers() -> None:
    event = replace(appraisal().event, judges=())
    papers = {item.name: item for item in blank_sheets(event)}
    villages = [item.name for item in event.organisations]

    assert list(papers) == ["ballot-poll-leaders", "count-poll-leaders", "ballot-poll-cadres", "count-poll-cadres"]
    ballot, count = papers["ballot-poll-leaders"], papers["count-poll-leaders"]
    assert heads(grids(ballot)[0]) == ["No.", "Organisation", "优秀", "称职", "不称职"]
    assert heads(grids(count)[0])[2:6] == ["Issued", "Returned", "Valid", "Abstained"]
    assert [row[1] for row in grids(ballot)[0].rows] == [row[1] for row in grids(count)[0].rows] == villages
    assert not any(isinstance(part, Signatures) for part in ballot.parts)
    assert "____" not in markdown(ballot, str)


def test_where_no_judge_scores_there_is_nothing_to_print_and_that_is_said() -> None:
    with pytest.raises(JudgeTuiError, match="NO_PAPERS"):
        paper_pieces([], "sheets", str, ["pdf"])


def test_points_without_weights_have_a_column_for_their_sum() -> None:
    criteria = [{"id": key, "name": key, "max": 50} for key in "ab"]
    plain = event_of(RULES["sheet"], {**DEFINITION, "phases": [], "criteria": criteria, "adjustments": []})
    weighted = replace(plain, criteria=tuple(replace(item, weight=Fraction(2)) for item in plain.criteria))

    assert heads(grids(blank_sheets(plain)[0])[0])[2:] == ["a (50 points)", "b (50 points)", "Sheet total", "Note"]
    assert "Sheet total" not in heads(grids(blank_sheets(weighted)[0])[0])


@pytest.mark.parametrize("rules", ["trimmed", "groups by criterion"])
def test_the_tabulation_on_paper_holds_every_figure_of_the_workbook(rules: str) -> None:
    dossier = dossier_under(RULES[rules], 4)
    book = result_book(dossier, str)

    for sheet, made in zip(book.sheets, printed(book.sheets, "x", 2), strict=True):
        cells = [cell for grid in grids(made) for row in grid.rows for cell in row]
        for (row, column), cell in sheet.cells.items():
            if row >= sheet.heads and column not in sheet.hidden and isinstance(cell.value, Fraction):
                near = round_half_up(cell.value, 2 if cell.style == "total" else 3)
                assert any(value == near for value in map(number_in, map(str, cells))), (sheet.name, row, column)


def number_in(text: str) -> Fraction | None:
    """The number that a cell shows, behind a grade in brackets too."""
    found = re.search(r"-?\d+(?:\.\d+)?(?=\)?$)", text)
    return Fraction(found[0]) if found else None


def test_many_judges_stand_in_several_tables_each_with_the_names() -> None:
    judges = [{"id": f"j{number}", "name": f"评委{number:02d}"} for number in range(1, 31)]
    dossier = dossier_under(
        RULES["sheet"], 5, {**DEFINITION, "groups": [{"id": "all", "name": "全体", "judges": judges}]}
    )
    sheet = next(
        item for item in result_book(dossier, str).sheets if any(c.value == "评委30" for c in item.cells.values())
    )
    tables = grids(printed([sheet], "x", 2)[0])
    shown = [head for table in tables for head in heads(table)]

    assert len(tables) >= 3
    assert all(f"评委{number:02d}" in shown for number in range(1, 31))
    assert all([row[1] for row in table.rows] == [row[1] for row in tables[0].rows] for table in tables)
    assert max(len(table.heads) for table in tables) <= MOST_ACROSS + 2


def test_every_table_of_the_workbook_is_among_the_pdfs(dossier: Dossier) -> None:
    assert {"tabulation.pdf", "judges.pdf"} <= {item.name for item in pieces(dossier, str, "en", ["pdf"])}
    assert "judges.pdf" not in {
        item.name
        for item in pieces(replace(appraisal(), event=replace(appraisal().event, judges=())), str, "en", ["pdf"])
    }


def test_where_nobody_is_ranked_no_places_are_printed(dossier: Dossier) -> None:
    event = replace(dossier.event, awards=(), publication=Publication(scores=False, places=False, bottom=False))
    names = {item.name for item in pieces(replace(dossier, event=event), str, "en", ["pdf"])}

    assert "judges.pdf" in names
    assert not names & {"tabulation.pdf", "summary.pdf"}


def test_numbers_are_the_running_order_only_beside_places(dossier: Dossier) -> None:
    silent = replace(dossier, event=replace(dossier.event, publication=Publication(places=False)))

    assert "Running order" in heads(results.ranking_grid(dossier, whole=False))
    assert heads(results.ranking_grid(silent, whole=False))[0] == "No."


def test_the_workbooks_ranking_tells_classes_apart() -> None:
    dossier = dossier_under(RULES["classes"], 2)
    sheet = result_book(dossier, str).sheets[0]
    classes = {item.name: item.division for item in dossier.event.organisations}

    assert sheet.cells[2, 5].value == "Division"
    assert {
        sheet.cells[3 + row, 2].value: sheet.cells[3 + row, 5].value for row in range(len(dossier.result.standings))
    } == classes
