"""The event definition: what is contested, by whom, in which order, and who scores what.

Everything here is immutable and already validated (`judge_tui.domain.definition` builds it). Ids are stable across
amendments: marks refer to them, names may change.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import NewType

from judge_tui.domain.commitments import Commitment
from judge_tui.domain.rules import AdjustmentRule, Award, Tabulation

EventId = NewType("EventId", str)
OrganisationId = NewType("OrganisationId", str)
CriterionId = NewType("CriterionId", str)
JudgeId = NewType("JudgeId", str)
GroupId = NewType("GroupId", str)
PhaseId = NewType("PhaseId", str)


class OrganisationKind(StrEnum):
    """What presents: an organisation (参评单位), or a person in a speech contest (选手)."""

    ORGANISATION = "organisation"
    PERSON = "person"


class PhaseKind(StrEnum):
    """What happens in a phase; the order of phases is the definition's, never the program's."""

    VISIT = "visit"
    TALK = "talk"
    QUESTIONS = "questions"
    DOCUMENTS = "documents"
    APPRAISAL = "appraisal"
    COMMENT = "comment"


class Pace(StrEnum):
    """How a phase runs: inside each organisation's turn, as a round of its own through all of them, or once for all."""

    TURN = "turn"
    ROUND = "round"
    ONCE = "once"


class Reveal(StrEnum):
    """How the projector reveals: one by one from the last place, award by award, the first few only, or all at once."""

    ONE_BY_ONE = "one_by_one"
    AWARDS = "awards"
    TOP = "top"
    ALL = "all"


class Scoring(StrEnum):
    """When judges score: after each turn, all together at the end (集中打分), or as they like."""

    TURN = "turn"
    BATCH = "batch"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Material:
    """A file that belongs to an organisation: a report, a slide deck, a picture. `file` is relative to the media folder.

    `sha256` is lower-case hex, or empty where the definition does not pin the file; `when` is `before`, `during` or
    `after` (整治前/中/后) for evidence pictures, or empty.
    """

    file: str
    caption: str = ""
    when: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One that presents and is assessed. `number` is its place in the running order as printed, from 1.

    `officer` is the leader assigned to it (包村/联片), who may have to be recused; `division` is the class inside which
    it is ranked, where the event ranks by class; `unit` is a person's employer. `status` is empty, `withdrawn` (stays in
    the record, has no place), `vetoed` (一票否决) or `guest` (presents out of competition). `honours` are what it
    has won before, as printed (3月“最美村”); `commitments` are what it has promised.
    """

    id: OrganisationId
    number: int
    name: str
    kind: OrganisationKind = OrganisationKind.ORGANISATION
    area: str = ""
    presenter: str = ""
    officer: str = ""
    unit: str = ""
    division: str = ""
    status: str = ""
    status_reason: str = ""
    materials: tuple[Material, ...] = ()
    honours: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgeGroup:
    """A class of judges with a weight of its own (班子成员 60 %, 中层干部 40 %)."""

    id: GroupId
    name: str
    weight: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Judge:
    """One who scores. `practice` judges never count; `organisation` is the judge's own (互评), which he does not score;
    `recused` are organisations he is excluded from beforehand; `criteria` are those he scores (empty: all of his group's)."""

    id: JudgeId
    name: str
    group: GroupId
    practice: bool = False
    organisation: OrganisationId | None = None
    recused: tuple[OrganisationId, ...] = ()
    criteria: tuple[CriterionId, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the event. Times are seconds, 0 for none; `weight` is used where phases are weighted.

    Consecutive phases of pace `turn` make up one organisation's turn. `by` is who acts in it, as printed (分包班子成员);
    `stops` are the sites of a visit, which need not be contestants.
    """

    id: PhaseId
    name: str
    kind: PhaseKind = PhaseKind.TALK
    weight: Fraction = Fraction(1)
    min_time: int = 0
    max_time: int = 0
    stops: tuple[str, ...] = ()
    pace: Pace = Pace.TURN
    by: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """Points from `least` to `most` in steps of `step`, all in thousandths. With `deduct` the judge starts from `most`
    and enters what is taken off; what is stored is the mark that remains. `step_given`: the definition itself names the
    step, so that it binds marks from elsewhere, too."""

    least: int
    most: int
    step: int
    deduct: bool = False
    step_given: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade of a ballot (优秀/良好/合格 …) and the points it is worth, in thousandths."""

    id: str
    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Grades:
    """A grade ballot. `anonymous` ballots are counted by class and never carry a judge (无记名测评)."""

    grades: tuple[Grade, ...]
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One thing that is checked and the points taken off, in thousandths, where it is found wanting."""

    id: str
    text: str
    off: int


@dataclass(frozen=True, slots=True)
class Checklist:
    """Full marks minus the items found wanting, never under `least` (thousandths)."""

    full: int
    items: tuple[CheckItem, ...]
    least: int = 0


@dataclass(frozen=True, slots=True)
class Places:
    """Each judge puts the organisations in order: 1 is best. `invalid` says what a ballot with tied, skipped or altered
    places costs: the whole `ballot`, or the bad `place` alone. `points` (thousandths) are what the first, second … place is
    worth where places become points; empty, the place itself is the figure (rank sum)."""

    invalid: str = "ballot"
    points: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Votes:
    """Each judge votes for the best `most`; fewer is valid, more is not."""

    most: int


Method = Points | Grades | Checklist | Places | Votes


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the scale with a name, shown where the mark is given: 45~50 优秀. Ends in thousandths, both included."""

    least: int
    most: int
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is scored. `groups` is who scores it (empty: everyone); `weight` multiplies the mark (权重, factor).

    `bonus` marks points beyond full marks; `comment_below` and `comment_from` (thousandths) are the marks that need a
    comment.
    """

    id: CriterionId
    name: str
    method: Method
    phase: PhaseId
    groups: tuple[GroupId, ...] = ()
    weight: Fraction = Fraction(1)
    description: str = ""
    bands: tuple[Band, ...] = ()
    bonus: bool = False
    comment_below: int | None = None
    comment_from: int | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What the hall and the public may see: totals, places, and lists of the last."""

    scores: bool = True
    places: bool = True
    bottom: bool = True


@dataclass(frozen=True, slots=True)
class Projector:
    """What the hall's screen does: how it reveals (`top`: how many, for the first few only), and whether a finished turn's
    score may be shown before the end."""

    reveal: Reveal = Reveal.ONE_BY_ONE
    top: int = 0
    turn_scores: bool = False


@dataclass(frozen=True)
class Event:
    """A whole contest as defined. `season` is a label (2021年第四季度) independent of `date`.

    Organisations stand in the order of their numbers. There is always at least one group and one phase. `organisations` and
    `judges` may be empty in a definition that only states criteria and rules; nothing can be issued from such a one.
    """

    id: EventId
    title: str
    organisations: tuple[Organisation, ...]
    groups: tuple[JudgeGroup, ...]
    judges: tuple[Judge, ...]
    phases: tuple[Phase, ...]
    criteria: tuple[Criterion, ...]
    tabulation: Tabulation
    adjustments: tuple[AdjustmentRule, ...] = ()
    awards: tuple[Award, ...] = ()
    publication: Publication = field(default_factory=Publication)
    projector: Projector = field(default_factory=Projector)
    scoring: Scoring = Scoring.BOTH
    theme: str = ""
    series: str = ""
    season: str = ""
    host: str = ""
    venue: str = ""
    date: str = ""
    notes: str = ""
    calibration: int = 0
    questions: tuple[str, ...] = ()

    @cached_property
    def organisation_by_id(self) -> dict[OrganisationId, Organisation]:
        return {item.id: item for item in self.organisations}

    @cached_property
    def criterion_by_id(self) -> dict[CriterionId, Criterion]:
        return {item.id: item for item in self.criteria}

    @cached_property
    def judge_by_id(self) -> dict[JudgeId, Judge]:
        return {item.id: item for item in self.judges}

    @cached_property
    def group_by_id(self) -> dict[GroupId, JudgeGroup]:
        return {item.id: item for item in self.groups}

    @cached_property
    def phase_by_id(self) -> dict[PhaseId, Phase]:
        return {item.id: item for item in self.phases}

    def criteria_of(self, judge: Judge) -> tuple[Criterion, ...]:
        """The criteria this judge scores, in the order of the definition."""
        return tuple(
            item
            for item in self.criteria
            if (not item.groups or judge.group in item.groups) and (not judge.criteria or item.id in judge.criteria)
        )

    def scores(self, judge: Judge, organisation: OrganisationId) -> bool:
        """Whether the definition lets this judge score this organisation (not his own, not recused from it)."""
        return organisation != judge.organisation and organisation not in judge.recused
