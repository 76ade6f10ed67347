"""The first start on a laptop: what must be changed there is said on the first screen, in words; later starts do not look again."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from judge_tui import __version__, settings
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t

if TYPE_CHECKING:
    from textual.screen import Screen

    from judge_tui.cli.launch import Launcher
    from judge_tui.services.doctor import Finding

MARKER = "looked-at"
"""A file beside the settings: the version that found nothing to change here."""

SECONDS = 30
"""How long a notice stays."""


def with_first_look(first: Callable[[Launcher], Screen[Any]]) -> Callable[[Launcher], Screen[Any]]:
    """The same first screen, with a notice above it for each thing that must be changed on this laptop."""
    problems = first_look()

    def screen(launcher: Launcher) -> Screen[Any]:
        for problem in problems:
            text = _t(msg("{title}: {found}", title=problem.title, found=problem.found))
            advice = f"\n→ {_t(problem.advice)}" if problem.advice is not None else ""
            launcher.app.notify(
                text + advice, title=_t(msg("Change this first")), severity="warning", timeout=SECONDS, markup=False
            )
        return first(launcher)

    return screen


def first_look() -> list[Finding]:
    """What must be changed where keys and files are kept; nothing once this version has found this laptop fit."""
    marker = settings.home() / MARKER
    with contextlib.suppress(OSError, ValueError):  # not looked at yet
        if marker.read_text(encoding="utf-8") == __version__:
            return []
    from judge_tui.cli.doctor import surroundings
    from judge_tui.services.doctor import Grade, examine

    problems = [item for item in examine(surroundings(settings.home())) if item.grade is Grade.CHANGE]
    if not problems:
        with contextlib.suppress(OSError):  # looked at again next time
            marker.parent.mkdir(parents=True, exist_ok=True)
            marker.write_text(__version__, encoding="utf-8")
    return problems
