"""Rows of the hall's screen: stretches of text, each in a role that the theme gives a colour."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.style import Style

from judge_tui.ui.fonts.lettering import FULL, letters
from judge_tui.ui.hall.fit import Fitted


class Role(StrEnum):
    """What a stretch of a row is; shape and words carry the meaning, colour only helps."""

    PAPER = "paper"
    INK = "ink"
    ACCENT = "accent"
    MUTED = "muted"
    BAR = "bar"
    WARNING = "warning"
    STRIP = "strip"
    FILL = "fill"
    FILL_ACCENT = "fill_accent"


Row = tuple[tuple[str, Role | Style], ...]
"""Stretches from left to right, of a role or (in pictures) of a colour of their own; what is missing is paper."""

EMPTY: Row = ()


@dataclass(frozen=True, slots=True)
class Pages:
    """How many pages something needs, and how each is drawn when it is wanted."""

    count: int
    draw: Callable[[int], list[Row]]


def one_page(rows: list[Row]) -> Pages:
    """Something that needs one page only."""
    return Pages(1, lambda page: rows)


def drawn_pages(pages: list[list[Row]]) -> Pages:
    """Pages that are there already."""
    return Pages(len(pages), pages.__getitem__)


PLAIN_ENOUGH = 36
"""Up to so many rows the terminal's own letters are at least a thirty-sixth of the screen's height, and can be read."""

_RUNS = re.compile(f"{FULL}+| +|[^ {FULL}]+")
_SOLID = {Role.ACCENT: Role.FILL_ACCENT, Role.WARNING: Role.STRIP}


def centred(text: str, width: int, role: Role = Role.INK) -> Row:
    """A line of ordinary letters in the middle; what is too long is cut."""
    shown = cut(text, width)
    return ((" " * ((width - cell_len(shown)) // 2), Role.PAPER), (shown, role))


def cut(text: str, width: int) -> str:
    """The text in at most `width` columns, with `..` where it was cut."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 2)).rstrip() + ".."


def paragraph(text: str, width: int, role: Role = Role.INK) -> list[Row]:
    """Ordinary letters on as many centred lines as they need."""
    return [centred(line.strip(), width, role) for line in chop_cells(text, width)] if text else []


def big(fitted: Fitted, width: int, role: Role = Role.INK, *, solid: bool = False) -> list[Row]:
    """Big letters, each line in the middle."""
    rows: list[Row] = []
    for line in fitted.lines:
        margin = max(0, (width - fitted.size.columns(line)) // 2)
        rows += [((" " * margin, Role.PAPER), *inked(drawn, role, solid)) for drawn in letters(line, fitted.size)]
    return rows


def inked(drawn: str, role: Role, solid: bool) -> Row:
    """A drawn row in a role; where block characters cannot be trusted, spaces on a coloured ground."""
    if not solid:
        return ((drawn, role),)
    filled = _SOLID.get(role, Role.FILL)
    return tuple((" " * len(run), filled) if run[0] == FULL else (run, Role.PAPER) for run in _RUNS.findall(drawn))


def row_width(row: Row) -> int:
    """Columns that a row fills."""
    return sum(cell_len(text) for text, _ in row)


def padded(row: Row, width: int) -> Row:
    """A row filled up with paper to a width."""
    missing = width - row_width(row)
    return (*row, (" " * missing, Role.PAPER)) if missing > 0 else row


def middle(rows: list[Row], height: int) -> list[Row]:
    """Rows in the middle of a height, cut at the foot where there are too many."""
    above = max(0, (height - len(rows)) // 2)
    return ([EMPTY] * above + rows + [EMPTY] * height)[:height]
