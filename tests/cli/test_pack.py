"""`judge-tui pack` and `judge-tui sit` on the command line; what a pack holds is tested with its service."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from judge_tui.cli import pack as pack_room
from judge_tui.cli.pack import pack_command
from judge_tui.cli.sit import sit
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.services.laptops.packing import Order, Packed


@pytest.fixture
def orders(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """What was ordered; packing itself is played: Windows for 32 bit is always lacking."""
    seen: list[Order] = []

    def played(order: Order, program: object, on_step: object) -> Packed:
        seen.append(order)
        lacking = {"windows-x86": msg("give me a zip")} if "windows-x86" in order.platforms else {}
        return Packed(order.folder, ("linux-x86_64",), lacking, (), 40, 3000, 50_000_000)

    monkeypatch.setattr(pack_room, "pack", played)
    return seen


def test_all_systems_are_packed_unless_some_are_named(orders: list[Order], tmp_path: Path) -> None:
    done = CliRunner().invoke(pack_command, [str(tmp_path / "stick")])

    assert done.exit_code == 0
    assert len(orders[0].platforms) == 6
    assert orders[0].fetch
    assert "40 judges' files" in done.stdout
    assert "give me a zip" in done.stderr


def test_a_system_asked_for_by_name_that_is_lacking_is_a_failure(orders: list[Order], tmp_path: Path) -> None:
    done = CliRunner().invoke(pack_command, [str(tmp_path / "stick"), "--for", "windows"])

    assert done.exit_code == 1
    assert orders[0].platforms == ("windows-x64", "windows-x86")


def test_this_machine_alone_needs_nothing_fetched(orders: list[Order], tmp_path: Path) -> None:
    done = CliRunner().invoke(pack_command, [str(tmp_path / "stick"), "--for", "this"])

    assert done.exit_code == 0
    assert not orders[0].fetch
    assert len(orders[0].platforms) == 1


def test_sitting_down_needs_a_terminal(tmp_path: Path) -> None:
    done = CliRunner().invoke(sit, [str(tmp_path)])

    assert isinstance(done.exception, JudgeTuiError)
    assert done.exception.code == "TERMINAL"


@pytest.mark.parametrize("kits", [0, 1, 3])
def test_no_file_opens_the_start_screen_one_is_opened_at_once_several_are_listed(
    kits: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from judge_tui.cli import first_look, launch
    from judge_tui.services.preparing import kits as kits_room

    opened: list[str] = []
    launcher = SimpleNamespace(
        start_screen=lambda: "start",
        seat_screen=lambda path: f"seat {path.name}",
        doors=SimpleNamespace(open_file=lambda path: None),
    )

    def played(first: object, greet: object) -> None:
        opened.append(str(first(launcher)))  # type: ignore[operator]
        raise SystemExit(0)

    cards = tuple(kits_room.KitCard(tmp_path / f"{n}.judge", "赛", f"j{n}", f"评委{n}", "", False) for n in range(kits))
    monkeypatch.setattr(launch, "launch", played)
    monkeypatch.setattr(first_look, "first_look", list)
    monkeypatch.setattr(kits_room, "kits_in", lambda folder: cards)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("sys.stdout", SimpleNamespace(isatty=lambda: True))

    with pytest.raises(SystemExit):
        sit.callback(tmp_path)  # type: ignore[misc]

    assert opened[0].startswith({0: "start", 1: "seat 0.judge", 3: "KitsScreen"}[kits])
