"""Many things told by a thread: shown several at a time, in order, none twice and none left out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.app import App
from textual.screen import Screen

from judge_tui.ui.desk import gathering
from judge_tui.ui.desk.gathering import Gathering


@pytest.mark.parametrize("pause", [0.0, 60.0])
async def test_everything_told_is_shown_in_order_and_once(monkeypatch: pytest.MonkeyPatch, pause: float) -> None:
    monkeypatch.setattr(gathering, "PAUSE", pause)
    app: App[None] = App()
    shown: list[Sequence[int]] = []
    async with app.run_test() as pilot:
        screen: Screen[object] = app.screen
        told = Gathering[int](screen, shown.append)

        def tell() -> None:
            for number in range(20):
                told(number)

        worker = screen.run_worker(tell, thread=True)
        await worker.wait()
        await pilot.pause()
        told.rest()
        told.rest()

    assert [number for some in shown for number in some] == list(range(20))
    assert len(shown) == (2 if pause else 20)
