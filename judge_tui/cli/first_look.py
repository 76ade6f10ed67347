"""The first start on a laptop: what must be changed there is said on the first screen, in words; later starts do not look again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from judge_tui import __version__, settings
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t

if TYPE_CHECKING:
    from judge_tui.services.laptops.doctor import Finding
    from judge_tui.ui.app import JudgeApp

MARKER = "looked-at"
"""A file beside the settings: the version that found nothing to change here."""

SECONDS = 30
"""How long a notice stays."""


def notices() -> Callable[[JudgeApp], None]:
    """Look now; what is returned puts a notice above the first screen for each thing that must be changed on this laptop."""
    problems = first_look()

    def greet(app: JudgeApp) -> None:
        for problem in problems:
            text = _t(msg("{title}: {found}", title=problem.title, found=problem.found))
            advice = f"\n→ {_t(problem.advice)}" if problem.advice is not None else ""
            heading = _t(msg("Change this first"))
            app.notify(text + advice, title=heading, severity="warning", timeout=SECONDS, markup=False)

    return greet


def first_look() -> list[Finding]:
    """What must be changed where keys and files are kept; nothing once this version has found this laptop fit."""
    marker = settings.home() / MARKER
    with contextlib.suppress(OSError, ValueError):  # not looked at yet
        if marker.read_text(encoding="utf-8") == __version__:
            return []
    from judge_tui.cli.doctor import surroundings
    from judge_tui.services.laptops.doctor import Grade, examine

    problems = [item for item in examine(surroundings(settings.home())) if item.grade is Grade.CHANGE]
    if not problems:
        with contextlib.suppress(OSError):  # looked at again next time
            marker.parent.mkdir(parents=True, exist_ok=True)
            marker.write_text(__version__, encoding="utf-8")
    return problems
