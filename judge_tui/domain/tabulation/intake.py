"""From marks as given to the ones that count: states sorted out, nothing lost without a word, what is missing named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import Criterion, CriterionId, Event, Grades, JudgeId, OrganisationId
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.rules import Counted, Missing
from judge_tui.domain.tabulation.ballot_papers import Papers
from judge_tui.domain.tabulation.declared import Declared
from judge_tui.domain.tabulation.inputs import MarkColumns, MarkState
from judge_tui.domain.tabulation.locating import locate, pick
from judge_tui.domain.tabulation.panels import Seats
from judge_tui.domain.tabulation.result import Lack
from judge_tui.domain.tabulation.scale import Scale, ends_of, scale_of, takes_all


@dataclass(frozen=True)
class Cell:
    """The marks that count for one organisation in one criterion: row numbers and points (thousandths), in one order.

    `excused` are judges without a mark for a stated reason (absent, recused); `lacks` is what is missing or doubtful.
    """

    columns: MarkColumns
    rows: Sequence[int]
    values: Sequence[int]
    excused: tuple[tuple[JudgeId, MarkState], ...] = ()
    lacks: tuple[Lack, ...] = ()

    @cached_property
    def judges(self) -> Sequence[JudgeId]:
        """The judges, in the order of `values`."""
        return pick(self.columns.judges, self.rows)

    @property
    def raw(self) -> dict[JudgeId, MarkValue | None]:
        """What each judge gave, before it was turned into points."""
        return dict(zip(self.judges, pick(self.columns.values, self.rows), strict=True))

    @cached_property
    def by_judge(self) -> dict[JudgeId, int]:
        """Each judge's points."""
        return dict(zip(self.judges, self.values, strict=True))


class Intake:
    """The rows of one event, found by organisation and criterion."""

    def __init__(self, event: Event, seats: Seats, columns: MarkColumns, declared: Declared) -> None:
        self.event = event
        self.seats = seats
        self.declared = declared
        self.scales: dict[CriterionId, Scale] = {item.id: scale_of(item) for item in event.criteria}
        places = locate(columns, event)
        self.columns = places.columns
        self.rows, self.judges, self.unique = places.rows, places.judges, places.unique
        self._distinct = places.distinct
        self.papers = Papers()

    @cached_property
    def judged(self) -> frozenset[CriterionId]:
        """The criteria in which anybody was given anything; the others were not judged in this contest."""
        return frozenset(criterion for (_, criterion), rows in self.rows.items() if any(map(self._given, rows)))

    @cached_property
    def plain(self) -> bool:
        """Whether every row is a given, submitted mark of a judge who counts everywhere, so that none has to be looked at."""
        everyone = frozenset(self.judges)
        return not (
            self.columns.states
            or (self.columns.unsubmitted and self.event.tabulation.counted is Counted.SUBMITTED)
            or self.papers.void
            or self.papers.moved
            or self.seats.barred
            or not all(everyone <= scorers.keys() for scorers in self.seats.scorers.values())
        )

    @cached_property
    def ends(self) -> tuple[int, int] | None:
        """The lowest and highest of all marks, where all are numbers."""
        return ends_of(set(self.columns.values) if self._distinct is None else self._distinct)

    def changed(self) -> None:
        """Forget what was known of the marks as a whole: one of them is another."""
        self._distinct = None
        for known in ("plain", "ends"):
            self.__dict__.pop(known, None)

    def _given(self, row: int) -> bool:
        return self.columns.state(row) is MarkState.GIVEN

    def cell(self, criterion: Criterion, organisation: OrganisationId) -> Cell:
        """What counts for one organisation in one criterion."""
        rows = self.rows.get((organisation, criterion.id), ())
        expected = self.seats.expected_count(criterion.id, organisation)
        if self.plain and len(rows) == expected and rows:
            whole = takes_all(criterion, self.ends)
            if whole and (self.unique or len(set(pick(self.columns.judges, rows))) == expected):
                return Cell(self.columns, rows, pick(self.columns.values, rows))  # type: ignore[arg-type]
        return self._sorted_out(criterion, organisation, rows)

    def _sorted_out(self, criterion: Criterion, organisation: OrganisationId, rows: Sequence[int]) -> Cell:
        """Row by row: what counts, who is excused, what is in doubt, who is missing."""
        reading = _Reading(self, criterion, organisation)
        for row in rows:
            reading.take(row)
        return reading.cell()


class _Reading:
    """One cell while it is read row by row."""

    def __init__(self, intake: Intake, criterion: Criterion, organisation: OrganisationId) -> None:
        self.intake = intake
        self.criterion = criterion
        self.organisation = organisation
        self.scorers = intake.seats.scorers[criterion.id]
        self.barred = intake.seats.barred.get(organisation, frozenset())
        self.rows: dict[JudgeId, int] = {}
        self.values: list[int] = []
        self.excused: dict[JudgeId, MarkState] = {}
        self.doubtful: set[JudgeId] = set()
        self.lacks: list[Lack] = []

    def take(self, row: int) -> None:
        columns = self.intake.columns
        judge, state = columns.judges[row], columns.state(row)
        if judge in self.barred or judge not in self.scorers:
            return
        if judge in self.rows or judge in self.doubtful:
            self._doubt(judge, "conflict", msg("two marks of one judge for the same thing"))
        elif state in (MarkState.ABSENT, MarkState.RECUSED, MarkState.WITHDRAWN):
            self.excused[judge] = state
        elif state is MarkState.CONFLICT:
            self._doubt(judge, "conflict", msg("conflicting marks that nobody has resolved"))
        elif state is not MarkState.GIVEN:
            return
        elif row in columns.unsubmitted and self.intake.event.tabulation.counted is Counted.SUBMITTED:
            self._doubt(judge, "unsubmitted", msg("the sheet has not been submitted"))
        elif row in self.intake.papers.void:
            self.excused[judge] = MarkState.BLANK
        else:
            self._count(judge, row)

    def _count(self, judge: JudgeId, row: int) -> None:
        value = self.intake.papers.moved.get(row, self.intake.columns.values[row])
        points = self.intake.scales[self.criterion.id](value)
        if points is None:
            self._doubt(judge, "invalid", msg("a mark that this criterion does not know"))
        else:
            self.rows[judge] = row
            self.values.append(points)

    def _doubt(self, judge: JudgeId, code: str, message: Message) -> None:
        if judge in self.rows:
            self.values.pop(list(self.rows).index(judge))
            del self.rows[judge]
        if judge not in self.doubtful:
            self.lacks.append(Lack(code, message, judge, self.organisation, self.criterion.id))
        self.doubtful.add(judge)

    def cell(self) -> Cell:
        lacks = self.lacks
        unsigned = isinstance(self.criterion.method, Grades) and self.criterion.method.anonymous
        if self.intake.declared.missing(self.criterion) is Missing.REFUSE and not unsigned:
            for judge in self.scorers:
                if judge not in self.barred | self.rows.keys() | self.excused.keys() | self.doubtful:
                    message = msg("no mark was given")
                    lacks.append(Lack("missing", message, judge, self.organisation, self.criterion.id))
        return Cell(
            self.intake.columns,
            tuple(self.rows.values()),
            tuple(self.values),
            tuple(self.excused.items()),
            tuple(lacks),
        )


def unknown_judges(event: Event, judges: Iterable[str], named: Iterable[str] = ()) -> tuple[Lack, ...]:
    """People in the marks whom the definition does not name; their marks are kept and not counted."""
    known = event.judge_by_id
    strangers = dict.fromkeys([*named, *(judge for judge in judges if judge not in known)])
    return tuple(
        Lack("unknown_judge", msg("a judge whom the definition does not name; the marks are not counted"), judge)
        for judge in strangers
    )
