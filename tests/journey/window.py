"""The program in a terminal of its own, and what that terminal shows."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "pgdn": "\x1b[6~",
    "pgup": "\x1b[5~",
    "f2": "\x1bOQ",
    "f12": "\x1b[24~",
    "quit": "\x11",
}


class Window:
    """One run of `judge-tui` in a pty.

    A thread reads all the time, as a terminal does: a program whose words nobody reads stops at its next one.
    """

    def __init__(self, folder: Path, *arguments: str, columns: int = 100, rows: int = 30) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "zh_CN.UTF-8"}
        environment.pop("NO_COLOR", None)
        self._screen, self._drawing = pyte.Screen(columns, rows), threading.Lock()
        self._stream = pyte.ByteStream(self._screen)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "judge_tui", *arguments],
            dimensions=(rows, columns),
            cwd=str(folder),
            env=environment,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def read(self) -> str:
        """The whole screen as text, wide characters once."""
        with self._drawing:
            return "\n".join(self._screen.display)

    def until(self, said: Callable[[str], bool], seconds: float = 300) -> str:
        """The screen once this is said of it and it stands still; fails, showing it, where that never comes."""
        end = time.monotonic() + seconds
        while True:
            text = self.read()
            time.sleep(0.1)
            if said(text) and self.read() == text:
                return text
            assert time.monotonic() < end, text

    def shows(self, text: str, seconds: float = 60) -> bool:
        """Whether the screen shows a text before the time is over."""
        end = time.monotonic() + seconds
        while not (found := text in self.read()) and time.monotonic() < end:
            time.sleep(0.05)
        return found

    def press(self, *keys: str) -> None:
        """Type as a hand does, one key after the other."""
        for key in keys:
            self.child.send(KEYS.get(key, key))
            time.sleep(0.05)

    def ended(self, seconds: float = 60) -> int | None:
        """The exit code once the program has ended."""
        self._reader.join(seconds)
        self.child.close(force=True)
        return self.child.exitstatus

    def kill(self) -> None:
        """As the power switch would."""
        self.child.kill(9)
        self.ended()

    def _read(self) -> None:
        begun = b""
        while True:
            try:
                data = begun + self.child.read_nonblocking(65536, timeout=None)
            except (pexpect.EOF, ValueError):
                return
            whole = _whole(data)
            begun = data[whole:]
            with self._drawing:
                self._stream.feed(_known(data[:whole]))


def _whole(data: bytes) -> int:
    """How much of this ends with a whole control sequence."""
    last = data.rfind(b"\x1b")
    unfinished = last >= 0 and not any(0x40 <= byte <= 0x7E for byte in data[last + 1 :].removeprefix(b"["))
    return last if unfinished else len(data)


def _known(data: bytes) -> bytes:
    """Without the private sequences of newer terminals, which draw nothing and which pyte takes for text."""
    for start in (b"\x1b[>", b"\x1b[<", b"\x1b[=", b"\x1b[?"):
        while (at := data.find(start)) >= 0:
            end = at + 3
            while end < len(data) and not (0x40 <= data[end] <= 0x7E):
                end += 1
            data = data[:at] + data[end + 1 :]
    return data
