"""Opening a seat: the right key for the right copy, so that nothing forks and nothing is silently accepted."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.domain.authority import Standing
from judge_tui.domain.bodies import dump_body, load_body
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.domain.tabulation.inputs import MarkState
from judge_tui.services.preparing.reissuing import reissue
from judge_tui.services.seat.handover import read_receipts, received
from judge_tui.services.table.office import Office
from judge_tui.store import keyring
from judge_tui.store.files import EntryFile
from judge_tui.store.keyring import Keyring
from tests.records import AT, Hall, mark, noon, submit


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


def confirm(hall: Hall, author: bytes) -> None:
    with EntryFile.open(hall.organiser) as file:
        notice = Keyring(hall.keys).keys(file.event, "notice")[0]
        file.append(notice, [dump_body("confirm", AT, author=author.hex())])


def test_the_first_opening_enrols_and_the_next_goes_on(hall: Hall) -> None:
    with hall.seat("j1") as seat:
        first, entries = seat.author, seat.file.entries(seat.author)
    with hall.seat("j1") as seat:
        assert seat.author == first
        assert seat.file.entries(seat.author) == entries
        assert seat.notice is None
    opened = load_body(entries[0].body)

    assert (len(entries), opened.kind, opened.judge, opened.text("device")) == (1, "open", "j1", "j1")


def test_a_second_window_only_reads(hall: Hall) -> None:
    with hall.seat("j1") as first, hall.seat("j1") as second:
        assert (first.read_only, second.read_only) == (False, True)
        assert "Another window" in str(second.notice)


def test_a_restored_copy_goes_on_as_a_new_author_who_counts(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    old = hall.kit("j1").read_bytes()
    hall.write("j1", mark("o1", "c2", 80))
    hall.merge(hall.hand_over("j1"))
    hall.kit("j1").write_bytes(old)

    with hall.seat("j1") as seat:
        assert "older copy" in str(seat.notice)
        seat.file.append(seat.signer, [mark("o2", "c1", 60)])
    with hall.seat("j1") as seat:
        assert seat.notice is None, "the copy goes on with its own author from now on"
    hall.merge(hall.hand_over("j1"))
    state = hall.project()

    assert state.forks == ()
    assert [state.cell("j1", *cell).value for cell in (("o1", "c1"), ("o1", "c2"), ("o2", "c1"))] == [
        70_000,
        80_000,
        60_000,
    ]


def test_values_given_twice_after_a_restore_are_a_conflict(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    old = hall.kit("j1").read_bytes()
    hall.write("j1", mark("o1", "c2", 80))
    hall.merge(hall.hand_over("j1"))
    hall.kit("j1").write_bytes(old)
    hall.write("j1", mark("o1", "c2", 85))
    hall.merge(hall.hand_over("j1"))
    cell = hall.project().cell("j1", "o1", "c2")

    assert cell.state is MarkState.CONFLICT
    assert sorted(value.value for value in cell.values) == [80_000, 85_000]


def test_a_fresh_copy_of_the_kit_on_the_same_laptop_counts(hall: Hall) -> None:
    fresh = hall.folder / "fresh.judge"
    fresh.write_bytes(hall.kit("j1").read_bytes())
    hall.write("j1", mark("o1", "c1", 70))
    hall.write("j1", mark("o1", "c2", 71), path=fresh)
    hall.merge(hall.hand_over("j1", path=fresh))

    assert hall.project().cell("j1", "o1", "c2").value == 71_000, "even before the first file has come"
    hall.merge(hall.hand_over("j1"))
    assert hall.project().cell("j1", "o1", "c1").value == 70_000
    assert hall.project().unconfirmed == ()


def test_a_second_laptop_counts_when_the_organiser_confirms_it(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    copy = hall.folder / "copy.judge"
    copy.write_bytes(hall.kit("j1").read_bytes())
    with hall.seat("j1", copy, "borrowed") as seat:
        assert "another laptop" in str(seat.notice)
        seat.file.append(seat.signer, [mark("o1", "c2", 80)])
        author = seat.author
    hall.merge(hall.hand_over("j1"), hall.hand_over("j1", copy, "borrowed"))
    state = hall.project()

    assert [(item.author, item.standing) for item in state.unconfirmed] == [(author, Standing.UNCONFIRMED)]
    assert state.cell("j1", "o1", "c2").state is MarkState.BLANK
    assert {late.why for late in state.late} == {"unconfirmed"}
    confirm(hall, author)
    assert hall.project().cell("j1", "o1", "c2").value == 80_000
    assert hall.project().unconfirmed == ()


def test_a_second_laptop_endorsed_by_the_first_counts_at_once(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    copy = hall.folder / "copy.judge"
    copy.write_bytes(hall.kit("j1").read_bytes())
    with hall.seat("j1", copy, "borrowed") as seat:
        seat.file.append(seat.signer, [mark("o1", "c2", 80)])
        author = seat.author
    hall.write("j1", dump_body("endorse", AT, author=author.hex()))
    hall.merge(hall.hand_over("j1"), hall.hand_over("j1", copy, "borrowed"))

    assert hall.project().cell("j1", "o1", "c2").value == 80_000


def test_two_laptops_that_began_apart_wait_for_the_organiser_in_either_order(hall: Hall) -> None:
    """Nothing but the order of arrival would tell them apart, and that must not decide."""
    copy = hall.folder / "copy.judge"
    copy.write_bytes(hall.kit("j1").read_bytes())
    hall.write("j1", mark("o1", "c1", 70))
    hall.write("j1", mark("o1", "c1", 90), path=copy, laptop="thief")
    one, two = hall.hand_over("j1"), hall.hand_over("j1", copy, "thief")
    first, second = hall.copy_organiser("first.db"), hall.copy_organiser("second.db")
    hall.merge(one, two, into=first)
    hall.merge(two, one, into=second)

    assert hall.project(first).digest == hall.project(second).digest
    assert hall.project(first).cell("j1", "o1", "c1").state is MarkState.BLANK
    assert len(hall.project(first).unconfirmed) == 2


def test_what_is_written_after_submitting_is_late_until_reopened(hall: Hall) -> None:
    given = hall.write("j1", mark("o1", "c1", 70), submit())
    hall.write("j1", mark("o1", "c1", 75, given[0].hash.hex()))
    hall.merge(hall.hand_over("j1"))
    state = hall.project()

    assert state.cell("j1", "o1", "c1").value == 70_000
    assert [(late.value, late.why) for late in state.late] == [(75_000, "submitted")]
    assert state.locked("j1", "o1")
    with EntryFile.open(hall.organiser) as file:
        notice = Keyring(hall.keys).keys(file.event, "notice")[0]
        submits = [item.hash for item in state.submissions("j1")]
        file.append(notice, [dump_body("reopen", AT, judge="j1", organisation="o1", submits=submits)])
    state = hall.project()

    assert state.cell("j1", "o1", "c1").value == 75_000
    assert state.late == ()
    assert (state.locked("j1", "o1"), state.locked("j1", "o2")) == (False, True)


def test_a_turn_submitted_locks_that_turn_only(hall: Hall) -> None:
    given = hall.write("j1", mark("o1", "c1", 70), mark("o2", "c1", 60), submit("o1"))
    hall.write("j1", mark("o1", "c1", 75, given[0].hash.hex()), mark("o2", "c1", 65, given[1].hash.hex()))
    hall.merge(hall.hand_over("j1"))
    state = hall.project()

    assert [state.cell("j1", o, "c1").value for o in ("o1", "o2")] == [70_000, 65_000]
    assert [state.cell("j1", o, "c1").submitted for o in ("o1", "o2")] == [True, False]


def test_a_second_author_cannot_take_back_what_the_first_submitted(hall: Hall) -> None:
    given = hall.write("j1", mark("o1", "c1", 70), submit())
    copy = hall.folder / "copy.judge"
    copy.write_bytes(hall.kit("j1").read_bytes())
    with hall.seat("j1", copy, "borrowed") as seat:
        seat.file.append(seat.signer, [mark("o1", "c1", 90, given[0].hash.hex())])
        author = seat.author
    hall.merge(hall.hand_over("j1", copy, "borrowed"))
    confirm(hall, author)
    cell = hall.project().cell("j1", "o1", "c1")

    assert cell.state is MarkState.CONFLICT
    assert len(cell.values) == 2


def test_receipts_come_back_and_are_believed_only_from_the_desk(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    hall.merge(hall.hand_over("j1"))
    receipts = hall.organiser.with_suffix(".receipts")
    with hall.seat("j1") as seat:
        assert str(received(seat).message) == "The organiser holds 0 of 2"
        back = read_receipts(seat, receipts.parent)
        assert (back.held, back.written, back.contradicted) == (2, 2, False)
        seat.file.append(seat.signer, [mark("o1", "c2", 70)])
        assert str(received(seat).message) == "The organiser holds 2 of 3"
    with hall.seat("j2") as seat:
        forged = receipts.read_text(encoding="ascii").replace(" 2 ", " 9 ")
        (hall.folder / "forged.receipts").write_text(forged, encoding="ascii")
        assert read_receipts(seat, hall.folder).held == 0


def test_a_handed_over_copy_cannot_be_sat_down_at(hall: Hall) -> None:
    path = hall.hand_over("j1")

    with pytest.raises(JudgeTuiError, match="NOT_A_KIT"), hall.seat("j1", path):
        pass
    with pytest.raises(JudgeTuiError, match="NOT_A_KIT"), hall.seat("j1", hall.organiser):
        pass


def test_handing_over_twice_the_same_is_one_file(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 70))

    assert hall.hand_over("j1") == hall.hand_over("j1")
    hall.write("j1", mark("o1", "c2", 70))
    hall.hand_over("j1")
    assert len(list(hall.stick.iterdir())) == 2


def test_a_damaged_file_is_noticed_before_anything_is_added(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    raw = hall.kit("j1").read_bytes()
    hall.kit("j1").write_bytes(raw.replace(b'"value":70000', b'"value":99000'))

    with pytest.raises(JudgeTuiError, match="CORRUPT"), hall.seat("j1"):
        pass


def test_a_forgotten_passphrase_keeps_nobody_from_a_new_file(hall: Hall, tmp_path: Path) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    ring = Keyring(hall.laptop("j1"))
    with EntryFile.open(hall.kit("j1"), read_only=True) as file:
        event = file.event
    key = ring.keys(event, "judge", "j1")[0]
    assert ring.lock(event, ("judge",), "j1", "long forgotten") == 1
    keyring._opened.pop(key.path)
    with pytest.raises(JudgeTuiError, match="PASSPHRASE"):
        hall.write("j1", mark("o1", "c1", 75))

    new = reissue(Office(hall.organiser, hall.keys, noon), JudgeId("j1"), tmp_path / "new", "口令忘记", ["主持人"])
    hall.write("j1", mark("o1", "c1", 75), path=new)
    hall.merge(hall.hand_over("j1", path=new))

    given = hall.project().cells.values[JudgeId("j1"), OrganisationId("o1"), CriterionId("c1")]
    assert [item.value for item in given] == [75_000]
