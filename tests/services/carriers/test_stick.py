"""Handing over onto sticks that are full, read-only, pulled out in the middle, or as they should be; and what comes back."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.i18n import translator
from judge_tui.services.carriers import stick
from judge_tui.services.carriers.back import bring_notices, leave_for_judges
from judge_tui.services.carriers.drives import Drive
from judge_tui.services.carriers.stick import LAST_FOLDER, Carried, carry, look_for_receipts, places
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.seats import Seat
from judge_tui.services.table.office import Office
from tests.records import Hall, mark

Plug = Callable[..., Drive]


def refused(hall: Hall, folder: Path, *found: Drive) -> JudgeTuiError:
    with hall.seat("j1") as seat, pytest.raises(JudgeTuiError) as caught:
        carry(seat, folder, lambda: list(found))
    return caught.value


def carried(hall: Hall, folder: Path, *found: Drive) -> Carried:
    with hall.seat("j1") as seat:
        return carry(seat, folder, lambda: list(found))


def test_a_stick_takes_the_whole_file_and_may_then_be_pulled_out(hall: Hall, plug: Plug) -> None:
    drive = plug()

    done = carried(hall, drive.path, drive)

    assert done.on_stick
    assert "pull it out now" in translator(done.message)
    assert hall.merge(drive.path).taken == 3
    assert [path.suffix for path in drive.path.iterdir()] == [".judge"]


def test_names_in_capitals_are_found_when_a_whole_stick_is_merged(hall: Hall, plug: Plug) -> None:
    drive = plug()
    path = carried(hall, drive.path, drive).handover.path
    path.rename(drive.path / path.name.upper())

    assert hall.merge(drive.path).taken == 3


def test_a_folder_is_not_called_a_stick(hall: Hall, tmp_path: Path) -> None:
    folder = tmp_path / "共享"
    folder.mkdir()

    done = carried(hall, folder)

    assert not done.on_stick
    assert "pull" not in translator(done.message)


def test_handing_over_twice_writes_once(hall: Hall, plug: Plug) -> None:
    drive = plug()
    first = carried(hall, drive.path, drive)

    assert carried(hall, drive.path, drive).handover.already
    assert list(drive.path.iterdir()) == [first.handover.path]


def test_a_full_stick_is_refused_with_the_figures_before_anything_is_written(hall: Hall, plug: Plug) -> None:
    drive = plug(96)

    error = refused(hall, drive.path, drive)

    assert error.code == "DISK_FULL"
    assert "KB are free" in str(error.message)
    assert not list(drive.path.iterdir())


def test_a_stick_that_fills_up_while_being_written_is_left_clean(
    hall: Hall, plug: Plug, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = plug(32)
    monkeypatch.setattr(stick, "SLACK", -(10**6))

    error = refused(hall, drive.path, drive)

    assert error.code == "DISK_FULL"
    assert not list(drive.path.iterdir())


def test_a_read_only_stick_is_refused_with_what_to_do(hall: Hall, plug: Plug) -> None:
    drive = plug(options="ro")
    locked = Drive(drive.path, drive.label, drive.free, False, drive.device)

    error = refused(hall, drive.path, locked)

    assert error.code == "READ_ONLY"
    assert "switch" in str(error.hint)


def test_a_folder_that_is_not_there_is_said_so_and_not_made(hall: Hall, tmp_path: Path) -> None:
    missing = tmp_path / "media" / "U盘"

    assert refused(hall, missing).code == "NO_FOLDER"
    assert not missing.exists()


def test_a_stick_pulled_out_before_the_copy_does_not_leave_it_on_the_laptop(
    hall: Hall, plug: Plug, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = plug()

    def pulled_first(seat: Seat, folder: Path) -> object:
        subprocess.run(["umount", "-l", str(drive.path)], check=True)
        return hand_over(seat, folder)

    monkeypatch.setattr(stick, "hand_over", pulled_first)

    assert refused(hall, drive.path, drive).code == "PULLED"
    assert not list(drive.path.iterdir())


@pytest.mark.parametrize("number", [5, 2, 19, 6])
def test_whatever_the_system_calls_a_pulled_stick_it_is_told_as_one(
    hall: Hall, plug: Plug, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    drive = plug()

    def failing(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", failing)
    with monkeypatch.context() as quiet, hall.seat("j1") as seat:
        quiet.setattr(os, "fsync", failing)
        with pytest.raises(JudgeTuiError) as caught:
            carry(seat, drive.path, lambda: [drive])
        quiet.undo()

    assert caught.value.code == "PULLED"
    assert "safe on this laptop" in str(caught.value.hint)
    assert not list(drive.path.iterdir())


def test_what_an_interrupted_hand_over_left_is_removed_and_nobody_elses(hall: Hall, plug: Plug) -> None:
    drive = plug()
    left = drive.path / "trial-j1-2-0a0b0c0d.judge.part"
    others = drive.path / "trial-j2-2-0a0b0c0d.judge.part"
    for path in (left, others):
        path.write_bytes(b"half")

    carried(hall, drive.path, drive)

    assert not left.exists()
    assert others.exists()


def test_the_room_that_an_interrupted_copy_took_is_there_again(hall: Hall, plug: Plug) -> None:
    drive = plug(256)
    (drive.path / "trial-j1-2-0a0b0c0d.judge.part").write_bytes(b"half" * 50_000)

    carried(hall, drive.path, drive)

    assert [path.suffix for path in drive.path.iterdir()] == [".judge"]


def test_the_receipt_is_read_when_the_stick_comes_back(hall: Hall, plug: Plug) -> None:
    drive = plug()
    carried(hall, drive.path, drive)
    hall.merge(drive.path)
    leave_for_judges(hall.organiser, drive.path, keys=hall.keys)

    with hall.seat("j1") as seat:
        first, again = look_for_receipts(seat, drive.path), look_for_receipts(seat, drive.path)

    assert first is not None
    assert (first.held, first.written) == (3, 3)
    assert again is None


def test_a_hand_over_reads_the_receipts_that_lie_there(hall: Hall, plug: Plug) -> None:
    drive = plug()
    carried(hall, drive.path, drive)
    hall.merge(drive.path)
    leave_for_judges(hall.organiser, drive.path, keys=hall.keys)
    hall.write("j1", mark("o2", "c1", 70))

    returned = carried(hall, drive.path, drive).returned

    assert returned is not None
    assert (returned.held, returned.written) == (3, 4)


def test_notices_travel_back_on_the_stick_and_are_taken_once(hall: Hall, plug: Plug) -> None:
    drive = plug()
    Office(hall.organiser, hall.keys).say(("order", {"organisations": ["o3", "o2", "o1"]}))
    leave_for_judges(hall.organiser, drive.path, keys=hall.keys)

    with hall.seat("j1") as seat:
        first, again = bring_notices(seat, drive.path), bring_notices(seat, drive.path)
    with hall.seat("j1") as seat:
        order = [item.id for item in seat.event.organisations]

    assert (first.notices, again.notices) == (1, 0)
    assert order == ["o3", "o2", "o1"]


def test_notices_of_another_event_are_passed_over_and_altered_ones_refused(hall: Hall, tmp_path: Path) -> None:
    other = Hall(tmp_path / "other")
    folder = tmp_path / "stick"
    folder.mkdir()
    leave_for_judges(other.organiser, folder, keys=other.keys)
    (folder / "half.notices").write_bytes(b"SQLite format 3\0 and then nothing")

    with hall.seat("j1") as seat:
        brought = bring_notices(seat, folder)

    assert brought.notices == 0


def test_the_folder_used_last_is_offered_after_the_sticks(hall: Hall, plug: Plug, tmp_path: Path) -> None:
    drive, folder = plug(), tmp_path / "共享"
    folder.mkdir()
    carried(hall, folder)

    with hall.seat("j1") as seat:
        offered = places(seat, lambda: [drive])
        kept = seat.file.local(LAST_FOLDER)

    assert [place.folder for place in offered] == [drive.path, folder]
    assert kept == str(folder)


@pytest.mark.needs("mkfs.vfat", "mcopy")
def test_a_hand_over_survives_a_fat_file_system_with_its_name_and_every_byte(hall: Hall, tmp_path: Path) -> None:
    image, folder, back = tmp_path / "stick.img", tmp_path / "out", tmp_path / "back"
    folder.mkdir()
    back.mkdir()
    path = carried(hall, folder).handover.path
    with image.open("wb") as file:
        file.truncate(4 * 1024 * 1024)
    run = {**os.environ, "MTOOLS_SKIP_CHECK": "1", "LC_ALL": "C.UTF-8"}
    for command in (
        ["mkfs.vfat", str(image)],
        ["mmd", "-i", str(image), "::收表"],
        ["mcopy", "-i", str(image), str(path), "::收表/"],
        ["mcopy", "-i", str(image), f"::收表/{path.name}", str(back)],
    ):
        subprocess.run(command, check=True, capture_output=True, env=run)

    assert (back / path.name).read_bytes() == path.read_bytes()
    assert hall.merge(back).taken == 3
