"""Made-up marks for rehearsals: the whole ceremony can be walked through before anybody has scored."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import (
    Checklist,
    Criterion,
    Event,
    Grades,
    Judge,
    OrganisationId,
    Places,
    Points,
    Votes,
)
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.inputs import Ballots, MarkRow, Tally
from judge_tui.domain.tabulation.result import Result


def made_up(event: Event, seed: int = 1) -> Result:
    """A result of marks that nobody gave; the same seed gives the same. It is never stored anywhere."""
    dice = Random(seed)
    strength = {item.id: dice.random() for item in event.organisations}
    rows: list[MarkRow] = []
    for criterion in event.criteria:
        if isinstance(criterion.method, Grades) and criterion.method.anonymous:
            continue
        for judge in event.judges:
            if criterion in event.criteria_of(judge):
                rows += _sheet(event, judge, criterion, strength, dice)
    result = tabulate(event, Ballots(rows, tallies=tuple(_tallies(event, dice))))
    return replace(result, lacks=())


def _sheet(
    event: Event, judge: Judge, criterion: Criterion, strength: dict[OrganisationId, float], dice: Random
) -> list[MarkRow]:
    """One judge's marks in one criterion: how strong each one is, give or take a little."""
    scored = [item.id for item in event.organisations if item.status != "withdrawn" and event.scores(judge, item.id)]
    liked = {item: 0.7 * strength[item] + 0.3 * dice.random() for item in scored}
    order = sorted(scored, key=lambda item: liked[item], reverse=True)
    given = {item: _mark(criterion, liked[item], order.index(item)) for item in scored}
    return [MarkRow(judge.id, item, criterion.id, value) for item, value in given.items() if value is not None]


def _mark(criterion: Criterion, liked: float, before: int) -> MarkValue | None:
    """A mark of whatever kind the criterion asks for, from how much it is liked (0 to 1) and how many are liked more."""
    method = criterion.method
    match method:
        case Points():
            steps = (method.most - method.least) // method.step
            return method.least + method.step * (steps * 6 // 10 + int(liked * (steps - steps * 6 // 10)))
        case Grades():
            return method.grades[min(int((1 - liked) * len(method.grades)), len(method.grades) - 1)].id
        case Checklist():
            return tuple(item.id for item in method.items[: int((1 - liked) * len(method.items))])
        case Places():
            return before + 1
        case Votes():
            return 1 if before < method.most else None


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
