"""The demonstration's four steps: Enter goes on, wherever one began."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from judge_tui import settings
from judge_tui.services.demo import SAMPLE, Demo
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.doors import Doors
from judge_tui.ui.screens.demo import DemoScreen


async def test_after_a_step_chosen_by_its_digit_enter_goes_on_with_the_one_after_it() -> None:
    opened: list[str] = []

    def door(name: str) -> object:
        def opens(*given: object) -> None:
            opened.append(name)
            given[-1]()  # type: ignore[operator]

        return opens

    doors = Doors(**{field.name: door(field.name) for field in fields(Doors)})  # type: ignore[arg-type]
    nowhere = Path()
    event = load_definition(settings.data_folder() / SAMPLE / "event.toml")
    kits = tuple(Path(f"{judge.id}.judge") for judge in event.judges)
    screen = DemoScreen(Demo(event, nowhere, nowhere, nowhere, kits, nowhere, nowhere), doors)
    app = JudgeApp(lambda: screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.focused is not None
        assert app.focused.id == "sit"
        await pilot.press("4")
        assert (opened, app.focused.id) == (["reveal"], "reveal")
        await pilot.press("1")
        assert (opened, app.focused.id) == (["reveal", "seat"], "play")
