"""`judge-tui receipts`: the organiser's signed word on what he holds, written out, or read back at a judge's."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


@click.command(
    help=_t(
        msg(
            "With the organiser's FILE: write the signed receipts beside it, or with the notices into FOLDER (a stick), from which "
            "judges' laptops take them in. With a judge's FILE: read them from FOLDER and say what the organiser holds."
        )
    ),
    short_help=_t(msg("Write or read the organiser's receipts.")),
)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument(
    "folder", metavar="[FOLDER]", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
def receipts(file: Path, folder: Path | None) -> None:
    """Write at the organiser's, read at the judge's."""
    from judge_tui.services.files import FileKind, file_kind

    if file_kind(file) is FileKind.ORGANISER:
        _write(file, folder)
    else:
        _read(file, folder or file.parent)


def _write(file: Path, folder: Path | None) -> None:
    from judge_tui.services.carriers.back import leave_for_judges
    from judge_tui.services.records.collecting import beside
    from judge_tui.services.records.receipts import no_key

    if folder is not None:
        left = leave_for_judges(file, folder, keys=settings.keys_folder())
        if left.receipts is None:
            raise no_key(file)
        click.echo(_t(msg("Left for the judges: {path}", path=str(left.notices))))
        click.echo(_t(msg("Receipts for the judges: {path}", path=str(left.receipts))))
        return
    click.echo(_t(msg("Receipts for the judges: {path}", path=str(beside(file, keys=settings.keys_folder())))))


def _read(file: Path, folder: Path) -> None:
    from judge_tui.cli.at_home import at_home
    from judge_tui.services.seat.handover import must_have_written, read_receipts
    from judge_tui.services.seat.seats import open_seat

    must_have_written(file, settings.keys_folder())
    seat = open_seat(at_home(file), keys=settings.keys_folder())
    try:
        click.echo(_t(read_receipts(seat, folder).message))
    finally:
        seat.file.close()
