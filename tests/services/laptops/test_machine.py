"""Looking at disks, keys and libraries: tables of mounts, real folders."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from judge_tui.services.laptops import machine


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
