"""Choosing one's own name: digits, arrows, full-width digits of an input method; legible in small windows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.screen import Screen
from textual.widgets import OptionList

from judge_tui.i18n import translator
from judge_tui.services.preparing.kits import KitCard
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.screens.kits import KitsScreen

KITS = [KitCard(Path(f"{n}.judge"), "亮赛比", f"j{n}", f"评委{n:02}", "班子成员", n == 2) for n in range(1, 41)]


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        (["1", "2", "enter"], 12),
        (["4", "0", "enter"], 40),
        (["4", "1", "enter"], 1),  # there is no 41: the 1 begins a new number
        (["down", "down", "enter"], 3),
        (["3", "down", "1", "enter"], 1),
        (["１", "２", "enter"], 12),
    ],
)
async def test_a_number_or_the_arrows_choose_and_enter_sits_down(keys: list[str], chosen: int) -> None:
    sat: list[Path] = []
    app = JudgeApp(lambda: KitsScreen(lambda: KITS, sat.append))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()

    assert sat == [Path(f"{chosen}.judge")]


async def test_the_names_are_there_in_both_languages_and_the_list_scrolls_to_the_last() -> None:
    app = JudgeApp(lambda: KitsScreen(lambda: KITS, lambda _: None))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("4", "0")
        await pilot.pause()
        listed = app.screen.query_one(OptionList)
        assert listed.highlighted == 39
        assert listed.scroll_offset.y > 0
        translator.switch("zh")
        await pilot.pause()

        assert "opened before" not in str(app.screen.query_one(OptionList).get_option_at_index(1).prompt)
        assert "打开过" in str(app.screen.query_one(OptionList).get_option_at_index(1).prompt)


async def test_who_has_been_there_is_shown_to_the_next_judge() -> None:
    kits = [replace(kit, begun=False) for kit in KITS]
    app = JudgeApp(lambda: KitsScreen(lambda: kits, lambda _: app.push_screen(Screen())))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("3", "enter")
        await pilot.pause()
        kits[2] = replace(kits[2], begun=True)
        app.pop_screen()
        await pilot.pause()
        listed = app.screen.query_one(OptionList)

        assert "opened before" in str(listed.get_option_at_index(2).prompt)
        assert "opened before" not in str(listed.get_option_at_index(3).prompt)
        assert listed.highlighted == 2
