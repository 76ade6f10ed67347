"""`judge-tui sit FOLDER`: a judge chooses his name among the files of a folder; what the launchers of a pack call."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


@click.command(
    "sit",
    help=_t(
        msg(
            "Choose your name among the judges' files in FOLDER and score. A file on a stick or a share is first copied to "
            "this laptop; opened again, that copy goes on. Without any file there, the start screen opens."
        )
    ),
    short_help=_t(msg("Choose your name among a folder's files, and score.")),
)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
def sit(folder: Path) -> None:
    """Open the list of names, or the only file there is."""
    import sys

    from judge_tui import settings
    from judge_tui.services.preparing.kits import first_refusal, kits_in, kits_with_copies, settled

    kits = kits_in(folder)
    own = settings.home() / "files"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise JudgeTuiError("TERMINAL", msg("This needs a terminal"), msg("Open a terminal window and start it there."))
    from judge_tui.cli.first_look import notices
    from judge_tui.cli.launch import Launcher, launch

    greet = notices()
    if not kits:
        refusal = first_refusal(folder)
        if refusal is not None:
            raise refusal
        launch(lambda launcher: launcher.start_screen(), greet)
    if len(kits) == 1:
        launch(lambda launcher: launcher.seat_screen(settled(kits[0].path, own)), greet)
    from judge_tui.ui.screens.kits import KitsScreen

    def screen(launcher: Launcher) -> KitsScreen:
        def open_settled(path: Path) -> None:
            try:
                file = settled(path, own)
            except JudgeTuiError as error:
                launcher.app.show_error(error)
            else:
                launcher.doors.open_file(file)

        return KitsScreen(lambda: kits_with_copies(folder, own), open_settled)

    launch(screen, greet)
