"""The derivation of one organisation's total and place in words and figures that a person can follow with a calculator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from judge_tui.domain.event import CriterionId, Event, JudgeId
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.numbers import THOUSAND, decimal_text, short_text
from judge_tui.domain.rules import Average, GroupRule, PhaseRule
from judge_tui.domain.tabulation.adjusting import effect, rule_of
from judge_tui.domain.tabulation.comparing import Contender
from judge_tui.domain.tabulation.figures import (
    Adjusted,
    CriterionFigure,
    GroupPart,
    GroupTotal,
    Panel,
    PhaseFigure,
    Sheet,
)
from judge_tui.domain.tabulation.inputs import MarkState
from judge_tui.domain.tabulation.material import POOL
from judge_tui.domain.tabulation.result import Standing, Step

SHOWN_DECIMALS = 6
"""Decimals shown of a figure that has no end; `…` stands after them."""


def figure_text(value: Fraction) -> str:
    """An exact figure as a decimal; one that goes on is cut and ends in `…`."""
    short = short_text(value)
    if "/" not in short:
        return short
    scale = 10**SHOWN_DECIMALS
    cut = Fraction(abs(value.numerator) * scale // value.denominator, scale)
    return f"{'-' if value < 0 else ''}{decimal_text(cut, SHOWN_DECIMALS)}…"


def two_decimals(value: Fraction) -> str:
    """A score as it is announced: two decimals, more where it has them."""
    short = short_text(value)
    return decimal_text(value, 2) if "/" in short or len(short.partition(".")[2]) <= 2 else short


def steps_of(contender: Contender, standing: Standing) -> tuple[Step, ...]:
    """Every step from the marks to the place."""
    teller = _Teller(contender)
    for phase in contender.figures.phases:
        teller.phase(phase)
    teller.whole(standing)
    return tuple(teller.steps)


class _Teller:
    """Collects the steps of one organisation."""

    def __init__(self, contender: Contender) -> None:
        self.material = contender.material
        self.event: Event = contender.material.event
        self.figures = contender.figures
        self.steps: list[Step] = []
        self._about: dict[str, str] = {}

    def _say(self, key: str, text: Message, value: Fraction | None = None, **about: str) -> None:
        self.steps.append(Step(key, text, value, **{**self._about, **about}))

    def _judge(self, judge: JudgeId) -> str:
        found = self.event.judge_by_id.get(judge)
        return found.name if found else str(judge)

    def _criterion(self, criterion: CriterionId) -> str:
        return self.event.criterion_by_id[criterion].name

    # -- one phase

    def phase(self, figure: PhaseFigure) -> None:
        self._about = {"phase": str(figure.phase)}
        if figure.sheets:
            self._sheets(figure.sheets)
        for group in figure.groups:
            self._group_total(group)
        for criterion in figure.criteria:
            self._criterion_figure(criterion)
        if len(figure.groups) > 1:
            self._groups_meet(
                "phase.groups", [(item.group, item.weight, item.figure) for item in figure.groups], figure
            )
        named = self.event.phase_by_id.get(figure.phase)
        if named and figure.base is not None and (len(self.figures.phases) > 1 or len(figure.criteria) > 1):
            parts = tuple(figure_text(item.weighted) for item in figure.criteria if item.weighted is not None)
            self._say("phase.sum", _sum_text(named.name, parts, figure.base), figure.base)
        for item in figure.adjustments:
            self._adjustment(item)
        if figure.adjustments and figure.figure is not None and named:
            self._say(
                "phase.total",
                msg("{phase}: {points} points", phase=named.name, points=figure_text(figure.figure)),
                figure.figure,
            )
        if not figure.counted and named:
            self._say("phase.left_out", msg("{phase} is not among the best and does not count", phase=named.name))
        self._about = {}

    def _sheets(self, sheets: Sequence[Sheet]) -> None:
        for sheet in sheets:
            parts = tuple(self._weighed(criterion, value) for criterion, value in sheet.marks)
            total = sum(
                (Fraction(value, THOUSAND) * self.event.criterion_by_id[key].weight for key, value in sheet.marks),
                Fraction(0),
            )
            name = self._judge(sheet.judge)
            if sheet.complete:
                text = _sum_text(name, parts, total)
                self._say("sheet.judge", text, total, judge=str(sheet.judge))
            else:
                text = msg("{judge}: not all marks are there, so that this sheet is left out", judge=name)
                self._say("sheet.incomplete", text, judge=str(sheet.judge))

    def _weighed(self, criterion: CriterionId, value: int) -> str:
        weight = self.event.criterion_by_id[criterion].weight
        points = figure_text(Fraction(value, THOUSAND))
        return points if weight == 1 else f"{points}×{figure_text(weight)}"

    def _group_total(self, group: GroupTotal) -> None:
        before = self._about
        self._about = {**before, "group": str(group.group)}
        if group.panel is not None:
            self._panel("sheet", self._group_label(group.group), group.panel, group.figure)
        for criterion in group.criteria:
            self._criterion_figure(criterion)
        if group.criteria and group.figure is not None:
            parts = tuple(figure_text(item.weighted) for item in group.criteria if item.weighted is not None)
            self._say("group.sum", _sum_text(self.material.group_name(group.group), parts, group.figure), group.figure)
        self._about = before

    def _group_label(self, group: str) -> Message | str:
        return msg("All judges") if group == POOL else self._name_of_group(group)

    def _name_of_group(self, group: str) -> str:
        return next((item.name for item in self.event.groups if item.id == group), group)

    # -- one criterion

    def _criterion_figure(self, figure: CriterionFigure) -> None:
        before = self._about
        self._about = {**before, "criterion": str(figure.criterion)}
        name = self._criterion(figure.criterion)
        for part in figure.parts:
            self._part(name, part)
        if len(figure.parts) > 1:
            self._groups_meet("criterion.groups", [(p.group, p.weight, p.figure) for p in figure.parts], figure)
        self._excused(name, figure.criterion)
        if figure.figure is not None and figure.figure != figure.exact and figure.exact is not None:
            text = msg(
                "{name}: {exact} is rounded to {figure}",
                name=name,
                exact=figure_text(figure.exact),
                figure=figure_text(figure.figure),
            )
            self._say("criterion.rounded", text, figure.figure)
        if figure.weighted is not None and figure.figure is not None and figure.weighted != figure.figure:
            self._weight(name, figure.figure, figure.weight, figure.weighted)
        self._about = before

    def _weight(self, name: str, figure: Fraction, weight: Fraction, weighted: Fraction) -> None:
        exact = figure * weight
        values = {
            "name": name,
            "figure": figure_text(figure),
            "weight": figure_text(weight),
            "exact": figure_text(exact),
        }
        if exact == weighted:
            text = msg("{name}: {figure} × {weight} = {exact}", **values)
        else:
            rounded = figure_text(weighted)
            text = msg("{name}: {figure} × {weight} = {exact}, rounded to {rounded}", **values, rounded=rounded)
        self._say("criterion.weighted", text, weighted)

    def _part(self, name: str, part: GroupPart) -> None:
        before = self._about
        self._about = {**before, "group": str(part.group)}
        label: Message | str = name
        if part.group != POOL:
            label = msg("{criterion} ({group})", criterion=name, group=self._name_of_group(part.group))
        panel = part.panel
        if panel.judges:
            marks = tuple(
                f"{self._judge(judge)} {figure_text(panel.points(value))}"
                for judge, value in zip(panel.judges, panel.values)
            )
        else:
            counted = Counter(panel.values)
            marks = tuple(
                f"{figure_text(panel.points(value))}×{count}" for value, count in sorted(counted.items())[::-1]
            )
        if marks:
            self._say("criterion.marks", msg("{name}: {marks}", name=label, marks=marks))
        self._panel("criterion", label, panel, part.figure)
        self._about = before

    def _excused(self, name: str, criterion: CriterionId) -> None:
        for judge, state in self.material.cells[criterion].excused:
            words = _STATES.get(state)
            if words is not None:
                text = msg("{name}: {judge} {state}", name=name, judge=self._judge(judge), state=words)
                self._say("criterion.excused", text, judge=str(judge))

    # -- panels and groups

    def _panel(self, key: str, label: Message | str, panel: Panel, figure: Fraction | None) -> None:
        if panel.figure is None:
            self._say(f"{key}.none", msg("{name}: no marks", name=label))
            return
        if panel.short:
            text = nmsg(
                "{name}: {count} judge is too few to drop the highest and lowest",
                "{name}: {count} judges are too few to drop the highest and lowest",
                len(panel.values),
                name=label,
            )
            self._say(f"{key}.untrimmed", text)
        elif panel.high or panel.low:
            self._say(f"{key}.trim", msg("{name}: {dropped}", name=label, dropped=trim_text(panel)))
        kept = len(panel.values) - len(panel.high) - len(panel.low)
        total = sum(panel.values) - sum(panel.high) - sum(panel.low)
        values = {"name": label, "sum": figure_text(panel.points(total)), "figure": figure_text(panel.figure)}
        if panel.average is Average.MEAN:
            text = msg("{name}: {sum} ÷ {over} = {figure}", **values, over=panel.over)
        elif panel.average is Average.SUM:
            text = msg("{name}: the sum of {kept} marks is {figure}", **values, kept=kept)
        else:
            text = msg("{name}: the median of {kept} marks is {figure}", **values, kept=kept)
        self._say(f"{key}.{panel.average.value}", text, panel.figure)
        if figure is not None and figure != panel.figure:
            text = msg(
                "{name}: {exact} is rounded to {figure}",
                name=label,
                exact=figure_text(panel.figure),
                figure=figure_text(figure),
            )
            self._say(f"{key}.rounded", text, figure)

    def _groups_meet(
        self,
        key: str,
        parts: Sequence[tuple[str, Fraction, Fraction | None]],
        figure: CriterionFigure | PhaseFigure,
    ) -> None:
        there = [(group, weight, value) for group, weight, value in parts if value is not None]
        rule = (
            self.material.declared.groups(self.event.phase_by_id[figure.phase].id)
            if isinstance(figure, PhaseFigure) and figure.phase
            else self.event.tabulation.groups
        )
        products = " + ".join(f"{figure_text(value)}×{figure_text(weight)}" for _, weight, value in there)
        weights = sum((weight for _, weight, _ in there), Fraction(0))
        total = sum((value * weight for _, weight, value in there), Fraction(0))
        names = tuple(self._name_of_group(group) for group, _, _ in there)
        if rule is GroupRule.WEIGHTED and weights and weights != 1:
            figure_ = total / weights
            text = msg(
                "{groups}: ({products}) ÷ {weights} = {figure}",
                groups=names,
                products=products,
                weights=figure_text(weights),
                figure=figure_text(figure_),
            )
        else:
            figure_ = total
            text = msg("{groups}: {products} = {figure}", groups=names, products=products, figure=figure_text(figure_))
        self._say(key, text, figure_)

    # -- the whole

    def _adjustment(self, item: Adjusted) -> None:
        rule = rule_of(self.event, item.name)
        for entry in item.entries:
            worth = Fraction(effect(rule, entry), THOUSAND)
            points = figure_text(worth)
            values = {"name": item.name, "points": points if points.startswith("-") else f"+{points}"}
            if entry.reason and entry.by:
                text = msg("{name}: {points} ({reason}; signed by {by})", **values, reason=entry.reason, by=entry.by)
            elif entry.reason or entry.by:
                text = msg("{name}: {points} ({reason})", **values, reason=entry.reason or entry.by)
            else:
                text = msg("{name}: {points}", **values)
            self._say("adjustment", text, worth)
        if item.capped:
            self._say(
                "adjustment.capped",
                msg("{name}: {points} at most", name=item.name, points=figure_text(item.points)),
                item.points,
            )

    def whole(self, standing: Standing) -> None:
        figures = self.figures
        if len(figures.phases) > 1 and figures.combined is not None:
            self._phases_meet(figures.combined)
        for item in figures.adjustments:
            self._adjustment(item)
        if figures.exact is None or figures.total is None:
            self._say("total.none", msg("There is no total: no marks count."))
            return
        if figures.adjustments and figures.combined is not None:
            parts = (figure_text(figures.combined), *(_signed(item.points) for item in figures.adjustments))
            self._say(
                "total.adjusted",
                msg("{parts} = {figure}", parts=" ".join(parts), figure=figure_text(figures.exact)),
                figures.exact,
            )
        if figures.exact != figures.total:
            text = msg("{exact} is rounded to {figure}", exact=figure_text(figures.exact), figure=standing.total_text)
            self._say("total.rounded", text, figures.total)
        self._say("total", self._final(standing), figures.total)
        if standing.rank is not None:
            self._place(standing)

    def _phases_meet(self, combined: Fraction) -> None:
        rules = self.event.tabulation
        there = [item for item in self.figures.phases if item.counted and item.figure is not None]
        weights = sum((item.weight for item in there), Fraction(0))
        products = " + ".join(
            figure_text(item.figure or Fraction(0)) + ("" if item.weight == 1 else f"×{figure_text(item.weight)}")
            for item in there
        )
        if rules.phases is PhaseRule.WEIGHTED and weights not in (0, 1):
            text = msg(
                "Phases together: ({products}) ÷ {weights} = {figure}",
                products=products,
                weights=figure_text(weights),
                figure=figure_text(combined),
            )
        else:
            text = msg("Phases together: {products} = {figure}", products=products, figure=figure_text(combined))
        self._say("phases", text, combined)

    def _final(self, standing: Standing) -> Message:
        """The official sentence where whole sheets were trimmed, else the plain final score."""
        panels = [
            group.panel
            for phase in self.figures.phases
            for group in phase.groups
            if group.panel is not None and (group.panel.high or group.panel.low)
        ]
        if len(panels) == 1 and len(self.figures.phases) == 1:
            return msg("{dropped}, final score {total}", dropped=trim_text(panels[0]), total=standing.total_text)
        return msg("Final score {total}", total=standing.total_text)

    def _place(self, standing: Standing) -> None:
        text = (
            msg("Place {rank}, shared", rank=standing.rank)
            if standing.tied
            else msg("Place {rank}", rank=standing.rank)
        )
        self._say("place", text, Fraction(standing.rank or 0))
        if standing.separated is not None:
            self._say("separated", standing.separated)
        if standing.award_names:
            self._say("award", msg("Awarded: {awards}", awards=standing.award_names))


_STATES = {
    MarkState.ABSENT: msg("absent, left out"),
    MarkState.RECUSED: msg("recused, left out"),
}


def _signed(value: Fraction) -> str:
    return f"- {figure_text(-value)}" if value < 0 else f"+ {figure_text(value)}"


def _sum_text(name: str, parts: Sequence[str], total: Fraction) -> Message:
    if len(parts) < 2:
        return msg("{name}: {points} points", name=name, points=figure_text(total))
    return msg("{name}: {parts} = {figure}", name=name, parts=" + ".join(parts), figure=figure_text(total))


def trim_text(panel: Panel) -> Message:
    """去掉一个最高分98.00分，去掉一个最低分86.00分."""
    high = tuple(two_decimals(panel.points(value)) for value in panel.high)
    low = tuple(two_decimals(panel.points(value)) for value in panel.low)
    parts = []
    if len(high) == 1:
        parts.append(msg("without the highest mark, {points}", points=high[0]))
    elif high:
        parts.append(msg("without the {count} highest marks, {points}", count=len(high), points=high))
    if len(low) == 1:
        parts.append(msg("without the lowest mark, {points}", points=low[0]))
    elif low:
        parts.append(msg("without the {count} lowest marks, {points}", count=len(low), points=low))
    return parts[0] if len(parts) == 1 else msg("{first}, {second}", first=parts[0], second=parts[1])
