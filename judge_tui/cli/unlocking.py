"""Asking for a passphrase on the terminal, where a key on this laptop is locked."""

from __future__ import annotations

import sys

import click

from judge_tui import settings
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.records.passphrase import must_be_long_enough, unlock

TRIES = 3


def unlocked() -> bool:
    """Ask until a locked key opens, at most three times; False where nobody answers, or nothing that is typed fits.

    Without a terminal the passphrase is taken from the environment (`JUDGE_TUI_PASSPHRASE`).
    """
    given = settings.passphrase()
    if given:
        return unlock(settings.keys_folder(), given)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    for _ in range(TRIES):
        typed = ask(_t(msg("Passphrase")))
        if not typed:
            return False
        if unlock(settings.keys_folder(), typed):
            return True
        click.echo(_t(msg("That is not the passphrase")), err=True)
    return False


def ask(label: str) -> str:
    """What is typed, shown to nobody; empty where only Enter was pressed."""
    return str(click.prompt(label, default="", show_default=False, hide_input=True, err=True))


def chosen() -> str:
    """A new passphrase, typed twice; from the environment without a terminal.

    Raises click.UsageError where the two differ, JudgeTuiError with WEAK where it is too short.
    """
    given = settings.passphrase() or _typed_twice()
    must_be_long_enough(given)
    return given


def _typed_twice() -> str:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(_t(msg("There is no terminal to type a passphrase at; set JUDGE_TUI_PASSPHRASE.")))
    typed = ask(_t(msg("New passphrase")))
    if typed != ask(_t(msg("The same once more"))):
        raise click.UsageError(_t(msg("The two are not the same; nothing was changed.")))
    return typed
