"""Two pasted lists and a template become a definition."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.domain.errors import DefinitionError, JudgeTuiError
from judge_tui.domain.event import OrganisationKind
from judge_tui.services.preparing.definitions import template_event
from judge_tui.services.preparing.pasted_lists import event_from_lists, read_list, read_list_file, renamed


def names(text: str) -> list[tuple[str, str]]:
    return [(entry.name, entry.beside) for entry in read_list(text).entries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十里铺村\n楼李村\n", ["十里铺村", "楼李村"]),
        ("\ufeff十里铺村\r\n\r\n  楼李村  \r\n", ["十里铺村", "楼李村"]),
        ("十里铺村、楼李村、东岗村", ["十里铺村", "楼李村", "东岗村"]),
        ("1. 十里铺村\n2．楼李村", ["十里铺村", "楼李村"]),
        ("1、十里铺村\n（2）楼李村\n3 东岗村", ["十里铺村", "楼李村", "东岗村"]),
        ("①十里铺村\n② 楼李村", ["十里铺村", "楼李村"]),
        ("1十里铺村\n2楼李村", ["十里铺村", "楼李村"]),
        ("1号院\n20号院", ["1号院", "20号院"]),
        ('“红旗”村\n"楼李村"', ["“红旗”村", "楼李村"]),
        ('1,"高,家庄",东片\n2,"""双""庄",西片', ["高,家庄", '"双"庄']),
        ('1;"高;家庄"\n2;乙庄', ["高;家庄", "乙庄"]),
        ("1号院\n2号院", ["1号院", "2号院"]),
        ("序号\t单位\n1\t十里铺村\n2\t楼李村", ["十里铺村", "楼李村"]),
        ('"十里铺村"\n“楼李村”', ["十里铺村", "楼李村"]),
        ("咸祥鎮(zhèn)\n張(zhāng)村", ["咸祥鎮", "張村"]),
        ("张　三\n李四", ["张　三", "李四"]),
        ("Ann Lee\nBob", ["Ann Lee", "Bob"]),
        ("", []),
    ],
)
def test_names_are_found_however_they_were_pasted(text: str, expected: list[str]) -> None:
    assert [name for name, _ in names(text)] == expected


@pytest.mark.parametrize("mark", ["\t", "，", ",", "；", ";", "|"])
def test_what_stands_beside_a_name_is_kept(mark: str) -> None:
    assert names(f"评委01{mark}班子成员\n评委02") == [("评委01", "班子成员"), ("评委02", "")]


def test_a_word_that_stands_behind_several_names_is_their_group() -> None:
    assert names("评委01 班子成员\n评委02　班子成员\n评委03 中层干部\n张　三") == [
        ("评委01", "班子成员"),
        ("评委02", "班子成员"),
        ("评委03", "中层干部"),
        ("张　三", ""),
    ]
    assert names("欧阳 娜娜\n司马 相如") == [("欧阳 娜娜", ""), ("司马 相如", "")]
    assert names("Ann Lee\nBob Lee") == [("Ann Lee", ""), ("Bob Lee", "")]


def test_changes_are_told_with_their_line() -> None:
    changes = read_list("十里铺村\n2、楼李村\n咸祥鎮(zhèn)").changes

    assert [str(change) for change in changes] == [
        "line 2: “2、楼李村” became “楼李村”",
        "line 3: “咸祥鎮(zhèn)” became “咸祥鎮”",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_may_be_in_any_encoding_that_is_used(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "单位.txt"
    path.write_bytes("十里铺村\n䶮村\n".encode(encoding))

    assert [entry.name for entry in read_list_file(path).entries] == ["十里铺村", "䶮村"]


@pytest.mark.parametrize(("content", "code"), [(None, "NO_FILE"), (b"\xff\xff\xff", "UNREADABLE")])
def test_a_file_that_cannot_be_read_says_so(tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "x.txt"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(JudgeTuiError) as caught:
        read_list_file(path)
    assert caught.value.code == code


def test_lists_take_the_place_of_the_template_s() -> None:
    event = event_from_lists(
        template_event("points"), read_list("十里铺村，东片\n楼李村，西片"), read_list("甲；班子成员\n乙；两代表一委员")
    )

    assert [(item.number, item.name, item.area) for item in event.organisations] == [
        (1, "十里铺村", "东片"),
        (2, "楼李村", "西片"),
    ]
    assert [(judge.name, judge.group) for judge in event.judges] == [("甲", "班子成员"), ("乙", "两代表一委员")]
    assert event.criteria == template_event("points").criteria


def test_judges_without_a_group_share_one() -> None:
    event = event_from_lists(template_event("points"), None, read_list("甲\n乙"))

    assert len(event.groups) == 1
    assert {judge.group for judge in event.judges} == {event.groups[0].id}
    assert event.organisations == template_event("points").organisations


def test_speakers_stay_persons_with_their_unit() -> None:
    event = event_from_lists(template_event("speech"), read_list("选手一\t党政办\n选手二\t财政所"), None)

    assert [(item.kind, item.unit, item.area) for item in event.organisations] == [
        (OrganisationKind.PERSON, "党政办", ""),
        (OrganisationKind.PERSON, "财政所", ""),
    ]
    assert event.calibration <= len(event.organisations)


def test_a_name_that_stands_twice_is_a_problem_with_its_line() -> None:
    with pytest.raises(DefinitionError) as caught:
        event_from_lists(template_event("points"), read_list("甲村\n乙村\n甲村"), None)

    assert [(problem.line, str(problem.message)) for problem in caught.value.problems] == [
        (3, "“甲村” stands twice, also at 1")
    ]


def test_another_title_gives_another_id() -> None:
    assert renamed(template_event("points"), " 我镇擂台赛 ").id == "我镇擂台赛"
