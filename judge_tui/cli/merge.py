"""`judge-tui merge EVENT.db FILE…`: take in what the judges handed over, each file with a verdict in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from judge_tui import settings
from judge_tui.cli.errors import show_error
from judge_tui.domain.messages import msg, nmsg
from judge_tui.domain.shown import escaped_json, in_a_line
from judge_tui.i18n import translator as _t

if TYPE_CHECKING:
    from judge_tui.services.records.collecting import MergeReport, Verdict


@click.command(
    "merge",
    help=_t(
        msg(
            "Merge the judges' FILES (or folders of them) into EVENT.db, in any order, any number of times. "
            "The exit code is 1 when a file was refused; the others are merged all the same."
        )
    ),
    short_help=_t(msg("Merge the judges' files into the organiser's.")),
)
@click.argument("event", metavar="EVENT.db", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("files", nargs=-1, metavar="[FILE]…", type=click.Path(path_type=Path))
@click.option(
    "--dry-run", is_flag=True, help=_t(msg("Say what would happen, mark by mark and place by place; change nothing."))
)
@click.option(
    "--salvage",
    is_flag=True,
    help=_t(msg("Of a damaged file take the beginning that can be verified, entry by entry.")),
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help=_t(msg("table (default) or json"))
)
@click.pass_context
def merge(ctx: click.Context, event: Path, files: tuple[Path, ...], dry_run: bool, salvage: bool, form: str) -> None:
    """Merge and report; one bad file never blocks the others."""
    from judge_tui.services.records import collecting
    from judge_tui.services.records.organiser_file import must_be_organisers

    must_be_organisers(event)
    _offer_passphrase(event)
    report = collecting.merge(
        event,
        files,
        keys=settings.home() / "keys",
        dry_run=dry_run,
        salvage=salvage,
        on_verdict=show_verdict if form == "table" else None,
    )
    if form == "json":
        click.echo(escaped_json(json.dumps(_as_json(report), ensure_ascii=False, indent=2)))
    else:
        _conclude(report)
    if report.trouble is not None:
        show_error(report.trouble)
    ctx.exit(1 if report.refused or report.trouble is not None else 0)


def _offer_passphrase(event: Path) -> None:
    """Locked keys write no receipts: ask once for the passphrase; whoever does not type it merges without them."""
    from judge_tui.cli.unlocking import unlocked
    from judge_tui.services.records.passphrase import is_locked

    if is_locked(event, settings.keys_folder()) and not unlocked():
        click.echo(_t(msg("The keys stay locked: no receipts are written, and nothing encrypted is read.")), err=True)


def show_verdict(verdict: Verdict) -> None:
    """One file as a person sees it: file, judge, reason, next step, where it is kept."""
    mark = f"✗ [{verdict.code}]" if verdict.refused else "✓"
    who = f" ({in_a_line(verdict.judge)})" if verdict.judge else ""
    click.echo(f"{mark} {verdict.name}{who}: {_t(verdict.message)}")
    if verdict.hint is not None:
        click.echo(f"    → {_t(verdict.hint)}")
    if verdict.quarantined is not None:
        click.echo("    " + _t(msg("Kept in {path}", path=str(verdict.quarantined))))


def _say_how_many(organiser: Path) -> None:
    """How many sheets count as handed in by now, of how many: the question of everybody who collects."""
    from judge_tui.services.hall.ceremony import progress_of_file

    progress = progress_of_file(organiser)
    if progress.expected:
        counts = msg(
            "Sheets submitted so far: {received} of {expected}.", received=progress.received, expected=progress.expected
        )
        click.echo(_t(counts))


def _conclude(report: MergeReport) -> None:
    refused = len(report.refused)
    click.echo(_t(nmsg("{count} new entry.", "{count} new entries.", report.taken)))
    if refused:
        click.echo(_t(nmsg("{count} file was not taken in.", "{count} files were not taken in.", refused)))
    if report.dry_run:
        for change in report.changes:
            click.echo(f"  {_t(change.message)}")
        click.echo(_t(msg("This was a dry run: nothing was changed.")))
    else:
        _say_how_many(report.organiser)
        if report.receipts is not None:
            click.echo(_t(msg("Receipts for the judges: {path}", path=str(report.receipts))))
    if report.copy is not None:
        click.echo(_t(report.copy.message()))


def _as_json(report: MergeReport) -> dict[str, object]:
    return {
        "event": str(report.organiser),
        "dry_run": report.dry_run,
        "taken": report.taken,
        "refused": len(report.refused),
        "changes": [{"code": change.code, "text": _t(change.message)} for change in report.changes],
        "files": [
            {
                "file": str(verdict.file),
                "judge": verdict.judge,
                "code": verdict.code,
                "taken": verdict.taken,
                "known": verdict.known,
                "message": _t(verdict.message),
                "hint": _t(verdict.hint) if verdict.hint is not None else "",
            }
            for verdict in report.verdicts
        ],
    }
