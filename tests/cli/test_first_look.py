"""The first start says what must be changed on this laptop, once it is fit never again, and never in the way."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from judge_tui import __version__
from judge_tui.cli.first_look import MARKER, first_look, notices
from judge_tui.services.disks import Medium
from judge_tui.services.laptops import machine
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.screens.kits import KitsScreen


@pytest.fixture
def medium() -> object:
    with patch.object(machine, "medium_of", return_value=Medium.OWN) as played:
        yield played


def test_a_fit_laptop_is_looked_at_once_for_each_version(own_home: Path, medium: object) -> None:
    assert first_look() == []
    assert (own_home / MARKER).read_text(encoding="utf-8") == __version__
    with patch.object(machine, "medium_of", side_effect=AssertionError):
        assert first_look() == []
    (own_home / MARKER).write_text("0.0.1", encoding="utf-8")
    with patch.object(machine, "medium_of", return_value=Medium.NETWORK):
        assert [item.id for item in first_look()] == ["folder.disk"]


def test_a_laptop_that_is_not_fit_is_looked_at_until_it_is(own_home: Path) -> None:
    with patch.object(machine, "medium_of", return_value=Medium.MEMORY):
        assert [item.id for item in first_look()] == ["folder.disk"]
        assert [item.id for item in first_look()] == ["folder.disk"]

    assert not (own_home / MARKER).exists()


async def test_the_notice_stands_above_the_first_screen(own_home: Path) -> None:
    with patch.object(machine, "medium_of", return_value=Medium.MEMORY):
        greet = notices()
    screen = KitsScreen(tuple, lambda path: None)

    def opened() -> KitsScreen:
        greet(app)
        return screen

    app = JudgeApp(opened)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        (notice,) = app._notifications

        assert app.screen is screen
        assert "memory" in notice.message
        assert "Documents" in notice.message
