"""Glyphs of the packed font: 16 rows of pixels each, 8 or 16 wide, unpacked one by one as they are wanted."""

from __future__ import annotations

import lzma
import struct
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import category, combining, normalize

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
    """Whether the font has every character of a text."""
    return all(glyph(character) is not None for character in text)


@lru_cache(maxsize=4096)
def spelled(text: str) -> str:
    """A text as it is drawn: letters with marks the font lacks without them, emoji and what joins them left out.

    What is left and still has no glyph (rare hanzi, other scripts) is drawn as an empty box around the terminal's own letter.
    """
    return text if drawable(text) else "".join(map(_spelled, text))


@lru_cache(maxsize=1024)
def unadorned(text: str) -> str:
    """A text without emoji, of which terminals do not agree how wide they are; as it is where nothing else would be left."""
    left = "".join(character for character in text if glyph(character) is not None or not _ornament(character))
    return left if left.strip() and left != text else text


def _ornament(character: str) -> bool:
    """Emoji, and what joins and varies them."""
    return any(ord(character) in codes for codes in _PICTURES) or category(character) == "Cf"


def _spelled(character: str) -> str:
    if glyph(character) is not None:
        return character
    plain = "".join(part for part in normalize("NFKD", character) if not combining(part))
    if plain != character and plain and drawable(plain):
        return plain
    return "" if category(character) in _ORNAMENTS or _ornament(character) else character


_ORNAMENTS = frozenset({"So", "Sk", "Cf", "Cc", "Mn", "Me"})
"""Kinds of characters that say nothing of a name: symbols, joiners, variation selectors, marks."""

_PICTURES = (range(0x2600, 0x27C0), range(0x2B00, 0x2C00), range(0xFE00, 0xFE10), range(0x1F000, 0x1FC00))
"""Emoji, also those that this Python's tables do not know yet."""


@lru_cache(maxsize=4096)
def readable(text: str) -> bool:
    """Whether a text in big letters says enough: something of it is drawn, and at least half of that from the font."""
    shown = [character for character in spelled(text) if not character.isspace()]
    drawn = sum(glyph(character) is not None for character in shown)
    return text == "" or text.isspace() or (drawn > 0 and 2 * drawn >= len(shown))


@lru_cache(maxsize=1)
def empty_box() -> Glyph:
    """A box for a character that the font lacks; the terminal's own letter stands in its middle."""
    edge, side = 0x7FFE, 0x4002
    return Glyph(16, (0, edge, *[side] * (HEIGHT - 4), edge, 0))
