"""Workbooks as people make them: what is tolerated, and what is named with its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from judge_tui.domain.errors import DefinitionError, JudgeTuiError
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message
from judge_tui.i18n import translator
from judge_tui.services.preparing.definitions import load_definition, save_workbook, template_event
from judge_tui.services.workbook import package

Rows = Sequence[Sequence[object]]


def book(
    path: Path, sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[tuple[int, int, int, int]]] | None = None
) -> Path:
    """A workbook with plain cells; `merged` areas keep the value of their first cell."""
    whole = xlsxwriter.Workbook(str(path))
    day = whole.add_format({"num_format": "yyyy-mm-dd"})
    clock = whole.add_format({"num_format": "h:mm"})
    for name, rows in sheets.items():
        page = whole.add_worksheet(name)
        for down, row in enumerate(rows):
            for at, cell in enumerate(row):
                if isinstance(cell, (date, time)):
                    page.write_datetime(down, at, cell, clock if isinstance(cell, time) else day)
                elif cell is not None:
                    page.write(down, at, cell)
        for top, left, bottom, right in (merged or {}).get(name, ()):
            page.merge_range(top, left, bottom, right, rows[top][left])
    whole.close()
    return path


def read(tmp_path: Path, sheets: Mapping[str, Rows], **options: object) -> Event:
    return load_definition(book(tmp_path / "擂台赛.xlsx", sheets, **options))  # type: ignore[arg-type]


def told(tmp_path: Path, sheets: Mapping[str, Rows]) -> list[tuple[str, str]]:
    with pytest.raises(DefinitionError) as caught:
        read(tmp_path, sheets)
    return [(problem.cell, str(problem.message)) for problem in caught.value.problems]


CRITERIA: Rows = [["评分项", "满分"], ["汇报", 100]]


def test_title_rows_above_the_headings_are_passed_over(tmp_path: Path) -> None:
    rows = [
        ["某镇参评单位名单", None, None],
        ["二〇二五年三月", None, None],
        ["序号", "单位", "备注"],
        [1, "十里铺村", "好"],
        [2, "楼李村"],
    ]

    event = read(tmp_path, {"参评单位": rows}, merged={"参评单位": [(0, 0, 0, 2), (1, 0, 1, 2)]})

    assert [(item.number, item.name) for item in event.organisations] == [(1, "十里铺村"), (2, "楼李村")]


def test_a_group_merged_over_several_rows_counts_in_each(tmp_path: Path) -> None:
    rows = [["组别", "姓名"], ["班子成员", "甲"], [None, "乙"], ["中层干部", "丙"]]

    event = read(tmp_path, {"评委": rows}, merged={"评委": [(1, 0, 2, 0)]})

    assert [(judge.name, judge.group) for judge in event.judges] == [
        ("甲", "班子成员"),
        ("乙", "班子成员"),
        ("丙", "中层干部"),
    ]


def test_columns_may_stand_in_any_order_and_either_language(tmp_path: Path) -> None:
    event = read(tmp_path, {"Criteria": [["Full mark", "名称", "step"], [40, "汇报", 0.1]]})

    assert (event.criteria[0].name, event.criteria[0].method.most, event.criteria[0].method.step) == (
        "汇报",
        40_000,
        100,
    )


@pytest.mark.parametrize(
    ("typed", "thousandths"), [("５０", 50_000), ("５０。５", 50_500), (50.5, 50_500), (0.1 + 0.2, 300)]
)
def test_numbers_come_as_people_see_them(tmp_path: Path, typed: object, thousandths: int) -> None:
    event = read(tmp_path, {"评分项": [["名称", "满分", "每档"], ["汇报", typed, 0.1]]})

    assert event.criteria[0].method.most == thousandths


@pytest.mark.parametrize(
    ("typed", "name"),
    [("张　三", "张　三"), (" 李四 ", "李四"), ("咸祥鎮(zhèn)", "咸祥鎮"), ("甲村（南）", "甲村（南）"), (12, "12")],
)
def test_names_are_kept_for_print_without_what_a_converter_added(tmp_path: Path, typed: object, name: str) -> None:
    assert read(tmp_path, {"参评单位": [["名称"], [typed]]}).organisations[0].name == name


def test_a_name_that_was_altered_is_told_with_its_cell(tmp_path: Path) -> None:
    changes: list[Message] = []
    sheets: dict[str, Rows] = {"参评单位": [["名称"], ["咸祥鎮(zhèn)"], ["张　三"]]}
    load_definition(book(tmp_path / "擂台赛.xlsx", sheets), changes)

    assert [str(item) for item in changes] == ["参评单位!A2: “咸祥鎮(zhèn)” became “咸祥鎮”"]


def test_a_name_spaced_for_alignment_is_found_without_its_space(tmp_path: Path) -> None:
    sheets = {"参评单位": [["名称"], ["甲　村"]], "评委": [["姓名", "本人单位"], ["张三", "甲村"]]}

    assert read(tmp_path, sheets).judges[0].organisation == "甲村"


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("8:00", 480), ("８：００", 480), (time(8, 0), 480), (90, 90), (time(0, 8), 480)],
)
def test_a_time_typed_into_excel_is_minutes_and_seconds(tmp_path: Path, typed: object, seconds: int) -> None:
    assert read(tmp_path, {"环节": [["名称", "最长时间"], ["汇报", typed]]}).phases[0].max_time == seconds


def test_a_date_cell_is_a_date(tmp_path: Path) -> None:
    assert read(tmp_path, {"活动": [["日期", date(2025, 3, 28)]]}).date == "2025-03-28"


@pytest.mark.parametrize(
    ("typed", "flag"), [("是", True), ("√", True), ("yes", True), (True, True), ("否", False), (0, False)]
)
def test_yes_has_many_words(tmp_path: Path, typed: object, flag: bool) -> None:
    assert read(tmp_path, {"评委": [["名称", "练习评委"], ["甲", typed]]}).judges[0].practice is flag


def test_a_percentage_cell_is_a_percentage(tmp_path: Path) -> None:
    event = read(tmp_path, {"等次和奖项": [["标识", "名称", "百分比"], ["a", "优秀", 0.2]]})

    assert event.awards[0].percent == 20


def test_lists_and_bands_stand_one_a_line(tmp_path: Path) -> None:
    event = read(
        tmp_path,
        {
            "评分项": [
                ["名称", "方式", "满分", "分档", "检查内容", "等次和分值"],
                ["甲", None, 50, "45~50 优秀：好\n0~44.5 一般", None, None],
                ["乙", "逐项检查", 100, None, "缺记录 = 20\n不真实：30分", None],
                ["丙", "评等次", None, None, None, "优秀=100\n良好=80.5"],
            ],
            "活动": [["题库", "一？\n二？"]],
        },
    )

    assert [band.name for band in event.criteria[0].bands] == ["优秀", "一般"]
    assert [(item.text, item.off) for item in event.criteria[1].method.items] == [
        ("缺记录", 20_000),
        ("不真实", 30_000),
    ]
    assert [(item.name, item.points) for item in event.criteria[2].method.grades] == [
        ("优秀", 100_000),
        ("良好", 80_500),
    ]
    assert event.questions == ("一？", "二？")


def test_time_bands_stand_one_a_line(tmp_path: Path) -> None:
    event = read(
        tmp_path,
        {
            "加减分": [
                ["标识", "加减分种类", "限时", "用时分段"],
                ["over", "超时", "8:00", "0:11 = -1 / 0:30\n1:00＝－2.5"],
            ]
        },
    )

    assert [(band.over, band.points, band.every) for band in event.adjustments[0].bands] == [
        (11, -1000, 30),
        (60, -2500, 0),
    ]


@pytest.mark.parametrize(
    ("sheets", "cell", "message"),
    [
        ({"参评单位": [["名称"], ["a"], ["a"]]}, "参评单位!A3", "“a” stands twice, also at 参评单位!A2"),
        (
            {"参评单位": [["序号", "名称"], [1, "a"], [1, "b"]]},
            "参评单位!A3",
            "number 1 stands twice, also at 参评单位!A2",
        ),
        ({"参评单位": [["序号", "名称"], [1, None]]}, "参评单位!B2", "is missing"),
        ({"评分项": [["名称", "满分"], ["a", "五十"]]}, "评分项!B2", "must be a number with at most three decimals"),
        ({"评分项": [["名称", "满分"], ["a", None]]}, "评分项!B2", "is missing"),
        ({"评分项": [["名称", "满分", "方式"], ["a", 5, "打叉"]]}, "评分项!C2", "“打叉” is not known here"),
        ({"评分项": [["名称", "满分", "分档"], ["a", 5, "好"]]}, "评分项!C2", "“好” is no band"),
        (
            {"评分项": [["名称", "方式", "检查内容"], ["a", "checklist", "缺记录"]]},
            "评分项!C2",
            "“缺记录” has no number after it",
        ),
        ({"评分项": [["名称", "满份", "满分"], ["a", 5, 5]]}, "评分项!B1", "“满份” is no column of this sheet"),
        ({"评委": [["名称", "练习评委"], ["a", "也许"]]}, "评委!B2", "must be yes or no"),
        ({"评委": [["名称", "本人单位"], ["a", "丙村"]]}, "评委!B2", "there is no “丙村”"),
        ({"环节": [["名称", "最短时间", "最长时间"], ["a", "9:00", "8:00"]]}, "环节!B2", "is longer than max_time"),
        ({"活动": [["标题", "x"], ["季度", "x"], ["打分方试", "x"]]}, "活动!A3", "“打分方试” is not known here"),
        ({"活动": [["打分方式", "最后"]]}, "活动!B1", "“最后” is not known here"),
        ({"规则": [["最后得分的小数", "两位"]]}, "规则!B1", "must be a whole number"),
        ({"同分": [["比较", "评分项"], ["某一评分项", "x"]]}, "同分!B2", "there is no “x”"),
        (
            {"评委组": [["名称", "权重"], ["a", 2], ["b", 3]], "规则": [["各组之间", "不分组"]]},
            "规则!B1",
            "the groups have different weights, and all judges are in one pool",
        ),
        ({"图片和材料": [["单位", "文件"], ["x", "a.png"]]}, "图片和材料!A2", "there is no “x”"),
        ({"评委": [["a", "b"], ["c", "d"], ["e", "f"]]}, "评委!A1", "has no row of headings"),
        ({"Sheet1": [["a"]]}, "", "none of its sheets is known"),
    ],
)
def test_what_is_not_understood_is_named_with_its_cell(
    tmp_path: Path, sheets: dict[str, Rows], cell: str, message: str
) -> None:
    assert [(found, text) for found, text in told(tmp_path, sheets) if "no checklist" not in text][:1] == [
        (cell, message)
    ]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    found = told(
        tmp_path, {"评委": [["名称", "练习评委"], ["a", "?"], ["a", None]], "评分项": [["名称", "满分"], ["x", 0]]}
    )

    assert [cell for cell, _ in found] == ["评委!B2", "评委!A3", "评分项!B2"]


def test_choices_are_offered_in_the_reader_s_words(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        read(tmp_path, {"环节": [["名称", "环节类型"], ["a", "看看"]]})
    translator.switch("zh")

    assert "观摩" in translator.render(caught.value.problems[0].hint)


def test_a_file_that_is_no_workbook_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 not really")

    with pytest.raises(JudgeTuiError) as caught:
        load_definition(path)
    assert caught.value.code == "UNREADABLE"


def test_a_workbook_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(JudgeTuiError) as caught:
        load_definition(tmp_path / "none.xlsx")

    assert caught.value.code == "NO_FILE"


def test_without_the_library_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "x.xlsx", {"评分项": CRITERIA})
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)

    with pytest.raises(JudgeTuiError) as caught:
        load_definition(path)
    assert (caught.value.code, "judge-tui[excel]" in str(caught.value.hint)) == ("EXTRA", True)


@pytest.mark.parametrize(
    ("typed", "thousandths"), [("40 分", 40_000), ("４０分", 40_000), ("五", 5_000), ("第6项", 6_000), ("40.5", 40_500)]
)
def test_a_number_may_have_its_unit_behind_it(tmp_path: Path, typed: str, thousandths: int) -> None:
    assert read(tmp_path, {"评分项": [["名称", "满分"], ["汇报", typed]]}).criteria[0].method.most == thousandths


@pytest.mark.parametrize(
    ("typed", "seconds"), [("8分钟", 480), ("8分30秒", 510), ("８ 分", 480), ("90秒", 90), ("0:08", 8)]
)
def test_a_time_may_be_in_words(tmp_path: Path, typed: str, seconds: int) -> None:
    assert read(tmp_path, {"环节": [["名称", "最长时间"], ["汇报", typed]]}).phases[0].max_time == seconds


@pytest.mark.parametrize(
    ("sheets", "cell", "message"),
    [
        ({"环节": [["名称", "最长时间"], ["a", 8]]}, "环节!B2", "“8” may be minutes or seconds"),
        ({"活动": [["日期", 45744]]}, "活动!B1", "“45744” is a number, not a date"),
        ({"参评单位": [["名称"], ["a"], ["合计"]]}, "参评单位!A3", "“合计” is a line of sums and no name"),
        (
            {"评分项": CRITERIA, "各村名单": [["序号", "单位"], [1, "a"]]},
            "各村名单!A1",
            "no sheet is called “各村名单”",
        ),
        (
            {"评分项": [["名称", "满分", "分档"], ["a", "六十来分", "45~50 优秀"]]},
            "评分项!B2",
            "must be a number with at most three decimals",
        ),
    ],
)
def test_what_might_be_taken_wrongly_is_asked_about_and_nothing_follows_from_it(
    tmp_path: Path, sheets: dict[str, Rows], cell: str, message: str
) -> None:
    assert told(tmp_path, sheets) == [(cell, message)]


def test_what_was_passed_over_is_said(tmp_path: Path) -> None:
    changes: list[Message] = []
    sheets: dict[str, Rows] = {
        "评委": [["序号", "姓名", "电话"], [1, "张三", "13800000000"]],
        "评分项": CRITERIA,
        "草稿": [["随便写"]],
        "空表": [[None]],
    }

    event = load_definition(book(tmp_path / "擂台赛.xlsx", sheets), changes)

    assert [judge.name for judge in event.judges] == ["张三"]
    assert [str(item) for item in changes] == [
        "the sheet “草稿” was not read",
        "评委!C1: the column “电话” was not read",
    ]


def test_a_name_broken_over_two_lines_in_its_cell_is_one_name(tmp_path: Path) -> None:
    rows = [["名称"], ["高家庄\n社区"], ["North\nBank"]]

    assert [item.name for item in read(tmp_path, {"参评单位": rows}).organisations] == ["高家庄社区", "North Bank"]


def test_names_of_another_sheet_may_stand_with_commas_between(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "参评单位": [["名称"], ["甲村"], ["乙村"]],
        "评委": [["姓名", "回避单位"], ["张三", "甲村，乙村"]],
    }

    assert read(tmp_path, sheets).judges[0].recused == ("甲村", "乙村")


def test_awards_need_no_id(tmp_path: Path) -> None:
    rows = [["名称", "奖项种类", "名额"], ["一等奖", "奖项", 1], ["二等奖", "奖项", 2]]

    assert [item.id for item in read(tmp_path, {"等次和奖项": rows}).awards] == ["一等奖", "二等奖"]


def test_what_would_be_right_is_told_in_the_names_that_stand_in_the_cells(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "环节": [["名称", "标识"], ["述职汇报", "talk"], ["观摩", "visit"]],
        "评分项": [["名称", "满分", "环节"], ["x", 5, "实地观摩"], ["y", 5, "答辩"]],
    }
    with pytest.raises(DefinitionError) as caught:
        read(tmp_path, sheets)
    near, far = caught.value.problems

    assert (near.where, near.cell, str(near.hint)) == ("", "评分项!C2", "did you mean “观摩”?")
    assert (far.cell, str(far.hint)) == ("评分项!C3", "it may be 述职汇报, 观摩")


def test_formulas_never_computed_errors_and_hidden_rows_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    whole = xlsxwriter.Workbook(str(path))
    page = whole.add_worksheet("参评单位")
    page.write_row(0, 0, ["序号", "名称"])
    page.write_row(1, 0, [1, "甲村"])
    page.write_formula(2, 0, "=A2+1", None, "")
    page.write_string(2, 1, "乙村")
    page.write_formula(3, 0, "=1/0", None, "#DIV/0!")
    page.write_string(3, 1, "丙村")
    page.write_row(4, 0, [4, "丁村"])
    page.set_row(4, None, None, {"hidden": True})
    page.set_row(9, None, None, {"hidden": True})
    whole.close()
    changes: list[Message] = []
    with pytest.raises(DefinitionError) as caught:
        load_definition(path, changes)
    marks = package.marks_of(path)["参评单位"]

    assert [(item.cell, str(item.message)) for item in caught.value.problems] == [
        ("参评单位!A3", "holds a formula that was never computed"),
        ("参评单位!A4", "holds the error #DIV/0!"),
    ]
    assert 5 in marks.hidden


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "it is protected with a password",
        ),
        (b"PK\x03\x04 not really", "it is damaged or of another kind"),
        ("单位\n甲村\n".encode(), "it is no workbook, only called so"),
    ],
)
def test_why_a_file_is_no_workbook_is_said_in_words(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(JudgeTuiError) as caught:
        load_definition(path)

    assert str(caught.value.message).endswith(reason)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("名单.csv", b"\xe5\x8d\x95\xe4\xbd\x8d\n", "is a list, not a definition"),
        ("方案.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is a file of an office program, not a definition"),
        ("方案.docx", b"PK\x03\x04", "is a file of an office program, not a definition"),
    ],
)
def test_files_that_are_no_definition_at_all_say_what_they_are(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DefinitionError) as caught:
        load_definition(path)

    assert str(caught.value.problems[0].message) == message


def test_a_fresh_workbook_takes_its_id_from_the_title_that_is_written_into_it(tmp_path: Path) -> None:
    event = template_event("points", "zh")
    save_workbook(event, tmp_path / "a.xlsx", fresh=True)
    save_workbook(event, tmp_path / "b.xlsx")

    for name, cell in (("a.xlsx", ""), ("b.xlsx", event.id)):
        rows = CalamineWorkbook.from_path(tmp_path / name).get_sheet_by_name("活动").to_python()
        assert next(row[1] for row in rows if row[0] == "标识（id）") == cell
    assert load_definition(tmp_path / "a.xlsx") == event


@pytest.mark.parametrize(
    ("sheet", "heading", "typed", "hint"),
    [
        ("环节", "最短时间", "很久", "for example 8:00"),
        ("评分项", "满分", "满", "for example 10"),
        ("评分项", "环节", "唱歌", "it may be 述职"),
        ("评委", "组", "群众", "it may be 班子"),
        ("评委", "练习评委", "也许", "for example yes"),
        ("规则", "去掉最高分", "半个", "for example 2"),
        ("承诺事项", "承诺单位", "远山乡政府", "it may be 东岗村"),
    ],
)
def test_a_cell_says_what_would_be_right_in_the_words_of_the_workbook(
    tmp_path: Path, sheet: str, heading: str, typed: str, hint: str
) -> None:
    sheets: dict[str, list[list[object]]] = {
        "活动": [["标题", "擂台赛"]],
        "参评单位": [["名称"], ["东岗村"]],
        "评委": [["名称", "组", "练习评委"], ["评委01", "班子", ""]],
        "评委组": [["名称"], ["班子"]],
        "环节": [["名称", "最短时间"], ["述职", ""]],
        "评分项": [["名称", "环节", "满分"], ["实绩", "述职", 10]],
        "规则": [["去掉最高分", ""]],
        "承诺事项": [["承诺单位", "承诺内容"], ["东岗村", "修路"]],
    }
    rows = sheets[sheet]
    if sheet == "规则":
        rows[0][1] = typed
    else:
        rows[1][rows[0].index(heading)] = typed
    with pytest.raises(DefinitionError) as caught:
        load_definition(book(tmp_path / "x.xlsx", sheets))  # type: ignore[arg-type]

    assert [(problem.cell.partition("!")[0], str(problem.hint)) for problem in caught.value.problems] == [(sheet, hint)]
