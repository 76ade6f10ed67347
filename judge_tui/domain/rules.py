"""The declared rules of tabulation: how marks become totals, totals places, and places awards.

Only what is declared; `judge_tui.domain.tabulation` computes. Each rule is printed with every result.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Counted(StrEnum):
    """Which marks count: submitted ones only, or all that were given."""

    SUBMITTED = "submitted"
    ALL = "all"


class Missing(StrEnum):
    """What a mark not given does: the result is refused (stays provisional), or the mark is left out of the mean."""

    REFUSE = "refuse"
    LEAVE_OUT = "leave_out"


class Combine(StrEnum):
    """Across judges: each judge's whole sheet is added up first, or each criterion is averaged over its judges first."""

    SHEET = "sheet"
    CRITERION = "criterion"


class SheetScope(StrEnum):
    """What one judge's sheet covers where sheets are added up first: each phase by itself, or the whole event."""

    PHASE = "phase"
    EVENT = "event"


class Average(StrEnum):
    """What stands for several judges."""

    MEAN = "mean"
    MEDIAN = "median"
    SUM = "sum"


class GroupRule(StrEnum):
    """Across groups: all judges in one pool, a weighted mean of the groups' means, or the sum of means × weights."""

    POOLED = "pooled"
    WEIGHTED = "weighted"
    SUM = "sum"


class GroupLevel(StrEnum):
    """Where groups meet when criteria are averaged first: inside each criterion, or each group's own total at the end."""

    CRITERION = "criterion"
    TOTAL = "total"


class EmptyGroup(StrEnum):
    """A group none of whose judges gave marks: refuse, or spread its weight over the others."""

    REFUSE = "refuse"
    REWEIGH = "reweigh"


class PhaseRule(StrEnum):
    """Across phases: the sum of phase × weight, a weighted mean, or the best `best_of` of them added up."""

    SUM = "sum"
    WEIGHTED = "weighted"
    BEST = "best"


class Numbering(StrEnum):
    """Places after a shared place: 1,1,3 (`standard`) or 1,1,2 (`dense`, 中国式排名)."""

    STANDARD = "standard"
    DENSE = "dense"


class Best(StrEnum):
    """Which total wins: the highest, or (rank sums, penalty points) the lowest."""

    HIGHEST = "highest"
    LOWEST = "lowest"


class BallotBase(StrEnum):
    """What anonymous grade ballots are divided by (÷有效票数): valid, returned or issued ones."""

    VALID = "valid"
    RETURNED = "returned"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class Trim:
    """去掉最高分和最低分: how many of the highest and lowest are dropped, and from how many judges on (`least`; below it
    nothing is dropped, and the result says so). With `least` 0 it takes enough judges to leave one: with fewer, and
    with a `least` so low that none would be left, nothing is dropped and the result is provisional."""

    highest: int = 0
    lowest: int = 0
    least: int = 0

    @property
    def leaves_one(self) -> int:
        """The fewest judges of whom one is left."""
        return self.highest + self.lowest + 1


@dataclass(frozen=True, slots=True)
class Rounding:
    """Decimals kept at each stage, half up; None keeps the exact value."""

    sheet: int | None = None
    criterion: int | None = None
    weighted: int | None = None
    group: int | None = None
    phase: int | None = None


class TieBy(StrEnum):
    """What a rung of the tie ladder compares.

    `decimals` the total with more decimals (0: exact) · `criterion`, `phase`, `group` what was scored there ·
    `adjustment` a named adjustment · `subtotal` the total before adjustments · `untrimmed` the subtotal had nothing been
    dropped · `median` the median of the judges' marks or sheets · `count` how many of each exact value, from the highest
    down · `judges` how many judges gave more than nothing · `attempts` the phases from the best down · `majority` how many
    judges put it above the other · `order` the running order · `decision` the organiser's recorded decision.
    """

    DECIMALS = "decimals"
    CRITERION = "criterion"
    PHASE = "phase"
    GROUP = "group"
    ADJUSTMENT = "adjustment"
    SUBTOTAL = "subtotal"
    UNTRIMMED = "untrimmed"
    MEDIAN = "median"
    COUNT = "count"
    JUDGES = "judges"
    ATTEMPTS = "attempts"
    MAJORITY = "majority"
    ORDER = "order"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class TieRung:
    """One rung of the tie ladder. `by` (a `TieBy`) names what is compared; the other fields say of what.

    `highest` says whether more is better (for `order`: earlier); None follows the ranking where points are compared, and means
    more (earlier) elsewhere. `criterion`, `group` and `phase` limit the comparison; `name` names an adjustment; `decimals`
    is for `by = "decimals"`; `value` (thousandths) limits a count to one value, `from_lowest` counts from the lowest value
    up; with `first_place_only` only those tied for the first place go over this rung.
    """

    by: str
    highest: bool | None = None
    criterion: str = ""
    phase: str = ""
    group: str = ""
    name: str = ""
    decimals: int = 0
    value: int | None = None
    first_place_only: bool = False
    from_lowest: bool = False


@dataclass(frozen=True, slots=True)
class Special:
    """Rules of their own for one phase, group or criterion, or a combination of them (empty: any); None keeps the general
    rule. `combine`, `groups`, `group_level` and `trim_pooled` can differ by phase only. Of several that fit, the later wins."""

    phase: str = ""
    group: str = ""
    criterion: str = ""
    combine: Combine | None = None
    average: Average | None = None
    trim: Trim | None = None
    trim_pooled: bool | None = None
    groups: GroupRule | None = None
    group_level: GroupLevel | None = None
    empty_group: EmptyGroup | None = None
    missing: Missing | None = None
    minimum_judges: int | None = None
    rounding: Rounding | None = None


@dataclass(frozen=True, slots=True)
class Tabulation:
    """Everything between a mark and a place, as declared. `by_division` ranks each class of organisations by itself;
    `ballots` is what anonymous ballots are divided by; `specials` are exceptions for a phase, group or criterion."""

    counted: Counted = Counted.SUBMITTED
    missing: Missing = Missing.REFUSE
    combine: Combine = Combine.SHEET
    average: Average = Average.MEAN
    trim: Trim = field(default_factory=Trim)
    trim_pooled: bool = False
    groups: GroupRule = GroupRule.POOLED
    empty_group: EmptyGroup = EmptyGroup.REFUSE
    phases: PhaseRule = PhaseRule.SUM
    best_of: int = 1
    minimum_judges: int = 1
    rounding: Rounding = field(default_factory=Rounding)
    decimals: int = 2
    numbering: Numbering = Numbering.STANDARD
    ties: tuple[TieRung, ...] = ()
    ties_first_place_only: bool = False
    sheet: SheetScope = SheetScope.PHASE
    group_level: GroupLevel = GroupLevel.CRITERION
    best: Best = Best.HIGHEST
    ballots: BallotBase = BallotBase.VALID
    by_division: bool = False
    specials: tuple[Special, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeBand:
    """From `over` seconds beyond the limit on (or short of the minimum), `points` (thousandths, negative) are added; with
    `every`, again for each further `every` seconds. Of several bands the last one reached counts."""

    over: int
    points: int
    every: int = 0


class AdjustmentKind(StrEnum):
    """What an adjustment is: time over the limit or short of the minimum, points for and against, points measured
    elsewhere (客观分), or a veto (一票否决)."""

    OVERTIME = "overtime"
    UNDERTIME = "undertime"
    BONUS = "bonus"
    PENALTY = "penalty"
    OBJECTIVE = "objective"
    VETO = "veto"


@dataclass(frozen=True, slots=True)
class AdjustmentRule:
    """A named adjustment after the mean. `kind` is an `AdjustmentKind`.

    `phase` adds it to that phase before phases are weighted, else it is added to the total; `bands` are for the timer, with
    `limit` seconds (0: the phase's own times); `cap` (thousandths) bounds the absolute amount of all of one name for one
    organisation; `signers` is how many people must sign one.
    """

    id: str
    name: str
    kind: str
    phase: str = ""
    bands: tuple[TimeBand, ...] = ()
    cap: int | None = None
    signers: int = 1
    limit: int = 0


class AwardKind(StrEnum):
    """A grade and a prize are handed out down the ranking, one of a kind to each organisation; a list (红黑榜), a flag
    (流动红旗) and advancement (晋级) are taken from the whole ranking each by itself."""

    GRADE = "grade"
    PRIZE = "prize"
    LIST = "list"
    FLAG = "flag"
    ADVANCE = "advance"


class PercentRounding(StrEnum):
    """How a percentage of the organisations becomes a number: down (不超过20%), half up, or up."""

    DOWN = "down"
    HALF = "half"
    UP = "up"


class CutTie(StrEnum):
    """A tie across the last place of an award: all of them get it, none of them, or the organiser decides."""

    ALL = "all"
    NONE = "none"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Award:
    """A grade, a prize, a list or advancement. Conditions are joined by *and*; one without any takes all that are left.

    `kind` is an `AwardKind`; `quota` is how many, `percent` how many of a hundred; `at_least`/`below` are totals
    (thousandths); `top`/`bottom` are places from the first or the last; `division` limits it to one class; `from_last` hands
    the quota out from the last place upwards; an organisation that holds one of `excludes` cannot get this one; awards
    of one `series` (empty: of one kind, grades and prizes only) are handed out one to each organisation.
    """

    id: str
    name: str
    kind: str = "grade"
    quota: int | None = None
    percent: Fraction | None = None
    at_least: int | None = None
    below: int | None = None
    top: int | None = None
    bottom: int | None = None
    division: str = ""
    cut: CutTie = CutTie.DECIDE
    excludes: tuple[str, ...] = ()
    series: str = ""
    from_last: bool = False
    percent_rounding: PercentRounding = PercentRounding.DOWN

    @property
    def of_the_last(self) -> bool:
        """Whether it goes to the last ones (黑榜, 黄旗): no honour, and made known only where lists of the last are."""
        low = self.below is not None and self.kind in (AwardKind.LIST, AwardKind.FLAG)
        return self.from_last or self.bottom is not None or low
