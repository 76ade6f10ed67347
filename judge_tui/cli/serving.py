"""The hall's screen in a browser, as `judge-tui project --serve` runs it."""

from __future__ import annotations

import time
from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg, verbatim
from judge_tui.i18n import translator as _t
from judge_tui.services.ceremony import address_of_hall
from judge_tui.services.hall import Hall
from judge_tui.services.hall_server import HallServer

LOOPBACK = ("127.0.0.1", "localhost", "::1")


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


def serve(hall: Hall, event_file: Path, listen: str, port: int) -> None:
    """Serve until the person ends it. Raises JudgeTuiError where the address cannot be listened on."""
    known = address_of_hall(event_file, settings.keys_folder())
    try:
        server = _listening(hall, event_file, known.token, listen, port or known.port)
    except OSError as error:
        if port or not known.port:
            raise JudgeTuiError(
                "ADDRESS",
                msg(
                    "{address} cannot be listened on: {reason}",
                    address=f"{listen}:{port}",
                    reason=verbatim(error.strerror),
                ),
                msg("Choose another --port, or an address of this machine."),
            ) from error
        server = _listening(hall, event_file, known.token, listen, 0)
    known.keep(server.server_address[1])
    with server:
        click.echo(_t(msg("The hall's screen: {url}", url=server.url)))
        click.echo(_t(msg("F full screen, T dark or bright, PgDn and PgUp steer. Ctrl+C ends.")))
        if listen not in LOOPBACK:
            click.echo(
                _t(msg("Whoever knows this address, on this network, can see the screen and steer it.")), err=True
            )
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            click.echo("")
