"""Seasons from real files: issued, played, merged, and opened together."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from judge_tui.domain.definition import read_definition
from judge_tui.domain.errors import DefinitionError, JudgeTuiError
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.services.preparing.issuing import issue
from judge_tui.services.records.collecting import merge
from judge_tui.services.results.ranking import rank_file, ranking_json
from judge_tui.services.seasons.season import open_season
from judge_tui.services.seat.playing import play_seat
from judge_tui.settings import data_folder

VILLAGES = ("十里铺村", "楼李村", "石固村")
FLAGS = [
    {"id": "red", "name": "红旗", "kind": "flag", "top": 1, "cut": "all"},
    {"id": "yellow", "name": "黄旗", "kind": "flag", "bottom": 1, "cut": "all"},
]


def play(folder: Path, event: str, season: str, seed: int, *, villages: tuple[str, ...] = VILLAGES) -> Path:
    """One small event through its whole life; the organiser's file."""
    definition = {
        "event": {
            "id": event,
            "title": f"{season}亮赛比",
            "series": "亮赛比",
            "season": season,
            "host": "观音寺镇",
            "organisations": list(villages),
            "judges": ["评委甲", "评委乙"],
        },
        "criteria": [{"name": "观摩", "max": 100}],
        "awards": FLAGS,
    }
    keys = folder.parent / "keys"
    issued = issue(read_definition(definition, event), folder / event, keys=keys)
    files = [play_seat(kit.path, folder / event / "in", keys=keys, seed=seed).handed_over for kit in issued.kits]
    merge(issued.organiser, files, keys=keys)
    return issued.organiser


def digests(folder: Path) -> dict[Path, str]:
    return {path: sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_a_monthly_series_is_one_ranking_with_the_totals_of_each_file(tmp_path: Path) -> None:
    folder = tmp_path / "season"
    made = [play(folder, f"m{month}", f"2021年{month}月", month) for month in (12, 10, 11)]
    before = digests(folder)
    season = open_season(folder).season
    table = season.tables[0]

    assert [item.id for item in season.rounds] == ["m10", "m11", "m12"]
    assert len(season.tables) == 1
    assert {line.name for line in table.lines} == set(VILLAGES)
    for path in made:
        result = rank_file(path).result
        at = [item.id for item in table.field.rounds].index(result.event)
        assert not result.provisional
        for standing in result.standings:
            line = next(line for line in table.lines if line.name == standing.name)
            showing = line.showings[at]
            assert showing is not None
            assert (showing.total, showing.place, showing.award_names) == (
                standing.total,
                standing.rank,
                standing.award_names,
            )
    assert sum(item.count for item in season.honours if item.award == "红旗") >= 3
    assert digests(folder) == before


def test_a_published_result_counts_as_the_file_it_came_from(tmp_path: Path) -> None:
    folder = tmp_path / "season"
    first = play(folder, "m10", "2021年10月", 1)
    second = play(folder, "m11", "2021年11月", 2)
    whole = open_season(folder).season
    (folder / "results.json").write_text(ranking_json(rank_file(first)), encoding="utf-8")
    both = open_season(folder)
    first.unlink()
    declaration = '[[events]]\nid = "m10"\nseries = "亮赛比"\nseason = "2021年10月"\nhost = "观音寺镇"\n'
    (folder / "season.toml").write_text(declaration, encoding="utf-8")
    published = open_season(folder).season

    assert second.is_file()
    assert both.season.tables == whole.tables
    assert [path.name for path, _ in both.left_out] == ["results.json"]
    figures = [[(line.name, line.figure, line.place) for line in item.tables[0].lines] for item in (whole, published)]
    assert figures[0] == figures[1]


def test_a_rehearsal_and_a_strange_file_are_left_out_and_said(tmp_path: Path) -> None:
    folder = tmp_path / "season"
    play(folder, "m10", "2021年10月", 1)
    event = load_definition(data_folder() / "wanjia")
    issue(event, folder / "rehearsal", keys=tmp_path / "keys", rehearsal=True)
    (folder / "notes.db").write_bytes(b"no database at all")
    (folder / "other.json").write_text('{"a": 1}', encoding="utf-8")
    (folder / "broken.json").write_text(
        '{"event": "x", "provisional": false, "organisations": [{"id": 1}]}', encoding="utf-8"
    )
    found = open_season(folder)

    assert [item.id for item in found.season.rounds] == ["m10"]
    assert sorted(path.name for path, _ in found.left_out) == [
        "broken.json",
        "notes.db",
        f"{event.id}-rehearsal.db",
    ]


def test_a_file_that_lacks_marks_makes_the_season_provisional(tmp_path: Path) -> None:
    folder = tmp_path / "season"
    played = play(folder, "m10", "2021年10月", 1)
    definition = rank_file(played).event
    unplayed = replace(definition, id=type(definition.id)("m11"), season="2021年11月")
    issue(unplayed, folder / "m11", keys=tmp_path / "keys")
    season = open_season(folder).season

    assert [item.provisional for item in season.rounds] == [False, True]
    assert len(season.notes) == 1


def test_the_venues_of_beibaixiang_stay_apart(tmp_path: Path) -> None:
    folder = tmp_path / "season"
    for name in ("beibaixiang/mingyu", "beibaixiang/xizhang", "beibaixiang/sanshan"):
        issue(load_definition(data_folder() / name), folder / name, keys=tmp_path / "keys")
    season = open_season(folder).season

    assert len(season.tables) == 3
    assert all(item.field.parallel for item in season.tables)
    assert all(len(item.lines) == 5 for item in season.tables)
    assert not any(item.provisional for item in season.rounds)
    assert all(line.place is None and line.figure is None for item in season.tables for line in item.lines)


def test_a_published_result_of_an_event_without_scores_ranks_nobody(tmp_path: Path) -> None:
    issued = issue(load_definition(data_folder() / "beibaixiang" / "mingyu"), tmp_path / "made", keys=tmp_path / "keys")
    folder = tmp_path / "season"
    folder.mkdir()
    (folder / "results.json").write_text(ranking_json(rank_file(issued.organiser)), encoding="utf-8")
    lines = open_season(folder).season.tables[0].lines

    assert [line.attended for line in lines] == [1] * 5
    assert all(line.place is None and line.figure is None for line in lines)


def test_the_honours_that_liushi_prints_are_in_the_ledger_of_the_season(tmp_path: Path) -> None:
    folder = tmp_path / "season"
    for name in ("liushi-qiligang", "liushi-xiangyang", "liushi-xiangnan"):
        issue(load_definition(data_folder() / name), folder / name, keys=tmp_path / "keys")
    season = open_season(folder).season
    printed = dict(season.printed)

    assert len(season.tables) == 3
    assert "7次" in printed["曹田前村"][0]
    assert any("连续两个月" in words for words in printed["荷堡村"])


def test_two_yellow_flags_in_a_row_of_the_same_village_lead_to_a_talk(tmp_path: Path) -> None:
    folder = tmp_path / "season"
    # The only village of an event is its last, and gets the yellow flag.
    for number, quarter in enumerate(("2021年第一季度", "2021年第二季度"), 1):
        play(folder, f"q{number}", quarter, number, villages=("石固村",))
    (folder / "season.toml").write_text(
        '[[consequences]]\naward = "yellow"\ntimes = 2\nthen = "约谈"\n', encoding="utf-8"
    )
    outcome = open_season(folder).season.outcomes[0]

    assert (outcome.name, outcome.rule.then, outcome.times) == ("石固村", "约谈", 2)
    assert outcome.labels == ("2021年第一季度", "2021年第二季度")


def test_a_mistake_in_the_declaration_has_its_line(tmp_path: Path) -> None:
    folder = tmp_path / "season"
    play(folder, "m10", "2021年10月", 1)
    (folder / "season.toml").write_text('[season]\nsame = [["m10:石固村", "m11:石固"]]\n', encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        open_season(folder)

    assert [problem.line for problem in caught.value.problems] == [2]
    assert caught.value.source.endswith("season.toml")


@pytest.mark.parametrize(("name", "code"), [("nothing", "NO_FOLDER"), ("empty", "NO_EVENTS")])
def test_a_folder_without_events_is_told(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(JudgeTuiError) as caught:
        open_season(tmp_path / name)

    assert caught.value.code == code


def test_the_same_event_twice_counts_once(tmp_path: Path) -> None:
    folder = tmp_path / "season"
    path = play(folder, "m10", "2021年10月", 1)
    (folder / "copy.db").write_bytes(path.read_bytes())
    found = open_season(folder)

    assert len(found.season.rounds) == 1
    assert len(found.left_out) == 1
    assert "there already" in str(found.left_out[0][1])


def test_a_final_result_goes_before_a_file_that_lacks_marks_and_keeps_its_season(tmp_path: Path) -> None:
    folder = tmp_path / "season"
    played = play(folder, "m10", "2021年10月", 1)
    ranking = rank_file(played)
    published = ranking_json(ranking)
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    issue(ranking.event, folder / "again", keys=tmp_path / "other-keys")
    before = open_season(folder).season.rounds[0]
    (folder / "results.json").write_text(published, encoding="utf-8")
    found = open_season(folder)
    after = found.season.rounds[0]

    assert (before.provisional, after.provisional) == (True, False)
    assert (after.series, after.season, after.host) == ("亮赛比", "2021年10月", "观音寺镇")
    assert [path.name for path, _ in found.left_out] == ["m10.db"]
