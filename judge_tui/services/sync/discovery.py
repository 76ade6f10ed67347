"""Finding the hub by name in the local network (mDNS), where `zeroconf` is installed; typing the address always works.

What is announced proves nothing: the certificate's pin decides whether it is the right hub.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.ledger import EventKey
from judge_tui.domain.messages import msg
from judge_tui.services.sync.address import Address, parse_address, reachable_at

if TYPE_CHECKING:
    from zeroconf import ServiceStateChange, Zeroconf

SERVICE = "_judge-tui._tcp.local."


def can_find() -> bool:
    """Whether the library that finds names is installed."""
    return find_spec("zeroconf") is not None


@contextmanager
def announced(event: EventKey, address: tuple[str, int]) -> Iterator[bool]:
    """Announce a hub for as long as the context lasts; False where the library is missing or the network does not let us."""
    if not can_find():
        yield False
        return
    from zeroconf import ServiceInfo, Zeroconf

    hosts, port = reachable_at(address[0]), address[1]
    try:
        zeroconf = Zeroconf(interfaces=list(hosts))
    except OSError:
        yield False
        return
    name = event.hex()[:16]
    info = ServiceInfo(
        SERVICE,
        f"{name}.{SERVICE}",
        port,
        addresses=[ipaddress.ip_address(host).packed for host in hosts],
        properties={"event": name},
    )
    try:
        zeroconf.register_service(info)
        yield True
    finally:
        zeroconf.unregister_all_services()
        zeroconf.close()


def find_hub(event: EventKey, seconds: float = 3.0, interface: str | None = None) -> Address | None:
    """The address at which a hub of this event announces itself; None where none does, or the library is missing."""
    if not can_find():
        return None
    from zeroconf import ServiceBrowser, Zeroconf

    wanted = event.hex()[:16]
    found: list[Address] = []

    def seen(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        info = zeroconf.get_service_info(service_type, name, timeout=1000)
        if info is not None and info.port and (info.properties or {}).get(b"event") == wanted.encode():
            found.extend(Address(text, info.port) for text in info.parsed_addresses())

    try:
        zeroconf = Zeroconf(interfaces=[interface]) if interface else Zeroconf()
    except OSError:
        return None
    try:
        ServiceBrowser(zeroconf, SERVICE, handlers=[seen])
        until = time.monotonic() + seconds
        while not found and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        zeroconf.close()
    return next((address for address in found if _reachable(address)), None)


def find_or_parse(typed: str, event: EventKey) -> Address:
    """The address that was typed; where nothing was, the one found by name.

    Raises JudgeTuiError with ADDRESS for what is no address, NO_HUB where none is found.
    """
    if typed:
        return parse_address(typed)
    found = find_hub(event)
    if found is None:
        raise JudgeTuiError(
            "NO_HUB",
            msg("No hub of this event was found in the network"),
            msg("Type the address that the organiser's screen shows."),
        )
    return found


def _reachable(address: Address) -> bool:
    """A laptop with several networks announces addresses that are no use from here."""
    try:
        with socket.create_connection((address.host, address.port), timeout=1.0):
            return True
    except OSError:
        return False
