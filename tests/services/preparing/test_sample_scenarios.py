"""The sample events played from definition to announcement by simulated judges: what comes out is what the articles report."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from judge_tui import settings
from judge_tui.domain.event import Event
from judge_tui.domain.tabulation.result import Result
from judge_tui.services.preparing import issuing
from judge_tui.services.preparing.definitions import load_definition, media_folder
from judge_tui.services.records.collecting import merge
from judge_tui.services.results.ranking import rank_file, rank_table
from judge_tui.services.seat.playing import play_seat, typed_marks

DATA = settings.data_folder()
SCORED = (
    "caitou",
    "xinjianlu",
    "guanyinsi",
    "xindian",
    "nancao",
    "beixiajie",
    "liushi-nancheng",
    "xianxiang-speech",
    "xianxiang-lists",
)


def spreadsheet(event: Event, folder: Path) -> Path:
    """Every judge's marks as a spreadsheet of paper marks would hold them."""
    path = folder / "marks.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["评委", "单位", "评分项", "得分"])
        for judge in event.judges:
            for mark in typed_marks(event, judge, seed=7):
                organisation, criterion = (
                    event.organisation_by_id[mark.organisation],
                    event.criterion_by_id[mark.criterion],
                )
                writer.writerow([judge.name, organisation.name, criterion.name, mark.text])
    return path


def ranked(name: str, folder: Path) -> Result:
    definition = DATA / name / "event.toml"
    return rank_table(definition, spreadsheet(load_definition(definition), folder)).result


def awards(result: Result) -> Counter[str]:
    return Counter(name for standing in result.standings for name in standing.award_names)


@pytest.mark.parametrize("name", SCORED)
def test_every_scored_sample_comes_to_a_final_result(tmp_path: Path, name: str) -> None:
    event, result = load_definition(DATA / name), ranked(name, tmp_path)

    assert [lack for lack in result.lacks if lack.code != "award"] == []
    assert len(result.standings) == len(event.organisations)
    assert all(standing.total is not None for standing in result.standings)


def test_xindian_ranks_all_36_villages_without_a_gap(tmp_path: Path) -> None:
    result = ranked("xindian", tmp_path)
    ranks = [standing.rank for standing in result.standings]

    assert ranks[0] == 1
    # 1, 1, 3: a place is one more than how many stand before it.
    for standing in result.standings:
        assert standing.rank == 1 + sum((other.total or 0) > (standing.total or 0) for other in result.standings)


def test_caitou_announces_two_six_and_two(tmp_path: Path) -> None:
    assert awards(ranked("caitou", tmp_path)) == {"优秀": 2, "良好": 6, "合格": 2}


def test_xinjianlu_gives_every_community_one_grade(tmp_path: Path) -> None:
    result = ranked("xinjianlu", tmp_path)

    assert all(len(standing.award_names) == 1 for standing in result.standings)
    assert set(awards(result)) <= {"优秀", "良好", "一般"}


def test_a_secretary_s_own_community_is_judged_by_one_fewer(tmp_path: Path) -> None:
    event = load_definition(DATA / "xinjianlu")
    marks = Counter(
        (mark.organisation, judge.group) for judge in event.judges for mark in typed_marks(event, judge, seed=7)
    )
    criteria, secretaries = len(event.criteria), sum(judge.group == "secretaries" for judge in event.judges)

    for organisation in event.organisations:
        assert marks[organisation.id, "secretaries"] == criteria * (secretaries - 1)


def test_the_south_names_two_advanced_villages(tmp_path: Path) -> None:
    assert awards(ranked("liushi-nancheng", tmp_path))["先进村社"] == 2


def test_the_lists_name_the_first_and_the_last_and_nobody_twice(tmp_path: Path) -> None:
    result = ranked("xianxiang-lists", tmp_path)
    red = [standing for standing in result.standings if "红榜" in standing.award_names]
    black = [standing for standing in result.standings if "黑榜" in standing.award_names]

    assert len(red) >= 3
    assert len(black) >= 3
    assert min(standing.total or 0 for standing in red) > max(standing.total or 0 for standing in black)


def test_the_east_is_decided_by_counting_ballots_that_carry_no_name(tmp_path: Path) -> None:
    event = load_definition(DATA / "liushi-dongcheng")
    path = tmp_path / "ballots.csv"
    lines = ["评委组,单位,评分项,得分"]
    for place, organisation in enumerate(event.organisations):
        ballots = ["优秀"] * (20 - place) + ["良好"] * place + ["弃权", "无效"]
        lines += [f"与会人员,{organisation.name},第一季度工作,{ballot}" for ballot in ballots]
    path.write_text("\n".join(lines), encoding="utf-8")

    result = rank_table(DATA / "liushi-dongcheng" / "event.toml", path).result

    # Twenty valid ballots each: (100 x excellent + 80 x good) / 20; the abstained and the invalid one do not count.
    assert [standing.total for standing in result.standings] == [100, 99, 98, 97, 96, 95]
    assert awards(result)["先进村社"] == 2
    assert result.lacks == ()


@pytest.mark.parametrize("name", ["caitou", "beixiajie"])
def test_through_real_files_the_result_is_the_same_as_from_the_spreadsheet(tmp_path: Path, name: str) -> None:
    event = load_definition(DATA / name)
    keys, sticks = tmp_path / "keys", tmp_path / "sticks"
    sticks.mkdir()
    issued = issuing.issue(event, tmp_path / "out", keys=keys, media=media_folder(DATA / name))
    handed = [
        play_seat(kit.path, sticks, keys=tmp_path / "home" / kit.judge_id, seed=7).handed_over for kit in issued.kits
    ]
    merge(issued.organiser, handed, keys=keys)

    from_files, from_paper = rank_file(issued.organiser).result, ranked(name, tmp_path)

    assert [(s.organisation, s.total, s.rank, s.award_names) for s in from_files.standings] == [
        (s.organisation, s.total, s.rank, s.award_names) for s in from_paper.standings
    ]
    assert [lack for lack in from_files.lacks if lack.code != "award"] == []
