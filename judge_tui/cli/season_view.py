"""A season as a person reads it in the terminal: plain tables and charts that every terminal draws."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t

if TYPE_CHECKING:
    from rich.console import Console

    from judge_tui.domain.season.season import Season
    from judge_tui.domain.season.standings import Line, Table

CHART_WIDTH = 40
MOST_WITH_AWARDS = 6
DOUBTS = {
    "id": msg("one id, two names"),
    "name": msg("one name, two ids"),
    "like": msg("names that are alike"),
}


def show(found: Season) -> None:
    """Print the standings, the trend, the honours, what follows, promises and doubts."""
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
    _promises(console, found)
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
    from judge_tui.services.documents.season import honour_words

    won = [item for item in found.honours if not item.last]
    if won or found.printed:
        console.print()
        console.print(_t(msg("Honours")), style="bold")
    for item in won:
        console.print(_t(honour_words(item)))
    for name, printed in found.printed:
        console.print(_t(msg("{where}: {what}", where=name, what=printed)))
    behind = [item for item in found.honours if item.last]
    if behind:
        console.print()
        console.print(_t(msg("Flags and lists of the last")), style="bold")
    for item in behind:
        console.print(_t(honour_words(item)))


def _consequences(console: Console, found: Season) -> None:
    from judge_tui.services.documents.season import outcome_words, undecided_words

    if found.outcomes:
        console.print()
        console.print(_t(msg("What follows")), style="bold")
    for item in found.outcomes:
        console.print(_t(outcome_words(item)))
    if found.annual:
        console.print()
        console.print(_t(msg("Awards of the year")), style="bold")
    for given in found.annual:
        winners = tuple(line.name for line in given.winners)
        heading = f"{given.field} {given.award.name}" if len(found.tables) > 1 else given.award.name
        console.print(_t(msg("{where}: {what}", where=heading, what=winners or "-")))
        if given.undecided:
            console.print(f"  {_t(undecided_words(given))}")


def _promises(console: Console, found: Season) -> None:
    """亮承诺: how many are done and in progress, altogether and by organisation, and what is still open."""
    from judge_tui.domain.commitments import CommitmentState, line
    from judge_tui.domain.season.promises import all_counts

    if not found.promises:
        return
    console.print()
    console.print(_t(msg("Commitments: {counts}", counts=all_counts(found.promises).words)), style="bold")
    for item in found.promises:
        console.print(_t(msg("{where}: {what}", where=item.name, what=item.counts.words)))
        for made in item.commitments:
            if made.state is not CommitmentState.DONE:
                console.print(f"  {_t(line(made))}")


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
