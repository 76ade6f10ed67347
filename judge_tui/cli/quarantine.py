"""`judge-tui quarantine`: files that were not taken in, why, and what to do; approve a kit, try again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from judge_tui import settings
from judge_tui.cli.signing import event_argument, office, signature
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.desk.times import local_time

if TYPE_CHECKING:
    from judge_tui.services.records.approving import Aside


@click.command(
    help=_t(
        msg(
            "The files beside EVENT.db that were not taken in, each with its reason and the next step; those that wait are tried "
            "again with every merge (`judge-tui merge EVENT.db` tries them now). With CODE: approve the kit that a waiting file was "
            "written with, and take the file in."
        )
    ),
    short_help=_t(msg("Files that were not taken in; approve one that waits.")),
)
@event_argument
@click.argument("code", metavar="[CODE]", required=False)
@signature
@click.pass_context
def quarantine(ctx: click.Context, event: Path, code: str | None, reason: str, by: tuple[str, ...]) -> None:
    """List, or approve one and try all that wait again."""
    from judge_tui.cli.merge import show_verdict
    from judge_tui.services.records import approving, collecting

    if code is not None:
        approved = approving.approve(office(event), code, reason, by)
        click.echo(
            _t(
                msg(
                    "Approved: the kit of {judge}. What was written with an earlier one waits for confirmation.",
                    judge=approved.judge,
                )
            )
        )
        report = collecting.merge(event, [], keys=settings.keys_folder(), on_verdict=show_verdict)
        ctx.exit(1 if report.refused else 0)
    found = approving.set_aside(office(event))
    if not found:
        click.echo(_t(msg("Every file that was handed over has been taken in.")))
    for item in found:
        _show(item)


def _show(item: Aside) -> None:
    """One file that was set aside: its code, why it is not taken in as things stand, and the next step."""
    kept, verdict = item.kept, item.verdict
    waits = f"  [{_t(msg('waits'))}]" if kept.waits else ""
    click.echo(f"  {kept.code}  [{kept.refusal}] {kept.name}{waits}  ({local_time(kept.since)})")
    click.echo(f"      {_t(verdict.message)}")
    if verdict.hint is not None:
        click.echo(f"      → {_t(verdict.hint)}")
    if kept.digits:
        words = msg("{judge}, laptop {device}: {digits}", judge=kept.judge, device=kept.device, digits=kept.digits)
        click.echo(f"      {_t(words)}")
