"""The short way to a judge's seat: `judge-tui score FILE` opens the file without loading the whole command line first."""

from __future__ import annotations

import gc
import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judge_tui import settings
from judge_tui.i18n import translator as _t

if TYPE_CHECKING:
    from textual.screen import Screen

    from judge_tui.cli.launch import Launcher


def score(file: Path) -> None:
    """Run the judge's screen on a file, and leave the process with its exit code. Raises JudgeTuiError where the file is
    not one that a judge can sit down at: after the screen is gone, so that the words stay on the terminal.

    What the file says of itself stands on the screen at once; it is verified behind that, and then marks can be entered."""
    from judge_tui.cli.at_home import at_home

    file = at_home(file)
    gc.disable()  # collecting while everything is being loaded costs a tenth of the start
    from judge_tui.store.glance import glance

    # Without a terminal the long way says so in words.
    seen = glance(file) if sys.stdin.isatty() and sys.stdout.isatty() else None
    if seen is None:
        from judge_tui.cli.launch import launch

        launch(lambda launcher: _seated(launcher, file))
        return
    _load_asyncio_alone()
    from judge_tui.ui.glance import GlanceApp

    opened: list[Launcher] = []

    def first() -> Screen[Any]:
        from judge_tui.cli.launch import Launcher

        opened.append(Launcher())
        opened[0].app = app
        return _seated(opened[0], file)

    app = GlanceApp(seen, first, settings.load(), settings.remember)
    try:
        app.run()
    finally:
        for launcher in opened:
            launcher.close()
    if app.failure is not None:
        raise app.failure
    sys.exit(app.return_code or 0)


def _load_asyncio_alone() -> None:
    """Load asyncio as on a Python without TLS, which it allows for: that is a tenth of the start and of the memory, and a judge's
    seat needs TLS only in the line to the organiser's laptop, which loads `ssl` by itself and uses no asyncio."""
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    modules: dict[str, Any] = sys.modules
    modules["ssl"] = None
    try:
        importlib.import_module("asyncio")
    finally:
        del modules["ssl"]


def _seated(launcher: Launcher, file: Path) -> Screen[Any]:
    from judge_tui.cli.garbage import spare_what_is_loaded

    screen = launcher.seat_screen(file)
    spare_what_is_loaded()
    return screen


def sit_down(file: str, language: str) -> bool:
    """The seat in this language (empty: the person's own, else the system's); False where there is no terminal to sit at,
    or where a locked key had to be opened first."""
    from judge_tui.domain.errors import JudgeTuiError

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        _t.switch(language or settings.load().language or settings.system_language())
        score(Path(file))
    except JudgeTuiError as error:
        if error.code == "PASSPHRASE":
            from judge_tui.cli.unlocking import unlocked

            if unlocked():
                return False  # the long way, with the key open
        from judge_tui.cli.errors import show_error

        show_error(error)
        sys.exit(1)
    return True
