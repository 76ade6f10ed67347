"""`judge-tui export`: marks, adjustments, result or definition of an organiser's file, for other programs."""

from __future__ import annotations

from pathlib import Path

import click

from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.services.records.contest import open_contest
from judge_tui.services.results import reporting

WHAT = ("marks", "adjustments", "result", "definition")


@click.command(
    "export",
    help=_t(
        msg(
            "Write the marks, the adjustments, the result or the definition of an organiser's FILE as CSV or JSON. "
            "`judge-tui rank DEFINITION --marks MARKS.csv` ranks what was exported exactly as the file itself."
        )
    ),
    short_help=_t(msg("Marks, adjustments or result as CSV or JSON.")),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--what", type=click.Choice(WHAT), default="marks", show_default=True, help=_t(msg("What to write.")))
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help=_t(msg("A new file (default: the terminal)."))
)
def export(file: Path, what: str, form: str, out: Path | None) -> None:
    """Write one table."""
    text = _definition(file) if what == "definition" else _table(file, what, form)
    if out is None:
        click.echo(text, nl=False)
        return
    # Excel and WPS read a CSV as UTF-8 only with a byte-order mark.
    reporting.write_text(out, text, "utf-8-sig" if form == "csv" and what != "definition" else "utf-8")
    click.echo(_t(msg("Written: {path}", path=str(out))), err=True)


def _definition(file: Path) -> str:
    from judge_tui.services.preparing.definitions import definition_text

    return definition_text(open_contest(file).event)


def _table(file: Path, what: str, form: str) -> str:
    if what == "result":
        from judge_tui.services.results.ranking import rank_file, ranking_csv, ranking_json

        ranking = rank_file(file)
        return ranking_json(ranking, _t.render) if form == "json" else ranking_csv(ranking, _t.render)
    contest = open_contest(file)
    columns: tuple[str, ...] = reporting.MARK_COLUMNS
    rows = reporting.mark_rows(contest.event, contest.ballots)
    if what == "adjustments":
        columns, rows = reporting.ADJUSTMENT_COLUMNS, reporting.adjustment_rows(contest.ballots)
    return reporting.json_text(rows) if form == "json" else reporting.csv_text(columns, rows)
