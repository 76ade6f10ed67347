"""Plain boxes: nothing that consoles of Chinese Windows draw double width is left on the screen, in dialogs least of all."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from judge_tui.i18n import translator
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.looks import plain_bars
from judge_tui.ui.screens.judging import JudgingScreen
from tests.seats import issued, sitting
from tests.ui.seat.test_walk import seen


@pytest.fixture(autouse=True)
def bars() -> Iterator[None]:
    yield
    plain_bars(False)


@pytest.mark.parametrize("before", [True, False])
async def test_plain_boxes_are_plain_wherever_there_is_a_box(before: bool, tmp_path: Path) -> None:
    translator.switch("zh")
    kept: list[tuple[str, str | bool]] = []
    with sitting(tmp_path, issued(tmp_path)) as session:
        app = JudgeApp(
            lambda: JudgingScreen(session), compatible=before, keep=lambda name, value: kept.append((name, value))
        )
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            if not before:
                await pilot.press("ctrl+b")
            for opening in ("f1", "f10", "f4", "ctrl+e", "f7", "f3", "f2"):
                await pilot.press(opening)
                await pilot.pause()
                wide = {char for char in seen(pilot) if unicodedata.east_asian_width(char) == "A"}
                # Key names, quotation marks and dots are text; they shift a line and break no box.
                assert wide <= set("↑↓←→“”·…"), (opening, wide)
                await pilot.press("escape")

    assert kept == ([] if before else [("compatible", True)])
