"""What is revealed, in which order, and what is kept back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge_tui.domain.ceremony.plan import prepare
from judge_tui.domain.ceremony.show import Options, Show, Slide, Step, StepKind
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Projector, Publication, Reveal
from judge_tui.domain.rules import Award
from tests.domain.ceremony.shows import GRADES, event, result, show


def names(step: Step) -> tuple[str, ...]:
    return tuple(entry.name for entry in step.entries)


def revealed(prepared: Show) -> list[tuple[str, ...]]:
    return [names(step) for step in prepared.steps if step.kind is not StepKind.ANNOUNCE]


def test_places_are_revealed_from_the_last_to_the_first_and_shared_ones_together() -> None:
    prepared = show(Options(announce=0))

    assert revealed(prepared) == [
        ("欧阳寺村",),
        ("新建路街道郑韩社区居民委员会",),
        ("北靳楼村",),
        ("黄岗村", "铁匠营村"),
        ("人和寨村",),
        ("湾李村",),
    ]
    assert [entry.tied for entry in prepared.steps[3].entries] == [True, True]


def test_the_first_places_are_announced_before_their_names_appear() -> None:
    kinds = [(step.kind, step.place, bool(step.entries)) for step in show(Options(announce=1)).steps[-2:]]

    assert kinds == [(StepKind.ANNOUNCE, 1, False), (StepKind.PLACE, 1, True)]


def test_top_two_leaves_everybody_else_off_the_reveal_and_off_the_board() -> None:
    prepared = show(Options(top=2, announce=0))

    assert revealed(prepared) == [("人和寨村",), ("湾李村",)]
    assert [entry.name for entry in prepared.board] == ["湾李村", "人和寨村"]


def test_top_three_shows_all_who_share_the_third_place() -> None:
    assert revealed(show(Options(top=3, announce=0)))[0] == ("黄岗村", "铁匠营村")


def test_awards_are_revealed_from_the_lowest_and_one_that_nobody_has_is_there_empty() -> None:
    prepared = show(Options(mode=Reveal.AWARDS))

    assert [(step.award, names(step)) for step in prepared.steps] == [
        ("特别奖", ()),
        ("二等奖", ("人和寨村", "黄岗村")),
        ("一等奖", ("湾李村",)),
    ]


def test_all_at_once_is_one_step_with_the_whole_board() -> None:
    prepared = show(Options(mode=Reveal.ALL))

    assert [step.kind for step in prepared.steps] == [StepKind.ALL]
    assert prepared.steps[0].entries == prepared.board


@pytest.mark.parametrize("status", ["withdrawn", "vetoed", "guest"])
def test_whoever_is_out_never_wins_though_a_result_says_so(status: str) -> None:
    contest = event(statuses=[status])
    prepared = prepare(contest, result(contest, (1, 2, 3, 4, 5, 6, 7), {"o1": ("first",)}), Options(announce=0))

    assert ("湾李村",) not in revealed(prepared)
    assert [award.entries for award in prepared.awards if award.name == "一等奖"] == [()]
    last = prepared.board[-1]
    assert (last.name, last.place, last.awards) == ("湾李村", None, ())
    assert last.note is not None


def test_grades_are_shown_without_scores_and_places() -> None:
    contest = event(awards=GRADES, publication=Publication(scores=False, places=False))
    won = {
        f"o{number}": (grade,)
        for number, grade in enumerate(["good", "pass", "fair", "good", "fair", "pass", "fair"], 1)
    }
    prepared = prepare(contest, result(contest, (1, 7, 3, 2, 4, 6, 5), won))

    assert [step.award for step in prepared.steps] == ["合格", "良好", "优秀"]
    assert all(entry.place is None and entry.score == "" for entry in prepared.board)


@given(st.permutations(range(1, 8)))
def test_hidden_places_cannot_be_read_from_any_order(ranks: list[int]) -> None:
    contest = event(awards=GRADES, publication=Publication(scores=False, places=False))
    won = {
        f"o{number}": (grade,)
        for number, grade in enumerate(["good", "pass", "fair", "good", "fair", "pass", "fair"], 1)
    }

    assert prepare(contest, result(contest, ranks, won)) == prepare(contest, result(contest, range(1, 8), won))


def test_lists_of_the_last_stay_hidden_where_they_are_not_published() -> None:
    black = Award("black", "黑榜", kind="list", bottom=2)
    contest = event(awards=(*GRADES, black), publication=Publication(bottom=False))
    prepared = prepare(contest, result(contest, range(1, 8), {"o7": ("black",)}), Options(mode=Reveal.AWARDS))

    assert "黑榜" not in [step.award for step in prepared.steps]
    assert all("黑榜" not in entry.awards for entry in prepared.board)


def test_what_is_not_published_cannot_be_asked_for() -> None:
    contest = event(publication=Publication(places=False))

    with pytest.raises(JudgeTuiError, match="places"):
        prepare(contest, result(contest, range(1, 8)), Options(mode=Reveal.ONE_BY_ONE))


def test_awards_cannot_be_asked_for_where_there_are_none() -> None:
    contest = event(awards=())

    with pytest.raises(JudgeTuiError, match="awards"):
        prepare(contest, result(contest, range(1, 8)), Options(mode=Reveal.AWARDS))


def test_the_definition_says_how_to_reveal_where_the_host_does_not() -> None:
    contest = event()
    declared = type(contest)(**{**vars(contest), "projector": Projector(reveal=Reveal.TOP, top=1)})

    assert revealed(prepare(declared, result(contest, range(1, 8)))) == [("湾李村",)]


def test_slides_stand_where_they_are_put_once() -> None:
    slides = (
        Slide("感谢支持", ("某某合作社",), sponsor=True, before="reveal"),
        Slide("前三名", before="place:3"),
        Slide("备用"),
    )
    kinds = [step.slide.title if step.slide else "" for step in show(Options(announce=3, slides=slides)).steps]

    assert kinds.index("感谢支持") == 0
    assert kinds.count("前三名") == 1
    assert kinds[kinds.index("前三名") + 1] == ""
    assert "备用" not in kinds


def test_classes_are_revealed_one_after_another() -> None:
    contest = event(["甲村", "乙村", "丙村", "丁村"], awards=())
    standings = result(contest, (1, 1, 2, 2)).standings
    split = tuple(
        type(item)(item.organisation, item.number, item.name, item.total, item.total_text, item.rank, division=division)
        for item, division in zip(standings, ["一类", "二类", "一类", "二类"], strict=True)
    )
    prepared = prepare(contest, type(result(contest, (1, 1, 2, 2)))("e", "t", split, ()), Options(announce=0))

    assert [(step.division, step.place, names(step)) for step in prepared.steps] == [
        ("一类", 2, ("丙村",)),
        ("一类", 1, ("甲村",)),
        ("二类", 2, ("丁村",)),
        ("二类", 1, ("乙村",)),
    ]


def test_the_digest_changes_with_what_would_be_revealed_and_with_what_is_lacking() -> None:
    base = show().digest

    assert show(ranks=(2, 1, 3, 3, 5, 6, 7)).digest != base
    assert show(lacks=["missing"]).digest != base
    assert show().digest == base
