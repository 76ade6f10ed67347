"""`judge-tui check`: whether definitions are right, and what the program understood of them."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.cli.errors import show_error
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import PhaseKind
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t


@click.command(
    "check",
    help=_t(
        msg(
            "Read each definition FILE (or folder with an event.toml) and say what was understood: counts, phases, criteria, "
            "rules. Mistakes are listed, all of them, each with its place and what would be right; the exit code is then 1."
        )
    ),
    short_help=_t(msg("Check a definition and say what was understood.")),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--quiet", "-q", is_flag=True, help=_t(msg("Say only what is wrong.")))
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...], quiet: bool) -> None:
    """Check every file, the later ones even if an earlier one is wrong."""
    wrong = False
    for path in files:
        try:
            _check_one(path, quiet)
        except JudgeTuiError as error:
            show_error(error)
            wrong = True
    if wrong:
        ctx.exit(1)


def _check_one(path: Path, quiet: bool) -> None:
    from judge_tui.domain.definition.readiness import wanting
    from judge_tui.domain.definition.summary import summarise
    from judge_tui.domain.tabulation.wording import rules_in_words
    from judge_tui.services.preparing.definitions import load_definition, media_problems

    changes: list[Message] = []
    event = load_definition(path, changes)
    if not quiet:
        click.secho(_t(msg("{file} is right", file=str(path))), bold=True)
        for heading, lines in summarise(event, rules_in_words(event)):
            click.echo(_t(heading))
            for line in lines:
                click.echo(f"  {_t(line)}")
    notes: list[Message] = [
        *changes,
        *(msg("{name}: {what}", name=problem.where, what=problem.message) for problem in media_problems(event, path)),
    ]
    if not event.criteria and not any(phase.kind is PhaseKind.COMMENT for phase in event.phases):
        notes.append(
            msg(
                "Nothing is scored and nothing is commented on; for either, add [[criteria]] or a phase of kind “comment”."
            )
        )
    if lacking := tuple(problem.message for problem in wanting(event)):
        notes.append(msg("Nothing can be issued: {what}. Marks can be ranked.", what=lacking))
    if notes:
        click.secho(_t(msg("Notes")), bold=True)
        for note in notes:
            click.echo(f"  {_t(note)}")
