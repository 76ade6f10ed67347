"""Where the rows of each organisation and criterion are: found at once where the sheets are whole, in whatever order their rows
stand, else searched."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import prod
from operator import getitem, itemgetter, setitem
from typing import Any, TypeVar, overload

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import CriterionId, Event, JudgeId, OrganisationId
from judge_tui.domain.tabulation.inputs import MarkColumns

T = TypeVar("T")
CellKey = tuple[OrganisationId, CriterionId]


@dataclass(frozen=True, slots=True)
class Places:
    """Row numbers by organisation and criterion in `columns`, and everybody who stands in the judges' column. `columns` are those
    that were given, or the same rows in another order; `unique` says that it is proven that nobody has two rows for the same
    thing; `distinct` are the different values that stand there, where somebody has looked already."""

    rows: dict[CellKey, Sequence[int]]
    judges: Collection[JudgeId]
    unique: bool
    columns: MarkColumns
    distinct: frozenset[MarkValue | None] | None = None


@dataclass(frozen=True, slots=True)
class _Axis(Sequence[str]):
    """A column of `length` cells that runs through `names`, each `repeat` times, over and over."""

    names: Sequence[str]
    repeat: int
    length: int

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, at: int, /) -> str: ...
    @overload
    def __getitem__(self, at: slice, /) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice, /) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(self.length))]
        return self.names[range(self.length)[at] // self.repeat % len(self.names)]

    def written_out(self) -> list[str]:
        """The column cell by cell."""
        once: list[str] = []
        for name in self.names:
            once += [name] * self.repeat
        return once * (self.length // len(once))


def locate(columns: MarkColumns, event: Event | None = None) -> Places:
    """The rows of every cell. A complete grid of judges × organisations × criteria, in any nesting, needs no search: the rows of
    a cell are an arithmetic sequence. Rows of such a grid in no order are put in order first: memory read in one direction is
    what makes a million of them quick. `event` says who is likely to be in it, which spares looking for the names."""
    found = _regular(columns) or _put_in_order(columns, event)
    return found or Places(_search(columns), dict.fromkeys(columns.judges), unique=False, columns=columns)


def _regular(columns: MarkColumns) -> Places | None:
    axes = [_axis(column) for column in (columns.judges, columns.organisations, columns.criteria)]
    judges, organisations, criteria = axes
    if (
        judges is None
        or organisations is None
        or criteria is None
        or not _nested([judges, organisations, criteria], len(columns))
    ):
        return None
    return _places(columns, judges, organisations, criteria)


def _places(columns: MarkColumns, judges: _Axis, organisations: _Axis, criteria: _Axis) -> Places:
    """The rows of a grid that runs like this."""
    span = judges.repeat * len(judges.names)
    rows: dict[CellKey, Sequence[int]] = {
        (OrganisationId(organisation), CriterionId(criterion)): range(first, first + span, judges.repeat)
        for first_o, organisation in enumerate(organisations.names)
        for first_c, criterion in enumerate(criteria.names)
        for first in (first_o * organisations.repeat + first_c * criteria.repeat,)
    }
    return Places(rows, [JudgeId(name) for name in judges.names], unique=True, columns=columns)


def _put_in_order(columns: MarkColumns, event: Event | None) -> Places | None:
    """The same rows organisation by organisation, criterion by criterion, judge by judge.

    None where they are no complete grid of given, submitted marks: a row too few or too many, one judge twice in a cell.
    """
    if columns.states or columns.unsubmitted or not columns:
        return None
    names = _names(columns, event)
    if names is None:
        return None
    judges, organisations, criteria = names
    nothing: Any = object()
    cells = {name: {criterion: [nothing] * len(judges) for criterion in criteria} for name in organisations}
    try:
        # One column after the other: memory read in one direction, and only the last step jumps about.
        seats = list(map(judges.__getitem__, columns.judges))
        of_organisation = list(map(cells.__getitem__, columns.organisations))
        cell_of_row = list(map(getitem, of_organisation, columns.criteria))
    except KeyError:
        return _put_in_order(columns, None)
    deque(map(setitem, cell_of_row, seats, columns.values), maxlen=0)
    values: list[MarkValue | None] = list(chain.from_iterable(cell for row in cells.values() for cell in row.values()))
    distinct = frozenset(values)
    if nothing in distinct:
        return None
    axes = (
        _Axis(list(judges), 1, len(values)),
        _Axis(list(organisations), len(criteria) * len(judges), len(values)),
        _Axis(list(criteria), len(judges), len(values)),
    )
    # Columns that are a rule and no list: nobody changes them without making a copy first.
    return replace(_places(MarkColumns(*axes, values=values), *axes), distinct=distinct)  # type: ignore[arg-type]


def _names(columns: MarkColumns, event: Event | None) -> list[dict[str, int]] | None:
    """The names of judges, organisations and criteria, numbered: the event's where a grid of them would have as many rows as
    there are, else those that stand in the columns; None where these make no grid either."""
    if event is not None:
        everybody = [[item.id for item in items] for items in (event.judges, event.organisations, event.criteria)]
        if prod(map(len, everybody)) == len(columns):
            return list(map(_numbered, everybody))
    named = [dict.fromkeys(column) for column in (columns.judges, columns.organisations, columns.criteria)]
    return list(map(_numbered, named)) if prod(map(len, named)) == len(columns) else None


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


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
    axis = _Axis(names, repeat, len(column))
    return axis if axis.written_out() == column else None


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
