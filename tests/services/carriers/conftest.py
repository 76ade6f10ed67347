"""Sticks for tests: small file systems of their own, mounted where the machine lets us."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from judge_tui.services.carriers.drives import Drive, drive_at
from tests.records import Hall, mark


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    """A contest in which the first judge has given two marks."""
    hall = Hall(tmp_path / "擂台赛 2021")
    hall.write("j1", mark("o1", "c1", 90), mark("o1", "c2", 80))
    return hall


@pytest.fixture
def plug(tmp_path: Path) -> Iterator[Callable[..., Drive]]:
    """Plug in a stick of so many KB; skips, by name, where nothing may be mounted."""
    mounted: list[Path] = []

    def plug_in(kilobytes: int = 4096, options: str = "", name: str = "U盘") -> Drive:
        point = tmp_path / "media" / name
        point.mkdir(parents=True, exist_ok=True)
        size = f"size={kilobytes}k" + (f",{options}" if options else "")
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", str(point)], capture_output=True)
        if done.returncode:
            pytest.skip("needs the right to mount")
        mounted.append(point)
        drive = drive_at(point)
        assert drive is not None
        return drive

    yield plug_in
    for point in mounted:
        while point.is_mount():
            subprocess.run(["umount", "-l", str(point)], check=True)
