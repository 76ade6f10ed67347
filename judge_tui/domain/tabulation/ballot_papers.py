"""Ballots that are valid or not as a whole: places (排序票) and votes for the best N."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from judge_tui.domain.event import Criterion, CriterionId, Event, JudgeId, OrganisationId, Places, Votes
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.tabulation.inputs import MarkColumns, MarkState
from judge_tui.domain.tabulation.panels import Seats


@dataclass(frozen=True, slots=True)
class Papers:
    """What was found on the ballots: rows that do not count, places that moved up because somebody before them withdrew
    (row → place), and the notes that say so."""

    void: frozenset[int] = frozenset()
    moved: dict[int, int] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


def read_papers(event: Event, seats: Seats, columns: MarkColumns, withdrawn: frozenset[OrganisationId]) -> Papers:
    """Every ballot of places and votes, checked as a whole."""
    kinds = {item.id: item for item in event.criteria if isinstance(item.method, (Places, Votes))}
    if not kinds:
        return Papers()
    ballots: dict[tuple[CriterionId, JudgeId], list[int]] = defaultdict(list)
    for row, (judge, scored) in enumerate(zip(columns.judges, columns.criteria)):
        if scored in kinds and columns.state(row) is MarkState.GIVEN:
            ballots[scored, judge].append(row)
    void: set[int] = set()
    moved: dict[int, int] = {}
    notes = []
    for (identity, judge), rows in ballots.items():
        criterion = kinds[identity]
        if judge not in seats.scorers[criterion.id]:
            continue
        paper = _Paper(event, seats, columns, judge, rows, withdrawn)
        bad = paper.bad_votes(criterion.method.most) if isinstance(criterion.method, Votes) else []
        if isinstance(criterion.method, Places):
            bad = paper.bad_places(whole=criterion.method.invalid == "ballot")
            moved |= paper.closed_up()
        if bad:
            void.update(bad)
            notes.append(_reason(criterion, len(bad) == len(rows), event.judge_by_id[judge].name))
    return Papers(frozenset(void), moved, tuple(notes))


def _reason(criterion: Criterion, whole: bool, judge: str) -> Message:
    if whole:
        return msg(
            "{criterion}: the ballot of {judge} is invalid and not counted", criterion=criterion.name, judge=judge
        )
    return msg("{criterion}: invalid places of {judge} are not counted", criterion=criterion.name, judge=judge)


@dataclass(frozen=True, slots=True)
class _Paper:
    """One judge's ballot in one criterion."""

    event: Event
    seats: Seats
    columns: MarkColumns
    judge: JudgeId
    rows: Sequence[int]
    withdrawn: frozenset[OrganisationId]

    def bad_votes(self, most: int) -> list[int]:
        """All rows of a ballot with too many votes, or with something that is no vote. Those who withdrew take none."""
        rows = [row for row in self.rows if self.columns.organisations[row] not in self.withdrawn]
        values = [self.columns.values[row] for row in rows]
        cast = sum(value for value in values if isinstance(value, int))
        return list(self.rows) if cast > most or any(value not in (0, 1) for value in values) else []

    def bad_places(self, *, whole: bool) -> list[int]:
        """The rows with a place that is tied, out of range or unreadable; with `whole` all rows where there is any such, or one
        is missing. Who withdrew before the ballot was written is not looked for on it."""
        placed = {self.columns.organisations[row] for row in self.rows}
        own = [item.id for item in self.event.organisations if self.judge not in self.seats.barred.get(item.id, ())]
        field_size = sum(1 for item in own if item not in self.withdrawn or item in placed)
        often = Counter(self.columns.values[row] for row in self.rows)
        bad = [
            row
            for row in self.rows
            for value in (self.columns.values[row],)
            if not isinstance(value, int) or not 1 <= value <= field_size or often[value] > 1
        ]
        return list(self.rows) if whole and (bad or len(self.rows) < field_size) else bad

    def closed_up(self) -> dict[int, int]:
        """Who stands behind one that withdrew later moves up."""
        gone = [
            value
            for row in self.rows
            for value in (self.columns.values[row],)
            if isinstance(value, int) and self.columns.organisations[row] in self.withdrawn
        ]
        return {
            row: value - sum(1 for place in gone if place < value)
            for row in self.rows
            for value in (self.columns.values[row],)
            if isinstance(value, int) and any(place < value for place in gone)
        }
