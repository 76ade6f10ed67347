"""Signed decisions at the table: what counts afterwards, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from judge_tui.domain.errors import JudgeTuiError, LockedError
from judge_tui.domain.event import CriterionId, GroupId, JudgeId, OrganisationId
from judge_tui.domain.matrix import CellState
from judge_tui.services.documents.dossier import dossier_of_file
from judge_tui.services.preparing.reissuing import add_judge, reissue
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.seats import open_seat
from judge_tui.services.table import amending, closing, organising
from judge_tui.services.table.audit import log_lines
from judge_tui.services.table.remarks import remark
from tests.organiser.world import BY, World, make_world

J1, V1, V2, V4 = JudgeId("j1"), OrganisationId("v1"), OrganisationId("v2"), OrganisationId("v4")
VIEW = CriterionId("view")


def totals(world: World) -> dict[str, str]:
    return {item.organisation: item.total_text for item in world.look().result.standings}


def places(world: World) -> list[str]:
    return [item.organisation for item in world.look().result.standings if item.rank]


def test_the_matrix_tells_what_has_arrived(world: World) -> None:
    world.score("j1", world.all_marks(lambda place, number: "0" if place == 0 else "40"))
    world.score("j2", {("v1", "view"): "40", ("v2", "view"): "41", ("v2", "talk"): "42"}, submit=False)
    world.collect()

    picture = world.look().matrix

    assert [cell.state for cell in picture.cells[0]] == [CellState.ZERO, *[CellState.SUBMITTED] * 3]
    assert [cell.state for cell in picture.cells[1]] == [
        CellState.PARTIAL,
        CellState.GIVEN,
        CellState.BLANK,
        CellState.BLANK,
    ]
    assert [(item.given, item.asked, item.complete) for item in picture.received] == [
        (8, 8, True),
        (3, 8, False),
        (0, 8, False),
    ]


def test_an_adjustment_counts_and_can_be_taken_back(full: World) -> None:
    before = totals(full)["v2"]
    entry = organising.adjust(full.office, V2, "加分", 2500, "活动组织好", BY)
    added = totals(full)["v2"]
    organising.undo(full.office, [entry.hash.hex()], "记错了村", BY)

    assert float(added) == float(before) + 2.5
    assert totals(full)["v2"] == before
    assert [line.kind for line in log_lines(full.look().projection, full.office.entries())].count("adjust") == 1


@pytest.mark.parametrize(
    ("name", "points", "reason", "by", "code"),
    [
        ("奖励", 1000, "x", BY, "UNKNOWN_ADJUSTMENT"),
        ("加分", 6000, "x", BY, "CAP"),
        ("加分", 1000, "  ", BY, "UNSIGNED"),
        ("加分", 1000, "x", (), "UNSIGNED"),
        ("扣分", -1000, "x", ("张三",), "SIGNERS"),
        ("扣分", -1000, "x", ("张三", "张三"), "SIGNERS"),
    ],
)
def test_an_adjustment_is_refused(
    full: World, name: str, points: int, reason: str, by: tuple[str, ...], code: str
) -> None:
    with pytest.raises(JudgeTuiError) as caught:
        organising.adjust(full.office, V1, name, points, reason, by)

    assert caught.value.code == code
    assert full.look().adjustments == ()


def in_conflict(world: World, tmp_path: Path) -> World:
    """Judge 1 scored on two laptops that were both confirmed."""
    copy = tmp_path / "second.judge"
    shutil.copyfile(world.kit("j1"), copy)
    world.score("j1", world.all_marks(lambda place, number: "40"))
    original = world.kit("j1").rename(tmp_path / "first.judge")
    shutil.copyfile(copy, world.kit("j1"))
    world.score("j1", {**world.all_marks(lambda place, number: "40"), ("v1", "view"): "44"}, keys=tmp_path / "other")
    world.kit("j1").unlink()
    original.rename(world.kit("j1"))
    world.collect()
    for state in world.office.project().unconfirmed:
        organising.confirm(world.office, state.author, "当面核对数字", BY)
    return world


def test_two_values_stand_side_by_side_until_one_is_chosen(world: World, tmp_path: Path) -> None:
    in_conflict(world, tmp_path)
    doubt = next(item for item in world.look().doubts if item.code == "conflict")
    values = organising.conflict_values(world.look().projection, doubt.cell)
    organising.resolve(world.office, doubt.cell, values[1].hash, "以第二台为准", BY)

    assert doubt.cell == (J1, V1, VIEW)
    assert sorted(str(item.value) for item in values) == ["40000", "44000"]
    assert world.office.project().cell(*doubt.cell).value == values[1].value
    assert "conflict" not in {item.code for item in world.look().doubts}
    with pytest.raises(JudgeTuiError, match="NO_CONFLICT"):
        organising.resolve(world.office, doubt.cell, "00" * 32, "x", BY)


def test_a_laptop_waits_for_confirmation_with_its_digits(world: World, tmp_path: Path) -> None:
    copy = tmp_path / "second.judge"
    shutil.copyfile(world.kit("j1"), copy)
    world.score("j1", {("v1", "view"): "40"})
    shutil.move(copy, world.kit("j1"))
    world.score("j1", {("v1", "view"): "44"}, keys=tmp_path / "other")
    world.collect()

    waiting = [item for item in world.look().doubts if item.code == "laptop"]

    assert waiting
    assert all(item.blocks and item.author for item in waiting)
    assert any(len(word) == 4 and word.isdigit() for word in str(waiting[0].message).split())


def test_an_absent_judge_is_told_apart_from_a_blank_sheet(world: World) -> None:
    organising.absent(world.office, J1, "请假", BY)

    states = {cell.state for cell in world.look().matrix.cells[0]}

    assert states == {CellState.ABSENT}
    assert not any(item.judge == "j1" for item in world.look().doubts if item.code == "missing")


def test_reopening_lets_a_judge_correct_and_leaves_a_trace(full: World) -> None:
    organising.reopen(full.office, J1, "评委要求更正", BY, V1)

    assert not full.look().projection.locked(J1, V1)
    assert full.look().projection.locked(J1, V2)
    assert "reopen" in [line.kind for line in log_lines(full.look().projection, full.office.entries())]


def test_nothing_is_reopened_that_was_not_submitted(world: World) -> None:
    with pytest.raises(JudgeTuiError, match="NOT_SUBMITTED"):
        organising.reopen(world.office, J1, "x", BY)


def test_a_withdrawn_organisation_has_no_place_and_stays_on_the_list(full: World) -> None:
    amending.set_status(full.office, V1, "withdrawn", "因故退出", BY)

    assert places(full) == ["v2", "v3", "v4"]
    assert full.look().event.organisation_by_id[V1].status_reason == "因故退出"
    assert {line[0].state for line in full.look().matrix.cells} == {CellState.WITHDRAWN}


def test_a_late_arrival_presents_last_and_is_asked_for(full: World) -> None:
    key = amending.add_organisation(full.office, "后到村", "迟到经同意", BY)

    assert full.look().event.organisations[-1].id == key
    assert full.look().event.organisations[-1].number == 5
    assert {item.organisation for item in full.look().doubts if item.code == "missing"} == {key}


def test_a_new_running_order_renumbers(full: World) -> None:
    amending.reorder(full.office, [V4, OrganisationId("v3"), V2, V1], "抽签", BY)

    assert [item.id for item in full.look().event.organisations] == ["v4", "v3", "v2", "v1"]
    with pytest.raises(JudgeTuiError, match="ORDER"):
        amending.reorder(full.office, [V4, V4, V2, V1], "x", BY)


def test_an_amendment_cannot_lose_what_carries_marks(full: World) -> None:
    from dataclasses import replace

    event = full.look().event
    with pytest.raises(JudgeTuiError, match="LOST_IDS"):
        amending.amend(full.office, replace(event, organisations=event.organisations[1:]), "x", BY)


def test_a_result_with_lacks_is_sealed_only_with_a_reason(world: World) -> None:
    world.score("j1", world.all_marks(lambda place, number: "40"))
    world.collect()

    with pytest.raises(LockedError) as caught:
        closing.seal(world.office, BY)
    code = closing.seal(world.office, BY, override="两名评委因故未到，经领导同意")

    assert caught.value.code == "LACKING"
    assert world.look().sealed
    assert len(code.full.replace(" ", "")) == 25
    assert any(item.body.kind == "override" for item in world.look().projection.desk.noted)


def test_what_comes_after_the_seal_does_not_count_until_sealed_again(full: World) -> None:
    first = closing.seal(full.office, BY)
    organising.adjust(full.office, V2, "加分", 1000, "复核补记", BY)
    before = totals(full)["v2"]
    with pytest.raises(LockedError, match="UNSEALED"):
        closing.publish(full.office, BY)
    second = closing.seal(full.office, BY)

    assert float(totals(full)["v2"]) == float(before) + 1
    assert first != second
    assert closing.publish(full.office, BY) == second
    assert full.look().published


def test_a_new_seal_asks_only_for_what_would_still_be_lacking(world: World) -> None:
    closing.seal(world.office, BY, override="先行封存")
    world.everyone_scores()
    world.collect()

    assert world.look().provisional
    assert closing.blocking(world.office) == ()
    closing.seal(world.office, BY, checked="齐了")
    assert not world.look().provisional


def test_nothing_is_published_before_the_seal(full: World) -> None:
    with pytest.raises(LockedError, match="NOT_SEALED"):
        closing.publish(full.office, BY)


def test_a_laptop_without_the_keys_signs_nothing(full: World, tmp_path: Path) -> None:
    from judge_tui.services.table.office import Office

    elsewhere = Office(full.issued.organiser, tmp_path / "no-keys", full.now)
    with pytest.raises(LockedError, match="NO_KEY"):
        organising.absent(elsewhere, J1, "x", BY)


def test_a_tie_waits_for_a_decision_and_follows_it(tmp_path: Path) -> None:
    world = make_world(tmp_path, tabulation={"ties": [{"by": "decision"}]})
    for judge in world.event.judges:
        world.score(judge.id, world.all_marks(lambda place, number: "40" if place < 2 else str(40 - place)))
    world.collect()
    tie = next(item for item in world.look().doubts if item.code == "tie")
    organising.decide(world.office, [V2, V1], "加赛", BY)

    assert set(tie.organisations) == {"v1", "v2"}
    assert places(world)[:2] == ["v2", "v1"]
    assert world.look().doubts == ()


def test_an_award_at_the_cut_goes_to_as_many_as_there_is_room_for(tmp_path: Path) -> None:
    """The table asks for an order of everybody who shares the place: the first of it has the award, the others have not."""
    world = make_world(tmp_path)
    for judge in world.event.judges:
        world.score(judge.id, world.all_marks(lambda place, number: "40" if place < 2 else str(40 - place)))
    world.collect()
    cut = next(item for item in world.look().doubts if item.code == "award")
    organising.decide(world.office, [V2, V1], "加赛", BY, cut.award)

    held = {item.organisation: item.award_names for item in world.look().result.standings}
    assert (held[V2], held[V1]) == (("优秀",), ("良好",))
    assert world.look().doubts == ()


def test_the_log_names_what_does_not_count(full: World) -> None:
    closing.seal(full.office, BY)
    organising.adjust(full.office, V1, "加分", 1000, "迟到的加分", BY)

    lines = log_lines(full.look().projection, full.office.entries())
    late = [line for line in lines if line.late]

    assert [(line.kind, str(line.late), line.reason, line.by) for line in late] == [
        ("adjust", "arrived after the seal", "迟到的加分", ("张三",))
    ]


def test_a_new_file_for_a_judge_replaces_the_old_one(world: World, tmp_path: Path) -> None:
    world.score("j1", {("v1", "view"): "40"}, submit=False)
    fresh = reissue(world.office, J1, tmp_path / "again", "U盘丢失", BY)
    world.collect()
    waiting = [item for item in world.look().doubts if item.code == "laptop"]
    seat = open_seat(fresh, keys=tmp_path / "new-laptop", now=world.now)
    session = JudgingSession(seat, now=world.now)
    session.record(V1, VIEW, "45")
    handed = hand_over(seat, world.handed_in)
    seat.file.close()
    report = world.collect([handed.path])

    assert [item.judge for item in waiting] == ["j1"]
    assert not report.refused
    assert world.office.project().cell(J1, V1, VIEW).value == 45000


def test_a_judge_who_joins_is_asked_for_and_can_score(world: World, tmp_path: Path) -> None:
    key, kit = add_judge(world.office, "评委四", GroupId("leaders"), tmp_path / "late", "增补评委", BY)
    seat = open_seat(kit, keys=tmp_path / "late-laptop", now=world.now)
    session = JudgingSession(seat, now=world.now)
    session.record(V1, VIEW, "33")
    handed = hand_over(seat, world.handed_in)
    seat.file.close()
    world.collect([handed.path])

    assert len(world.look().matrix.judges) == 4
    assert world.office.project().cell(key, V1, VIEW).value == 33000
    with pytest.raises(JudgeTuiError, match="NAME"):
        add_judge(world.office, "评委1", GroupId("leaders"), tmp_path, "x", BY)


def test_a_dictated_remark_reaches_the_feedback_and_can_be_corrected(full: World) -> None:
    remark(full.office, V1, "变化明显", "王副镇长")
    remark(full.office, V1, "变化明显，台账要细", "王副镇长")

    assert dossier_of_file(full.issued.organiser).comments[V1] == ("变化明显，台账要细（王副镇长）",)


def test_any_decision_at_the_table_can_be_taken_back_even_the_seal(full: World) -> None:
    closing.seal(full.office, BY)
    sealed = next(line for line in log_lines(full.look().projection, full.office.entries()) if line.kind == "seal")
    organising.undo(full.office, [sealed.hash], "漏收一份", BY)

    assert not full.look().sealed
