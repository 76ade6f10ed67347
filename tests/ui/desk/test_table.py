"""The organiser's table by its keys, on real files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from judge_tui.domain.ceremony.machine import Act, Move
from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.domain.matrix import CellState
from judge_tui.i18n import translator
from judge_tui.services.hall.ceremony import open_hall
from judge_tui.services.table import closing
from judge_tui.services.table.audit import log_lines
from judge_tui.services.table.drawing import drawn_order
from judge_tui.ui.desk.commands import ABOUT_ROOM, ONLY_IN, SECTIONS
from judge_tui.ui.desk.log_panel import LogPanel
from judge_tui.ui.dialogs.adjustment import AdjustmentDialog
from judge_tui.ui.dialogs.cell import CellDialog
from judge_tui.ui.dialogs.confirm import ConfirmDialog
from judge_tui.ui.dialogs.conflict import ConflictDialog
from judge_tui.ui.dialogs.error import ErrorDialog
from judge_tui.ui.dialogs.fields import FieldsDialog
from judge_tui.ui.dialogs.folder import FolderDialog
from judge_tui.ui.dialogs.help import HelpDialog
from judge_tui.ui.dialogs.reason import ReasonDialog
from judge_tui.ui.hall.steering import milliseconds
from judge_tui.ui.widgets.bar_chart import BarChart
from judge_tui.ui.widgets.line_list import LineList
from judge_tui.ui.widgets.matrix import MatrixGrid
from tests.organiser.test_organising import in_conflict
from tests.organiser.world import World, make_world
from tests.ui.desk.stage import Table, table


def lines(here: Table) -> list[str]:
    found = here.screen.query_one(f"#{here.screen.section}").query_one(LineList)
    return [" ".join(line.cells) for line in found.lines]


async def sign(here: Table, reason: str, by: str) -> None:
    """Fill in reason and signer of the dialog that is open."""
    dialog = here.pilot.app.screen
    dialog.query_one("#reason", Input).value = reason
    dialog.query_one("#by", Input).value = by
    dialog.query_one("#by", Input).focus()
    await here.press("enter")
    await here.settle()


async def test_a_fresh_contest_says_what_it_lacks(world: World) -> None:
    async with table(world) as here:
        assert "Provisional" in here.text("#banner")
        assert "0/3 judges complete, 0/24 marks" in here.text("#received")

        await here.press("3")

        assert [line.split()[0] for line in lines(here)[:3]] == ["missing"] * 3


@pytest.mark.parametrize(("key", "section"), [("4", "ranking"), ("４", "ranking"), ("8", "closing")])
async def test_digits_open_rooms_also_as_an_input_method_types_them(full: World, key: str, section: str) -> None:
    async with table(full) as here:
        await here.press(key)

        assert here.screen.section == section


async def test_collecting_shows_each_verdict_and_then_the_new_matrix(world: World) -> None:
    world.everyone_scores()
    (world.handed_in / "torn.judge").write_bytes(b"")
    async with table(world) as here:
        await here.press("f5")
        assert isinstance(here.pilot.app.screen, FolderDialog)
        here.pilot.app.screen.query_one(Input).value = str(world.handed_in)
        here.pilot.app.screen.query_one(Input).focus()
        await here.press("enter")
        await here.until(lambda: here.screen.view is not None and here.screen.view.matrix.complete_judges == 3)

        assert len(lines(here)) == 4
        assert sum("The file is empty" in line for line in lines(here)) == 1
        assert "3/3 judges complete" in here.text("#received")


async def test_a_folder_without_files_is_named(world: World, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    async with table(world) as here:
        await here.press("f5")
        here.pilot.app.screen.query_one(Input).value = str(tmp_path / "empty")
        here.pilot.app.screen.query_one(Input).focus()
        await here.press("enter")

        assert isinstance(here.pilot.app.screen, ErrorDialog)


async def test_a_watched_folder_is_taken_in_as_files_arrive(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("judge_tui.ui.desk.collecting.stick_folders", list)  # what is plugged in here is none of this
    async with table(world) as here:
        await here.press("f6")
        here.pilot.app.screen.query_one(Input).value = str(world.handed_in)
        here.pilot.app.screen.query_one(Input).focus()
        await here.press("enter")
        world.score("j2", world.all_marks(lambda place, number: "40"))
        for _ in range(2):
            here.screen.collecting.look()
        await here.until(lambda: here.screen.view is not None and here.screen.view.matrix.complete_judges == 1)
        await here.press("f6")

        assert here.screen.collecting.folder is None
        assert len(lines(here)) == 1


async def test_receipts_and_notices_are_left_for_the_judges(full: World, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    async with table(full) as here:
        await here.press("f7")
        here.pilot.app.screen.query_one(Input).value = str(tmp_path / "stick")
        here.pilot.app.screen.query_one(Input).focus()
        await here.press("enter")

        assert sorted(path.suffix for path in (tmp_path / "stick").iterdir()) == [".notices", ".receipts"]


async def test_a_conflict_is_settled_side_by_side(world: World, tmp_path: Path) -> None:
    in_conflict(world, tmp_path)
    async with table(world) as here:
        await here.press("3")
        await here.press("enter")
        dialog = here.pilot.app.screen
        assert isinstance(dialog, ConflictDialog)
        await here.press("down", "down")
        await sign(here, "以第二台为准", "张三")

        assert here.screen.view is not None
        assert here.screen.view.projection.conflicts == ()
        assert here.screen.view.matrix.cells[0][0].state is CellState.SUBMITTED


async def test_points_are_added_and_taken_back_with_reasons(full: World) -> None:
    async with table(full) as here:
        await here.press("5", "f2")
        dialog = here.pilot.app.screen
        assert isinstance(dialog, AdjustmentDialog)
        dialog.query_one("#points", Input).value = "２。５"
        await sign(here, "活动组织好", "张三")
        added = lines(here)
        await here.press("delete")
        assert isinstance(here.pilot.app.screen, ReasonDialog)
        await sign(here, "记错", "张三")

        assert added == ["1 东岗村 加分 +2.5 张三 活动组织好"]
        assert lines(here) == []


async def test_an_unsigned_adjustment_stays_in_its_dialog(full: World) -> None:
    async with table(full) as here:
        await here.press("5", "f2")
        here.pilot.app.screen.query_one("#points", Input).value = "1"
        await sign(here, "", "张三")

        assert isinstance(here.pilot.app.screen, AdjustmentDialog)
        assert here.text(".wrong")


async def test_sealing_and_publishing_from_the_last_room(full: World) -> None:
    async with table(full) as here:
        await here.press("8", "down", "enter")
        await sign(here, "与纸质表核对无误", "李四")
        assert "Sealed" in here.text("#banner")
        await here.press("down", "down", "enter")
        await sign(here, "会场宣布", "李四")

        assert "Published" in here.text("#banner")
        said = [(line.kind, line.reason) for line in log_lines(full.office.project(), full.office.entries())]
        assert ("seal", "与纸质表核对无误") in said and ("publish", "会场宣布") in said
        view = here.screen.view
        assert view is not None
        code = closing.result_code(view.projection, view.result)
        assert code is not None
        assert code.full in here.text("#closing .code")


async def test_sealing_with_lacks_says_so_first(world: World) -> None:
    async with table(world) as here:
        await here.press("8", "down", "enter")
        title = here.text(".dialog-title")
        await sign(here, "领导同意", "李四")

        assert title == "Seal all the same?"
        assert here.screen.view is not None
        assert here.screen.view.sealed


async def test_presenter_and_projector_are_opened_through_their_doors(full: World) -> None:
    async with table(full) as here:
        await here.press("f9", "ctrl+o")

        assert here.opened.asked == [("host", full.issued.organiser), ("projector", full.issued.organiser)]


async def test_the_day_shows_who_is_on_and_how_long(full: World) -> None:
    async with table(full) as here:
        await here.press("6")
        here.screen.day.look()
        assert here.text("DayPanel .hall") == "In the hall: nothing yet; F9 chooses what it sees."

        hall = open_hall(full.issued.organiser, keys=full.keys, hold=True)
        hall.act(Act(Move.FORWARD))
        hall.act(Act(Move.CLOCK, number=milliseconds() - 65_000))
        hall.close()
        here.screen.day.look()
        assert here.text("DayPanel .hall").startswith("In the hall: 1 东岗村   01:05 (running, ")


async def test_hand_outs_and_paper_sheets_are_printed_from_the_table(full: World) -> None:
    async with table(full) as here:
        await here.press("8", *["down"] * 7, "enter", "enter")
        await here.settle()
        folder = full.issued.organiser.parent / "papers"

        assert (folder / "handouts.pdf").is_file()
        assert len(list((folder / "sheets").glob("*.docx"))) == 3


async def test_one_cell_shows_every_mark(full: World) -> None:
    async with table(full) as here:
        await here.press("down", "right", "enter")
        dialog = here.pilot.app.screen

        assert isinstance(dialog, CellDialog)
        assert [str(line) for line in dialog.lines()] == ["观摩: 43 (submitted)", "述职: 42 (submitted)"]


async def test_the_log_is_filtered_and_saved(full: World) -> None:
    async with table(full) as here:
        await here.press("7", "f3")
        await here.type("评委2 submitted")
        await here.settle()
        found = lines(here)
        await here.press("enter", "f2", "enter")
        saved = full.issued.organiser.with_name("ring-2021q4-log.csv")

        assert len(found) == 1
        assert saved.read_bytes().startswith(b"\xef\xbb\xbf")
        assert "Submitted the whole sheet" in saved.read_text("utf-8-sig")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_every_room_fits_and_changes_its_language(full: World, size: tuple[int, int]) -> None:
    async with table(full, size) as here:
        for key in "123456789":
            await here.press(key)
        await here.press("1", "f12")
        await here.settle()
        grid = here.screen.query_one(MatrixGrid)

        assert translator.language == "zh"
        assert "评委已齐 3/3" in here.text("#received")
        assert grid.parts(0)[0][0].startswith("评委")
        assert grid.size.height >= 4


async def test_who_owes_hides_the_judges_who_are_done(world: World) -> None:
    world.score("j1", world.all_marks(lambda place, number: "40"))
    world.collect()
    async with table(world) as here:
        await here.press("f3", "f2")
        grid = here.screen.query_one(MatrixGrid)
        here_now = grid.here

        assert here_now is not None
        assert here_now[0].id == "j2"
        assert grid.marks


async def test_an_adjustment_needs_the_keys_of_this_laptop(full: World, tmp_path: Path) -> None:
    full.keys = tmp_path / "none"
    async with table(full) as here:
        await here.press("5", "f2")
        here.pilot.app.screen.query_one("#points", Input).value = "1"
        await sign(here, "x", "张三")

        assert isinstance(here.pilot.app.screen, ErrorDialog)


async def fill(here: Table, **values: str) -> None:
    """Fill in the fields of the form that is open, and answer it."""
    dialog = here.pilot.app.screen
    assert isinstance(dialog, FieldsDialog)
    for key, value in values.items():
        index = next(place for place, field in enumerate(dialog.fields) if field.key == key)
        dialog.query_one(f"#field-{index}", Input).value = value
    dialog.query_one(f"#field-{len(dialog.fields) - 1}", Input).focus()
    await here.press("enter")
    await here.settle()


async def test_the_running_order_is_drawn_and_who_is_there_is_noted(world: World) -> None:
    async with table(world) as here:
        await here.press("6", "f4")
        await fill(here, seed="20211220", reason="当场抽签", by="张三")
        view = here.screen.view
        assert view is not None
        order = [str(item.id) for item in view.event.organisations]
        await here.press("enter")
        await here.settle()

        assert order == drawn_order("20211220", ["v1", "v2", "v3", "v4"])
        assert "✓" in lines(here)[0]


async def test_a_question_is_drawn_for_the_chosen_organisation(world: World) -> None:
    async with table(world) as here:
        await here.press("6", "down", "f3")
        await fill(here, seed="7", by="张三")

        assert "问题" in lines(here)[1]
        assert "2 questions in the pool" in here.text("#day .about")


async def test_an_organisation_withdraws_and_another_arrives_late(world: World) -> None:
    async with table(world) as here:
        await here.press("6", "delete", "1")
        await sign(here, "因故", "张三")
        await here.press("f10")
        await fill(here, name="后到村", presenter="王五", reason="迟到经同意", by="张三")

        assert "withdrawn" in lines(here)[0]
        assert lines(here)[-1].startswith("5 后到村 王五")


async def test_paper_is_typed_by_two_people_and_then_stands_in_the_matrix(world: World) -> None:
    async with table(world) as here:
        for by in ("赵一", "钱二"):
            await here.press("1", "enter", "f2")
            await fill(here, by=by, **{"mark.view": "45", "mark.talk": "40"})
            await here.press("escape")
        view = here.screen.view

        assert view is not None
        assert view.matrix.cells[0][0].paper
        assert view.matrix.cells[0][0].state is CellState.SUBMITTED


async def test_what_two_people_typed_differently_is_asked_again(world: World) -> None:
    async with table(world) as here:
        await here.press("1", "enter", "f2")
        await fill(here, by="赵一", **{"mark.view": "45", "mark.talk": "40"})
        await here.press("escape", "enter", "f2")
        await fill(here, by="钱二", **{"mark.view": "46", "mark.talk": "40"})
        await fill(here, **{"mark.view": "46"}, reason="原表为46", by="钱二")

        assert world.office.project().cell(JudgeId("j1"), OrganisationId("v1"), CriterionId("view")).value == 46000


async def test_a_judges_paper_is_typed_organisation_after_organisation(world: World) -> None:
    async with table(world) as here:
        await here.press("1", "enter", "f2")
        titles = [here.text(".dialog-title")]
        await fill(here, by="赵一", **{"mark.view": "45", "mark.talk": "40"})
        titles.append(here.text(".dialog-title"))
        dialog = here.pilot.app.screen
        assert isinstance(dialog, FieldsDialog)
        assert dialog.answer["by"] == "赵一"
        for _ in range(3):
            await fill(here, **{"mark.view": "45", "mark.talk": "40"})

        assert titles == ["评委1 for 1 东岗村", "评委1 for 2 西岗村"]
        assert here.pilot.app.screen is here.screen


async def test_documents_and_the_bundle_are_written_from_the_last_room(full: World) -> None:
    folder = full.issued.organiser.parent
    async with table(full) as here:
        await here.press("8", *["down"] * 4, "enter", "enter")
        await here.settle()
        await here.press("down", "enter", "enter")
        await here.settle()

        assert (folder / "documents" / "results.xlsx").is_file()
        assert len(list(folder.glob("*-archive-unsealed.zip"))) == 1


async def test_one_criterion_after_another_and_all_together_again(world: World) -> None:
    world.score("j1", {("v1", "view"): "40"}, submit=False)
    world.collect()
    async with table(world) as here:
        grid = here.screen.query_one(MatrixGrid)
        seen = []
        for _ in range(3):
            assert grid.here is not None
            seen.append(grid.here[2].state)
            await here.press("f4")

        assert seen == [CellState.PARTIAL, CellState.GIVEN, CellState.BLANK]
        assert grid.here is not None
        assert grid.here[2].state is CellState.PARTIAL


def names_in(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir())


async def test_a_lost_file_is_issued_anew_and_a_judge_joins(world: World) -> None:
    folder = str(world.folder / "new")
    async with table(world) as here:
        await here.press("f8")
        await fill(here, folder=folder, reason="U盘丢失", by="张三")
        await here.press("f10")
        await fill(here, name="评委四", folder=folder, reason="增补", by="张三")

        assert names_in(folder) == [
            "ring-2021q4-j1.judge",
            "ring-2021q4-joined1.judge",
        ]
        assert "0/4 judges complete" in here.text("#received")


async def test_a_remark_is_written_down_and_a_decision_taken_back_from_the_log(full: World) -> None:
    async with table(full) as here:
        await here.press("6", "0")
        await fill(here, text="变化明显", by="王副镇长")
        await here.press("7")
        await here.settle()
        place = next(place for place, line in enumerate(lines(here)) if "变化明显" in line)
        await here.press(*["down"] * place, "delete")
        await sign(here, "记错了村", "张三")

        assert "not counted: taken back by the organiser" in next(line for line in lines(here) if "变化明显" in line)


async def test_what_was_announced_is_not_taken_back_in_the_log(full: World) -> None:
    async with table(full) as here:
        await here.press("7")
        await here.settle()
        shown = here.screen.query_one(LogPanel).shown
        await here.press(*["down"] * next(place for place, line in enumerate(shown) if line.kind == "event"), "delete")

        assert isinstance(here.pilot.app.screen, ErrorDialog)


async def test_the_analysis_shows_every_judge_and_how_far_they_agree(full: World) -> None:
    async with table(full) as here:
        await here.press("9")
        await here.settle()
        chart = here.screen.query_one(BarChart)
        texts = [line.name for line in chart.lines]
        bar = next(line for line in chart.lines if line.name == "评委1" and line.most)

        assert {"评委1", "评委2", "评委3", "观摩", "述职"} <= set(texts)
        assert any("Kendall's W 1.00" in text for text in texts)
        assert bar.low <= bar.middle <= bar.high
        assert "".join(text for text, _ in chart.parts(1)).count("|") == 1


async def test_what_one_file_brought_can_be_taken_back_and_given_again(full: World) -> None:
    async with table(full) as here:
        await here.press("2")
        before = lines(here)
        await here.press("home", "delete")
        await sign(here, "错交了别人的文件", "张三")
        assert here.screen.view is not None
        without = here.screen.view.matrix.complete_judges
        await here.press("7")
        await here.settle()
        place = next(place for place, line in enumerate(lines(here)) if "错交了别人的文件" in line)
        await here.press(*["down"] * place, "delete")
        await sign(here, "原来没有错", "张三")

        assert len(before) == 3
        assert (without, here.screen.view.matrix.complete_judges) == (2, 3)


async def test_the_log_is_found_by_the_time_that_is_shown(full: World) -> None:
    async with table(full) as here:
        await here.press("7", "f3")
        hour = lines(here)[0].split()[1]
        here.screen.query_one(LogPanel).query_one(Input).value = hour
        await here.settle()

        assert lines(here) and all(hour in line for line in lines(here))


async def test_the_first_reading_shows_a_bar(full: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("judge_tui.ui.desk.looking.Looking.look", lambda self, take: None)
    async with table(full) as here:
        assert here.screen.query_one("#busy").has_class("-on")


async def test_a_reading_tells_how_far_it_is_and_its_bar_goes_with_it(
    full: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("judge_tui.ui.desk.looking.PAUSE", 0.0)
    async with table(full) as here:
        told: list[tuple[int, int]] = []
        here.screen.busy = lambda done, of: told.append((done, of))  # type: ignore[method-assign]
        here.screen.view = None
        here.screen.reload()
        await here.settle()

        assert told == sorted(told) and told[-1] == (90, 100)
        assert not here.screen.query_one("#busy").has_class("-on")


async def test_help_lists_what_works_in_the_open_room_and_nothing_else(full: World) -> None:
    async with table(full) as here:
        seen = {}
        for key, room in (("2", "collect"), ("7", "log")):
            await here.press(key, "f1")
            dialog = here.pilot.app.screen
            assert isinstance(dialog, HelpDialog)
            seen[room] = {item.id for item in dialog._commands}
            assert str(dialog._about) == str(ABOUT_ROOM[room])
            await here.press("escape")

        assert {"desk.look_first", "desk.collect"} <= seen["collect"]
        assert "desk.audit" not in seen["collect"] and "desk.sums" not in seen["collect"]
        assert {"desk.audit", "desk.filter"} <= seen["log"]


def test_every_room_says_what_it_is_for() -> None:
    assert set(ABOUT_ROOM) == {name for name, _ in SECTIONS}
    assert set(ONLY_IN.values()) <= set(ABOUT_ROOM)


@pytest.mark.parametrize(
    "keys",
    [
        ("6", "ctrl+r"),
        ("6", "f4"),
        ("6", "f10"),
        ("6", "delete", "1"),
        ("5", "f2"),
        ("8", "down", "enter"),
        ("1", "enter"),
        ("1", "enter", "f4", "1"),
        ("1", "f10"),
        ("7", "f4"),
    ],
    ids=" ".join,
)
async def test_every_dialog_shows_its_buttons_on_a_small_terminal(
    tmp_path: Path, keys: tuple[str, ...], language: str
) -> None:
    villages = [{"id": f"v{number}", "number": number, "name": f"第{number}村"} for number in range(1, 37)]
    async with table(make_world(tmp_path, organisations=villages), (80, 24)) as here:
        translator.switch(language)
        await here.press(*keys)
        await here.until(lambda: here.pilot.app.screen is not here.screen)
        dialog = here.pilot.app.screen
        await here.until(lambda: dialog.query("Button"))

        for button in dialog.query("Button"):
            assert button.region.bottom <= 24
            assert button.region in dialog.query_one(".dialog").region


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param
    translator.switch("en")


async def test_the_legend_says_what_paper_looks_like_on_a_small_terminal(full: World) -> None:
    async with table(full, (80, 24)) as here:
        assert "* from paper" in here.text("MatrixPanel .legend")
        assert here.screen.query_one("MatrixPanel .legend").size.height == 3


async def test_leaving_asks_first_while_a_folder_is_watched(
    full: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("judge_tui.ui.desk.collecting.stick_folders", list)
    async with table(full) as here:
        here.screen.collecting._watch_it(tmp_path)
        await here.press("1", "escape")
        assert isinstance(here.pilot.app.screen, ConfirmDialog)
        await here.press("enter")

        assert here.pilot.app.screen is here.screen


async def test_escape_pressed_twice_stays_and_enter_leaves(full: World) -> None:
    async with table(full) as here:
        await here.press("escape", "escape")
        assert here.pilot.app.screen is here.screen
        await here.press("escape", "enter")

        assert not here.pilot.app.is_running or here.pilot.app.return_value == 0
