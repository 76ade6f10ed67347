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


class Average(StrEnum):
    """What stands for several judges."""

    MEAN = "mean"
    MEDIAN = "median"
    SUM = "sum"


class GroupRule(StrEnum):
    """Across groups: all judges in one pool, a weighted mean of the groups' means, or the sum of them."""

    POOLED = "pooled"
    WEIGHTED = "weighted"
    SUM = "sum"


class EmptyGroup(StrEnum):
    """A group none of whose judges gave marks: refuse, or spread its weight over the others."""

    REFUSE = "refuse"
    REWEIGH = "reweigh"


class PhaseRule(StrEnum):
    """Across phases: the sum, a weighted mean, or the best of them."""

    SUM = "sum"
    WEIGHTED = "weighted"
    BEST = "best"


class Numbering(StrEnum):
    """Places after a shared place: 1,1,3 (`standard`) or 1,1,2 (`dense`, 中国式排名)."""

    STANDARD = "standard"
    DENSE = "dense"


@dataclass(frozen=True, slots=True)
class Trim:
    """去掉最高分和最低分: how many of the highest and lowest are dropped, and from how many judges on (`least`; below it
    nothing is dropped, and the result says so)."""

    highest: int = 0
    lowest: int = 0
    least: int = 0


@dataclass(frozen=True, slots=True)
class Rounding:
    """Decimals kept at each stage, half up; None keeps the exact value."""

    sheet: int | None = None
    criterion: int | None = None
    weighted: int | None = None
    group: int | None = None
    phase: int | None = None


@dataclass(frozen=True, slots=True)
class TieRung:
    """One rung of the tie ladder. `by` names what is compared; the other fields say of what.

    `highest` is True where more is better. `group` and `phase` limit the comparison; `name` names a criterion or an
    adjustment; `decimals` is for `by = "decimals"`.
    """

    by: str
    highest: bool = True
    criterion: str = ""
    phase: str = ""
    group: str = ""
    name: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Tabulation:
    """Everything between a mark and a place, as declared."""

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


@dataclass(frozen=True, slots=True)
class TimeBand:
    """From `over` seconds beyond the limit on (or short of the minimum), `points` (thousandths, negative) are added."""

    over: int
    points: int


@dataclass(frozen=True, slots=True)
class AdjustmentRule:
    """A named adjustment after the mean. `kind` is `overtime`, `undertime`, `bonus`, `penalty`, `objective` or `veto`.

    `cap` (thousandths) bounds the absolute amount; `signers` is how many people must sign one.
    """

    id: str
    name: str
    kind: str
    phase: str = ""
    bands: tuple[TimeBand, ...] = ()
    cap: int | None = None
    signers: int = 1


class CutTie(StrEnum):
    """A tie across the last place of an award: all of them get it, none of them, or the organiser decides."""

    ALL = "all"
    NONE = "none"
    DECIDE = "decide"


@dataclass(frozen=True, slots=True)
class Award:
    """A grade, a prize, a list or advancement. Conditions are joined by *and*.

    `quota` is how many, `percent` how many of a hundred; `at_least`/`below` are totals (thousandths); `top`/`bottom` are
    places from the first or the last; `division` limits it to one class.
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
