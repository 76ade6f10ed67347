"""Terminals for the journeys, ended when a test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journey.window import Window


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Callable[..., Window]]:
    opened: list[Window] = []

    def open_window(*arguments: str) -> Window:
        opened.append(Window(tmp_path, *arguments))
        return opened[-1]

    yield open_window
    for item in opened:
        item.kill()
