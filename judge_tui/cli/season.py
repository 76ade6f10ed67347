"""`judge-tui season FOLDER`: the events of a series taken together: standings, trend, honours, what follows from them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.i18n import translator as _t

if TYPE_CHECKING:
    from rich.console import Console

    from judge_tui.domain.season.season import Season
    from judge_tui.domain.season.standings import Line, Table
    from judge_tui.services.season import Found

FORMATS = ("table", "json", "csv")
CHART_WIDTH = 40
MOST_WITH_AWARDS = 6
DOUBTS = {
    "id": msg("one id, two names"),
    "name": msg("one name, two ids"),
    "like": msg("names that are alike"),
}


@click.command(
    "season",
    help=_t(
        msg(
            "Take the events in FOLDER together: every organiser's file (EVENT.db) and every published result "
            "(results.json) in it and below it. Nothing is written. Venues held in parallel are never mixed into one "
            "ranking unless a season.toml in the folder says so; see: judge-tui help season."
        )
    ),
    short_help=_t(msg("Standings, trend and honours over the events of a season.")),
)
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="table", help=_t(msg("How to print: table, json or csv."))
)
def season(folder: Path, form: str) -> None:
    """Read the folder and print."""
    from judge_tui.services.season import open_season
    from judge_tui.services.season_tables import season_csv, season_json

    found = open_season(folder)
    if form == "json":
        click.echo(season_json(found, _t.render), nl=False)
    elif form == "csv":
        click.echo(season_csv(found), nl=False)
    else:
        _show(found.season)
    _show_left_out(found, folder)


def _show(found: Season) -> None:
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    if found.name:
        console.print(found.name, style="bold")
    for item in found.tables:
        console.print()
        if any(line.figure is not None or line.award_counts for line in item.lines):
            _standings(console, item)
            _trend(console, item)
        else:
            _who_took_part(console, item)
    _honours(console, found)
    _consequences(console, found)
    _doubtful(console, found)
    for note in found.notes:
        console.print()
        console.print(_t(note))


def _who_took_part(console: Console, item: Table) -> None:
    """Events without scores: who was there, and how often."""
    console.print(item.field.name, style="bold")
    _events(console, item)
    names = tuple(_times(line.name, line.attended) for line in item.lines)
    console.print(_t(msg("Took part: {names}", names=names)))


def _events(console: Console, item: Table) -> None:
    for number, entry in enumerate(item.field.rounds, 1):
        label = entry.title if entry.label in entry.title else f"{entry.label} {entry.title}"
        console.print(f"{number}. {label}")


def _standings(console: Console, item: Table) -> None:
    from rich import table as rich_table
    from rich.text import Text

    grid = rich_table.Table(
        title=Text(item.field.name), box=None, pad_edge=False, header_style="bold", title_style="bold"
    )
    # With many events there is no room; the honours below have them all the same.
    awards = len(item.field.rounds) <= MOST_WITH_AWARDS and any(line.award_counts for line in item.lines)
    grid.add_column(_t(msg("Place")), justify="right", no_wrap=True)
    grid.add_column(_t(msg("Name")), overflow="fold")
    grid.add_column(_t(msg("Over all")), justify="right", no_wrap=True)
    for number in range(1, len(item.field.rounds) + 1):
        grid.add_column(str(number), justify="right", no_wrap=True)
    grid.add_column(_t(msg("Trend")), justify="right", no_wrap=True)
    if awards:
        grid.add_column(_t(msg("Awards so far")), overflow="fold")
    grid.add_column(_t(msg("Remark")), overflow="fold")
    for line in item.lines:
        cells = ["-" if line.place is None else str(line.place), line.name, line.figure_text]
        cells += ["" if showing is None else _place(showing.place) for showing in line.showings]
        cells += [_change(line)]
        cells += ["、".join(_times(name, count) for name, count in line.award_counts.items())] if awards else []
        remark = _t(msg("shared")) if line.tied else "" if line.short is None else _t(line.short)
        grid.add_row(*(Text(cell) for cell in [*cells, remark]))
    console.print(grid)
    _events(console, item)
    for rule in item.rules:
        console.print(_t(rule))


def _place(place: int | None) -> str:
    return "-" if place is None else str(place)


def _times(name: str, count: int) -> str:
    return name if count == 1 else f"{name} ({count})"


def _change(line: Line) -> str:
    """How it moved since the round before: `+2`, `-1`, `=`."""
    if line.change is None:
        return ""
    return f"{line.change:+d}" if line.change else "="


def _trend(console: Console, item: Table) -> None:
    """The totals from the first event to the last, one line each; plain characters that every terminal draws one cell wide."""
    from rich.cells import cell_len, set_cell_size

    from judge_tui.domain.numbers import short_text
    from judge_tui.domain.season.chart import scale, strip

    rows = [(line, [None if entry is None else entry.total for entry in line.showings]) for line in item.lines]
    rows = [(line, totals) for line, totals in rows if sum(total is not None for total in totals) > 1]
    if not rows:
        return
    low, high = scale(totals for _, totals in rows)
    name_width = min(24, max(cell_len(line.name) for line, _ in rows))
    console.print()
    console.print(
        _t(
            msg(
                "Totals from the first event (o) to the last (*), from {low} to {high}",
                low=short_text(low),
                high=short_text(high),
            )
        )
    )
    for line, totals in rows:
        console.print(f"{set_cell_size(line.name, name_width)} |{strip(totals, low, high, CHART_WIDTH)}|")


def _honours(console: Console, found: Season) -> None:
    if found.honours or found.printed:
        console.print()
        console.print(_t(msg("Honours")), style="bold")
    for item in found.honours:
        words = [_t(nmsg("“{award}” {count} time", "“{award}” {count} times", item.count, award=item.award))]
        if item.longest > 1:
            words.append(
                _t(nmsg("{count} time in a row", "{count} times in a row", item.longest))
                if item.current != item.longest
                else _t(nmsg("{count} time in a row up to now", "{count} times in a row up to now", item.longest))
            )
        line = (
            msg("{where}: {what} ({when})", where=item.name, what=tuple(words), when=item.labels)
            if item.labels
            else msg("{where}: {what}", where=item.name, what=tuple(words))
        )
        console.print(_t(line))
    for name, printed in found.printed:
        console.print(_t(msg("{where}: {what}", where=name, what=printed)))


def _consequences(console: Console, found: Season) -> None:
    if found.outcomes:
        console.print()
        console.print(_t(msg("What follows")), style="bold")
    for item in found.outcomes:
        row = (
            nmsg("{award} {count} time in a row", "{award} {count} times in a row", item.times, award=item.rule.award)
            if item.rule.row
            else nmsg("{award} {count} time", "{award} {count} times", item.times, award=item.rule.award)
        )
        said = msg("{where}: {then} ({why}: {when})", where=item.name, then=item.rule.then, why=row, when=item.labels)
        console.print(_t(said))
    if found.annual:
        console.print()
        console.print(_t(msg("Awards of the year")), style="bold")
    for given in found.annual:
        winners = tuple(line.name for line in given.winners)
        heading = f"{given.field} {given.award.name}" if len(found.tables) > 1 else given.award.name
        console.print(_t(msg("{where}: {what}", where=heading, what=winners or "-")))
        if given.undecided:
            undecided: Message = msg(
                "{names} share the place at the cut, and there is room for {count}: the organiser decides",
                names=tuple(line.name for line in given.undecided),
                count=given.room,
            )
            console.print(f"  {_t(undecided)}")


def _doubtful(console: Console, found: Season) -> None:
    """What to decide, each with the line that decides it."""
    if not found.doubts:
        return
    console.print()
    console.print(_t(msg("Perhaps the same organisation: counted apart until season.toml says so")), style="bold")
    for item in found.doubts:
        first, second = ":".join(item.first), ":".join(item.second)
        console.print(f"{item.first_name} / {item.second_name} ({_t(DOUBTS[item.kind])})")
        console.print(f'  same = [["{first}", "{second}"]]', soft_wrap=True)


def _show_left_out(found: Found, folder: Path) -> None:
    for path, words in found.left_out:
        name = path.relative_to(folder) if path.is_relative_to(folder) else path
        click.echo(_t(msg("Left out: {file}: {reason}", file=str(name), reason=words)), err=True)
