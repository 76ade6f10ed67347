"""`judge-tui open` and `judge-tui organise`: the right screen for a file; the organiser's table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from textual.screen import Screen

from judge_tui import settings
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.doors import Doors


def organiser_screen(path: Path, doors: Doors) -> Screen[Any]:
    """The organiser's table on an organiser's file."""
    from judge_tui.services.office import Office
    from judge_tui.ui.screens.organiser import OrganiserScreen

    return OrganiserScreen(Office(path, settings.keys_folder()), doors)


@click.command(
    help=_t(msg("Open the organiser's table on EVENT.db: collect, check, adjust, seal, publish, print.")),
    short_help=_t(msg("Open the organiser's table.")),
)
@click.argument("event", metavar="EVENT.db", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def organise(event: Path) -> None:
    """Open the table full-screen."""
    from judge_tui.cli.launch import launch

    launch(lambda launcher: organiser_screen(event, launcher.doors))
