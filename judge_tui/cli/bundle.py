"""`judge-tui bundle`: everything of a contest in one ZIP that anyone can check with `judge-tui verify`."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


@click.command(
    help=_t(
        msg(
            "Write everything of EVENT.db into one ZIP: all signed records, the definition, marks and adjustments as tables, the "
            "result with its derivation, receipts. Private keys and this laptop's notes stay here. `judge-tui verify` checks it "
            "on any machine."
        )
    ),
    short_help=_t(msg("Put the whole contest in one ZIP that anyone can verify.")),
)
@click.argument("event", metavar="EVENT.db", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path(),
    help=_t(msg("The folder to write into (default: this one), or the new ZIP itself.")),
)
def bundle(event: Path, out: Path) -> None:
    """Write the bundle and say where it is, and whether it can be verified."""
    from judge_tui.services.records.archiving import archive
    from judge_tui.services.records.contest import open_contest
    from judge_tui.services.table.office import Office

    named = out.suffix.lower() == ".zip" and not out.is_dir()
    if out.is_file():
        raise JudgeTuiError(
            "EXISTS",
            msg("{path} is there already", path=str(out)),
            msg("Choose another name; nothing was replaced."),
        )
    contest = open_contest(event)
    path = archive(Office(event, settings.keys_folder()), out.parent if named else out, _t.render, _t.language)
    path = path.rename(out) if named else path
    click.echo(_t(msg("Written: {path}", path=str(path))))
    if contest.projection.seal is None:
        click.echo(
            _t(msg("The result is not sealed yet: this bundle is provisional and cannot be verified.")), err=True
        )
