"""Glyphs of the packed font: 16 rows of pixels each, 8 or 16 wide, unpacked one by one as they are wanted."""

from __future__ import annotations

import lzma
import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HEIGHT = 16
"""Pixels from the top of every glyph to its bottom."""


RARE_FROM = "\u3400"
"""Before it there are no rare hanzi, and their pack need not be read."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: `width` pixels (8 or 16), and a row of pixels as a number, the leftmost the highest bit."""

    width: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Pack:
    firsts: tuple[int, ...]
    runs: tuple[tuple[int, int, int, int], ...]  # first code, glyphs, bytes a glyph, where its bitmaps begin
    bitmaps: bytes


@lru_cache(maxsize=2)
def _pack(name: str) -> _Pack:
    raw = lzma.decompress(Path(__file__).with_name(name).read_bytes())
    (count,) = struct.unpack_from(">H", raw)
    start = 2 + count * 7
    runs = []
    for index in range(count):
        first, glyphs, size = struct.unpack_from(">IHB", raw, 2 + index * 7)
        runs.append((first, glyphs, size, start))
        start += glyphs * size
    return _Pack(tuple(run[0] for run in runs), tuple(runs), raw)


@lru_cache(maxsize=2048)
def glyph(character: str) -> Glyph | None:
    """The glyph of one character, None where the font has none."""
    return _found(character, "unifont.xz") or (_found(character, "unifont-rare.xz") if character >= RARE_FROM else None)


def _found(character: str, name: str) -> Glyph | None:
    pack, code = _pack(name), ord(character)
    place = bisect_right(pack.firsts, code) - 1
    if place < 0:
        return None
    first, count, size, start = pack.runs[place]
    if code >= first + count:
        return None
    bitmap = pack.bitmaps[start + (code - first) * size :][:size]
    wide = size // HEIGHT
    rows = tuple(int.from_bytes(bitmap[row * wide : (row + 1) * wide]) for row in range(HEIGHT))
    return Glyph(wide * 8, rows)


def drawable(text: str) -> bool:
    """Whether the font has every character of a text; otherwise the terminal's own letters must do."""
    return all(glyph(character) is not None for character in text)


@lru_cache(maxsize=1)
def missing_glyph() -> Glyph:
    """The geta mark 〓, which Chinese and Japanese printers set for a character they do not have."""
    found = glyph("〓")
    assert found is not None
    return found
