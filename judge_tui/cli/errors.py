"""One of the two places that render errors: the command line's stderr."""

from __future__ import annotations

import click

from judge_tui.domain.errors import DefinitionError, JudgeTuiError, MarksFileError, Problem
from judge_tui.i18n import translator as _t


def show_error(error: JudgeTuiError) -> None:
    """Write the error to stderr: title and message, each problem with its place, and what to do."""
    click.secho(f"{_t(error.title)} [{error.code}]", err=True, fg="red", bold=True)
    click.echo(_t(error.message), err=True)
    if isinstance(error, (DefinitionError, MarksFileError)):
        for problem in error.problems:
            click.echo("  " + problem_text(error.source, problem), err=True)
    if error.hint is not None:
        click.echo(f"→ {_t(error.hint)}", err=True)


def problem_text(source: str, problem: Problem) -> str:
    """One line for one problem: `file:line: where: what. What would be right.`"""
    place = f"{source}:{problem.line}" if problem.line else problem.cell or source
    where = f"{problem.where}: " if problem.where else ""
    hint = f" → {_t(problem.hint)}" if problem.hint is not None else ""
    return f"{place}: {where}{_t(problem.message)}{hint}"
