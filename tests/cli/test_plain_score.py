"""Scoring on ordinary lines, question by question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result

from judge_tui import settings
from judge_tui.cli.score import score
from judge_tui.domain.commitments import Commitment, CommitmentState
from judge_tui.domain.event import CheckItem, Checklist, Criterion, CriterionId, Event, Grade, Grades, JudgeId
from judge_tui.services.preparing.issuing import issue
from judge_tui.services.records.collecting import merge
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.reopening import spoken_codes
from judge_tui.services.seat.seats import open_seat
from judge_tui.services.table.office import Office
from judge_tui.services.table.organising import reopen
from tests.seats import PHASE, contest


def kit(folder: Path, event: Event | None = None) -> Path:
    return issue(event or contest(), folder / "event", keys=settings.keys_folder()).kits[0].path


def answer(file: Path, *lines: str) -> Result:
    result = CliRunner().invoke(score, [str(file), "--plain"], input="\n".join(lines) + "\n", catch_exceptions=False)
    assert result.exit_code == 0
    return result


def given(file: Path) -> dict[tuple[str, str], object]:
    seat = open_seat(file, keys=settings.keys_folder())
    try:
        progress = JudgingSession(seat).progress
        return {
            (card.organisation.id, criterion): mark.value
            for card in progress.cards
            for criterion, mark in card.given.items()
        }
    finally:
        seat.file.close()


def test_marks_are_asked_for_one_after_another_and_saved_at_once(tmp_path: Path) -> None:
    file = kit(tmp_path)
    said = answer(file, "45", "４６。５", "40").output

    assert "No. 1 of 4: 1 东岗村, not begun" in said
    assert "沙盘观摩 (0~50 points, step 0.5; now not given): Saved." in said
    assert given(file) == {("o1", "look"): 45_000, ("o1", "talk"): 46_500, ("o2", "look"): 40_000}


def test_a_bad_mark_is_refused_in_words_and_asked_for_again(tmp_path: Path) -> None:
    file = kit(tmp_path)
    said = answer(file, "51", "7,5", "50").output

    assert "At most 50 points here" in said
    assert "write a point: 7.5" in said
    assert given(file) == {("o1", "look"): 50_000}


def test_signs_explain_go_back_take_back_and_leave(tmp_path: Path) -> None:
    file = kit(tmp_path)
    said = answer(file, "?", "45", "44", "<", "-", "", ".").output

    assert "45~50 优秀" in said
    assert given(file) == {("o1", "talk"): 44_000}
    assert said.endswith("Everything is saved.\n")


def test_the_place_is_found_again(tmp_path: Path) -> None:
    file = kit(tmp_path)
    answer(file, "45", "46", ".")

    assert "No. 2 of 4: 2 西岗村" in answer(file, ".").output


def test_submission_names_what_is_missing_asks_and_locks(tmp_path: Path) -> None:
    file = kit(tmp_path)
    said = answer(file, "45", "!", "").output
    assert "7 marks are missing:" in said
    said = answer(file, "!", "1").output
    assert "Submitted and locked. Thank you." in said

    said = answer(file, "", ".").output
    assert "submitted" in said
    assert given(file) == {("o1", "look"): 45_000}


def test_grades_and_checklists_are_explained_by_number(tmp_path: Path) -> None:
    ballot = Criterion(
        CriterionId("b"), "等次", Grades((Grade("a", "优秀", 100_000), Grade("c", "良好", 80_000))), PHASE
    )
    check = Criterion(CriterionId("c"), "检查", Checklist(10_000, (CheckItem("m", "记录不全", 2_000),)), PHASE)
    file = kit(tmp_path, contest((ballot, check)))
    said = answer(file, "?", "2", "?", "1").output

    assert "1 优秀" in said
    assert "1 记录不全 -2" in said
    assert given(file) == {("o1", "b"): "c", ("o1", "c"): ("m",)}


def test_comment_recusal_and_taking_part_again_have_their_signs(tmp_path: Path) -> None:
    file = kit(tmp_path)
    said = answer(file, "#", "讲得清楚", "~", "是亲属", "", "<", "~", "45", ".").output

    assert "Comment saved" in said
    assert "东岗村: recused" in said
    assert "东岗村: scored after all" in said
    assert given(file) == {("o1", "look"): 45_000}


def test_a_submitted_sheet_is_opened_again_by_the_code_that_is_read_aloud(tmp_path: Path) -> None:
    made = issue(contest(), tmp_path / "event", keys=settings.keys_folder())
    file, stick = made.kits[0].path, tmp_path / "stick"
    stick.mkdir()
    seat = open_seat(file, keys=settings.keys_folder())
    JudgingSession(seat).submit()
    merge(made.organiser, [hand_over(seat, stick).path], keys=settings.keys_folder())
    seat.file.close()
    office = Office(made.organiser, settings.keys_folder())
    reopen(office, JudgeId("j1"), "漏评", ("李四",))
    said = answer(file, "*", "1234", "*", spoken_codes(office)[0].code, "漏评", "45", ".").output

    assert "The code has 8 digits" in said
    assert "Open again. Correct it, and submit once more." in said
    assert given(file) == {("o1", "look"): 45_000}


def test_what_was_promised_is_told_with_the_organisation(tmp_path: Path) -> None:
    event = contest()
    made = (Commitment("a", "民生小事", CommitmentState.DONE, 10), Commitment("b", "停车场", CommitmentState.DOING))
    first = replace(event.organisations[0], commitments=made)
    file = kit(tmp_path, replace(event, organisations=(first, *event.organisations[1:])))

    said = answer(file, "45", "40").output

    assert "Commitments: 10 done, 1 in progress" in said
    assert "停车场: in progress" in said
