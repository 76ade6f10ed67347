"""What a judge may want beside marks: clock, materials, questions, findings, history, second copy, wider lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from judge_tui.domain.commitments import Commitment, CommitmentState
from judge_tui.domain.event import CheckItem, Checklist, Criterion, CriterionId, Material, OrganisationId, Phase
from judge_tui.domain.seat import SeatState
from judge_tui.domain.turn_time import clock_words, rings, timed_phase
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.folder import FolderDialog
from judge_tui.ui.dialogs.materials import MaterialsDialog
from judge_tui.ui.widgets.half_blocks import half_blocks
from tests.seats import PHASE, contest, issued
from tests.ui.seat.test_walk import given, seated, seen

ONE = OrganisationId("o1")
TALK = Phase(PHASE, "述职", min_time=300, max_time=480)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "Clock 00:00: at least 05:00"),
        (300, "Clock 05:00 of 08:00"),
        (480, "Clock 08:00 of 08:00"),
        (492, "Clock 08:12: over by 12 s (limit 08:00)"),
    ],
)
def test_the_clock_says_what_is_allowed(seconds: int, words: str) -> None:
    assert str(clock_words(seconds, TALK)) == words


def test_the_bell_rings_before_the_limit_and_at_it() -> None:
    assert [second for second in range(600) if rings(second, TALK)] == [450, 480]
    assert not any(rings(second, None) for second in range(600))
    assert timed_phase(replace(contest(), phases=(Phase(PHASE, "看"), TALK))) is TALK


async def test_the_clock_runs_in_the_status_line_and_marks_go_on(tmp_path: Path) -> None:
    async with seated(tmp_path, event=replace(contest(), phases=(TALK,))) as (pilot, screen):
        await pilot.press("ctrl+k", *"45", "enter")
        assert "Clock 00:0" in seen(pilot)
        assert given(screen.session) == {("o1", "look"): 45_000}

        await pilot.press("ctrl+k")
        assert "Clock" not in seen(pilot)


async def test_the_last_key_lists_everything_by_number(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press(*"45", "enter", "f10")
        assert isinstance(pilot.app.screen, ChooseDialog)
        await pilot.press("5")
        await pilot.pause()
        assert "东岗村, 沙盘观摩: 45" in seen(pilot)
        await pilot.press("escape")

        assert pilot.app.screen is screen


async def test_a_long_refusal_stands_whole_below_its_field_on_a_small_window(tmp_path: Path) -> None:
    async with seated(tmp_path, size=(80, 24)) as (pilot, _):
        await pilot.press(*"44.3", "enter")
        await pilot.pause()
        lines = [line.rstrip() for line in seen(pilot).splitlines()]
        place = next(number for number, line in enumerate(lines) if "44.3" in line)

        assert lines[place].endswith("not recorded")
        assert lines[place + 1].endswith("In steps of 0.5 here: 44 or 44.5")
        assert sum("In steps of" in line for line in lines) == 1


async def test_the_list_of_everything_stands_in_columns_at_eighty_cells(tmp_path: Path) -> None:
    """What has an F-key that the bar has no room for stands in it, too."""
    async with seated(tmp_path, size=(80, 24)) as (pilot, _):
        await pilot.press("f10", "end")
        await pilot.pause()
        lines = seen(pilot).splitlines()

        assert any(line.rstrip(" │║▁▂▃▄▅▆▇█").endswith("F7") for line in lines if "Do not score this" in line)
        keys = {line.rstrip(" │").rindex("Ctrl+") for line in lines if "Ctrl+" in line}
        assert len(keys) == 1

        await pilot.press("up", "up", "up", "enter")
        await pilot.pause()
        assert "Comment on" in seen(pilot)


async def test_materials_show_their_captions_and_say_what_is_missing(tmp_path: Path) -> None:
    event = contest()
    village = replace(
        event.organisations[0], materials=(Material("a.png", "广场", "before"), Material("report.docx", "述职报告"))
    )
    async with seated(tmp_path, event=replace(event, organisations=(village, *event.organisations[1:]))) as (pilot, _):
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert isinstance(pilot.app.screen, MaterialsDialog)
        assert "Before: 广场 (the file a.png is not on this laptop)" in seen(pilot)
        assert "述职报告" in seen(pilot)


async def test_a_question_and_its_answer_go_into_the_note(tmp_path: Path) -> None:
    async with seated(tmp_path, event=replace(contest(), questions=("集体收入多少", "党员几名"))) as (pilot, screen):
        await pilot.press("ctrl+g", "2")
        await pilot.pause()
        await pilot.press(*"41", "enter")
        await pilot.pause()

        assert screen.session.drawer.note(ONE) == "? 党员几名\n= 41"
        assert "Note: ? 党员几名 = 41" in seen(pilot)


async def test_without_a_checklist_there_is_nothing_to_describe(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, _):
        await pilot.press("ctrl+f")
        assert "No checklist is scored here" in seen(pilot)


async def test_findings_are_written_beside_what_was_found_wanting(tmp_path: Path) -> None:
    check = Criterion(CriterionId("x"), "三会一课", Checklist(10_000, (CheckItem("m", "记录不全", 2_000),)), PHASE)
    async with seated(tmp_path, event=contest((check,))) as (pilot, screen):
        await pilot.press("ctrl+f")
        assert "Give the numbers" in seen(pilot)
        await pilot.press("1", "enter", "up", "ctrl+f")
        await pilot.pause()
        await pilot.press(*"9", "enter")
        await pilot.pause()

        assert screen.session.progress.card(ONE).given[check.id].findings == {"m": "9"}
        assert "1 [x] 记录不全" in seen(pilot)


async def test_a_second_copy_is_made_and_its_age_shown(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press(*"45", "enter", "ctrl+e")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FolderDialog)
        pilot.app.screen.dismiss(stick)
        await pilot.pause()

        assert [path.suffix for path in stick.iterdir()] == [".judge"]
        assert "second copy 0 min old" in seen(pilot)
        first = next(stick.iterdir())
        await pilot.press(*"46", "enter")
        screen.session.copy.make(stick)
        assert [path.name for path in stick.iterdir()] != [first.name]
        assert len(list(stick.iterdir())) == 1


async def test_wider_lines_stay_on_when_the_file_is_opened_again(tmp_path: Path) -> None:
    file = issued(tmp_path)
    async with seated(tmp_path, file) as (pilot, _):
        await pilot.press("ctrl+d")
        await pilot.pause(0.5)
        lines = [line for line in seen(pilot).splitlines() if "not begun" in line]
        assert len(lines) == 4

    async with seated(tmp_path, file) as (pilot, screen):
        assert screen.roll.spacious
        rows = [y for y, line in enumerate(seen(pilot).splitlines()) if "not begun" in line]
        assert rows == [1, 3, 5, 7]


async def test_after_submission_the_review_leads_to_handing_over_and_out(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        screen.session.submit()
        await pilot.press("f3")
        await pilot.pause()
        assert "Hand over" in seen(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FolderDialog)
        await pilot.press("escape", "down", "down", "enter")
        await pilot.pause()

        assert pilot.app.return_code == 0


async def test_one_turn_is_handed_in_by_itself(tmp_path: Path) -> None:
    async with seated(tmp_path) as (pilot, screen):
        await pilot.press("ctrl+s")
        assert "Something is still missing here" in seen(pilot)
        await pilot.press(*"45", "enter", *"46", "enter", "ctrl+s", "enter")
        await pilot.pause()

        assert [card.state for card in screen.session.progress.cards[:2]] == [SeatState.SUBMITTED, SeatState.NOT_BEGUN]
        assert "Submitted and locked" in seen(pilot)


def test_a_picture_becomes_half_blocks_or_coloured_spaces(tmp_path: Path) -> None:
    image = Image.new("RGB", (40, 40), (200, 30, 30))
    image.save(tmp_path / "a.png")

    blocks = half_blocks(tmp_path / "a.png", 20, 10)
    assert blocks is not None
    assert set(blocks.plain) == {"▀", "\n"}
    assert max(len(line) for line in blocks.plain.splitlines()) == 20
    spaces = half_blocks(tmp_path / "a.png", 20, 10, compatible=True)
    assert spaces is not None
    assert set(spaces.plain) == {" ", "\n"}
    (tmp_path / "bad.png").write_bytes(b"no picture")
    assert half_blocks(tmp_path / "bad.png", 20, 10) is None


async def test_the_judge_sees_what_the_organisation_promised_during_its_turn(tmp_path: Path) -> None:
    event = contest()
    made = (
        Commitment("a", "民生小事", CommitmentState.DONE, 10, "水塔头段路面修好"),
        Commitment("b", "停车场", CommitmentState.DOING),
    )
    first = replace(event.organisations[0], commitments=made)
    async with seated(tmp_path, event=replace(event, organisations=(first, *event.organisations[1:]))) as (pilot, _):
        assert "Promised: 10 done, 1 in progress" in seen(pilot)

        await pilot.press("ctrl+o")
        await pilot.pause()
        assert isinstance(pilot.app.screen, MaterialsDialog)
        assert "Commitments: 10 done, 1 in progress" in seen(pilot)
        assert "1. 民生小事: kept, 10 matters, 水塔头段路面修好" in seen(pilot)

        await pilot.press("escape", "pagedown")
        assert "Promised:" not in seen(pilot)


async def test_one_who_only_comments_is_told_how(tmp_path: Path) -> None:
    async with seated(tmp_path, event=contest(criteria=())) as (pilot, _):
        assert "F6: write a comment for this organisation" in seen(pilot)
        assert "Type a mark" not in seen(pilot)
