"""What an official without a magnifying glass sees at 80 × 24: whose form it is, whole sentences, a way out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from judge_tui.i18n import translator
from judge_tui.ui.widgets.canvas import wrap
from tests.seats import LOOK, contest
from tests.ui.seat.test_walk import seated, seen

MANY = tuple(replace(LOOK, id=type(LOOK.id)(f"c{n}"), name=f"第{n}项") for n in range(1, 13))
LONG = "新疆维吾尔自治区某某县某某镇第一百二十三生产建设兵团农牧业综合服务中心联合党支部"


async def test_whose_form_it_is_stays_in_view_however_far_one_scrolls(tmp_path: Path) -> None:
    async with seated(tmp_path, event=contest(MANY), size=(80, 24)) as (pilot, _):
        await pilot.press("ctrl+d", *(["down"] * 11))
        await pilot.pause()

        assert "1  东岗村" in seen(pilot)
        assert "> 12 第12项" in seen(pilot)


async def test_a_long_name_leaves_room_for_what_is_missing(tmp_path: Path) -> None:
    async with seated(tmp_path, event=contest(names=("东岗村", LONG)), size=(80, 24)) as (pilot, _):
        await pilot.press("f3")
        await pilot.pause()
        text = seen(pilot).replace("\n", "").replace(" ", "")

        assert f"2{LONG}:沙盘观摩,述职情况" in text.replace("、", ",")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_help_says_everything_in_whole_sentences_and_has_its_button(tmp_path: Path, language: str) -> None:
    async with seated(tmp_path, size=(80, 24)) as (pilot, screen):
        translator.switch(language)
        await pilot.press("f1")
        await pilot.pause()
        shown = seen(pilot)
        assert ("Close" if language == "en" else "关闭") in shown
        help_screen = pilot.app.screen
        rows = "\n".join(str(row.render()) for row in help_screen.query("VerticalScroll Label"))
        for command in screen.KEYS:
            said = translator(command.tooltip)
            assert said.replace(" ", "") in rows.replace("\n", "").replace(" ", ""), command.id


def test_a_line_that_is_just_full_leaves_no_space_for_the_next() -> None:
    assert wrap("one at a time", 8) == ["one at a", "time"]
    assert all(not line.startswith(" ") for width in range(4, 30) for line in wrap("and back to one at a time", width))


async def test_the_first_hint_is_seen_where_the_bands_would_fill_the_screen(tmp_path: Path) -> None:
    from judge_tui.domain.event import Band

    bands = tuple(
        Band(5_000 * n, 5_000 * n + 4_500, f"第{n}档", "变化明显，难点啃下来了，管护有专人、有办法") for n in range(10)
    )
    wordy = replace(LOOK, bands=bands)
    async with seated(tmp_path, event=contest((wordy,)), size=(80, 24)) as (pilot, _):
        assert "F2: all in one sheet." in seen(pilot)
        assert "0~50 points" in seen(pilot)
