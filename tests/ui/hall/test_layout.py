"""The layout at every size of terminal: nothing sticks out, nothing is lost, what matters is large."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judge_tui.domain.ceremony.machine import Act, Ceremony, Move, Stage
from judge_tui.domain.ceremony.picture import Picture, Progress, picture_of
from judge_tui.domain.ceremony.plan import prepare
from judge_tui.domain.ceremony.show import Options
from judge_tui.domain.event import Reveal
from judge_tui.domain.rules import Award
from judge_tui.i18n import translator
from judge_tui.ui.hall.fit import fit, flow, wrap
from judge_tui.ui.hall.layout import lay_out
from judge_tui.ui.hall.rows import PLAIN_ENOUGH, Role, Row, row_width
from tests.domain.ceremony.shows import NAMES, event, result, show

SIZES = [(40, 12), (80, 24), (100, 30), (120, 36), (160, 50), (240, 70)]


def pictures(prepared: Ceremony) -> list[Picture]:
    """Every picture of a ceremony, from the lobby to the last award."""
    seen = [picture_of(prepared, Progress(37, 40))]
    for _ in range(200):
        prepared = prepared.act(Act(Move.FORWARD, 1))
        seen.append(picture_of(prepared, Progress(37, 40)))
        if prepared.state.stage is Stage.AWARDS and prepared.state.award == len(prepared.show.awards):
            return seen
    raise AssertionError("the ceremony has no end")


def text_of(rows: tuple[Row, ...]) -> str:
    return "\n".join("".join(text for text, _ in row) for row in rows)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("solid", [False, True])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_picture_fits_every_terminal(width: int, height: int, solid: bool, language: str) -> None:
    translator.switch(language)
    for picture in pictures(Ceremony(show())):
        laid = lay_out(picture, width, height, translator.render, solid=solid)

        assert len(laid.rows) == height
        assert max(row_width(row) for row in laid.rows) <= width, picture


@settings(max_examples=60, deadline=None)
@given(st.integers(30, 250), st.integers(6, 80), st.integers(0, 24), st.booleans())
def test_no_size_breaks_a_layout(width: int, height: int, step: int, solid: bool) -> None:
    shown = pictures(Ceremony(show()))
    laid = lay_out(shown[step % len(shown)], width, height, translator.render, solid=solid)

    assert len(laid.rows) == height
    assert max(row_width(row) for row in laid.rows) <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_village_s_name_is_always_in_block_letters(width: int, height: int) -> None:
    for name in NAMES:
        contest = event([name])
        ceremony = Ceremony(prepare(contest, result(contest, [1]), Options(announce=0))).act(Act(Move.FORWARD))
        rows = lay_out(picture_of(ceremony), width, height, translator.render).rows

        assert name not in text_of(rows) or (width, len(name)) == (40, 14)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_board_loses_nobody_and_is_never_smaller_than_can_be_read(width: int, height: int) -> None:
    names = [f"第{number}村" for number in range(1, 37)]
    contest = event(names, awards=())
    ceremony = (
        Ceremony(prepare(contest, result(contest, range(1, 37)))).act(Act(Move.GO, text="sealed")).act(Act(Move.ALL))
    )
    board = picture_of(ceremony.act(Act(Move.FORWARD, 1)))
    laid = [lay_out(board, width, height, translator.render, turned=page) for page in range(99)]
    pages = [page.rows for page in laid[: laid[0].pages]]

    if height <= PLAIN_ENOUGH:
        assert all(sum(f" {name} " in text_of(page) for page in pages) == 1 for name in names)
    else:
        assert not any(name in text_of(page) for page in pages for name in names)
        assert len(pages) <= 7


def test_a_long_name_on_a_small_board_wraps_and_is_not_cut() -> None:
    ceremony = Ceremony(show()).act(Act(Move.GO, text="sealed")).act(Act(Move.ALL))
    drawn = text_of(lay_out(picture_of(ceremony), 40, 12, translator.render).rows)

    assert "".join(drawn.split()).count("新建路街道郑韩社区") == 1
    assert ".." not in drawn


def test_a_rehearsal_is_marked_above_and_below_every_picture() -> None:
    contest = event()
    rehearsed = prepare(contest, result(contest, range(1, 8)), rehearsal=True)
    for picture in pictures(Ceremony(rehearsed)):
        rows = lay_out(picture, 100, 30, translator.render).rows

        assert "REHEARSAL" in text_of(rows[:1])
        assert "REHEARSAL" in text_of(rows[-1:])


def test_a_provisional_result_is_marked_wherever_it_is_shown() -> None:
    ceremony = Ceremony(show(lacks=["tie"])).act(Act(Move.GO, text="sealed")).act(Act(Move.OVERRIDE, text="先公布"))

    assert "PROVISIONAL" in text_of(lay_out(picture_of(ceremony), 100, 30, translator.render).rows[:1])


def test_lifted_rows_stay_free() -> None:
    ceremony = Ceremony(show()).act(Act(Move.LIFT, 6))
    rows = lay_out(picture_of(ceremony), 100, 30, translator.render).rows

    assert all(row == () for row in rows[-6:])
    assert any(row != () for row in rows[-12:-6])


def test_nothing_at_all_is_drawn_on_a_blank_screen() -> None:
    rows = lay_out(picture_of(Ceremony(show()).act(Act(Move.BLANK))), 100, 30, translator.render).rows

    assert set(rows) == {()}


def test_a_solid_layout_has_no_block_characters() -> None:
    for picture in pictures(Ceremony(show())):
        drawn = text_of(lay_out(picture, 160, 50, translator.render, solid=True).rows)

        assert not set(drawn) & set("▗▖▄▝▐▞▟▘▚▌▙▀▜▛█")


def test_time_over_is_said_in_words_too() -> None:
    ceremony = Ceremony(show()).act(Act(Move.FORWARD)).act(Act(Move.CLOCK, 0))
    laid = lay_out(picture_of(ceremony), 100, 30, translator.render, now=492_000)

    assert "12 s over time" in text_of(laid.rows)
    assert any(role is Role.WARNING for row in laid.rows for _, role in row)


@pytest.mark.parametrize(("width", "height"), [(160, 50), (240, 70)])
def test_presenter_and_limits_are_in_big_letters_where_ordinary_ones_would_be_small(width: int, height: int) -> None:
    translator.switch("zh")
    ceremony = Ceremony(show()).act(Act(Move.FORWARD)).act(Act(Move.CLOCK, 0))
    picture = picture_of(ceremony)
    assert picture.turn is not None
    assert picture.clock is not None
    for now in (0, (picture.clock.most - 30) * 1000, (picture.clock.most + 30) * 1000):
        said = text_of(lay_out(picture, width, height, translator.render, now=now).rows)

        assert picture.turn.presenter not in said
        assert not any(word in said for word in ("分钟", "还剩", "已超时"))


def test_many_names_under_one_award_are_paged_rather_than_shrunk() -> None:
    names = [f"新建路街道第{number}社区" for number in "一二三四五六七八"]
    contest = event(names)
    won = {f"o{number}": ("first",) for number in range(1, 9)}
    prepared = prepare(contest, result(contest, range(1, 9), won), Options(mode=Reveal.AWARDS))
    ceremony = Ceremony(prepared).act(Act(Move.GO, text="sealed"))
    for _ in range(1 + len(prepared.steps)):
        ceremony = ceremony.act(Act(Move.FORWARD))
    laid = lay_out(picture_of(ceremony), 80, 24, translator.render)

    assert laid.pages > 1
    assert not any(name in text_of(laid.rows) for name in names)


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("湾李村", 48, ("湾李村",)),
        ("新建路街道郑韩社区居民委员会", 112, ("新建路街道郑韩", "社区居民委员会")),
        ("比干劲，亮承诺", 48, ("比干", "劲，亮", "承诺")),
        ("“亮赛比”观摩", 64, ("“亮赛比”", "观摩")),
        ("Beijing Road 2", 56, ("Beijing", "Road 2")),
    ],
)
def test_lines_break_where_they_may(text: str, columns: int, lines: tuple[str, ...]) -> None:
    assert wrap(text, columns) == lines


def test_what_does_not_fit_is_said_not_to_fit() -> None:
    assert fit("湾李村", 20, 7) is None
    assert wrap("湾", 15) is None
    assert flow(("湾李村",), 20, 20) == ()


LONG = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县海努克乡切吉村民委员会第三联合党支部"
STRANGE = (LONG, "阿卜杜拉·买买提江·吐尔逊", "𪚥龘䶮村", "幸福🏆社区❤️", "O'Brien-Müller", "བོད་ལྗོངས", "[b]村[/b]")


@pytest.mark.parametrize("solid", [False, True])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_strange_names_fit_every_terminal_and_nobody_is_lost(width: int, height: int, solid: bool) -> None:
    contest = event(STRANGE, awards=(Award("first", "一等奖"),))
    won = {item.id: ("first",) for item in contest.organisations}
    for picture in pictures(Ceremony(prepare(contest, result(contest, range(1, 8), won)))):
        laid = [lay_out(picture, width, height, translator.render, turned=page, solid=solid) for page in range(9)]
        for page in laid[: laid[0].pages]:
            assert len(page.rows) == height
            assert all(row_width(row) <= width for row in page.rows)
        if picture.entries:
            shown = "".join(text_of(page.rows) for page in laid[: laid[0].pages])
            assert all(f"{entry.score}" in shown or height > PLAIN_ENOUGH for entry in picture.entries)
            assert "𪚥" in shown


@pytest.mark.parametrize(("width", "height"), [(160, 50), (240, 70)])
def test_forty_hanzi_are_in_block_letters_and_so_are_place_and_score(width: int, height: int) -> None:
    contest = event([LONG, "湾李村"], awards=())
    ceremony = Ceremony(prepare(contest, result(contest, [1, 2]), Options(announce=0)))
    card = ceremony.act(Act(Move.GO, text="sealed")).act(Act(Move.FORWARD)).act(Act(Move.JUMP, 1))
    rows = lay_out(picture_of(card), width, height, translator.render).rows
    assert "新疆" not in text_of(rows)
    assert "100.25" not in text_of(rows)
    board = lay_out(picture_of(card.act(Act(Move.ALL))), width, height, translator.render)
    assert "新疆" not in text_of(board.rows)


def test_a_name_that_no_big_letters_can_show_stands_below_those_they_can() -> None:
    contest = event(["湾李村", "བོད་ལྗོངས", "人和寨村"], awards=(Award("first", "一等奖"),))
    won = {item.id: ("first",) for item in contest.organisations}
    prepared = prepare(contest, result(contest, [1, 2, 3], won), Options(mode=Reveal.AWARDS))
    ceremony = Ceremony(prepared).act(Act(Move.GO, text="sealed")).act(Act(Move.FORWARD)).act(Act(Move.FORWARD))
    shown = text_of(lay_out(picture_of(ceremony), 100, 30, translator.render).rows)

    assert "བོད་ལྗོངས" in shown
    assert "湾李村" not in shown


def test_emoji_do_not_disturb_the_columns_of_a_board() -> None:
    contest = event(["幸福🏆社区❤️", *(f"第{number}村" for number in range(2, 13))], awards=())
    ceremony = (
        Ceremony(prepare(contest, result(contest, range(1, 13)))).act(Act(Move.GO, text="sealed")).act(Act(Move.ALL))
    )

    assert "幸福社区" in text_of(lay_out(picture_of(ceremony), 80, 24, translator.render).rows)


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (120, 36)])
def test_a_board_of_a_few_is_in_big_letters_where_one_page_holds_it(width: int, height: int) -> None:
    contest = event(["湾李村", "人和寨村", "黄岗村"], awards=())
    prepared = prepare(contest, result(contest, [1, 2, 3]), Options(top=2))
    board = Ceremony(prepared).act(Act(Move.GO, text="sealed")).act(Act(Move.ALL))
    laid = lay_out(picture_of(board), width, height, translator.render)

    assert laid.pages == 1
    assert "湾李村" not in text_of(laid.rows)
