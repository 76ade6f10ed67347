"""The command tables of all screens, read as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.settings import Settings
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.judge_keys import JUDGE_COMMANDS
from judge_tui.ui.keys import APP_COMMANDS, Command, keys_left
from judge_tui.ui.screens.judging import JudgingScreen
from tests.house.readme import screens
from tests.seats import issued, sitting
from tests.ui.seat.test_walk import seen

TABLES = {where: commands for where, _, commands in screens()}


@pytest.mark.parametrize("where", sorted(TABLES))
def test_no_screen_takes_a_key_that_works_everywhere(where: str) -> None:
    everywhere = {key for command in APP_COMMANDS for key in command.keys.split(",")}
    taken = {key: command.id for command in TABLES[where] for key in command.keys.split(",") if key in everywhere}

    assert not taken


def test_a_command_has_one_name_and_one_key_on_every_screen() -> None:
    first: dict[str, Command] = {}
    for commands in TABLES.values():
        for command in commands:
            assert first.setdefault(command.id, command).keys == command.keys, command.id


@pytest.mark.parametrize(
    ("keymap", "command", "left"),
    [
        ({}, "judge.clock", ("ctrl+k",)),
        ({"judge.clock": "f11,f6"}, "judge.clock", ("f11", "f6")),
        ({"judge.later": "f5,ctrl+k"}, "judge.clock", ()),
        ({"app.help": "f2"}, "judge.sheet", ()),
        ({"judge.later": "f8"}, "judge.undo", ("ctrl+z",)),
        ({"desk.copy": "f8"}, "judge.undo", ("f8", "ctrl+z")),
    ],
)
def test_a_key_that_was_given_away_is_no_longer_shown(
    keymap: dict[str, str], command: str, left: tuple[str, ...]
) -> None:
    assert keys_left(next(item for item in JUDGE_COMMANDS if item.id == command), keymap) == left


async def test_a_key_of_ones_own_works_and_is_told_everywhere(tmp_path: Path) -> None:
    with sitting(tmp_path, issued(tmp_path)) as session:
        app = JudgeApp(
            lambda: JudgingScreen(session), Settings(keymap={"judge.later": "f11,ctrl+k", "judge.down": "f6"})
        )
        async with app.run_test(size=(120, 30)) as pilot:
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, JudgingScreen)
            await pilot.press("ctrl+k")
            assert screen.card.later
            await pilot.press("f6", "4", "0", "enter")
            await pilot.pause()
            assert [item.value for item in screen.card.given.values()] == [40_000]
            await pilot.press("f1")
            await pilot.pause()
            assert "F11 Ctrl+K" in seen(pilot)
