"""The table in a terminal that is not there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import fields

from textual.pilot import Pilot

from judge_tui.ui.app import JudgeApp
from judge_tui.ui.doors import Doors
from judge_tui.ui.screens.organiser import OrganiserScreen
from tests.organiser.world import World


class Opened:
    """Doors that only note what was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, object]] = []

    def doors(self) -> Doors:
        return Doors(**{field.name: self._door(field.name) for field in fields(Doors)})

    def _door(self, name: str) -> Callable[..., None]:
        return lambda *given: self.asked.append((name, given[0] if given else None))


class Table:
    """A pilot with the table's screen at hand."""

    def __init__(self, pilot: Pilot[int | None], screen: OrganiserScreen, opened: Opened) -> None:
        self.pilot, self.screen, self.opened = pilot, screen, opened

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.pilot.press(*text)

    async def settle(self) -> None:
        """Until everything that was begun is done."""
        await self.pilot.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def until(self, true: Callable[[], object]) -> None:
        for _ in range(200):
            if true():
                return
            await self.pilot.pause(0.02)
        raise AssertionError("it never came true")

    def text(self, selector: str) -> str:
        return str(self.pilot.app.screen.query_one(selector).render())


@asynccontextmanager
async def table(world: World, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Table]:
    """The table on this contest's organiser's file."""
    opened = Opened()
    screen = OrganiserScreen(world.office, opened.doors())
    app = JudgeApp(lambda: screen)
    async with app.run_test(size=size) as pilot:
        found = Table(pilot, screen, opened)
        await pilot.pause()
        await found.settle()
        yield found
