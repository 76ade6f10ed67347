"""`judge-tui certificates`: the data that certificates are printed from."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.hall import certificates as wording
from judge_tui.services.hall.ceremony import show_of_file
from judge_tui.services.results import reporting

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    help=_t(
        msg(
            "Write who receives which award in EVENT.db as a table for a word processor's mail merge: award, name, "
            "citation, who hands it over. Only from a final result."
        )
    ),
    short_help=_t(msg("The awards as a table to print certificates from.")),
)
@click.argument("event", metavar="EVENT.db", type=FILE)
@click.option(
    "--script", type=FILE, help=_t(msg("The ceremony's script (default: EVENT.ceremony.toml beside the file)."))
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help=_t(msg("A new file (default: the terminal)."))
)
def certificates(event: Path, script: Path | None, out: Path | None) -> None:
    """Write the table."""
    text = reporting.csv_text(wording.COLUMNS, wording.certificate_rows(show_of_file(event, script)))
    if out is None:
        click.echo(text, nl=False)
        return
    # Excel and WPS read a CSV as UTF-8 only with a byte-order mark.
    reporting.write_text(out, text, "utf-8-sig")
    click.echo(_t(msg("Written: {path}", path=str(out))), err=True)
