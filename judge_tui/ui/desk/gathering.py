"""What a thread tells one after another, brought to the screen several at a time: a hundred files are not a hundred pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any, Generic, TypeVar

from textual.screen import Screen

PAUSE = 0.4
"""Seconds between two pictures of something that goes on."""

Told = TypeVar("Told")


class Gathering(Generic[Told]):
    """Call it from the thread with each thing as it comes; `show` gets them on the screen's side, in order, none twice.

    `rest` is called on the screen's side at the end, for what came after the last picture.
    """

    def __init__(self, screen: Screen[Any], show: Callable[[Sequence[Told]], None]) -> None:
        self._screen, self._show = screen, show
        self._told: list[Told] = []
        self._shown = 0
        self._last = monotonic() - PAUSE

    def __call__(self, item: Told) -> None:
        self._told.append(item)
        if monotonic() - self._last >= PAUSE:
            self._last = monotonic()
            self._screen.app.call_from_thread(self._screen.call_later, self.rest)

    def rest(self) -> None:
        """Show what was told and not shown yet."""
        fresh = self._told[self._shown :]
        self._shown += len(fresh)
        if fresh:
            self._show(fresh)
