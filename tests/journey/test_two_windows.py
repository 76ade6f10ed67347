"""The presenter's window and the hall's as two real programs in two real terminals, killed and started again."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from tests.records import Hall as Contest
from tests.records import contest

PAGE_DOWN, PAGE_UP = "\x1b[6~", "\x1b[5~"


class Window:
    """A program in a terminal of its own, and what that terminal shows.

    A thread reads all the time, as a terminal does: a program whose words nobody reads stops at its next one.
    """

    def __init__(self, home: Path, columns: int, rows: int, *arguments: str) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        environment = {**os.environ, "JUDGE_TUI_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "judge_tui", "--lang", "en", *arguments],
            env=environment,
            dimensions=(rows, columns),
            encoding="utf-8",
            codec_errors="replace",
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def press(self, *keys: str) -> None:
        for key in keys:
            self._child.send(key)
            time.sleep(0.15)

    def shows(self, text: str, seconds: float = 60) -> bool:
        """Wait until the screen shows a text."""
        until = time.monotonic() + seconds
        while not (found := text in self.text()) and time.monotonic() < until:
            time.sleep(0.05)
        return found

    def text(self) -> str:
        return "\n".join(self._screen.display)

    def kill(self) -> None:
        """As the power switch would."""
        self._child.kill(9)
        self._reader.join()
        self._child.close(force=True)

    def _read(self) -> None:
        while True:
            try:
                said = self._child.read_nonblocking(65536, timeout=None)
            except pexpect.EOF:
                return
            for private in ("\x1b[>", "\x1b[<", "\x1b[="):
                said = said.replace(private, "\x1b[?")
            self._stream.feed(said)


@pytest.fixture
def event_file(tmp_path: Path) -> Iterator[Path]:
    yield Contest(tmp_path, contest(judges=2, organisations=4)).organiser


def test_either_window_may_be_killed_and_comes_back_where_it_was(event_file: Path, tmp_path: Path) -> None:
    def project() -> Window:
        return Window(tmp_path / "home", 40, 12, "project", str(event_file), "--rehearse")

    def host() -> Window:
        return Window(tmp_path / "home", 100, 30, "host", str(event_file), "--rehearse")

    def both() -> str:
        return f"{hall.text()}\n{presenter.text()}"

    hall, presenter = project(), host()
    try:
        assert hall.shows("REHEARSAL"), both()
        assert presenter.shows("Lobby"), both()
        presenter.press(PAGE_DOWN, PAGE_DOWN)
        assert hall.shows("No. 2"), both()
        assert presenter.shows("On the stage: 2 of 4"), both()

        hall.kill()
        hall = project()
        assert hall.shows("No. 2"), both()
        hall.press(PAGE_UP)
        assert not hall.shows("No. 1", seconds=2)

        presenter.kill()
        assert hall.shows("No. 2"), both()
        presenter = host()
        assert presenter.shows("On the stage: 2 of 4"), both()
        presenter.press("4", "\r")
        assert hall.shows("No. 4"), both()
        presenter.press(PAGE_DOWN, PAGE_DOWN, PAGE_DOWN, PAGE_DOWN)
        assert presenter.shows("Reveal: 1 of"), both()
        assert hall.shows("Place 4"), both()
    finally:
        hall.kill()
        presenter.kill()
