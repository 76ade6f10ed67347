"""The ceremony's script: what a person prepares in a file, and what is said of mistakes in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.domain.ceremony.plan import prepare
from judge_tui.domain.ceremony.script import ScriptError
from judge_tui.domain.ceremony.show import Handing, Options, Slide, StepKind
from judge_tui.domain.errors import DefinitionError, JudgeTuiError
from judge_tui.domain.event import Reveal
from judge_tui.domain.rules import Award
from judge_tui.services.hall.ceremony import load_script
from tests.domain.ceremony.shows import event, result

SCRIPT = """
[reveal]
mode = "top"
top = 3
announce = 1

[[slides]]
title = "感谢支持"
text = ["某某合作社"]
sponsor = true
before = "awards"

[[awards]]
award = "first"
citation = "一年来实绩突出"
by = "镇党委书记"

[[awards]]
award = "特别奖"
"""


def test_a_script_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "ceremony.toml"
    path.write_text(SCRIPT, encoding="utf-8-sig")

    assert load_script(path, event()) == Options(
        Reveal.TOP,
        3,
        1,
        (Slide("感谢支持", ("某某合作社",), sponsor=True, before="awards"),),
        (Handing("first", "一年来实绩突出", "镇党委书记"), Handing("特别奖")),
    )


def test_awards_are_handed_over_in_the_script_s_order_the_others_after(tmp_path: Path) -> None:
    path = tmp_path / "ceremony.toml"
    path.write_text(SCRIPT, encoding="utf-8")
    contest = event()
    prepared = prepare(contest, result(contest, range(1, 8)), load_script(path, contest))

    assert [(item.name, item.citation, item.by) for item in prepared.awards] == [
        ("感谢支持", "", ""),
        ("一等奖", "一年来实绩突出", "镇党委书记"),
        ("特别奖", "", ""),
        ("二等奖", "", ""),
    ]
    assert prepared.awards[0].slide is not None


def test_every_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "ceremony.toml"
    path.write_text(
        '[reveal]\nmode = "slow"\n[[slides]]\nbefore = "lunch"\n[[awards]]\naward = "best"\nwho = "me"\n',
        encoding="utf-8",
    )
    with pytest.raises(DefinitionError) as found:
        load_script(path, event())

    assert [(problem.where, problem.line) for problem in found.value.problems] == [
        ("reveal.mode", 2),
        ("slides[1].before", 4),
        ("slides[1].title", 3),
        ("awards[1].award", 6),
        ("awards[1].who", 7),
    ]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_script_that_cannot_be_read_is_refused_in_words(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "ceremony.toml"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(JudgeTuiError) as refused:
        load_script(path, event())
    assert refused.value.code == "UNREADABLE"


def test_a_slide_before_the_board_is_the_last_step_of_the_reveal() -> None:
    contest = event()
    prepared = prepare(contest, result(contest, range(1, 8)), Options(slides=(Slide("合影", before="board"),)))

    assert prepared.steps[-1].kind is StepKind.SLIDE


def test_nobody_is_called_to_the_stage_for_a_list_of_the_last_unless_the_script_says_so() -> None:
    contest = event(awards=(Award("red", "红榜", kind="list", top=2), Award("black", "黑榜", kind="list", bottom=2)))
    placed = result(contest, range(1, 8), {"o1": ("red",), "o7": ("black",)})

    assert [item.name for item in prepare(contest, placed).awards] == ["红榜"]
    asked = Options(handings=(Handing("黑榜"),))
    assert [item.name for item in prepare(contest, placed, asked).awards] == ["黑榜", "红榜"]
    assert [step.award for step in prepare(contest, placed, Options(mode=Reveal.AWARDS)).steps] == ["黑榜", "红榜"]


@pytest.mark.parametrize("text", ['[reveal]\nmode = "foo"', "x = = 1"])
def test_a_mistake_is_said_to_be_the_script_s(tmp_path: Path, text: str) -> None:
    path = tmp_path / "ceremony.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScriptError) as refused:
        load_script(path, event())

    assert str(refused.value.title) == "The ceremony's script has errors"
    assert refused.value.problems[0].line
