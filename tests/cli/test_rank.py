"""`judge-tui rank` as a person and as a program use it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from judge_tui.cli import run
from judge_tui.i18n import translator

DEFINITION = """
[event]
title = "2021年第四季度擂台赛"
[[criteria]]
name = "汇报"
max = 100
[tabulation]
trim = 1
[[awards]]
id = "first"
name = "一等奖"
kind = "prize"
quota = 1
"""
MARKS = """评委,参评单位,得分
评委01,才头村,98
评委02,才头村,86
评委03,才头村,93.42
评委01,曹田前村,90
评委02,曹田前村,80
评委03,曹田前村,85
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "d.toml").write_text(DEFINITION, encoding="utf-8")
    (tmp_path / "m.csv").write_text(MARKS, encoding="utf-8-sig")
    return str(tmp_path / "d.toml"), str(tmp_path / "m.csv")


def command(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    language = translator.language
    try:
        with pytest.raises(SystemExit) as exit_:
            run(list(arguments))
    finally:
        translator.switch(language)
    out, err = capsys.readouterr()
    return int(exit_.value.code or 0), out, err


def test_json_has_what_a_program_needs(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    definition, marks = files

    code, out, err = command(capsys, "rank", definition, "--marks", marks, "--format", "json")

    document = json.loads(out)
    assert (code, err, document["provisional"], document["missing"]) == (0, "", False, [])
    first, second = document["organisations"]
    assert {key: first[key] for key in ("id", "name", "total", "rank", "tied", "award")} == {
        "id": "才头村",
        "name": "才头村",
        "total": "93.42",
        "rank": 1,
        "tied": False,
        "award": "一等奖",
    }
    assert (second["total"], second["rank"], second["award"]) == ("85.00", 2, None)
    assert {"key": "sheet.mean", "value": "93.42"}.items() <= next(
        step for step in first["steps"] if step["key"] == "sheet.mean"
    ).items()


def test_the_official_sentence_in_chinese(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    definition, marks = files

    code, out, _ = command(capsys, "--lang", "zh", "rank", definition, "--marks", marks, "--explain", "才头村")

    assert code == 0
    assert "去掉一个最高分98.00分，去掉一个最低分86.00分，最后得分93.42分" in out


def test_csv_can_be_read_again(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    definition, marks = files

    _, out, _ = command(capsys, "rank", definition, "--marks", marks, "--format", "csv")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["rank"], row["name"], row["total"], row["award"]) for row in rows] == [
        ("1", "才头村", "93.42", "一等奖"),
        ("2", "曹田前村", "85.00", ""),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_stays_within_eighty_columns(
    language: str, files: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from rich.cells import cell_len

    definition, marks = files
    monkeypatch.setenv("COLUMNS", "80")

    _, out, _ = command(capsys, "--lang", language, "rank", definition, "--marks", marks)

    assert max(cell_len(line) for line in out.splitlines()) <= 80
    row = next(line for line in out.splitlines() if "93.42" in line)
    assert row.split()[:3] == ["1", "1", "才头村"]


def test_a_provisional_result_says_what_is_missing_and_is_no_failure(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    definition, marks = files
    Path(marks).write_text(MARKS.replace("评委03,曹田前村,85\n", ""), encoding="utf-8")

    code, out, err = command(capsys, "--lang", "en", "rank", definition, "--marks", marks, "--format", "json")

    document = json.loads(out)
    assert code == 0
    assert document["provisional"] is True
    assert {"code": "missing", "judge": "评委03", "organisation": "曹田前村"}.items() <= document["missing"][0].items()
    assert "评委03 · 曹田前村 · 汇报: no mark was given" in err


def test_what_one_judge_owes_stands_on_one_line(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    definition, marks = files
    rows = [
        f"评委0{judge},{name},{90 if judge < 3 else ''}" for judge in range(1, 4) for name in ("甲", "乙", "丙", "丁")
    ]
    Path(marks).write_text("\n".join(["评委,参评单位,得分", *rows]), encoding="utf-8")

    _, _, err = command(capsys, "--lang", "en", "rank", definition, "--marks", marks)

    assert [line for line in err.splitlines() if "评委03" in line] == [
        "  评委03: 4 marks are missing, for 甲, 乙, 丙 and 1 more"
    ]


def test_wrong_marks_are_an_error_with_their_rows(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    definition, marks = files
    Path(marks).write_text(MARKS + "评委04,才头村,101\n", encoding="utf-8")

    code, out, err = command(capsys, "--lang", "en", "rank", definition, "--marks", marks)

    assert (code, out) == (1, "")
    assert f"{marks}:8: score: “101” is outside the criterion's range → from 0 to 100" in err


@pytest.mark.parametrize(
    ("step", "score", "said"),
    [
        ("step = 0.5\n", "93.4", "“93.4” is between the criterion's steps of 0.5 → 93 or 93.5"),
        ("step = 0.5\ndeduct = true\n", "6.6", "“6.6” is between the criterion's steps of 0.5 → 6.5 or 7"),
        ("step = 0.1\n", "93.4", ""),
        ("", "93.42", ""),
    ],
)
def test_a_step_that_the_definition_names_binds_the_spreadsheet(
    step: str, score: str, said: str, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    definition, marks = files
    Path(definition).write_text(DEFINITION.replace("max = 100\n", "max = 100\n" + step), encoding="utf-8")
    Path(marks).write_text(f"评委,参评单位,得分\n评委01,才头村,{score}\n", encoding="utf-8")

    code, _, err = command(capsys, "--lang", "en", "rank", definition, "--marks", marks)

    assert (code, said in err) == (1 if said else 0, True)
    assert not said or f"{marks}:2: score: {said}" in err


def test_a_definition_alone_cannot_be_ranked(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = command(capsys, "--lang", "en", "rank", files[0])

    assert code == 1
    assert "NO_MARKS" in err


def test_an_unknown_organisation_cannot_be_explained(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = command(capsys, "--lang", "en", "rank", files[0], "--marks", files[1], "--explain", "李村")

    assert code == 1
    assert "才头村" in err


@pytest.mark.parametrize("form", ["table", "json"])
def test_diagnostics_stand_beside_the_result(
    form: str, files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = command(
        capsys, "--lang", "en", "rank", files[0], "--marks", files[1], "--diagnostics", "--format", form
    )

    assert code == 0
    if form == "json":
        assert set(json.loads(out)["agreement"]) >= {"ICC(2,1)", "MS residual"}
    else:
        assert "才头村 and 曹田前村: a change of 8.42 would swap them" in out
