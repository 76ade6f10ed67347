"""`judge-tui documents`: the paper around a contest, from the organiser's file or from a definition and spreadsheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from judge_tui.domain.messages import msg, nmsg
from judge_tui.i18n import translator as _t

if TYPE_CHECKING:
    from judge_tui.services.documents.dossier import Dossier
    from judge_tui.services.documents.paper import Paper

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
    "--sheets",
    "kind",
    flag_value="sheets",
    help=_t(msg("Instead of the results: each judge's sheet to fill in by hand (Word and PDF).")),
)
@click.option(
    "--handouts",
    "kind",
    flag_value="handouts",
    help=_t(msg("Instead of the results: what is handed out with each judge's file (Word and PDF).")),
)
@click.option(
    "--programme",
    "kind",
    flag_value="programme",
    help=_t(msg("Instead of the results: what happens in which order, for whom, and who comments (Word and PDF).")),
)
@click.option(
    "--marks",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_t(msg("Marks as CSV, with a definition.")),
)
@click.option(
    "--adjustments", type=click.Path(exists=True, dir_okay=False, path_type=Path), help=_t(msg("Adjustments as CSV."))
)
def documents(
    event: Path, out: Path, formats: tuple[str, ...], kind: str | None, marks: Path | None, adjustments: Path | None
) -> None:
    """Write them, telling each file."""
    from judge_tui.services.documents.bundle import paper_pieces, pieces, write_pieces

    provisional = False
    if kind is not None:
        todo = paper_pieces(_papers(kind, event), kind, _t.render, formats or ("pdf", "docx"))
    else:
        dossier = _dossier(event, marks, adjustments)
        provisional = dossier.provisional
        todo = pieces(dossier, _t.render, _t.language, formats or KNOWN)
    written = write_pieces(todo, out, lambda path, done, of: click.echo(f"[{done}/{of}] {path.name}", err=True))
    text = nmsg(
        "{count} file written into {folder}", "{count} files written into {folder}", len(written), folder=str(out)
    )
    click.echo(_t(text))
    if provisional:
        click.echo(_t(msg("The result is PROVISIONAL; every document says so.")), err=True)


def _is_definition(event: Path) -> bool:
    from judge_tui.services.preparing.definitions import WORKBOOK_SUFFIXES

    return event.is_dir() or event.suffix.lower() in (".toml", *WORKBOOK_SUFFIXES)


def _dossier(event: Path, marks: Path | None, adjustments: Path | None) -> Dossier:
    from judge_tui.services.documents.dossier import dossier_of_file, dossier_of_ranking
    from judge_tui.services.results.ranking import rank_table

    if marks is not None or _is_definition(event):
        return dossier_of_ranking(rank_table(event, marks, adjustments))
    return dossier_of_file(event)


def _papers(kind: str, event: Path) -> list[Paper]:
    from judge_tui.services.documents.handing_out import blank_sheets, handouts
    from judge_tui.services.preparing.definitions import load_definition
    from judge_tui.services.records.contest import open_contest

    if kind == "programme":
        from judge_tui.services.documents.programme import agenda

        return [agenda(_dossier(event, None, None), before=True)]
    if kind == "sheets":
        return blank_sheets(load_definition(event) if _is_definition(event) else open_contest(event).event)
    return handouts(open_contest(event).projection, event.stem)
