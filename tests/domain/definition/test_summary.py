"""What `check` says of a definition, in words."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from judge_tui.domain.definition import read_definition
from judge_tui.domain.definition.summary import full_marks, summarise
from judge_tui.domain.event import Event
from judge_tui.domain.messages import msg
from judge_tui.i18n import Translator
from tests.domain.definition.events import events


def lines(event: Event, heading: str) -> list[str]:
    return [str(line) for title, found in summarise(event) if str(title) == heading for line in found]


def event_of(**document: object) -> Event:
    return read_definition({"event": {"title": "x"}, **document})


def test_the_head_counts_and_names() -> None:
    event = event_of(
        event={"title": "Review", "season": "2025 Q1", "host": "Town", "calibration": 1, "questions": ["a?"]},
        organisations=["A", "B"],
        criteria=[{"name": "c", "max": 5}],
    )

    assert lines(event, "Event") == [
        "Review (id Review)",
        "2025 Q1, Town",
        "Marks are given at any time until the sheet is submitted.",
        "The first 1 are scored together after the last of them.",
        "1 question in the pool",
    ]
    assert lines(event, "Organisations") == ["2 organisations", "from no. 1 A to no. 2 B"]


def test_who_is_out_and_in_which_class_is_said() -> None:
    event = event_of(
        organisations=[
            {"name": "A", "kind": "person", "division": "one", "materials": ["a.pdf", "b.png"]},
            {"name": "B", "kind": "person", "division": "two", "status": "withdrawn"},
        ]
    )

    assert lines(event, "Organisations") == [
        "2 persons",
        "from no. 1 A to no. 2 B",
        "2 pictures and papers",
        "classes: one, two",
        "not in the ranking: B",
    ]
    assert lines(event, "Judges") == ["none"]
    assert lines(event, "Criteria") == ["none: nothing is scored"]


def test_groups_practice_and_exclusions_are_said() -> None:
    event = event_of(
        organisations=["A"],
        groups=[{"name": "g", "weight": "60%", "judges": ["j", {"name": "p", "practice": True}]}, {"name": "h"}],
        judges=[{"name": "k", "group": "h", "organisation": "A"}],
        criteria=[{"name": "c", "max": 5}],
    )

    assert lines(event, "Judges") == [
        "g: 1, weight 0.6",
        "h: 1",
        "for practice, not counted: p",
        "1 judge is excluded from some",
    ]


def test_each_method_is_said() -> None:
    grades = [{"name": "good", "points": 80}, {"name": "fair", "points": 60}]
    event = event_of(
        phases=[
            {"name": "p", "min_time": "5:00", "max_time": "8:00", "by": "them"},
            {"name": "q", "kind": "visit", "stops": ["s"]},
        ],
        criteria=[
            {"name": "a", "phase": "p", "min": 1, "max": 5, "step": 1, "weight": 2},
            {"name": "b", "phase": "p", "max": 5, "deduct": True, "bonus": True},
            {"name": "c", "phase": "p", "method": "grades", "grades": grades, "groups": ["judges"]},
            {"name": "d", "phase": "q", "method": "grades", "grades": grades, "anonymous": True},
            {"name": "e", "phase": "q", "method": "checklist", "max": 9, "items": [{"text": "t", "off": 1}]},
            {"name": "f", "phase": "q", "method": "places"},
            {"name": "g", "phase": "q", "method": "votes", "most": 2},
        ],
    )

    assert lines(event, "Phases") == ["1. p: talk, in each turn, 5:00~8:00, them", "2. q: visit, in each turn, s"]
    assert lines(event, "Criteria") == [
        "a: 1 to 5 points in steps of 1, times 2, p",
        "b: 5 points minus what is taken off, down to 0, in steps of 0.5, beyond full marks, p",
        "c: grades good=80, fair=60, by Judges, p",
        "d: anonymous grade ballot good=80, fair=60, q",
        "e: 9 points minus 1 item to check, q",
        "f: each judge puts all in order, q",
        "g: each judge votes for at most 2, q",
        "Full marks: 179",
    ]


def test_adjustments_awards_and_announcement_are_said() -> None:
    event = event_of(
        phases=["p"],
        criteria=[{"name": "a", "max": 5}],
        adjustments=[
            {"id": "u", "kind": "overtime", "limit": 60, "bands": [{"from": 10, "points": -1, "every": 30}]},
            {
                "id": "o",
                "name": "Over",
                "kind": "overtime",
                "phase": "p",
                "bands": [{"from": 11, "points": -1}],
                "cap": 3,
                "signers": 2,
            },
        ],
        awards=[
            {"id": "a", "quota": 2, "percent": 20, "at_least": 90, "top": 3},
            {"id": "b", "below": 60, "bottom": 2},
            {"id": "c"},
        ],
        publication={"scores": False, "bottom": False},
    )

    assert lines(event, "Adjustments") == [
        "u: over time, from 0:10: -1, every 0:30 again",
        "Over: over time, p, from 0:11: -1, at most 3 points, signed by 2",
    ]
    assert lines(event, "Grades and awards") == [
        "a: 2 of them, 20 % of all, from 90 points on, among the first 3, a tie at the cut: the organiser decides",
        "b: below 60 points, among the last 2, a tie at the cut: the organiser decides",
        "c: all that are left",
    ]
    assert lines(event, "Announcement") == [
        "revealed one by one from the last place",
        "not shown: scores, lists of the last",
    ]


def test_ballots_without_names_need_no_judges_by_name() -> None:
    grades = [{"name": "a", "points": 1}, {"name": "b", "points": 0}]
    event = event_of(criteria=[{"name": "x", "method": "grades", "grades": grades, "anonymous": True}])

    assert lines(event, "Judges") == ["none by name: ballots are anonymous and counted by group"]


def test_full_marks_are_weighted_and_leave_bonuses_out() -> None:
    event = event_of(criteria=[{"name": "a", "max": 60, "weight": "1/3"}, {"name": "b", "max": 5, "bonus": True}])

    assert full_marks(event) == Fraction(20)


@pytest.mark.parametrize(
    ("rules", "full"),
    [
        ({}, 150),
        ({"phases": "weighted"}, Fraction(100, 4) + Fraction(50 * 3, 4)),
        ({"phases": "best", "best_of": 1}, 0),
        ({"average": "sum"}, 0),
    ],
)
def test_full_marks_are_what_the_rules_can_come_to(rules: dict[str, object], full: Fraction | int) -> None:
    event = event_of(
        phases=[{"id": "p", "name": "p", "weight": 1}, {"id": "q", "name": "q", "weight": 3}],
        criteria=[{"name": "a", "max": 100, "phase": "p"}, {"name": "b", "max": 50, "phase": "q"}],
        tabulation=rules,
    )

    assert full_marks(event) == full


def test_the_rules_stand_among_the_rest_where_anything_is_scored() -> None:
    rules = (msg("Only submitted marks count."),)
    scored, unscored = event_of(criteria=[{"name": "a", "max": 1}]), event_of()

    assert ("Rules", rules) in [(str(heading), found) for heading, found in summarise(scored, rules)]
    assert "Rules" not in [str(heading) for heading, _ in summarise(unscored, rules)]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(events())
def test_any_event_can_be_said_in_both_languages(event: Event) -> None:
    for language in ("zh", "en"):
        render = Translator(language).render
        assert all(render(line) for heading, found in summarise(event) for line in (heading, *found))
