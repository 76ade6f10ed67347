"""Files that arrive: whole ones are told of once, cut-off ones late, and a stick that comes back brings nothing new."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from judge_tui.services.carriers import watch
from judge_tui.services.carriers.drives import drive_at
from judge_tui.services.carriers.watch import PATIENCE, ArrivalWatch, folder_watch, stick_watch
from judge_tui.store.header import SEALED
from tests.records import Hall


@pytest.fixture
def whole(hall: Hall) -> bytes:
    return hall.hand_over("j1").read_bytes()


def looks(watching: ArrivalWatch, times: int) -> list[list[Path]]:
    return [watching.look() for _ in range(times)]


def test_a_whole_file_is_told_of_once_after_standing_still(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "评委01.judge"
    path.write_bytes(whole)

    assert looks(folder_watch(tmp_path), 5) == [[], [path], [], [], []]


def test_a_file_that_grows_is_left_alone_until_it_is_whole(tmp_path: Path, whole: bytes) -> None:
    path, watching = tmp_path / "a.judge", folder_watch(tmp_path)
    told = []
    for end in range(4096, len(whole) + 1, 4096):
        path.write_bytes(whole[:end])
        told += watching.look() + watching.look()

    assert told == [path]


def test_a_copy_whose_length_was_set_before_its_content_is_left_alone(tmp_path: Path, whole: bytes) -> None:
    path, watching = tmp_path / "a.judge", folder_watch(tmp_path)
    path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
    early = looks(watching, 3)
    path.write_bytes(whole)

    assert early == [[], [], []]
    assert looks(watching, 2) == [[], [path]]


def test_a_sealed_copy_is_waited_for_like_an_open_one(tmp_path: Path) -> None:
    sealed = SEALED + (400).to_bytes(8, "big") + b"x" * (400 - len(SEALED) - 8)
    path, watch = tmp_path / "a.judge", folder_watch(tmp_path)
    told = []
    for written in (sealed[:22], sealed[:30], sealed[:300], sealed[:300] + bytes(100), sealed):
        path.write_bytes(written)
        told += [watch.look(), watch.look()]

    assert [len(found) for found in told] == [0] * 9 + [1]


def test_a_file_that_stays_cut_off_is_told_of_in_the_end(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "a.judge"
    path.write_bytes(whole[: len(whole) // 2])

    told = looks(folder_watch(tmp_path), PATIENCE + 3)

    assert told == [*[[]] * PATIENCE, [path], [], []]


def test_what_is_no_file_of_ours_is_told_of_at_once_so_that_its_refusal_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.judge"
    path.write_text("a letter", encoding="utf-8")

    assert looks(folder_watch(tmp_path), 2) == [[], [path]]


@pytest.mark.parametrize("name", ["a.judge.part", "._a.judge", "a.txt", ".a.judge"])
def test_parts_and_shadows_are_no_files(tmp_path: Path, whole: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(whole)

    assert looks(folder_watch(tmp_path), PATIENCE + 2) == [[]] * (PATIENCE + 2)


def test_capitals_that_fat_made_are_read(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "TRIAL-J1.JUDGE"
    path.write_bytes(whole)

    assert looks(folder_watch(tmp_path), 2) == [[], [path]]


def test_a_changed_file_is_told_of_again(tmp_path: Path, whole: bytes) -> None:
    path, watching = tmp_path / "a.judge", folder_watch(tmp_path)
    path.write_bytes(whole)
    looks(watching, 2)
    os.utime(path, ns=(1, 1))

    assert looks(watching, 2) == [[], [path]]


def test_known_files_are_not_told_of(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "a.judge"
    path.write_bytes(whole)

    assert looks(folder_watch(tmp_path, [path]), 3) == [[], [], []]


def test_the_same_stick_twice_brings_nothing_new_and_a_new_file_on_it_does(
    tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick, away = tmp_path / "media" / "U盘", tmp_path / "away"
    (stick / "收表").mkdir(parents=True)
    first = stick / "收表" / "a.judge"
    first.write_bytes(whole)
    monkeypatch.setattr(watch, "drives", lambda: [drive] if (drive := drive_at(stick)) else [])
    watching = stick_watch()
    plugged = looks(watching, 3)
    stick.rename(away)
    gone = looks(watching, 2)
    away.rename(stick)
    again = looks(watching, 3)
    second = stick / "b.judge"
    shutil.copyfile(first, second)

    assert plugged == [[], [first], []]
    assert gone == [[], []]
    assert again == [[], [], []]
    assert looks(watching, 2) == [[], [second]]


def test_a_folder_that_cannot_be_read_is_an_empty_one(tmp_path: Path) -> None:
    assert looks(folder_watch(tmp_path / "gone"), 2) == [[], []]
