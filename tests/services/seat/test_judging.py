"""A judge at his file: what is typed is recorded, what is closed stays closed, what was recorded is there again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from judge_tui.domain.bodies import load_body
from judge_tui.domain.errors import JudgeTuiError, LockedError, MarkError
from judge_tui.domain.event import CheckItem, Checklist, Criterion, CriterionId, OrganisationId, Places, Votes
from judge_tui.domain.ledger import Entry, Signer
from judge_tui.domain.messages import msg
from judge_tui.domain.seat import SeatState
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.store.files import EntryFile
from tests.seats import LOOK, PHASE, TALK, contest, issued, sitting

ONE, TWO, THREE = OrganisationId("o1"), OrganisationId("o2"), OrganisationId("o3")


def values(session: JudgingSession) -> dict[tuple[str, str], object]:
    return {
        (card.organisation.id, criterion): mark.value
        for card in session.progress.cards
        for criterion, mark in card.given.items()
    }


def test_a_mark_is_there_again_when_the_file_is_opened_again(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.record(ONE, LOOK.id, "４５。５")
        session.record(ONE, TALK.id, "40")
        session.record(ONE, LOOK.id, "46")
        assert session.saved_at is not None

    with sitting(tmp_path, file) as again:
        assert values(again) == {("o1", "look"): 46_000, ("o1", "talk"): 40_000}
        assert again.progress.cards[0].state is SeatState.COMPLETE
        assert again.saved_at is not None


def test_a_correction_names_what_it_replaces_and_both_stay_in_the_record(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        first = session.record(ONE, LOOK.id, "45").card(ONE).given[LOOK.id]
        second = session.record(ONE, LOOK.id, "46").card(ONE).given[LOOK.id]

    with EntryFile.open(file, read_only=True) as records:
        marks = [load_body(item.body) for item in records.entries() if b'"kind":"mark"' in item.body]
    assert [item.value for item in marks] == [45_000, 46_000]
    assert marks[1].replaces == first.hashes
    assert second.hashes != first.hashes


def test_a_bad_mark_changes_nothing(tmp_path: Path) -> None:
    with sitting(tmp_path, issued(tmp_path)) as session:
        before = session.progress
        with pytest.raises(MarkError, match="At most 50"):
            session.record(ONE, LOOK.id, "51")

        assert session.progress is before
        assert session.saved_at is None


def test_the_same_mark_again_writes_nothing(tmp_path: Path) -> None:
    with sitting(tmp_path, issued(tmp_path)) as session:
        before = session.record(ONE, LOOK.id, "45")

        assert session.record(ONE, LOOK.id, "45.0") is before


def test_an_emptied_field_is_blank_not_zero(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.record(ONE, LOOK.id, "45")
        session.record(ONE, LOOK.id, " ")

    with sitting(tmp_path, file) as again:
        assert values(again) == {}
        assert again.progress.cards[0].state is SeatState.NOT_BEGUN


def test_undo_and_redo_are_entries_of_their_own(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.record(ONE, LOOK.id, "45")
        session.record(ONE, LOOK.id, "46")
        session.undo()
        assert values(session) == {("o1", "look"): 45_000}
        session.undo()
        assert values(session) == {}
        assert session.undo() is None
        session.redo()
        session.redo()
        assert values(session) == {("o1", "look"): 46_000}
        assert session.redo() is None

    with sitting(tmp_path, file) as again:
        assert values(again) == {("o1", "look"): 46_000}
    with EntryFile.open(file, read_only=True) as records:
        said = [load_body(item.body) for item in records.entries()]
    assert [item.text("via") for item in said if item.kind in ("mark", "clear")] == [
        "",
        "",
        "undo",
        "undo",
        "redo",
        "redo",
    ]


def test_after_submission_everything_is_locked_and_readable(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.record(ONE, LOOK.id, "45")
        session.submit()
        assert session.progress.locked

    with sitting(tmp_path, file) as again:
        assert [card.state for card in again.progress.cards] == [SeatState.SUBMITTED] * 4
        assert values(again) == {("o1", "look"): 45_000}
        for act in (
            lambda: again.record(ONE, LOOK.id, "46"),
            lambda: again.clear(ONE, LOOK.id),
            lambda: again.comment(ONE, "好"),
            lambda: again.recuse(TWO, "亲属"),
        ):
            with pytest.raises(LockedError):
                act()


def test_one_turn_can_be_handed_in_by_itself(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.record(ONE, LOOK.id, "45")
        session.submit(ONE)
        session.record(TWO, LOOK.id, "40")

    with sitting(tmp_path, file) as again:
        assert [card.state for card in again.progress.cards[:2]] == [SeatState.SUBMITTED, SeatState.BEGUN]


def test_a_recusal_has_a_reason_and_can_be_taken_back(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.record(ONE, LOOK.id, "45")
        session.recuse(ONE, "包村干部")
        with pytest.raises(LockedError):
            session.record(ONE, LOOK.id, "46")

    with sitting(tmp_path, file) as again:
        card = again.progress.card(ONE)
        assert card.state is SeatState.RECUSED
        assert card.recusal is not None
        assert card.recusal.text == "包村干部"
        again.take_part(ONE)

    with sitting(tmp_path, file) as at_last:
        assert at_last.progress.card(ONE).state is SeatState.BEGUN


def test_who_is_excluded_by_the_definition_stays_excluded(tmp_path: Path) -> None:
    event = contest()
    judges = (replace(event.judges[0], organisation=ONE), *event.judges[1:])
    with sitting(tmp_path, issued(tmp_path, replace(event, judges=judges))) as session:
        assert session.progress.card(ONE).state is SeatState.RECUSED
        with pytest.raises(LockedError):
            session.take_part(ONE)


def test_comments_are_replaced_and_taken_back(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.comment(ONE, "亮点突出")
        session.comment(ONE, "亮点突出，短板也清楚")
        session.comment(TWO, "好")
        session.comment(TWO, "")

    with sitting(tmp_path, file) as again:
        assert [again.progress.card(item).comment.text for item in (ONE, TWO)] == ["亮点突出，短板也清楚", ""]


def test_notes_half_typed_values_and_the_place_come_back(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.drawer.write_note(ONE, "图片对比明显")
        session.drawer.draft(TWO, LOOK.id, "4")
        session.drawer.stand(organisation=TWO, field="0")
        session.drawer.keep()
        session.later(THREE)

    with sitting(tmp_path, file) as again:
        assert again.drawer.note(ONE) == "图片对比明显"
        assert again.drawer.drafts(TWO) == {(TWO, LOOK.id): "4"}
        assert again.drawer.place["organisation"] == TWO
        assert again.progress.card(THREE).state is SeatState.LATER


def test_a_second_window_reads_and_changes_nothing(tmp_path: Path) -> None:
    file = issued(tmp_path)
    with sitting(tmp_path, file) as session:
        session.record(ONE, LOOK.id, "45")
        with sitting(tmp_path, file) as other:
            assert other.read_only
            assert other.notice is not None
            assert values(other) == {("o1", "look"): 45_000}
            with pytest.raises(LockedError):
                other.record(ONE, LOOK.id, "46")


def test_what_the_disk_refuses_is_kept_and_written_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = issued(tmp_path)
    append = EntryFile.append
    full = True

    def refusing(self: EntryFile, signer: Signer, bodies: Sequence[bytes]) -> list[Entry]:
        if full:
            raise JudgeTuiError("FULL", msg("The disk is full"))
        return append(self, signer, bodies)

    with sitting(tmp_path, file) as session:
        monkeypatch.setattr(EntryFile, "append", refusing)
        with pytest.raises(JudgeTuiError, match="FULL"):
            session.record(ONE, LOOK.id, "45")
        assert values(session) == {}
        with pytest.raises(JudgeTuiError, match="FULL"):
            session.retry()
        full = False
        session.retry()

        assert values(session) == {("o1", "look"): 45_000}
        assert not session.unsaved
    with sitting(tmp_path, file) as again:
        assert values(again) == {("o1", "look"): 45_000}


def test_places_do_not_repeat_and_votes_run_out(tmp_path: Path) -> None:
    place = Criterion(CriterionId("place"), "名次", Places(), PHASE)
    vote = Criterion(CriterionId("vote"), "推荐", Votes(1), PHASE)
    with sitting(tmp_path, issued(tmp_path, contest((place, vote)))) as session:
        session.record(ONE, place.id, "1")
        with pytest.raises(MarkError, match="already has place 1"):
            session.record(TWO, place.id, "1")
        session.record(ONE, vote.id, "1")
        with pytest.raises(MarkError, match="votes are given"):
            session.record(TWO, vote.id, "1")
        session.record(ONE, vote.id, "0")
        session.record(TWO, vote.id, "1")


def test_findings_stand_beside_a_checklist(tmp_path: Path) -> None:
    items = (CheckItem("minutes", "记录不全", 2_000), CheckItem("dates", "次数不足", 3_000))
    check = Criterion(CriterionId("check"), "三会一课", Checklist(20_000, items), PHASE)
    file = issued(tmp_path, contest((check, TALK)))
    with sitting(tmp_path, file) as session:
        session.give(ONE, check.id, ("minutes",), {"minutes": "缺9月记录"})

    with sitting(tmp_path, file) as again:
        mark = again.progress.card(ONE).given[check.id]
        assert mark.value == ("minutes",)
        assert mark.findings == {"minutes": "缺9月记录"}
        assert again.progress.card(ONE).total == 18
