"""Big letters: text as rows of block characters at any scale, emboldened so that strokes hold at the back of a hall."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rich.cells import cell_len

from judge_tui.ui.fonts.glyphs import HEIGHT, empty_box, glyph, spelled

_QUADRANTS = " ▗▖▄▝▐▞▟▘▚▌▙▀▜▛█"
"""By four bits: top left, top right, bottom left, bottom right."""

_CELLS = {tuple(f"{bits:04b}"): character for bits, character in enumerate(_QUADRANTS)}

FULL = "█"
"""A cell that is all ink; consoles that draw it double width get a background-coloured space instead."""


@dataclass(frozen=True, slots=True, order=True)
class Size:
    """How large a pixel of the font is: `down` half rows high and `across` half columns wide (2:1 is square)."""

    down: int
    across: int

    @property
    def rows(self) -> int:
        """Terminal rows of one line."""
        return HEIGHT * self.down // 2

    def columns(self, text: str) -> int:
        """Terminal columns of a text."""
        return (pixels(text) * self.across + 1) // 2


@lru_cache(maxsize=4096)
def pixels(text: str) -> int:
    """How many pixels of the font a text is wide."""
    return sum((glyph(character) or empty_box()).width for character in spelled(text))


def letters(text: str, size: Size) -> tuple[str, ...]:
    """The rows of a text, all `size.columns(text)` wide. With even sizes only spaces and full blocks occur,
    and a letter of the terminal's own in the box of a character that the font lacks."""
    drawn = [_letter(character, size) for character in spelled(text)]
    return tuple("".join(rows) for rows in zip(*drawn, strict=True)) if drawn else ("",) * size.rows


@lru_cache(maxsize=4096)
def _letter(character: str, size: Size) -> tuple[str, ...]:
    """The rows of one character: a whole number of cells, because glyphs are 8 or 16 pixels wide."""
    found = glyph(character) or empty_box()
    width = found.width * size.across
    lines = _bold([line for row in found.rows for line in [_stretched(row, found.width, size)] * size.down], size)
    rows = []
    for upper, lower in zip(lines[::2], lines[1::2], strict=True):
        top, bottom = f"{upper:0{width}b}", f"{lower:0{width}b}"
        cells = zip(top[::2], top[1::2], bottom[::2], bottom[1::2], strict=True)
        rows.append("".join(_CELLS[cell] for cell in cells))
    if glyph(character) is None:
        line, own = len(rows) // 2, cell_len(character)
        left = (len(rows[line]) - own) // 2
        rows[line] = rows[line][:left] + character + rows[line][left + own :]
    return tuple(rows)


def _stretched(row: int, width: int, size: Size) -> int:
    """A row of pixels, each `size.across` bits wide."""
    return int("".join(bit * size.across for bit in f"{row:0{width}b}"), 2)


def _bold(lines: list[int], size: Size) -> list[int]:
    """Strokes half a pixel heavier to the right and, from the double size on, downwards."""
    right, under = size.across // 2, size.down // 2
    if size.across % 2 == 0 and size.down % 2 == 0:
        # Whole cells only where a console needs them: a shift by whole cells keeps them whole.
        right, under = right // 2 * 2, under // 2 * 2
    heavy = [line | (line >> right) for line in lines]
    for _ in range(under):
        heavy = [line | above for line, above in zip(heavy, [0, *heavy[:-1]], strict=True)]
    return heavy
