"""The terminal program itself, through a real pty: what a person would see at 100 by 30, whole contest and a kill in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from judge_tui import settings
from judge_tui.domain.tabulation.result import Standing
from judge_tui.services.demo import prepare
from judge_tui.services.results.ranking import rank_file
from tests.journey.window import Window


def in_small(standing: Standing, text: str) -> bool:
    """Whether a place or its total is on the screen in plain letters; the larger of the two is drawn in blocks."""
    return f"第{standing.rank}名" in text or standing.total_text in text


def test_a_whole_contest_in_a_terminal(window: Callable[..., Window], tmp_path: Path) -> None:
    demo = window("--lang", "zh", "demo")
    demo.until(lambda text: "坐上评委席打分" in text)

    demo.press("enter")
    demo.until(lambda text: "第1个，共36个" in text)
    demo.press("4", "8", "enter", "4", "5", "enter")
    demo.until(lambda text: "已评完" in text and "已保存" in text)
    demo.press("esc")
    demo.until(lambda text: "让其他评委打分" in text)
    demo.press("enter")
    demo.until(lambda text: "已交来 40 个文件" in text)
    demo.press("enter")
    demo.until(lambda text: "2960 条签名记录" in text)
    demo.press("enter")
    demo.until(lambda text: "坐上评委席打分" not in text)
    last, before = rank_file(tmp_path / "judge-tui-demo" / "xindian-2021q4.db").result.standings[-1:-3:-1]
    demo.press("pgdn")
    for standing in (last, before):
        demo.press("pgdn")
        demo.until(lambda text, standing=standing: in_small(standing, text))
    demo.press("pgup")
    demo.until(lambda text: in_small(last, text) and not in_small(before, text))
    demo.press("quit")

    assert demo.ended() == 0


def test_a_judge_whose_program_was_killed_goes_on_at_the_same_place(
    window: Callable[..., Window], tmp_path: Path
) -> None:
    demo = prepare(tmp_path / "contest", settings.data_folder(), keys=settings.keys_folder())
    seat = window("--lang", "zh", "score", str(demo.kits[2]))
    seat.until(lambda text: "第1个，共36个" in text)
    seat.press("4", "0", "enter", "4", "1", "enter", "enter", "3", "9", "enter")
    seat.until(lambda text: "第2个，共36个" in text and "39" in text)
    seat.press("4", "2")
    seat.until(lambda text: "42" in text)
    time.sleep(1)
    seat.kill()

    again = window("--lang", "zh", "score", str(demo.kits[2]))
    again.until(lambda text: all(said in text for said in ("第2个，共36个", "39", "42")))
