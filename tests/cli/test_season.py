"""`judge-tui season` as a person and as a program use it, over published results."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from judge_tui.cli import run
from judge_tui.domain.definition import read_definition
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.inputs import Ballots
from judge_tui.i18n import translator
from judge_tui.services.results.ranking import Ranking, ranking_json

QUARTERS = {"q1": "2021年第一季度", "q2": "2021年第二季度"}
RESULTS: dict[str, list[tuple[str, str, str, int, str]]] = {
    "q1": [("shang", "上岳村", "95", 1, "红旗"), ("zhu", "竹山村", "88.5", 2, ""), ("da", "大埔村", "71", 3, "黄旗")],
    "q2": [("zhu", "竹山村", "96", 1, "红旗"), ("s1", "上岳", "91", 2, ""), ("da", "大埔村", "70", 3, "黄旗")],
}
DECLARED = (
    "[season]\n"
    'name = "汤塘镇流动红黄旗"\n'
    "{same}"
    + "".join(
        f'[[events]]\nid = "{event}"\nseries = "流动红黄旗"\nseason = "{label}"\nhost = "汤塘镇"\n'
        for event, label in QUARTERS.items()
    )
    + '[[consequences]]\naward = "黄旗"\ntimes = 2\nthen = "约谈"\n'
    '[[annual]]\nname = "年度红旗"\nquota = 1\nwithout = ["黄旗"]\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "汤塘镇"
    made.mkdir()
    for event, rows in RESULTS.items():
        document = {
            "event": event,
            "title": f"{QUARTERS[event]}评比",
            "provisional": False,
            "organisations": [
                {"id": who, "name": name, "total": total, "rank": rank, "award": flag or None}
                for who, name, total, rank, flag in rows
            ],
        }
        (made / f"{event}.json").write_text(json.dumps(document), encoding="utf-8")
    (made / "season.toml").write_text(DECLARED.format(same=""), encoding="utf-8")
    return made


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        run(["season", *arguments])
    out = capsys.readouterr()
    return int(ended.value.code or 0), out.out, out.err


def test_a_person_reads_standings_flags_and_what_follows(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, str(folder))

    assert code == 0
    assert "大埔村: 约谈 (黄旗 2 times in a row: 2021年第一季度, 2021年第二季度)" in out
    assert "年度红旗: 竹山村" in out
    assert "+1" in out
    assert 'same = [["q1:shang", "q2:s1"]]' in out


def test_the_line_that_is_offered_decides_the_doubt(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "season.toml").write_text(DECLARED.format(same='same = [["q1:shang", "q2:s1"]]\n'), encoding="utf-8")
    _, out, _ = said(capsys, str(folder), "--format", "json")
    document = json.loads(out)

    assert document["doubtful"] == []
    assert [(item["name"], item["figure"]) for item in document["rankings"][0]["organisations"]] == [
        ("上岳", "93.00"),
        ("竹山村", "92.25"),
        ("大埔村", "70.50"),
    ]


def test_a_spreadsheet_has_one_row_for_each_showing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, str(folder), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out, newline="")))

    assert len(rows) == 6
    assert {(row["event"], row["event_awards"]) for row in rows if row["name"] == "大埔村"} == {
        ("q1", "黄旗"),
        ("q2", "黄旗"),
    }


def test_it_speaks_chinese(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["--lang", "zh", "season", str(folder)])
    out = capsys.readouterr().out
    translator.switch("en")

    assert not ended.value.code
    assert "大埔村：先后2次“黄旗”、最近连续2次（2021年第一季度、2021年第二季度）" in out
    assert "大埔村：约谈（连续2次黄旗：2021年第一季度、2021年第二季度）" in out


def test_the_chart_has_plain_characters_and_one_width(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = said(capsys, str(folder))
    bars = [line.split("|")[1] for line in out.splitlines() if line.count("|") == 2]

    assert len(bars) == 2
    assert {len(bar) for bar in bars} == {40}
    assert all(set(bar) <= set(" o.-*") and "o" in bar and "*" in bar for bar in bars)


def test_a_file_left_out_is_said_on_stderr(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "old.db").write_bytes(b"nothing")
    code, out, err = said(capsys, str(folder))

    assert code == 0
    assert "old.db" in err
    assert "old.db" not in out


def test_an_empty_folder_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x").mkdir()
    code, out, err = said(capsys, str(tmp_path / "x"))

    assert (code, out) == (1, "")
    assert "NO_EVENTS" in err


def test_of_events_without_scores_it_is_said_who_took_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = {
        "event": "q3",
        "title": "第三季度村村擂台赛",
        "provisional": False,
        "organisations": [
            {"id": name, "name": name, "total": "0.00", "rank": 1, "award": None} for name in ("茗东村", "茗西村")
        ],
    }
    (tmp_path / "results.json").write_text(json.dumps(document), encoding="utf-8")
    _, out, _ = said(capsys, str(tmp_path))

    assert "Took part: 茗东村, 茗西村" in out
    assert "0.00" not in out


def test_twelve_months_fit_on_eighty_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    declared = ""
    for month in range(1, 13):
        rows = [("a", "岐头三村", 80 + month, 2), ("b", "曹田前村", 99, 1)]
        document = {
            "event": f"m{month}",
            "title": "月排名评比",
            "provisional": False,
            "organisations": [
                {"id": who, "name": name, "total": str(total), "rank": place, "award": "最美村" if place == 1 else None}
                for who, name, total, place in rows
            ],
        }
        (tmp_path / f"m{month}.json").write_text(json.dumps(document), encoding="utf-8")
        declared += f'[[events]]\nid = "m{month}"\nseries = "月排名评比"\nseason = "2023年{month}月"\n'
    (tmp_path / "season.toml").write_text(declared, encoding="utf-8")
    _, out, _ = said(capsys, str(tmp_path))
    row = next(line for line in out.splitlines() if line.lstrip().startswith("1  曹田前村"))

    assert row.split() == ["1", "曹田前村", "99.00", *["1"] * 12, "="]
    assert "“最美村” 12 times, 12 times in a row up to now" in out


def test_doubtful_matches_are_gone_through_one_by_one_and_stay_decided(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    declared = (folder / "season.toml").read_text(encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    _, later, _ = said(capsys, str(folder), "--review")
    assert "上岳村  (2021年第一季度评比, id shang)" in later
    assert "Perhaps the same organisation" in later
    assert not (folder / "matches.toml").exists()

    monkeypatch.setattr("sys.stdin", io.StringIO("1\n"))
    said(capsys, str(folder), "--review")
    _, out, _ = said(capsys, str(folder), "--format", "json")

    document = json.loads(out)
    assert document["doubtful"] == []
    assert document["rankings"][0]["organisations"][0]["figure"] == "93.00"
    assert (folder / "season.toml").read_text(encoding="utf-8") == declared
    assert "No match is in doubt." in said(capsys, str(folder), "--review")[1]


def test_two_that_are_declared_to_be_two_are_not_asked_about_again(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("2\n"))
    said(capsys, str(folder), "--review")
    _, out, _ = said(capsys, str(folder), "--format", "json")

    assert json.loads(out)["doubtful"] == []
    assert {item["name"] for item in json.loads(out)["rankings"][0]["organisations"]} >= {"上岳村", "上岳"}


def test_the_next_event_needs_the_organisers_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, str(folder), "--next", str(folder / "next.toml"))

    assert code == 1
    assert "NO_DEFINITION" in err
    assert not (folder / "next.toml").exists()


def test_a_published_result_says_itself_where_it_belongs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = read_definition(
        {
            "event": {"id": "a", "title": "评比", "series": "红黄旗", "season": "2021年第三季度", "host": "汤塘镇"},
            "organisations": ["甲村", "乙村"],
            "criteria": [{"name": "观摩", "max": 100}],
            "awards": [{"id": "y", "name": "黄旗", "kind": "flag", "quota": 1, "from_last": True}],
        }
    )
    result = tabulate(event, Ballots([]))
    (tmp_path / "results.json").write_text(ranking_json(Ranking(event, Ballots([]), result)), encoding="utf-8")
    _, out, _ = said(capsys, str(tmp_path), "--format", "json")

    (entry,) = json.loads(out)["events"]
    assert (entry["series"], entry["season"], entry["host"]) == ("红黄旗", "2021年第三季度", "汤塘镇")
