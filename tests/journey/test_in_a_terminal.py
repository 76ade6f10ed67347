"""The terminal program itself, through a real pty: what a person would see at 100 by 30, whole contest and a kill in between."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pyte
import pytest

from judge_tui import settings
from judge_tui.domain.tabulation.result import Standing
from judge_tui.services.demo import prepare
from judge_tui.services.results.ranking import rank_file

COLUMNS, ROWS = 100, 30
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
    """One run of `judge-tui` in a pty, with the screen as a terminal would draw it."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "zh_CN.UTF-8"}
        environment.pop("NO_COLOR", None)
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "judge_tui", *arguments],
            dimensions=(ROWS, COLUMNS),
            cwd=str(folder),
            env=environment,
            timeout=5,
        )

    def read(self) -> str:
        """Take in what has been written so far; the whole screen as text, wide characters once."""
        while True:
            try:
                self._stream.feed(self._known(self.child.read_nonblocking(65536, timeout=0.05)))
            except (pexpect.TIMEOUT, pexpect.EOF):
                return "\n".join(self.screen.display)

    @staticmethod
    def _known(data: bytes) -> bytes:
        # pyte takes the private sequences of newer terminals for text; they draw nothing.
        for start in (b"\x1b[>", b"\x1b[<", b"\x1b[=", b"\x1b[?"):
            while (at := data.find(start)) >= 0:
                end = at + 3
                while end < len(data) and not (0x40 <= data[end] <= 0x7E):
                    end += 1
                data = data[:at] + data[end + 1 :]
        return data

    def until(self, said: Callable[[str], bool], seconds: float = 300) -> str:
        end = time.monotonic() + seconds
        text = self.read()
        while not said(text):
            assert time.monotonic() < end, text
            text = self.read()
        return text

    def press(self, *keys: str) -> None:
        for key in keys:
            self.child.send(KEYS.get(key, key))
            self.read()


def in_small(standing: Standing, text: str) -> bool:
    """Whether a place or its total is on the screen in plain letters; the larger of the two is drawn in blocks."""
    return f"第{standing.rank}名" in text or standing.total_text in text


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Callable[..., Window]]:
    opened: list[Window] = []

    def open_window(*arguments: str) -> Window:
        opened.append(Window(tmp_path, *arguments))
        return opened[-1]

    yield open_window
    for item in opened:
        item.child.close(force=True)


def test_a_whole_contest_in_a_terminal(window: Callable[..., Window], tmp_path: Path) -> None:
    demo = window("--lang", "zh", "demo")
    demo.until(lambda text: "坐上评委席打分" in text)

    demo.press("enter")
    demo.until(lambda text: "第1个，共36个" in text)
    demo.press("4", "8", "enter", "4", "5", "enter")
    demo.until(lambda text: "已评完" in text and "已保存" in text)
    demo.press("esc")
    demo.until(lambda text: "让其他评委打分" in text)
    demo.press("enter")
    demo.until(lambda text: "已交来 40 个文件" in text)
    demo.press("enter")
    demo.until(lambda text: "2960 条签名记录" in text)
    demo.press("enter")
    demo.until(lambda text: "坐上评委席打分" not in text)
    last, before = rank_file(tmp_path / "judge-tui-demo" / "xindian-2021q4.db").result.standings[-1:-3:-1]
    demo.press("pgdn")
    for standing in (last, before):
        demo.press("pgdn")
        demo.until(lambda text, standing=standing: in_small(standing, text))
    demo.press("pgup")
    demo.until(lambda text: in_small(last, text) and not in_small(before, text))
    demo.press("quit")

    demo.child.expect(pexpect.EOF, timeout=30)
    demo.child.close()
    assert demo.child.exitstatus == 0


def test_a_judge_whose_program_was_killed_goes_on_at_the_same_place(
    window: Callable[..., Window], tmp_path: Path
) -> None:
    demo = prepare(tmp_path / "contest", settings.data_folder(), keys=settings.keys_folder())
    seat = window("--lang", "zh", "score", str(demo.kits[2]))
    seat.until(lambda text: "第1个，共36个" in text)
    seat.press("4", "0", "enter", "4", "1", "enter", "enter", "3", "9", "enter")
    seat.until(lambda text: "第2个，共36个" in text and "39" in text)
    seat.press("4", "2")
    seat.until(lambda text: "42" in text)
    time.sleep(1)
    os.kill(seat.child.pid, signal.SIGKILL)

    again = window("--lang", "zh", "score", str(demo.kits[2]))
    text = again.until(lambda text: "第2个，共36个" in text)

    assert "39" in text
    assert "42" in text
