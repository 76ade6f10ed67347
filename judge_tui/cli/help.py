"""`judge-tui help TOPIC`: the pages that ship with the program, offline."""

from __future__ import annotations

import click
from rich.console import Console
from rich.markdown import Markdown

from judge_tui import settings
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.pages import find_page, topics


@click.command(
    "help",
    help=_t(msg("Read a page of the handbook; without a topic, list the topics.")),
    short_help=_t(msg("Read the handbook, offline.")),
)
@click.argument("topic", required=False)
@click.pass_context
def help_page(ctx: click.Context, topic: str | None) -> None:
    """Show one page, through the pager on a terminal."""
    folder = settings.docs_folder()
    if topic is None:
        click.echo(_t(msg("Topics: {topics}", topics=topics(folder))))
        click.echo(_t(msg("Read one with: judge-tui help TOPIC")))
        return
    try:
        page = find_page(folder, topic, _t.language)
    except JudgeTuiError:
        group = ctx.parent.command if ctx.parent else None
        command = group.get_command(ctx, topic) if isinstance(group, click.Group) else None
        if command is None:
            raise
        click.echo(command.get_help(click.Context(command, info_name=topic, parent=ctx.parent)))
        return
    console = Console()
    if console.is_terminal:
        settings.let_the_pager_show_colours()
        with console.pager(styles=True):
            console.print(Markdown(page))
    else:
        click.echo(page)
