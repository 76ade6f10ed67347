"""What was promised, from the day's room: each promise's state and evidence as a signed amendment."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.domain.commitments import CommitmentState
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import OrganisationId
from judge_tui.services.table.amending import set_commitment
from judge_tui.services.table.audit import log_lines
from judge_tui.ui.dialogs.error import ErrorDialog
from judge_tui.ui.dialogs.listing import ListDialog
from tests.organiser.world import BY, World, make_world
from tests.ui.desk.stage import table
from tests.ui.desk.test_table import fill


def promised(tmp_path: Path) -> World:
    villages = [
        {
            "id": f"v{number}",
            "number": number,
            "name": name,
            "commitments": [{"id": "road", "text": "修路"}, {"id": "small", "text": "民生小事", "count": 10}],
        }
        for number, name in enumerate(("东岗村", "西岗村"), 1)
    ]
    return make_world(tmp_path, organisations=villages)


async def test_a_promise_is_kept_with_evidence_and_the_list_comes_back(tmp_path: Path) -> None:
    world = promised(tmp_path)
    async with table(world, (80, 24)) as here:
        await here.press("6", "down", "ctrl+e")
        dialog = here.pilot.app.screen
        assert isinstance(dialog, ListDialog)
        await here.press("down", "enter", "1")
        await fill(here, evidence="10件全部办结", reason="现场核查", by="李四")
        await here.until(lambda: isinstance(here.pilot.app.screen, ListDialog))
        dialog = here.pilot.app.screen
        assert isinstance(dialog, ListDialog)
        shown = [[str(cell) for cell in item.cells] for item in dialog._items]

    assert shown[3] == ["2", "西岗村", "民生小事", "kept", "10件全部办结"]
    made = world.office.project().event.organisation_by_id[OrganisationId("v2")].commitments[1]
    assert (made.state, made.evidence, made.count) == (CommitmentState.DONE, "10件全部办结", 10)
    log = log_lines(world.office.project(), world.office.entries())
    assert ("definition", "现场核查", ("李四",)) in {(line.kind, line.reason, line.by) for line in log}


async def test_a_contest_without_promises_says_where_they_are_written(full: World) -> None:
    async with table(full) as here:
        await here.press("6", "ctrl+e")

        assert isinstance(here.pilot.app.screen, ErrorDialog)


def test_a_promise_that_was_not_made_is_not_kept(tmp_path: Path) -> None:
    office = promised(tmp_path).office
    with pytest.raises(JudgeTuiError, match="UNKNOWN_COMMITMENT"):
        set_commitment(office, OrganisationId("v1"), "none", CommitmentState.DONE, "", "x", BY)
    with pytest.raises(JudgeTuiError, match="UNSIGNED"):
        set_commitment(office, OrganisationId("v1"), "road", CommitmentState.DONE, "", "x", ())
