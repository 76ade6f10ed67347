"""Several judges' figures to one: trim, then mean, median or sum. Exact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from judge_tui.domain.event import JudgeId
from judge_tui.domain.rules import Average, Trim
from judge_tui.domain.tabulation.figures import Panel

NO_TRIM = Trim()


def panel(
    values: Sequence[int],
    unit: int,
    who: Callable[[], Sequence[JudgeId]],
    average: Average,
    trim: Trim,
    over: int | None = None,
) -> Panel:
    """The figure that stands for `values` (integers in 1/`unit` points).

    Trimming h highest and l lowest takes at least `trim.least` judges, and one more than are dropped; with fewer nothing is
    dropped and the panel is `short`. `over` replaces the number of judges that a mean is divided by.
    """
    dropped = trim.highest + trim.lowest
    if not dropped:
        return without_extremes(values, unit, who, average, trim, (), (), over)
    if len(values) < max(trim.least, trim.leaves_one):
        return without_extremes(values, unit, who, average, trim, (), (), over, short=True)
    return without_extremes(values, unit, who, average, trim, *_extremes(values, trim), over)


def without_extremes(
    values: Sequence[int],
    unit: int,
    who: Callable[[], Sequence[JudgeId]],
    average: Average,
    trim: Trim,
    high: Sequence[int],
    low: Sequence[int],
    over: int | None = None,
    *,
    short: bool = False,
) -> Panel:
    """The figure of `values` without these highest and lowest ones, which are among them."""
    count = len(values) - len(high) - len(low)
    divisor = 1
    figure = None
    if count > 0 and average is Average.MEDIAN:
        figure = _median(sorted(values)[len(low) : len(low) + count], unit)
    elif count > 0:
        if average is Average.MEAN:
            divisor = count if over is None else over
        figure = Fraction(sum(values) - sum(high) - sum(low), unit * divisor)
    return Panel(values, unit, who, average, trim, tuple(high), tuple(low), short, divisor, figure)


def _extremes(values: Sequence[int], trim: Trim) -> tuple[Sequence[int], Sequence[int]]:
    """The highest from the top down, and the lowest from the bottom up."""
    if trim.highest <= 1 and trim.lowest <= 1:
        return (max(values),) * trim.highest, (min(values),) * trim.lowest
    ordered = sorted(values)
    return ordered[: len(ordered) - trim.highest - 1 : -1], ordered[: trim.lowest]


def _median(ordered: Sequence[int], unit: int) -> Fraction:
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle], unit)
    return Fraction(ordered[middle - 1] + ordered[middle], 2 * unit)
