"""What a mark is worth in points: the five kinds of ballot on one scale, thousandths."""

from __future__ import annotations

from collections.abc import Callable, Set

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import Checklist, Criterion, Grades, Places, Points, Votes
from judge_tui.domain.numbers import THOUSAND

Scale = Callable[[MarkValue | None], int | None]
"""A mark's value to thousandths of a point; None where it is no mark of this criterion."""


def scale_of(criterion: Criterion) -> Scale:
    """How this criterion's marks become points."""
    method = criterion.method
    if isinstance(method, Points):
        return lambda value: _within(value, method.least, method.most)
    if isinstance(method, Grades):
        worth = {grade.id: grade.points for grade in method.grades}
        return lambda value: worth.get(value) if isinstance(value, str) else None
    if isinstance(method, Checklist):
        return lambda value: _checked(value, method)
    if isinstance(method, Places):
        return lambda value: _place(value, method)
    return lambda value: _within(value, 0, 1, THOUSAND)


def ends_of(distinct: Set[MarkValue | None]) -> tuple[int, int] | None:
    """The lowest and the highest of these numbers; None where there is anything else among them, or nothing."""
    if not distinct or not all(isinstance(value, int) for value in distinct):
        return None
    return min(distinct), max(distinct)  # type: ignore[type-var, return-value]


def takes_all(criterion: Criterion, ends: tuple[int, int] | None) -> bool:
    """Whether any number between these ends is a mark of the criterion, and worth itself."""
    method = criterion.method
    return ends is not None and isinstance(method, Points) and method.least <= ends[0] and ends[1] <= method.most


def is_per_ballot(criterion: Criterion) -> bool:
    """Whether the criterion's marks make sense only all together (places, votes) or carry no judge: never part of a sheet."""
    return isinstance(criterion.method, (Places, Votes)) or (
        isinstance(criterion.method, Grades) and criterion.method.anonymous
    )


def _within(value: MarkValue | None, least: int, most: int, factor: int = 1) -> int | None:
    return value * factor if isinstance(value, int) and least <= value <= most else None


def _checked(value: MarkValue | None, method: Checklist) -> int | None:
    if not isinstance(value, tuple):
        return None
    off = {item.id: item.off for item in method.items}
    if not all(item in off for item in value):
        return None
    return max(method.least, method.full - sum(off[item] for item in set(value)))


def _place(value: MarkValue | None, method: Places) -> int | None:
    if not isinstance(value, int) or value < 1:
        return None
    if not method.points:
        return value * THOUSAND
    return method.points[value - 1] if value <= len(method.points) else 0
