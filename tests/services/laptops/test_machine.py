"""Looking at disks, keys and libraries: tables of mounts, real folders."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from judge_tui.services.laptops import machine
from judge_tui.services.laptops.machine import Medium

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
    assert machine.mounted_as(path, MOUNTS) == (system, device)


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
    assert machine.medium_of_system(system, device, removable) is medium


def test_trying_to_write_leaves_nothing_behind(tmp_path: Path) -> None:
    facts = machine.folder_facts(tmp_path)

    assert not facts.refusal
    assert facts.free > 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_it_will_be_made_in(tmp_path: Path) -> None:
    facts = machine.folder_facts(tmp_path / "new" / "deeper")

    assert not facts.refusal
    assert facts.path.endswith("deeper")
    assert not (tmp_path / "new").exists()


def test_a_refused_write_is_said_in_the_systems_words(tmp_path: Path) -> None:
    file = tmp_path / "no-folder"
    file.write_bytes(b"")

    assert machine.try_writing(file)[1]


@pytest.mark.parametrize(
    ("path", "cloud"),
    [("C:\\Users\\z\\OneDrive - 镇政府\\评分", "onedrive"), ("D:\\百度网盘\\x", "百度网盘"), ("D:\\评分", "")],
)
def test_cloud_folders_are_known_by_name(path: str, cloud: str) -> None:
    assert machine.cloud_of(path) == cloud


def test_keys_that_others_can_read_are_named(tmp_path: Path) -> None:
    if sys.platform == "win32":
        return
    folder = tmp_path / "keys"
    assert not machine.keys_facts(folder).exists
    folder.mkdir(mode=0o700)
    (folder / "a.key").touch(mode=0o600)
    assert machine.keys_facts(folder).open_to_others == ()

    (folder / "a.key").chmod(0o644)

    assert machine.keys_facts(folder).open_to_others == ("a.key",)


def test_the_libraries_here_are_the_ones_asked_for_and_work() -> None:
    assert machine.installed_versions()["textual"]
    assert machine.unfit_versions() == ()
    assert machine.library_trouble() == ""


def test_a_library_out_of_bounds_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        machine.metadata, "requires", lambda _: ["textual<9,>=8.2.8", "nothere>=1", "extra; extra == 'x'"]
    )
    monkeypatch.setattr(machine, "installed_versions", lambda: {"textual": "8.2.7", "nothere": ""})

    assert machine.unfit_versions() == ("textual<9,>=8.2.8", "nothere>=1")
