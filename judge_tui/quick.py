"""The short way to a judge's seat: `judge-tui score FILE` shows the screen before anything heavy is loaded."""

from __future__ import annotations

import gc
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judge_tui import settings
from judge_tui.i18n import translator as _t
from judge_tui.services.pictures import keep_picture, last_picture

if TYPE_CHECKING:
    from textual.screen import Screen


def score(file: Path) -> None:
    """Run the judge's screen on a file, and leave the process with its exit code. Raises JudgeTuiError where the file is
    not one that a judge can sit down at."""
    gc.disable()  # collecting while everything is being loaded costs a tenth of the start
    from judge_tui.ui.curtain import CurtainApp

    opened: list[Any] = []

    def load() -> Screen[Any]:
        from judge_tui.cli.launch import Launcher

        launcher = Launcher()
        launcher.app = app
        opened.append(launcher)
        screen = launcher.seat_screen(file)
        gc.collect()
        gc.freeze()  # what is loaded stays; there is no need to look through it again while marks are typed
        gc.set_threshold(20_000, 20, 100)
        gc.enable()
        return screen

    chosen = settings.load()
    setting = f"{shutil.get_terminal_size()} {_t.language} {chosen.theme}"
    app = CurtainApp(last_picture(settings.home(), file, setting), load, chosen)
    try:
        app.run()
    finally:
        for launcher in opened:
            launcher.close()
    if app.failure is not None:
        raise app.failure
    if app.parting_picture:
        keep_picture(settings.home(), file, setting, app.parting_picture)
    sys.exit(app.return_code or 0)


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
