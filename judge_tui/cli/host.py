"""`judge-tui host`: the presenter's view, which steers the hall's window."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.hall.ceremony import open_hall
from judge_tui.ui.screens.presenter import PresenterScreen

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help=_t(
        msg(
            "The presenter's view of EVENT.db: what the hall sees, what comes next, notes and clock. It steers the window that "
            "`judge-tui project EVENT.db` opens on the projector; either may be closed and opened again."
        )
    ),
    short_help=_t(msg("The presenter's view; steers the hall's screen.")),
)
@click.argument("event", metavar="EVENT.db", type=FILE)
@click.option("--rehearse", is_flag=True, help=_t(msg("Rehearse on made-up results, marked as such on the screen.")))
@click.option(
    "--script", type=FILE, help=_t(msg("The ceremony's script (default: EVENT.ceremony.toml beside the file)."))
)
@click.option(
    "--sheet",
    type=click.Path(dir_okay=False, path_type=Path),
    help=_t(msg("Write what the host reads out as a text to print; it holds the whole result.")),
)
def host(event: Path, rehearse: bool, script: Path | None, sheet: Path | None) -> None:
    """Open the presenter's view, or write the host's sheet."""
    if sheet is not None:
        from judge_tui.services.hall.ceremony import show_of_file
        from judge_tui.services.hall.host_sheet import host_sheet
        from judge_tui.services.preparing.definitions import write_whole

        # Notepad reads a text as UTF-8 with or without a byte-order mark.
        write_whole(sheet, host_sheet(show_of_file(event, script, rehearse=rehearse), _t.render))
        click.echo(_t(msg("Written: {path}", path=str(sheet))), err=True)
        return
    from judge_tui.cli.launch import launch

    hall = open_hall(event, keys=settings.keys_folder(), script=script, rehearse=rehearse, hold=True)
    launch(lambda launcher: PresenterScreen(hall, media=event.parent / "media"))
