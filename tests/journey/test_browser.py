"""The hall in a real browser: the served screen, and the result as one file."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from judge_tui.domain.ceremony.plan import prepare
from judge_tui.domain.ceremony.show import Options
from judge_tui.domain.event import Reveal
from judge_tui.i18n import translator
from judge_tui.services.hall.page import result_page
from tests.browser import Browser
from tests.domain.ceremony.shows import NAMES, event, result, show
from tests.records import Hall as Contest
from tests.records import contest

pytestmark = pytest.mark.needs("chromium", "bash")


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    with Browser(tmp_path / "profile") as opened:
        yield opened


def test_the_space_bar_reveals_the_result_from_one_file(browser: Browser, tmp_path: Path) -> None:
    translator.switch("zh")
    page = tmp_path / "结果.html"
    page.write_text(result_page(show(Options(announce=0)), translator.render, "zh"), encoding="utf-8")
    browser.open(page.as_uri())
    assert "评分结束" in browser.text()

    browser.press(" ", " ")
    assert "第7名" in browser.text()
    assert "欧阳寺村" in browser.text()
    browser.press("PageUp", " ", " ")
    assert "新建路街道郑韩社区居民委员会" in browser.text()
    browser.press("3", "Enter")
    assert "并列第3名" in browser.text()
    assert {"黄岗村", "铁匠营村"} <= set(browser.text().split("\n"))
    browser.press("b")
    assert browser.text().strip() == ""
    browser.press("b", "End")
    assert all(name in browser.text() for name in NAMES)
    browser.press(" ", " ")
    assert "特别奖" in browser.text()
    browser.press("Home")
    assert "评分结束" in browser.text()


def test_names_fill_the_screen_and_nothing_is_cut_off(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "result.html"
    page.write_text(result_page(show(Options(announce=0)), translator.render, "zh"), encoding="utf-8")
    browser.open(page.as_uri())
    for _ in range(7):
        browser.press(" ")
        sizes = browser.value(
            "[...document.querySelectorAll('.fit span')].map(e => parseFloat(getComputedStyle(e).fontSize))"
        )
        assert max(sizes) > 50
        assert browser.value(
            "[...document.querySelectorAll('.fit')].every(e => e.firstChild.offsetWidth <= e.clientWidth + 1 && "
            "e.firstChild.offsetHeight <= e.clientHeight + 1)"
        )
        assert browser.value("document.documentElement.scrollHeight <= innerHeight")


def test_a_clicker_s_start_key_and_a_reload_keep_the_place_and_a_key_held_down_is_one_step(
    browser: Browser, tmp_path: Path
) -> None:
    translator.switch("zh")
    page = tmp_path / "result.html"
    page.write_text(result_page(show(Options(announce=0)), translator.render, "zh"), encoding="utf-8")
    browser.open(page.as_uri())
    browser.press("PageDown", "PageDown", "F5")
    assert "第7名" in browser.text()
    browser.call("Page.reload")
    browser.until("document.body.innerText.includes('第7名')")

    for _ in range(20):
        browser.call("Input.dispatchKeyEvent", type="keyDown", key=" ", code="Space", autoRepeat=True)
    assert "第7名" in browser.text()
    browser.press(".")
    assert browser.text().strip() == ""
    browser.press(".")
    for code in ("KeyB", "Period", "KeyB", "Period"):  # as an input method in Chinese mode lets them through
        browser.call("Input.dispatchKeyEvent", type="keyDown", key="Process", code=code)
        assert (browser.text().strip() == "") is (code == "KeyB")
    browser.press("PageUp", "PageUp")
    assert "评分结束" in browser.text()


def test_many_winners_of_one_award_fill_the_screen(browser: Browser, tmp_path: Path) -> None:
    names = [f"新建路街道第{number}社区居民委员会" for number in range(1, 37)]
    contest = event(names)
    won = {item.id: ("first",) for item in contest.organisations}
    prepared = prepare(contest, result(contest, range(1, 37), won), Options(mode=Reveal.AWARDS))
    page = tmp_path / "result.html"
    page.write_text(result_page(prepared, translator.render, "zh"), encoding="utf-8")
    browser.open(page.as_uri())
    browser.press(" ", " ", " ", " ")

    assert all(name in browser.text() for name in names)
    # A thirty-sixth of the screen's height, as in the terminal.
    assert browser.value("parseFloat(getComputedStyle(document.querySelector('.many > span')).fontSize)") >= 720 / 36
    assert browser.value(
        "document.querySelector('.many > span').offsetHeight <= document.querySelector('.many').clientHeight"
    )


def test_the_served_screen_shows_and_steers_the_real_program(browser: Browser, tmp_path: Path) -> None:
    made = Contest(tmp_path, contest(judges=2, organisations=4))
    command = [
        sys.executable,
        "-m",
        "judge_tui",
        "--lang",
        "zh",
        "project",
        str(made.organiser),
        "--rehearse",
        "--serve",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as program:
        try:
            assert program.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/[\w-]{20,}/", program.stdout.readline())
            assert found is not None
            browser.open(found[0])
            browser.until("document.body.innerText.includes('第四季度亮赛比')")
            assert "彩排" in browser.text()
            browser.press("PageDown")
            browser.until("document.body.innerText.includes('第1个')")
            browser.press("4", "Enter")
            browser.until("document.body.innerText.includes('第4村')")
            browser.press("PageDown")
            browser.until("document.body.innerText.includes('还差2份')")
            browser.press("f")
            browser.until("document.fullscreenElement === document.documentElement")
            browser.call("Page.reload")
            browser.until("document.body.innerText.includes('还差2份')")
            browser.press("PageDown", "PageDown", "PageDown", "PageDown")
            browser.until("document.body.innerText.includes('第3名')")
        finally:
            program.kill()
