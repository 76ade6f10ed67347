"""Where a line of print may end: between Chinese characters, not inside a word, and never so that a line begins with a comma
or ends with an opening quotation mark."""

from __future__ import annotations

import re
from collections.abc import Callable

CLOSING = frozenset("、，。；：？！）》〉」』】〕”’…—·％℃)]},.;:?!%")
"""What may not begin a line."""

OPENING = frozenset("（《〈「『【〔“‘([{")
"""What may not end a line."""

_PIECES = re.compile(r"[^\W_\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+(?:[-'’.,/][^\W_\u2e80-\u9fff]+)*|\s+|.")

Measure = Callable[[str], float]
"""How wide a text is when it is printed."""


def wrapped(text: str, width: float, measure: Measure) -> str:
    """The text with a line break wherever the next word or character would pass `width`. A word wider than that is broken."""
    return "\n".join(line for part in text.split("\n") for line in _lines(part, width, measure))


def _lines(text: str, width: float, measure: Measure) -> list[str]:
    if measure(text) <= width:
        return [text]
    lines, line, taken = [], "", 0.0
    for unit in _units(text):
        if taken + measure(unit.rstrip()) <= width:
            line, taken = line + unit, taken + measure(unit)
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = unit.lstrip()
        while len(line) > 1 and measure(line) > width:
            fits = max((end for end in range(1, len(line)) if measure(line[:end]) <= width), default=1)
            lines.append(line[:fits])
            line = line[fits:]
        taken = measure(line)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _units(text: str) -> list[str]:
    """What stays together: a word, or a character with the punctuation that may not be parted from it."""
    units: list[str] = []
    for piece in _PIECES.findall(text):
        held = bool(units) and units[-1][-1] in OPENING
        if units and (held or (piece in CLOSING and not units[-1].isspace())):
            units[-1] += piece
        else:
            units.append(piece)
    return units
