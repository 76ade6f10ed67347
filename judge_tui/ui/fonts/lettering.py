"""Big letters: text as rows of block characters at any scale, emboldened so that strokes hold at the back of a hall."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from judge_tui.ui.fonts.glyphs import HEIGHT, glyph, missing_glyph

_QUADRANTS = " ▗▖▄▝▐▞▟▘▚▌▙▀▜▛█"
"""By four bits: top left, top right, bottom left, bottom right."""

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
    return sum((glyph(character) or missing_glyph()).width for character in text)


@lru_cache(maxsize=256)
def letters(text: str, size: Size) -> tuple[str, ...]:
    """The rows of a text, all `size.columns(text)` wide. With even sizes only spaces and full blocks occur."""
    width = pixels(text) * size.across
    width += width % 2
    lines = _bold(_scaled(text, size), size, width)
    rows = []
    for upper, lower in zip(lines[::2], lines[1::2], strict=True):
        top, bottom = f"{upper:0{width}b}", f"{lower:0{width}b}"
        rows.append(
            "".join(
                _QUADRANTS[int(top[at : at + 2] + bottom[at : at + 2], 2)]
                if "1" in top[at : at + 2] + bottom[at : at + 2]
                else " "
                for at in range(0, width, 2)
            )
        )
    return tuple(rows)


def _scaled(text: str, size: Size) -> list[int]:
    """Each half row of the text as a number, before emboldening."""
    found = [glyph(character) or missing_glyph() for character in text]
    lines: list[int] = []
    for row in range(HEIGHT):
        bits = "".join(f"{item.rows[row]:0{item.width}b}" for item in found)
        wide = "".join(bit * size.across for bit in bits)
        wide += "0" * (len(wide) % 2)
        lines += [int(wide or "0", 2)] * size.down
    return lines


def _bold(lines: list[int], size: Size, width: int) -> list[int]:
    """Strokes half a pixel heavier to the right and, from the double size on, downwards."""
    right, under = size.across // 2, size.down // 2
    if size.across % 2 == 0 and size.down % 2 == 0:
        # Whole cells only where a console needs them: a shift by whole cells keeps them whole.
        right, under = right // 2 * 2, under // 2 * 2
    heavy = [line | (line >> right) for line in lines]
    for _ in range(under):
        heavy = [line | above for line, above in zip(heavy, [0, *heavy[:-1]], strict=True)]
    return heavy
