"""`judge-tui documents`: the paper around a contest, from the organiser's file or from a definition and spreadsheets."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.domain.messages import msg, nmsg
from judge_tui.i18n import translator as _t

KNOWN = ("xlsx", "docx", "pdf", "html", "md", "csv", "json")


@click.command(
    help=_t(
        msg(
            "Write the documents of a contest into FOLDER: workbook with formulas, award list, protocol to sign, public notice, "
            "feedback for each organisation, as Excel, Word, PDF, web page, Markdown, CSV and JSON. EVENT is the organiser's "
            ".db file, or a definition together with --marks."
        )
    ),
    short_help=_t(msg("Write the documents of a contest: Excel, Word, PDF, web page.")),
)
@click.argument("event", metavar="EVENT", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, path_type=Path), help=_t(msg("The folder to write into."))
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(KNOWN),
    help=_t(msg("Only this format (may be given more than once; default: all).")),
)
@click.option(
    "--marks",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_t(msg("Marks as CSV, with a definition.")),
)
@click.option(
    "--adjustments", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=_t(msg("Adjustments as CSV."))
)
def documents(event: Path, out: Path, formats: tuple[str, ...], marks: Path | None, adjustments: Path | None) -> None:
    """Write them, telling each file."""
    from judge_tui.services.documents.bundle import write_documents
    from judge_tui.services.documents.dossier import dossier_of_file, dossier_of_ranking
    from judge_tui.services.ranking import rank_table

    if marks is not None or event.is_dir() or event.suffix == ".toml":
        dossier = dossier_of_ranking(rank_table(event, marks, adjustments))
    else:
        dossier = dossier_of_file(event)
    written = write_documents(
        dossier,
        out,
        _t.render,
        _t.language,
        formats=formats or KNOWN,
        on_written=lambda path, done, of: click.echo(f"[{done}/{of}] {path.name}", err=True),
    )
    click.echo(
        _t(
            nmsg(
                "{count} file written into {folder}",
                "{count} files written into {folder}",
                len(written),
                folder=str(out),
            )
        )
    )
    if dossier.provisional:
        click.echo(_t(msg("The result is PROVISIONAL; every document says so.")), err=True)
