"""`check` and `new` as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from judge_tui import settings
from judge_tui.cli.check import check
from judge_tui.cli.new import new
from judge_tui.i18n import translator

DATA = settings.data_folder()


def run_check(*arguments: str) -> Result:
    return CliRunner().invoke(check, list(arguments))


def test_check_says_what_was_understood() -> None:
    result = run_check(str(DATA / "xindian"))

    assert result.exit_code == 0, result.output
    for words in ("36 organisations", "班子成员: 12", "中层干部: 28", "Full marks: 100", "108 pictures"):
        assert words in result.stdout


def test_check_speaks_chinese() -> None:
    translator.switch("zh")

    assert "36 个单位" in run_check(str(DATA / "xindian")).stdout


def test_check_lists_every_problem_of_every_file_and_fails(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[event]\ntitel = 1\n[[criteria]]\nname = 'x'\n", encoding="utf-8")

    result = run_check(str(wrong), str(tmp_path / "none.toml"), str(DATA / "nancao"))

    assert result.exit_code == 1
    assert f"{wrong}:2: event.titel: is not known here" in result.stderr
    assert f"{wrong}:3: criteria[1].max: is missing" in result.stderr
    assert "none.toml" in result.stderr
    assert "10 organisations" in result.stdout


def test_check_quietly_says_nothing_when_all_is_right() -> None:
    result = run_check("--quiet", str(DATA / "caitou"))

    assert (result.exit_code, result.output) == (0, "")


def test_check_notes_what_cannot_be_issued_yet(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("[[criteria]]\nname = 'x'\nmax = 10\n", encoding="utf-8")

    result = run_check(str(path))

    assert result.exit_code == 0
    assert "There are no judges yet" in result.stdout
    assert "There are no organisations yet" in result.stdout


@pytest.mark.parametrize("template", ["points", "grades", "checklist", "speech"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_new_writes_passes_check(tmp_path: Path, template: str, language: str) -> None:
    translator.switch(language)
    path = tmp_path / "擂台赛.toml"

    made = CliRunner().invoke(new, [template, "--out", str(path)])

    assert made.exit_code == 0, made.output
    assert run_check(str(path)).exit_code == 0


def test_new_refuses_to_overwrite(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("mine", encoding="utf-8")

    result = CliRunner().invoke(new, ["--out", str(path)])

    assert result.exit_code != 0
    assert path.read_text(encoding="utf-8") == "mine"
