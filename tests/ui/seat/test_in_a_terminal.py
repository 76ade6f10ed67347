"""The program itself in a real pty, once for each way of working, and once killed in the middle."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pyte
import pytest
from PIL import Image

from judge_tui.domain.event import Material
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.seats import open_seat
from tests.bench.terminal import Terminal
from tests.seats import contest, issued


class Seen:
    """What a terminal of 100 × 30 shows of `judge-tui score`."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._screen = pyte.Screen(100, 30)
        self._stream = pyte.ByteStream(self._screen)

    def until(self, wanted: str, timeout: float = 30.0) -> str:
        """The screen once it shows this."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            self._stream.feed(self._terminal.quiet(0.1))
            text = "\n".join(self._screen.display).replace(" ", "")
            if wanted.replace(" ", "") in text:
                return text
        raise AssertionError(f"{wanted!r} is not in\n" + "\n".join(self._screen.display))

    def type(self, keys: str) -> None:
        self._terminal.type(keys)


def start(file: Path, *more: str, environment: Mapping[str, str] = MappingProxyType({})) -> Terminal:
    home = {"JUDGE_TUI_HOME": str(file.parents[1]), **environment}
    return Terminal(["-m", "judge_tui", "--lang", "en", "score", str(file), *more], 100, 30, home)


def given(file: Path) -> dict[tuple[str, str], object]:
    seat = open_seat(file, keys=file.parents[1] / "keys")
    try:
        return {
            (card.organisation.id, criterion): mark.value
            for card in JudgingSession(seat).progress.cards
            for criterion, mark in card.given.items()
        }
    finally:
        seat.file.close()


def test_the_walk_in_a_terminal(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with start(file) as terminal:
        seen = Seen(terminal)
        seen.until("0~50 points")
        seen.type("４５。５\r46\r\r40\r")
        seen.until("No. 2 of 4")
        seen.until("Saved ")
        seen.type("51\r")
        seen.until("At most 50 points here")
        seen.type("\x11")
        terminal.quiet(1.0)

    assert given(file) == {("o1", "look"): 45_500, ("o1", "talk"): 46_000, ("o2", "look"): 40_000}


def test_keys_pressed_before_the_file_is_verified_are_not_lost(tmp_path: Path) -> None:
    file = issued(tmp_path)
    given(file)
    with start(file) as terminal:
        terminal.until("Verifying")
        terminal.type("33\r")
        Seen(terminal).until("Saved ")

    assert given(file) == {("o1", "look"): 33_000}


def test_the_sheet_in_a_terminal_and_the_review(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with start(file) as terminal:
        seen = Seen(terminal)
        seen.until("0~50 points")
        seen.type("\x1bOQ")
        seen.until("Totals")
        for mark in range(40, 48):
            seen.type(f"{mark}\r")
        seen.until("4/4")
        seen.type("\x1bOR")
        seen.until("Everything is given.")
        seen.type("\r")
        seen.until("After submission nothing can be changed")
        seen.type("\r")
        seen.until("Submitted and locked")

    assert len(given(file)) == 8


def test_after_a_kill_everything_is_there_at_the_same_place(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with start(file) as terminal:
        seen = Seen(terminal)
        seen.until("0~50 points")
        seen.type("45\r46\r\r40\r4")
        seen.until("No. 2 of 4")
        seen.until("[ 4 ")
        terminal.quiet(1.0)
    with start(file) as terminal:
        seen = Seen(terminal)
        text = seen.until("No. 2 of 4")
        assert "[40]" in text
        assert "[4]" in text


@pytest.mark.parametrize("rest", [0.0, 1.0], ids=["at once", "after a rest"])
def test_after_a_kill_on_the_way_onward_the_next_mark_replaces_nothing(tmp_path: Path, rest: float) -> None:
    file = issued(tmp_path)
    with start(file) as terminal:
        seen = Seen(terminal)
        seen.until("0~50 points")
        seen.type("45\r46\r")
        seen.until("> Next: 2 西岗村")
        if rest:
            terminal.quiet(rest)
    with start(file) as terminal:
        seen = Seen(terminal)
        seen.until("> Next: 2 西岗村")
        seen.type("40\r")
        seen.until("No. 2 of 4")

    assert given(file) == {("o1", "look"): 45_000, ("o1", "talk"): 46_000}


def test_plain_lines_in_a_terminal(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with start(file, "--plain") as terminal:
        terminal.until("now not given")
        terminal.type("45\n")
        terminal.until("Saved.")
        terminal.type(".\n")
        terminal.until("Everything is saved.")

    assert given(file) == {("o1", "look"): 45_000}


@pytest.mark.parametrize(
    ("environment", "sign", "others"),
    [
        ({"TERM": "foot"}, b'\x1bP0;1q"1;1;', (b"\x1b_G",)),
        ({"TERM": "xterm-kitty"}, b"\x1b_Ga=T,U=1", (b"\x1bP0;1q",)),
        ({"TERM": "xterm-256color"}, "▀".encode(), (b"\x1b_G", b"\x1bP0;1q")),
        ({"TERM": "foot", "NO_COLOR": "1"}, "广场".encode(), (b"\x1b_G", b"\x1bP0;1q", "▀".encode())),
    ],
)
def test_pictures_come_by_the_terminals_own_protocol_and_by_no_other(
    tmp_path: Path, environment: dict[str, str], sign: bytes, others: tuple[bytes, ...]
) -> None:
    event = contest()
    village = replace(event.organisations[0], materials=(Material("a.png", "广场", "before"),))
    file = issued(tmp_path, replace(event, organisations=(village, *event.organisations[1:])))
    (file.parent / "media").mkdir(exist_ok=True)
    Image.new("RGB", (64, 40), (200, 30, 30)).save(file.parent / "media" / "a.png")
    with start(file, environment={"COLORTERM": "truecolor", "TERM_PROGRAM": "", "TMUX": "", **environment}) as terminal:
        Seen(terminal).until("沙盘观摩")
        terminal.type("\x0f")
        sent = b""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not (sign in sent and "广场".encode() in sent):
            sent += terminal.quiet(0.2)
        sent += terminal.quiet(0.5)

    assert sign in sent
    assert not [other for other in others if other in sent]
