"""Keys: help for what is in focus, keys of one's own, no key twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.settings import Settings
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.dialogs.help import HelpDialog
from judge_tui.ui.judge_keys import JUDGE_COMMANDS
from judge_tui.ui.keys import APP_COMMANDS
from judge_tui.ui.screens.judging import JudgingScreen
from tests.seats import issued, sitting
from tests.ui.seat.test_walk import given, seated, seen


def test_no_key_is_given_twice_and_none_needs_a_letter_alone() -> None:
    keys = [key for command in (*JUDGE_COMMANDS, *APP_COMMANDS) for key in command.keys.split(",")]

    assert len(keys) == len(set(keys))
    assert not [key for key in keys if len(key) == 1]
    ids = [command.id for command in JUDGE_COMMANDS]
    assert len(ids) == len(set(ids))


async def test_help_explains_the_field_in_focus_and_lists_the_keys(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, _):
        await pilot.press("down", "f1")
        await pilot.pause()

        assert isinstance(pilot.app.screen, HelpDialog)
        text = seen(pilot)
        assert "述职情况: 0~50 points, step 0.5" in text
        assert "What is missing, and submit" in text


@pytest.mark.parametrize(("command", "key"), [("judge.accept", "f11"), ("judge.next", "f11"), ("judge.later", "f11")])
async def test_keys_can_be_put_elsewhere_by_their_ids(tmp_path: Path, command: str, key: str) -> None:
    with sitting(tmp_path, issued(tmp_path)) as session:
        app = JudgeApp(lambda: JudgingScreen(session), Settings(keymap={command: key}))
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause()
            await pilot.press(*"45", key)
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, JudgingScreen)

            if command == "judge.accept":
                assert given(session) == {("o1", "look"): 45_000}
            elif command == "judge.next":
                assert screen.card.organisation.number == 2
            else:
                assert screen.card.later


async def test_the_review_shows_the_judges_own_spread(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, _):
        await pilot.press(*"45", "enter", "pagedown", *"40", "enter", "f3")
        await pilot.pause()

        assert "沙盘观摩: lowest 40, mean 42.50, highest 45" in seen(pilot)
