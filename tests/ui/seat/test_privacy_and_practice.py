"""A shared laptop, a first try, news from the organiser, and a screen that needs neither colour nor mouse."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import JudgeId, OrganisationId
from judge_tui.domain.seat import SeatState
from judge_tui.services.carriers.back import leave_for_judges
from judge_tui.services.preparing.issuing import issue
from judge_tui.services.records.collecting import merge
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.practice import practice_file
from judge_tui.services.seat.reopening import spoken_codes
from judge_tui.services.seat.seats import open_seat
from judge_tui.services.table.office import Office
from judge_tui.services.table.organising import reopen
from judge_tui.store.glance import glance
from judge_tui.ui.dialogs.pin import PinDialog
from judge_tui.ui.widgets.shapes import shape
from tests.seats import LOOK, contest, issued, sitting
from tests.ui.seat.test_walk import given, seated, seen

ONE = OrganisationId("o1")


async def test_a_pin_hides_the_marks_until_it_is_given(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.record(ONE, LOOK.id, "45")
        session.pin.choose("２４６８")
    assert glance(file) is None

    async with seated(tmp_path, file) as (pilot, screen):
        assert isinstance(pilot.app.screen, PinDialog)
        assert "45" not in "\n".join(line for line in seen(pilot).splitlines() if "[" in line)
        await pilot.press(*"1111", "enter")
        assert "That is not the PIN" in seen(pilot)
        await pilot.press(*"2468", "enter")
        await pilot.pause()

        assert pilot.app.screen is screen
        assert "[ 45 " in seen(pilot)


async def test_without_the_pin_the_seat_is_left(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.pin.choose("2468")

    async with seated(tmp_path, file) as (pilot, _):
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.return_code == 0


def test_a_pin_is_digits_and_can_be_given_up(tmp_path: Path) -> None:
    with sitting(tmp_path, issued(tmp_path)) as session:
        for bad in ("12", "abcd", "123456789"):
            with pytest.raises(JudgeTuiError, match="PIN"):
                session.pin.choose(bad)
        session.pin.choose("1357")
        assert session.pin.is_set
        assert session.pin.attempt("１３５７") is None
        assert session.pin.attempt("1358") is not None
        session.pin.choose("")
        assert not session.pin.is_set


def test_the_practice_contest_has_three_organisations_and_is_marked_as_a_rehearsal(tmp_path: Path) -> None:
    file = practice_file(tmp_path / "keys", "zh")
    seat = open_seat(file, keys=tmp_path / "keys")
    try:
        session = JudgingSession(seat)
        assert session.rehearsal
        assert [card.organisation.name for card in session.progress.cards] == ["东坡村", "西岭村", "南湾村"]
        session.record(OrganisationId("p1"), session.progress.sheet.criteria[0].id, "45")
    finally:
        seat.file.close()


async def test_three_lines_say_how_it_is_done_until_the_first_mark(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, _):
        assert "Type a mark, press Enter." in seen(pilot)
        await pilot.press(*"45", "enter")
        await pilot.pause()
        assert "Type a mark, press Enter." not in seen(pilot)


async def test_a_turn_opened_again_by_the_organiser_arrives_with_his_notices(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    made = issue(contest(), tmp_path / "event", keys=keys)
    file, stick = made.kits[0].path, tmp_path / "stick"
    stick.mkdir()
    with sitting(tmp_path, file) as session:
        session.record(ONE, LOOK.id, "45")
        session.submit()
        handed = hand_over(session._seat, stick)
    merge(made.organiser, [handed.path], keys=keys)
    reopen(Office(made.organiser, keys), JudgeId("j1"), "漏评", ("李四",), ONE)
    leave_for_judges(made.organiser, stick, keys=keys)

    async with seated(tmp_path, file) as (pilot, screen):
        assert screen.card.state is SeatState.SUBMITTED
        screen._copy_to(stick)
        await pilot.pause()
        assert screen.card.state is SeatState.REOPENED
        assert "Opened again by the organiser" in seen(pilot)
        await pilot.press("up", *"46", "enter")
        await pilot.pause()

        assert given(screen.session)["o1", "look"] == 46_000


async def test_a_submitted_sheet_is_opened_again_by_the_organisers_code_and_a_reason_picked_by_its_digit(
    tmp_path: Path,
) -> None:
    keys, stick = tmp_path / "keys", tmp_path / "stick"
    made = issue(contest(), tmp_path / "event", keys=keys)
    stick.mkdir()
    with sitting(tmp_path, made.kits[0].path) as session:
        session.record(ONE, LOOK.id, "45")
        session.submit()
        merge(made.organiser, [hand_over(session._seat, stick).path], keys=keys)
    office = Office(made.organiser, keys)
    reopen(office, JudgeId("j1"), "漏评", ("李四",))
    code = spoken_codes(office)[0].code.replace(" ", "")

    async with seated(tmp_path, made.kits[0].path) as (pilot, screen):
        await pilot.press("f3", "down", "enter", *"12345678", "enter")
        await pilot.pause()
        assert "This code does not open what you submitted here" in seen(pilot)
        await pilot.press(*(["backspace"] * 8), *code, "enter")
        await pilot.press("2")
        await pilot.pause()
        assert "The sheet is open again" in seen(pilot)
        await pilot.press("up", *"46", "enter")
        await pilot.pause()

        assert given(screen.session)["o1", "look"] == 46_000
        assert "Something was forgotten" in str(screen.session.history()[1].text.values)


def test_every_state_has_a_shape_and_a_word_of_its_own() -> None:
    for compatible in (False, True):
        assert len({shape(state, compatible) for state in SeatState}) == len(SeatState)
    assert all(shape(state, True).isascii() for state in SeatState)


@pytest.mark.parametrize("key", ["", "f2", "f3"])
async def test_everything_that_takes_the_focus_is_reached_by_the_keyboard(tmp_path: Path, key: str) -> None:
    async with seated(tmp_path) as (pilot, screen):
        if key:
            await pilot.press(key)
            await pilot.pause()
        focusable = {widget for widget in screen.query("*") if widget.focusable and widget.display}
        reached = set()
        for _ in range(len(focusable) + 1):
            reached.add(screen.focused)
            await pilot.press("tab")

        assert focusable <= reached


async def test_in_compatibility_mode_no_glyph_is_of_ambiguous_width(tmp_path: Path) -> None:
    import unicodedata

    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("ctrl+b", *"45", "enter", *"46", "enter", "pagedown")
        for key in ("f2", "f3", "f10"):
            await pilot.press(key)
            await pilot.pause()
            own = "".join(
                "".join(text for text, _ in widget.parts(y))
                for widget in (screen.header, screen.roll, screen.form, screen.status)
                for y in range(widget.size.height)
            )
            assert not {char for char in own if unicodedata.east_asian_width(char) == "A"}


async def test_the_palette_has_every_command_once(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        titles = [command.title for command in pilot.app.get_system_commands(screen)]

        assert len(titles) == len(set(titles))
        assert {"Review", "Recuse", "Hand over", "Quit"} <= set(titles)
