"""Paper at the table: the form says what numbers stand for, and tellers who differ begin again."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from judge_tui.ui.dialogs.fields import FieldsDialog
from tests.organiser.world import make_world
from tests.ui.desk.stage import Table, table

CHECKLIST = {
    "id": "minutes",
    "name": "三会一课",
    "method": "checklist",
    "max": 100,
    "items": [{"id": "few", "text": "次数不足", "off": 20}, {"id": "thin", "text": "记录简单", "off": 20}],
}
POLL = {
    "id": "poll",
    "name": "民主测评",
    "method": "grades",
    "anonymous": True,
    "grades": [{"id": "good", "name": "优秀", "points": 100}, {"id": "fair", "name": "称职", "points": 80}],
}


async def answer(here: Table, *texts: str) -> None:
    """Write into the form's lines, in their order, and answer it."""
    form = here.pilot.app.screen
    for field, text in zip(form.query(Input), texts, strict=True):
        field.value = text
    form.query(Input).last().focus()
    await here.press("enter")
    await here.settle()


def words(here: Table) -> str:
    return "\n".join(str(item.render()) for item in here.pilot.app.screen.query("Static, Flowing"))


async def test_the_form_tells_what_the_numbers_of_a_checklist_stand_for(tmp_path: Path) -> None:
    async with table(make_world(tmp_path, criteria=[CHECKLIST], adjustments=[]), (80, 24)) as here:
        await here.press("1", "enter", "f2")

        assert isinstance(here.pilot.app.screen, FieldsDialog)
        assert "1 次数不足, 2 记录简单" in words(here)
        assert "numbers, 0 for none" in words(here)


async def test_tellers_who_differ_begin_again_on_an_empty_form(tmp_path: Path) -> None:
    world = make_world(tmp_path, criteria=[POLL], adjustments=[], tabulation={"combine": "criterion"})
    async with table(world) as here:
        await here.press("6", "f8")
        await answer(here, "赵一", "12", "11", "10", "1", "8", "2")
        await here.press("f8")
        await answer(here, "钱二", "12", "11", "10", "1", "7", "3")

        assert not isinstance(here.pilot.app.screen, FieldsDialog)
        await here.press("f8")
        assert "Count and type" in words(here)
        assert {field.value for field in here.pilot.app.screen.query(Input)} == {""}
    assert not world.look().ballots.tallies
