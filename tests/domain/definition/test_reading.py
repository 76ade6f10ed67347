"""Reading a definition: what stands for what, and every mistake with its place and what would be right."""

from __future__ import annotations

from fractions import Fraction

import pytest

from judge_tui.domain.definition import read_definition
from judge_tui.domain.definition.toml_text import parse_toml
from judge_tui.domain.errors import DefinitionError, Problem
from judge_tui.domain.event import (
    Band,
    CheckItem,
    Checklist,
    Event,
    Grade,
    Grades,
    Pace,
    PhaseKind,
    Places,
    Points,
    Votes,
)


def read(text: str, source: str = "contest.toml") -> Event:
    mapping, lines = parse_toml(text, source)
    return read_definition(mapping, source, lines)


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(DefinitionError) as caught:
        read(text)
    return caught.value.problems


def told(text: str) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.where, str(problem.message)) for problem in problems(text)]


def test_criteria_and_rules_alone_make_a_definition() -> None:
    event = read('[[criteria]]\nname = "Report"\nmax = 100\n[tabulation]\ntrim = 1')

    assert (event.organisations, event.judges) == ((), ())
    assert [group.id for group in event.groups] == ["judges"]
    assert [phase.id for phase in event.phases] == ["main"]
    assert event.criteria[0].phase == "main"
    assert event.title == event.id == "contest"


def test_the_folder_names_an_event_that_has_no_title() -> None:
    assert read("", "samples/caitou/event.toml").title == "caitou"


def test_the_groups_and_phases_that_nobody_named_are_in_the_language_of_the_title() -> None:
    event = read('[event]\ntitle = "擂台赛"')

    assert (event.groups[0].name, event.phases[0].name) == ("评委", "评分")


@pytest.mark.parametrize("head", ["{lists}\n[event]\ntitle = 'x'", "[event]\ntitle = 'x'\n{lists}"])
def test_lists_of_names_stand_above_or_inside_the_event_table(head: str) -> None:
    event = read(head.format(lists='organisations = ["十里铺村", "楼李村"]\njudges = ["评委01"]'))

    assert [(item.id, item.number) for item in event.organisations] == [("十里铺村", 1), ("楼李村", 2)]
    assert [(item.id, item.group) for item in event.judges] == [("评委01", "judges")]


def test_an_id_comes_from_the_name_so_that_a_new_line_above_moves_no_marks() -> None:
    first, second = read('organisations = ["a", "b"]'), read('organisations = ["new", "a", "b"]')

    assert {item.name: item.id for item in first.organisations}.items() <= {
        item.name: item.id for item in second.organisations
    }.items()


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("张　三", "张三"),
        ("李 四", "李四"),
        ("Ann  Lee", "Ann-Lee"),
        ("甲村（南）", "甲村-南"),
        ("…", "organisation-1"),
    ],
)
def test_what_an_id_cannot_hold_is_left_out_of_it(name: str, identity: str) -> None:
    event = read_definition({"organisations": [name]})

    assert (event.organisations[0].id, event.organisations[0].name) == (identity, name)


def test_organisations_come_in_the_order_of_their_numbers() -> None:
    event = read('organisations = [{ name = "b", number = 2 }, { name = "a", number = 1 }, { name = "c", number = 7 }]')

    assert [item.name for item in event.organisations] == ["a", "b", "c"]


def test_groups_hold_their_judges_and_references_may_be_names() -> None:
    event = read("""
        organisations = ["甲村", "乙村"]
        [[groups]]
        id = "g1"
        name = "班子成员"
        judges = ["评委01", { name = "评委02", practice = true }]
        [[groups]]
        name = "中层干部"
        weight = "40%"
        [[judges]]
        name = "评委03"
        group = "中层干部"
        organisation = "甲村"
        recused = ["乙村"]
        criteria = ["汇报"]
        [[criteria]]
        name = "汇报"
        max = 10
        groups = ["班子成员"]
    """)

    assert [(judge.name, judge.group, judge.practice) for judge in event.judges] == [
        ("评委01", "g1", False),
        ("评委02", "g1", True),
        ("评委03", "中层干部", False),
    ]
    assert event.groups[1].weight == Fraction(2, 5)
    assert (event.judges[2].organisation, event.judges[2].recused) == ("甲村", ("乙村",))
    assert event.judges[2].criteria == ("汇报",)
    assert event.criteria[0].groups == ("g1",)


def test_phases_keep_their_order_times_and_pace() -> None:
    event = read("""
        [[phases]]
        name = "晾晒"
        min_time = "5:00"
        max_time = 480
        [[phases]]
        name = "实地"
        kind = "visit"
        pace = "round"
        stops = ["店后村"]
        by = "全体"
    """)

    assert [
        (item.name, item.kind, item.min_time, item.max_time, item.pace, item.stops, item.by) for item in event.phases
    ] == [
        ("晾晒", PhaseKind.TALK, 300, 480, Pace.TURN, (), ""),
        ("实地", PhaseKind.VISIT, 0, 0, Pace.ROUND, ("店后村",), "全体"),
    ]


@pytest.mark.parametrize(
    ("keys", "method"),
    [
        ("max = 50", Points(0, 50_000, 500)),
        ("max = 0.3", Points(0, 300, 100)),
        ("min = -2\nmax = 2.25\nstep = 0.25\ndeduct = true", Points(-2000, 2250, 250, True)),
        (
            'method = "grades"\ngrades = { "优秀" = 100, "合格" = 60.5 }',
            Grades((Grade("优秀", "优秀", 100_000), Grade("合格", "合格", 60_500))),
        ),
        (
            'method = "grades"\nanonymous = true\ngrades = [{ id = "a", name = "A", points = 1 }, { name = "B", points = 0 }]',
            Grades((Grade("a", "A", 1000), Grade("B", "B", 0)), anonymous=True),
        ),
        (
            'method = "checklist"\nmax = 10\nmin = 2\nitems = [{ text = "缺记录", off = 5 }]',
            Checklist(10_000, (CheckItem("缺记录", "缺记录", 5000),), 2000),
        ),
        ('method = "places"\ninvalid = "place"\npoints = [12, 10, "0.5"]', Places("place", (12_000, 10_000, 500))),
        ('method = "votes"\nmost = 3', Votes(3)),
    ],
)
def test_each_method_has_its_keys(keys: str, method: object) -> None:
    assert read(f'[[criteria]]\nname = "x"\n{keys}').criteria[0].method == method


@pytest.mark.parametrize(
    "text", ["45~50 优秀：成效明显", "45～50分 优秀:成效明显", "45-50 优秀：成效明显", "45至50 优秀：成效明显"]
)
def test_a_band_may_be_written_in_one_line(text: str) -> None:
    event = read_definition({"criteria": [{"name": "x", "max": 50, "bands": [text]}]})

    assert event.criteria[0].bands == (Band(45_000, 50_000, "优秀", "成效明显"),)


CRITERION = '[[criteria]]\nname = "x"\n'


@pytest.mark.parametrize(
    ("text", "line", "where", "message"),
    [
        ("[event]\ntitel = 1", 2, "event.titel", "is not known here"),
        ("[evnet]\ntitle = 'x'", 1, "evnet", "is not known here"),
        ("organisations = 3", 1, "organisations", "must be a list of tables"),
        ("organisations = ['a', 'a']", 1, "organisations[2].name", "“a” stands twice, also at organisations[1]"),
        ("organisations = ['a', '']", 1, "organisations[2].name", "is empty"),
        (
            "[[organisations]]\nname='a'\nnumber=1\n[[organisations]]\nname='b'\nnumber=1",
            6,
            "organisations[2].number",
            "number 1 stands twice, also at organisations[1]",
        ),
        ("[[organisations]]\nid='a b'\nname='a'", 2, "organisations[1].id", "“a b” is no id"),
        (
            "[[organisations]]\nname='a'\nmaterials=['../x']",
            3,
            "organisations[1].materials[1].file",
            "“../x” is not inside the media folder",
        ),
        (
            "[[organisations]]\nname='a'\nmaterials=[{file='x', sha256='12'}]",
            3,
            "organisations[1].materials[1].sha256",
            "must be 64 digits 0-9 and letters a-f",
        ),
        ("judges=[{name='a', group='b'}]", 1, "judges[1].group", "there is no “b”"),
        ("judges=[{name='a', organisation='b'}]", 1, "judges[1].organisation", "there is no “b”"),
        (
            "organisations=['b']\njudges=[{name='a', recused=['b','b']}]",
            2,
            "judges[1].recused",
            "“b” stands twice here",
        ),
        ("judges=['x']\n[[groups]]\nname='a'\n[[groups]]\nname='b'", 1, "judges[1].group", "is missing"),
        ("judges=['x']\n[event]\njudges=['y']", 3, "event.judges", "stands here and outside [event]"),
        ("[[phases]]\nname='a'\nmin_time='9:00'\nmax_time='8:00'", 3, "phases[1].min_time", "is longer than max_time"),
        ("[[phases]]\nname='a'\nmax_time='8分'", 3, "phases[1].max_time", "must be a time"),
        ("[[phases]]\nname='a'\n[[phases]]\nname='b'\n" + CRITERION + "max=1", 5, "criteria[1].phase", "is missing"),
        (CRITERION, 1, "criteria[1].max", "is missing"),
        (CRITERION + "max = 0", 3, "criteria[1].max", "must be more than min (0)"),
        (CRITERION + "max = 3\nstep = 0.7", 4, "criteria[1].step", "steps of 0.7 from 0 do not reach 3"),
        (CRITERION + "max = 3\nstep = 0", 4, "criteria[1].step", "must be more than 0"),
        (CRITERION + "max = 3\nphase = 'talk'", 4, "criteria[1].phase", "there is no “talk”"),
        (CRITERION + "max = 3\nweight = -1", 4, "criteria[1].weight", "must not be negative"),
        (CRITERION + "max = 1.2345", 3, "criteria[1].max", "must be a number with at most three decimals"),
        (CRITERION + "max = 1e3", 3, "criteria[1].max", "must be a number with at most three decimals"),
        (CRITERION + "max = 9\nmethod = 'point'", 4, "criteria[1].method", "“point” is not known here"),
        (CRITERION + "max = 9\ngrades = []", 4, "criteria[1].grades", "is not known here"),
        (CRITERION + "method = 'grades'", 1, "criteria[1].grades", "needs at least two grades, the best first"),
        (CRITERION + "method = 'checklist'\nmax = 9", 1, "criteria[1].items", "needs at least one thing to check"),
        (CRITERION + "method = 'votes'", 1, "criteria[1].most", "is missing"),
        (CRITERION + "max = 9\nbands = ['8~10 x']", 4, "criteria[1].bands[1]", "“x” leaves the scale of 0 to 9"),
        (CRITERION + "max = 9\nbands = ['5~9 x', '1~5 y']", 4, "criteria[1].bands[2]", "“y” overlaps “x”"),
        (CRITERION + "max = 9\nbands = ['fine']", 4, "criteria[1].bands[1]", "“fine” is no band"),
        ("organisations=['a']\n[event]\ncalibration = 2", 3, "event.calibration", "must be at most 1"),
        ("organisations=['a']\n" + CRITERION + "method='votes'\nmost=2", 5, "criteria[1].most", "must be at most 1"),
        ("[event]\ntitle = ['x']", 2, "event.title", "must be a text"),
        ("[event]\ncalibration = 1.5", 2, "event.calibration", "must be a whole number"),
        ("[event]\ncalibration = 'x'", 2, "event.calibration", "must be a whole number"),
        ("[event]\ncalibration = -1", 2, "event.calibration", "must be at least 0"),
        ("[event]\nquestions = 'x'", 2, "event.questions", "must be a list of texts"),
        ("event = 3", 1, "event", "must be a table"),
        ("organisations = [[1]]", 1, "organisations[1]", "must be a table"),
        ("judges = [{ name = 'a', practice = 'no' }]", 1, "judges[1].practice", "must be true or false"),
        (CRITERION + "max = 9\nweight = 'x'", 4, "criteria[1].weight", "must be a number, a percentage or a fraction"),
        (CRITERION + "max = true", 3, "criteria[1].max", "must be a number with at most three decimals"),
        (
            CRITERION + "method='checklist'\nmax=1\nmin=2\nitems=[{text='a',off=1}]",
            4,
            "criteria[1].max",
            "must be more than min (2)",
        ),
        (
            CRITERION + "method='checklist'\nmax=9\nitems=[{text='a',off=1},{text='a',off=1}]",
            5,
            "criteria[1].items[2].text",
            "“a” stands twice here",
        ),
        (
            CRITERION + "method='checklist'\nmax=9\nitems=[{text='a',off=-1}]",
            5,
            "criteria[1].items[1].off",
            "must not be negative",
        ),
        (
            CRITERION + "method='grades'\ngrades=[{name='a',points=1},{name='a',points=2}]",
            4,
            "criteria[1].grades",
            "“a” stands twice here",
        ),
        (
            CRITERION + "method='places'\npoints=['x']",
            4,
            "criteria[1].points",
            "“x” is no number with at most three decimals",
        ),
        (CRITERION + "method='places'\nbonus=true", 4, "criteria[1].bonus", "places and votes cannot be a bonus"),
        (CRITERION + "max=9\nbands=[{min=5,max=3,name='x'}]", 4, "criteria[1].bands[1].min", "is more than max"),
        (CRITERION + "max=9\nbands=['1.2.3~4 x']", 4, "criteria[1].bands[1]", "“1.2.3~4 x” is no band"),
        (
            "organisations=[{id='1',name='a'},{id='2',name='a'}]\njudges=[{name='j',organisation='a'}]",
            2,
            "judges[1].organisation",
            "“a” is the name of several",
        ),
        ("organisations=['a']\n[projector]\nreveal='top'\ntop=2", 4, "projector.top", "must be at most 1"),
        ("[projector]\nreveal='top'", 1, "projector.top", "is missing"),
        (
            "[[groups]]\nname='a'\nweight='60%'\n[[groups]]\nname='b'\nweight='30%'\n[tabulation]\ngroups='weighted'",
            1,
            "groups",
            "the weights add up to 90 %, not to 100 %",
        ),
        ("[[groups]]\nname='a'\nweight=0", 1, "groups", "the weights are all 0"),
        ("[tabulation]\nties=[{by='criterion', criterion='y'}]", 2, "tabulation.ties[1].criterion", "there is no “y”"),
        ("[tabulation]\n[[tabulation.for]]\nphase='y'", 3, "tabulation.for[1].phase", "there is no “y”"),
        ("[[adjustments]]\nid='a'\nphase='y'", 3, "adjustments[1].phase", "there is no “y”"),
        ("[[awards]]\nid='a'\nexcludes=['y']", 3, "awards[1].excludes", "there is no “y”"),
        (
            "[[organisations]]\nname='a'\ndivision='一类'\n[[awards]]\nid='a'\ndivision='二类'",
            6,
            "awards[1].division",
            "there is no “二类”",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, line: int, where: str, message: str) -> None:
    assert told(text) == [(line, where, message)]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    found = told("organisations = ['a', 'a']\n[event]\ntitel = 1\n[[criteria]]\nmax = 0\n[tabulation]\ntrimm = 1")

    assert [line for line, _, _ in found] == [1, 3, 4, 5, 7]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[event]\ntitel = 1", "did you mean “title”?"),
        ("[[phases]]\nname='talk'\n" + CRITERION + "max=1\nphase='tlak'", "did you mean “talk”?"),
        (CRITERION + "max=1\nphase='xyz'", "it may be main"),
        ("[event]\nscoring = 'later'", "it may be turn, batch, both"),
    ],
)
def test_a_mistake_comes_with_what_would_be_right(text: str, hint: str) -> None:
    assert [str(problem.hint) for problem in problems(text)] == [hint]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a = 1\na = 2", 2, "this key stands twice in the same table"),
        ("[t]\n[t]", 2, "this table stands twice"),
        ("a = [1,\n2", 2, "a list is not closed with ]"),
        ('a = "x', 1, "a text is not closed with a quotation mark"),
        ('a = "x\nb = 1', 1, "a text is not closed with a quotation mark in its line"),
        ('a = "C:\\media"', 1, "a backslash inside quotation marks must be written twice"),
        ("a = x", 1, "the value is neither a number, nor true or false, nor a text in quotation marks"),
        ("a ＝ 1", 1, "there should be an = after the key"),
        ("名称 = 1", 1, "this is neither a key with a value nor the name of a table"),
        ("a = { 优秀 = 1 }", 1, "a key begins with a character it cannot have"),
        ("a = 1 2", 1, "something stands after the value that does not belong there"),
        ("a 1", 1, "there should be an = after the key"),
        ("[t", 1, "the name of a table is not closed with ]"),
    ],
)
def test_what_is_no_toml_is_said_in_words_with_its_line(text: str, line: int, message: str) -> None:
    assert [(problem.line, str(problem.message)) for problem in problems(text)] == [(line, message)]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("name ＝ 'x'", "“＝” is full width: signs outside texts must be half width"),
        ("name = “x”", "““” is full width: signs outside texts must be half width"),
        ("name = '，' 2", 'write it as in: name = "十里铺村"'),
        ("a = { 优秀 = 1 }", 'a key in Chinese must stand in quotation marks: "优秀" = 100'),
    ],
)
def test_a_hint_names_the_sign_typed_with_an_input_method(text: str, hint: str) -> None:
    assert [str(problem.hint) for problem in problems(text)] == [hint]


def test_a_date_may_be_written_as_a_date() -> None:
    assert read("[event]\ndate = 2021-12-20").date == "2021-12-20"


def test_points_never_pass_through_a_binary_float() -> None:
    event = read(CRITERION + "max = 0.3\nstep = 0.1\nweight = 0.1")

    assert event.criteria[0].method == Points(0, 300, 100)
    assert event.criteria[0].weight == Fraction(1, 10)
