"""`judge-tui project`: the hall's screen on an organiser's file."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.ceremony import LocalHall, progress_of_file, show_of_file
from judge_tui.ui.screens.projector import ProjectorScreen


@click.command(
    help=_t(
        msg(
            "Show the hall who is on, how many sheets have arrived, and the result from last to first. "
            "PgDn goes on, PgUp goes back, F1 lists every key."
        )
    ),
    short_help=_t(msg("The hall's screen: turns, progress, reveal, board.")),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rehearse", is_flag=True, help=_t(msg("Rehearse on made-up results, marked as such on the screen.")))
def project(file: Path, rehearse: bool) -> None:
    """Open the hall's screen."""
    from judge_tui.cli.launch import launch

    hall = LocalHall(show_of_file(file, rehearse=rehearse), progress_of_file(file))
    launch(lambda launcher: ProjectorScreen(hall))


def projector_screen(path: Path) -> ProjectorScreen:
    """The hall's screen on an organiser's file, for the other commands."""
    return ProjectorScreen(LocalHall(show_of_file(path), progress_of_file(path)))
