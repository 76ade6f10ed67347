"""Awards at the cut: what is certain is given, what a decision could take away is not, and no decision gives more than there is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judge_tui.domain.event import Event, OrganisationId
from judge_tui.domain.rules import Award, CutTie
from judge_tui.domain.tabulation.inputs import Decision
from judge_tui.domain.tabulation.result import Result
from tests.domain.tabulation.contests import awards, codes, define, rank, table

NAMES = "ABCDEFG"


def contest(points: str, text: str = "") -> tuple[Event, dict[str, str]]:
    given_ = dict(zip(NAMES, points.split()))
    names = ", ".join(f'"{name}"' for name in given_)
    head = f'[event]\ntitle = "T"\norganisations = [{names}]\njudges = ["1"]\n'
    return define(f'{head}[[criteria]]\nid = "p"\nname = "P"\nmax = 100\n{text}'), given_


def outcome(points: str, text: str, *decisions: Decision) -> Result:
    event, rows = contest(points, text)
    return rank(event, table(event, "p", rows), decisions=decisions)


def decided(award: str, order: str) -> Decision:
    return Decision(tuple(OrganisationId(name) for name in order), "加赛", award=award)


FLAG = '[[awards]]\nid = "flag"\nkind = "flag"\nat_least = 90\ntop = 3\n'
LAST = '[[awards]]\nid = "last"\nkind = "flag"\nbelow = 80\nbottom = 3\n'
GRADES = '[[awards]]\nid = "a"\nquota = 2\n[[awards]]\nid = "b"\nquota = 3\n[[awards]]\nid = "c"\n'


@pytest.mark.parametrize(
    ("points", "award", "expected", "lacks"),
    [
        ("95 92 88 88 70", FLAG, {"flag": "A B"}, []),
        ("95 92 91 91 70", FLAG, {"flag": "A B"}, ["award"]),
        ("95 85 85 79 70", LAST, {"last": "D E"}, []),
        ("95 85 79 79 78 70", LAST, {"last": "E F"}, ["award"]),
    ],
)
def test_a_tie_at_the_rank_is_asked_about_only_where_the_points_are_enough(
    points: str, award: str, expected: dict[str, str], lacks: list[str]
) -> None:
    """达90分以上且排名前三: two with 88 on the third place need no decision, neither can have the flag."""
    result = outcome(points, award)

    assert (awards(result), codes(result)) == (expected, lacks)


def test_an_order_of_all_the_tied_gives_the_award_to_as_many_as_there_is_room_for() -> None:
    """At the table the organiser puts everybody who shares the place in order."""
    result = outcome("95 90 90 90 60", '[[awards]]\nid = "x"\nkind = "prize"\nquota = 3\n', decided("x", "DBC"))

    assert (awards(result), codes(result)) == ({"x": "A B D"}, [])


def test_a_decision_between_others_is_none_about_these() -> None:
    """It was made between B and C; then C's mark was corrected and D stands beside B."""
    prize = '[[awards]]\nid = "x"\nkind = "prize"\nquota = 2\n'

    assert codes(outcome("95 90 90 80", prize, decided("x", "BC"))) == []
    assert codes(outcome("95 90 80 90", prize, decided("x", "BC"))) == ["award"]
    assert awards(outcome("95 90 80 90", prize, decided("x", "BC"), decided("x", "D"))) == {"x": "A D"}


def test_while_one_grade_waits_the_next_ones_count_with_those_who_come_down() -> None:
    """One of B and C comes down to the three 良好, D has the second, E and F share the third: neither is 合格 for certain."""
    result = outcome("95 92 92 88 79.5 79.5 70", GRADES)

    assert (awards(result), codes(result)) == ({"a": "A", "b": "D", "c": "G"}, ["award", "award"])


def test_who_may_still_get_a_flag_is_not_put_on_the_list_that_it_excludes() -> None:
    flag = '[[awards]]\nid = "flag"\nkind = "flag"\nquota = 1\n'
    short = '[[awards]]\nid = "list"\nkind = "list"\nquota = 2\nexcludes = ["flag"]\n'

    assert awards(outcome("90 90 80 70", flag + short)) == {"list": "C"}


def test_with_dense_numbering_the_first_three_are_places() -> None:
    """1, 1, 2, 3, 4: who is shown as third is among the first three, whatever the number of those before."""
    text = FLAG.replace("at_least = 90\n", "") + LAST.replace("below = 80\nbottom = 3", "bottom = 2")
    dense = '[tabulation]\nnumbering = "dense"\n'

    assert awards(outcome("95 95 90 80 70", text)) == {"flag": "A B C", "last": "D E"}
    assert awards(outcome("95 95 90 80 70", dense + text)) == {"flag": "A B C D", "last": "D E"}
    assert awards(outcome("95 95 90 70 70", dense + text)) == {"flag": "A B C D E", "last": "C D E"}
    assert codes(outcome("95 95 90 90 70", dense + text)) == []


def test_the_first_places_of_a_class_are_its_own() -> None:
    event, rows = contest("95 95 90 80 70", '[tabulation]\nnumbering = "dense"\n')
    classes = ("x", "x", "y", "y", "y")
    event = replace(
        event,
        organisations=tuple(replace(item, division=word) for item, word in zip(event.organisations, classes)),
        awards=(
            Award("flag", "Flag", "flag", top=2, division="y"),
            Award("last", "Last", "list", bottom=1, division="x"),
        ),
    )

    assert awards(rank(event, table(event, "p", rows))) == {"flag": "C D", "last": "A B"}


# -- every way the organiser could decide


def random_awards(dice: Random, count: int) -> tuple[Award, ...]:
    found: list[Award] = []
    for number in range(dice.randint(1, 4)):
        chance = dice.random
        found.append(
            Award(
                f"w{number}",
                f"W{number}",
                dice.choice(("grade", "prize", "list", "flag")),
                quota=dice.randint(1, count) if chance() < 0.7 else None,
                at_least=80_000 if chance() < 0.2 else None,
                below=90_000 if chance() < 0.2 else None,
                top=dice.randint(1, count) if chance() < 0.3 else None,
                bottom=dice.randint(1, count) if chance() < 0.2 else None,
                cut=dice.choice((CutTie.DECIDE, CutTie.DECIDE, CutTie.NONE, CutTie.ALL)),
                excludes=tuple(item.id for item in found if chance() < 0.2),
                from_last=chance() < 0.2,
            )
        )
    return tuple(found)


def ends(event: Event, rows: dict[str, str], decisions: tuple[Decision, ...]) -> Iterator[Result]:
    """Every result there can be once all that is open now has been decided."""
    result = rank(event, table(event, "p", rows), decisions=decisions)
    question = next((lack for lack in result.lacks if lack.award), None)
    if question is None:
        yield result
        return
    values = question.message.values
    for winners in combinations(values["names"], int(str(values["count"]))):  # type: ignore[call-overload]
        others = [name for name in values["names"] if name not in winners]  # type: ignore[attr-defined]
        yield from ends(event, rows, (*decisions, decided(question.award, [*winners, *others])))  # type: ignore[arg-type]


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 1_000_000))
def test_what_is_given_while_something_is_open_is_given_however_it_is_decided(seed: int) -> None:
    dice = Random(seed)
    count = dice.randint(2, 5)
    event, rows = contest(" ".join(str(dice.choice((70, 80, 90))) for _ in range(count)))
    event = replace(event, awards=random_awards(dice, count))

    now = rank(event, table(event, "p", rows))
    after = list(ends(event, rows, ()))

    held = {(item.organisation, award) for item in now.standings for award in item.awards}
    for result in after:
        final = {(item.organisation, award) for item in result.standings for award in item.awards}
        assert held <= final
        for award in event.awards:
            if award.quota is not None and award.cut is not CutTie.ALL:
                assert sum(1 for _, name in final if name == award.id) <= award.quota
