"""What came late: listed at the table with who, what, when and why, and noted as seen."""

from __future__ import annotations

import pytest

from judge_tui.domain.bodies import dump_body
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.seat.seats import open_seat
from judge_tui.services.table.audit import log_lines
from judge_tui.services.table.late import late_groups, note_late
from judge_tui.ui.dialogs.listing import ListDialog
from judge_tui.ui.dialogs.report import ReportDialog
from tests.organiser.world import BY, World
from tests.ui.desk.stage import table
from tests.ui.desk.test_refused import report
from tests.ui.desk.test_table import sign


def comes_late(world: World, judge: str = "j2") -> None:
    """A judge goes on writing after submitting, and hands it over."""
    seat = open_seat(world.kit(judge), keys=world.keys, now=world.now)
    body = dump_body("mark", "2021-12-20T07:00:00Z", organisation="v1", criterion="view", value=1000, replaces=[])
    seat.file.append(seat.signer, [body])
    seat.file.close()
    world.collect([world.kit(judge)])


async def test_what_came_late_is_told_before_it_is_noted_and_stays_listed_afterwards(full: World) -> None:
    comes_late(full)
    async with table(full, (80, 24)) as here:
        await here.press("3", "enter")
        dialog = here.pilot.app.screen
        assert isinstance(dialog, ListDialog)
        assert [str(cell) for cell in dialog._items[0].cells] == ["评委2", "1", "given after submitting", "to be noted"]
        await here.press("enter")
        await here.until(lambda: isinstance(here.pilot.app.screen, ReportDialog))
        told = report(here)
        await here.press("enter")
        await sign(here, "已当面说明", "李四")
        assert not any(item.code == "late" for item in here.screen.view.doubts)  # type: ignore[union-attr]

        await here.press("f2")
        dialog = here.pilot.app.screen
        assert isinstance(dialog, ListDialog)
        noted = [str(line) for line in dialog._items[0].about]

    assert "1 东岗村, 观摩: 1" in told
    assert "open the sheet again (room 1, Enter, F4)" in told
    assert any("已当面说明; signed: 李四" in line for line in noted)
    said = [str(line.what) for line in log_lines(full.office.project(), full.office.entries())]
    assert "Noted as seen and not counted: 1 entry of 评委2" in said


async def test_where_everything_counts_the_table_says_so(full: World) -> None:
    async with table(full) as here:
        heard: list[str] = []
        here.screen.say = lambda text: heard.append(str(text))  # type: ignore[method-assign]
        await here.press("3", "f2")

        assert heard == ["Everything that came is counted."]


def test_one_reason_is_noted_and_another_stays_open(full: World) -> None:
    comes_late(full)
    judge = late_groups(full.office.project())[0].judge
    with pytest.raises(JudgeTuiError, match="NOTHING_LATE"):
        note_late(full.office, judge, "已说明", BY, why="sealed")
    note_late(full.office, judge, "已说明", BY, why="submitted")
    found = late_groups(full.office.project())

    assert [(group.code, group.note.reason if group.note else "", group.noted) for group in found] == [
        ("submitted", "已说明", True)
    ]
