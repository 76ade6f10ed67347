"""A whole contest as a newcomer meets it: start, sit down, score, let the others be played, merge, reveal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from judge_tui.cli.launch import Launcher
from judge_tui.i18n import translator
from judge_tui.services.results.ranking import rank_file
from judge_tui.settings import Settings
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.screens.demo import DemoScreen
from judge_tui.ui.screens.judging import JudgingScreen
from judge_tui.ui.screens.projector import ProjectorScreen
from judge_tui.ui.screens.start import StartScreen


async def until(pilot: Pilot[int], said: Callable[[], bool], seconds: float = 120) -> None:
    """Wait for something to become true, however slow the machine is."""
    for _ in range(int(seconds / 0.05)):
        if said():
            return
        await pilot.pause()
        await asyncio.sleep(0.05)
    raise AssertionError("it never came about")


def shown(hall: ProjectorScreen) -> str:
    """Everything that the hall's picture says."""
    return repr(hall.picture)


@pytest.fixture
def launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Launcher:
    monkeypatch.chdir(tmp_path)
    translator.switch("zh")
    launcher = Launcher()
    launcher.app = JudgeApp(launcher.start_screen, Settings())
    return launcher


async def test_a_newcomer_scores_lets_the_others_be_played_merges_and_sees_the_reveal(launcher: Launcher) -> None:
    app = launcher.app
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, StartScreen))

        await pilot.press("1")
        await until(pilot, lambda: isinstance(app.screen, DemoScreen))
        demo = app.screen
        assert isinstance(demo, DemoScreen)

        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, JudgingScreen))
        seat = app.screen
        assert isinstance(seat, JudgingScreen)
        await pilot.press("4", "8", "enter", "４", "４", "full_stop", "５", "enter")
        await until(pilot, lambda: seat.session.progress.finished == 1)
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is demo)

        await pilot.press("enter")
        await until(pilot, lambda: "play" in demo.done)
        await pilot.press("enter")
        await until(pilot, lambda: "collect" in demo.done)

        ranking = rank_file(demo.demo.organiser)
        assert not ranking.result.provisional
        mine = {
            (row.criterion, row.value)
            for row in ranking.ballots.rows
            if row.judge == demo.demo.event.judges[demo.demo.seat].id
            and row.organisation == ranking.event.organisations[0].id
        }
        assert {value for _, value in mine} == {48000, 44500}

        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ProjectorScreen))
        hall = app.screen
        assert isinstance(hall, ProjectorScreen)
        first = ranking.result.standings[0].name
        last = ranking.result.standings[-1].name
        seen = [shown(hall)]
        while len(seen) < 100 and first not in seen[-1]:
            await pilot.press("pagedown")
            seen.append(shown(hall))
        assert any(last in picture and first not in picture for picture in seen)
        assert len(seen) > len(ranking.result.standings)
    launcher.close()
