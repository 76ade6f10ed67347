"""The judge's walk, driven by keys and the mouse: first what was said, then what is seen."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.message import Message as UiMessage
from textual.pilot import Pilot

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event, OrganisationId
from judge_tui.domain.ledger import Entry, Signer
from judge_tui.domain.messages import msg
from judge_tui.domain.seat import SeatState
from judge_tui.i18n import translator
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.store.files import EntryFile
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.dialogs.confirm import ConfirmDialog
from judge_tui.ui.dialogs.write import WriteDialog
from judge_tui.ui.screens.judging import JudgingScreen
from judge_tui.ui.widgets.score_form import ScoreForm
from tests.seats import LOOK, TALK, issued, sitting

ONE, TWO = OrganisationId("o1"), OrganisationId("o2")


@asynccontextmanager
async def seated(
    folder: Path,
    file: Path | None = None,
    event: Event | None = None,
    size: tuple[int, int] = (100, 30),
    heard: list[UiMessage] | None = None,
) -> AsyncIterator[tuple[Pilot[int], JudgingScreen]]:
    """The judge's screen over a real file."""
    file = file or issued(folder, event)
    with sitting(folder, file) as session:
        app = JudgeApp(lambda: JudgingScreen(session))
        hook = heard.append if heard is not None else None
        async with app.run_test(size=size, message_hook=hook) as pilot:
            await pilot.pause()
            screen = next(item for item in app.screen_stack if isinstance(item, JudgingScreen))
            yield pilot, screen


def given(session: JudgingSession) -> dict[tuple[str, str], object]:
    return {
        (card.organisation.id, criterion): mark.value
        for card in session.progress.cards
        for criterion, mark in card.given.items()
    }


def seen(pilot: Pilot[int]) -> str:
    """All text on the screen."""
    screen = pilot.app.screen
    return "\n".join("".join(segment.text for segment in line) for line in screen._compositor.render_strips())


async def until(pilot: Pilot[int], wanted: Callable[[], bool]) -> None:
    """Wait for something that comes by itself after a while."""
    for _ in range(100):
        if wanted():
            return
        await pilot.pause(0.05)
    raise AssertionError(seen(pilot))


async def test_digits_and_enter_score_organisation_after_organisation(tmp_path: Path) -> None:
    heard: list[UiMessage] = []
    async with seated(tmp_path, heard=heard) as (pilot, screen):
        await pilot.press(*"45", "enter", *"46.5", "enter", "enter", *"40", "enter")
        await pilot.pause()

        said = [(item.criterion, item.typed) for item in heard if isinstance(item, ScoreForm.Submitted)]
        assert list(dict.fromkeys(said)) == [("look", "45"), ("talk", "46.5"), ("look", "40")]
        assert given(screen.session) == {("o1", "look"): 45_000, ("o1", "talk"): 46_500, ("o2", "look"): 40_000}
        assert screen.card.organisation.id == TWO
        assert "No. 2 of 4" in seen(pilot)
        assert "Saved " in seen(pilot)


async def test_a_bad_mark_is_refused_in_words_beside_the_field_and_what_was_typed_stays(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press(*"51", "enter")

        assert given(screen.session) == {}
        assert "[ 51      ] At most 50 points here" in seen(pilot)
        assert screen.form.focus_index == 0

        await pilot.press(*"48", "enter")
        assert given(screen.session) == {("o1", "look"): 48_000}
        assert "At most 50" not in seen(pilot)


async def test_what_an_input_method_types_is_understood(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        for key, character in (("４", "４"), ("５", "５"), ("ideographic_full_stop", "。"), ("５", "５")):
            screen.form.post_message(events.Key(key, character))
        await pilot.pause()
        await pilot.press("enter")

        assert given(screen.session) == {("o1", "look"): 45_500}


async def test_a_comma_is_refused_with_the_right_way_to_write_it(tmp_path: Path) -> None:
    async with seated(tmp_path, size=(120, 30)) as (pilot, screen):
        await pilot.press("7", ",", "5", "enter")

        assert "write a point: 7.5" in seen(pilot)
        assert given(screen.session) == {}


async def test_typing_over_a_mark_replaces_it_and_escape_takes_half_typed_back(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press(*"45", "enter", "up", *"48")
        assert "[ 48 " in seen(pilot)

        await pilot.press("escape")
        assert "[ 45 " in seen(pilot)
        assert given(screen.session) == {("o1", "look"): 45_000}


async def test_leaving_a_field_by_an_arrow_records_it_and_emptying_it_takes_the_mark_back(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press(*"45", "down", "up")
        assert given(screen.session) == {("o1", "look"): 45_000}

        await pilot.press("delete", "backspace", "backspace", "enter")
        assert given(screen.session) == {}


async def test_pages_turn_to_other_organisations_and_the_mouse_goes_there_too(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("pagedown", "pagedown")
        assert screen.card.organisation.number == 3

        await pilot.press("pageup")
        assert screen.card.organisation.number == 2

        await pilot.click("OrganisationList", offset=(5, 3))
        assert screen.card.organisation.number == 4

        line, column = screen.form._layout.spots[1]
        await pilot.click("ScoreForm", offset=(column + 2, line))
        await pilot.press(*"33", "enter")
        assert given(screen.session) == {("o4", "talk"): 33_000}


async def test_keys_typed_ahead_never_land_on_another_organisation(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        for key in (*"45", "enter", *"46", "enter", "enter", *"20", "enter", *"21", "enter", "enter", *"30", "enter"):
            pilot.app.simulate_key(key)
        await pilot.pause(0.3)

        assert given(screen.session) == {
            ("o1", "look"): 45_000,
            ("o1", "talk"): 46_000,
            ("o2", "look"): 20_000,
            ("o2", "talk"): 21_000,
            ("o3", "look"): 30_000,
        }


async def test_the_judge_resumes_where_he_was_with_what_was_half_typed(tmp_path: Path) -> None:
    file = issued(tmp_path)
    async with seated(tmp_path, file) as (pilot, _):
        await pilot.press(*"45", "enter", "pagedown", "down", *"3")
        await pilot.pause(0.5)

    async with seated(tmp_path, file) as (pilot, screen):
        assert screen.card.organisation.id == TWO
        assert screen.form.focus_index == 1
        assert "[ 3 " in seen(pilot)
        assert given(screen.session) == {("o1", "look"): 45_000}


async def test_an_organisation_can_be_put_off_and_is_offered_again_at_the_end(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("f5")
        assert screen.card.state is SeatState.LATER
        assert "later" in seen(pilot)

        for _ in range(3):
            await pilot.press("pagedown", *"40", "enter", *"40", "enter")
        assert "Next: 1 东岗村" in seen(pilot)


async def test_a_recusal_asks_for_its_reason_and_closes_the_form(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("f7")
        assert isinstance(pilot.app.screen, WriteDialog)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, WriteDialog)
        await pilot.press(*"kin", "enter")
        await pilot.pause()

        assert screen.card.state is SeatState.RECUSED
        await pilot.press("4", "5", "enter")
        assert given(screen.session) == {}
        await pilot.press("pageup", "f7")
        assert screen.session.progress.card(ONE).state is SeatState.NOT_BEGUN


async def test_a_note_is_kept_and_a_comment_is_recorded(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("f4", *"look", "enter")
        await pilot.press("f6", *"good", "enter")
        await pilot.pause()

        assert screen.session.drawer.note(ONE) == "look"
        assert screen.session.progress.card(ONE).comment.text == "good"
        assert "Comment: good" in seen(pilot)


async def test_undo_and_redo_go_to_where_it_happened(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press(*"45", "enter", "pagedown", "f8")
        assert screen.card.organisation.id == ONE
        assert given(screen.session) == {}

        await pilot.press("f9")
        assert given(screen.session) == {("o1", "look"): 45_000}


async def test_review_names_what_is_missing_and_submission_locks(tmp_path: Path) -> None:
    file = issued(tmp_path)
    async with seated(tmp_path, file) as (pilot, screen):
        for _ in range(3):
            await pilot.press(*"40", "enter", *"41", "enter", "enter")
        await pilot.press("f3")
        await pilot.pause()
        assert "2 marks are missing:" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.card.organisation.number == 4
        await pilot.press(*"40", "enter", *"41", "enter", "enter")
        await pilot.pause()
        assert "Everything is given." in seen(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, ConfirmDialog)
        await pilot.press("enter")
        await pilot.pause()

        assert screen.session.progress.locked
        assert "Submitted and locked" in seen(pilot)

    async with seated(tmp_path, file) as (pilot, screen):
        assert [card.state for card in screen.session.progress.cards] == [SeatState.SUBMITTED] * 4
        await pilot.press("1", "pageup", "1")
        assert given(screen.session)["o3", "look"] == 40_000
        assert screen.card.organisation.number == 3
        assert "[ 40 " in seen(pilot)


async def test_missing_marks_are_counted_before_a_submission_is_taken(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("f3")
        await pilot.pause()
        await pilot.press("pagedown", "enter")
        await pilot.pause()
        assert "8 marks are not given" in " ".join(seen(pilot).split())
        await pilot.press("enter")

        assert not screen.session.progress.locked


async def test_the_sheet_takes_marks_row_by_row_with_totals_and_places(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press(*"45", "enter", *"46", "enter", *"50", "enter", *"49.5", "enter")
        await until(pilot, lambda: "no. 2" in seen(pilot))

        text = seen(pilot)
        assert given(screen.session) == {
            ("o1", "look"): 45_000,
            ("o1", "talk"): 46_000,
            ("o2", "look"): 50_000,
            ("o2", "talk"): 49_500,
        }
        assert any("东岗村" in line and line.rstrip().endswith("no. 2") for line in text.splitlines())
        assert any("西岗村" in line and line.rstrip().endswith("no. 1") for line in text.splitlines())
        assert any("Totals" in line and "95.5" in line and "2/4" in line for line in text.splitlines())


async def test_the_sheet_refuses_in_words_and_goes_down_when_told(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press(*"51", "enter")
        assert "At most 50 points here" in seen(pilot)
        await pilot.press("escape", "ctrl+n", *"30", "enter", *"31", "enter")
        await pilot.pause()

        assert given(screen.session) == {("o1", "look"): 30_000, ("o2", "look"): 31_000}


async def test_half_typed_values_pass_between_walk_and_sheet(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("f2")
        await pilot.pause()
        await pilot.press("down", "right", *"99", "enter", "f2")
        await pilot.pause()

        assert screen.view == "walk"
        assert screen.card.organisation.id == TWO
        assert "[ 99      ] At most 50 points here" in seen(pilot)


async def test_what_the_disk_refuses_stays_on_the_screen_and_is_saved_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append, full = EntryFile.append, True

    def refusing(self: EntryFile, signer: Signer, bodies: Sequence[bytes]) -> list[Entry]:
        if full:
            raise JudgeTuiError("FULL", msg("The disk is full."))
        return append(self, signer, bodies)

    async with seated(tmp_path) as (pilot, screen):
        monkeypatch.setattr(EntryFile, "append", refusing)
        await pilot.press(*"45", "enter")
        await pilot.pause()
        assert "The disk is full." in seen(pilot)
        assert "NOT SAVED" in seen(pilot)
        assert "[ 45      ] not saved yet" in seen(pilot)

        full = False
        screen._retry()
        await pilot.pause()
        assert given(screen.session) == {("o1", "look"): 45_000}
        assert "The disk is full." not in seen(pilot)
        assert "Saved " in seen(pilot)


async def test_the_language_switches_live_and_what_is_typed_stays(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, _):
        await pilot.press("4")
        assert "not begun" in seen(pilot)
        await pilot.press("f12")
        await pilot.pause()

        assert translator.language == "zh"
        assert "未评" in seen(pilot)
        assert "第1个，共4个" in seen(pilot)
        assert "[ 4 " in seen(pilot)


async def test_the_caret_of_the_terminal_stands_where_the_next_digit_goes(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press(*"45")
        lines = seen(pilot).splitlines()
        row = next(y for y, line in enumerate(lines) if "[ 45 " in line)

        x, y = pilot.app.cursor_position
        assert y == row
        field = screen.form.region.x + screen.form.gutter.left + screen.form._layout.spots[0][1]
        assert x == field + 4


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (160, 50)])
async def test_every_line_fits_the_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    long = (
        "老南曹中心社区及周边十二个自然村联合党总支委员会",
        "A very long English organisation name that goes on and on",
        "村",
    )
    from tests.seats import contest

    async with seated(tmp_path, event=contest((LOOK, TALK), long), size=size) as (pilot, _):
        for key in ("", "f2", "f3"):
            if key:
                await pilot.press(key)
                await pilot.pause()
            strips = pilot.app.screen._compositor.render_strips()
            assert {strip.cell_length if hasattr(strip, "cell_length") else size[0] for strip in strips} == {size[0]}


async def test_between_the_walk_and_the_sheet_the_judge_stays_in_his_cell(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("down", "f2")
        await pilot.pause()
        await until(pilot, lambda: screen.sheet is not None and screen.sheet.has_focus)
        assert screen.sheet is not None
        assert (screen.sheet.row, screen.sheet.column) == (0, 1)
        await pilot.press("down", "f2")
        await until(pilot, lambda: screen.form.has_focus)
        assert (screen.at, screen.form.focus_index) == (1, 1)


async def test_without_colours_a_refusal_stands_out_by_reversed_bold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press(*"51", "enter")
        await pilot.pause()
        segments = [item for line in screen._compositor.render_strips() for item in line if "50" in item.text]
        styles = [item.style for item in segments if "At most" in item.text]

        assert styles
        assert all(style is not None and style.bold and style.reverse for style in styles)


async def test_the_review_is_open_again_after_a_kill(tmp_path: Path) -> None:
    file = issued(tmp_path)
    async with seated(tmp_path, file) as (pilot, screen):
        await pilot.press("4", "0", "enter", "f3")
        await pilot.pause()
        screen.session.drawer.keep()
        assert screen.view == "review"

    async with seated(tmp_path, file) as (pilot, screen):
        await pilot.pause()
        assert screen.view == "review"
        assert "marks are missing" in seen(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert screen.view == "walk"
