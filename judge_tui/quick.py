"""The short way to a judge's seat: `judge-tui score FILE` opens the file without loading the whole command line first."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judge_tui import settings
from judge_tui.i18n import translator as _t

if TYPE_CHECKING:
    from textual.screen import Screen


def score(file: Path) -> None:
    """Run the judge's screen on a file, and leave the process with its exit code. Raises JudgeTuiError where the file is
    not one that a judge can sit down at: before any screen, so that the words stay on the terminal."""
    gc.disable()  # collecting while everything is being loaded costs a tenth of the start
    from judge_tui.cli.launch import Launcher, launch

    def seated(launcher: Launcher) -> Screen[Any]:
        screen = launcher.seat_screen(file)
        gc.enable()
        gc.freeze()
        return screen

    launch(seated)


def sit_down(file: str, language: str) -> bool:
    """The seat in this language (empty: the person's own, else the system's); False where there is no terminal to sit at."""
    from judge_tui.domain.errors import JudgeTuiError

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        _t.switch(language or settings.load().language or settings.system_language())
        score(Path(file))
    except JudgeTuiError as error:
        from judge_tui.cli.errors import show_error

        show_error(error)
        sys.exit(1)
    return True
