"""Agreement between judges: Kendall's W with ties, and the six intraclass correlations of Shrout and Fleiss (1979)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

Rows = Sequence[Sequence[Fraction]]
"""One row for each organisation (target), one column for each judge; whole."""


@dataclass(frozen=True, slots=True)
class Correlations:
    """Mean squares and the six intraclass correlations of n organisations × k judges; None where they are not defined
    (nobody differs from anybody)."""

    between_targets: Fraction
    within_targets: Fraction
    between_judges: Fraction
    residual: Fraction
    icc_1_1: Fraction | None
    icc_2_1: Fraction | None
    icc_3_1: Fraction | None
    icc_1_k: Fraction | None
    icc_2_k: Fraction | None
    icc_3_k: Fraction | None


def midranks(values: Sequence[Fraction]) -> list[Fraction]:
    """Ranks from 1 for the lowest; equal values share the mean of their ranks."""
    ordered = sorted(values)
    first = {value: ordered.index(value) + 1 for value in set(values)}
    often = Counter(values)
    return [Fraction(2 * first[value] + often[value] - 1, 2) for value in values]


def kendall_w(rows: Rows) -> Fraction | None:
    """Kendall's coefficient of concordance, corrected for ties: from 0 to 1.

    None with fewer than two judges or organisations, or where every judge gave everybody the same.
    Source: Kendall and Gibbons, Rank Correlation Methods, W = (12 S) ÷ (m² (n³ − n) − m Σ T).
    """
    n, m = len(rows), len(rows[0]) if rows else 0
    if n < 2 or m < 2:
        return None
    columns = [midranks([row[judge] for row in rows]) for judge in range(m)]
    sums = [sum((column[target] for column in columns), Fraction(0)) for target in range(n)]
    mean = Fraction(m * (n + 1), 2)
    spread = sum(((value - mean) ** 2 for value in sums), Fraction(0))
    ties = sum(often**3 - often for column in columns for often in Counter(column).values())
    under = m * m * (n**3 - n) - m * ties
    return 12 * spread / under if under else None


def correlations(rows: Rows) -> Correlations | None:
    """The mean squares and ICCs; None with fewer than two judges or two organisations."""
    n, k = len(rows), len(rows[0]) if rows else 0
    if n < 2 or k < 2:
        return None
    grand = Fraction(sum(sum(row) for row in rows)) / (n * k)
    target_means = [Fraction(sum(row)) / k for row in rows]
    judge_means = [sum((row[judge] for row in rows), Fraction(0)) / n for judge in range(k)]
    total = sum(((value - grand) ** 2 for row in rows for value in row), Fraction(0))
    targets = k * sum(((mean - grand) ** 2 for mean in target_means), Fraction(0))
    judges = n * sum(((mean - grand) ** 2 for mean in judge_means), Fraction(0))
    bms = targets / (n - 1)
    wms = (total - targets) / (n * (k - 1))
    jms = judges / (k - 1)
    ems = (total - targets - judges) / ((n - 1) * (k - 1))
    return Correlations(
        bms,
        wms,
        jms,
        ems,
        icc_1_1=_over(bms - wms, bms + (k - 1) * wms),
        icc_2_1=_over(bms - ems, bms + (k - 1) * ems + k * (jms - ems) / n),
        icc_3_1=_over(bms - ems, bms + (k - 1) * ems),
        icc_1_k=_over(bms - wms, bms),
        icc_2_k=_over(bms - ems, bms + (jms - ems) / n),
        icc_3_k=_over(bms - ems, bms),
    )


def _over(above: Fraction, below: Fraction) -> Fraction | None:
    return above / below if below else None


def rank_correlation(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction | None:
    """Spearman's rank correlation with ties, to six decimals; None where one of the two has no spread."""
    if len(first) < 2:
        return None
    one, other = midranks(first), midranks(second)
    mean = Fraction(len(first) + 1, 2)
    product = sum(((a - mean) * (b - mean) for a, b in zip(one, other)), Fraction(0))
    squares = sum(((a - mean) ** 2 for a in one), Fraction(0)) * sum(((b - mean) ** 2 for b in other), Fraction(0))
    return None if not squares else product / square_root(squares)


def square_root(value: Fraction, places: int = 9) -> Fraction:
    """The square root to so many decimals, rounded down."""
    scale = 10 ** (2 * places)
    return Fraction(isqrt(value.numerator * scale // value.denominator), 10**places)
