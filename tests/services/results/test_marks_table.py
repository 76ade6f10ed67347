"""Spreadsheets of marks and adjustments as people really save them: encodings, headings, gaps, slips, each named with its row."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.domain.errors import DefinitionError, JudgeTuiError, MarksFileError
from judge_tui.domain.tabulation.inputs import MarkState
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.services.results.adjustments_table import read_adjustments
from judge_tui.services.results.marks_table import read_marks
from judge_tui.services.results.ranking import rank_file, rank_table
from judge_tui.services.results.tables import heading_key

OPEN = """
[event]
title = "擂台赛"
[[criteria]]
name = "汇报"
max = 100
"""

LISTED = """
[event]
title = "擂台赛"
organisations = ["才头村", "张　三", "曹田前村"]
[[groups]]
id = "lead"
name = "班子成员"
judges = ["评委01", "评委02"]
[[groups]]
id = "cadre"
name = "中层干部"
judges = ["评委11"]
[[phases]]
id = "visit"
name = "观摩"
[[phases]]
id = "talk"
name = "述职"
[[criteria]]
id = "look"
name = "得分项"
phase = "visit"
max = 50
[[criteria]]
id = "speak"
name = "得分项"
phase = "talk"
max = 50
groups = ["lead"]
"""


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def totals(
    folder: Path, marks: str, definition: str = OPEN, encoding: str = "utf-8", adjustments: str = ""
) -> dict[str, str]:
    extra = write(folder, "a.csv", adjustments) if adjustments else None
    ranking = rank_table(write(folder, "d.toml", definition), write(folder, "m.csv", marks, encoding), extra)
    return {item.name: item.total_text for item in ranking.result.standings}


def problems(folder: Path, marks: str, definition: str = OPEN, adjustments: str = "") -> list[tuple[int, str, str]]:
    with pytest.raises(MarksFileError) as error:
        totals(folder, marks, definition, adjustments=adjustments)
    return [(problem.line, problem.where, str(problem.message)) for problem in error.value.problems]


CHINESE = "评委,参评单位,得分\n评委01,才头村,90\n评委02,才头村,80\n评委01,曹田前村,70\n评委02,曹田前村,75\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_that_excel_and_wps_write(encoding: str, tmp_path: Path) -> None:
    assert totals(tmp_path, CHINESE, encoding=encoding) == {"才头村": "85.00", "曹田前村": "72.50"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_separator_and_line_end(separator: str, tmp_path: Path) -> None:
    text = CHINESE.replace(",", separator).replace("\n", "\r\n")

    assert totals(tmp_path, text) == {"才头村": "85.00", "曹田前村": "72.50"}


@pytest.mark.parametrize(
    "heading",
    [
        "judge,organisation,score",
        "Judge, Contestant ,SCORE",
        "评委,单位,得分",
        "评 委,村,分数（分）",
        "评委姓名,选手,成绩",
        "judge,组织,分值",
        "Judge ID,Contestant Name,Points",
        "评委号,姓名,打分",
    ],
)
def test_headings_in_both_languages(heading: str, tmp_path: Path) -> None:
    assert totals(tmp_path, f"{heading}\nj,a,9\n") == {"a": "9.00"}


def test_full_marks_beside_the_marks_are_not_taken_for_them(tmp_path: Path) -> None:
    assert totals(tmp_path, "评委,单位,评分项,分值,打分\nj,a,汇报,100,85\n") == {"a": "85.00"}


def test_a_speaker_is_not_his_employer(tmp_path: Path) -> None:
    assert totals(tmp_path, "评委,单位,选手,得分\nj,镇政府,a,85\nj,镇政府,b,84\n") == {"a": "85.00", "b": "84.00"}


def test_what_excel_puts_around_a_text_is_not_part_of_it(tmp_path: Path) -> None:
    assert totals(tmp_path, '评委,单位,得分\n="评委01",\u200ba\u00a0,\'85\nj2,a,="87"\n,,\n制表：,,\n') == {
        "a": "86.00"
    }


def test_a_number_written_without_its_zeros_is_the_same_judge(tmp_path: Path) -> None:
    definition = OPEN.replace(
        "[[criteria]]", 'organisations = ["甲", "乙"]\njudges = ["评委01", "评委02"]\n[[criteria]]'
    )
    text = "评委,单位,得分\n评委1,第1号,80\n2,1,90\n01,乙,70\n评委002,2号,60\n"

    assert totals(tmp_path, text, definition) == {"甲": "85.00", "乙": "65.00"}


def test_a_phase_of_another_event_is_named(tmp_path: Path) -> None:
    text = "评委,单位,环节,评分项,得分\n评委01,才头村,决赛,speak,40\n"

    assert problems(tmp_path, text, LISTED) == [(2, "phase", "there is no phase “决赛”")]


def test_a_heading_is_compared_without_case_spaces_and_units() -> None:
    assert heading_key(" Judge-Group ") == "judge_group"
    assert heading_key("得　分（满分100）") == "得分"


def test_columns_in_any_order_with_others_between(tmp_path: Path) -> None:
    text = "备注,score,case,contestant,order,judge\n好,8,x,a,2,j\n,9,x,b,1,j\n"

    ranking = rank_table(write(tmp_path, "d.toml", OPEN), write(tmp_path, "m.csv", text))

    assert [(item.name, item.number, item.total_text) for item in ranking.result.standings] == [
        ("b", 1, "9.00"),
        ("a", 2, "8.00"),
    ]


def test_organisations_come_in_order_of_appearance_where_no_order_is_given(tmp_path: Path) -> None:
    event, _ = read_marks(
        load_definition(write(tmp_path, "d.toml", OPEN)),
        write(tmp_path, "m.csv", "judge,contestant,score\nj,乙,1\nj,甲,2\n"),
    )

    assert [(item.number, item.name) for item in event.organisations] == [(1, "乙"), (2, "甲")]


@pytest.mark.parametrize(
    ("word", "state"),
    [("缺席", "absent"), ("回避", "recused"), ("Absent", "absent"), ("", "blank"), ("退出", "withdrawn")],
)
def test_words_for_marks_that_are_none(word: str, state: str, tmp_path: Path) -> None:
    _, ballots = read_marks(
        load_definition(write(tmp_path, "d.toml", OPEN)),
        write(tmp_path, "m.csv", f"judge,contestant,score\nj,a,{word}\nj,b,0\n"),
    )

    assert [row.state for row in ballots.rows] == [MarkState(state), MarkState.GIVEN]
    assert [row.value for row in ballots.rows] == [None, 0]


def test_full_width_digits_and_the_chinese_full_stop_are_understood(tmp_path: Path) -> None:
    assert totals(tmp_path, "judge,contestant,score\nj,a,９５。５分\n") == {"a": "95.50"}


def test_a_decimal_comma_only_in_files_of_semicolons(tmp_path: Path) -> None:
    assert totals(tmp_path, "judge;contestant;score\nj;a;7,5\n") == {"a": "7.50"}
    assert problems(tmp_path, 'judge,contestant,score\nj,a,"7,5"\n') == [(2, "score", "“7,5” is not a number")]


def test_every_wrong_row_is_named_at_once(tmp_path: Path) -> None:
    text = "judge,contestant,score\nj,a,101\nj,b,-1\nj,c,9.1234\nj,d,abc\nj,d,5\n,e,5\nj,,5\nj,f,5\nj,f,6\n"

    assert problems(tmp_path, text) == [
        (2, "score", "“101” is outside the criterion's range"),
        (3, "score", "“-1” is outside the criterion's range"),
        (4, "score", "“9.1234” has more than three decimals"),
        (5, "score", "“abc” is not a number"),
        (6, "score", "this mark stands in row 5 already"),
        (7, "judge", "no judge is named"),
        (8, "organisation", "no organisation is named"),
        (10, "score", "this mark stands in row 9 already"),
    ]


def test_the_row_of_a_quoted_cell_over_two_lines_is_counted_as_an_editor_does(tmp_path: Path) -> None:
    text = 'judge,contestant,score,备注\nj,a,5,"两\n行"\nj,b,x,\n'

    assert problems(tmp_path, text) == [(4, "score", "“x” is not a number")]


def test_ids_names_and_numbers_and_spaced_names_mean_the_same(tmp_path: Path) -> None:
    rows = "".join(
        f"{judge},{organisation},{phase},得分项,{score}\n"
        for judge, organisation, phase, score in (
            ("评委01", "1", "观摩", 40),
            ("评委01", "才头村", "talk", 40),
            ("评委02", "才头村", "visit", 40),
            ("评委02", "才头村", "述职", 40),
            ("评委11", "才头村", "观摩", 40),
            ("评委01", "张三", "visit", 10),
            ("评委01", "2", "talk", 10),
        )
    )
    event, ballots = read_marks(
        load_definition(write(tmp_path, "d.toml", LISTED)),
        write(tmp_path, "m.csv", f"judge,organisation,phase,criterion,score\n{rows}"),
    )

    assert {row.organisation for row in ballots.rows} == {event.organisations[0].id, event.organisations[1].id}
    assert [row.criterion for row in ballots.rows][:2] == ["look", "speak"]


def test_an_unknown_organisation_is_an_error_with_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(MarksFileError) as error:
        totals(tmp_path, "judge,单位,phase,score\n评委01,曹田村,visit,5\n", LISTED)

    assert "did you mean “曹田前村”?" in str(error.value.problems[0].hint)


def test_an_unknown_judge_is_no_error_but_named_and_not_counted(tmp_path: Path) -> None:
    text = "judge,单位,criterion,score\n评委01,才头村,look,5\n路人,才头村,look,50\n"

    ranking = rank_table(write(tmp_path, "d.toml", LISTED), write(tmp_path, "m.csv", text))

    assert [lack.judge for lack in ranking.result.lacks if lack.code == "unknown_judge"] == ["路人"]
    assert [row.judge for row in ranking.ballots.rows] == ["评委01", "路人"]


def test_a_judge_in_the_wrong_group_is_an_error(tmp_path: Path) -> None:
    text = "judge,group,单位,criterion,score\n评委01,中层干部,才头村,look,5\n"

    assert problems(tmp_path, text, LISTED) == [(2, "group", "评委01 is not in the group “中层干部”")]


GROUPS = """
[event]
title = "t"
[[groups]]
id = "a"
name = "A"
[[groups]]
id = "b"
name = "B"
[[criteria]]
name = "p"
max = 10
groups = ["a"]
[[criteria]]
name = "q"
max = 10
groups = ["b"]
[tabulation]
combine = "criterion"
"""


def test_the_group_is_plain_where_only_one_scores_the_criterion(tmp_path: Path) -> None:
    event, _ = read_marks(
        load_definition(write(tmp_path, "d.toml", GROUPS)),
        write(tmp_path, "m.csv", "judge,contestant,criterion,score\nx,o,p,5\ny,o,q,5\n"),
    )

    assert [(item.name, item.group, item.criteria) for item in event.judges] == [("x", "a", ("p",)), ("y", "b", ("q",))]


def test_one_name_in_two_groups_is_two_judges(tmp_path: Path) -> None:
    event, ballots = read_marks(
        load_definition(write(tmp_path, "d.toml", GROUPS)),
        write(tmp_path, "m.csv", "judge,judge_group,contestant,criterion,score\nx,A,o,p,5\nx,B,o,q,6\n"),
    )

    assert [item.id for item in event.judges] == ["a-x", "b-x"]
    assert [row.judge for row in ballots.rows] == ["a-x", "b-x"]


def test_a_group_that_may_not_score_a_criterion_is_an_error(tmp_path: Path) -> None:
    text = "judge,group,contestant,criterion,score\nx,A,o,q,5\nx,C,o,p,5\n"

    assert problems(tmp_path, text, GROUPS) == [
        (2, "group", "“q” is not scored by the group “A”"),
        (3, "group", "there is no group “C”"),
    ]


def test_groups_come_from_the_file_where_the_definition_has_none(tmp_path: Path) -> None:
    event, _ = read_marks(
        load_definition(write(tmp_path, "d.toml", OPEN)),
        write(tmp_path, "m.csv", "judge,评委组,contestant,score\nx,班子成员,o,5\ny,中层干部,o,5\n"),
    )

    assert [group.name for group in event.groups] == ["班子成员", "中层干部"]


def test_a_judge_without_any_mark_in_a_criterion_has_a_gap_and_no_smaller_sheet(tmp_path: Path) -> None:
    """The definition names nobody; the third judge forgot Q altogether. 40 is not averaged with 80 and 80."""
    definition = '[event]\ntitle = "t"\n[[criteria]]\nname = "P"\nmax = 50\n[[criteria]]\nname = "Q"\nmax = 50\n'
    marks = "评委,单位,评分项,得分\n1,甲,P,40\n1,甲,Q,40\n2,甲,P,40\n2,甲,Q,40\n3,甲,P,40\n"

    ranking = rank_table(write(tmp_path, "d.toml", definition), write(tmp_path, "m.csv", marks))

    assert [(lack.code, lack.judge, lack.criterion) for lack in ranking.result.lacks] == [("missing", "3", "Q")]
    assert ranking.result.standings[0].total_text == "80.00"
    assert totals(tmp_path, marks, definition + '[tabulation]\ncombine = "criterion"\n') == {"甲": "80.00"}


def test_an_unknown_criterion_is_an_error(tmp_path: Path) -> None:
    text = "judge,contestant,criterion,score\nx,o,汇抱,5\n"

    assert problems(tmp_path, text) == [(2, "criterion", "there is no criterion “汇抱”")]


def test_several_contests_in_one_file_need_a_choice(tmp_path: Path) -> None:
    text = "case,judge,contestant,score\n一,x,a,5\n二,x,b,6\n"
    definition, marks = write(tmp_path, "d.toml", OPEN), write(tmp_path, "m.csv", text)

    assert [item.name for item in rank_table(definition, marks, None, "二").result.standings] == ["b"]
    for case, word in (("", "holds 2 contests"), ("三", "there is no “三”")):
        with pytest.raises(MarksFileError, match="problem") as error:
            rank_table(definition, marks, None, case)
        assert word in str(error.value.problems[0].message)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "the file is empty"),
        ("hello", "there is no column “organisation”"),
        ("judge,contestant\nx,a\n", "there is no column “score”"),
        ("contestant,score\na,5\n", "there is no column “judge”"),
        ("PK\x03\x04rest", "is a workbook, not a CSV file"),
    ],
)
def test_a_file_that_is_no_table_of_marks(text: str, word: str, tmp_path: Path) -> None:
    assert word in [found[2] for found in problems(tmp_path, text)]


def test_the_only_judge_need_not_be_named(tmp_path: Path) -> None:
    one = OPEN.replace("[[criteria]]", 'judges = ["检查组"]\n[[criteria]]')

    assert totals(tmp_path, "单位,得分\n才头村,85\n曹田前村,90\n", one) == {"曹田前村": "90.00", "才头村": "85.00"}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(JudgeTuiError) as error:
        rank_table(write(tmp_path, "d.toml", OPEN), tmp_path / "none.csv")

    assert error.value.code == "NO_FILE"


GRADES = """
[event]
title = "测评"
[[criteria]]
name = "g"
method = "grades"
anonymous = ANONYMOUS
grades = { "优秀" = 100, "良好" = 80, "合格" = 60 }
"""


def test_grades_by_name(tmp_path: Path) -> None:
    text = "judge,contestant,score\nx,a,优秀\ny,a,良好\n"

    assert totals(tmp_path, text, GRADES.replace("ANONYMOUS", "false")) == {"a": "90.00"}


def test_rows_without_a_judge_are_anonymous_ballots(tmp_path: Path) -> None:
    definition = GRADES.replace("ANONYMOUS", "true")
    text = "contestant,score\na,优秀\na,良好\na,弃权\na,无效\na,\n"
    ranking = rank_table(write(tmp_path, "d.toml", definition), write(tmp_path, "m.csv", text))

    (tally,) = ranking.ballots.tallies
    assert (tally.issued, tally.returned, tally.valid, tally.abstained) == (5, 4, 2, 1)
    assert dict(tally.counts) == {"优秀": 1, "良好": 1}
    assert ranking.result.standings[0].total_text == "90.00"


def test_points_taken_off_are_typed_as_such(tmp_path: Path) -> None:
    assert totals(tmp_path, "judge,contestant,score\nx,a,7.5\n", OPEN + "deduct = true\n") == {"a": "92.50"}


def test_adjustments_with_chinese_headings(tmp_path: Path) -> None:
    adjustments = (
        "单位,名称,分值,原因,签字\n才头村,加分,+2,省级示范,甲、乙\n才头村,扣分,-0.5,超时,甲\n曹田前村,加分,,,\n"
    )

    assert totals(tmp_path, CHINESE, adjustments=adjustments) == {"才头村": "86.50", "曹田前村": "72.50"}
    event, _ = read_marks(load_definition(tmp_path / "d.toml"), tmp_path / "m.csv")
    first, second = read_adjustments(event, tmp_path / "a.csv").adjustments
    assert (first.name, first.points, first.reason, first.by) == ("加分", 2000, "省级示范", ("甲", "乙"))
    assert second.points == -500


def test_wrong_adjustments_are_named(tmp_path: Path) -> None:
    adjustments = "organisation,name,points\n才头村,x,much\n李村,x,1\n,x,1\n"

    assert problems(tmp_path, CHINESE, adjustments=adjustments) == [
        (2, "points", "“much” is not a number"),
        (3, "organisation", "there is no organisation “李村”"),
        (4, "organisation", "no organisation is named"),
    ]


def test_a_bonus_takes_nothing_away(tmp_path: Path) -> None:
    definition = OPEN + '[[adjustments]]\nid = "bonus"\nkind = "bonus"\n'

    found = problems(tmp_path, CHINESE, definition, "organisation,name,points\n才头村,bonus,-1\n")
    assert found == [(2, "points", "a bonus does not take points away")]


def test_awards_that_do_not_fit_the_file_are_an_error(tmp_path: Path) -> None:
    definition = OPEN + '[[awards]]\nid = "优秀"\nquota = 3\n'

    with pytest.raises(DefinitionError) as error:
        totals(tmp_path, CHINESE, definition)
    assert "are for 3 organisations, and there are 2" in str(error.value.problems[0].message)


def test_points_from_elsewhere_alone_make_a_ranking(tmp_path: Path) -> None:
    definition = write(tmp_path, "d.toml", '[event]\ntitle = "t"\norganisations = ["a", "b"]\n')
    adjustments = write(tmp_path, "a.csv", "organisation,name,points\na,考核,80\nb,考核,90\n")

    ranking = rank_table(definition, None, adjustments)

    assert [(item.name, item.rank, item.total_text) for item in ranking.result.standings] == [
        ("b", 1, "90.00"),
        ("a", 2, "80.00"),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "评委名称,评委组别,单位名称,评分指标,打分",
        "judges,panel,entry,item,mark",
        "Judge Name,Judge Group,Team,Component,Points",
        "裁判,分组,参赛单位,考核项目,成绩（分）",
    ],
)
def test_headings_as_people_write_them(heading: str, tmp_path: Path) -> None:
    assert totals(tmp_path, f"{heading}\n评委01,,甲村,汇报,90\n评委02,,甲村,汇报,80\n") == {"甲村": "85.00"}


@pytest.mark.parametrize("above", ["2025年一季度评分表,,,\n", "sep=,\n", "\n,,\n填表人：张三\n\n"])
def test_lines_above_the_headings_are_looked_past(above: str, tmp_path: Path) -> None:
    assert totals(tmp_path, above + "评委,单位,得分\nx,a,5\n") == {"a": "5.00"}


def test_columns_divided_by_strokes(tmp_path: Path) -> None:
    assert totals(tmp_path, "评委|单位|得分\nx|a|5\n") == {"a": "5.00"}


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("缺　席", "absent"),
        ("请假", "absent"),
        ("弃赛", "withdrawn"),
        ("—", "blank"),
        ("/", "blank"),
        ("Recused ", "recused"),
    ],
)
def test_words_for_why_there_is_no_mark(word: str, state: str, tmp_path: Path) -> None:
    text = f"judge,contestant,score\nx,a,{word}\ny,a,8\n"
    _, ballots = read_marks(load_definition(write(tmp_path, "d.toml", OPEN)), write(tmp_path, "m.csv", text))

    assert [row.state for row in ballots.rows] == [MarkState(state), MarkState.GIVEN]


def test_a_dash_on_a_checklist_is_not_guessed_at(tmp_path: Path) -> None:
    definition = OPEN.replace("max = 100", 'method = "checklist"\nmax = 10\nitems = [{ text = "x", off = 5 }]')

    assert [found[:2] for found in problems(tmp_path, "judge,contestant,score\nx,a,-\n", definition)] == [(2, "score")]


def test_one_row_may_stand_for_many_ballots_without_a_name(tmp_path: Path) -> None:
    definition = GRADES.replace("ANONYMOUS", "true")
    text = "单位,等次,票数\na,优秀,3\na,良好,1\na,弃权,2\na,,4\n"
    ranking = rank_table(write(tmp_path, "d.toml", definition), write(tmp_path, "m.csv", text))

    (tally,) = ranking.ballots.tallies
    assert (tally.issued, tally.returned, tally.valid, tally.abstained) == (10, 6, 4, 2)
    assert ranking.result.standings[0].total_text == "95.00"
    assert problems(tmp_path, "单位,等次,票数\na,优秀,three\n", definition) == [
        (2, "count", "“three” is no number of ballots")
    ]


def test_a_judge_with_a_name_counts_once(tmp_path: Path) -> None:
    assert problems(tmp_path, "评委,单位,得分,票数\nx,a,5,2\n") == [
        (2, "count", "the mark of a judge with a name counts once")
    ]


def test_marks_that_were_not_submitted_stay_so(tmp_path: Path) -> None:
    text = "judge,contestant,score,submitted\nx,a,5,yes\ny,a,7,否\n"
    ranking = rank_table(write(tmp_path, "d.toml", OPEN), write(tmp_path, "m.csv", text))

    assert [lack.code for lack in ranking.result.lacks] == ["unsubmitted"]
    assert ranking.result.standings[0].total_text == "5.00"
    assert problems(tmp_path, "judge,contestant,score,submitted\nx,a,5,maybe\n") == [
        (2, "submitted", "“maybe” is not known here")
    ]


ONE_EACH = "judge,contestant,score\nx,才头村,80\nx,曹田前村,80\n"


@pytest.mark.parametrize(
    ("adjustments", "total"),
    [
        ("单位,扣分项,扣分\n才头村,迟到,1.5\n", "78.50"),
        ("单位,扣分项,扣分\n才头村,迟到,-1.5\n", "78.50"),
        ("单位,事项,加分,扣分\n才头村,综合,3,1\n", "82.00"),
        ("单位;名称;分值\n才头村;别的;1,5\n", "81.50"),
    ],
)
def test_columns_of_points_for_and_against(adjustments: str, total: str, tmp_path: Path) -> None:
    assert totals(tmp_path, ONE_EACH, adjustments=adjustments)["才头村"] == total


def test_names_of_rules_are_found_however_they_are_spaced(tmp_path: Path) -> None:
    definition = OPEN + '[[adjustments]]\nid = "over"\nname = "超时"\nkind = "penalty"\n'
    adjustments = "单位,名称,分值\n才头村,超　时,1\n才头村,OVER,1\n才头村,其他,1\n"
    extra = write(tmp_path, "a.csv", adjustments)
    ranking = rank_table(write(tmp_path, "d.toml", definition), write(tmp_path, "m.csv", ONE_EACH), extra)

    assert {item.name: item.total_text for item in ranking.result.standings} == {"曹田前村": "80.00", "才头村": "79.00"}
    assert [str(note) for note in ranking.result.notes] == ["no rule of the definition, taken as written: 其他"]


def test_signers_divided_by_spaces_are_several(tmp_path: Path) -> None:
    event, _ = read_marks(load_definition(write(tmp_path, "d.toml", OPEN)), write(tmp_path, "m.csv", ONE_EACH))
    text = "单位,分值,签字\n才头村,1,王某某 李某某\n才头村,1,张　三\n才头村,1,甲、乙、甲\n"

    found = read_adjustments(event, write(tmp_path, "a.csv", text)).adjustments

    assert [item.by for item in found] == [("王某某", "李某某"), ("张　三",), ("甲", "乙")]


def test_a_zero_that_was_measured_elsewhere_is_one_and_an_empty_cell_is_none(tmp_path: Path) -> None:
    definition = OPEN + '[[adjustments]]\nid = "work"\nname = "日常"\nkind = "objective"\n'
    text = "单位,名称,分值\n才头村,日常,3\n曹田前村,日常,{}\n"

    def lacking(cell: str) -> int:
        extra = write(tmp_path, "a.csv", text.format(cell))
        ranking = rank_table(write(tmp_path, "d.toml", definition), write(tmp_path, "m.csv", CHINESE), extra)
        return len(ranking.result.lacks)

    assert (lacking("0"), lacking("")) == (0, 1)


def test_marks_are_not_taken_for_adjustments(tmp_path: Path) -> None:
    assert problems(tmp_path, ONE_EACH, adjustments=ONE_EACH) == [(1, "", "is a table of marks, not of adjustments")]


def test_adjustments_without_a_column_of_contests_are_those_of_the_chosen_one(tmp_path: Path) -> None:
    marks = write(tmp_path, "m.csv", "case,judge,contestant,score\n一,x,a,5\n二,x,b,6\n")
    adjustments = write(tmp_path, "a.csv", "organisation,name,points\nb,extra,1\n")

    ranking = rank_table(write(tmp_path, "d.toml", OPEN), marks, adjustments, "二")

    assert ranking.result.standings[0].total_text == "7.00"


def test_decisions_stand_in_the_adjustments_file(tmp_path: Path) -> None:
    definition = OPEN + (
        '[tabulation]\nties = [{ by = "decision" }]\n'
        '[[awards]]\nid = "first"\nname = "一等奖"\nkind = "prize"\nquota = 1\n'
    )
    marks = write(tmp_path, "m.csv", ONE_EACH)
    text = "单位,名称,分值,原因\n才头村,裁定1,2,抽签\n曹田前村,裁定1,1,抽签\n"

    ranking = rank_table(write(tmp_path, "d.toml", definition), marks, write(tmp_path, "a.csv", text))

    assert [(item.name, item.rank, item.tied) for item in ranking.result.standings] == [
        ("曹田前村", 1, False),
        ("才头村", 2, False),
    ]
    assert ranking.result.lacks == ()
    assert problems(tmp_path, ONE_EACH, definition, "单位,名称,分值\n才头村,裁定1：特等奖,1\n") == [
        (2, "name", "there is no award “特等奖”")
    ]
    assert problems(tmp_path, ONE_EACH, definition, "单位,名称,分值\n才头村,裁定1,1\n曹田前村,裁定1,1\n") == [
        (3, "points", "the decision puts two on the same place, 1")
    ]


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("d.toml", b"", "the file is empty"),
        ("d.toml", b"\xef\xbb\xbf\r\n", "the file is empty"),
        ("d.toml", b"SQLite format 3\0rest", "is a file of records, not a definition"),
        ("d.toml", b'[event]\ntitle = "x"\n', "there are none, and there are marks"),
    ],
)
def test_what_is_no_definition_is_named(name: str, content: bytes, word: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(DefinitionError) as error:
        rank_table(tmp_path / name, write(tmp_path, "m.csv", ONE_EACH))

    assert name in str(error.value.message)
    assert [str(problem.message) for problem in error.value.problems] == [word]


@pytest.mark.parametrize(("content", "code"), [(b"", "EMPTY"), (b"hello", "NOT_SQLITE")])
def test_what_is_no_file_of_records_is_named(content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "event.db").write_bytes(content)

    with pytest.raises(JudgeTuiError) as error:
        rank_file(tmp_path / "event.db")

    assert (error.value.code, "event.db" in str(error.value.message)) == (code, True)
    assert "--marks" in str(error.value.hint)
