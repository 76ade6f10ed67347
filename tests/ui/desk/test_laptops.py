"""What the organiser decides about judges' laptops, and the local network at the table."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

from judge_tui.domain.authority import Standing
from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.domain.projection import Projection
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.reopening import spoken_codes
from judge_tui.services.seat.seats import open_seat
from judge_tui.ui.desk.hub_panel import HubPanel
from judge_tui.ui.desk.log_panel import LogPanel
from judge_tui.ui.dialogs.conflict import ConflictDialog
from judge_tui.ui.dialogs.read import ReadDialog
from judge_tui.ui.dialogs.reason import ReasonDialog
from judge_tui.ui.widgets.line_list import LineList
from tests.organiser.world import World
from tests.ui.desk.stage import Table, table
from tests.ui.desk.test_table import sign

J1, V1, VIEW = JudgeId("j1"), OrganisationId("v1"), CriterionId("view")


def second_laptop(world: World, tmp_path: Path) -> None:
    """Judge 1's kit opened on two laptops, each with a mark of its own, both taken in."""
    copy = tmp_path / "second.judge"
    shutil.copyfile(world.kit("j1"), copy)
    world.score("j1", {("v1", "view"): "40"})
    shutil.move(copy, world.kit("j1"))
    world.score("j1", {("v1", "view"): "44"}, keys=tmp_path / "other")
    world.collect()


def split_records(world: World, tmp_path: Path) -> None:
    """Judge 1's file and keys copied to another laptop; both went on."""
    laptop, copy, second = tmp_path / "laptop", tmp_path / "copy.judge", tmp_path / "second"
    world.score("j1", {("v1", "view"): "30"}, submit=False, keys=laptop)
    shutil.copyfile(world.kit("j1"), copy)
    shutil.copytree(laptop, second)
    world.score("j1", world.all_marks(lambda place, number: "40"), keys=laptop)
    seat = open_seat(copy, keys=second, now=world.now)
    JudgingSession(seat, now=world.now).record(V1, VIEW, "50")
    seat.file.close()
    world.collect([world.handed_in, copy])


def now(world: World) -> Projection:
    return world.office.project()


async def settle_first(here: Table, code: str) -> None:
    """Open the first doubt of this kind."""
    view = here.screen.view
    assert view is not None
    place = next(index for index, item in enumerate(view.doubts) if item.code == code)
    await here.press("3", *["down"] * place, "enter")
    await here.settle()


async def test_a_waiting_laptop_is_confirmed_by_its_digits(world: World, tmp_path: Path) -> None:
    second_laptop(world, tmp_path)
    waiting = len(now(world).unconfirmed)
    async with table(world) as here:
        await settle_first(here, "laptop")
        await here.press("1")
        await sign(here, "当面核对数字", "李四")

    assert len(now(world).unconfirmed) == waiting - 1


async def test_a_waiting_laptop_can_be_left_out_for_good(world: World, tmp_path: Path) -> None:
    second_laptop(world, tmp_path)
    author = now(world).unconfirmed[0].author
    async with table(world) as here:
        await settle_first(here, "laptop")
        await here.press("2")
        await sign(here, "不是本人的电脑", "李四")

    assert now(world).authors[author].standing is Standing.REVOKED
    assert author not in {state.author for state in now(world).unconfirmed}


async def test_the_branches_of_split_records_stand_side_by_side(world: World, tmp_path: Path) -> None:
    split_records(world, tmp_path)
    async with table(world) as here:
        await settle_first(here, "fork")
        dialog = here.pilot.app.screen
        assert isinstance(dialog, ConflictDialog)
        assert [here.text(f"#value{number}").splitlines()[0] for number in (1, 2)] == ["1  8 marks", "2  1 mark"]
        await here.press("down", "down", "tab")
        await sign(here, "评委当面确认", "李四")

    assert now(world).cell(J1, V1, VIEW).value == 50_000
    assert "fork" not in {item.code for item in world.look().doubts}


async def test_a_laptop_counts_only_up_to_the_line_chosen_in_the_log(full: World) -> None:
    async with table(full) as here:
        await here.press("7")
        await here.settle()
        shown = here.screen.query_one(LogPanel).shown
        line = next(place for place, item in enumerate(shown) if item.kind == "mark")
        await here.press(*["down"] * line, "delete")
        assert isinstance(here.pilot.app.screen, ReasonDialog)
        await sign(here, "误用他人电脑", "李四")

    assert {item.why for item in now(full).late} == {"revoked"}
    assert [item.kind for item in now(full).late] == ["mark", "submit"]


async def test_a_whole_sheet_is_opened_again(full: World) -> None:
    async with table(full) as here:
        await here.press("down", "right", "enter", "f4", "2")
        await sign(here, "评委填错行", "李四")
        dialog = here.pilot.app.screen
        assert isinstance(dialog, ReadDialog)
        said = str(dialog.query("Static").last().render())
        await here.press("escape", "down", "up", "enter", "f4", "3")
        await here.settle()
        assert isinstance(here.pilot.app.screen, ReadDialog)

    assert now(full).authority.notices[-1][1]["organisation"] == ""
    assert spoken_codes(full.office, JudgeId("j2"))[0].code in said


async def test_the_hub_is_off_until_an_address_is_chosen_and_off_again_when_the_table_is_left(world: World) -> None:
    async with table(world) as here:
        hub = here.screen.network.hub
        hub.start = partial(hub.start, port=0)  # type: ignore[method-assign]
        await here.press("2")
        assert "off" in here.text("HubPanel .aloud")
        addresses = hub.addresses()
        await here.press("f3", str(len(addresses)))
        await here.settle()

        view = hub.view()
        assert view is not None
        assert view.address in here.text("HubPanel .aloud")
        assert view.code in here.text("HubPanel .about")
        assert here.screen.query_one(HubPanel).query_one(LineList).lines == []
        here.screen.dismiss(None)
        await here.pilot.pause()
        assert not hub.running
