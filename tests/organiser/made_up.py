"""Contests under many rules with made-up marks, for documents that must follow them all."""

from __future__ import annotations

import random
from dataclasses import replace

from judge_tui.domain import marks
from judge_tui.domain.definition import read_definition
from judge_tui.domain.event import Checklist, Criterion, Event, Grades, Places, Points, Votes
from judge_tui.domain.rules import (
    Average,
    Best,
    Combine,
    EmptyGroup,
    GroupLevel,
    GroupRule,
    Missing,
    Numbering,
    PhaseRule,
    Rounding,
    SheetScope,
    Tabulation,
    TieRung,
    Trim,
)
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.inputs import Adjustment, Ballots, MarkRow, MarkState, Tally
from judge_tui.services.documents.dossier import Dossier

DEFINITION: dict[str, object] = {
    "event": {"id": "papers", "title": "公式试验“擂台赛”", "date": "2021-12-20", "host": "某镇"},
    "organisations": [{"id": f"v{number}", "number": number, "name": f"第{number}村"} for number in range(1, 8)],
    "groups": [
        {
            "id": "leaders",
            "name": "班子成员",
            "weight": "0.6",
            "judges": [{"id": f"a{number}", "name": f"甲{number}"} for number in range(1, 6)],
        },
        {
            "id": "cadres",
            "name": "中层/干部",
            "weight": "0.4",
            "judges": [{"id": f"b{number}", "name": f"乙{number}"} for number in range(1, 5)],
        },
    ],
    "phases": [{"id": "visit", "name": "观摩", "weight": 1}, {"id": "talk", "name": "述职", "weight": 3}],
    "criteria": [
        {"id": "look", "name": "村容", "phase": "visit", "max": 100, "step": "0.5", "weight": "0.3"},
        {"id": "grade", "name": "评议", "phase": "visit", "weight": "0.2", "method": "grades", "grades": [
            {"id": "good", "name": "优秀", "points": 95}, {"id": "fair", "name": "良好", "points": 85},
            {"id": "pass", "name": "合格", "points": 70}]},
        {"id": "speech", "name": "汇报", "phase": "talk", "max": 100, "step": "0.1", "weight": "1/3"},
        {"id": "files", "name": "台账", "phase": "talk", "method": "checklist", "max": 20, "items": [
            {"id": "one", "text": "少会议记录", "off": 3}, {"id": "two", "text": "缺签到", "off": "1.5"}]},
    ],
    "adjustments": [
        {"id": "plus", "name": "加分", "kind": "bonus", "cap": 2},
        {"id": "late", "name": "超时", "kind": "penalty", "phase": "talk"},
    ],
}  # fmt: skip

RULES: dict[str, Tabulation] = {
    "sheet": Tabulation(missing=Missing.LEAVE_OUT),
    "trimmed": Tabulation(missing=Missing.LEAVE_OUT, trim=Trim(1, 1, 4)),
    "two and one off": Tabulation(missing=Missing.LEAVE_OUT, trim=Trim(2, 1), rounding=Rounding(sheet=1)),
    "whole sheet": Tabulation(missing=Missing.LEAVE_OUT, sheet=SheetScope.EVENT, phases=PhaseRule.WEIGHTED),
    "median": Tabulation(missing=Missing.LEAVE_OUT, average=Average.MEDIAN, trim=Trim(1, 1)),
    "sum": Tabulation(missing=Missing.LEAVE_OUT, average=Average.SUM, best=Best.LOWEST, decimals=1),
    "by criterion": Tabulation(
        missing=Missing.LEAVE_OUT,
        combine=Combine.CRITERION,
        trim=Trim(1, 1),
        rounding=Rounding(criterion=2, weighted=2),
    ),
    "groups": Tabulation(
        missing=Missing.LEAVE_OUT, groups=GroupRule.WEIGHTED, trim=Trim(1, 1), rounding=Rounding(group=2)
    ),
    "groups summed": Tabulation(missing=Missing.LEAVE_OUT, groups=GroupRule.SUM, empty_group=EmptyGroup.REWEIGH),
    "groups by criterion": Tabulation(
        missing=Missing.LEAVE_OUT,
        combine=Combine.CRITERION,
        groups=GroupRule.WEIGHTED,
        rounding=Rounding(criterion=1, phase=2),
        numbering=Numbering.DENSE,
    ),
    "groups in total": Tabulation(
        missing=Missing.LEAVE_OUT,
        combine=Combine.CRITERION,
        groups=GroupRule.WEIGHTED,
        group_level=GroupLevel.TOTAL,
        phases=PhaseRule.WEIGHTED,
        decimals=3,
    ),
    "pooled trim": Tabulation(missing=Missing.LEAVE_OUT, groups=GroupRule.WEIGHTED, trim=Trim(1, 1), trim_pooled=True),
    "best phase": Tabulation(missing=Missing.LEAVE_OUT, phases=PhaseRule.BEST, best_of=1),
    "ties": Tabulation(
        missing=Missing.LEAVE_OUT, decimals=0, ties=(TieRung("criterion", criterion="speech"), TieRung("order"))
    ),
    "classes": Tabulation(missing=Missing.LEAVE_OUT, by_division=True, decimals=0, numbering=Numbering.DENSE),
}
"""Every way of coming to a total, by name."""


def event_of(rules: Tabulation, definition: dict[str, object] | None = None) -> Event:
    """The contest under these rules; two classes, one withdrawn, one out of competition."""
    event = read_definition(definition or DEFINITION, "papers")
    organisations = tuple(
        replace(
            item,
            division="大村" if item.number % 2 else "小村",
            status={6: "withdrawn", 7: "guest"}.get(item.number, ""),
        )
        for item in event.organisations
    )
    return replace(event, tabulation=rules, organisations=organisations)


def dossier_under(rules: Tabulation, seed: int, definition: dict[str, object] | None = None) -> Dossier:
    """A dossier with made-up marks: some blank, recused, absent, not submitted, and a few adjustments."""
    own = random.Random(seed)
    event = event_of(rules, definition)
    rows = []
    for judge in event.judges:
        order = own.sample(range(1, len(event.organisations) + 1), len(event.organisations))
        for place, organisation in zip(order, event.organisations):
            luck = own.random()
            for criterion in event.criteria_of(judge):
                state, value, submitted = MarkState.GIVEN, made_up_mark(criterion, own, place), True
                if luck < 0.05:
                    state, value = MarkState.RECUSED, None
                elif luck < 0.08:
                    state, value = MarkState.ABSENT, None
                elif own.random() < 0.04:
                    state, value = MarkState.BLANK, None
                elif own.random() < 0.03:
                    submitted = False
                rows.append(
                    MarkRow(
                        judge.id,
                        organisation.id,
                        criterion.id,
                        value,
                        state,
                        submitted,
                        judge.group,
                        own.random() < 0.1,
                    )
                )
    adjustments = (
        Adjustment(event.organisations[0].id, "加分", 1500, "创新", ("张三",)),
        Adjustment(event.organisations[0].id, "加分", 1000, "示范", ("张三",)),
        Adjustment(event.organisations[1].id, "超时", -500, "超时40秒", ("李四",)),
    )
    ballots = Ballots(rows, adjustments if event.adjustments else ())
    return Dossier(
        event,
        ballots,
        tabulate(event, ballots),
        {event.organisations[0].id: ("思路清、亮点多。", '=HYPERLINK("x") 台账要细')},
    )


def made_up_mark(criterion: Criterion, own: random.Random, place: int) -> int | str | tuple[str, ...]:
    """A mark that this criterion takes."""
    method = criterion.method
    if isinstance(method, Points):
        return own.randrange(method.most // 2, method.most + 1, method.step)
    if isinstance(method, Grades):
        return own.choice(method.grades).id
    if isinstance(method, Checklist):
        found = tuple(item.id for item in method.items if own.random() < 0.3)
        value = marks.check(method, found)
        assert isinstance(value, tuple)
        return value
    if isinstance(method, Places):
        return place
    assert isinstance(method, Votes)
    return int(place <= method.most)


def ballots() -> Dossier:
    """Judges who put organisations in order and vote for the best, some of their ballots void."""
    definition = {
        **DEFINITION,
        "criteria": [
            {"id": "order", "name": "排序", "phase": "visit", "method": "places", "points": ["10", "8", "6", "5", "4", "3", "2"]},
            {"id": "vote", "name": "推荐", "phase": "talk", "method": "votes", "most": 2},
        ],
    }  # fmt: skip
    return dossier_under(Tabulation(missing=Missing.LEAVE_OUT, average=Average.SUM), 11, definition)


def appraisal() -> Dossier:
    """An anonymous appraisal of two classes of voters, counted by two tellers."""
    definition = {
        **DEFINITION,
        "criteria": [
            {"id": "poll", "name": "民主测评", "phase": "talk", "method": "grades", "anonymous": True, "grades": [
                {"id": "good", "name": "优秀", "points": 100}, {"id": "fair", "name": "称职", "points": 80},
                {"id": "poor", "name": "不称职", "points": 40}]},
        ],
        "adjustments": [],
    }  # fmt: skip
    rules = Tabulation(combine=Combine.CRITERION, groups=GroupRule.WEIGHTED, missing=Missing.LEAVE_OUT)
    event = event_of(rules, definition)
    own = random.Random(5)
    tallies = []
    for organisation in event.organisations:
        for group in event.groups:
            good, fair, poor = own.randint(5, 20), own.randint(0, 9), own.randint(0, 3)
            valid = good + fair + poor
            tallies.append(
                Tally(
                    group.id,
                    organisation.id,
                    event.criteria[0].id,
                    valid + 4,
                    valid + 2,
                    valid,
                    1,
                    (("good", good), ("fair", fair), ("poor", poor)),
                )
            )
    ballots = Ballots((), tallies=tuple(tallies))
    return Dossier(event, ballots, tabulate(event, ballots))
