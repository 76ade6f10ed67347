"""The network at the judge's screen: off until asked for, a word in the header, announcements shown, and never in the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from judge_tui.services.hub.server import Hub
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.table.office import Office
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.screens.judging import JudgingScreen
from tests.records import Hall, noon
from tests.ui.seat.test_walk import seen


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


@pytest.fixture
def hub(hall: Hall) -> Iterator[Hub]:
    with Hub(hall.organiser, keys=hall.keys, listen="127.0.0.1", port=0, now=noon) as running:
        yield running


@asynccontextmanager
async def at_the_seat(hall: Hall) -> AsyncIterator[Pilot[int]]:
    with hall.seat("j1") as seat:
        session = JudgingSession(seat)
        app = JudgeApp(lambda: JudgingScreen(session))
        async with app.run_test(size=(120, 30)) as pilot:
            await pilot.pause()
            yield pilot


async def until(pilot: Pilot[int], true: Callable[[], bool]) -> bool:
    for _ in range(150):
        if true():
            return True
        await pilot.pause(0.1)
    return False


async def connect(pilot: Pilot[int], typed: str) -> None:
    await pilot.press("ctrl+a")
    await pilot.pause()
    await pilot.press(*typed, "enter")
    await pilot.pause()


async def test_the_network_is_off_until_it_is_asked_for(hall: Hall, hub: Hub) -> None:
    async with at_the_seat(hall) as pilot:
        await pilot.pause(0.5)

        assert "network" not in seen(pilot).lower()
    assert not hub.state.heard


async def test_a_mark_entered_is_received_and_the_header_says_so(hall: Hall, hub: Hub) -> None:
    async with at_the_seat(hall) as pilot:
        await connect(pilot, f"127.0.0.1:{hub.address[1]}")
        await pilot.press(*"85", "enter")

        assert await until(pilot, lambda: "Network: all received" in seen(pilot))
        assert await until(pilot, lambda: hall.project().received("j1") == 2)  # type: ignore[arg-type]


async def test_what_the_organiser_announces_is_shown(hall: Hall, hub: Hub) -> None:
    async with at_the_seat(hall) as pilot:
        await connect(pilot, f"127.0.0.1:{hub.address[1]}")
        assert await until(pilot, lambda: "all received" in seen(pilot))
        Office(hall.organiser, hall.keys).say(("order", {"organisations": ["o3", "o1", "o2"]}))

        assert await until(pilot, lambda: "announced something new" in seen(pilot))
        text = seen(pilot)
        assert text.index("第3村") < text.index("第1村")


async def test_without_a_hub_marks_go_on_and_a_word_says_that_they_wait(hall: Hall, hub: Hub) -> None:
    async with at_the_seat(hall) as pilot:
        await connect(pilot, f"127.0.0.1:{hub.address[1]}")
        assert await until(pilot, lambda: "all received" in seen(pilot))
        hub.stop()
        await pilot.press(*"85", "enter")

        assert await until(pilot, lambda: "No network, 1 to send" in seen(pilot))
        assert "Saved" in seen(pilot)


async def test_the_network_comes_back_when_the_file_is_opened_again_until_it_is_turned_off(
    hall: Hall, hub: Hub
) -> None:
    async with at_the_seat(hall) as pilot:
        await connect(pilot, f"127.0.0.1:{hub.address[1]}")
        assert await until(pilot, lambda: "all received" in seen(pilot))
    async with at_the_seat(hall) as pilot:
        assert await until(pilot, lambda: "all received" in seen(pilot))
        await pilot.press("ctrl+a")
        await pilot.pause()
        await pilot.press(*["backspace"] * 30, "enter")
        assert await until(pilot, lambda: "The network is off" in seen(pilot))
    async with at_the_seat(hall) as pilot:
        await pilot.pause(1.5)

        assert "received" not in seen(pilot)


async def test_what_is_no_address_is_said_and_nothing_else_changes(hall: Hall) -> None:
    async with at_the_seat(hall) as pilot:
        await connect(pilot, "no address at all!")

        assert await until(pilot, lambda: "No hub" in seen(pilot) or "is no address" in seen(pilot))
