"""The files a person had open lately."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.services.recent import KEPT, Recent, recent_files, remember_file


def test_the_newest_stands_first_with_whose_it_is_and_none_twice(tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.judge", "b.db")]
    for file in files:
        file.touch()

    remember_file(tmp_path, files[0], "评委01  擂台赛")
    remember_file(tmp_path, files[1])
    remember_file(tmp_path, files[0])

    assert recent_files(tmp_path) == (Recent(files[0], "评委01  擂台赛"), Recent(files[1]))
    files[0].unlink()
    assert recent_files(tmp_path) == (Recent(files[1]),)


def test_only_as_many_as_digits_choose_are_kept(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number}.judge").touch()
        remember_file(tmp_path, tmp_path / f"{number}.judge")

    assert [item.path.stem for item in recent_files(tmp_path)] == [str(number) for number in range(11, 11 - KEPT, -1)]


@pytest.mark.parametrize("text", ["", "{", '{"a": 1}', '[1, ["a"], ["a", 2], null]'])
def test_a_spoiled_list_is_no_list(text: str, tmp_path: Path) -> None:
    (tmp_path / "recent.json").write_text(text, encoding="utf-8")

    assert recent_files(tmp_path) == ()


def test_a_list_of_bare_paths_is_understood(tmp_path: Path) -> None:
    (tmp_path / "a.judge").touch()
    (tmp_path / "recent.json").write_text(f'["{tmp_path / "a.judge"}"]', encoding="utf-8")

    assert recent_files(tmp_path) == (Recent(tmp_path / "a.judge"),)
