"""Files that were not taken in, what a merge would change, and what the organiser does about both at the table."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from judge_tui.domain.event import GroupId, JudgeId
from judge_tui.domain.messages import Message
from judge_tui.services.preparing.reissuing import add_judge
from judge_tui.services.records.collecting import merge
from judge_tui.services.records.quarantine import Quarantine
from judge_tui.services.table import closing
from judge_tui.ui.desk import would_change
from judge_tui.ui.desk.collect_panel import CollectPanel
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.fields import FieldsDialog
from judge_tui.ui.dialogs.listing import ListDialog
from judge_tui.ui.dialogs.report import ReportDialog
from tests.organiser.test_at_the_terminal import of_a_colleague
from tests.organiser.world import BY, World
from tests.ui.desk.stage import Table, table
from tests.ui.desk.test_laptops import V1, VIEW
from tests.ui.desk.test_table import fill, lines, sign


async def collected(here: Table, file: Path) -> None:
    """Take one file in and wait for its verdict."""
    panel = here.screen.query_one(CollectPanel)
    here.screen.collecting._take_it(file)
    await here.settle()
    await here.until(lambda: panel.verdict is not None)


def report(here: Table) -> str:
    """The words of the report that is open."""
    dialog = here.pilot.app.screen
    assert isinstance(dialog, ReportDialog)
    return "\n".join(str(item.text) for item in dialog._lines)


def said(here: Table, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the table says shortly from now on."""
    heard: list[str] = []

    def say(text: Message) -> None:
        heard.append(str(text))

    monkeypatch.setattr(here.screen, "say", say)
    return heard


def damaged(world: World) -> Path:
    whole = world.score("j1", world.all_marks(lambda place, number: "40"))
    file = world.folder / "damaged.judge"
    file.write_bytes(whole.read_bytes()[:-4096])
    whole.unlink()
    return file


async def test_what_can_be_verified_of_a_damaged_file_is_shown_before_it_is_taken_in(world: World) -> None:
    async with table(world) as here:
        await collected(here, damaged(world))
        await here.press("enter")
        assert isinstance(here.pilot.app.screen, ChooseDialog)
        await here.press("1")
        await here.until(lambda: isinstance(here.pilot.app.screen, ReportDialog))
        before = world.office.project().received(JudgeId("j1"))
        told = report(here)
        await here.press("enter")
        await here.settle()

    taken = world.office.project().received(JudgeId("j1"))
    assert before == 0 and taken > 0
    assert f"damaged; {taken} entries in it prove right and are new" in told
    assert "评委1: " in told and "new marks, for" in told


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

        assert isinstance(here.pilot.app.screen, (ReportDialog, ChooseDialog))


async def test_set_aside_files_are_listed_with_their_reasons_after_the_table_was_left(
    world: World, tmp_path: Path
) -> None:
    digits = of_a_colleague(world, tmp_path / "colleague.judge")
    world.collect([tmp_path / "colleague.judge", damaged(world)])
    async with table(world, (80, 24)) as here:
        await here.press("2")
        assert "2 files are set aside: F8" in here.text("#collect .copy")
        await here.press("f8")
        await here.until(lambda: isinstance(here.pilot.app.screen, ListDialog))
        dialog = here.pilot.app.screen
        assert isinstance(dialog, ListDialog)
        told = {str(item.cells[0]): [str(line) for line in item.about] for item in dialog._items}

        assert any(digits in line for line in told["colleague.judge"])
        assert told["colleague.judge"][0] == "The kit of 评委1 is not on this event's list"
        assert any(line.startswith("→ ") for line in told["damaged.judge"])
        assert {str(item.cells[3]) for item in dialog._items} == {"waits", "damaged"}
        await here.press("home", "enter")
        assert isinstance(here.pilot.app.screen, ChooseDialog)


async def test_waiting_files_are_tried_again_at_once_after_a_new_judge_and_the_table_says_what_became_of_them(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere.db"
    shutil.copyfile(world.issued.organiser, elsewhere)
    of_a_colleague(world, tmp_path / "colleague.judge", judge="j9")
    world.collect([tmp_path / "colleague.judge"])
    async with table(world) as here:
        heard = said(here, monkeypatch)
        await here.press("f10")
        await fill(here, name="评委四", folder=str(tmp_path / "new"), reason="增补", by="张三")
        await here.until(lambda: any("still waits" in line for line in heard))

    assert Quarantine(world.issued.organiser).waiting()
    assert "1 file still waits: room 2, F8 says why" in heard


async def test_a_waiting_file_comes_in_when_its_judge_is_added(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    joined, file = add_judge(world.office, "评委四", GroupId("leaders"), tmp_path / "new", "增补", BY)
    async with table(world) as here:
        heard = said(here, monkeypatch)
        of_a_colleague(world, tmp_path / "colleague.judge", judge=str(joined.id if hasattr(joined, "id") else joined))
        world.collect([tmp_path / "colleague.judge"])
        await here.press("2", "f8")
        await here.until(lambda: isinstance(here.pilot.app.screen, ListDialog))
        await here.press("enter", "1")
        await sign(here, "同事签发", "李四")
        await here.until(lambda: any("came in" in line for line in heard))

    assert file.exists()
    assert not Quarantine(world.issued.organiser).waiting()


async def test_a_form_that_could_not_be_answered_comes_back_as_it_was_typed(world: World, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    async with table(world) as here:
        await here.press("f10")
        await fill(here, name="评委四", folder=str(tmp_path / "file"), reason="增补", by="张三")
        await here.until(lambda: isinstance(here.pilot.app.screen, FieldsDialog))
        dialog = here.pilot.app.screen
        assert isinstance(dialog, FieldsDialog)

        assert dialog.answer["name"] == "评委四"
        assert here.text(".wrong")


async def test_what_a_merge_would_change_is_told_first_and_then_taken_or_left(full: World) -> None:
    closing.seal(full.office, BY)
    file = full.folder / "again.judge"
    of_a_colleague(full, file)
    async with table(full) as here:
        before = full.issued.organiser.read_bytes()
        await here.press("2", "f4")
        await here.type(str(file))
        await here.press("enter")
        await here.until(lambda: isinstance(here.pilot.app.screen, ReportDialog))
        assert "Nothing new would come in" in report(here)
        await here.press("enter")

        assert full.issued.organiser.read_bytes() == before


async def test_a_dry_run_in_the_console_names_judges_organisations_and_places(world: World) -> None:
    world.everyone_scores()
    async with table(world) as here:
        before = world.issued.organiser.read_bytes()
        here.screen.collecting._look_at(world.handed_in)
        await here.until(lambda: isinstance(here.pilot.app.screen, ReportDialog))
        told = report(here)
        assert world.issued.organiser.read_bytes() == before
        await here.press("enter")
        await here.until(lambda: here.screen.view is not None and here.screen.view.matrix.complete_judges == 3)

    assert "评委1: 8 new marks, for 东岗村, 西岗村, 柳河村, 前杨村" in told
    assert "东岗村: place 1 with 91.00" in told


async def test_what_a_narrow_list_cuts_is_told_whole_beneath_it(world: World) -> None:
    async with table(world, (60, 24)) as here:
        await here.press("3")

        assert "东岗村" in here.text("WholeLine") and here.text("WholeLine").endswith("more")
        await here.press("1")
        assert not here.screen.query_one("WholeLine").display


def test_of_many_files_the_refused_ones_come_first_and_the_others_last(world: World) -> None:
    world.everyone_scores()
    (world.handed_in / "torn.judge").write_bytes(b"")
    found = merge(world.issued.organiser, [world.handed_in], keys=world.keys, dry_run=True)
    taken = [item for item in found.verdicts if not item.refused]
    many = replace(found, verdicts=(*(taken * 3), *found.refused))
    words = [str(item.text) for item in would_change.told(many, sealed=True)]

    assert words[1].startswith("torn.judge: ")
    assert words.index("Places") < words.index("Each file")
    assert "The result is sealed: this would count only once it is sealed again." in words


async def test_what_is_to_be_taken_in_while_something_else_is_waits_its_turn(world: World) -> None:
    first = world.score("j1", world.all_marks(lambda place, number: "40"))
    second = world.score("j2", world.all_marks(lambda place, number: "41"))
    async with table(world) as here:
        here.screen.collecting._begin([first])
        here.screen.collecting._begin([second])
        await here.until(lambda: here.screen.view is not None and here.screen.view.matrix.complete_judges == 2)
