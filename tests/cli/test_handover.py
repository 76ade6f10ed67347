"""`judge-tui handover` beside the judge's screen: the same checks, the same words about the stick."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from judge_tui import settings
from judge_tui.cli.handover import handover
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.carriers import stick
from judge_tui.services.carriers.back import leave_for_judges
from judge_tui.services.carriers.drives import Drive, drive_at
from tests.records import Hall, mark, submit


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hall:
    hall = Hall(tmp_path / "擂台赛 2021")
    hall.write("j1", mark("o1", "c1", 90), mark("o1", "c2", 80))
    monkeypatch.setattr(settings, "keys_folder", lambda: hall.laptop("j1"))
    return hall


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> list[Drive]:
    found: list[Drive] = []
    monkeypatch.setattr(stick.places, "__defaults__", (lambda: found,))
    monkeypatch.setattr(stick.carry, "__defaults__", (lambda: found,))
    return found


def a_stick(folder: Path) -> Drive:
    folder.mkdir(parents=True)
    drive = drive_at(folder)
    assert drive is not None
    return drive


def test_without_a_folder_the_only_stick_is_taken_and_says_when_to_pull(
    hall: Hall, plugged: list[Drive], tmp_path: Path
) -> None:
    plugged.append(a_stick(tmp_path / "U盘"))

    done = CliRunner().invoke(handover, [str(hall.kit("j1"))])

    assert done.exit_code == 0, done.exception
    assert "You may pull it out now" in done.stdout
    assert [path.suffix for path in plugged[0].path.iterdir()] == [".judge"]


@pytest.mark.parametrize("sticks", [0, 2])
def test_without_a_folder_and_a_single_stick_nothing_is_guessed(
    hall: Hall, plugged: list[Drive], tmp_path: Path, sticks: int
) -> None:
    plugged += [a_stick(tmp_path / f"stick{number}") for number in range(sticks)]

    done = CliRunner().invoke(handover, [str(hall.kit("j1"))])

    assert isinstance(done.exception, JudgeTuiError)
    assert done.exception.code == "NO_FOLDER"
    assert not [path for drive in plugged for path in drive.path.iterdir()]


def test_what_the_organiser_holds_is_said_when_his_receipt_lies_there(
    hall: Hall, plugged: list[Drive], tmp_path: Path
) -> None:
    folder = a_stick(tmp_path / "stick").path
    CliRunner().invoke(handover, [str(hall.kit("j1")), str(folder)])
    hall.merge(folder)
    leave_for_judges(hall.organiser, folder, keys=hall.keys)

    done = CliRunner().invoke(handover, [str(hall.kit("j1")), str(folder)])

    assert "The organiser holds 3 of 3" in done.stdout


def test_a_sheet_that_is_not_submitted_is_handed_over_with_a_word_that_it_does_not_count_yet(
    hall: Hall, plugged: list[Drive], tmp_path: Path
) -> None:
    plugged.append(a_stick(tmp_path / "U盘"))
    before = CliRunner().invoke(handover, [str(hall.kit("j1"))])
    hall.write("j1", submit())
    after = CliRunner().invoke(handover, [str(hall.kit("j1"))])

    assert (before.exit_code, after.exit_code) == (0, 0)
    assert "The sheet is not submitted yet: nothing on it counts until it is." in before.stderr
    assert "not submitted" not in after.output
