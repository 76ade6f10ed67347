"""A judge's progress: states, what is missing, own totals and own places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import (
    Criterion,
    CriterionId,
    Event,
    EventId,
    GroupId,
    Judge,
    JudgeGroup,
    JudgeId,
    Organisation,
    OrganisationId,
    Phase,
    PhaseId,
    Places,
    Points,
    Votes,
)
from judge_tui.domain.rules import Tabulation
from judge_tui.domain.seat import Card, OwnMark, OwnText, Progress, SeatState, Sheet, progress_of

JUDGE = Judge(JudgeId("j"), "评委", GroupId("g"))
PHASE = PhaseId("p")
LOOK = Criterion(CriterionId("look"), "观摩", Points(0, 50_000, 500), PHASE, weight=Fraction(1, 3))
TALK = Criterion(CriterionId("talk"), "述职", Points(0, 50_000, 500), PHASE, comment_below=30_000)
EXTRA = Criterion(CriterionId("extra"), "加分", Points(0, 5_000, 1_000), PHASE, bonus=True)


def event(count: int = 3, criteria: Iterable[Criterion] = (LOOK, TALK, EXTRA)) -> Event:
    organisations = tuple(Organisation(OrganisationId(f"o{n}"), n, f"{n}村") for n in range(1, count + 1))
    return Event(
        EventId("e"),
        "赛",
        organisations,
        (JudgeGroup(GroupId("g"), "组"),),
        (JUDGE,),
        (Phase(PHASE, "述职"),),
        tuple(criteria),
        Tabulation(),
    )


def progress(contest: Event | None = None) -> Progress:
    contest = contest or event()
    sheet = Sheet(contest.criteria_of(JUDGE))
    return progress_of(contest, JUDGE, sheet, [Card(item, sheet) for item in reversed(contest.organisations)])


def marked(start: Progress, organisation: str, **values: MarkValue) -> Progress:
    card = start.card(OrganisationId(organisation))
    for name, value in values.items():
        card = card.with_mark(CriterionId(name), OwnMark(value))
    return start.with_card(card)


def test_organisations_stand_in_running_order() -> None:
    assert [card.organisation.number for card in progress().cards] == [1, 2, 3]


def test_a_card_passes_from_not_begun_to_complete() -> None:
    card = progress().cards[0]
    assert card.state is SeatState.NOT_BEGUN

    card = card.with_mark(LOOK.id, OwnMark(40_000))
    assert card.state is SeatState.BEGUN
    assert [item.id for item in card.missing] == [TALK.id]

    card = card.with_mark(TALK.id, OwnMark(45_000))
    assert card.state is SeatState.COMPLETE
    assert card.total == Fraction(40, 3) + 45


def test_zero_is_a_mark_and_blank_is_none() -> None:
    begun = progress()
    zero = marked(begun, "o1", look=0, talk=0)

    assert zero.cards[0].total == 0
    assert begun.cards[0].total is None
    assert zero.cards[0].missing == ()


def test_a_bonus_may_stay_blank() -> None:
    assert EXTRA not in marked(progress(), "o1", look=1_000).cards[0].missing


def test_a_low_mark_asks_for_a_comment_before_the_card_is_complete() -> None:
    low = marked(progress(), "o1", look=40_000, talk=20_000)
    assert low.cards[0].state is SeatState.BEGUN
    assert [item.id for item in low.comments_due] == ["o1"]

    said = low.with_card(replace(low.cards[0], comment=OwnText("整改")))
    assert said.cards[0].state is SeatState.COMPLETE
    assert said.comments_due == ()


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"later": True}, SeatState.LATER),
        ({"recusal": OwnText("亲属")}, SeatState.RECUSED),
        ({"locked": True}, SeatState.SUBMITTED),
        ({"reopened": True}, SeatState.REOPENED),
        ({"recusal": OwnText(""), "locked": True}, SeatState.RECUSED),
    ],
)
def test_each_state_has_its_own_word(changes: dict[str, object], state: SeatState) -> None:
    card = replace(progress().cards[0], **changes)  # type: ignore[arg-type]

    assert card.state is state
    assert len({str(item.word) for item in SeatState}) == len(SeatState)


def test_a_withdrawn_organisation_is_never_missing() -> None:
    contest = event()
    gone = replace(contest.organisations[0], status="withdrawn")
    begun = progress(replace(contest, organisations=(gone, *contest.organisations[1:])))

    assert begun.cards[0].state is SeatState.WITHDRAWN
    assert all(organisation.id != "o1" for organisation, _ in begun.missing)


def test_a_reminder_ends_when_the_card_is_full() -> None:
    card = replace(progress().cards[0], later=True).with_mark(LOOK.id, OwnMark(1_000))
    assert card.later

    assert not card.with_mark(TALK.id, OwnMark(45_000)).later


def test_own_places_are_shared_by_equal_totals_and_wait_for_full_cards() -> None:
    begun = progress(event(4))
    for organisation, talk in (("o1", 40_000), ("o2", 45_000), ("o3", 45_000)):
        begun = marked(begun, organisation, look=30_000, talk=talk)
    begun = marked(begun, "o4", look=50_000)

    assert begun.ranks == {"o2": 1, "o3": 1, "o1": 3}


def test_a_column_adds_up_over_all_organisations() -> None:
    begun = marked(marked(progress(), "o1", look=40_500), "o3", look=1_000)

    assert begun.column_total(LOOK.id) == (Fraction(83, 2), 2)


def test_the_judge_goes_on_at_the_first_that_waits_and_at_last_at_what_was_put_off() -> None:
    begun = progress()
    assert begun.resume() == "o1"

    put_off = begun.with_card(replace(begun.cards[0], later=True))
    assert put_off.resume() == "o2"

    for organisation in ("o2", "o3"):
        put_off = marked(put_off, organisation, look=40_000, talk=40_000)
    assert put_off.resume() == "o1"
    assert marked(put_off, "o1", look=40_000, talk=40_000).resume() is None


def test_a_place_is_taken_once_and_votes_are_counted() -> None:
    place = Criterion(CriterionId("place"), "名次", Places(), PHASE)
    vote = Criterion(CriterionId("vote"), "推荐", Votes(2), PHASE)
    begun = marked(marked(progress(event(3, (place, vote))), "o1", place=1, vote=1), "o2", place=2, vote=0)

    taken = begun.taken(place.id, 1, OrganisationId("o3"))
    assert taken is not None
    assert taken.id == "o1"
    assert begun.taken(place.id, 1, OrganisationId("o1")) is None
    assert begun.taken(vote.id, 1, OrganisationId("o3")) is None
    assert begun.votes(vote.id) == 1


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["look", "talk"]), st.integers(0, 100)), max_size=30))
def test_one_mark_after_another_gives_what_all_of_them_together_give(steps: list[tuple[int, str, int]]) -> None:
    begun = progress(event(5))
    known: dict[str, dict[str, int]] = {}
    for number, criterion, halves in steps:
        begun = marked(begun, f"o{number}", **{criterion: halves * 500})
        known.setdefault(f"o{number}", {})[criterion] = halves * 500
    afresh = progress(event(5))
    for organisation, values in known.items():
        afresh = marked(afresh, organisation, **values)

    assert begun.ranks == afresh.ranks
    assert begun.counts == afresh.counts
    assert begun.missing == afresh.missing
    for criterion in (LOOK, TALK):
        assert begun.column_total(criterion.id) == afresh.column_total(criterion.id)
