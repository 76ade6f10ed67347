"""Who is expected to score what: the counted judges of each criterion, and the organisations each of them leaves alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from judge_tui.domain.event import CriterionId, Event, GroupId, JudgeId, OrganisationId


@dataclass(frozen=True, slots=True)
class Seats:
    """The panel as the definition has it.

    `scorers` are each criterion's counted judges with their groups, `practice` those who never count, `barred` the judges
    of each organisation who do not score it (their own, or recused beforehand).
    """

    scorers: Mapping[CriterionId, Mapping[JudgeId, GroupId]]
    practice: frozenset[JudgeId]
    barred: Mapping[OrganisationId, frozenset[JudgeId]]
    group_of: Mapping[JudgeId, GroupId]

    def expected(self, criterion: CriterionId, organisation: OrganisationId) -> list[JudgeId]:
        """The judges whose mark is looked for, in the order of the definition."""
        barred = self.barred.get(organisation, frozenset())
        return [judge for judge in self.scorers[criterion] if judge not in barred]

    def expected_count(self, criterion: CriterionId, organisation: OrganisationId) -> int:
        """How many they are."""
        barred = self.barred.get(organisation)
        scorers = self.scorers[criterion]
        return len(scorers) - (sum(1 for judge in barred if judge in scorers) if barred else 0)


def seats_of(event: Event) -> Seats:
    """The panel of an event."""
    counted = [judge for judge in event.judges if not judge.practice]
    scorers: dict[CriterionId, dict[JudgeId, GroupId]] = {criterion.id: {} for criterion in event.criteria}
    barred: dict[OrganisationId, set[JudgeId]] = {}
    for judge in counted:
        for criterion in event.criteria_of(judge):
            scorers[criterion.id][judge.id] = judge.group
        for organisation in (judge.organisation, *judge.recused):
            if organisation is not None:
                barred.setdefault(organisation, set()).add(judge.id)
    return Seats(
        scorers,
        frozenset(judge.id for judge in event.judges if judge.practice),
        {organisation: frozenset(judges) for organisation, judges in barred.items()},
        {judge.id: judge.group for judge in counted},
    )
