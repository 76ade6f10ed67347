"""`judge-tui doctor`: whether this laptop is fit for a contest, and in words what to change."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from judge_tui import __version__, settings
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.i18n import translator as _t
from judge_tui.services.laptops import machine, terminal
from judge_tui.services.laptops.doctor import Finding, Grade, Surroundings, bits, examine, fit
from judge_tui.services.laptops.packing_libraries import platform_here
from judge_tui.services.laptops.packing_manifest import altered_files
from judge_tui.services.records.about_file import AboutFile, about_file

MARKS: dict[Grade, tuple[Message, str]] = {
    Grade.OK: (msg("fine"), "green"),
    Grade.ADVICE: (msg("better:"), "yellow"),
    Grade.CHANGE: (msg("change:"), "red"),
}
"""How each grade is said, and its colour; the word alone is enough."""

UNFOLDED = 10_000
"""Characters of a line that goes into a file: nothing is folded there."""


@click.command(
    help=_t(
        msg(
            "Check this laptop for a contest: window, colours, Chinese, input method, disk, clock, keys and program, "
            "for work in the folder PATH (default: here), or on the file PATH: whose it is, its format, which program wrote it. "
            "Says what to change; the exit code is 1 where something must be."
        )
    ),
    short_help=_t(msg("Is this laptop fit? Says what to change.")),
)
@click.argument("path", type=click.Path(path_type=Path), default=".")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def doctor(path: Path, form: str) -> None:
    """Look, say, and leave with 1 where something must be changed."""
    findings = examine(surroundings(path))
    if form == "json":
        click.echo(json.dumps(as_json(findings), ensure_ascii=False, indent=2))
    else:
        _show(findings)
    if not fit(findings):
        click.get_current_context().exit(1)


def surroundings(path: Path) -> Surroundings:
    """Everything there is to judge of this laptop, for work in a folder or on a file."""
    folder = path.parent if path.is_file() else path
    program = settings.package_folder().parents[1]  # in a pack: `program/app/judge_tui`
    return Surroundings(
        sys.platform,
        terminal.look(settings.environment()),
        [machine.folder_facts(folder)],
        machine.keys_facts(settings.keys_folder()),
        datetime.now().astimezone(),
        sys.version_info[:3],
        bits(),
        machine.installed_versions(),
        machine.unfit_versions(),
        machine.library_trouble(),
        altered_files(program, ("app/", f"lib/{platform_here()}/", f"{platform_here()}/")),
        _about(path) if path.is_file() else None,
    )


def _about(path: Path) -> AboutFile | JudgeTuiError:
    try:
        return about_file(path)
    except JudgeTuiError as error:
        return error


def as_json(findings: Sequence[Finding]) -> dict[str, object]:
    """The findings for other programs; words in the language in use, `id` and `grade` in every language the same."""
    return {
        "version": __version__,
        "fit": fit(findings),
        "findings": [
            {
                "id": item.id,
                "grade": item.grade.value,
                "title": _t(item.title),
                "found": _t(item.found),
                "advice": _t(item.advice) if item.advice else "",
            }
            for item in findings
        ],
    }


def _show(findings: Sequence[Finding]) -> None:
    """One line for each finding, folded at the window's edge by the width that Chinese really has."""
    console = Console(highlight=False, width=None if sys.stdout.isatty() else UNFOLDED)
    console.print(_t(msg("judge-tui {version} looks at this laptop:", version=__version__)), markup=False)
    for item in findings:
        word, colour = MARKS[item.grade]
        line = Text(_t(word), style=f"bold {colour}" if item.grade is Grade.CHANGE else colour)
        line.append(" " + _t(msg("{title}: {found}", title=item.title, found=item.found)), style="default not bold")
        console.print(Padding(line, (0, 0, 0, 2), expand=False))
        if item.advice is not None:
            console.print(Padding(Text(f"→ {_t(item.advice)}"), (0, 0, 0, 6), expand=False))
    must = sum(item.grade is Grade.CHANGE for item in findings)
    said = nmsg(
        "{count} thing must be changed before a contest.", "{count} things must be changed before a contest.", must
    )
    console.print(_t(said if must else msg("This laptop is fit for a contest.")), markup=False)
