"""The hub beside the organiser's console: off until he chooses an address, then seen as it stands.

Free of the hub's own libraries: they are loaded when it is started, and where they are missing that is said then.
"""

from __future__ import annotations

import ipaddress
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from judge_tui.domain.messages import Message
from judge_tui.services.hub.extra import missing_extra
from judge_tui.services.hub.refusals import in_words
from judge_tui.services.sync.address import Address, own_addresses, reachable_at
from judge_tui.services.sync.discovery import announced
from judge_tui.services.sync.wire import PORT

if TYPE_CHECKING:
    from judge_tui.services.hub.server import Hub

ASKED_TWICE = 2.5
"""A laptop that has let so many times pass in which it should have asked again is taken for gone."""


@dataclass(frozen=True, slots=True)
class Laptop:
    """One laptop heard since the hub was started: its judge's id, its address, how many of its entries are held, for how
    many seconds it has been silent, and whether that is short enough to call it connected."""

    judge: str
    address: str
    entries: int
    silent: float
    connected: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """Requests refused with one code: how many, what that means, and from which address the last one came (empty where it
    is so long ago that it is only in the log)."""

    code: str
    count: int
    what: Message
    last_address: str


@dataclass(frozen=True, slots=True)
class HubView:
    """How the hub stands. `address` is what judges type, `short` what is enough in the same network (empty where nothing
    short is), `code` what is typed behind it where a kit does not know this hub, `announced` whether it is found by name,
    `entries` how many are held in all."""

    address: str
    short: str
    code: str
    announced: bool
    laptops: tuple[Laptop, ...]
    refused: tuple[Refused, ...]
    entries: int


class TableHub:
    """At most one hub on an organiser's file. Nothing is listened to before `start`."""

    def __init__(self, organiser: Path, keys: Path) -> None:
        self._organiser, self._keys = organiser, keys
        self._hub: Hub | None = None
        self._announced = False
        self._stack = ExitStack()

    @property
    def running(self) -> bool:
        """Whether the hub listens."""
        return self._hub is not None

    @staticmethod
    def addresses() -> tuple[str, ...]:
        """This laptop's own addresses to choose from, the one that other laptops most likely reach first."""
        return own_addresses()

    def start(self, address: str, port: int = PORT) -> None:
        """Listen on one of this laptop's addresses, and announce it by name where that is possible; harmless where it runs.

        Raises JudgeTuiError: NO_HUB where the hub's libraries are missing, LISTEN where the address cannot be had, NO_KEY,
        NOT_ORGANISER; RefusedError and StorageError where the organiser's file cannot be read.
        """
        if self._hub is not None:
            return
        try:
            from judge_tui.services.hub.server import Hub
        except ImportError as error:
            raise missing_extra() from error
        hub = Hub(self._organiser, keys=self._keys, listen=address, port=port)
        with ExitStack() as stack:
            stack.enter_context(hub)
            self._announced = stack.enter_context(announced(hub.book.event, hub.address))
            self._stack = stack.pop_all()
        self._hub = hub

    def stop(self) -> None:
        """Stop listening and leave the receipts beside the organiser's file; harmless twice."""
        self._hub, self._announced = None, False
        stack, self._stack = self._stack, ExitStack()
        stack.close()

    def view(self) -> HubView | None:
        """How it stands now, None while it is off. May be asked from any thread, as often as a screen likes."""
        hub = self._hub
        if hub is None:
            return None
        state, address = hub.state, Address(reachable_at(hub.address[0])[0], hub.address[1])
        last = {incident.code: incident.address for incident in list(hub.log.recent)}
        return HubView(
            str(address),
            _short(address),
            hub.code,
            self._announced,
            tuple(
                Laptop(
                    heard.judge,
                    heard.address,
                    heard.entries,
                    heard.silent,
                    heard.silent < ASKED_TWICE * state.again + 2,
                )
                for heard in state.heard
            ),
            tuple(
                Refused(code, count, in_words(code), last.get(code, ""))
                for code, count in sorted(state.refused.items())
            ),
            state.entries,
        )


def _short(address: Address) -> str:
    """The last number of a local address on the usual port: it is enough where a judge's laptop is in the same network."""
    try:
        host = ipaddress.ip_address(address.host)
    except ValueError:
        return ""
    usual = address.port == PORT and host.version == 4 and not host.is_loopback
    return address.host.rpartition(".")[2] if usual else ""
