"""`check` and `new` as a person runs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from judge_tui import settings
from judge_tui.cli.check import check
from judge_tui.cli.issue import issue
from judge_tui.cli.new import new
from judge_tui.domain.errors import DefinitionError, JudgeTuiError
from judge_tui.i18n import translator
from judge_tui.services.preparing.definitions import load_definition, template_names

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
    assert "Nothing can be issued: there are no organisations yet, there are no judges yet." in result.stdout


@pytest.mark.parametrize(
    ("lists", "wanted"),
    [
        ("", ["organisations", "judges"]),
        ("organisations = ['a']\n", ["judges"]),
        ("judges = ['x']\n", ["organisations"]),
    ],
)
def test_issue_refuses_what_nobody_could_judge_by_and_writes_nothing(
    tmp_path: Path, lists: str, wanted: list[str]
) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(f"[event]\n{lists}[[criteria]]\nname = 'x'\nmax = 10\n", encoding="utf-8")

    result = CliRunner().invoke(issue, [str(path), "--out", str(tmp_path / "out")])

    assert isinstance(result.exception, DefinitionError)
    assert [problem.where for problem in result.exception.problems] == wanted
    assert sorted(item.name for item in tmp_path.iterdir()) == ["rules.toml"]


@pytest.mark.parametrize(
    "criteria",
    ["", "[[criteria]]\nname = 'x'\nmethod = 'grades'\ngrades = { '好' = 100, '差' = 60 }\nanonymous = true\n"],
)
def test_an_event_that_nobody_scores_by_name_is_issued_without_judges(tmp_path: Path, criteria: str) -> None:
    path = tmp_path / "ballots.toml"
    path.write_text(f"[event]\norganisations = ['a']\n{criteria}", encoding="utf-8")

    result = CliRunner().invoke(issue, [str(path), "--out", str(tmp_path / "out")])

    assert (result.exit_code, result.exception) == (0, None), result.output
    assert (tmp_path / "out" / "ballots.db").is_file()


@pytest.mark.parametrize("template", [*template_names(), "xianxiang-lists"])
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


def test_two_lists_become_a_definition_and_a_workbook(tmp_path: Path) -> None:
    (tmp_path / "o.txt").write_text("1、十里铺村\n2、楼李村\n", encoding="gb18030")
    (tmp_path / "j.txt").write_text("评委01;班子成员\n评委02;中层干部\n", encoding="utf-8")
    lists = ["--organisations", str(tmp_path / "o.txt"), "--judges", str(tmp_path / "j.txt")]
    toml, excel = tmp_path / "a.toml", tmp_path / "a.xlsx"

    made = CliRunner().invoke(new, [*lists, "--title", "擂台赛", "--out", str(toml), "--excel", str(excel)])

    assert made.exit_code == 0, made.output
    assert "line 2: “2、楼李村” became “楼李村”" in made.stdout
    assert load_definition(toml) == load_definition(excel)
    assert [item.name for item in load_definition(excel).organisations] == ["十里铺村", "楼李村"]


def test_a_workbook_is_checked_like_a_text(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"

    assert CliRunner().invoke(new, ["grades", "--excel", str(path)]).exit_code == 0
    assert "5 organisations" in run_check(str(path)).stdout


def test_a_new_file_that_is_called_a_workbook_is_one(tmp_path: Path) -> None:
    path = tmp_path / "w.xlsx"

    assert CliRunner().invoke(new, ["points", "--out", str(path)]).exit_code == 0
    assert path.read_bytes().startswith(b"PK")
    assert run_check(str(path)).exit_code == 0


def test_a_definition_goes_from_toml_to_excel_and_back(tmp_path: Path) -> None:
    excel, toml = tmp_path / "x.xlsx", tmp_path / "y.toml"

    assert CliRunner().invoke(new, ["--from", str(DATA / "xindian"), "--excel", str(excel)]).exit_code == 0
    assert CliRunner().invoke(new, ["--from", str(excel), "--out", str(toml)]).exit_code == 0
    assert load_definition(toml) == load_definition(DATA / "xindian")


def test_problems_of_a_workbook_name_the_cell(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "x.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("评分项")
    page.write_row(0, 0, ["名称", "满分"])
    page.write_row(1, 0, ["汇报", "一百"])
    book.close()

    result = run_check(str(path))

    assert result.exit_code == 1
    assert "评分项!B2" in result.stderr


@pytest.mark.parametrize(("typed", "example"), [("[event\n", "[event]"), ("[[judges]\n", "[[judges]]")])
def test_a_heading_left_open_is_shown_closed(tmp_path: Path, typed: str, example: str) -> None:
    path = tmp_path / "open.toml"
    path.write_text(typed, encoding="utf-8")

    result = run_check(str(path))

    assert result.exit_code == 1
    assert f"open.toml:1: the name of a table is not closed with ] → write it as in: {example}\n" in result.stderr


def test_check_notes_a_contest_in_which_nothing_happens(tmp_path: Path) -> None:
    silent, said = tmp_path / "silent.toml", tmp_path / "said.toml"
    silent.write_text('[event]\norganisations = ["甲村"]\n', encoding="utf-8")
    said.write_text(
        '[event]\norganisations = ["甲村"]\n[[phases]]\nname = "点评"\nkind = "comment"\n', encoding="utf-8"
    )

    assert "Nothing is scored and nothing is commented on" in run_check(str(silent)).stdout
    assert "Nothing is scored and nothing is commented on" not in run_check(str(said)).stdout


def test_an_unknown_template_lists_templates_and_samples_apart() -> None:
    with pytest.raises(JudgeTuiError) as caught:
        CliRunner().invoke(new, ["frob"], catch_exceptions=False)

    templates, samples = translator.render(caught.value.hint).splitlines()
    assert templates.startswith("The templates are: ") and "points" in templates and "xindian" not in templates
    assert samples.startswith("The samples are: ") and "xindian" in samples and "points" not in samples


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(JudgeTuiError) as caught:
        CliRunner().invoke(issue, [str(DATA / "nancao"), "--out", str(tmp_path / "file" / "x")], catch_exceptions=False)

    assert caught.value.code == "UNWRITABLE"
