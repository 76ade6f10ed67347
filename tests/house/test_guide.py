"""The guide shows real screens: its pictures can be taken again at any time, and say what the pages say of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from judge_tui.i18n import translator
from tests.house import guide
from tests.scenarios.conftest import ground

__all__ = ["ground"]

ESSENTIAL = {
    "check": "南曹街道第四季度“亮赛比”擂台挑战赛",
    "judge": "大湖村",
    "promises": "“脚步丈量工作法”",
    "sheet": "清水坡村",
    "review": "槐林村",
    "day": "姚庄村",
    "table": "8/9",
    "doubts": "评委09",
    "hall": "大湖村汇报PPT",
    "host": "╭",
    "reveal": "▀",
    "explain": "÷ 9 =",
    "season": "党群服务中心",
}
"""One thing that must be on each picture, in either language."""


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    yield
    translator.switch("en")


@pytest.mark.parametrize("code", ["en", "zh"])
def test_the_pictures_of_the_guide_can_be_taken_again_and_show_what_they_should(ground: Path, code: str) -> None:
    page = (guide.DOCS / f"guide.{code}.md").read_text(encoding="utf-8")
    pictures = guide.take(code, ground)

    assert set(guide.names_in(page)) == set(pictures) == set(ESSENTIAL)
    for name, needed in ESSENTIAL.items():
        assert needed in pictures[name].text
        shown = page.split(f"<!-- picture {name} -->")[1].split("<!-- end -->")[0]
        assert needed in shown
        assert shown == f"\n```text\n{pictures[name].text.rstrip()}\n```\n", (
            f"run: python -m tests.house.guide ({name}.{code})"
        )
        if pictures[name].svg:
            assert (guide.DOCS / "guide" / f"{name}.{code}.svg").is_file()
            assert "://cdnjs" not in pictures[name].svg
        assert max(guide.cells(line) for line in pictures[name].text.splitlines()) <= 80


def test_both_pages_go_the_same_way() -> None:
    pages = [(guide.DOCS / f"guide.{code}.md").read_text(encoding="utf-8") for code in ("en", "zh")]
    orders = [guide.names_in(page) for page in pages]
    headings = [[line.split(" ")[0] for line in page.splitlines() if line.startswith("## ")] for page in pages]

    assert orders[0] == orders[1]
    assert len(headings[0]) == len(headings[1])
