"""Exact numbers: marks in thousandths, fractions in between, half-up rounding at the end, never a binary float.

Rounding is 四舍五入: halves go away from zero (`92.125` to two decimals is `92.13`), as Chinese scoring rules say.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

THOUSAND = 1000
"""Marks are stored as whole thousandths of a point: 92.125 points are 92125."""

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?|[+-]?\.\d+")
# What an input method types for a decimal point, a minus and a percent sign; NFKC does not map the first two.
_FULL_WIDTH = str.maketrans({"。": ".", "｡": ".", "−": "-", "–": "-", "－": "-"})


def normalise_typed(text: str) -> str:
    """What a person typed with or without an input method: full-width forms to half-width, `。` to a point, no spaces around.

    A comma is left alone: whether `7,5` means 7.5 is not ours to guess.
    """
    return unicodedata.normalize("NFKC", text.translate(_FULL_WIDTH)).translate(_FULL_WIDTH).strip()


def parse_decimal(text: str) -> Fraction:
    """A plain decimal number (`92`, `-0.5`, `９５。５`) as an exact fraction.

    Raises ValueError for anything else, exponents, commas, `nan` and empty text included.
    """
    clean = normalise_typed(text)
    if not _NUMBER.fullmatch(clean) or len(clean) > 40 or not clean.isascii():
        raise ValueError(text)
    return Fraction(clean)


def parse_share(text: str) -> Fraction:
    """A weight: a decimal (`0.4`), a percentage (`40%`) or a fraction (`1/3`). Raises ValueError."""
    clean = normalise_typed(text)
    if clean.endswith("%"):
        return parse_decimal(clean[:-1]) / 100
    over, slash, under = clean.partition("/")
    if slash:
        below = parse_decimal(under)
        if not below:
            raise ValueError(text)
        return parse_decimal(over) / below
    return parse_decimal(clean)


def thousandths(value: Fraction) -> int:
    """Whole thousandths of an exact number. Raises ValueError if it has more than three decimals."""
    scaled = value * THOUSAND
    if scaled.denominator != 1:
        raise ValueError(str(value))
    return scaled.numerator


def round_half_up(value: Fraction, places: int) -> Fraction:
    """`value` rounded to `places` decimals, halves away from zero."""
    scale: int = 10**places
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, scale)


def decimal_text(value: Fraction, places: int) -> str:
    """`value` rounded half up and written with exactly `places` decimals: `93.40`."""
    rounded = round_half_up(value, places)
    scale: int = 10**places
    digits = abs(rounded.numerator) * (scale // rounded.denominator)
    sign = "-" if rounded < 0 else ""
    whole, rest = divmod(digits, scale)
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def short_text(value: Fraction) -> str:
    """The shortest exact decimal (`42.5`, `40`), or `a/b` where there is none, or where it has more than six decimals."""
    for places in range(7):
        if round_half_up(value, places) == value:
            return decimal_text(value, places)
    return f"{value.numerator}/{value.denominator}"


def mark_text(value: int) -> str:
    """A mark in thousandths as people write it: 42500 is `42.5`, 40000 is `40`."""
    return short_text(Fraction(value, THOUSAND))
