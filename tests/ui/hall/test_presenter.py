"""The presenter's view: what is now, what comes next, and notes that the hall does not see."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widgets import Label

from judge_tui.domain.ceremony.machine import Act, Move, Stage
from judge_tui.domain.ceremony.picture import Kind, Progress
from judge_tui.domain.ceremony.show import Options, Slide
from judge_tui.services.hall.ceremony import LocalHall
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.screens.presenter import PresenterScreen
from judge_tui.ui.widgets.hall_canvas import HallCanvas
from tests.domain.ceremony.shows import show

SIZES = [(80, 24), (100, 30), (120, 36)]


def text_of(pilot: Pilot[int], name: str) -> str:
    found = pilot.app.screen.query_one(f"#{name}")
    if isinstance(found, HallCanvas):
        return "\n".join(found.render_line(row).text for row in range(found.size.height))
    assert isinstance(found, Label)
    return str(found.render())


def presenter(hall: LocalHall) -> JudgeApp:
    return JudgeApp(lambda: PresenterScreen(hall, now=lambda: 0))


@pytest.mark.parametrize("size", SIZES)
async def test_the_next_picture_is_shown_before_the_hall_sees_it(size: tuple[int, int]) -> None:
    hall = LocalHall(show(Options(announce=0)), Progress(37, 40))
    async with presenter(hall).run_test(size=size) as pilot:
        await pilot.press("n", "n", "n", "pagedown")
        while hall.ceremony.state.shown < 6:
            await pilot.press("pagedown")
        assert "6 of 6" in text_of(pilot, "where")
        assert hall.picture.kind is Kind.CARD
        assert "湾李村" in text_of(pilot, "next")

        assert "湾李村" not in text_of(pilot, "now")


async def test_what_stands_in_the_way_is_said_where_the_next_picture_would_be() -> None:
    hall = LocalHall(show(lacks=["tie"]))
    async with presenter(hall).run_test(size=(160, 50)) as pilot:
        await pilot.press("n", "n", "n")

        assert "Not final: something is missing" in text_of(pilot, "notes")


@pytest.mark.parametrize(("code", "word"), [("", "Scoring has ended"), ("12345 67890", "Sealed")])
async def test_the_presenter_reads_sealed_only_where_the_record_is(code: str, word: str) -> None:
    hall = LocalHall(replace(show(), code=code), Progress(40, 40))
    hall.act(Act(Move.GO, text="sealed"))
    async with presenter(hall).run_test(size=(100, 30)) as pilot:
        assert word in text_of(pilot, "where")
        assert ("Sealed" in text_of(pilot, "where")) is bool(code)
        assert ("is not sealed in the record" in text_of(pilot, "notes")) is not bool(code)


async def test_the_stage_key_goes_through_the_stages_in_their_order() -> None:
    hall = LocalHall(show())
    async with presenter(hall).run_test(size=(100, 30)) as pilot:
        await pilot.press("n", "f2", "n")
        assert hall.ceremony.state.stage is Stage.SEALED
        await pilot.press("n", "end", "n", "n", "n")

        assert hall.ceremony.state.stage is Stage.AWARDS


@pytest.mark.parametrize(("keys", "left"), [(("escape",), False), (("pagedown",), False), (("right", "enter"), True)])
async def test_escape_asks_before_the_presenter_leaves(keys: tuple[str, ...], left: bool) -> None:
    async with presenter(LocalHall(show())).run_test(size=(100, 30)) as pilot:
        screen = pilot.app.screen
        await pilot.press("escape")
        assert pilot.app.screen is not screen
        await pilot.press(*keys)
        await pilot.pause()

        assert (pilot.app.screen is not screen) is left


async def test_slides_are_called_by_their_number() -> None:
    hall = LocalHall(show(Options(slides=(Slide("请就座"), Slide("鸣谢", ("合作社",), sponsor=True)))))
    async with presenter(hall).run_test(size=(100, 30)) as pilot:
        assert "1 请就座   2 鸣谢" in text_of(pilot, "notes")
        await pilot.press("2", "m")
        assert str(hall.picture.heading) == "鸣谢"
        await pilot.press("m")

        assert hall.picture.kind is Kind.TITLE


async def test_a_reveal_plays_by_itself_waits_while_blank_and_stops_at_the_board() -> None:
    hall = LocalHall(show(Options(announce=0)))
    hall.act(Act(Move.GO, text="sealed"))
    async with presenter(hall).run_test(size=(100, 30)) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, PresenterScreen)
        await pilot.press("1", "a")
        assert "playing by itself" in text_of(pilot, "where")
        await pilot.press("b")
        await pilot.pause(1.2)
        assert hall.ceremony.state.blank
        await pilot.press("b")
        for _ in range(120):
            await asyncio.sleep(0.1)
            if not screen.playing:
                break

        assert hall.picture.kind is Kind.BOARD
        assert "playing" not in text_of(pilot, "where")


async def test_a_step_back_stops_the_playing() -> None:
    hall = LocalHall(show(Options(announce=0)))
    hall.act(Act(Move.GO, text="sealed"))
    async with presenter(hall).run_test(size=(100, 30)) as pilot:
        await pilot.press("a", "pagedown", "pagedown", "pageup")

        assert "playing" not in text_of(pilot, "where")


async def test_the_clock_is_started_stopped_and_reset() -> None:
    hall = LocalHall(show())
    async with presenter(hall).run_test(size=(100, 30)) as pilot:
        await pilot.press("pagedown", "c")
        assert hall.ceremony.state.since == 0
        await pilot.press("r")

        assert hall.ceremony.state.since is None
