"""The projector's screen as a host drives it: a clicker's keys, a number and Enter, what is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.style import Style
from rich.text import Text
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Input

from judge_tui.domain.ceremony.machine import Act, Stage
from judge_tui.domain.ceremony.picture import Kind, Progress
from judge_tui.domain.ceremony.show import Options, Show
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator
from judge_tui.services.hall.ceremony import LocalHall
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.screens.projector import ProjectorScreen
from judge_tui.ui.widgets import hall_canvas
from judge_tui.ui.widgets.hall_canvas import HallCanvas
from tests.domain.ceremony.shows import show


class Watched(LocalHall):
    """A hall that remembers what it was asked for."""

    def __init__(self, prepared: Show) -> None:
        super().__init__(prepared, Progress(37, 40))
        self.acts: list[Act] = []

    @property
    def stage(self) -> Stage:
        return self.ceremony.state.stage

    def act(self, act: Act) -> None:
        self.acts.append(act)
        super().act(act)


def app_of(hall: LocalHall, now: Callable[[], int] = lambda: 0) -> JudgeApp:
    return JudgeApp(lambda: ProjectorScreen(hall, now=now))


def drawn(pilot: Pilot[int]) -> str:
    canvas = pilot.app.screen.query_one(HallCanvas)
    return "\n".join(canvas.render_line(row).text for row in range(canvas.size.height))


async def test_a_clicker_alone_goes_from_the_lobby_to_the_board() -> None:
    hall = Watched(show(Options(announce=0)))
    async with app_of(hall).run_test(size=(100, 30)) as pilot:
        await pilot.press(*["pagedown"] * (1 + 7 + 1))
        assert hall.stage is Stage.SEALED
        await pilot.press(*["pagedown"] * 3)
        assert [entry.name for entry in hall.picture.names] == ["新建路街道郑韩社区居民委员会"]
        await pilot.press("pageup")
        assert [entry.name for entry in hall.picture.names] == ["欧阳寺村"]
        await pilot.press(*["pagedown"] * 6)

        assert hall.picture.kind is Kind.BOARD
        assert "湾李村" in drawn(pilot)


async def test_the_end_of_scoring_is_not_called_sealed_and_keeps_its_count_in_both_languages() -> None:
    hall = Watched(show(lacks=["missing"]))
    async with app_of(hall).run_test(size=(30, 8)) as pilot:
        await pilot.press("7", "enter", "pagedown", "pagedown")
        assert hall.stage is Stage.SEALED
        assert [hall.picture.kind, str(hall.picture.heading)] == [Kind.PROGRESS, "Scoring has ended"]
        canvas = pilot.app.screen.query_one(HallCanvas)
        for language, ended, missing in (
            ("en", "Scoring has ended", "3 sheets to come"),
            ("zh", "评分结束", "还差3份"),
        ):
            translator.switch(language)
            canvas.refresh()
            assert ended in drawn(pilot)
            assert missing in drawn(pilot)
            assert "37 / 40" in drawn(pilot)


async def test_a_number_and_enter_jump_and_home_starts_again() -> None:
    hall = Watched(show(Options(announce=0)))
    async with app_of(hall).run_test(size=(80, 24)) as pilot:
        await pilot.press("5", "enter")
        assert hall.picture.turn is not None
        assert hall.picture.turn.number == 5
        await pilot.press("home")

        assert hall.picture.turn is not None
        assert hall.picture.turn.number == 1


@pytest.mark.parametrize("key", ["b", "ｂ", "B", "full_stop", "ideographic_full_stop", "f6"])
async def test_blank_is_black_and_back(key: str) -> None:
    hall = Watched(show())
    async with app_of(hall).run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        assert drawn(pilot).strip() == ""
        await pilot.press("pagedown")

        assert hall.picture.kind is Kind.TITLE


async def test_a_provisional_result_asks_for_a_reason_and_undo_closes_it() -> None:
    hall = Watched(show(lacks=["tie"]))
    async with app_of(hall).run_test(size=(100, 30)) as pilot:
        await pilot.press("1", "enter", "end", "pageup", "pageup")
        assert hall.stage is Stage.LOBBY
        await pilot.press(*["pagedown"] * 9, "pagedown")
        await pilot.pause()
        pilot.app.screen.query_one(Input).value = "已请示"
        await pilot.press("enter")
        await pilot.pause()
        assert hall.stage is Stage.REVEAL
        assert "PROVISIONAL" in drawn(pilot)
        await pilot.press("ctrl+z")

        assert hall.stage is Stage.SEALED


async def test_the_clock_runs_on_the_screen_while_somebody_talks() -> None:
    hall = Watched(show())
    time = [0]
    async with app_of(hall, lambda: time[0]).run_test(size=(40, 12)) as pilot:
        await pilot.press("pagedown", "c")
        time[0] = 65_000
        for _ in range(100):
            if "01:05" in drawn(pilot):
                break
            await pilot.pause(0.1)

        assert "01:05" in drawn(pilot)


async def test_a_running_clock_repaints_its_own_rows_only(monkeypatch: pytest.MonkeyPatch) -> None:
    hall, time = Watched(show()), [0]
    async with app_of(hall, lambda: time[0]).run_test(size=(160, 50)) as pilot:
        await pilot.press("pagedown", "c")
        await pilot.pause()
        canvas, repainted = pilot.app.screen.query_one(HallCanvas), set[int]()

        def refresh(*regions: Region, **options: bool) -> HallCanvas:
            assert regions
            repainted.update(row for region in regions for row in range(region.y, region.bottom))
            return canvas

        monkeypatch.setattr(canvas, "refresh", refresh)
        time[0] = 65_000
        for _ in range(100):
            await pilot.pause(0.1)
            if repainted:
                break

        assert 0 < len(repainted) <= 20


async def test_the_language_switches_on_the_screen() -> None:
    hall = Watched(show())
    async with app_of(hall).run_test(size=(40, 12)) as pilot:
        await pilot.press("pagedown")
        assert "No. 1" in drawn(pilot)
        await pilot.press("f12")
        await pilot.pause()

        assert translator.language == "zh"
        assert "第1个" in drawn(pilot)


async def test_escape_in_the_middle_of_the_ceremony_asks_first() -> None:
    hall = Watched(show())
    async with app_of(hall).run_test(size=(80, 24)) as pilot:
        projector = pilot.app.screen
        await pilot.press("pagedown", "escape")
        assert pilot.app.screen is not projector
        await pilot.press("escape")
        assert pilot.app.screen is projector


@pytest.mark.parametrize("keys", [("enter",), ("space",), ("pagedown",), ("full_stop", "b"), ("f5",)])
async def test_a_clicker_that_sends_escape_never_closes_the_hall(keys: tuple[str, ...]) -> None:
    hall = Watched(show())
    async with app_of(hall).run_test(size=(80, 24)) as pilot:
        projector = pilot.app.screen
        await pilot.press("escape", *keys)

        assert pilot.app.screen is projector


async def test_a_refusal_is_gone_with_the_next_step() -> None:
    hall = Watched(show())
    async with app_of(hall).run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        assert len(pilot.app._notifications) == 1
        await pilot.press("pagedown")

        assert len(pilot.app._notifications) == 0


async def test_the_compatible_mode_draws_without_block_characters() -> None:
    hall = Watched(show())
    async with app_of(hall).run_test(size=(160, 50)) as pilot:
        await pilot.press("pagedown")
        assert "█" in drawn(pilot)
        await pilot.press("ctrl+b", "pageup", "pagedown")

        assert not set(drawn(pilot)) & set("▗▖▄▝▐▞▟▘▚▌▙▀▜▛█")


async def test_a_screen_of_several_pages_counts_them_for_the_host() -> None:
    hall = Watched(show(Options(announce=0)))
    async with app_of(hall).run_test(size=(160, 50)) as pilot:
        await pilot.press(*["pagedown"] * 9, "pagedown", "end", "pagedown")

        assert hall.acts[-1].number == pilot.app.screen.query_one(HallCanvas).pages > 1
        assert hall.picture.page == 1


async def test_a_bright_hall_has_dark_letters_on_white() -> None:
    hall = Watched(show())
    app = JudgeApp(lambda: ProjectorScreen(hall, bright=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        canvas = pilot.app.screen.query_one(HallCanvas)
        ground = {segment.style.bgcolor.get_truecolor() for row in range(24) for segment in canvas.render_line(row)}
        assert ground == {(255, 255, 255)}
        await pilot.press("ctrl+t")
        await pilot.pause()

        assert {segment.style.bgcolor.get_truecolor() for segment in canvas.render_line(0)} != {(255, 255, 255)}


async def test_pictures_of_who_is_on_come_and_go_with_their_captions(tmp_path: Path) -> None:
    hall = Watched(show())
    async with JudgeApp(lambda: ProjectorScreen(hall, media=tmp_path)).run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown", "g")
        assert hall.picture.kind is Kind.PHOTOS
        assert "Before  整治前" in drawn(pilot)
        await pilot.press("g")
        assert hall.picture.kind is Kind.TURN
        await pilot.press("f10", "pagedown")

        assert hall.picture.kind is Kind.TURN


async def test_a_picture_is_drawn_where_pillow_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int, int]] = []

    def red(path: Path, columns: int, rows: int, *, compatible: bool) -> Text:
        asked.append((path.name, columns, rows))
        return Text("\n").join(Text("▀" * 6, Style(color="#ff0000", bgcolor="#ff0000")) for _ in range(3))

    monkeypatch.setattr(hall_canvas, "half_blocks", red)
    hall = Watched(show())
    async with JudgeApp(lambda: ProjectorScreen(hall, media=tmp_path)).run_test(size=(80, 24)) as pilot:
        await pilot.press("pagedown", "g")

        assert drawn(pilot).count("▀" * 6) == 3
        assert {name for name, _, _ in asked} == {"before.png"}
        assert all(columns <= 78 and rows <= 20 for _, columns, rows in asked)


async def test_a_picture_outside_the_media_folder_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hall_canvas, "half_blocks", lambda *_, **__: pytest.fail("opened"))
    canvas = HallCanvas(LocalHall(show()).picture, media=tmp_path / "media")

    assert canvas.developed("../secret.png", 10, 10) is None


class Renewed(Watched):
    """A hall whose event keeps changing and cannot be read just now."""

    stale = True

    def __init__(self, prepared: Show) -> None:
        super().__init__(prepared)
        self.asked: list[bool] = []

    def renew(self, *, close: bool = False) -> None:
        self.asked.append(close)
        raise JudgeTuiError("BUSY", msg("The file is being written"))


async def test_a_changed_event_is_read_anew_by_itself_and_trouble_is_told_only_to_a_host_who_asked() -> None:
    hall = Renewed(show())
    async with app_of(hall).run_test(size=(80, 24)) as pilot:
        for _ in range(60):
            await asyncio.sleep(0.1)
            if hall.asked:
                break
        assert hall.asked == [False]
        assert not pilot.app._notifications
        await pilot.press("f5")
        for _ in range(40):
            await asyncio.sleep(0.05)
            if pilot.app._notifications:
                break

        assert True in hall.asked
        assert [item.message for item in pilot.app._notifications] == ["The file is being written"]
