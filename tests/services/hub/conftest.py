"""A contest with a hub on the loopback, and judges' links to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from judge_tui.services.hub.limits import Limits
from judge_tui.services.hub.server import Hub
from judge_tui.services.sync.address import Address
from judge_tui.services.sync.link import Link, LinkState
from tests.records import Hall, noon


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


class Network:
    """Starts hubs and sends judges' files to them."""

    def __init__(self, hall: Hall, stack: ExitStack) -> None:
        self.hall, self._stack = hall, stack

    def hub(self, hall: Hall | None = None, limits: Limits | None = None, port: int = 0) -> Hub:
        one = hall or self.hall
        hub = Hub(one.organiser, keys=one.keys, listen="127.0.0.1", port=port, limits=limits, now=noon)
        self._stack.enter_context(hub)
        return hub

    @staticmethod
    def at(hub: Hub) -> Address:
        return Address(*hub.address)

    def send(self, hub: Hub, judge: str, path: Path | None = None, code: str = "", laptop: str = "") -> LinkState:
        """A judge's laptop sends everything once."""
        with self.hall.seat(judge, path, laptop) as seat:
            link = Link(seat, self.at(hub), code=code)
            try:
                return link.once()
            finally:
                link.stop()

    @contextmanager
    def link(self, hub: Hub, judge: str, **callbacks: Callable[..., None]) -> Iterator[Link]:
        """A link that runs beside the judge's work."""
        with self.hall.seat(judge) as seat:
            link = Link(seat, self.at(hub), **callbacks)  # type: ignore[arg-type]
            link.start()
            try:
                yield link
            finally:
                link.stop()


@pytest.fixture
def network(hall: Hall) -> Iterator[Network]:
    with ExitStack() as stack:
        yield Network(hall, stack)
