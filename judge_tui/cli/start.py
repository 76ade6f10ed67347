"""The start screen: what `judge-tui` alone opens."""

from __future__ import annotations

import sys

import click

from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


def start() -> None:
    """Open the start screen; without a terminal, say what there is instead."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(_t(msg("This needs a terminal. Try: judge-tui --help, or judge-tui demo --play")))
        return
    from judge_tui.cli.first_look import notices
    from judge_tui.cli.launch import launch

    launch(lambda launcher: launcher.start_screen(), notices())
