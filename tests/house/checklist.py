"""The pictures on the page `windows-laptop`: what the real program shows at each step, taken through a terminal of 80×24.

`python -m tests.house.checklist en` (or `zh`) takes them anew, between the fences that name them.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect
import pyte

from judge_tui import settings
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.services.preparing.issuing import issue
from tests.house.readme import ROOT

FENCE = re.compile(r"^```text (\w+)\n(.*?)^```$", re.M | re.S)
"""A picture on the page: its name behind the fence's language."""

STICK = "stick"
"""Stands for the path of a folder among the keys."""

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("names", ()),
    ("seat", ("2", "\r")),
    ("saved", ("2", "3", "\r")),
    ("comment", ("\x1b[17~", "谈得实在，数字清楚！")),
    ("handover", ("\x1b", "\x05")),
    ("handed", (STICK, "\r")),
)
"""The pictures of the full screen in their order, and the keys that lead from one to the next: Enter, F6, Esc, Ctrl+E."""

SIZE = (24, 80)


def page(language: str) -> Path:
    """The page in a language."""
    return ROOT / "judge_tui" / "docs" / f"windows-laptop.{language}.md"


def taken(language: str) -> dict[str, str]:
    """Every picture by name."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        sample = settings.data_folder() / "nancao" / "event.toml"
        issue(load_definition(sample), folder / "kits", keys=folder / "keys")
        environment = {**os.environ, "JUDGE_TUI_HOME": str(folder / "home"), "TERM": "xterm-256color"}
        program = [sys.executable, "-m", "judge_tui", "--lang", language]
        (folder / STICK).mkdir()
        pictures = _walked([*program, "sit", str(folder / "kits")], environment, folder / STICK)
        doctor = subprocess.run(
            [*program, "doctor", str(folder)], env=environment, capture_output=True, text=True, encoding="utf-8"
        )
    return pictures | {"doctor": "…\n" + doctor.stdout.strip().splitlines()[-1]}


def _walked(command: list[str], environment: dict[str, str], stick: Path) -> dict[str, str]:
    screen = pyte.Screen(SIZE[1], SIZE[0])
    stream = pyte.ByteStream(screen)
    child = pexpect.spawn(command[0], command[1:], env=environment, dimensions=SIZE, timeout=30)
    pictures = {}
    try:
        until = time.monotonic() + 30
        while not any("评委01" in line for line in screen.display) and time.monotonic() < until:
            _look(child, stream, 0.5)
        for name, keys in STEPS:
            for key in keys:
                child.send(str(stick) if key == STICK else key)
                _look(child, stream, 0.4)
            _look(child, stream, 2.5)
            pictures[name] = cropped(screen.display)
    finally:
        child.close(force=True)
    return pictures


def _look(child: pexpect.spawn, stream: pyte.ByteStream, seconds: float) -> None:
    """Let the screen show what comes within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            stream.feed(
                re.sub(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]+|\x1bP.*?\x1b\\", b"", child.read_nonblocking(65536, 0.1))
            )
        except pexpect.TIMEOUT:
            continue


def cropped(lines: list[str]) -> str:
    """The screen without empty lines at its ends and with at most one between; one time of day and one code for all."""
    text = re.sub(r"\n\s*\n(\s*\n)+", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")
    return re.sub(r"-[0-9a-f]{8}\.j", "-1a2b3c4d.j", re.sub(r"\d\d:\d\d:\d\d", "09:30:00", text))


def main(language: str) -> None:
    """Put fresh pictures on the page."""
    pictures = taken(language)
    path = page(language)
    text = path.read_text(encoding="utf-8")
    fresh = FENCE.sub(lambda found: f"```text {found[1]}\n{pictures[found[1]]}\n```", text)
    path.write_text(fresh, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1])
