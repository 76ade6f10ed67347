"""One organisation's way through a season on one line of plain characters: `o--.----*`, from the first total to the last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

FIRST, BETWEEN, LAST, WAY = "o", ".", "*", "-"


def scale(rows: Iterable[Sequence[Fraction | None]]) -> tuple[Fraction, Fraction]:
    """The least and the greatest value of a chart; the same twice where nothing differs or there is nothing."""
    values = [value for row in rows for value in row if value is not None]
    return (min(values), max(values)) if values else (Fraction(0), Fraction(0))


def strip(values: Sequence[Fraction | None], low: Fraction, high: Fraction, width: int) -> str:
    """`width` characters: the first value as `o`, the last as `*`, those between as `.`, joined; gaps are passed over."""
    known = [value for value in values if value is not None]
    line = [" "] * width
    if not known or width < 1:
        return "".join(line)
    at = [_column(value, low, high, width) for value in known]
    for column in range(min(at), max(at) + 1):
        line[column] = WAY
    for column in at:
        line[column] = BETWEEN
    line[at[0]] = FIRST
    line[at[-1]] = LAST
    return "".join(line)


def _column(value: Fraction, low: Fraction, high: Fraction, width: int) -> int:
    if high == low:
        return (width - 1) // 2
    return int((value - low) * (width - 1) / (high - low) + Fraction(1, 2))
