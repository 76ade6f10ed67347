"""What one organisation's assessment works on, and where it notes what is lacking."""

from __future__ import annotations

from dataclasses import dataclass, field

from judge_tui.domain.event import Criterion, CriterionId, Event, GroupId, OrganisationId, PhaseId
from judge_tui.domain.messages import Message
from judge_tui.domain.tabulation.counting import TallyCount
from judge_tui.domain.tabulation.declared import Declared
from judge_tui.domain.tabulation.inputs import Adjustment
from judge_tui.domain.tabulation.intake import Cell
from judge_tui.domain.tabulation.panels import Seats
from judge_tui.domain.tabulation.result import Lack

POOL = GroupId("")
"""Stands for all groups together."""

WHOLE = PhaseId("")
"""Stands for the whole event."""


@dataclass(frozen=True)
class Material:
    """One organisation's cells, tallies and adjustments beside the rules.

    `judged` are the criteria and `scored` the phases that anything was given for in this contest; `untrimmed` leaves every mark
    in (for a tie).
    """

    event: Event
    declared: Declared
    seats: Seats
    organisation: OrganisationId
    cells: dict[CriterionId, Cell]
    tallies: dict[CriterionId, tuple[TallyCount, ...]]
    adjustments: tuple[Adjustment, ...]
    judged: frozenset[CriterionId]
    scored: frozenset[PhaseId]
    untrimmed: bool = False
    lacks: list[Lack] = field(default_factory=list)

    def lack(self, code: str, message: Message, criterion: str = "") -> None:
        """Note something that is lacking, once."""
        lack = Lack(code, message, "", self.organisation, criterion)
        if lack not in self.lacks:
            self.lacks.append(lack)

    def criteria(self, phase: PhaseId = WHOLE) -> tuple[Criterion, ...]:
        """The criteria that were judged in this contest, of one phase or of all."""
        return tuple(
            item for item in self.event.criteria if item.id in self.judged and (not phase or item.phase == phase)
        )

    def group_name(self, group: GroupId) -> str:
        """A group as people call it."""
        found = self.event.group_by_id.get(group)
        return found.name if found else str(group)
