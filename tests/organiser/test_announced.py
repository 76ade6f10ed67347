"""The log says what each announcement changed."""

from __future__ import annotations

from dataclasses import replace

from judge_tui.domain.event import OrganisationId
from judge_tui.services.table import amending
from judge_tui.services.table.announced import announced
from judge_tui.services.table.audit import log_lines
from tests.organiser.world import BY, World

V1 = OrganisationId("v1")


def told(world: World) -> list[str]:
    lines = log_lines(world.office.project(), world.office.entries())
    return [str(line.what) for line in lines if line.kind == "definition"]


def test_each_amendment_is_told_by_what_it_changed(world: World) -> None:
    amending.set_status(world.office, V1, "withdrawn", "因故", BY)
    amending.add_organisation(world.office, "后到村", "迟到经同意", BY, presenter="王五")
    event = world.office.project().event
    criteria = (replace(event.criteria[0], name="实地观摩"), *event.criteria[1:])
    amending.amend(world.office, replace(event, criteria=criteria, title="更正"), "名称有误", BY)

    assert sorted(told(world)) == [
        "A definition was announced",
        "Announced: 东岗村 withdrew",
        "Announced: 后到村 arrived late",
        "Announced: 实地观摩 was corrected, Event was corrected",
    ]


def test_many_changes_are_counted_and_none_are_not_invented() -> None:
    before = {"organisations": [{"id": str(number), "name": f"{number}号村"} for number in range(9)]}
    after = {"organisations": [{**row, "status": "guest"} for row in before["organisations"]]}

    assert announced(before, before) is None
    assert str(announced(before, after)).endswith("5号村 presents out of competition, and 3 more")
