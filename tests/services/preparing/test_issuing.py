"""Issuing: everything or nothing, never over something that is there."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from judge_tui.cli.issue import issue as issue_command
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Material
from judge_tui.services.preparing import issuing
from judge_tui.services.preparing.issuing import issue
from judge_tui.services.seat.seats import open_seat
from judge_tui.settings import data_folder
from judge_tui.store.files import EntryFile
from judge_tui.store.keyring import Keyring
from tests.records import Hall, contest, noon


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_one_file_for_the_organiser_and_one_for_each_judge(tmp_path: Path) -> None:
    hall = Hall(tmp_path)

    assert hall.organiser.name == "trial.db"
    assert [(kit.judge_id, kit.path.name) for kit in hall.issued.kits] == [
        (f"j{n}", f"trial-j{n}.judge") for n in (1, 2, 3)
    ]
    assert hall.project().event == hall.event


def test_a_rehearsal_is_other_files_of_another_event(tmp_path: Path) -> None:
    real, rehearsal = Hall(tmp_path / "a"), Hall(tmp_path / "b", rehearsal=True)

    assert rehearsal.organiser.name == "trial-rehearsal.db"
    assert rehearsal.project().rehearsal
    assert real.project().key != rehearsal.project().key


def test_issuing_twice_makes_two_events_that_never_mix(tmp_path: Path) -> None:
    assert Hall(tmp_path / "a").project().key != Hall(tmp_path / "b").project().key


@pytest.mark.parametrize("name", ["trial.db", "trial-j2.judge", "trial.reserve"])
def test_nothing_is_overwritten_and_nothing_left_behind(tmp_path: Path, name: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text("mine", encoding="utf-8")

    with pytest.raises(JudgeTuiError, match="EXISTS"):
        issue(contest(), tmp_path / "out", keys=tmp_path / "keys")
    assert names(tmp_path / "out") == {name}
    assert names(tmp_path / "keys") == set()


def test_a_failure_in_the_middle_leaves_neither_files_nor_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = issuing.kit_image, []

    def failing(*arguments: object) -> bytes:
        calls.append(arguments)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(issuing, "kit_image", failing)

    with pytest.raises(JudgeTuiError, match="DISK_FULL"):
        issue(contest(), tmp_path / "out", keys=tmp_path / "keys")
    assert names(tmp_path / "out") == names(tmp_path / "keys") == set()


def test_a_failure_while_renaming_takes_back_what_was_renamed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, moved = Path.rename, []

    def failing(self: Path, target: Path) -> Path:
        if Path(target).parent == tmp_path / "out":
            moved.append(target)
            if len(moved) == 3:
                raise OSError(5, "Input/output error")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", failing)

    with pytest.raises(JudgeTuiError, match="DISK"):
        issue(contest(), tmp_path / "out", keys=tmp_path / "keys")
    assert names(tmp_path / "out") == names(tmp_path / "keys") == set()


def test_kits_hold_the_notices_and_no_secret_of_the_organiser(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    secrets = [
        key.pair.secret for role in ("notice", "desk") for key in Keyring(hall.keys).keys(hall.project().key, role)
    ]
    raw = hall.kit("j1").read_bytes()

    assert len(secrets) == 2
    for secret in secrets:
        assert secret not in raw
        assert secret.hex().encode() not in raw


def test_an_export_holds_no_secret_and_no_note(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    with hall.seat("j1") as seat:
        seat.file.set_local("note", "只给自己看")
        enrolment = seat.file.local("enrolment")
        secret = Keyring(hall.laptop("j1")).keys(seat.file.event, "judge")[0].pair.secret
    raw = hall.hand_over("j1").read_bytes()

    assert enrolment is not None
    for hidden in (enrolment.encode(), bytes.fromhex(enrolment), secret, secret.hex().encode(), "只给自己看".encode()):
        assert hidden not in raw


def test_materials_are_pinned_and_carried_beside_the_kits(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "前.png").write_bytes(b"picture")
    event = contest()
    materials = (Material("前.png", "整治前", "before"), Material("后.png", "整治后", "after"))
    event = replace(
        event, organisations=(replace(event.organisations[0], materials=materials), *event.organisations[1:])
    )
    issued = issue(event, tmp_path / "out", keys=tmp_path / "keys", media=tmp_path / "media")

    pinned = issued.event.organisations[0].materials
    assert (tmp_path / "out" / "media" / "前.png").read_bytes() == b"picture"
    assert len(pinned[0].sha256) == 64
    assert pinned[1] == materials[1], "a missing one keeps its caption"


def test_a_picture_other_than_the_pinned_one_stops_the_issue(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.png").write_bytes(b"other")
    event = contest()
    first = replace(event.organisations[0], materials=(Material("a.png", sha256="0" * 64),))
    event = replace(event, organisations=(first, *event.organisations[1:]))

    with pytest.raises(JudgeTuiError, match="MEDIA"):
        issue(event, tmp_path / "out", keys=tmp_path / "keys", media=tmp_path / "media")
    assert names(tmp_path / "out") == set()


def test_ids_that_a_stick_would_take_for_one_are_refused(tmp_path: Path) -> None:
    event = contest()
    judges = (replace(event.judges[0], id="J2"), *event.judges[1:])

    with pytest.raises(JudgeTuiError, match="EXISTS"):
        issue(replace(event, judges=judges), tmp_path / "out", keys=tmp_path / "keys")


@pytest.mark.parametrize("definition", sorted(data_folder().glob("*/event.toml")), ids=lambda path: path.parent.name)
def test_every_sample_can_be_issued_and_shows_in_any_database_browser(tmp_path: Path, definition: Path) -> None:
    outcome = CliRunner().invoke(issue_command, [str(definition), "--out", str(tmp_path / "out")])

    assert outcome.exit_code == 0, outcome.output
    organiser = next((tmp_path / "out").glob("*.db"))
    connection = sqlite3.connect(organiser)
    organisations = connection.execute("SELECT number, id, name FROM organisations").fetchall()
    criteria = connection.execute("SELECT id, name FROM criteria").fetchall()
    connection.close()
    with EntryFile.open(organiser, read_only=True) as file:
        from judge_tui.domain.projection import project

        event = project(file.entries(), file.event).event
    assert organisations == [(item.number, item.id, item.name) for item in event.organisations]
    assert criteria == [(item.id, item.name) for item in event.criteria]


def test_scores_show_in_any_database_browser(tmp_path: Path) -> None:
    from tests.records import mark

    hall = Hall(tmp_path)
    first = hall.write("j1", mark("o1", "c1", 70))[0]
    hall.write("j1", mark("o1", "c1", 75, first.hash.hex()))
    hall.merge(hall.hand_over("j1"))
    connection = sqlite3.connect(hall.organiser)
    rows = connection.execute("SELECT judge, organisation, criterion, value FROM scores").fetchall()
    connection.close()

    assert rows == [("j1", "o1", "c1", 75_000)]


def test_a_passphrase_guards_the_organisers_keys(tmp_path: Path) -> None:
    issued = issue(contest(), tmp_path / "out", keys=tmp_path / "keys", now=noon, passphrase="开门")
    with EntryFile.open(issued.organiser, read_only=True) as file:
        assert Keyring(tmp_path / "keys").is_locked(file.event, "desk")
        assert Keyring(tmp_path / "keys").keys(file.event, "desk", passphrase="开门")
    seat = open_seat(issued.kits[0].path, keys=tmp_path / "judge")
    seat.file.close()
