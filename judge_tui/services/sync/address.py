"""A hub's address as a person types it, and the code that stands for its certificate."""

from __future__ import annotations

import hashlib
import re
import socket
from dataclasses import dataclass
from importlib.util import find_spec

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.services.sync.wire import PORT


@dataclass(frozen=True, slots=True)
class Address:
    """Where a hub listens."""

    host: str
    port: int = PORT

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORT else f"{host}:{self.port}"


def parse_address(typed: str, own: str | None = None) -> Address:
    """Read `192.168.1.5`, `192.168.1.5:9000`, `[fe80::1]:9000`, a name, or only the last number (`5`) of an address in this
    laptop's own network (`own`: this laptop's address, looked up where it is not given).

    Raises JudgeTuiError with ADDRESS.
    """
    text = typed.strip().replace("。", ".").replace("：", ":").replace("．", ".").removeprefix("https://").rstrip("/")
    bracketed = re.fullmatch(r"\[([0-9A-Fa-f:.%\w]+)\](?::(\d{1,5}))?", text)
    plain = re.fullmatch(r"([\w.-]+)(?::(\d{1,5}))?", text, flags=re.ASCII)
    if bracketed is not None:
        host, port = bracketed[1], bracketed[2]
    elif plain is not None:
        host, port = plain[1], plain[2]
    elif text.count(":") > 1:
        host, port = text, None
    else:
        raise _no_address(typed)
    if re.fullmatch(r"\d{1,3}", host):
        mine = own if own is not None else own_address()
        if mine is None or int(host) > 255:
            raise _no_address(typed)
        host = f"{mine.rpartition('.')[0]}.{host}"
    if port is not None and not 0 < int(port) < 65536:
        raise _no_address(typed)
    return Address(host, int(port) if port else PORT)


def parse_with_code(typed: str) -> tuple[str, str]:
    """What was typed for the address, and the code behind it (empty where there is none). Raises JudgeTuiError with ADDRESS
    where something stands behind the address that is no code."""
    text, _, code = typed.strip().partition(" ")
    if code and not re.fullmatch(r"[0-9 -]*", code):
        raise _no_address(typed)
    return text, code


def own_address() -> str | None:
    """This laptop's address in its local network, None without one. Nothing is sent to find it out."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of documentation: only the route is looked up
            found = str(probe.getsockname()[0])
        except OSError:
            return None
    return None if found.startswith(("127.", "0.")) else found


def own_addresses() -> tuple[str, ...]:
    """This laptop's IPv4 addresses in local networks, the one that its route to others goes through first, and at the end
    its own loopback, which only this laptop reaches. Nothing is sent to find them out."""
    found = [first] if (first := own_address()) is not None else []
    found += sorted(address for address in _listed() if address not in found and not address.startswith("127."))
    return (*found, "127.0.0.1")


def _listed() -> set[str]:
    """The addresses of all network adapters, or, without the library that lists them, those of this laptop's name."""
    if find_spec("ifaddr") is not None:
        import ifaddr

        return {str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4}
    try:
        return {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    except OSError:
        return set()


def reachable_at(host: str) -> tuple[str, ...]:
    """The addresses at which others reach what listens on `host`: all of this laptop's own where that is every address."""
    if host not in ("0.0.0.0", "::"):
        return (host,)
    own = own_addresses()
    return own[:-1] or own


def code_of(pin: str) -> str:
    """Five groups of four digits for a certificate's pin, to be read aloud and typed."""
    digits = f"{int.from_bytes(hashlib.sha256(bytes.fromhex(pin)).digest(), 'big') % 10**20:020d}"
    return " ".join(digits[start : start + 4] for start in range(0, 20, 4))


def same_code(typed: str, pin: str) -> bool:
    """Whether a typed code is this pin's, however it was grouped."""
    return "".join(filter(str.isdigit, typed)) == code_of(pin).replace(" ", "")


def _no_address(typed: str) -> JudgeTuiError:
    return JudgeTuiError(
        "ADDRESS",
        msg("“{typed}” is no address", typed=typed.strip()),
        msg("Type what the organiser's screen shows, for example 192.168.1.5"),
    )
