"""Ballots that are valid or not as a whole: places (排序票) and votes for the best N."""

from __future__ import annotations

from collections import Counter, defaultdict

from judge_tui.domain.event import Criterion, CriterionId, Event, JudgeId, OrganisationId, Places, Votes
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.tabulation.inputs import MarkColumns, MarkState
from judge_tui.domain.tabulation.panels import Seats


def void_rows(
    event: Event, seats: Seats, columns: MarkColumns, withdrawn: frozenset[OrganisationId]
) -> tuple[frozenset[int], tuple[Message, ...]]:
    """The rows that do not count because their ballot, or their place on it, is invalid; and the notes that say so."""
    kinds = {item.id: item for item in event.criteria if isinstance(item.method, (Places, Votes))}
    if not kinds:
        return frozenset(), ()
    papers: dict[tuple[CriterionId, JudgeId], list[int]] = defaultdict(list)
    for row, (judge, organisation, scored) in enumerate(zip(columns.judges, columns.organisations, columns.criteria)):
        if scored in kinds and columns.state(row) is MarkState.GIVEN and organisation not in withdrawn:
            papers[scored, judge].append(row)
    void: set[int] = set()
    notes = []
    for (identity, judge), rows in papers.items():
        criterion = kinds[identity]
        if judge not in seats.scorers[criterion.id]:
            continue
        bad = _bad_rows(event, seats, columns, criterion, judge, rows, withdrawn)
        if bad:
            name = event.judge_by_id[judge].name
            void.update(bad)
            notes.append(_reason(criterion, len(bad) == len(rows), name))
    return frozenset(void), tuple(notes)


def _reason(criterion: Criterion, whole: bool, judge: str) -> Message:
    if whole:
        return msg(
            "{criterion}: the ballot of {judge} is invalid and not counted", criterion=criterion.name, judge=judge
        )
    return msg("{criterion}: invalid places of {judge} are not counted", criterion=criterion.name, judge=judge)


def _bad_rows(
    event: Event,
    seats: Seats,
    columns: MarkColumns,
    criterion: Criterion,
    judge: JudgeId,
    rows: list[int],
    withdrawn: frozenset[OrganisationId],
) -> list[int]:
    values = [columns.values[row] for row in rows]
    if isinstance(criterion.method, Votes):
        cast = sum(value for value in values if isinstance(value, int))
        return rows if cast > criterion.method.most or any(value not in (0, 1) for value in values) else []
    assert isinstance(criterion.method, Places)
    field = [
        item.id
        for item in event.organisations
        if item.id not in withdrawn and judge not in seats.barred.get(item.id, frozenset())
    ]
    often = Counter(values)
    bad = [
        row
        for row, value in zip(rows, values)
        if not isinstance(value, int) or not 1 <= value <= len(field) or often[value] > 1
    ]
    if criterion.method.invalid == "ballot":
        return rows if bad or len(rows) < len(field) else []
    return bad
