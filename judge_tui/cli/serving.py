"""The hall's screen in a browser, as `judge-tui project --serve` runs it."""

from __future__ import annotations

import time
from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg, verbatim
from judge_tui.i18n import translator as _t
from judge_tui.services.hall.ceremony import address_of_hall
from judge_tui.services.hall.server import HallServer
from judge_tui.services.hall.windows import Hall
from judge_tui.services.sync.address import own_address

LOOPBACK = ("127.0.0.1", "localhost", "::1")

EVERY = ("0.0.0.0", "::")
"""What stands for every address of this machine."""


def _listening(hall: Hall, event_file: Path, token: str, listen: str, port: int) -> HallServer:
    return HallServer(
        (listen, port),
        hall,
        token=token,
        say=_t.render,
        language=_t.language,
        media=event_file.parent / "media",
        now=lambda: time.time_ns() // 1_000_000,
    )


def _addresses(server: HallServer) -> tuple[str, ...]:
    """What to type in a browser; where every address of this machine is listened on, this laptop's own in its network first."""
    if server.server_address[0] not in EVERY:
        return (server.url,)
    return tuple(server.url_at(host) for host in (own_address(), LOOPBACK[0]) if host)


def serve(hall: Hall, event_file: Path, listen: str, port: int) -> None:
    """Serve until the person ends it. Raises JudgeTuiError where the address cannot be listened on."""
    if not listen.strip():
        raise JudgeTuiError(
            "ADDRESS", msg("--listen names no address."), msg("Leave it out to show it on this machine alone.")
        )
    known = address_of_hall(event_file, settings.keys_folder())
    # The port of last time, so that whoever followed still follows; any other where somebody else has it now.
    server = None
    for tried in dict.fromkeys((port or known.port, port)):
        try:
            server = _listening(hall, event_file, known.token, listen, tried)
            break
        except OSError as error:
            reason = error
    if server is None:
        raise JudgeTuiError(
            "ADDRESS",
            msg(
                "{address} cannot be listened on: {reason}",
                address=f"{listen}:{port}" if port else listen,
                reason=verbatim(reason.strerror or reason),
            ),
            msg("Choose another --port, or an address of this machine."),
        ) from reason
    known.keep(server.server_address[1])
    with server:
        for url in _addresses(server):
            click.echo(_t(msg("The hall's screen: {url}", url=url)))
        click.echo(_t(msg("F full screen, T dark or bright, PgDn and PgUp steer. Ctrl+C ends.")))
        if listen not in LOOPBACK:
            click.echo(
                _t(msg("Whoever knows this address, on this network, can see the screen and steer it.")), err=True
            )
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            click.echo("")
