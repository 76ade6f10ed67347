"""`judge-tui score FILE`: a judge sits down at his file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from judge_tui import quick
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


@click.command("score", help=_t(msg("Score: open the file that the organiser issued to you.")))
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--practice", is_flag=True, help=_t(msg("Try it first with three made-up organisations, in a file of its own."))
)
@click.option("--plain", is_flag=True, help=_t(msg("Question by question, without a full screen: for screen readers.")))
def score(file: Path | None, practice: bool, plain: bool) -> None:
    """Open the seat and the judge's screen."""
    if practice == (file is not None):
        raise click.UsageError(_t(msg("Name the file that was issued to you, or use --practice.")))
    if file is None:
        from judge_tui import settings
        from judge_tui.services.seat.practice import practice_file

        file = practice_file(settings.keys_folder(), _t.language)
    if not plain:
        quick.score(file)
        return
    from judge_tui import settings
    from judge_tui.cli.at_home import at_home
    from judge_tui.cli.plain_score import PlainScore
    from judge_tui.services.seat.judging import JudgingSession
    from judge_tui.services.seat.seats import open_seat

    seat = open_seat(at_home(file), keys=settings.keys_folder())
    try:
        session = JudgingSession(seat)
        wrong = session.pin.attempt(_ask(_t(msg("PIN: ")))) if session.pin.is_set else None
        if wrong is not None:
            raise JudgeTuiError("PIN", wrong)
        PlainScore(session, click.echo, _ask).run()
    finally:
        seat.file.close()


def _ask(question: str) -> str:
    """A question on a line of its own, answered on the same line; EOFError at the end of the input."""
    click.echo(question, nl=False)
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\r\n")
