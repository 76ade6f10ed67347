"""Made-up marks for rehearsals: the whole ceremony can be walked through before anybody has scored."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import Checklist, Criterion, Event, Grades, Judge, Organisation, Places, Points, Votes
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.inputs import Ballots, MarkRow, Tally
from judge_tui.domain.tabulation.result import Result


def made_up(event: Event, seed: int = 1) -> Result:
    """A result of marks that nobody gave; the same seed gives the same. It is never stored anywhere."""
    dice = Random(seed)
    rows: list[MarkRow] = []
    for criterion in event.criteria:
        if isinstance(criterion.method, Grades) and criterion.method.anonymous:
            continue
        for judge in event.judges:
            if criterion in event.criteria_of(judge):
                rows += _sheet(event, judge, criterion, dice)
    result = tabulate(event, Ballots(rows, tallies=tuple(_tallies(event, dice))))
    return replace(result, lacks=())


def _sheet(event: Event, judge: Judge, criterion: Criterion, dice: Random) -> list[MarkRow]:
    scored = [item for item in event.organisations if item.status != "withdrawn" and event.scores(judge, item.id)]
    values = _values(criterion, scored, dice)
    return [
        MarkRow(judge.id, item.id, criterion.id, value)
        for item, value in zip(scored, values, strict=True)
        if value is not None
    ]


def _values(criterion: Criterion, scored: list[Organisation], dice: Random) -> list[MarkValue | None]:
    """One judge's marks in one criterion, of whatever kind it asks for; None for no vote."""
    method, count = criterion.method, len(scored)
    match method:
        case Points():
            steps = (method.most - method.least) // method.step
            low = steps * 7 // 10
            return [method.least + method.step * dice.randint(low, steps) for _ in scored]
        case Grades():
            return [dice.choice(method.grades[: max(1, len(method.grades) - 1)]).id for _ in scored]
        case Checklist():
            return [tuple(item.id for item in method.items if dice.random() < 0.15) for _ in scored]
        case Places():
            return list[MarkValue | None](dice.sample(range(1, count + 1), count))
        case Votes():
            chosen = set(dice.sample(range(count), min(method.most, count)))
            return [1 if index in chosen else None for index in range(count)]


def _tallies(event: Event, dice: Random) -> list[Tally]:
    """Anonymous ballots, twenty of each class."""
    found: list[Tally] = []
    for criterion in event.criteria:
        if not isinstance(criterion.method, Grades) or not criterion.method.anonymous:
            continue
        names = [grade.id for grade in criterion.method.grades]
        for group in event.groups:
            if criterion.groups and group.id not in criterion.groups:
                continue
            for organisation in event.organisations:
                drawn = [dice.choice(names) for _ in range(20)]
                counts = tuple((name, drawn.count(name)) for name in names)
                found.append(Tally(group.id, organisation.id, criterion.id, 20, 20, 20, 0, counts))
    return found
