"""What the host reads out, on paper."""

from __future__ import annotations

from judge_tui.domain.ceremony.plan import prepare
from judge_tui.domain.ceremony.show import Handing, Options, Slide
from judge_tui.domain.event import Publication, Reveal
from judge_tui.i18n import translator
from judge_tui.services.hall.host_sheet import host_sheet
from tests.domain.ceremony.shows import GRADES, event, result, show


def test_every_step_is_a_line_in_the_order_of_the_screen() -> None:
    translator.switch("zh")
    options = Options(
        announce=1,
        slides=(Slide("鸣谢", ("合作社",), before="reveal"),),
        handings=(Handing("first", "实绩突出", "镇长"),),
    )
    text = host_sheet(show(options), translator.render)

    reveal = text.partition("揭晓\n")[2].split("\n")
    assert reveal[:2] == ["  1  鸣谢  合作社", "  2  第7名  欧阳寺村  99.00分"]
    assert "并列第3名  黄岗村  铁匠营村" in reveal[4]
    assert reveal[6:8] == ["  7  第1名 ...", "  8  第1名  湾李村  100.50分"]
    assert "  1  一等奖  湾李村\n     实绩突出\n     颁奖人：镇长\n" in text
    assert "特别奖  本奖空缺" in text


def test_everything_at_once_is_read_out_place_by_place() -> None:
    translator.switch("zh")
    text = host_sheet(show(Options(mode=Reveal.ALL)), translator.render)

    assert (
        "一次全部揭晓，再下一步是总榜\n     第1名  湾李村  100.50  一等奖\n     第2名  人和寨村  100.25  二等奖\n     并列第3名"
        in text
    )


def test_an_award_that_nobody_has_is_said_so_where_it_is_revealed() -> None:
    translator.switch("zh")
    text = host_sheet(show(Options(mode=Reveal.AWARDS)), translator.render)

    assert "揭晓\n  1  特别奖  本奖空缺\n" in text


def test_what_is_not_final_says_so() -> None:
    assert "*** PROVISIONAL, not final ***" in host_sheet(show(lacks=["tie"]), translator.render)


def test_the_sheet_keeps_back_what_the_event_does() -> None:
    contest = event(awards=GRADES, publication=Publication(scores=False, places=False))
    won = {f"o{number}": ("good",) for number in (1, 2)}
    text = host_sheet(prepare(contest, result(contest, range(1, 8), won)), translator.render)

    assert "Place" not in text
    assert "points" not in text
