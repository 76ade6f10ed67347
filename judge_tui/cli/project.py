"""`judge-tui project`: the hall's screen on an organiser's file."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.ceremony import open_hall
from judge_tui.ui.screens.projector import ProjectorScreen

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help=_t(
        msg(
            "Show the hall who is on, how many sheets have arrived, and the result from last to first. "
            "PgDn goes on, PgUp goes back, F1 lists every key. With `judge-tui host` in another window, that one steers."
        )
    ),
    short_help=_t(msg("The hall's screen: turns, progress, reveal, board.")),
)
@click.argument("event", metavar="EVENT.db", type=FILE)
@click.option("--rehearse", is_flag=True, help=_t(msg("Rehearse on made-up results, marked as such on the screen.")))
@click.option(
    "--script", type=FILE, help=_t(msg("The ceremony's script (default: EVENT.ceremony.toml beside the file)."))
)
@click.option("--bright", is_flag=True, help=_t(msg("Dark letters on white, for a bright hall.")))
def project(event: Path, rehearse: bool, script: Path | None, bright: bool) -> None:
    """Open the hall's screen."""
    from judge_tui.cli.launch import launch

    hall = open_hall(event, keys=settings.keys_folder(), script=script, rehearse=rehearse)
    launch(lambda launcher: ProjectorScreen(hall, bright=bright))


def projector_screen(path: Path) -> ProjectorScreen:
    """The hall's screen on an organiser's file, for the other commands."""
    return ProjectorScreen(open_hall(path, keys=settings.keys_folder()))
