"""The declared rules with their exceptions resolved: what holds for this phase, group and criterion."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from judge_tui.domain.event import Criterion, Event, GroupId, PhaseId
from judge_tui.domain.rules import (
    Average,
    Combine,
    EmptyGroup,
    GroupLevel,
    GroupRule,
    Missing,
    Rounding,
    SheetScope,
    Special,
    Tabulation,
    Trim,
)

T = TypeVar("T")


class Declared:
    """Answers, for one event, which rule applies where. Of several exceptions that fit, the later one wins."""

    def __init__(self, event: Event) -> None:
        self.event = event
        self.rules: Tabulation = event.tabulation
        self.whole_sheet = self.rules.sheet is SheetScope.EVENT and self.rules.combine is Combine.SHEET
        self._specials = self.rules.specials
        self.fitting = lru_cache(maxsize=None)(self._fitting)

    def _fitting(self, phase: str, group: str, criterion: str) -> tuple[Special, ...]:
        return tuple(
            special
            for special in self._specials
            if (not special.phase or special.phase == phase)
            and (not special.group or special.group == group)
            and (not special.criterion or special.criterion == criterion)
        )

    def _last(self, name: str, general: T, phase: str, group: str = "", criterion: str = "") -> T:
        found = general
        for special in self.fitting(phase, group, criterion):
            value = getattr(special, name)
            found = found if value is None else value
        return found

    def combine(self, phase: PhaseId) -> Combine:
        return self._last("combine", self.rules.combine, phase)

    def groups(self, phase: PhaseId) -> GroupRule:
        return self._last("groups", self.rules.groups, phase)

    def group_level(self, phase: PhaseId) -> GroupLevel:
        return self._last("group_level", self.rules.group_level, phase)

    def trim_pooled(self, phase: PhaseId) -> bool:
        return self._last("trim_pooled", self.rules.trim_pooled, phase)

    def empty_group(self, phase: PhaseId, group: GroupId) -> EmptyGroup:
        return self._last("empty_group", self.rules.empty_group, phase, group)

    def average(self, phase: PhaseId, group: GroupId, criterion: str = "") -> Average:
        return self._last("average", self.rules.average, phase, group, criterion)

    def trim(self, phase: PhaseId, group: GroupId, criterion: str = "") -> Trim:
        return self._last("trim", self.rules.trim, phase, group, criterion)

    def missing(self, criterion: Criterion) -> Missing:
        return self._last("missing", self.rules.missing, criterion.phase, "", criterion.id)

    def minimum_judges(self, phase: PhaseId, group: GroupId, criterion: str = "") -> int:
        return self._last("minimum_judges", self.rules.minimum_judges, phase, group, criterion)

    def rounding(self, phase: PhaseId, group: GroupId | None = None, criterion: str = "") -> Rounding:
        """The stages' decimals; an exception replaces only the stages it names."""
        found = self.rules.rounding
        for special in self.fitting(phase, group or "", criterion):
            if special.rounding is not None:
                named = {
                    stage: places
                    for stage in ("sheet", "criterion", "weighted", "group", "phase")
                    if (places := getattr(special.rounding, stage)) is not None
                }
                found = replace(found, **named)
        return found

    def weight(self, group: GroupId) -> Fraction:
        """A group's weight; 1 for the pool of all."""
        found = self.event.group_by_id.get(group)
        return found.weight if found else Fraction(1)
