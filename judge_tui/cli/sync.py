"""`judge-tui sync FILE`: send a judge's marks to the hub and fetch what the organiser announced, once or for as long as asked."""

from __future__ import annotations

import time
from pathlib import Path

import click

from judge_tui import settings
from judge_tui.cli.at_home import at_home
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.seat.seats import open_seat
from judge_tui.services.sync.discovery import find_or_parse
from judge_tui.services.sync.link import Link, LinkState


@click.command(
    "sync",
    help=_t(
        msg(
            "Send a judge's FILE to the organiser's hub over the local network, and fetch receipts and announcements. "
            "ADDRESS is what the organiser's screen shows; its last number is enough in the same network."
        )
    ),
    short_help=_t(msg("Send a judge's marks over the local network.")),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("address", required=False)
@click.option(
    "--code", default="", help=_t(msg("The code on the organiser's screen, if your file does not know the hub."))
)
@click.option("--stay", is_flag=True, help=_t(msg("Stay connected until Ctrl+C.")))
def sync(file: Path, address: str | None, code: str, stay: bool) -> None:
    """Send, and say what the organiser holds."""
    seat = open_seat(at_home(file), keys=settings.keys_folder())
    try:
        link = Link(seat, find_or_parse(address or "", seat.file.event), code=code, on_state=_say if stay else None)
        try:
            if stay:
                _stay(link)
            else:
                _say(link.once())
        finally:
            link.stop()
    finally:
        seat.file.close()


def _say(state: LinkState) -> None:
    click.echo(_t(state.word))
    if state.connected:
        click.echo(_t(msg("The organiser holds {held} of {written}", held=state.held, written=state.written)))


def _stay(link: Link) -> None:
    link.start()
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        return
