"""Judges × organisations: what has arrived and what has not, each cell in one of several states that are never confused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from judge_tui.domain import marks
from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import Criterion, CriterionId, Event, Judge, JudgeId, Organisation, OrganisationId
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import THOUSAND
from judge_tui.domain.tabulation.inputs import Ballots, MarkRow, MarkState


class CellState(StrEnum):
    """What stands between one judge and one organisation, over all criteria that the judge scores there."""

    NOTHING = "nothing"
    BLANK = "blank"
    PARTIAL = "partial"
    ZERO = "zero"
    GIVEN = "given"
    SUBMITTED = "submitted"
    ABSENT = "absent"
    RECUSED = "recused"
    WITHDRAWN = "withdrawn"
    LATE = "late"
    CONFLICT = "conflict"


STATE_WORDS: dict[CellState, Message] = {
    CellState.NOTHING: msg("nothing to score"),
    CellState.BLANK: msg("blank"),
    CellState.PARTIAL: msg("begun"),
    CellState.ZERO: msg("zero points"),
    CellState.GIVEN: msg("given, not submitted"),
    CellState.SUBMITTED: msg("submitted"),
    CellState.ABSENT: msg("absent"),
    CellState.RECUSED: msg("recused"),
    CellState.WITHDRAWN: msg("withdrawn"),
    CellState.LATE: msg("late"),
    CellState.CONFLICT: msg("conflict"),
}
"""Each state in words."""

DOUBTFUL = frozenset({CellState.LATE, CellState.CONFLICT})
WAITING = frozenset({CellState.BLANK, CellState.PARTIAL})


@dataclass(frozen=True, slots=True)
class Cell:
    """One judge's sheet for one organisation: `given` of `asked` marks are there; `total` is their sum in weighted points
    (None where there is none, or where marks are no points); `paper` marks were entered from paper."""

    state: CellState
    given: int = 0
    asked: int = 0
    total: Fraction | None = None
    paper: bool = False
    submitted: bool = False


@dataclass(frozen=True, slots=True)
class Received:
    """How much of what one judge owes has arrived: marks `given` of `asked`, organisations `submitted` of `sheets`."""

    judge: Judge
    given: int
    asked: int
    submitted: int
    sheets: int
    doubtful: int

    @property
    def complete(self) -> bool:
        """Whether everything this judge owes has arrived, submitted, and nothing of it is in doubt."""
        return self.submitted == self.sheets and self.given == self.asked and not self.doubtful


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole picture: `cells[judge][organisation]` by position in `judges` and `organisations`."""

    judges: tuple[Judge, ...]
    organisations: tuple[Organisation, ...]
    cells: tuple[tuple[Cell, ...], ...]
    received: tuple[Received, ...]

    @property
    def given(self) -> int:
        """Marks that are there."""
        return sum(item.given for item in self.received)

    @property
    def asked(self) -> int:
        """Marks that are owed."""
        return sum(item.asked for item in self.received)

    @property
    def complete_judges(self) -> int:
        """Judges who owe nothing any more."""
        return sum(item.complete for item in self.received)


class Worths:
    """What marks are worth in weighted points, in whole numbers of one unit: a hall's marks are many, their values few."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        common = lcm(*(item.weight.denominator for item in criteria))
        self._unit = THOUSAND * common
        self._factors = {item.id: (item.method, int(item.weight * common)) for item in criteria}
        self._known: dict[tuple[CriterionId, MarkValue], int | None] = {}

    def total(self, given: Iterable[MarkRow]) -> Fraction | None:
        """The sum in points; None where no mark is a number of points."""
        worth = [self._of(row.criterion, row.value) for row in given if row.value is not None]
        known = [value for value in worth if value is not None]
        return Fraction(sum(known), self._unit) if known else None

    def _of(self, criterion: CriterionId, value: MarkValue) -> int | None:
        try:
            return self._known[criterion, value]
        except KeyError:
            method, factor = self._factors[criterion]
            bare = marks.bare_points(method, value)
            worth = self._known[criterion, value] = None if bare is None else bare * factor
            return worth


def matrix(event: Event, ballots: Ballots, criterion: CriterionId | None = None) -> Matrix:
    """The matrix of an event and what was given in it, over all criteria or over one."""
    rows: dict[tuple[JudgeId, OrganisationId], dict[CriterionId, MarkRow]] = {}
    for row in ballots.rows:
        if criterion is None or row.criterion == criterion:
            rows.setdefault((row.judge, row.organisation), {})[row.criterion] = row
    worths = Worths(event.criteria)
    lines: list[tuple[Cell, ...]] = []
    received: list[Received] = []
    for judge in event.judges:
        asked = [item for item in event.criteria_of(judge) if criterion is None or item.id == criterion]
        if all(_anonymous(item) for item in asked):
            line = (Cell(CellState.NOTHING),) * len(event.organisations)
        else:
            line = tuple(
                _cell(event, judge, organisation, asked, rows.get((judge.id, organisation.id), {}), worths)
                for organisation in event.organisations
            )
        lines.append(line)
        received.append(_received(judge, line))
    return Matrix(event.judges, event.organisations, tuple(lines), tuple(received))


def _cell(
    event: Event,
    judge: Judge,
    organisation: Organisation,
    asked: Sequence[Criterion],
    rows: dict[CriterionId, MarkRow],
    worths: Worths,
) -> Cell:
    present = [rows[item.id] for item in asked if item.id in rows]
    states = {row.state for row in present}
    paper = any(row.paper for row in present)
    given = [row for row in present if row.state is MarkState.GIVEN]
    submitted = bool(given) and all(row.submitted for row in given)
    total = worths.total(given)
    for state, cell_state in _PLAIN:
        if state in states:
            return Cell(cell_state, len(given), len(asked), total, paper, submitted)
    if organisation.status == "withdrawn":
        return Cell(CellState.WITHDRAWN, len(given), 0, total, paper)
    if MarkState.WITHDRAWN in states:
        return Cell(CellState.WITHDRAWN, len(given), 0, total, paper)
    if not event.scores(judge, organisation.id) or MarkState.RECUSED in states:
        return Cell(CellState.RECUSED, 0, 0, None, paper)
    if MarkState.ABSENT in states:
        return Cell(CellState.ABSENT, 0, 0, None, paper)
    if not given:
        return Cell(CellState.BLANK, 0, len(asked))
    if len(given) < len(asked):
        return Cell(CellState.PARTIAL, len(given), len(asked), total, paper, submitted)
    if total == 0:
        return Cell(CellState.ZERO, len(given), len(asked), total, paper, submitted)
    return Cell(CellState.SUBMITTED if submitted else CellState.GIVEN, len(given), len(asked), total, paper, submitted)


_PLAIN = ((MarkState.CONFLICT, CellState.CONFLICT), (MarkState.LATE, CellState.LATE))


def _anonymous(criterion: Criterion) -> bool:
    return bool(getattr(criterion.method, "anonymous", False))


def _received(judge: Judge, line: Sequence[Cell]) -> Received:
    owed = [cell for cell in line if cell.asked]
    return Received(
        judge,
        sum(cell.given for cell in owed),
        sum(cell.asked for cell in owed),
        sum(cell.submitted and cell.given == cell.asked for cell in owed),
        len(owed),
        sum(cell.state in DOUBTFUL for cell in line),
    )
