"""Where judges' files wait, and a folder that is looked at again and again."""

from __future__ import annotations

from pathlib import Path

from judge_tui.services.folders import FolderWatch, found_folders, judge_files


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_only_judges_files_are_listed_by_name(tmp_path: Path) -> None:
    second, first = write(tmp_path / "b.judge", "x"), write(tmp_path / "a.JUDGE", "x")
    write(tmp_path / "a.judge.part", "x")
    (tmp_path / "c.judge").mkdir()

    assert judge_files(tmp_path) == [first, second]
    assert judge_files(tmp_path / "nowhere") == []


def test_folders_beside_the_organisers_file_are_found_with_their_counts(tmp_path: Path) -> None:
    write(tmp_path / "handed-in" / "ring-j1-74-8c401ce6.judge", "x")
    write(tmp_path / "handed-in" / "ring-j2-74-9d401ce6.judge", "x")
    write(tmp_path / "kits" / "ring-j1.judge", "x")
    (tmp_path / "empty").mkdir()

    assert found_folders(tmp_path / "event" / "event.db") == [(tmp_path / "handed-in", 2)]


def test_a_file_is_told_of_once_when_it_stands_still(tmp_path: Path) -> None:
    watch = FolderWatch(tmp_path)
    path = write(tmp_path / "a.judge", "half")

    assert watch.look() == []
    assert watch.look() == [path]
    assert watch.look() == []


def test_a_file_still_growing_is_left_alone(tmp_path: Path) -> None:
    watch = FolderWatch(tmp_path)
    path = write(tmp_path / "a.judge", "1")
    watch.look()
    write(path, "12")

    assert watch.look() == []
    assert watch.look() == [path]


def test_a_file_that_changes_is_told_of_again_and_an_empty_one_never(tmp_path: Path) -> None:
    watch = FolderWatch(tmp_path)
    path = write(tmp_path / "a.judge", "1")
    write(tmp_path / "empty.judge", "")
    watch.look()
    watch.look()
    write(path, "changed")
    watch.look()

    assert watch.look() == [path]


def test_known_files_wait_until_they_change(tmp_path: Path) -> None:
    path = write(tmp_path / "a.judge", "1")
    watch = FolderWatch(tmp_path, known=[path])

    assert (watch.look(), watch.look()) == ([], [])
