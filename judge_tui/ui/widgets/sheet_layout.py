"""The columns of the score sheet: widths, what is in view, and the text of each cell. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from rich.cells import cell_len

from judge_tui.domain import marks
from judge_tui.domain.event import Checklist, Criterion, Grades, Points
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import decimal_text, mark_text, short_text
from judge_tui.domain.seat import Card, Progress
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import Part, fit, wrap

TOTAL, RANK = 9, 6
"""Cells of the two columns at the right edge, which never scroll away."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How the sheet is divided: `left` cells for number and name, then criteria from `first` on, as many as fit."""

    left: int
    widths: tuple[int, ...]
    first: int
    count: int

    def start(self, column: int) -> int:
        """Where a visible criterion's column begins."""
        return self.left + sum(self.widths[self.first : column])

    def at(self, x: int) -> int | None:
        """The criterion under a cell."""
        edge = self.left
        if x < edge:
            return None
        for column in range(self.first, self.first + self.count):
            edge += self.widths[column]
            if x < edge:
                return column
        return None

    @property
    def end(self) -> int:
        """Where own totals begin."""
        return self.start(self.first + self.count)


def divide(progress: Progress, width: int, first: int, column: int) -> Columns:
    """Columns for a sheet `width` cells wide, turned by the page where `column` is not in view."""
    criteria = progress.sheet.criteria
    names = max((cell_len(card.organisation.name) for card in progress.cards), default=0)
    digits = len(str(max((card.organisation.number for card in progress.cards), default=0)))
    least = digits + 4 + min(names, 12)
    room = width - TOTAL - RANK
    widths = tuple(max(8, cell_len(item.name) + 2) for item in criteria)
    if sum(widths) + least > room:
        widths = tuple(_column_width(item) for item in criteria)
    left = max(least, min(digits + 6 + names, room - sum(widths), width // 3))
    room -= left
    if not widths:
        return Columns(left, (), 0, 0)
    if column < first or sum(widths[first : column + 1]) > room:
        first = column if column > first else max(0, column - _fitting(widths[column::-1], room) + 1)
    while first > 0 and sum(widths[first - 1 :]) <= room:
        first -= 1
    count = _fitting(widths[first:], room)
    spare = room - sum(widths[first : first + count])  # what no whole column fits into gives longer names
    return Columns(left + max(0, min(spare, digits + 6 + names - left)), widths, first, count)


def _fitting(widths: tuple[int, ...], room: int) -> int:
    """How many columns from the first on fit; one at least."""
    count = 0
    while count < len(widths) and sum(widths[: count + 1]) <= room:
        count += 1
    return max(1, count)


def _column_width(criterion: Criterion) -> int:
    longest = cell_len(criterion.name)
    if isinstance(criterion.method, Grades):
        longest = max(longest // 2, *(cell_len(grade.name) for grade in criterion.method.grades))
    return max(8, min(12, (longest + 1) // 2 + 2))


def head_parts(progress: Progress, columns: Columns, y: int) -> tuple[Part, ...]:
    """One of the three lines above the organisations."""
    words = (msg("Organisation"), msg("My sum"), msg("Place")) if y == 1 else None
    first, total, rank = (_t(word) for word in words) if words else ("", "", "")
    shown = range(columns.first, columns.first + columns.count)
    names = [heading(progress.sheet.criteria[place], columns.widths[place])[y] for place in shown if columns.widths]
    if y == 0 and columns.count < len(columns.widths):
        last = columns.first + columns.count
        shown_now = msg("{first}-{last} of {count}", first=columns.first + 1, last=last, count=len(columns.widths))
        first = "< " * bool(columns.first) + _t(shown_now) + " >" * (last < len(columns.widths))
    text = fit(f" {first}", columns.left) + "".join(names)
    return ((text + fit(total, TOTAL, "right") + fit(rank, RANK, "right") + " " * 400, "sheet--head"),)


def heading(criterion: Criterion, width: int) -> tuple[str, str, str]:
    """A column's head: the name in two lines, and full marks."""
    lines = wrap(criterion.name, width - 1, 2)
    lines = ["", *lines] if len(lines) == 1 else lines
    match criterion.method:
        case Points(most=full) | Checklist(full=full):
            below = f"({mark_text(full)})"
        case _:
            below = ""
    return (fit(lines[0], width, "right"), fit(lines[1], width, "right"), fit(below, width, "right"))


def cell(card: Card, criterion: Criterion) -> str:
    """What stands in a cell, blank where nothing does."""
    mark = card.given.get(criterion.id)
    if mark is None:
        return ""
    if isinstance(criterion.method, Points) and isinstance(mark.value, int):
        return _points_cell(mark.value)
    return _t(marks.shown(criterion.method, mark.value))


@lru_cache(maxsize=4096)
def _points_cell(value: int) -> str:
    return mark_text(value)


def total_text(card: Card) -> str:
    """Own total, or why there is none."""
    if card.organisation.status == "withdrawn" or card.recusal is not None:
        return _t(card.state.word)
    return points_text(card.total) if card.total is not None else ""


@lru_cache(maxsize=4096)
def points_text(points: Fraction) -> str:
    """Points in few cells: exact where that is short, else to two decimals."""
    text = short_text(points)
    return text if len(text) <= 7 and "/" not in text else decimal_text(points, 2)


def rank_text(place: int | None) -> str:
    """Own place, blank while something is missing."""
    return "" if place is None else _t(msg("no. {place}", place=place))
