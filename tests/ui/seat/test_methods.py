"""Every method of scoring has its input, by keys and by mouse."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from judge_tui.domain.event import (
    Band,
    CheckItem,
    Checklist,
    Criterion,
    CriterionId,
    Grade,
    Grades,
    Method,
    OrganisationId,
    Places,
    Points,
    Votes,
)
from judge_tui.domain.messages import msg
from judge_tui.ui.dialogs.folder import FolderDialog
from judge_tui.ui.screens.judging import JudgingScreen
from tests.seats import PHASE, contest
from tests.ui.seat.test_walk import given, seated, seen

BALLOT = Grades((Grade("a", "优秀", 100_000), Grade("b", "良好", 80_000), Grade("c", "合格", 60_000)))
CHECKS = Checklist(20_000, (CheckItem("minutes", "记录不全", 2_000), CheckItem("dates", "次数不足", 3_000)))


def one(method: Method) -> Criterion:
    return Criterion(CriterionId("x"), "项目", method, PHASE)


def place_of(screen: JudgingScreen, wanted: str) -> tuple[int, int]:
    """Where a text stands inside the form."""
    for y in range(screen.form.size.height):
        line = "".join(text for text, _ in screen.form.parts(y))
        if wanted in line:
            from rich.cells import cell_len

            return cell_len(line[: line.index(wanted)]) + screen.form.gutter.left, y
    raise LookupError(wanted)


async def test_a_grade_is_given_by_its_number_or_by_a_click(tmp_path: Path) -> None:
    async with seated(tmp_path, event=contest((one(BALLOT),))) as (pilot, screen):
        await pilot.press("2", "enter")
        assert given(screen.session) == {("o1", "x"): "b"}
        assert "[ 2       ] 良好" in seen(pilot)

        await pilot.click("ScoreForm", offset=place_of(screen, "3 合格"))
        await pilot.pause()
        assert given(screen.session) == {("o1", "x"): "c"}


async def test_checklist_items_are_named_by_number_or_ticked_by_click_and_the_points_follow(tmp_path: Path) -> None:
    async with seated(tmp_path, event=contest((one(CHECKS),))) as (pilot, screen):
        await pilot.press("1", "enter")
        assert given(screen.session) == {("o1", "x"): ("minutes",)}
        assert "1 [x] 记录不全" in seen(pilot)
        assert "18 points" in seen(pilot)

        await pilot.click("ScoreForm", offset=place_of(screen, "2 [ ] 次数不足"))
        await pilot.pause()
        assert given(screen.session) == {("o1", "x"): ("minutes", "dates")}

        await pilot.press("up", "0", "enter")
        assert given(screen.session) == {("o1", "x"): ()}
        assert "20 points" in seen(pilot)


async def test_plus_and_minus_step_a_mark(tmp_path: Path) -> None:
    async with seated(tmp_path, event=contest((one(Points(0, 50_000, 500)),))) as (pilot, screen):
        await pilot.press("4", "5", "+", "+", "-", "enter")

        assert given(screen.session) == {("o1", "x"): 45_500}


async def test_where_points_are_taken_off_what_is_typed_is_the_loss(tmp_path: Path) -> None:
    async with seated(tmp_path, event=contest((one(Points(0, 20_000, 500, deduct=True)),))) as (pilot, screen):
        await pilot.press("3", "enter")

        assert given(screen.session) == {("o1", "x"): 17_000}
        assert "[ 3       ] 17 points" in seen(pilot)


async def test_a_place_that_is_taken_is_refused_with_the_name_of_who_has_it(tmp_path: Path) -> None:
    async with seated(tmp_path, event=contest((one(Places()),))) as (pilot, screen):
        await pilot.press("1", "enter", "pagedown", "1", "enter")
        await pilot.pause()
        assert "东岗村 already has place 1" in seen(pilot)
        assert given(screen.session) == {("o1", "x"): 1}

        await pilot.press("2", "enter")
        assert given(screen.session) == {("o1", "x"): 1, ("o2", "x"): 2}


async def test_votes_run_out_in_words(tmp_path: Path) -> None:
    async with seated(tmp_path, event=contest((one(Votes(1)),))) as (pilot, screen):
        await pilot.click("ScoreForm", offset=place_of(screen, "1 yes"))
        await pilot.press("pagedown", "1", "enter")
        await pilot.pause()

        assert given(screen.session) == {("o1", "x"): 1}
        assert "All 1 votes are given" in seen(pilot)


async def test_an_anonymous_ballot_is_not_the_judges_to_give(tmp_path: Path) -> None:
    secret = Criterion(CriterionId("secret"), "测评", Grades(BALLOT.grades, anonymous=True), PHASE)
    async with seated(tmp_path, event=contest((one(BALLOT), secret))) as (_, screen):
        assert [item.id for item in screen.session.progress.sheet.criteria] == ["x"]


async def test_the_officer_in_charge_is_told_so(tmp_path: Path) -> None:
    event = contest()
    own = replace(event.organisations[0], officer="评委甲、李四")
    async with seated(tmp_path, event=replace(event, organisations=(own, *event.organisations[1:]))) as (pilot, _):
        assert "You are the officer in charge here" in seen(pilot)
        await pilot.press("pagedown")
        assert "You are the officer in charge here" not in seen(pilot)


async def test_in_a_calibration_round_the_first_few_are_scored_after_the_last_of_them(tmp_path: Path) -> None:
    async with seated(tmp_path, event=replace(contest(), calibration=3)) as (pilot, screen):
        assert "The first 3 are scored together" in seen(pilot)
        await pilot.press("down", "down", "enter", "down", "down", "enter")
        assert screen.card.organisation.id == OrganisationId("o3")
        assert "Now score the first 3 together" in seen(pilot)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert screen.view == "sheet"
        for mark in ("40", "41", "42", "43", "44", "45"):
            await pilot.press(*mark, "enter")
        await pilot.press("f2")
        await pilot.pause()

        assert len(given(screen.session)) == 6
        assert "are scored together" not in seen(pilot)
        assert screen.card.organisation.id == OrganisationId("o4")


async def test_places_and_votes_are_said_in_words_beside_the_field(tmp_path: Path) -> None:
    place = Criterion(CriterionId("p"), "名次", Places(points=(10_000, 8_000, 6_000, 4_000)), PHASE)
    async with seated(tmp_path, event=contest((place, one(Votes(2))))) as (pilot, screen):
        await pilot.press("2", "enter", "1", "enter")
        assert "[ 2       ] place 2" in seen(pilot)
        assert "[ 1       ] your vote" in seen(pilot)

        assert screen.card.total == 9  # a second place is worth 8, a vote 1


async def test_what_deserves_a_band_stands_under_the_field_and_beside_the_mark(tmp_path: Path) -> None:
    scale = Criterion(
        CriterionId("x"), "项目", Points(0, 50_000, 500), PHASE, bands=(Band(45_000, 50_000, "优秀", "成效明显"),)
    )
    async with seated(tmp_path, event=contest((scale,))) as (pilot, _):
        assert "45~50 优秀：成效明显" in seen(pilot)
        await pilot.press(*"46", "enter")

        assert "] 优秀：成效明显" in seen(pilot)


async def test_no_key_is_silent_where_nothing_can_be_given(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("tab", "tab", "4")
        assert "Enter goes on. Up: back to the marks." in seen(pilot)
        await pilot.press("shift+tab", "4", "0", "tab")
        assert given(screen.session) == {("o1", "talk"): 40_000}
        screen.session.submit()
        screen.show_view("walk")
        await pilot.pause()
        await pilot.press("4")
        assert "the organiser can open it again: F3" in seen(pilot)
        await pilot.press("f3", "4")
        await pilot.pause()

        assert "Enter on a line goes there" in seen(pilot)


async def test_the_sheet_says_below_what_the_column_takes(tmp_path: Path) -> None:
    async with seated(tmp_path, event=contest((one(CHECKS), replace(one(BALLOT), id=CriterionId("b"))))) as (pilot, _):
        await pilot.press("f2")
        await pilot.pause()
        assert "1 记录不全 -2   2 次数不足 -3" in seen(pilot)
        await pilot.press("2", "enter")
        await pilot.pause()
        assert "1 优秀   2 良好   3 合格" in seen(pilot)


async def test_a_folder_is_chosen_by_its_digit(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, _):
        chosen: list[Path | None] = []
        found = [(tmp_path / "a", 0), (tmp_path / "b", 3)]
        pilot.app.push_screen(FolderDialog(msg("Folder"), msg("Which?"), found), chosen.append)
        await pilot.pause()
        await pilot.press("２")
        await pilot.pause()

        assert chosen == [tmp_path / "b"]


async def test_a_long_name_of_a_criterion_is_whole_before_its_field_or_below_it(tmp_path: Path) -> None:
    short = replace(one(Points(0, 10_000, 500)), name="“三会一课”记录")
    long = replace(short, id=CriterionId("y"), name="党员联系群众、服务群众、带动群众的做法和成效")
    async with seated(tmp_path, event=contest((short, long)), size=(80, 24)) as (pilot, _):
        lines = [line for line in seen(pilot).splitlines() if "课”记录" in line or "群众" in line]

        assert "“三会一课”记录" in lines[0]
        assert any(long.name in line for line in lines)
