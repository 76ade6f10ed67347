"""The figures on the way from marks to a total, kept as a tree so that every one can be shown with what it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judge_tui.domain.event import CriterionId, GroupId, JudgeId, PhaseId
from judge_tui.domain.rules import Average, Combine, Trim
from judge_tui.domain.tabulation.inputs import Adjustment


@dataclass(frozen=True, slots=True)
class Panel:
    """Several judges' figures of one thing, what was dropped, and the one figure that stands for them.

    `values` are integers in units of 1/`unit` points; `who` gives the judges in the same order (none for ballots counted
    without a name). `high` and `low` are the values dropped; `short` says that trimming was declared but there were too
    few judges for it. `over` is what the sum was divided by (1 for a sum). `figure` is exact, None where nobody gave anything.
    """

    values: Sequence[int]
    unit: int
    who: Callable[[], Sequence[JudgeId]]
    average: Average
    trim: Trim
    high: tuple[int, ...]
    low: tuple[int, ...]
    short: bool
    over: int
    figure: Fraction | None

    @property
    def judges(self) -> Sequence[JudgeId]:
        """The judges, in the order of `values`."""
        return self.who()

    def points(self, value: int) -> Fraction:
        """One of the values in points."""
        return Fraction(value, self.unit)


@dataclass(frozen=True, slots=True)
class GroupPart:
    """What one group of judges contributed (`group` empty: all in one pool), and its weight."""

    group: GroupId
    weight: Fraction
    panel: Panel
    figure: Fraction | None


@dataclass(frozen=True, slots=True)
class CriterionFigure:
    """One criterion: its groups' parts, their combination, the same rounded, and × weight rounded."""

    criterion: CriterionId
    parts: tuple[GroupPart, ...]
    exact: Fraction | None
    figure: Fraction | None
    weight: Fraction
    weighted: Fraction | None


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """One group's own total of a phase: from whole sheets (`panel`) or from criteria averaged inside the group."""

    group: GroupId
    weight: Fraction
    panel: Panel | None
    criteria: tuple[CriterionFigure, ...]
    figure: Fraction | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One judge's sheet added up: criterion → points, and whether all of it was there (else it is left out)."""

    judge: JudgeId
    marks: tuple[tuple[CriterionId, int], ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class PhaseFigure:
    """One phase (empty id: the whole event on one sheet). `parts` are what is added up, `base` is their sum as rounded, before
    the phase's own adjustments, `figure` after them."""

    phase: PhaseId
    combine: Combine
    weight: Fraction
    criteria: tuple[CriterionFigure, ...]
    groups: tuple[GroupTotal, ...]
    sheets: tuple[Sheet, ...]
    parts: tuple[Fraction, ...]
    base: Fraction | None
    adjustments: tuple[Adjusted, ...]
    figure: Fraction | None
    counted: bool = True

    def panels(self) -> Iterator[Panel]:
        """Every panel of the phase: of its criteria, its groups' sheets, and the criteria inside a group."""
        yield from (group.panel for group in self.groups if group.panel is not None)
        for criteria in (self.criteria, *(group.criteria for group in self.groups)):
            yield from (part.panel for item in criteria for part in item.parts)


@dataclass(frozen=True, slots=True)
class Adjusted:
    """All adjustments of one name for one organisation: their sum, and what of it counts under the rule's cap (points)."""

    name: str
    entries: tuple[Adjustment, ...]
    points: Fraction
    capped: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """All of one organisation: phases, the subtotal before any adjustment, the exact total, and the total as rounded."""

    phases: tuple[PhaseFigure, ...]
    subtotal: Fraction | None
    combined: Fraction | None
    adjustments: tuple[Adjusted, ...]
    exact: Fraction | None
    total: Fraction | None

    @property
    def untrimmed(self) -> bool:
        """Whether anything that counts has too few judges' figures to drop the highest and lowest, as the rules would."""
        return any(panel.short and panel.values for phase in self.phases if phase.counted for panel in phase.panels())
