"""The first line: on the screen before anything heavy is loaded, and only where a screen follows."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pexpect
import pytest

from judge_tui import __main__ as door


def said(words: list[str], monkeypatch: pytest.MonkeyPatch, terminal: bool = True, encoding: str = "utf-8") -> str:
    written: list[str] = []
    stream = SimpleNamespace(
        isatty=lambda: terminal,
        encoding=encoding,
        write=written.append,
        flush=lambda: None,
        reconfigure=lambda **_: None,
    )
    monkeypatch.setattr(sys, "stdin", stream)
    monkeypatch.setattr(sys, "stdout", stream)
    door._greet(words)
    return "".join(written)


@pytest.mark.parametrize(
    "words", [[], ["--lang", "zh"], ["score", "a.judge"], ["--lang", "en", "sit", "kits"], ["demo"]]
)
def test_where_a_screen_follows_something_is_said_at_once(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "正在启动" in said(words, monkeypatch)


@pytest.mark.parametrize("words", [["rank", "a.db"], ["--help"], ["score", "--help"], ["demo", "--play"], ["doctor"]])
def test_where_words_follow_nothing_is_put_before_them(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(words, monkeypatch) == ""


def test_nothing_is_said_into_a_file_and_no_chinese_to_a_terminal_that_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert said([], monkeypatch, terminal=False) == ""
    assert said([], monkeypatch, encoding="iso8859-1").isascii()


def test_it_is_written_before_the_interface_is_loaded() -> None:
    code = (
        "import sys\n"
        "class Watch:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name in ('textual', 'click', 'judge_tui.settings'): print('LOADS', name, flush=True)\n"
        "sys.meta_path.insert(0, Watch())\n"
        "sys.argv = ['judge-tui', 'score', 'nothing.judge']\n"
        "from judge_tui.__main__ import main; main()\n"
    )
    child = pexpect.spawn(sys.executable, ["-c", code], encoding="utf-8", timeout=20)
    with child:
        child.expect(["正在启动", "LOADS"])

        assert child.after == "正在启动"
