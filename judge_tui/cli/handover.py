"""`judge-tui handover`: a verified copy of a judge's file into a folder or onto a stick, and what came back on it."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import settings
from judge_tui.cli.at_home import at_home
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.carriers.back import bring_notices
from judge_tui.services.carriers.stick import carry, places
from judge_tui.services.clock import utc_now
from judge_tui.services.seat.seats import Seat, open_seat
from judge_tui.services.seat.sitting import Sitting


@click.command(
    help=_t(
        msg(
            "Write a verified copy of a judge's FILE into FOLDER (a stick, a shared folder), for the organiser. Without FOLDER: "
            "onto the stick, if exactly one is plugged in."
        )
    ),
    short_help=_t(msg("Hand a judge's marks over into a folder or onto a stick.")),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", required=False, type=click.Path(file_okay=False, path_type=Path))
def handover(file: Path, folder: Path | None) -> None:
    """Hand over, say when the stick may be pulled and what does not count yet, and read the receipts and notices that lie there."""
    seat = open_seat(at_home(file), keys=settings.keys_folder())
    try:
        carried = carry(seat, folder or _only_stick(seat))
        brought = bring_notices(seat, carried.handover.path.parent)
        sitting = Sitting(seat, utc_now)
        sitting.renew()
        waiting = sitting.unsubmitted
    finally:
        seat.file.close()
    click.echo(_t(msg("Handed over: {path}", path=str(carried.handover.path))))
    click.echo(_t(carried.message))
    if carried.returned is not None:
        click.echo(_t(carried.returned.message))
    if brought.notices:
        click.echo(_t(brought.message))
    if waiting is not None:
        click.echo(_t(waiting), err=True)


def _only_stick(seat: Seat) -> Path:
    offered = places(seat)
    sticks = [place for place in offered if place.drive is not None and place.drive.writable]
    if len(sticks) == 1:
        return sticks[0].folder
    raise JudgeTuiError(
        "NO_FOLDER",
        msg("Several sticks are plugged in") if sticks else msg("No stick is plugged in"),
        msg("Name one: {places}", places=tuple(str(place.folder) for place in offered))
        if offered
        else msg("Plug the stick in, or name a folder."),
    )
