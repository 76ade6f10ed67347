"""The steps inside a criterion: marks, what was dropped, the mean, the groups, the weight."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from judge_tui.domain.event import CriterionId, Grades, GroupId, JudgeId, PhaseId
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.numbers import short_text
from judge_tui.domain.rules import Average, GroupRule
from judge_tui.domain.tabulation.figures import CriterionFigure, GroupPart, Panel
from judge_tui.domain.tabulation.inputs import MarkState, Tally
from judge_tui.domain.tabulation.material import POOL
from judge_tui.domain.tabulation.origins import ballots_text, origin_text
from judge_tui.domain.tabulation.telling import Telling, figure_text, trim_text

_STATES = {
    MarkState.ABSENT: msg("absent, left out"),
    MarkState.RECUSED: msg("recused, left out"),
}


def tell_criterion(telling: Telling, phase: PhaseId, figure: CriterionFigure) -> None:
    """Everything about one criterion."""
    with telling.about(criterion=str(figure.criterion)):
        name = telling.criterion(figure.criterion)
        for part in figure.parts:
            _tell_part(telling, name, part)
        if len(figure.parts) > 1:
            tell_groups(telling, "criterion.groups", phase, [(p.group, p.weight, p.figure) for p in figure.parts])
        _tell_excused(telling, name, figure.criterion)
        if figure.figure is None or figure.exact is None or figure.weighted is None:
            return
        if figure.figure != figure.exact:
            _tell_rounding(telling, "criterion.rounded", name, figure.exact, figure.figure)
        if figure.weighted != figure.figure:
            _tell_weight(telling, name, figure.figure, figure.weight, figure.weighted)


def _tell_rounding(telling: Telling, key: str, name: Message | str, exact: Fraction, figure: Fraction) -> None:
    text = msg(
        "{name}: {exact} is rounded to {figure}", name=name, exact=figure_text(exact), figure=figure_text(figure)
    )
    telling.say(key, text, figure)


def _tell_weight(telling: Telling, name: str, figure: Fraction, weight: Fraction, weighted: Fraction) -> None:
    exact = figure * weight
    values = {"name": name, "figure": figure_text(figure), "weight": short_text(weight), "exact": figure_text(exact)}
    if exact == weighted:
        text = msg("{name}: {figure} × {weight} = {exact}", **values)
    else:
        rounded = figure_text(weighted)
        text = msg("{name}: {figure} × {weight} = {exact}, rounded to {rounded}", **values, rounded=rounded)
    telling.say("criterion.weighted", text, weighted)


def _tell_part(telling: Telling, name: str, part: GroupPart) -> None:
    label: Message | str = name
    if part.group != POOL:
        label = msg("{criterion} ({group})", criterion=name, group=telling.group(part.group))
    with telling.about(group=str(part.group)):
        _tell_ballots(telling, name, part)
        marks = _marks(telling, part)
        if marks:
            telling.say("criterion.marks", msg("{name}: {marks}", name=label, marks=marks))
        tell_panel(telling, "criterion", label, part.panel, part.figure)


def _tell_ballots(telling: Telling, label: Message | str, part: GroupPart) -> None:
    """How many ballots without a name there were of each class."""
    for tally in _tallies(telling, part):
        where = msg("{criterion} ({group})", criterion=label, group=telling.group(tally.group))
        counted = ballots_text(tally.issued, tally.returned, tally.valid, tally.abstained)
        telling.say("criterion.ballots", msg("{name}: {marks}", name=where, marks=counted))


def _tallies(telling: Telling, part: GroupPart) -> tuple[Tally, ...]:
    if part.panel.judges:
        return ()
    counts = telling.material.tallies.get(CriterionId(telling.now("criterion")), ())
    return tuple(tally for item in counts if part.group in (POOL, item.group) for tally in item.tallies)


def _marks(telling: Telling, part: GroupPart) -> tuple[str, ...]:
    """Each judge's mark, or how many ballots of each worth where they carry no name."""
    panel = part.panel
    criterion = telling.event.criterion_by_id[CriterionId(telling.now("criterion"))]
    if panel.judges:
        raw = telling.material.cells[criterion.id].raw
        return tuple(
            f"{telling.judge(judge)} {origin_text(criterion, raw.get(judge), value)}"
            for judge, value in zip(panel.judges, panel.values)
        )
    names: dict[int, str] = {}
    if isinstance(criterion.method, Grades):
        names = {grade.points: grade.name for grade in criterion.method.grades}
    counted = sorted(Counter(panel.values).items(), reverse=True)
    return tuple(
        f"{names.get(value, '')} {figure_text(panel.points(value))}×{count}".strip() for value, count in counted
    )


def _tell_excused(telling: Telling, name: str, criterion: CriterionId) -> None:
    for judge, words in excused(telling, criterion).items():
        text = msg("{name}: {judge} {state}", name=name, judge=telling.judge(judge), state=words)
        telling.say("criterion.excused", text, judge=str(judge))


def excused(telling: Telling, criterion: CriterionId) -> dict[JudgeId, Message]:
    """Who scores the criterion and not this organisation, and why: absent, recused, or its own judge."""
    material = telling.material
    barred = material.seats.barred.get(material.organisation, frozenset())
    own = [judge for judge in material.seats.scorers[criterion] if judge in barred]
    found = dict.fromkeys(own, _STATES[MarkState.RECUSED])
    for judge, state in material.cells[criterion].excused:
        if state in _STATES:
            found[judge] = _STATES[state]
    return found


def tell_panel(telling: Telling, key: str, label: Message | str, panel: Panel, figure: Fraction | None) -> None:
    """What was dropped, and the mean, median or sum of the rest; `figure` is that after rounding."""
    if panel.short and panel.values:
        text = nmsg(
            "{name}: {count} judge is too few to drop the highest and lowest",
            "{name}: {count} judges are too few to drop the highest and lowest",
            len(panel.values),
            name=label,
        )
        telling.say(f"{key}.untrimmed", text)
    elif panel.high or panel.low:
        telling.say(f"{key}.trim", msg("{name}: {dropped}", name=label, dropped=trim_text(panel)))
    if panel.figure is None:
        none = msg("{name}: no marks are left", name=label) if panel.values else msg("{name}: no marks", name=label)
        telling.say(f"{key}.none", none)
        return
    telling.say(f"{key}.{panel.average.value}", _average_text(label, panel, panel.figure), panel.figure)
    if figure is not None and figure != panel.figure:
        _tell_rounding(telling, f"{key}.rounded", label, panel.figure, figure)


def _average_text(label: Message | str, panel: Panel, figure: Fraction) -> Message:
    kept = len(panel.values) - len(panel.high) - len(panel.low)
    total = sum(panel.values) - sum(panel.high) - sum(panel.low)
    if panel.average is Average.MEAN:
        values = {"sum": figure_text(panel.points(total)), "over": panel.over, "figure": figure_text(figure)}
        return msg("{name}: {sum} ÷ {over} = {figure}", name=label, **values)
    if panel.average is Average.SUM:
        return msg("{name}: the sum of {kept} marks is {figure}", name=label, kept=kept, figure=figure_text(figure))
    return msg("{name}: the median of {kept} marks is {figure}", name=label, kept=kept, figure=figure_text(figure))


def tell_groups(
    telling: Telling, key: str, phase: PhaseId, parts: Sequence[tuple[GroupId, Fraction, Fraction | None]]
) -> None:
    """How the groups' figures (group, weight, figure) meet."""
    there = [(group, weight, value) for group, weight, value in parts if value is not None]
    products = " + ".join(f"{figure_text(value)}×{short_text(weight)}" for _, weight, value in there)
    weights = sum((weight for _, weight, _ in there), Fraction(0))
    total = sum((value * weight for _, weight, value in there), Fraction(0))
    names: Message | tuple[str, ...] = tuple(telling.group(group) for group, _, _ in there)
    if not there:
        return
    if telling.now("criterion"):
        criterion = telling.criterion(CriterionId(telling.now("criterion")))
        names = msg("{criterion} ({group})", criterion=criterion, group=names)
    if telling.material.declared.groups(phase) is GroupRule.WEIGHTED and weights not in (0, 1):
        total /= weights
        text = msg(
            "{groups}: ({products}) ÷ {weights} = {figure}",
            groups=names,
            products=products,
            weights=short_text(weights),
            figure=figure_text(total),
        )
    else:
        text = msg("{groups}: {products} = {figure}", groups=names, products=products, figure=figure_text(total))
    telling.say(key, text, total)
