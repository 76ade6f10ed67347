"""A seal holds fast what was counted: whatever is said or handed in afterwards waits for a new seal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from judge_tui.domain.errors import LockedError
from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.services.records.collecting import merge
from judge_tui.services.records.contest import open_contest
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.seats import open_seat
from judge_tui.services.table import closing, organising
from judge_tui.services.table.audit import log_lines
from tests.organiser.world import BY, World

J1, V1, V2 = JudgeId("j1"), OrganisationId("v1"), OrganisationId("v2")
VIEW = CriterionId("view")


def total(world: World, organisation: str = "v2") -> str:
    return next(item.total_text for item in world.look().result.standings if item.organisation == organisation)


def code(world: World) -> str:
    look = world.look()
    found = closing.result_code(look.projection, look.result)
    assert found is not None
    return found.full


def kinds(world: World) -> set[str]:
    return {item.code for item in world.look().doubts}


def waiting(world: World) -> list[str]:
    return [str(body["kind"]) for _, body in world.office.project().authority.unsealed]


def test_a_taking_back_after_the_seal_waits_for_a_new_one(full: World) -> None:
    bonus = organising.adjust(full.office, V2, "加分", 1000, "活动组织好", BY)
    sealed = closing.seal(full.office, BY)
    before = total(full)
    organising.undo(full.office, [bonus.hash.hex()], "记错了村", BY)

    assert (total(full), code(full), waiting(full)) == (before, sealed.full, ["undo"])
    assert "unsealed" in kinds(full)
    with pytest.raises(LockedError, match="UNSEALED"):
        closing.publish(full.office, BY)

    again = closing.seal(full.office, BY)

    assert float(total(full)) == float(before) - 1
    assert again != sealed
    assert waiting(full) == []


def test_a_merge_taken_back_after_the_seal_counts_until_sealed_again(full: World) -> None:
    sealed = closing.seal(full.office, BY)
    brought = next(row[0] for row in open_contest(full.issued.organiser).log if row[4] == "评委1")
    assert organising.undo_import(full.office, brought, "不是他的文件", BY) > 8

    assert code(full) == sealed.full
    assert full.office.project().cell(J1, V1, VIEW).value is not None
    closing.seal(full.office, BY, override="评委1的文件作废")

    assert full.office.project().cell(J1, V1, VIEW).value is None


def test_a_decision_made_and_taken_back_after_the_seal_leaves_nothing_waiting(full: World) -> None:
    sealed = closing.seal(full.office, BY)
    bonus = organising.adjust(full.office, V2, "加分", 1000, "补记", BY)
    organising.undo(full.office, [bonus.hash.hex()], "不该补", BY)

    assert waiting(full) == []
    assert closing.publish(full.office, BY) == sealed


def test_an_undo_of_an_undo_after_the_seal_waits_too(full: World) -> None:
    bonus = organising.adjust(full.office, V2, "加分", 1000, "活动组织好", BY)
    organising.undo(full.office, [bonus.hash.hex()], "记错了", BY)
    closing.seal(full.office, BY)
    before = total(full)
    back = next(line for line in log_lines(full.office.project(), full.office.entries()) if line.kind == "undo")
    organising.undo(full.office, [back.hash], "没有记错", BY)

    assert (total(full), waiting(full)) == (before, ["undo"])
    closing.seal(full.office, BY)
    assert float(total(full)) == float(before) + 1


def test_the_seal_itself_is_taken_back_at_once_and_the_one_before_holds_again(full: World) -> None:
    first = closing.seal(full.office, BY)
    organising.adjust(full.office, V2, "加分", 1000, "补记", BY)
    closing.seal(full.office, BY)
    seals = [line for line in log_lines(full.office.project(), full.office.entries()) if line.kind == "seal"]
    organising.undo(full.office, [seals[-1].hash], "封早了", BY)

    assert code(full) == first.full
    assert waiting(full) == ["adjust"]


def forked(world: World, tmp_path: Path) -> tuple[Path, Path]:
    """Judge 1's file and key on two laptops, both went on; the two copies handed over."""
    laptop, copy, second = tmp_path / "laptop", tmp_path / "copy.judge", tmp_path / "second"
    world.score("j1", {("v1", "view"): "30"}, submit=False, keys=laptop)
    shutil.copyfile(world.kit("j1"), copy)
    shutil.copytree(laptop, second)
    one = world.score("j1", world.all_marks(lambda place, number: "40"), keys=laptop)
    seat = open_seat(copy, keys=second, now=world.now)
    session = JudgingSession(seat, now=world.now)
    session.record(V1, VIEW, "50")
    seat.file.close()
    return one, copy


def test_a_second_branch_that_comes_after_the_seal_changes_nothing(world: World, tmp_path: Path) -> None:
    one, copy = forked(world, tmp_path)
    for judge in ("j2", "j3"):
        world.score(judge, world.all_marks(lambda place, number: str(44 - place)))
    world.collect()
    sealed = closing.seal(world.office, BY)
    before = total(world, "v1")
    verdict = world.collect([copy]).verdicts[0]

    assert verdict.code == "FORK"
    assert (total(world, "v1"), code(world)) == (before, sealed.full)
    assert "fork" in kinds(world)
    assert not world.look().provisional
    assert closing.publish(world.office, BY) == sealed
    with pytest.raises(LockedError, match="LACKING"):
        closing.seal(world.office, BY)

    state = world.office.project().forks[0]
    organising.resolve_fork(world.office, state.author, branches(world)[1], "评委当面确认", BY)

    assert (total(world, "v1"), waiting(world)) == (before, ["resolve"])
    closing.seal(world.office, BY, override="改以第二台为准")
    assert world.office.project().cell(J1, V1, VIEW).value == 50_000
    assert one.exists()


def branches(world: World) -> list[str]:
    """The first entries of both branches by their hashes: the one on the chain, then the one beside it."""
    case = organising.fork_branches(world.office, world.office.project().forks[0].author)
    return [item.hash for item in case]


def test_a_settled_fork_is_no_doubt_any_more_and_may_be_settled_otherwise(world: World, tmp_path: Path) -> None:
    one, copy = forked(world, tmp_path)
    world.collect([one])
    world.collect([copy])
    author = world.office.project().forks[0].author
    first, second = branches(world)
    assert world.office.project().cell(J1, V1, VIEW).value == 30_000
    organising.resolve_fork(world.office, author, second, "以第二台为准", BY)

    assert "fork" not in kinds(world)
    assert world.office.project().cell(J1, V1, VIEW).value == 50_000
    organising.resolve_fork(world.office, author, first, "弄反了", BY)
    assert world.office.project().cell(J1, V1, VIEW).value == 40_000


def test_another_laptop_that_turns_up_after_the_seal_changes_nothing(world: World, tmp_path: Path) -> None:
    copy = tmp_path / "kit-copy.judge"
    shutil.copyfile(world.kit("j1"), copy)
    world.everyone_scores()
    world.collect()
    sealed = closing.seal(world.office, BY)
    seat = open_seat(copy, keys=tmp_path / "elsewhere", now=world.now, device="another")
    JudgingSession(seat, now=world.now).record(V1, VIEW, "50")
    seat.file.close()
    assert world.collect([copy]).taken == 2

    assert code(world) == sealed.full
    assert world.look().projection.unconfirmed
    assert not world.look().provisional
    with pytest.raises(LockedError, match="LACKING"):
        closing.seal(world.office, BY)


def test_an_amendment_after_the_seal_is_said_to_wait(full: World) -> None:
    sealed = closing.seal(full.office, BY)
    organising.reopen(full.office, J1, "评委要求更正", BY, V1)

    assert (waiting(full), code(full)) == (["reopen"], sealed.full)
    assert full.look().projection.locked(J1, V1)
    with pytest.raises(LockedError, match="UNSEALED"):
        closing.publish(full.office, BY)


def test_the_state_under_a_seal_does_not_depend_on_the_order_of_merges(world: World, tmp_path: Path) -> None:
    one, copy = forked(world, tmp_path)
    others = [world.score(judge, world.all_marks(lambda place, number: str(41 - place))) for judge in ("j2", "j3")]
    bare = tmp_path / "bare.db"
    shutil.copyfile(world.issued.organiser, bare)
    world.collect([one, *others])
    closing.seal(world.office, BY)
    sealed = tmp_path / "sealed.db"
    shutil.copyfile(world.issued.organiser, sealed)
    digests = set()
    for number, order in enumerate(([copy, sealed], [sealed, copy], [*others, copy, one, sealed])):
        hub = tmp_path / f"hub{number}.db"
        shutil.copyfile(bare, hub)

        for path in order:
            merge(hub, [path], keys=tmp_path)
        digests.add(open_contest(hub).projection.digest)

    assert len(digests) == 1
