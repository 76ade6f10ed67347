"""The branches that only Windows takes, run with a played system, so that at least nothing in them is misspelt."""

from __future__ import annotations

import ctypes
import importlib.util
import io
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from judge_tui import settings

SERVICES = Path(settings.__file__).parent / "services"


class Library:
    """Plays a library of the system: answers each call with what was given for it, and remembers the calls."""

    def __init__(self, **answers: Any) -> None:
        self.calls: list[str] = []
        self._answers = answers

    def __getattr__(self, name: str) -> Any:
        answer = self._answers[name]

        def call(*arguments: Any) -> Any:
            self.calls.append(name)
            return answer(*arguments) if callable(answer) else answer

        return call


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Loads a module as Windows would, with these libraries."""

    def load(name: str, kernel32: Library, user32: Library | None = None) -> ModuleType:
        monkeypatch.setattr(sys, "platform", "win32")
        monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel32, user32=user32), raising=False)
        spec = importlib.util.spec_from_file_location(f"on_windows_{Path(name).name}", SERVICES / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.mark.parametrize(
    ("kind", "medium"), [(2, "removable"), (3, "own"), (4, "network"), (5, "removable"), (6, "memory"), (1, "unknown")]
)
def test_the_kind_of_drive_is_what_windows_says(on_windows: Any, kind: int, medium: str) -> None:
    disks = on_windows("disks", Library(GetDriveTypeW=kind))

    assert disks.medium_of(SimpleNamespace(anchor="E:\\")).value == medium


def test_a_share_is_a_network_without_asking(on_windows: Any) -> None:
    kernel32 = Library()
    disks = on_windows("disks", kernel32)

    assert disks.medium_of(SimpleNamespace(anchor="\\\\server\\share\\")).value == "network"
    assert kernel32.calls == []


def test_keys_on_windows_are_closed_by_the_users_folder(on_windows: Any, tmp_path: Path) -> None:
    machine = on_windows("laptops/machine", Library())
    (tmp_path / "a.key").touch(mode=0o666)

    assert machine.keys_facts(tmp_path).open_to_others == ()
    assert not machine.keys_facts(tmp_path / "none").exists


@pytest.mark.parametrize(("column", "width"), [(1, 1), (2, 2)])
def test_the_console_is_asked_where_its_cursor_is(
    on_windows: Any, monkeypatch: pytest.MonkeyPatch, column: int, width: int
) -> None:
    def tell(handle: int, info: Any) -> int:
        info._obj.cursor.X = column
        return 1

    terminal = on_windows(
        "laptops/terminal", Library(GetStdHandle=7, GetConsoleScreenBufferInfo=tell, GetConsoleOutputCP=936)
    )
    written = io.StringIO()
    monkeypatch.setattr(sys, "stdout", written)

    assert terminal.drawn_widths(("─",)) == (width,)
    assert written.getvalue().endswith("\r")
    assert terminal._code_page() == 936


@pytest.mark.parametrize(("layout", "name"), [(0x08040804, "Windows"), (0x04090409, "")])
def test_a_chinese_keyboard_is_noticed(on_windows: Any, layout: int, name: str) -> None:
    terminal = on_windows("laptops/terminal", Library(), Library(GetKeyboardLayout=layout))

    assert terminal._keyboard() == name


def test_a_console_that_draws_wide_is_told_from_one_that_does_not(
    on_windows: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = on_windows(
        "laptops/terminal", Library(GetStdHandle=7, GetConsoleScreenBufferInfo=0, GetConsoleOutputCP=936)
    )
    stream = SimpleNamespace(isatty=lambda: True, write=lambda text: None, flush=lambda: None)
    monkeypatch.setattr(sys, "stdin", stream)
    monkeypatch.setattr(sys, "stdout", stream)

    assert terminal.draws_lines_wide({})
    assert not terminal.draws_lines_wide({"WT_SESSION": "1"})
