"""What the table announces during the day, and a corrected definition."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from click.testing import CliRunner
from textual.widgets import Input

from judge_tui import settings
from judge_tui.cli.amend import amend
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.domain.tabulation.inputs import MarkState
from judge_tui.services.preparing.definitions import load_definition, save_definition
from judge_tui.services.table.amending import write_out
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.order import OrderDialog
from tests.organiser.world import World, make_world
from tests.ui.desk.stage import table
from tests.ui.desk.test_table import lines, sign


async def test_the_running_order_is_changed_by_hand(full: World) -> None:
    async with table(full) as here:
        await here.press("6", "ctrl+r", "down", "f2")
        assert isinstance(here.pilot.app.screen, OrderDialog)
        await sign(here, "第一个单位迟到", "李四")

        assert [line.split()[1] for line in lines(here)] == ["西岗村", "东岗村", "柳河村", "前杨村"]


async def test_an_organisation_is_vetoed_and_takes_part_again(full: World) -> None:
    async with table(full) as here:
        await here.press("6", "delete", "2")
        await sign(here, "发生安全事故", "李四")
        assert "vetoed" in lines(here)[0]
        await here.press("delete", "1")
        await sign(here, "查明无责", "李四")

        assert "takes part" in lines(here)[0]


async def test_a_judge_was_absent_for_the_whole_contest(world: World) -> None:
    async with table(world) as here:
        await here.press("right", "enter", "f3")
        assert isinstance(here.pilot.app.screen, ChooseDialog)
        await here.press("2")
        await sign(here, "临时有会", "李四")

    now = world.office.project()
    judge = world.event.judges[0].id
    states = {
        now.cell(judge, unit.id, item.id).state for unit in now.event.organisations for item in now.event.criteria
    }
    assert states == {MarkState.ABSENT}


async def test_the_definition_is_written_out_and_a_corrected_one_announced(full: World) -> None:
    folder = full.issued.organiser.parent
    async with table(full) as here:
        await here.press("6", "ctrl+d", "1", "enter")
        await here.settle()
        written = folder / f"{full.issued.organiser.stem}.xlsx"
        event = load_definition(written)
        assert event == full.office.project().event

        save_definition(replace(event, title="村村擂台赛（更正）"), folder / "new.toml")
        await here.press("ctrl+d", "2")
        here.pilot.app.screen.query_one(Input).value = str(folder / "new.toml")
        await here.press("enter")
        await sign(here, "名称有误", "李四")

        assert here.text("#title") == "村村擂台赛（更正）"


def test_a_definition_that_would_lose_marks_is_not_announced(
    full: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "keys_folder", lambda: full.keys)
    write_out(full.office, tmp_path / "now.xlsx", "zh")
    event = load_definition(tmp_path / "now.xlsx")
    save_definition(replace(event, criteria=event.criteria[:1]), tmp_path / "less.toml")
    save_definition(replace(event, title="更正"), tmp_path / "right.toml")

    def announce(name: str) -> None:
        arguments = [str(full.issued.organiser), str(tmp_path / name), "--reason", "更正", "--by", "李四"]
        assert CliRunner().invoke(amend, arguments, catch_exceptions=False).exit_code == 0

    with pytest.raises(JudgeTuiError, match="LOST_IDS"):
        announce("less.toml")
    announce("right.toml")
    assert full.office.project().event.title == "更正"


async def test_a_long_form_shows_its_last_line_and_its_buttons_on_a_small_terminal(tmp_path: Path) -> None:
    grades = [{"id": f"g{number}", "name": f"等次{number}", "points": number} for number in range(1, 5)]
    criteria = [{"id": "poll", "name": "民主测评", "method": "grades", "anonymous": True, "grades": grades}]
    poll = make_world(tmp_path, criteria=criteria, adjustments=[], tabulation={"combine": "criterion"})
    async with table(poll, (80, 24)) as here:
        await here.press("6")
        assert "Ballots: 0 of 4 boxes" in here.text("DayPanel .about")
        await here.press("f8")
        dialog = here.pilot.app.screen

        for selector in (f"#field-{len(dialog.query(Input)) - 1}", "#ok"):
            assert dialog.query_one(selector).region.bottom <= 24
            assert dialog.query_one(selector).region in dialog.query_one(".dialog").region


async def test_what_takes_a_while_shows_that_it_goes_on(full: World) -> None:
    done = Event()
    async with table(full) as here:
        bar = here.screen.query_one("#busy")
        here.screen.deeds.do(done.wait, msg("Recorded."))
        await here.until(lambda: bar.has_class("-on"))
        done.set()
        await here.until(lambda: not bar.has_class("-on"))
