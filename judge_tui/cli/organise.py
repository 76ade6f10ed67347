"""`judge-tui open` and `judge-tui organise`: the right screen for a file; the organiser's table."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


@click.command(
    help=_t(msg("Open the organiser's table on EVENT.db: collect, check, adjust, seal, publish, print.")),
    short_help=_t(msg("Open the organiser's table.")),
)
@click.argument("event", metavar="EVENT.db", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def organise(event: Path) -> None:
    """Open the table full-screen."""
    from judge_tui.cli.launch import launch
    from judge_tui.services.records.organiser_file import must_be_organisers

    must_be_organisers(event, to_write=True)
    launch(lambda launcher: launcher.organiser_screen(event))


@click.command(
    help=_t(msg("Open FILE with whatever it is for: a judge's file to score in, the organiser's to organise with.")),
    short_help=_t(msg("Open a judge's or the organiser's file.")),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def open_any(file: Path) -> None:
    """Open the right screen full-screen."""
    from judge_tui.cli.launch import launch
    from judge_tui.services.files import FileKind, file_kind

    kind = file_kind(file)
    launch(
        lambda launcher: launcher.organiser_screen(file) if kind is FileKind.ORGANISER else launcher.seat_screen(file)
    )
