"""`judge-tui copy EVENT.db [FOLDER]`: the organiser's second copy."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


@click.command(
    help=_t(
        msg(
            "Keep a second copy of everything EVENT.db holds in FOLDER (a stick, a disk of another laptop); from then on it is "
            "made again after every merge. Without FOLDER: make it again now, and say how old it is."
        )
    ),
    short_help=_t(msg("Keep a second copy of everything, made again after every merge.")),
)
@click.argument("event", metavar="EVENT.db", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--stop", is_flag=True, help=_t(msg("Make none any more; what is there stays there.")))
@click.pass_context
def copy(ctx: click.Context, event: Path, folder: Path | None, stop: bool) -> None:
    """Choose the place, renew, or stop."""
    from judge_tui.services.records import safe_copy

    if stop:
        safe_copy.forget(event)
        click.echo(_t(msg("No second copy is made any more.")))
        return
    if folder is not None:
        found = safe_copy.choose(event, folder, _t.render)
        if safe_copy.same_disk(event, folder):
            click.echo(_t(msg("This folder is on the same disk: it dies with the laptop. Take a stick.")), err=True)
    else:
        renewed = safe_copy.renew_file(event)
        if renewed is None:
            click.echo(_t(msg("There is no second copy yet. Name a folder or a stick for it.")))
            ctx.exit(1)
        found = renewed
    click.echo(_t(found.message()))
    ctx.exit(1 if found.trouble is not None else 0)
