"""`judge-tui passphrase FILE`: lock this laptop's keys of an event, or unlock them for good."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui import settings
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


@click.command(
    help=_t(
        msg(
            "Keep this laptop's keys of FILE (the organiser's EVENT.db, or a judge's file) under a passphrase, or change it. It "
            "is then asked for whenever the program is started on the file. A forgotten one cannot be found out: an organiser "
            "takes over with the reserve key, a judge gets a new file."
        )
    ),
    short_help=_t(msg("Keep this laptop's keys under a passphrase.")),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--remove", is_flag=True, help=_t(msg("Ask for none any more.")))
def passphrase(file: Path, remove: bool) -> None:
    """Ask for the old one where there is one, then twice for the new one."""
    from judge_tui.cli.unlocking import chosen
    from judge_tui.services.records.passphrase import choose, must_be_open

    must_be_open(file, settings.keys_folder())
    choose(file, settings.keys_folder(), "" if remove else chosen())
    if remove:
        click.echo(_t(msg("No passphrase is asked for any more.")))
    else:
        click.echo(_t(msg("From now on the passphrase is asked for.")))
