"""The demonstration's seat: a newcomer's first screen asks nothing of him but a mark."""

from __future__ import annotations

from pathlib import Path

from judge_tui import settings
from judge_tui.services.demo import SAMPLE, Demo
from judge_tui.services.preparing.definitions import load_definition


def test_the_seat_is_of_a_judge_who_is_in_charge_of_no_village() -> None:
    event = load_definition(settings.data_folder() / SAMPLE / "event.toml")
    nowhere = Path()
    demo = Demo(event, nowhere, nowhere, nowhere, (), nowhere, nowhere)

    assert event.judges[demo.seat].name not in {item.officer for item in event.organisations}
    assert event.judges[0].name in {item.officer for item in event.organisations}
