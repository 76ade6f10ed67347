"""Fits words into a box: the largest letters that hold them on a few lines, broken where Chinese and Latin may be broken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from judge_tui.ui.fonts.glyphs import readable
from judge_tui.ui.fonts.lettering import Size, pixels

LARGEST = 6
"""Half rows a pixel at most; larger is no easier to read."""

_WORD = re.compile(r"\s+|[“《「][^”》」]{1,6}[”》」]|[\x21-\x7e\xa1-\u024f]+|.", re.DOTALL)
_LETTER = re.compile(r"\s+|[\x21-\x7e\xa1-\u024f]+|.", re.DOTALL)
_NOT_FIRST = "，。、；：！？）》」』】〉…·～,.;:!?)”’"
_NOT_LAST = "（《「『【〈(“‘"


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines of text and the size they are drawn in."""

    lines: tuple[str, ...]
    size: Size

    @property
    def rows(self) -> int:
        """Terminal rows of all lines."""
        return len(self.lines) * self.size.rows


def sizes(solid: bool, largest: int = LARGEST) -> Iterator[Size]:
    """Every size, the most legible first; `solid` keeps to those that need whole cells only."""
    step = 2 if solid else 1
    found = [
        Size(down, across)
        for down in range(step, largest + 1, step)
        for across in range(down, 2 * down + 1)
        if across % step == 0
    ]
    yield from sorted(found, key=_legibility, reverse=True)


def _legibility(size: Size) -> tuple[int, int]:
    """Area counts; letters much narrower than square count for less."""
    square = 10 if 2 * size.across >= 3 * size.down else 6
    return (size.down * size.across * square, size.down)


@lru_cache(maxsize=512)
def fit(
    text: str, width: int, height: int, *, solid: bool = False, lines: int = 3, largest: int = LARGEST
) -> Fitted | None:
    """The text in the largest size that holds it in `width` columns and `height` rows.

    None where even the smallest does not, or where the font lacks most of it.
    """
    if not readable(text):
        return None
    for size in sizes(solid, largest):
        if size.rows > height:
            continue
        broken = wrap(text, width * 2 // size.across)
        if broken is not None and len(broken) <= lines and len(broken) * size.rows <= height:
            return Fitted(broken, size)
    return None


def wrap(text: str, width: int) -> tuple[str, ...] | None:
    """The text on as few lines of `width` pixels as hold it, of about equal length; None where a word is too long."""
    words = _words(text, _WORD)
    if any(pixels(word.strip()) > width for word in words):
        words = _words(text, _LETTER)
    if not words:
        return ("",)
    if any(pixels(word.strip()) > width for word in words):
        return None
    best = _broken(words, width)
    for narrower in range(width - 8, 0, -8):
        tried = _broken(words, narrower) if all(pixels(word.strip()) <= narrower for word in words) else ()
        if len(tried) != len(best):
            break
        best = tried
    return best


def _words(text: str, pattern: re.Pattern[str]) -> list[str]:
    """What must stay together: a short quotation, Latin words and numbers; a hanzi with the punctuation that may not begin or end a line."""
    words: list[str] = []
    for part in pattern.findall(text.strip()):
        if words and (part[0] in _NOT_FIRST or words[-1][-1] in _NOT_LAST):
            words[-1] += part
        else:
            words.append(part)
    return words


def _broken(words: Sequence[str], width: int) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for word in words:
        if line and pixels((line + word).rstrip()) > width:
            lines.append(line.strip())
            line = word.lstrip()
        else:
            line += word
    return (*lines, line.strip())


@lru_cache(maxsize=256)
def flow(names: tuple[str, ...], width: int, height: int, *, solid: bool = False) -> tuple[Fitted, ...]:
    """Several names, several on a line, in the largest size in which all fit at once; else in the smallest, on pages.

    Empty where not even one name fits on a line, or the font lacks most of one.
    """
    smallest: tuple[Size, list[str]] | None = None
    if not all(readable(name) for name in names):
        return ()
    for size in sizes(solid):
        room = width * 2 // size.across
        if size.rows > height or any(pixels(name) > room for name in names):
            continue
        lines = _packed(names, room)
        if len(lines) * size.rows <= height:
            return (Fitted(tuple(lines), size),)
        if smallest is None or size.down < smallest[0].down:
            smallest = size, lines
    if smallest is None:
        return ()
    size, lines = smallest
    each = height // size.rows
    return tuple(Fitted(tuple(lines[at : at + each]), size) for at in range(0, len(lines), each))


def _packed(names: Sequence[str], room: int) -> list[str]:
    gap = "\u3000"
    lines: list[str] = []
    for name in names:
        if lines and pixels(lines[-1] + gap + name) <= room:
            lines[-1] += gap + name
        else:
            lines.append(name)
    return lines
