"""`judge-tui score FILE`: a judge sits down at his file."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import quick
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


@click.command("score", help=_t(msg("Score: open the file that the organiser issued to you.")))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def score(file: Path) -> None:
    """Open the seat and the judge's screen."""
    quick.score(file)
