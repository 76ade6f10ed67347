"""Which disk a folder lies on: tables of mounts, names of clouds, real folders."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest

from judge_tui.services import disks
from judge_tui.services.disks import Medium

MOUNTS = """\
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
30 22 0:25 / /tmp rw - tmpfs tmpfs rw
31 22 8:17 / /media/张三/擂台赛\\040U盘 rw,nosuid - vfat /dev/sdb1 rw,utf8
32 22 0:50 / /mnt/share rw - cifs //server/share rw
garbage
"""


@pytest.mark.parametrize(
    ("path", "system", "device"),
    [
        ("/home-of/zhang", "ext4", "8:2"),
        ("/tmp/x", "tmpfs", "0:25"),
        ("/tmpfile", "ext4", "8:2"),
        ("/media/张三/擂台赛 U盘/评分", "vfat", "8:17"),
        ("/mnt/share", "cifs", "0:50"),
    ],
)
def test_a_path_is_on_the_longest_mount_point_that_holds_it(path: str, system: str, device: str) -> None:
    assert disks.mounted_as(path, MOUNTS) == (system, device)


@pytest.mark.parametrize(
    ("system", "device", "removable", "medium"),
    [
        ("ext4", "/sys/devices/pci0/ata1/block/sda/sda2", False, Medium.OWN),
        ("ext4", "/sys/devices/pci0/usb2/2-1/block/sdb/sdb1", False, Medium.REMOVABLE),
        ("ext4", "", True, Medium.REMOVABLE),
        ("exfat", "", False, Medium.REMOVABLE),
        ("cifs", "", False, Medium.NETWORK),
        ("tmpfs", "", False, Medium.MEMORY),
        ("", "", False, Medium.UNKNOWN),
    ],
)
def test_a_file_system_and_its_device_make_a_medium(system: str, device: str, removable: bool, medium: Medium) -> None:
    assert disks.medium_of_system(system, device, removable) is medium


@pytest.mark.parametrize(
    ("path", "cloud"),
    [("C:\\Users\\z\\OneDrive - 镇政府\\评分", "onedrive"), ("D:\\百度网盘\\x", "百度网盘"), ("D:\\评分", "")],
)
def test_cloud_folders_are_known_by_name(path: str, cloud: str) -> None:
    assert disks.cloud_of(path) == cloud


@pytest.mark.parametrize(
    ("medium", "away"),
    [
        (Medium.REMOVABLE, Medium.REMOVABLE),
        (Medium.NETWORK, Medium.NETWORK),
        (Medium.MEMORY, None),
        (Medium.UNKNOWN, None),
        (Medium.OWN, None),
    ],
)
def test_away_is_only_a_stick_or_a_share(medium: Medium, away: Medium | None, tmp_path: Path) -> None:
    with patch.object(disks, "medium_of", return_value=medium), patch.object(disks, "_same_disk", return_value=False):
        assert disks.lies_away(tmp_path / "not there yet" / "x.db") is away


def test_what_shares_a_disk_with_the_users_folder_is_never_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with patch.object(disks, "medium_of", return_value=Medium.REMOVABLE):
        assert disks.lies_away(tmp_path / "x.db") is None
