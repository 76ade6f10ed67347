"""Where the rows of each organisation and criterion are: found at once where the sheets are whole and in one order, else searched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeVar

from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.domain.tabulation.inputs import MarkColumns

T = TypeVar("T")
CellKey = tuple[OrganisationId, CriterionId]


@dataclass(frozen=True, slots=True)
class Places:
    """Row numbers by organisation and criterion, and everybody who stands in the judges' column. `unique` says that it is
    proven that nobody has two rows for the same thing."""

    rows: dict[CellKey, Sequence[int]]
    judges: Collection[JudgeId]
    unique: bool


@dataclass(frozen=True, slots=True)
class _Axis:
    """A column that runs through `names`, each `repeat` times, over and over."""

    names: Sequence[str]
    repeat: int


def locate(columns: MarkColumns) -> Places:
    """The rows of every cell. A complete grid of judges × organisations × criteria, in any nesting, needs no search: the rows of
    a cell are an arithmetic sequence."""
    axes = [_axis(column) for column in (columns.judges, columns.organisations, columns.criteria)]
    judges, organisations, criteria = axes
    if (
        judges is None
        or organisations is None
        or criteria is None
        or not _nested([judges, organisations, criteria], len(columns))
    ):
        return Places(_search(columns), dict.fromkeys(columns.judges), unique=False)
    span = judges.repeat * len(judges.names)
    rows: dict[CellKey, Sequence[int]] = {
        (OrganisationId(organisation), CriterionId(criterion)): range(first, first + span, judges.repeat)
        for first_o, organisation in enumerate(organisations.names)
        for first_c, criterion in enumerate(criteria.names)
        for first in (first_o * organisations.repeat + first_c * criteria.repeat,)
    }
    return Places(rows, [JudgeId(name) for name in judges.names], unique=True)


def _axis(column: Sequence[str]) -> _Axis | None:
    """How a column runs, None where it is not that regular. Whole columns are compared, so that nothing is guessed."""
    if not column:
        return None
    first = column[0]
    repeat = next((row for row, name in enumerate(column) if name != first), len(column))
    cycle = next((row for row in range(repeat, len(column), repeat) if column[row] == first), len(column))
    names = column[0:cycle:repeat]
    if len(column) % cycle or cycle % repeat or len(set(names)) < len(names):
        return None
    pattern: list[str] = []
    for name in names:
        pattern += [name] * repeat
    return _Axis(names, repeat) if pattern * (len(column) // cycle) == column else None


def _nested(axes: Sequence[_Axis], count: int) -> bool:
    """Whether the axes run one inside the other, the innermost one row by row, once through all `count` rows."""
    step = 1
    for axis in sorted(axes, key=lambda item: (item.repeat, len(item.names))):
        if axis.repeat != step and len(axis.names) > 1:
            return False
        step *= len(axis.names)
    return step == count


def _search(columns: MarkColumns) -> dict[CellKey, Sequence[int]]:
    found: dict[OrganisationId, dict[CriterionId, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row, (organisation, criterion) in enumerate(zip(columns.organisations, columns.criteria)):
        found[organisation][criterion].append(row)
    return {
        (organisation, criterion): rows for organisation, cells in found.items() for criterion, rows in cells.items()
    }


def pick(column: Sequence[T], rows: Sequence[int]) -> Sequence[T]:
    """These rows of a column."""
    if isinstance(rows, range):
        return column[rows.start : rows.stop : rows.step]
    if len(rows) < 2:
        return [column[row] for row in rows]
    picked: Sequence[T] = itemgetter(*rows)(column)
    return picked
