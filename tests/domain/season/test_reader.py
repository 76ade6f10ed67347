"""What a season's file may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.domain.definition.toml_text import parse_toml
from judge_tui.domain.errors import DefinitionError
from judge_tui.domain.season.declared import Absent, Adding, Cut, Declared
from judge_tui.domain.season.reader import read_season

FULL = """
[season]
name = "汤塘镇2021年"
series = "流动红黄旗"
order = ["q1", "q2"]
by = "points"
points = [10, 8, 6.5]
decimals = 1
least = 2
drop = 1
absent = "passes"
stable_ids = true
same = [["q1:v03", "q2:v3"]]
different = [["q1:v1", "q2:v2"]]
[[events]]
id = "q1"
season = "2021年第一季度"
[[rankings]]
name = "全镇"
events = ["q1", "q2"]
[[consequences]]
award = "黄旗"
then = "约谈"
[[honours]]
organisation = "曹田前村"
name = "最美村"
count = 7
[[annual]]
name = "金牛奖"
top = 3
at_least = 90
needs = "红旗"
times = 2
without = ["黄旗"]
cut = "all"
"""


def read(text: str) -> Declared:
    mapping, lines = parse_toml(text, "season.toml")
    return read_season(mapping, "season.toml", lines)


def test_everything_that_can_be_declared_is_read() -> None:
    found = read(FULL)

    assert (found.by, found.points, found.absent) == (Adding.POINTS, (10000, 8000, 6500), Absent.PASSES)
    assert found.same == ((("q1", "v03"), ("q2", "v3")),)
    assert (found.consequences[0].times, found.consequences[0].row) == (2, True)
    assert found.earlier[0].count == 7
    assert (found.annual[0].at_least, found.annual[0].cut, found.annual[0].quota) == (90000, Cut.ALL, None)
    assert found.together[0].events == ("q1", "q2")


def test_an_empty_file_is_the_defaults() -> None:
    assert read("") == Declared()


@pytest.mark.parametrize(
    ("text", "where", "line"),
    [
        ('[season]\nby = "best"', "season.by", 2),
        ('[season]\nby = "points"', "season.points", 1),
        ('[season]\npoints = ["ten"]', "season.points", 2),
        ('[season]\nsame = [["q1:v1"]]', "season.same[1]", 2),
        ('[season]\nsame = [["v1", "v2"]]', "season.same[1]", 2),
        ('[season]\nsame = "v1"', "season.same", 2),
        ('[season]\n\nmane = "x"', "season.mane", 3),
        ('[[consequences]]\naward = "黄旗"', "consequences[1].then", 1),
        ('[[rankings]]\nname = "x"', "rankings[1].events", 1),
        ('[[annual]]\nname = "x"\ntop = 0', "annual[1].top", 3),
        ('[[honours]]\nname = "x"', "honours[1].organisation", 1),
        ("[prizes]", "prizes", 1),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, where: str, line: int) -> None:
    with pytest.raises(DefinitionError) as caught:
        read(text)

    assert (caught.value.problems[0].where, caught.value.problems[0].line) == (where, line)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_example_of_the_handbook_is_read(language: str) -> None:
    page = Path(__file__).parents[3] / "judge_tui" / "docs" / f"season.{language}.md"
    example = page.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]

    assert read(example).consequences[0].then == "约谈"
