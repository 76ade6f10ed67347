"""The command tables of all screens, read as one."""

from __future__ import annotations

import pytest

from judge_tui.ui.keys import APP_COMMANDS, Command
from tests.house.readme import screens

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
