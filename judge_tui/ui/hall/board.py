"""The full board: place, name and score, few columns, in letters the last row can read, on as many pages as that takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len, chop_cells

from judge_tui.domain.ceremony.picture import Picture
from judge_tui.domain.ceremony.show import Entry
from judge_tui.domain.ceremony.words import board_row
from judge_tui.domain.messages import Message
from judge_tui.ui.fonts.glyphs import readable, unadorned
from judge_tui.ui.fonts.lettering import Size, letters
from judge_tui.ui.hall.fit import wrap
from judge_tui.ui.hall.rows import EMPTY, PLAIN_ENOUGH, Pages, Role, Row, drawn_pages, inked, one_page, padded

Say = Callable[[Message], str]
Cells = tuple[str, str, str]

_GAP = 4

SPACED = 16
"""From so many rows on, entries in the terminal's own letters have a blank line between them."""


def board_pages(picture: Picture, width: int, room: int, say: Say, solid: bool) -> Pages:
    """The pages of a board."""
    entries = picture.entries
    if not entries:
        return one_page([])
    pages = _large([_cells(entry, picture, say, short=True) for entry in entries], width, room, solid)
    if pages and (pages.count == 1 or room + 2 > PLAIN_ENOUGH):
        return pages
    return drawn_pages(_plain([_cells(entry, picture, say) for entry in entries], width, room))


def _cells(entry: Entry, picture: Picture, say: Say, *, short: bool = False) -> Cells:
    place, name, right = board_row(entry, picture, say, short=short)
    return place, unadorned(name), right


def _plain(cells: list[Cells], width: int, room: int) -> list[list[Row]]:
    """One column of the terminal's own letters; blank lines between the entries of all but the smallest; long names wrap."""
    first = max(cell_len(place) for place, _, _ in cells)
    last = max(cell_len(right) for _, _, right in cells)
    gap = next((gap for gap in (_GAP, 2) if first + last + 2 * gap + 8 <= width), 1)
    middle = min(max(cell_len(name) for _, name, _ in cells), max(2, width - first - last - 2 * gap))
    margin = (" " * max(0, (width - first - middle - last - 2 * gap) // 2), Role.PAPER)
    spaced = [EMPTY] if room >= SPACED else []
    pages: list[list[Row]] = [[]]
    for place, name, right in cells:
        block: list[Row] = []
        for line in chop_cells(name, middle):
            begin, end = (
                (" " * first, " " * last) if block else (place.rjust(first - cell_len(place) + len(place)), right)
            )
            text = line + " " * (middle - cell_len(line) + gap + last - cell_len(end))
            block.append((margin, (begin + " " * gap, Role.ACCENT), (text, Role.INK), (end, Role.ACCENT)))
        if pages[-1] and len(pages[-1]) + len(spaced) + len(block) > room:
            pages.append([])
        pages[-1] += [*(spaced if pages[-1] else []), *block]
    tallest = max(map(len, pages))
    return [page + [EMPTY] * (tallest - len(page)) for page in pages]


def _large(cells: list[Cells], width: int, room: int, solid: bool) -> Pages | None:
    """Big letters, in two columns where they fit, or one; nothing where even one does not."""
    columns, shape = _shape(cells, width, room, solid)
    if shape is None:
        return None
    each = room // shape.size.rows
    pages = _placed([len(_wrapped(name, shape, each)) for _, name, _ in cells], columns, each)
    apart = width // columns

    def draw(number: int) -> list[Row]:
        page: list[Row] = [EMPTY] * (each * shape.size.rows)
        for index, column, line in pages[number]:
            for offset, row in enumerate(_entry(cells[index], shape, each)):
                where = line * shape.size.rows + offset
                page[where] = (*padded(page[where], column * apart + shape.gap // 2), *row)
        return page

    return Pages(len(pages), draw)


Place = tuple[int, int, int]
"""Which entry stands in which column from which line on."""


def _placed(tall: list[int], columns: int, each: int) -> list[list[Place]]:
    """Pages of entries of so many lines each, down one column after another."""
    pages: list[list[Place]] = [[]]
    column = line = 0
    for index, lines in enumerate(tall):
        if line + lines > each:
            column, line = column + 1, 0
        if column == columns:
            pages.append([])
            column = 0
        pages[-1].append((index, column, line))
        line += lines
    return pages


def _wrapped(name: str, shape: _Shape, most: int) -> tuple[str, ...]:
    """The lines of a name: more than one where even condensed letters do not hold it."""
    narrow = Size(shape.size.down, shape.size.down)
    if narrow.columns(name) <= shape.widths[1] or not readable(name):
        return (name,)
    lines = wrap(name, shape.widths[1] * 2 // narrow.across)
    return lines if lines and len(lines) <= most else (name,)


def _entry(cell: Cells, shape: _Shape, most: int) -> list[Row]:
    """One entry on one or more lines; place and score stand on the first."""
    place, name, right = cell
    first, *others = _wrapped(name, shape, most)
    return [*_line((place, first, right), shape), *(row for line in others for row in _line(("", line, ""), shape))]


def _shape(cells: list[Cells], width: int, room: int, solid: bool) -> tuple[int, _Shape | None]:
    """How many columns, and how an entry is drawn: such that every name fits on its line, or else nine in ten, or else in
    one column, long names on several lines."""
    wide, narrow = (Size(2, 4), Size(2, 2)) if solid else (Size(1, 2), Size(1, 1))
    shapes = ((2, wide, 4), (2, narrow, 2), (1, wide, 4), (1, narrow, 2))
    for share, allowed in ((10, shapes), (9, shapes), (0, shapes[2:])):
        for columns, size, gap in allowed:
            first, last = (max(size.columns(cell[index]) for cell in cells) for index in (0, 2))
            middle = width // columns - first - last - 3 * gap
            fitting = sum(narrow.columns(name) <= middle for _, name, _ in cells)
            if (
                size.rows <= room
                and middle >= 16
                and fitting * 10 >= len(cells) * share
                and (share or room >= 4 * size.rows)
            ):
                name = wide if columns == 1 else size
                return columns, _Shape(size, name, (first, middle, last), gap, solid)
    return 1, None


@dataclass(frozen=True, slots=True)
class _Shape:
    """How an entry is drawn: the size of place and score, that of names, the widths of the columns, the gap between."""

    size: Size
    name: Size
    widths: tuple[int, int, int]
    gap: int
    solid: bool


def _line(cell: Cells, shape: _Shape) -> list[Row]:
    """One entry: the place to the right of its column, the name to the left, the score to the right."""
    place, name, right = cell
    gap: Row = ((" " * shape.gap, Role.PAPER),)
    drawn = (
        _column(place, Role.ACCENT, shape.size, shape.widths[0], shape.solid, right=True),
        _column(name, Role.INK, shape.name, shape.widths[1], shape.solid),
        _column(right, Role.ACCENT, shape.size, shape.widths[2], shape.solid, right=True),
    )
    return [(*a, *gap, *b, *gap, *c) for a, b, c in zip(*drawn, strict=True)]


def _column(text: str, role: Role, size: Size, width: int, solid: bool, *, right: bool = False) -> list[Row]:
    """A text in its column: condensed where it is too wide, and in ordinary letters where even that is."""
    blank: Row = ((" " * width, Role.PAPER),)
    if not text:
        return [blank] * size.rows
    if size.columns(text) > width:
        size = Size(size.down, size.down)
    if size.columns(text) > width or not readable(text):
        lines = [padded(((line.strip(), role),), width) for line in chop_cells(text, width)][: size.rows]
        above = (size.rows - len(lines)) // 2
        return [*[blank] * above, *lines, *[blank] * (size.rows - above - len(lines))]
    margin: Row = ((" " * (width - size.columns(text)), Role.PAPER),)
    drawn = [inked(row, role, solid) for row in letters(text, size)]
    return [(*margin, *row) if right else (*row, *margin) for row in drawn]
