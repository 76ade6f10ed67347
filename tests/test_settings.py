"""The settings file: read once, and one setting changed in it without touching what a person wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui import settings
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.ui.looks import is_light

WRITTEN = """# mine
language = "zh"
theme = "judge-dark"   # for the evening

[keys]
"app.help" = "f11"
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "judge-light"\n'),
        (WRITTEN, WRITTEN.replace('theme = "judge-dark"   # for the evening', 'theme = "judge-light"')),
        ('[keys]\n"app.help" = "f11"\n', 'theme = "judge-light"\n[keys]\n"app.help" = "f11"\n'),
        ("not = = toml\n", "not = = toml\n"),
    ],
)
def test_one_choice_is_kept_and_the_rest_stays_as_it_is(before: str, after: str, own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "settings.toml").write_text(before, encoding="utf-8")

    settings.remember("theme", "judge-light")

    assert (own_home / "settings.toml").read_text(encoding="utf-8") == after
    assert [path.name for path in own_home.iterdir()] == ["settings.toml"]


def test_a_choice_is_there_at_the_next_start(own_home: Path) -> None:
    settings.remember("theme", "judge-contrast")
    settings.remember("compatible", True)

    loaded = settings.load()

    assert (loaded.theme, loaded.compatible) == ("judge-contrast", True)


def test_where_nothing_can_be_written_nothing_is_remembered(own_home: Path) -> None:
    own_home.write_text("a file, no folder", encoding="utf-8")

    settings.remember("theme", "judge-light")

    assert own_home.read_text(encoding="utf-8") == "a file, no folder"


def test_a_setting_of_the_wrong_kind_is_an_error_in_words(own_home: Path) -> None:
    own_home.mkdir()
    (own_home / "settings.toml").write_text("theme = 3\n", encoding="utf-8")

    with pytest.raises(JudgeTuiError, match="SETTINGS"):
        settings.load()


@pytest.mark.parametrize(
    ("said", "light"), [("0;15", True), ("0;default;15", True), ("15;0", False), ("", False), ("7", True)]
)
def test_a_terminal_that_says_so_has_a_white_background(said: str, light: bool) -> None:
    assert is_light({"COLORFGBG": said}) is light
