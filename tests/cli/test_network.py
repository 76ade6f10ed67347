"""The commands hub and sync, as two processes on the loopback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.records import Hall, mark

PROGRAM = [sys.executable, "-m", "judge_tui", "--lang", "en"]


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    hall = Hall(tmp_path)
    hall.write("j1", mark("o1", "c1", 90))
    return hall


def run(hall: Hall, keys: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command on the laptop whose keys these are."""
    home = keys.parent / f"home-{keys.name}"
    home.mkdir(exist_ok=True)
    if not (home / "keys").exists():
        (home / "keys").symlink_to(keys)
    return subprocess.run(
        [*PROGRAM, *arguments],
        env={**os.environ, "JUDGE_TUI_HOME": str(home)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


def test_a_judge_sends_to_a_hub_that_another_process_runs(hall: Hall) -> None:
    home = hall.folder / "organiser-home"
    home.mkdir()
    (home / "keys").symlink_to(hall.keys)
    hub = subprocess.Popen(
        [*PROGRAM, "hub", str(hall.organiser), "--listen", "127.0.0.1", "--port", "0", "--quiet", "--seconds", "30"],
        env={**os.environ, "JUDGE_TUI_HOME": str(home), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert hub.stdout is not None
        address = re.search(r"127\.0\.0\.1:\d+", hub.stdout.readline())
        assert address is not None
        done = run(hall, hall.laptop("j1"), "sync", str(hall.kit("j1")), address[0])
    finally:
        hub.terminate()
        hub.wait(10)
        if hub.stdout is not None:
            hub.stdout.close()

    assert done.returncode == 0, done.stderr
    assert "The organiser holds 2 of 2" in done.stdout
    assert hall.project().received("j1") == 2  # type: ignore[arg-type]


def test_a_hub_that_is_not_told_where_to_listen_listens_nowhere(hall: Hall) -> None:
    done = run(hall, hall.keys, "hub", str(hall.organiser))

    assert done.returncode == 1
    assert "--listen" in done.stderr


@pytest.mark.parametrize(
    ("address", "code"), [("127.0.0.1:9", "NO_HUB"), ("not an address", "ADDRESS"), ("127.0.0.1:99999", "ADDRESS")]
)
def test_a_judge_is_told_why_nothing_was_sent(hall: Hall, address: str, code: str) -> None:
    done = run(hall, hall.laptop("j1"), "sync", str(hall.kit("j1")), address)

    assert done.returncode == 1
    assert f"[{code}]" in done.stderr


def test_an_address_of_another_machine_cannot_be_listened_on(hall: Hall) -> None:
    done = run(hall, hall.keys, "hub", str(hall.organiser), "--listen", "192.0.2.7", "--quiet")

    assert done.returncode == 1
    assert "[LISTEN]" in done.stderr
