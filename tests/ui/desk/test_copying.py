"""The second copy at the organiser's table."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from judge_tui.ui.dialogs.folder import FolderDialog
from tests.organiser.world import World
from tests.ui.desk.stage import table


async def test_the_place_is_chosen_once_and_the_age_stands_in_the_room(world: World, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    async with table(world) as here:
        await here.press("2")
        await here.until(lambda: "No second copy" in here.text(".copy"))
        await here.press("f2")
        dialog = here.pilot.app.screen
        assert isinstance(dialog, FolderDialog)
        dialog.query_one(Input).value = str(stick)
        dialog.query_one(Input).focus()
        await here.press("enter")
        await here.until(lambda: "with everything" in here.text(".copy"))

        world.everyone_scores()
        await here.press("f5")
        dialog = here.pilot.app.screen
        dialog.query_one(Input).value = str(world.handed_in)
        dialog.query_one(Input).focus()
        await here.press("enter")
        await here.until(lambda: here.screen.view is not None and here.screen.view.matrix.complete_judges == 3)
        await here.until(lambda: "with everything" in here.text(".copy"))

    assert len(list((stick / f"{world.office.path.stem}-copy").glob("*.db"))) == 2
