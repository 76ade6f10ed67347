"""`judge-tui hub EVENT.db`: take in judges' marks over the local network, on an address that the organiser chooses."""

from __future__ import annotations

import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from judge_tui import settings
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.hub.extra import missing_extra

if TYPE_CHECKING:
    from judge_tui.services.hub.log import Incident
    from judge_tui.services.hub.server import Hub


LOOK = 20
"""Seconds after which it is looked whether the second copy has fallen behind."""


def keep_copy(event: Path) -> None:
    """Make the second copy again where one is kept and due; what stands in the way is tried again at the next look."""
    from judge_tui.services.records.safe_copy import renew_file, state_of

    try:
        state = state_of(event)
        if state is not None and state.due():
            state = renew_file(event)
            if state is not None:
                click.echo(_t(state.message()))
    except JudgeTuiError:
        return


@click.command(
    "hub",
    help=_t(
        msg(
            "Take in the judges' marks over the local network, for EVENT.db, until Ctrl+C. Only judges of this event are "
            "heard; sticks and folders go on working beside it."
        )
    ),
    short_help=_t(msg("Take in marks over the local network.")),
)
@click.argument("event", metavar="EVENT.db", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--listen", metavar="ADDRESS", help=_t(msg("Which of this laptop's addresses to listen on; needed.")))
@click.option("--port", type=click.IntRange(0, 65535), default=8743, help=_t(msg("Port (default: 8743).")))
@click.option("--quiet", is_flag=True, help=_t(msg("Do not announce the hub by name in the network.")))
@click.option("--seconds", type=click.FloatRange(0), help=_t(msg("Stop after so many seconds.")))
def hub(event: Path, listen: str | None, port: int, quiet: bool, seconds: float | None) -> None:
    """Listen until interrupted, and say what happens."""
    from judge_tui.services.sync.address import Address, own_address, reachable_at
    from judge_tui.services.sync.discovery import announced

    if listen is None:
        raise JudgeTuiError(
            "LISTEN",
            msg("On which of this laptop's addresses should the hub listen?"),
            msg("For example: --listen {address}", address=own_address() or "127.0.0.1"),
        )
    running = _hub(event, listen, port)
    with running, nullcontext() if quiet else announced(running.book.event, running.address):
        for host in reachable_at(running.address[0]):
            click.echo(_t(msg("Listening on {address}", address=str(Address(host, running.address[1])))))
        click.echo(_t(msg("Code, for judges whose file does not know this hub: {code}", code=running.code)))
        _watch(running, seconds)
    keep_copy(event)
    click.echo(_t(msg("Stopped. The receipts lie beside the organiser's file.")))


def _hub(event: Path, listen: str, port: int) -> Hub:
    try:
        from judge_tui.services.hub.server import Hub
    except ImportError as error:
        raise missing_extra() from error
    return Hub(event, keys=settings.keys_folder(), listen=listen, port=port, on_incident=_say)


def _say(incident: Incident) -> None:
    click.echo(_t(msg("Refused {code} from {address}", code=incident.code, address=incident.address)))


def _watch(running: Hub, seconds: float | None) -> None:
    """Say how many entries are held whenever that has changed."""
    until = None if seconds is None else time.monotonic() + seconds
    shown, copied = None, time.monotonic()
    try:
        while until is None or time.monotonic() < until:
            state = running.state
            if (len(state.heard), state.entries) != shown:
                shown = (len(state.heard), state.entries)
                click.echo(_t(msg("{judges} laptops heard, {entries} entries held", judges=shown[0], entries=shown[1])))
            if time.monotonic() - copied > LOOK:
                copied = time.monotonic()
                keep_copy(running.book.path)
            time.sleep(0.2)
    except KeyboardInterrupt:
        return
