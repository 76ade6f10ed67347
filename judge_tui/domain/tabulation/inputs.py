"""What goes into a tabulation: marks with their states, adjustments, tallies and the organiser's decisions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One cell: a judge, an organisation, a criterion, and what stands there. `value` is set where state is GIVEN."""

    judge: JudgeId
    organisation: OrganisationId
    criterion: CriterionId
    value: MarkValue | None
    state: MarkState = MarkState.GIVEN
    submitted: bool = True
    group: GroupId | None = None
    paper: bool = False


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
