"""`judge-tui rank`: the ranking from a definition and a spreadsheet, or from the organiser's file, with every step on demand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.i18n import translator as _t

if TYPE_CHECKING:
    from judge_tui.domain.tabulation.result import Standing
    from judge_tui.services.results.ranking import Ranking

FORMATS = ("table", "json", "csv")
SHOWN_LACKS = 20
PROVISIONAL = msg("Provisional: not to be announced.")
STATUSES = {
    "withdrawn": msg("withdrawn"),
    "vetoed": msg("vetoed"),
    "guest": msg("out of competition"),
}


@click.command(
    "rank",
    help=_t(
        msg(
            "Rank a contest. SOURCE is the organiser's file (EVENT.db), or a definition (TOML) together with --marks: then "
            "anyone can recompute a result, or rank marks from paper. A result that still lacks something is provisional: "
            "what is missing is listed on stderr, and the exit code stays 0."
        )
    ),
    short_help=_t(msg("Rank a contest, and explain every place.")),
)
@click.argument("source", metavar="SOURCE", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--marks",
    type=click.Path(path_type=Path),
    help=_t(msg("CSV with the columns judge, group, organisation, phase, criterion, score (or 评委, 单位, 得分 …).")),
)
@click.option(
    "--adjustments",
    type=click.Path(path_type=Path),
    help=_t(msg("CSV with the columns organisation, name, points, reason, by.")),
)
@click.option(
    "--case", default="", help=_t(msg("The contest to rank, where the files have several in a column “case”."))
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", help=_t(msg("How to print: table, json or csv."))
)
@click.option(
    "--explain",
    "explained",
    metavar="ORGANISATION",
    help=_t(msg("Show every step of one organisation (id, name or number).")),
)
@click.option(
    "--diagnostics", is_flag=True, help=_t(msg("Show how well the judges agree and how firm the places are instead."))
)
def rank(
    source: Path,
    marks: Path | None,
    adjustments: Path | None,
    case: str,
    form: str,
    explained: str | None,
    diagnostics: bool,
) -> None:
    """Compute and print."""
    from judge_tui.services.results.ranking import rank_file, rank_table

    if marks is None and adjustments is None and not _is_definition(source):
        ranking = rank_file(source)
    elif marks is None and adjustments is None:
        raise JudgeTuiError(
            "NO_MARKS",
            msg("{source} is a definition; there are no marks to rank", source=str(source)),
            msg("Add --marks FILE.csv, or name the organiser's file (EVENT.db)."),
        )
    else:
        ranking = rank_table(source, marks, adjustments, case)
    if diagnostics:
        from judge_tui.cli.rank_diagnostics import show_diagnostics

        show_diagnostics(ranking, form)
    elif explained is not None:
        show_steps(ranking, explained, form)
    else:
        show_ranking(ranking, form)
    show_lacks(ranking)


def _is_definition(path: Path) -> bool:
    from judge_tui.services.preparing.definitions import WORKBOOK_SUFFIXES

    return path.is_dir() or path.suffix.lower() in (".toml", *WORKBOOK_SUFFIXES)


def show_ranking(ranking: Ranking, form: str) -> None:
    """Print the ranking: `table` for people, `json` and `csv` for programs."""
    from judge_tui.services.results.ranking import ranking_csv, ranking_json

    if form == "json":
        click.echo(ranking_json(ranking, _t.render), nl=False)
    elif form == "csv":
        click.echo(ranking_csv(ranking, _t.render), nl=False)
    else:
        _show_table(ranking)


def _show_table(ranking: Ranking) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from judge_tui.services.results.ranking import award_text

    result = ranking.result
    table = Table(title=Text(result.title), box=None, pad_edge=False, header_style="bold", title_style="bold")
    divisions = any(item.division for item in result.standings)
    awards = any(item.awards for item in result.standings)
    table.add_column(_t(msg("Place")), justify="right", no_wrap=True)
    table.add_column(_t(msg("No.")), justify="right", no_wrap=True)
    table.add_column(_t(msg("Name")), overflow="fold")
    if divisions:
        table.add_column(_t(msg("Class")), overflow="fold")
    table.add_column(_t(msg("Total")), justify="right", no_wrap=True)
    if awards:
        table.add_column(_t(msg("Award")), overflow="fold")
    table.add_column(_t(msg("Remark")), overflow="fold")
    for item in result.standings:
        cells = [_place(item), str(item.number), item.name]
        cells += [item.division] if divisions else []
        cells += [item.total_text]
        cells += [award_text(item)] if awards else []
        table.add_row(*(Text(cell) for cell in [*cells, _remark(item)]))
    console = Console(file=sys.stdout, highlight=False)
    console.print(table)
    if result.provisional:
        console.print(Text(_t(PROVISIONAL), style="bold"))


def _place(item: Standing) -> str:
    return "-" if item.rank is None else str(item.rank)


def _remark(item: Standing) -> str:
    if item.status:
        return _t(STATUSES[item.status])
    if item.rank is None:
        return _t(msg("no marks"))
    words = [_t(msg("shared"))] if item.tied else []
    words += [_t(item.separated)] if item.separated is not None else []
    return _t(msg("{first}, {second}", first=words[0], second=words[1])) if len(words) == 2 else "".join(words)


def show_steps(ranking: Ranking, word: str, form: str) -> None:
    """Print how one organisation came to its total and place."""
    from judge_tui.services.results.ranking import find_standing, lack_lines, lacks_of, standing_json

    standing = find_standing(ranking, word)
    if standing is None:
        raise JudgeTuiError(
            "NO_ORGANISATION",
            msg("there is no organisation “{word}”", word=word),
            msg("It may be {choices}", choices=tuple(item.name for item in ranking.result.standings[:12])),
        )
    if form == "json":
        click.echo(standing_json(ranking, standing, _t.render), nl=False)
        return
    click.secho(standing.name, bold=True)
    for step in standing.steps:
        click.echo(f"  {_t(step.text)}")
    if ranking.result.provisional:
        click.secho(_t(PROVISIONAL), bold=True)
        for line in lack_lines(ranking.event, lacks_of(ranking, standing)):
            click.echo(f"  {_t(line)}")
    click.secho(_t(msg("The rules")), bold=True)
    for rule in ranking.result.rules:
        click.echo(f"  {_t(rule)}")


def show_lacks(ranking: Ranking) -> None:
    """Say on stderr what the result lacks, and what was set aside."""
    from judge_tui.services.results.ranking import lack_lines

    for note in ranking.result.notes:
        click.echo(_t(note), err=True)
    lacks = ranking.result.lacks
    if not lacks:
        return
    heading: Message = nmsg(
        "The result is provisional: {count} thing is missing",
        "The result is provisional: {count} things are missing",
        len(lacks),
    )
    click.secho(_t(heading), err=True, bold=True)
    lines = lack_lines(ranking.event, lacks)
    for line in lines[:SHOWN_LACKS]:
        click.echo(f"  {_t(line)}", err=True)
    if len(lines) > SHOWN_LACKS:
        click.echo("  " + _t(msg("and {count} more", count=len(lines) - SHOWN_LACKS)), err=True)
