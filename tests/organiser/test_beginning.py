"""A contest begun at the table: looked at while it is typed, made whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui import settings
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.i18n import translator
from judge_tui.services.preparing.beginning import Draft, begin, place_of, told, understand, write_form
from judge_tui.services.preparing.definitions import load_definition, template_event
from judge_tui.services.records.contest import open_contest
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.dialogs.folder import FolderDialog
from judge_tui.ui.screens.new_contest import TEMPLATES, NewContestScreen

WHOLE = Draft("村村擂台赛", "1、王　村\n李村(lǐ)\n赵庄", "评委01 班子成员\n评委02 班子成员\n评委03 中层干部")


def places(draft: Draft) -> list[str]:
    return [
        f"{translator.render(place_of(item))}: {translator.render(item.message)}"
        for item in understand(draft, "zh").problems
    ]


def test_two_lists_and_a_title_are_a_contest() -> None:
    found = understand(WHOLE, "zh")

    assert found.event is not None
    assert [item.name for item in found.event.organisations] == ["王　村", "李村", "赵庄"]
    assert [
        (item.name, len([judge for judge in found.event.judges if judge.group == item.id]))
        for item in found.event.groups
    ] == [
        ("班子成员", 2),
        ("中层干部", 1),
    ]
    assert [str(item) for item in found.changes][1] == "organisations, line 2: “李村(lǐ)” became “李村”"
    assert "3 organisations, 3 judges" in str(told(found)[0])


def test_everything_that_is_wanting_is_told_at_once_with_its_place() -> None:
    assert places(Draft()) == [
        "title: the contest has no title yet",
        "organisations: the list is empty",
        "judges: the list is empty",
    ]
    assert places(Draft("赛", "甲村\n乙村\n甲村", "评委01")) == ["organisations line 3: “甲村” stands twice, also at 1"]


def test_an_imported_definition_without_lists_waits_for_them(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('[event]\ntitle = "赛"\n[[criteria]]\nname = "汇报"\nmax = 100\n', encoding="utf-8")

    assert places(Draft(imported=path)) == [
        "organisations: there are no organisations yet",
        "judges: there are no judges yet",
    ]
    assert understand(Draft("", "甲村", "评委01", imported=path), "zh").problems == ()


def test_ballots_and_comments_need_no_judges() -> None:
    for template in ("appraisal", "comment"):
        assert understand(Draft("测评", "甲村\n乙村", "", template), "zh").event is not None


@pytest.mark.parametrize("count", [1, 2, 3, 7, 10, 36])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_fits_any_number_of_organisations(template: str, count: int) -> None:
    names = "\n".join(f"{number}号村" for number in range(1, count + 1))

    assert understand(Draft("赛", names, "评委01\n评委02\n评委03", template), "zh").problems == ()


def test_awards_keep_the_proportions_of_the_template() -> None:
    event = understand(
        Draft("赛", "\n".join(f"村{letter}" for letter in "甲乙丙丁戊己庚辛壬癸"), "评委01", "grades"), "zh"
    ).event
    assert event is not None

    assert [(item.name, item.quota) for item in event.awards] == [("优秀", 2), ("良好", 6), ("合格", None)]


def test_a_workbook_takes_the_place_of_the_template_and_its_cells_are_named(tmp_path: Path) -> None:
    path = write_form(template_event("points", "zh"), tmp_path, "zh")
    found = understand(Draft(imported=path), "zh")
    other = understand(Draft("另一场", "甲村\n乙村", "", imported=path), "zh")

    assert found.event == load_definition(path)
    assert other.event is not None
    assert (other.event.title, len(other.event.organisations)) == ("另一场", 2)
    with pytest.raises(JudgeTuiError, match="NO_FILE"):
        understand(Draft(imported=tmp_path / "none.xlsx"), "zh")


def test_what_is_made_holds_the_definition_beside_the_files(tmp_path: Path) -> None:
    event = understand(WHOLE, "zh").event
    assert event is not None
    issued = begin(event, tmp_path / "新", keys=tmp_path / "keys")

    assert open_contest(issued.organiser).event == issued.event
    assert load_definition(tmp_path / "新" / f"{event.id}.toml") == issued.event
    with pytest.raises(JudgeTuiError, match="EXISTS"):
        begin(event, tmp_path / "新", keys=tmp_path / "keys")


def test_a_samples_pictures_are_carried_along(tmp_path: Path) -> None:
    source = settings.data_folder() / "xindian" / "event.toml"
    event = understand(Draft(imported=source), "zh").event
    assert event is not None
    issued = begin(event, tmp_path / "x", keys=tmp_path / "keys", imported=source)

    assert issued.media is not None


def test_every_template_has_words() -> None:
    assert set(TEMPLATES) == {path.name.split(".")[0] for path in settings.templates_folder().glob("*.toml")}


async def test_the_form_says_what_is_wrong_and_then_makes_the_files(tmp_path: Path) -> None:
    screen = NewContestScreen(tmp_path, tmp_path / "keys")
    app = JudgeApp(lambda: screen)
    async with app.run_test(size=(80, 24)) as pilot:
        made: list[Path | None] = []
        await pilot.pause()
        screen.dismiss = made.append  # type: ignore[method-assign,assignment]
        await app.workers.wait_for_complete()
        assert [item.where for item in screen.found.problems] == ["title", "organisations", "judges"]  # type: ignore[attr-defined]
        assert (screen.found.organisations, screen.found.judges) == (0, 0)  # type: ignore[attr-defined]
        await pilot.press(*"赛", "tab", *"甲村", "enter", *"甲村")
        await app.workers.wait_for_complete()
        assert screen.found is not None
        assert [item.line for item in screen.found.problems] == [0, 2]
        await pilot.press("f10")
        assert app.screen is screen

        await pilot.press("backspace", "backspace", *"乙村", "tab", *"评委01")
        await app.workers.wait_for_complete()
        await pilot.press("f10")
        assert isinstance(app.screen, FolderDialog)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()

    assert made == [tmp_path / "赛" / "赛.db"]
    assert (tmp_path / "赛" / "赛-评委01.judge").is_file()


async def test_what_was_typed_outlives_a_change_of_language(tmp_path: Path) -> None:
    screen = NewContestScreen(tmp_path, tmp_path / "keys")
    app = JudgeApp(lambda: screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*"赛", "tab", *"甲村", "f12")
        await app.workers.wait_for_complete()
        await pilot.pause()

        assert (screen.draft.title, screen.draft.organisations) == ("赛", "甲村")
        assert screen.query_one("#organisations-name").render().plain == "单位：1个"  # type: ignore[attr-defined]
