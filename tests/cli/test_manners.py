"""The command line's manners: exit codes, languages, no screens without a terminal, completion."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from judge_tui import __version__
from judge_tui.cli.group import make_group
from tests.records import Hall, mark


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "judge_tui", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        timeout=60,
    )


def test_the_version_is_said_by_option() -> None:
    assert run("--version").stdout == f"judge-tui, version {__version__}\n"


def test_a_misspelt_command_is_answered_with_the_one_that_was_meant_and_usage_is_in_chinese() -> None:
    wrong = run("--lang", "zh", "rnak", "x")

    assert wrong.returncode == 2
    assert "是不是 `judge-tui rank`？" in wrong.stderr
    assert "用法： judge-tui [选项] [命令]" in wrong.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(("nosuch",), 2), (("rank",), 2), (("rank", "nowhere.db"), 2), (("help", "nothing"), 1), (("check", "."), 1)],
)
def test_exit_codes_tell_wrong_usage_from_something_to_mend(arguments: tuple[str, ...], code: int) -> None:
    assert run(*arguments).returncode == code


def test_the_librarys_own_words_are_chinese_too() -> None:
    done = run("--lang", "zh", "rank", "--nosuch")

    assert "没有选项" in done.stderr
    assert "用法：" in done.stderr


@pytest.mark.parametrize("words", [("--lang", "zh", "rank", "--help"), ("rank", "--help", "--lang=zh")])
def test_the_language_may_stand_anywhere_on_the_line(words: tuple[str, ...]) -> None:
    assert "用法：" in run(*words).stdout


def test_a_language_that_is_not_spoken_is_wrong_usage_wherever_it_stands() -> None:
    assert run("demo", "--lang", "fr").returncode == 2


def test_the_start_screen_without_a_terminal_is_refused_with_what_to_try() -> None:
    done = run("--lang", "en")

    assert (done.returncode, done.stdout) == (1, "")
    assert "judge-tui demo --play" in done.stderr


@pytest.mark.parametrize(
    ("environment", "word"), [("zh_CN.UTF-8", "用法："), ("en_GB.UTF-8", "Usage:"), ("C", "Usage:")]
)
def test_the_systems_language_is_spoken_unless_another_is_asked_for(environment: str, word: str) -> None:
    done = run("--help", LC_ALL=environment, LANGUAGE="")

    assert word in done.stdout


def test_a_screen_without_a_terminal_is_refused_in_words(tmp_path: Path) -> None:
    done = run("--lang", "en", "new", "points", "--out", str(tmp_path / "contest.toml"))
    assert done.returncode == 0, done.stderr
    issued = run("issue", str(tmp_path / "contest.toml"), "--out", str(tmp_path / "out"))
    assert issued.returncode == 0, issued.stderr

    for command, file in (("score", "*.judge"), ("project", "*.db"), ("organise", "*.db")):
        done = run("--lang", "en", command, str(next((tmp_path / "out").glob(file))))
        assert done.returncode == 1
        assert "no terminal" in done.stderr


def test_the_shell_completes_commands() -> None:
    done = run(_JUDGE_TUI_COMPLETE="bash_complete", COMP_WORDS="judge-tui ra", COMP_CWORD="1")

    assert "rank" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("merge", "{}", "x.judge"),
        ("rank", "{}"),
        ("export", "{}"),
        ("project", "{}"),
        ("organise", "{}"),
        ("documents", "{}", "--out", "papers"),
        ("bundle", "{}"),
        ("undo", "{}"),
        ("quarantine", "{}"),
        ("certificates", "{}"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_whatever_stands_in_the_organisers_place_is_named_with_what_belongs_there(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    hall = Hall(tmp_path)
    (tmp_path / "empty.db").touch()
    (tmp_path / "junk.db").write_bytes(b"junk")
    hall.write("j1", mark("o1", "c1", 70))
    for path in (tmp_path / "empty.db", tmp_path / "junk.db", hall.kit("j1"), hall.hand_over("j1")):
        outcome = CliRunner().invoke(make_group(), [word.format(path) for word in arguments])
        assert outcome.exit_code == 1, path
        assert path.name in outcome.stderr
        assert ".db" in outcome.stderr.replace(path.name, "")
