"""The rules once more, written down naïvely and independently: slow, no sharing with the engine, `Fraction`s and loops only."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cmp_to_key
from statistics import median
from typing import Any

from judge_tui.domain.event import Event
from judge_tui.domain.tabulation.inputs import Ballots, MarkState

Number = Fraction | None


def half_up(value: Number, places: int | None) -> Number:
    if value is None or places is None:
        return value
    shifted = abs(value) * 10**places + Fraction(1, 2)
    found = Fraction(math.floor(shifted), 10**places)
    return found if value >= 0 else -found


class Naive:
    """One contest, ranked by hand."""

    def __init__(self, event: Event, ballots: Ballots) -> None:
        self.event, self.rules, self.ballots = event, event.tabulation, ballots
        self.counted: dict[tuple[str, str, str], Fraction] = {}
        for row in ballots.rows:
            judge = next(item for item in event.judges if item.id == row.judge)
            mine = judge.organisation == row.organisation or row.organisation in judge.recused
            asked = row.criterion in [item.id for item in event.criteria_of(judge)]
            submitted = row.submitted or self.rules.counted == "all"
            if row.state is MarkState.GIVEN and not judge.practice and not mine and asked and submitted:
                self.counted[row.judge, row.organisation, row.criterion] = Fraction(row.value, 1000)
        self.adjusted_phases = {
            rule.phase
            for rule in event.adjustments
            for item in ballots.adjustments
            if item.name in (rule.id, rule.name)
        }
        self.judged = {row.criterion for row in ballots.rows if row.state is MarkState.GIVEN}

    def special(self, name: str, general: Any, phase: str = "", group: str = "", criterion: str = "") -> Any:
        for item in self.rules.specials:
            fits = item.phase in ("", phase) and item.group in ("", group) and item.criterion in ("", criterion)
            if fits and getattr(item, name) is not None:
                general = getattr(item, name)
        return general

    def stage(self, name: str, phase: str = "", group: str = "", criterion: str = "") -> int | None:
        found = getattr(self.rules.rounding, name)
        for item in self.rules.specials:
            fits = item.phase in ("", phase) and item.group in ("", group) and item.criterion in ("", criterion)
            if fits and item.rounding is not None and getattr(item.rounding, name) is not None:
                found = getattr(item.rounding, name)
        return found

    # -- one organisation

    def average(self, values: list[Fraction], how: str, high: int, low: int) -> Number:
        kept = sorted(values)[low : len(values) - high]
        if not kept:
            return None
        if how == "sum":
            return sum(kept, Fraction(0))
        return median(kept) if how == "median" else sum(kept, Fraction(0)) / len(kept)

    def one(self, values: list[Fraction], phase: str, group: str, criterion: str, trim: bool = True) -> Number:
        how = self.special("average", self.rules.average, phase, group, criterion)
        rule = self.special("trim", self.rules.trim, phase, group, criterion)
        high, low = rule.highest, rule.lowest
        if not trim or len(values) <= high + low or len(values) < rule.least:
            high = low = 0
        return self.average(values, how, high, low)

    def pooled_trim(self, by_group: dict[str, list[Fraction]], phase: str, criterion: str) -> dict[str, list[Fraction]]:
        rule = self.special("trim", self.rules.trim, phase, "", criterion)
        everything = sorted(value for values in by_group.values() for value in values)
        if len(everything) <= rule.highest + rule.lowest or len(everything) < rule.least:
            return by_group
        left = {group: list(values) for group, values in by_group.items()}
        for value in [*everything[: rule.lowest], *everything[len(everything) - rule.highest :]]:
            next(values for values in left.values() if value in values).remove(value)
        return left

    def groups_meet(self, figures: dict[str, Number], phase: str) -> Number:
        rule = self.special("groups", self.rules.groups, phase)
        there = {group: value for group, value in figures.items() if value is not None}
        if not there:
            return None
        weights = {item.id: item.weight for item in self.event.groups}
        if rule == "pooled":
            return there[""]
        total = sum((weights[group] * value for group, value in there.items()), Fraction(0))
        return total if rule == "sum" else total / sum((weights[group] for group in there), Fraction(0))

    def by_group(
        self, values: dict[str, Fraction], criteria: list[Any], phase: str, criterion: str, trim: bool
    ) -> dict[str, Number]:
        """Judge → value, to group → figure."""
        if self.special("groups", self.rules.groups, phase) == "pooled":
            return {"": self.one(list(values.values()), phase, "", criterion, trim)}
        scoring = [
            group.id for group in self.event.groups if any(not c.groups or group.id in c.groups for c in criteria)
        ]
        group_of = {item.id: item.group for item in self.event.judges}
        split = {group: [value for judge, value in values.items() if group_of[judge] == group] for group in scoring}
        pooled = self.special("trim_pooled", self.rules.trim_pooled, phase)
        if trim and pooled and len(scoring) > 1:
            split = self.pooled_trim(split, phase, criterion)
            return {
                group: self.average(left, self.special("average", self.rules.average, phase, group, criterion), 0, 0)
                for group, left in split.items()
            }
        return {group: self.one(left, phase, group, criterion, trim) for group, left in split.items()}

    def sheets(self, organisation: str, criteria: list[Any], whole: bool) -> dict[str, Fraction]:
        found = {}
        for judge in self.event.judges:
            mine = [item for item in criteria if item.id in [own.id for own in self.event.criteria_of(judge)]]
            marks = {item.id: self.counted.get((judge.id, organisation, item.id)) for item in mine}
            if mine and all(mark is not None for mark in marks.values()):
                found[judge.id] = sum(
                    (marks[item.id] * item.weight * (self.share(item.phase) if whole else 1) for item in mine),
                    Fraction(0),
                )
        return found

    def share(self, phase: str) -> Fraction:
        weight = {item.id: item.weight for item in self.event.phases}
        if self.rules.phases != "weighted":
            return weight[phase]
        scored = {item.phase for item in self.event.criteria if item.id in self.judged}
        return weight[phase] / sum((weight[key] for key in scored), Fraction(0))

    def phase_base(self, organisation: str, phase: str, criteria: list[Any], trim: bool = True) -> Number:
        combine = self.special("combine", self.rules.combine, phase)
        if combine == "sheet":
            sheets = self.sheets(organisation, criteria, whole=phase == "")
            places = self.stage("sheet", phase)
            sheets = {judge: half_up(value, places) for judge, value in sheets.items()}
            figures = self.by_group(sheets, criteria, phase, "", trim)
            figures = {group: half_up(value, self.stage("group", phase, group)) for group, value in figures.items()}
            return half_up(self.groups_meet(figures, phase), self.stage("phase", phase))
        pooled = self.special("groups", self.rules.groups, phase) == "pooled"
        at_total = self.special("group_level", self.rules.group_level, phase) == "total" and not pooled
        totals: dict[str, list[Fraction]] = {}
        for item in criteria:
            marks = {
                judge.id: self.counted[judge.id, organisation, item.id]
                for judge in self.event.judges
                if (judge.id, organisation, item.id) in self.counted
            }
            figures = self.by_group(marks, [item], phase, item.id, trim)
            if not pooled:
                figures = {g: half_up(v, self.stage("group", phase, g, item.id)) for g, v in figures.items()}
            groups = figures if at_total else {"": self.groups_meet(figures, phase)}
            for group, value in groups.items():
                rounded = half_up(value, self.stage("criterion", phase, group, item.id))
                if rounded is not None:
                    totals.setdefault(group, []).append(
                        half_up(rounded * item.weight, self.stage("weighted", phase, group, item.id))
                    )
        sums: dict[str, Number] = {group: sum(values, Fraction(0)) for group, values in totals.items()}
        if at_total:
            sums = {group: half_up(value, self.stage("group", phase, group)) for group, value in sums.items()}
            return half_up(self.groups_meet(sums, phase), self.stage("phase", phase))
        return half_up(sums.get(""), self.stage("phase", phase))

    def adjusted(self, organisation: str, phase: str) -> Fraction:
        names: dict[str, Fraction] = {}
        for item in self.ballots.adjustments:
            rule = next((rule for rule in self.event.adjustments if item.name in (rule.id, rule.name)), None)
            if item.organisation == organisation and (rule.phase if rule else "") == phase:
                points = Fraction(item.points, 1000)
                if rule and rule.kind in ("penalty", "overtime", "undertime"):
                    points = -abs(points)
                if rule and rule.kind not in ("objective", "veto") and self.rules.best == "lowest":
                    points = -points
                name = rule.id if rule else item.name
                names[name] = names.get(name, Fraction(0)) + points
        for rule in self.event.adjustments:
            if rule.id in names and rule.cap is not None:
                cap = Fraction(rule.cap, 1000)
                names[rule.id] = max(-cap, min(cap, names[rule.id]))
        return sum(names.values(), Fraction(0))

    def parts(
        self, organisation: str, trim: bool = True, only: tuple[str, str, str] = ("", "", "")
    ) -> list[tuple[str, Fraction, Number, Number]]:
        """(phase, weight, before adjustments, after) of each scored phase."""
        criteria = [
            item
            for item in self.event.criteria
            if item.id in self.judged and only[1] in ("", item.phase) and only[2] in ("", item.id)
        ]
        if self.rules.sheet == "event" and self.rules.combine == "sheet":
            base = self.phase_base(organisation, "", criteria, trim)
            return [("", Fraction(1), base, base)]
        found = []
        for phase in self.event.phases:
            mine = [item for item in criteria if item.phase == phase.id]
            if mine or (not any(only) and phase.id in self.adjusted_phases):
                base = self.phase_base(organisation, phase.id, mine, trim) if mine else Fraction(0)
                points = Fraction(0) if any(only) else self.adjusted(organisation, phase.id)
                found.append((phase.id, phase.weight, base, None if base is None else base + points))
        return found

    def together(self, parts: list[tuple[str, Fraction, Number, Number]], at: int) -> Number:
        there = [part for part in parts if part[3] is not None]
        if self.rules.phases == "best" and not (self.rules.sheet == "event" and self.rules.combine == "sheet"):
            there.sort(key=lambda part: part[1] * part[3], reverse=self.rules.best == "highest")
            there = there[: self.rules.best_of]
        if not there:
            return None
        total = sum((part[1] * part[at] for part in there), Fraction(0))
        whole = self.rules.sheet == "event" and self.rules.combine == "sheet"
        if self.rules.phases == "weighted" and not whole:
            total /= sum((part[1] for part in there), Fraction(0))
        return total

    def exact(self, organisation: str) -> Number:
        combined = self.together(self.parts(organisation), 3)
        if combined is None:
            return None
        whole = self.rules.sheet == "event" and self.rules.combine == "sheet"
        phases = [item.id for item in self.event.phases] if whole else []
        return combined + sum((self.adjusted(organisation, phase) for phase in ["", *phases]), Fraction(0))

    # -- the ranking

    def ranks(self) -> dict[str, tuple[Number, int | None]]:
        exact = {item.id: self.exact(item.id) for item in self.event.organisations}
        total = {key: half_up(value, self.rules.decimals) for key, value in exact.items()}
        running = [item for item in self.event.organisations if not item.status and total[item.id] is not None]
        sign = 1 if self.rules.best == "highest" else -1
        keys = {item.id: [sign * total[item.id]] for item in running}
        for key in keys:
            level = [other for other in keys if total[other] == total[key]]
            first = not any(sign * total[other] > sign * total[key] for other in keys)
            if len(level) > 1 and (first or not self.rules.ties_first_place_only):
                keys[key] = [sign * total[key], self.ladder(key, level, 0, first, exact)]
            else:
                keys[key] = [sign * total[key], ()]

        def better(one: str, other: str) -> int:
            return (keys[one] < keys[other]) - (keys[one] > keys[other])

        order = sorted(keys, key=cmp_to_key(better))
        found: dict[str, tuple[Number, int | None]] = {
            item.id: (total[item.id], None) for item in self.event.organisations
        }
        for key in order:
            above = [other for other in order if better(other, key) < 0]
            distinct = {tuple(map(str, keys[other])) for other in above}
            found[key] = (total[key], 1 + (len(above) if self.rules.numbering == "standard" else len(distinct)))
        return found

    def ladder(self, key: str, level: list[str], rung: int, first: bool, exact: dict[str, Number]) -> tuple[Any, ...]:
        """What `key` has on each rung, as long as others are still level with it."""
        if len(level) == 1 or rung == len(self.rules.ties):
            return ()
        step = self.rules.ties[rung]
        if step.first_place_only and not first:
            return self.ladder(key, level, rung + 1, first, exact)
        marks = {other: self.compare(step, other, level, exact) for other in level}
        still = [other for other in level if marks[other] == marks[key]]
        leads = first and marks[key] == max(marks.values())
        return (marks[key], *self.ladder(key, still, rung + 1, leads, exact))

    def limited(self, step: Any) -> Naive:
        """The same contest with the marks of one group only."""
        ballots = Ballots(self.ballots.rows, ())
        small = Naive(self.event, ballots)
        if step.group:
            members = {item.id for item in self.event.judges if item.group == step.group}
            small.counted = {key: value for key, value in small.counted.items() if key[0] in members}
        small.judged = {
            item.id
            for item in self.event.criteria
            if item.id in self.judged and step.phase in ("", item.phase) and step.criterion in ("", item.id)
        }
        return small

    def compare(self, step: Any, key: str, level: list[str], exact: dict[str, Number]) -> Any:
        follows = [
            "decimals",
            "criterion",
            "phase",
            "group",
            "adjustment",
            "subtotal",
            "untrimmed",
            "median",
            "attempts",
            "majority",
        ]
        high = step.highest
        if high is None:
            high = self.rules.best == "highest" if step.by in follows else True
        found = self.figure(step, key, level, exact)
        return tuple(value if high else -value for value in found)

    def figure(self, step: Any, key: str, level: list[str], exact: dict[str, Number]) -> tuple[Fraction, ...]:
        small = self.limited(step)
        match step.by:
            case "decimals":
                return (half_up(exact[key], step.decimals) if step.decimals else exact[key],)
            case "order":
                return (Fraction(-next(item.number for item in self.event.organisations if item.id == key)),)
            case "adjustment":
                names = {step.name}
                for rule in self.event.adjustments:
                    if step.name in (rule.id, rule.name):
                        names |= {rule.id, rule.name}
                mine = Naive(self.event, Ballots((), tuple(a for a in self.ballots.adjustments if a.name in names)))
                return (
                    sum((mine.adjusted(key, phase) for phase in ["", *(p.id for p in self.event.phases)]), Fraction(0)),
                )
            case "subtotal" if not (step.group or step.phase or step.criterion):
                return (self.together(self.parts(key), 2) or Fraction(0),)
            case "criterion" | "phase" | "group" | "subtotal":
                return (small.together(small.parts(key), 2) or Fraction(0),)
            case "untrimmed":
                return (small.together(small.parts(key, trim=False), 2) or Fraction(0),)
            case "attempts":
                worth = [part[1] * (part[3] or 0) for part in self.parts(key)]
                return tuple(sorted(worth, reverse=self.rules.best == "highest"))
            case "judges":
                return (
                    Fraction(
                        len({j for (j, o, c), v in small.counted.items() if o == key and c in small.judged and v > 0})
                    ),
                )
            case "count":
                marks = {
                    other: [v for (_, o, c), v in small.counted.items() if o == other and c in small.judged]
                    for other in level
                }
                values = sorted({v for found in marks.values() for v in found if v}, reverse=not step.from_lowest)
                if step.value is not None:
                    values = [Fraction(step.value, 1000)]
                return tuple(Fraction(marks[key].count(value)) for value in values)
        sheets = {other: self.partial_sheets(small, other) for other in level}
        if step.by == "median":
            return (median(sheets[key].values()) if sheets[key] else Fraction(0),)
        assert step.by == "majority"
        return (
            Fraction(
                sum(
                    1
                    for other in level
                    if other != key
                    for judge, value in sheets[key].items()
                    if judge in sheets[other] and value > sheets[other][judge]
                )
            ),
        )

    def partial_sheets(self, small: Naive, organisation: str) -> dict[str, Fraction]:
        whole = self.rules.sheet == "event" and self.rules.combine == "sheet"
        found: dict[str, Fraction] = {}
        for (judge, other, criterion), value in small.counted.items():
            if other == organisation and criterion in small.judged:
                item = self.event.criterion_by_id[criterion]
                share = small.share(item.phase) if whole else Fraction(1)
                found[judge] = found.get(judge, Fraction(0)) + value * item.weight * share
        return found
