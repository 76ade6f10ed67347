"""`judge-tui handover`: a verified copy of a judge's file into a folder or onto a stick."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.handover import hand_over
from judge_tui.services.seats import open_seat


@click.command(
    help=_t(msg("Write a verified copy of a judge's FILE into FOLDER (a stick, a shared folder), for the organiser.")),
    short_help=_t(msg("Hand a judge's marks over into a folder or onto a stick.")),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def handover(file: Path, folder: Path) -> None:
    """Hand over and say when the stick may be pulled."""
    seat = open_seat(file, keys=settings.keys_folder())
    try:
        handed = hand_over(seat, folder)
    finally:
        seat.file.close()
    click.echo(_t(msg("Handed over: {path}", path=str(handed.path))))
    click.echo(_t(msg("The copy has been read back and compared; a stick may now be pulled.")))
