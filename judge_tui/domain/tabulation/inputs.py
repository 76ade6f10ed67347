"""What goes into a tabulation: marks with their states, adjustments, tallies and the organiser's decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, overload

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import CriterionId, GroupId, JudgeId, OrganisationId


class MarkState(StrEnum):
    """What stands where a mark would be. Five different things everywhere, never zero by accident (and two doubts)."""

    GIVEN = "given"
    BLANK = "blank"
    ABSENT = "absent"
    RECUSED = "recused"
    WITHDRAWN = "withdrawn"
    CONFLICT = "conflict"
    LATE = "late"


class MarkRow(NamedTuple):
    """One cell: a judge, an organisation, a criterion, and what stands there. `value` is set where state is GIVEN.

    `group` is the class the judge sat in as written on paper, for display; what counts is the definition's.
    """

    judge: JudgeId
    organisation: OrganisationId
    criterion: CriterionId
    value: MarkValue | None
    state: MarkState = MarkState.GIVEN
    submitted: bool = True
    group: GroupId | None = None
    paper: bool = False


@dataclass(slots=True)
class MarkColumns(Sequence[MarkRow]):
    """The same as a sequence of rows, kept as columns of equal length, which is what a large tabulation works on.

    Columns that are to be changed are lists; such as are only read may be any sequence. `states` lists only the rows that are not GIVEN, `unsubmitted` the rows of sheets not submitted, by row number.
    """

    judges: list[JudgeId]
    organisations: list[OrganisationId]
    criteria: list[CriterionId]
    values: list[MarkValue | None]
    states: dict[int, MarkState] = field(default_factory=dict)
    unsubmitted: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, rows: Iterable[MarkRow]) -> MarkColumns:
        """A copy of these rows in columns."""
        if isinstance(rows, MarkColumns):
            return cls(
                list(rows.judges),
                list(rows.organisations),
                list(rows.criteria),
                list(rows.values),
                dict(rows.states),
                set(rows.unsubmitted),
            )
        columns = cls([], [], [], [])
        for row in rows:
            columns.append(row)
        return columns

    def append(self, row: MarkRow) -> int:
        """Add a row; its number is returned."""
        self.judges.append(row.judge)
        self.organisations.append(row.organisation)
        self.criteria.append(row.criterion)
        self.values.append(row.value)
        number = len(self.judges) - 1
        self._note(number, row)
        return number

    def replace(self, number: int, row: MarkRow) -> None:
        """Put another mark where this row is; judge, organisation and criterion stay."""
        self.values[number] = row.value
        self.states.pop(number, None)
        self.unsubmitted.discard(number)
        self._note(number, row)

    def _note(self, number: int, row: MarkRow) -> None:
        if row.state is not MarkState.GIVEN:
            self.states[number] = row.state
        if not row.submitted:
            self.unsubmitted.add(number)

    def state(self, number: int) -> MarkState:
        """What stands in a row."""
        return self.states.get(number, MarkState.GIVEN)

    def __len__(self) -> int:
        return len(self.judges)

    @overload
    def __getitem__(self, number: int, /) -> MarkRow: ...
    @overload
    def __getitem__(self, number: slice, /) -> Sequence[MarkRow]: ...
    def __getitem__(self, number: int | slice, /) -> MarkRow | Sequence[MarkRow]:
        if isinstance(number, slice):
            return [self[index] for index in range(*number.indices(len(self)))]
        index = range(len(self))[number]
        return MarkRow(
            self.judges[index],
            self.organisations[index],
            self.criteria[index],
            self.values[index],
            self.state(index),
            index not in self.unsubmitted,
        )


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points (thousandths) after the mean, with a name, a reason and who signed."""

    organisation: OrganisationId
    name: str
    points: int
    reason: str = ""
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """Anonymous ballots of one class for one organisation and criterion: counts only, never a voter (发出/收回/有效/弃权)."""

    group: GroupId
    organisation: OrganisationId
    criterion: CriterionId
    issued: int
    returned: int
    valid: int
    abstained: int
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """The organiser's recorded decision between tied organisations, best first (`award` set: who gets an award at the cut)."""

    organisations: tuple[OrganisationId, ...]
    reason: str
    by: tuple[str, ...] = ()
    award: str = ""


@dataclass(frozen=True, slots=True)
class Ballots:
    """All that was given. `unknown_judges` are people in the marks whom the definition does not name."""

    rows: Sequence[MarkRow]
    adjustments: tuple[Adjustment, ...] = ()
    tallies: tuple[Tally, ...] = ()
    decisions: tuple[Decision, ...] = ()
    unknown_judges: tuple[str, ...] = ()
