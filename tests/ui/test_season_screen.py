"""The season full-screen: its rooms, and the matches in doubt that are decided there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from judge_tui.domain.commitments import Commitment, CommitmentState
from judge_tui.domain.season.season import build_season
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.read import ReadDialog
from judge_tui.ui.screens.season import SeasonScreen
from judge_tui.ui.season import rows
from tests.domain.season.made_up import made_round, showing
from tests.ui.seat.test_walk import seen

TOTALS = {
    "q1": [("shang", "上岳村", "95", 1), ("zhu", "竹山村", "88.5", 2), ("da", "大埔村", "71", 3)],
    "q2": [("zhu", "竹山村", "96", 1), ("s1", "上岳", "91", 2), ("da", "大埔村", "70", 3)],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    declared = '[season]\nname = "流动红黄旗"\n'
    for number, (event, lines) in enumerate(TOTALS.items(), 1):
        document = {
            "event": event,
            "title": f"第{number}季度评比",
            "provisional": False,
            "organisations": [
                {"id": who, "name": name, "total": total, "rank": rank, "award": None}
                for who, name, total, rank in lines
            ],
        }
        (tmp_path / f"{event}.json").write_text(json.dumps(document), encoding="utf-8")
        declared += f'[[events]]\nid = "{event}"\nseries = "流动红黄旗"\nseason = "2021年第{number}季度"\n'
    (tmp_path / "season.toml").write_text(declared, encoding="utf-8")
    return tmp_path


async def test_digits_open_the_rooms(folder: Path) -> None:
    async with JudgeApp(lambda: SeasonScreen(folder)).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "流动红黄旗: 2 events" in seen(pilot)
        assert "竹山村" in seen(pilot)
        assert "+1" in seen(pilot)

        await pilot.press("2")
        assert any("o" in line and "*" in line and line.count("|") == 2 for line in seen(pilot).splitlines())
        await pilot.press("5")
        assert "Nobody has promised anything." in seen(pilot)
        await pilot.press("tab")
        assert "上岳村 (2021年第1季度)" in seen(pilot)
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReadDialog)


async def test_enter_decides_a_doubt_and_the_season_is_read_again(folder: Path) -> None:
    async with JudgeApp(lambda: SeasonScreen(folder)).run_test(size=(100, 30)) as pilot:
        await pilot.press("6", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChooseDialog)
        await pilot.press("1")
        await pilot.pause()

        assert "No match is in doubt." in seen(pilot)
        assert 'same = [\n    ["q1:shang", "q2:s1"],\n]' in (folder / "matches.toml").read_text(encoding="utf-8")
        await pilot.press("1")
        assert "93.00" in seen(pilot)


def test_venues_in_parallel_stand_under_their_names_and_share_no_place() -> None:
    season = build_season(
        [
            made_round("a", "第三季度", showing("甲", 90, 1), host="东会场"),
            made_round("b", "第三季度", showing("乙", 95, 1), host="西会场"),
        ]
    )

    assert [line.cells[:2] for line in rows.standings(season)] == [
        ("", "东会场"),
        ("1", "甲"),
        ("", "西会场"),
        ("1", "乙"),
    ]


def test_promises_are_counted_and_what_is_open_is_told() -> None:
    kept = Commitment("a", "修路", CommitmentState.DONE)
    going = Commitment("b", "路灯", CommitmentState.DOING, 2)
    season = build_season([made_round("q1", "第一季度", replace(showing("甲", 90, 1), commitments=(kept, going)))])

    assert [line.cells for line in rows.promises(season)] == [
        ("", "Commitments: 1 done, 2 in progress"),
        ("甲", "1 done, 2 in progress"),
        ("", "路灯: in progress, 2 matters, promised in 第一季度"),
    ]
