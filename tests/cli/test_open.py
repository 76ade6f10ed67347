"""`open` and `organise`: which screen a file gets, and what is said about a file that gets none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from judge_tui.cli import launch, organise
from judge_tui.cli.launch import Launcher
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.files import file_kind
from tests.organiser.world import make_world


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the screens that would have been run."""
    found: list[str] = []

    def run(first: Any, *_: Any) -> None:
        launcher = Launcher()
        found.append(type(first(launcher)).__name__)
        launcher.close()

    monkeypatch.setattr(launch, "launch", run)
    return found


@pytest.mark.parametrize(
    ("command", "name", "screen"),
    [
        (organise.open_any, "ring-2021q4.db", "OrganiserScreen"),
        (organise.open_any, "ring-2021q4-j1.judge", "JudgingScreen"),
        (organise.organise, "ring-2021q4.db", "OrganiserScreen"),
    ],
)
def test_a_file_opens_with_its_own_screen(
    tmp_path: Path, opened: list[str], command: Any, name: str, screen: str
) -> None:
    world = make_world(tmp_path)
    done = CliRunner().invoke(command, [str(world.issued.organiser.parent / name)])

    assert done.exit_code == 0, done.output
    assert opened == [screen]


def test_a_judges_file_has_no_table(tmp_path: Path, opened: list[str]) -> None:
    world = make_world(tmp_path)
    done = CliRunner().invoke(organise.organise, [str(world.kit("j1"))])

    assert isinstance(done.exception, JudgeTuiError)
    assert done.exception.code == "NOT_ORGANISER"
    assert file_kind(world.kit("j1")) == "judge"
