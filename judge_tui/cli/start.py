"""The start screen: what `judge-tui` alone opens."""

from __future__ import annotations

import sys

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg


def start() -> None:
    """Open the start screen. Raises JudgeTuiError without a terminal, saying what there is instead."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise JudgeTuiError(
            "TERMINAL", msg("This needs a terminal"), msg("Try: judge-tui --help, or judge-tui demo --play")
        )
    from judge_tui.cli.first_look import notices
    from judge_tui.cli.launch import launch

    launch(lambda launcher: launcher.start_screen(), notices())
