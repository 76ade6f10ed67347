"""The stick comes back: what the organiser left on it is read as soon as it is plugged in, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.domain.errors import RefusedError
from judge_tui.i18n import translator
from judge_tui.services.carriers.back import leave_for_judges
from judge_tui.services.carriers.drives import Drive, drive_at
from judge_tui.services.carriers.returning import ReturnWatch
from judge_tui.services.carriers.stick import carry
from judge_tui.services.seat.handover import received
from judge_tui.services.table.office import Office
from tests.records import Hall, mark


@pytest.fixture
def stick(tmp_path: Path) -> Drive:
    folder = tmp_path / "media" / "U盘 1"
    folder.mkdir(parents=True)
    drive = drive_at(folder)
    assert drive is not None
    return drive


def test_receipts_and_notices_on_a_stick_are_read_once_when_it_comes_back(hall: Hall, stick: Drive) -> None:
    plugged: list[Drive] = []
    with hall.seat("j1") as seat:
        watch = ReturnWatch(seat, lambda: plugged)
        before = watch.look()
        carry(seat, stick.path, lambda: [stick])
    hall.merge(stick.path)
    Office(hall.organiser, hall.keys).say(("order", {"organisations": ["o3", "o2", "o1"]}))
    leave_for_judges(hall.organiser, stick.path, keys=hall.keys)
    plugged.append(stick)

    with hall.seat("j1") as seat:
        watch = ReturnWatch(seat, lambda: plugged)
        first, again = watch.look(), watch.look()
        held = received(seat).held

    assert before is None
    assert again is None
    assert first is not None
    assert first.received is not None
    assert translator(first.received.message) == "The organiser holds 3 of 3"
    assert (first.brought.notices, held) == (1, 3)


def test_receipts_that_changed_on_the_stick_are_read_again(hall: Hall, stick: Drive) -> None:
    with hall.seat("j1") as seat:
        watch = ReturnWatch(seat, lambda: [stick])
        carry(seat, stick.path, lambda: [stick])
        hall.merge(stick.path)
        leave_for_judges(hall.organiser, stick.path, keys=hall.keys)
        first = watch.look()
        seat.file.append(seat.signer, [mark("o2", "c1", 70)])
        carry(seat, stick.path, lambda: [stick])
        hall.merge(stick.path)
        leave_for_judges(hall.organiser, stick.path, keys=hall.keys)
        second = watch.look()

    assert [found.received.held for found in (first, second) if found and found.received] == [3, 4]


def test_names_that_fat_put_in_capitals_are_read_and_shadows_are_not(hall: Hall, stick: Drive) -> None:
    with hall.seat("j1") as seat:
        carry(seat, stick.path, lambda: [stick])
    hall.merge(stick.path)
    left = leave_for_judges(hall.organiser, stick.path, keys=hall.keys)
    assert left.receipts is not None
    left.receipts.rename(stick.path / "TRIAL.RECEIPTS")
    left.notices.rename(stick.path / "._trial.notices")

    with hall.seat("j1") as seat:
        found = ReturnWatch(seat, lambda: [stick]).look()

    assert found is not None
    assert found.received is not None
    assert (found.received.held, found.brought.notices) == (3, 0)


def test_altered_notices_are_refused_once_and_stop_nothing(hall: Hall, stick: Drive) -> None:
    Office(hall.organiser, hall.keys).say(("order", {"organisations": ["o3", "o2", "o1"]}))
    left = leave_for_judges(hall.organiser, stick.path, keys=hall.keys)
    left.notices.write_bytes(left.notices.read_bytes().replace(b'["o3","o2","o1"]', b'["o3","o1","o2"]'))

    with hall.seat("j1") as seat:
        watch = ReturnWatch(seat, lambda: [stick])
        with pytest.raises(RefusedError):
            watch.look()

        assert watch.look() is None
        assert [item.id for item in seat.event.organisations] == ["o1", "o2", "o3"]


def test_a_stick_pulled_out_while_it_is_looked_at_brings_nothing(
    hall: Hall, stick: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(folder: Path) -> object:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "iterdir", gone)
    with hall.seat("j1") as seat:
        assert ReturnWatch(seat, lambda: [stick]).look() is None
