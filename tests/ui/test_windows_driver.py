"""The Windows driver against recorded console events, on any system: only the console itself is played."""

from __future__ import annotations

import ctypes
import importlib
import sys
import threading
from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from textual import events

SHIFT, NUMLOCK = 0x0010, 0x0020


class Console:
    """Plays `kernel32`: hands out recorded records, keeps the modes that were set."""

    def __init__(self) -> None:
        self.batches: list[list[Any]] = []
        self.modes: list[int] = []
        self.stop = threading.Event()
        self.GetStdHandle = LibraryFunction(7)

    def WaitForMultipleObjects(self, *_: Any) -> int:  # noqa: N802 - Windows's name
        if self.batches:
            return 0
        self.stop.set()
        return 0x102

    def ReadConsoleInputW(self, handle: Any, records: Any, most: int, count: Any) -> int:  # noqa: N802
        batch = self.batches.pop(0)
        for place, record in enumerate(batch):
            records._obj[place] = record
        count._obj.value = len(batch)
        return 1

    def GetConsoleMode(self, handle: Any, mode: Any) -> int:  # noqa: N802
        mode._obj.value = 0x01F7  # what a Windows 10 console begins with: Quick Edit on
        return 1

    def SetConsoleMode(self, handle: Any, mode: int) -> int:  # noqa: N802
        self.modes.append(mode)
        return 1


class LibraryFunction:
    """A function on which types can be set, as on a real library's."""

    def __init__(self, answer: int) -> None:
        self._answer = answer

    def __call__(self, *_: Any) -> int:
        return self._answer


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Iterator[Console]:
    played = Console()
    names = ["textual.drivers.win32", "textual.drivers.windows_driver", "judge_tui.ui.windows_driver"]
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
        package, _, module = name.rpartition(".")
        monkeypatch.delattr(importlib.import_module(package), module, raising=False)
    if sys.platform != "win32":
        msvcrt = ModuleType("msvcrt")
        msvcrt.get_osfhandle = lambda number: number  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    monkeypatch.setattr(ctypes, "WinDLL", lambda *_, **__: played, raising=False)
    yield played
    for name in names:
        sys.modules.pop(name, None)


def key(character: str, virtual: int = 0, control: int = 0, down: bool = True) -> Any:
    from textual.drivers import win32

    record = win32.INPUT_RECORD()
    record.EventType = 0x0001
    record.Event.KeyEvent.bKeyDown = down
    record.Event.KeyEvent.wVirtualKeyCode = virtual
    record.Event.KeyEvent.uChar.UnicodeChar = character
    record.Event.KeyEvent.dwControlKeyState = control
    return record


def arrived(console: Console, *batches: list[Any]) -> list[events.Event]:
    """What the reader makes of these batches of records."""
    from judge_tui.ui.windows_driver import Monitor

    console.batches = list(batches)
    seen: list[events.Event] = []
    troubles: list[str] = []
    app = SimpleNamespace(log=troubles.append)
    Monitor(SimpleNamespace(), app, console.stop, seen.append).run()  # type: ignore[arg-type]
    assert troubles == []
    return seen


def typed(console: Console, *batches: list[Any]) -> list[str | None]:
    return [event.character for event in arrived(console, *batches) if isinstance(event, events.Key)]


def test_punctuation_of_the_chinese_input_method_arrives_with_shift_held(console: Console) -> None:
    assert typed(console, [key("？", 0, SHIFT), key("（", 0, SHIFT | NUMLOCK), key("。", 0)]) == ["？", "（", "。"]


def test_words_of_the_input_method_and_digits_arrive_in_order(console: Console) -> None:
    assert typed(console, [key("评"), key("委"), key("9", 0x39), key("5", 0x35, NUMLOCK)]) == ["评", "委", "9", "5"]


def test_keys_that_only_hold_others_say_nothing(console: Console) -> None:
    held = [key("\0", 0x10, SHIFT), key("\0", 0x90, NUMLOCK), key("\0", 0, SHIFT), key("\0", 0xE5)]

    assert typed(console, [*held, key("A", 0x41, SHIFT), key("A", 0x41, SHIFT, down=False)]) == ["A"]


def test_a_nul_that_was_typed_is_a_key(console: Console) -> None:
    found = [event for event in arrived(console, [key("\0", 0x20, 0x0008)]) if isinstance(event, events.Key)]

    assert [event.key for event in found] == ["ctrl+@"]


def test_arrows_come_as_terminal_sequences(console: Console) -> None:
    found = arrived(console, [key(sign) for sign in "\x1b[A\x1b[5~"])

    assert [event.key for event in found if isinstance(event, events.Key)] == ["up", "pageup"]


def test_a_rare_character_cut_in_two_by_a_batch_is_put_together(console: Console) -> None:
    assert typed(console, [key("\ud840")], [key("\udc0b"), key("1", 0x31)]) == ["\U0002000b", "1"]


def test_half_a_character_alone_does_not_make_the_program_deaf(console: Console) -> None:
    assert typed(console, [key("\udc0b"), key("7", 0x37)])[-1] == "7"


def test_quick_edit_is_off_while_the_program_runs_and_comes_back(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    from textual.drivers.windows_driver import WindowsDriver

    from judge_tui.ui.windows_driver import JudgeWindowsDriver

    ended: list[str] = []
    monkeypatch.setattr(WindowsDriver, "start_application_mode", lambda self: None)
    monkeypatch.setattr(WindowsDriver, "close", lambda self: ended.append("closed"))
    monkeypatch.setattr(sys, "__stdin__", SimpleNamespace(fileno=lambda: 0))
    driver = JudgeWindowsDriver.__new__(JudgeWindowsDriver)

    driver.start_application_mode()
    running = console.modes[-1]
    driver.close()

    assert running & 0x0080
    assert not running & 0x0040
    assert running & 0x0200
    assert console.modes[-1] == 0x01F7 | 0x0080
    assert ended == ["closed"]


def test_the_program_takes_this_driver_on_windows(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from judge_tui.ui import app

    monkeypatch.setattr(app, "sys", SimpleNamespace(platform="win32"))

    assert app.JudgeApp.get_driver_class(SimpleNamespace()).__name__ == "JudgeWindowsDriver"  # type: ignore[arg-type]
