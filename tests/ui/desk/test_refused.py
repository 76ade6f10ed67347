"""Files that were not taken in, and what the organiser does about them at the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from judge_tui.ui.desk.collect_panel import CollectPanel
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.error import ErrorDialog
from tests.organiser.test_at_the_terminal import of_a_colleague
from tests.organiser.world import World
from tests.ui.desk.stage import Table, table
from tests.ui.desk.test_laptops import V1, VIEW
from tests.ui.desk.test_table import lines


async def collected(here: Table, file: Path) -> None:
    """Take one file in and wait for its verdict."""
    panel = here.screen.query_one(CollectPanel)
    here.screen.collecting._take_it(file)
    await here.settle()
    await here.until(lambda: panel.verdict is not None)


async def test_what_can_be_verified_of_a_damaged_file_is_taken_in(world: World) -> None:
    whole = world.score("j1", world.all_marks(lambda place, number: "40"))
    damaged = world.folder / "damaged.judge"
    damaged.write_bytes(whole.read_bytes()[:-4096])
    async with table(world) as here:
        await collected(here, damaged)
        await here.press("enter")
        assert isinstance(here.pilot.app.screen, ChooseDialog)
        await here.press("1")
        await here.settle()

    assert world.office.project().received(world.event.judges[0].id) > 0


async def test_a_kit_that_was_issued_elsewhere_is_put_on_the_list(world: World, tmp_path: Path) -> None:
    file = tmp_path / "colleague.judge"
    of_a_colleague(world, file)
    async with table(world) as here:
        await collected(here, file)
        assert here.screen.query_one(CollectPanel).verdict.code == "UNKNOWN_JUDGE"  # type: ignore[union-attr]
        await here.press("enter", "1")
        dialog = here.pilot.app.screen
        dialog.query_one("#reason", Input).value, dialog.query_one("#by", Input).value = "同事签发", "李四"
        dialog.query_one("#by", Input).focus()
        await here.pilot.press("enter")
        await here.until(lambda: any("taken" in line for line in lines(here)))

    assert world.office.project().cell(world.event.judges[0].id, V1, VIEW).value == 47_000


@pytest.mark.parametrize("content", [b"", b"not ours"])
async def test_what_cannot_be_helped_says_what_to_do(world: World, content: bytes) -> None:
    file = world.folder / "x.judge"
    file.write_bytes(content)
    async with table(world) as here:
        await collected(here, file)
        await here.press("enter")

        assert isinstance(here.pilot.app.screen, (ErrorDialog, ChooseDialog))
