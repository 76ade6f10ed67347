"""Where judges' files wait."""

from __future__ import annotations

from pathlib import Path

import pytest

from judge_tui.services.folders import found_folders, judge_files


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


def test_folders_beside_the_organisers_file_are_found_with_their_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("judge_tui.services.folders.drives", list)  # what is plugged in here is none of this
    write(tmp_path / "handed-in" / "ring-j1-74-8c401ce6.judge", "x")
    write(tmp_path / "handed-in" / "ring-j2-74-9d401ce6.judge", "x")
    write(tmp_path / "kits" / "ring-j1.judge", "x")
    (tmp_path / "empty").mkdir()

    assert found_folders(tmp_path / "event" / "event.db") == [(tmp_path / "handed-in", 2)]
