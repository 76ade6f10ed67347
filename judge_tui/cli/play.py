"""`judge-tui play`: one simulated judge fills in a real kit, submits and hands over, as the demonstration does it."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.seat.playing import play_seat


@click.command(
    help=_t(msg("Let a made-up judge fill in what is blank in KIT, submit it, and hand a copy over into FOLDER.")),
    short_help=_t(msg("Let a made-up judge fill in a kit (for trying things out).")),
)
@click.argument("kit", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--seed", type=int, default=1, show_default=True, help=_t(msg("The same seed gives the same marks.")))
def play(kit: Path, folder: Path, seed: int) -> None:
    """Play one kit; the last line printed is the path of the copy handed over."""
    folder.mkdir(parents=True, exist_ok=True)
    played = play_seat(kit, folder, keys=settings.keys_folder(), seed=seed)
    click.echo(str(played.handed_over))
