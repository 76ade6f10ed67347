"""Anonymous ballots counted by class: grades × points, divided by the valid ballots or whatever is declared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from judge_tui.domain.event import Criterion, CriterionId, Event, Grades, GroupId, OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.domain.rules import BallotBase
from judge_tui.domain.tabulation.inputs import Tally
from judge_tui.domain.tabulation.result import Lack


@dataclass(frozen=True, slots=True)
class TallyCount:
    """One class's ballots as points (thousandths), one a ballot, what their sum is divided by, and the tallies they come from."""

    group: GroupId
    values: tuple[int, ...]
    over: int
    tallies: tuple[Tally, ...] = ()

    @classmethod
    def pooled(cls, counts: Sequence[TallyCount]) -> TallyCount:
        """All classes as one."""
        return cls(
            GroupId(""),
            tuple(value for item in counts for value in item.values),
            sum(item.over for item in counts),
            tuple(tally for item in counts for tally in item.tallies),
        )


def count_tallies(
    event: Event, tallies: Iterable[Tally]
) -> tuple[dict[OrganisationId, dict[CriterionId, tuple[TallyCount, ...]]], tuple[Lack, ...]]:
    """Every organisation's tallies by criterion; those whose numbers do not fit together are named and not counted."""
    found: dict[OrganisationId, dict[CriterionId, tuple[TallyCount, ...]]] = {}
    lacks = []
    for tally in tallies:
        criterion = event.criterion_by_id.get(tally.criterion)
        counted = _count(event, criterion, tally) if criterion else None
        if counted is None:
            message = msg("the ballots of {group} do not add up", group=_group_name(event, tally.group))
            lacks.append(Lack("invalid", message, "", tally.organisation, tally.criterion))
            continue
        mine = found.setdefault(tally.organisation, {})
        mine[tally.criterion] = (*mine.get(tally.criterion, ()), counted)
    return found, tuple(lacks)


def _group_name(event: Event, group: GroupId) -> str:
    named = event.group_by_id.get(group)
    return named.name if named else str(group)


def _count(event: Event, criterion: Criterion, tally: Tally) -> TallyCount | None:
    """None where the numbers contradict one another: issued ≥ returned ≥ valid, valid = the grades' counts together."""
    if not isinstance(criterion.method, Grades):
        return None
    worth = {grade.id: grade.points for grade in criterion.method.grades}
    total = sum(count for _, count in tally.counts)
    sound = (
        tally.issued >= tally.returned >= tally.valid
        and tally.valid == total
        and tally.valid + tally.abstained <= tally.returned
        and all(grade in worth and count >= 0 for grade, count in tally.counts)
    )
    if not sound:
        return None
    base = {
        BallotBase.VALID: tally.valid,
        BallotBase.RETURNED: tally.returned,
        BallotBase.ISSUED: tally.issued,
    }[event.tabulation.ballots]
    values = tuple(worth[grade] for grade, count in tally.counts for _ in range(count))
    return TallyCount(tally.group, values, base, (tally,))
