"""Which mounted file systems are sticks."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.services.carriers.drives import ROOTS, Drive, drive_at, mounts_below

TABLE = """\
22 1 8:2 / / rw,relatime - ext4 /dev/sda2 rw
30 22 8:17 / /media/wang/U\\134盘 rw,nosuid - vfat /dev/sdb1 rw,utf8
31 22 8:33 / /run/media/wang/KINGSTON\\04016G rw - exfat /dev/sdc1 rw
32 22 8:49 / /media/wang/LOCKED ro,nosuid - vfat /dev/sdd1 ro
33 22 8:65 / /mnt/stick rw - vfat /dev/sde1 ro,errors=remount-ro
34 22 0:40 / /run/user/1000/doc rw - fuse.portal portal rw
35 22 11:0 / /media/wang/DVD ro - iso9660 /dev/sr0 ro
36 22 8:3 / /media rw - ext4 /dev/sda3 rw
nonsense
"""


def test_sticks_are_the_file_systems_mounted_below_the_desktops_folders() -> None:
    assert dict(mounts_below(ROOTS, TABLE)) == {
        Path("/media/wang/U\\盘"): True,
        Path("/run/media/wang/KINGSTON 16G"): True,
        Path("/media/wang/LOCKED"): False,
        Path("/mnt/stick"): False,
    }


def test_a_name_in_bytes_beyond_ascii_is_read_back_as_it_was_written() -> None:
    line = "30 22 8:17 / /media/wang/\\345\\215\\212 rw - vfat /dev/sdb1 rw"

    assert list(mounts_below(ROOTS, line)) == [(Path("/media/wang/半"), True)]


def test_a_drive_says_what_is_free_and_whether_it_is_still_the_same(tmp_path: Path) -> None:
    drive = drive_at(tmp_path, "KINGSTON")

    assert drive is not None
    assert (drive.label, drive.writable, drive.free > 0, drive.present) == ("KINGSTON", True, True, True)
    assert not Drive(tmp_path, "another", 0, True, drive.device + 1).present


def test_a_drive_that_has_just_gone_is_none(tmp_path: Path) -> None:
    assert drive_at(tmp_path / "gone") is None


@pytest.mark.parametrize("writable", [False, None])
def test_a_read_only_mount_is_not_writable_whatever_its_folder_says(tmp_path: Path, writable: bool | None) -> None:
    drive = drive_at(tmp_path, writable=writable)

    assert drive is not None
    assert drive.writable is (writable is None)
