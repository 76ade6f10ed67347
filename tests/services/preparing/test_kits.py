"""Whose file is whose, and where it may be opened."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from judge_tui import settings
from judge_tui.cli.at_home import at_home
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.disks import Medium, plainly_own
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.services.preparing.issuing import issue
from judge_tui.services.preparing.kits import kits_in, kits_with_copies, settled
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.seats import open_seat

NOW = datetime(2021, 12, 20, tzinfo=UTC)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    sample = settings.data_folder() / "xindian"
    issue(load_definition(sample / "event.toml"), tmp_path / "U 盘", keys=tmp_path / "keys", media=sample / "media")
    return tmp_path / "U 盘"


def test_the_judges_are_listed_by_name_and_group_in_the_definitions_order(stick: Path) -> None:
    kits = kits_in(stick)

    assert [kit.name for kit in kits[:2]] == ["评委01", "评委02"]
    assert (kits[0].group, kits[-1].group) == ("班子成员", "中层干部")
    assert len(kits) == 40
    assert not any(kit.begun for kit in kits)


def test_a_file_that_was_opened_says_so_and_a_handed_over_copy_is_no_kit(stick: Path, tmp_path: Path) -> None:
    seat = open_seat(kits_in(stick)[1].path, keys=tmp_path / "keys", now=lambda: NOW)
    hand_over(seat, stick)
    seat.file.close()
    (stick / "damaged.judge").write_bytes(b"nothing of ours")

    assert [kit.begun for kit in kits_in(stick)[:3]] == [False, True, False]
    assert len(kits_in(stick)) == 40


def test_on_the_laptops_own_disk_a_file_is_opened_where_it_is(stick: Path, tmp_path: Path) -> None:
    kit = kits_in(stick)[0].path

    assert settled(kit, tmp_path / "own", lambda _: Medium.OWN) == kit
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize("medium", [Medium.REMOVABLE, Medium.NETWORK])
def test_from_a_stick_it_is_copied_once_and_that_copy_goes_on(stick: Path, tmp_path: Path, medium: Medium) -> None:
    kit = kits_in(stick)[0].path
    own = settled(kit, tmp_path / "own", lambda _: medium)
    seat = open_seat(own, keys=tmp_path / "keys", now=lambda: NOW)
    seat.file.close()

    again = settled(kit, tmp_path / "own", lambda _: medium)

    assert again == own == tmp_path / "own" / kit.name
    assert kits_in(own.parent)[0].begun
    assert not kits_in(stick)[0].begun
    pictures = [path.relative_to(stick) for path in (stick / "media").rglob("*") if path.is_file()]
    assert pictures
    assert all((tmp_path / "own" / name).is_file() for name in pictures)
    assert not list(own.parent.glob("*.part"))


def test_a_kit_whose_copy_is_in_use_here_counts_as_begun(stick: Path, tmp_path: Path) -> None:
    settled(kits_in(stick)[1].path, tmp_path / "own", lambda _: Medium.REMOVABLE)

    assert [kit.begun for kit in kits_with_copies(stick, tmp_path / "own")[:3]] == [False, True, False]


def test_from_a_desktop_that_a_cloud_keeps_in_step_it_is_copied_too(stick: Path, tmp_path: Path) -> None:
    desktop = tmp_path / "OneDrive - 镇政府" / "桌面"
    desktop.parent.mkdir()
    stick.rename(desktop)
    kit = kits_in(desktop)[0].path

    assert settled(kit, tmp_path / "own", lambda _: Medium.OWN) == tmp_path / "own" / kit.name


def test_a_stick_that_is_pulled_while_copying_is_said_and_leaves_no_half_kit(stick: Path, tmp_path: Path) -> None:
    kit = kits_in(stick)[0].path
    kit.unlink()

    with pytest.raises(JudgeTuiError):
        settled(kit, tmp_path / "own", lambda _: Medium.REMOVABLE)
    assert not (tmp_path / "own" / kit.name).exists()


def test_a_kit_issued_again_under_the_same_name_never_opens_the_old_copy(stick: Path, tmp_path: Path) -> None:
    old = settled(kits_in(stick)[0].path, tmp_path / "own", lambda _: Medium.REMOVABLE)
    sample = settings.data_folder() / "xindian"
    issue(load_definition(sample / "event.toml"), tmp_path / "again", keys=tmp_path / "keys 2")
    kit = kits_in(tmp_path / "again")[0].path
    assert kit.name == old.name

    new = settled(kit, tmp_path / "own", lambda _: Medium.REMOVABLE)

    assert new != old
    assert new.read_bytes() == kit.read_bytes()
    assert settled(kit, tmp_path / "own", lambda _: Medium.REMOVABLE) == new
    assert settled(kits_in(stick)[0].path, tmp_path / "own", lambda _: Medium.REMOVABLE) == old


def test_what_is_no_judges_own_file_is_not_copied(stick: Path, tmp_path: Path) -> None:
    strange = stick / "strange.judge"
    strange.write_bytes(b"nothing of ours")

    assert settled(strange, tmp_path / "own", lambda _: Medium.REMOVABLE) == strange
    assert not (tmp_path / "own").exists()


def test_a_file_named_on_another_disk_is_opened_as_a_copy_on_this_laptops_own(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUDGE_TUI_HOME", str(tmp_path / "home"))
    kit = kits_in(stick)[0].path
    assert at_home(kit) == kit

    monkeypatch.setattr("judge_tui.cli.at_home.plainly_own", lambda file, home: False)
    monkeypatch.setattr(settled, "__defaults__", (lambda folder: Medium.REMOVABLE,))

    assert at_home(kit) == tmp_path / "home" / "files" / kit.name


def test_the_users_own_disk_is_known_at_a_glance_but_not_a_clouds_folder(tmp_path: Path) -> None:
    file, cloud = tmp_path / "a.judge", tmp_path / "OneDrive" / "a.judge"
    cloud.parent.mkdir()
    for path in (file, cloud):
        path.write_bytes(b"x")

    assert plainly_own(file, tmp_path / "not" / "there yet")
    assert not plainly_own(cloud, tmp_path)
    assert plainly_own(tmp_path / "missing", tmp_path)
