"""Programs and files of different ages at one event: what opens, what is refused, what is carried though not understood."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from judge_tui import __version__, settings
from judge_tui.cli.doctor import doctor
from judge_tui.domain.bodies import dump_body
from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.services.preparing import issuing
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.services.preparing.issuing import Issued, issue
from judge_tui.services.preparing.kits import first_refusal, kits_in
from judge_tui.services.records.about_file import about_file
from judge_tui.services.records.collecting import merge
from judge_tui.services.results.ranking import rank_file
from judge_tui.services.seat import seats
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.seats import open_seat
from judge_tui.store import header, schema
from judge_tui.store.files import EntryFile

NOW = datetime(2021, 12, 20, tzinfo=UTC)


@pytest.fixture
def issued(tmp_path: Path) -> Issued:
    sample = settings.data_folder() / "caitou" / "event.toml"
    return issue(load_definition(sample), tmp_path / "today", keys=tmp_path / "keys", now=lambda: NOW)


def of_format(path: Path, version: int) -> Path:
    """The file as a program of another format would have left it: only the version in its header differs."""
    data = bytearray(path.read_bytes())
    data[60:64] = version.to_bytes(4, "big")
    other = path.with_name(f"format-{version}{path.suffix}")
    other.write_bytes(data)
    return other


def handed_over(kit: Path, keys: Path, folder: Path, *bodies: bytes) -> Path:
    seat = open_seat(kit, keys=keys, now=lambda: NOW)
    try:
        if bodies:
            seat.file.append(seat.signer, list(bodies))
        return hand_over(seat, folder).path
    finally:
        seat.file.close()


def test_a_newer_file_is_refused_at_every_door_with_what_to_do(issued: Issued, tmp_path: Path) -> None:
    kit, organiser = of_format(issued.kits[0].path, schema.FORMAT + 1), of_format(issued.organiser, schema.FORMAT + 1)
    before = kit.read_bytes()
    doors = (
        lambda: open_seat(kit, keys=tmp_path / "other", now=lambda: NOW),
        lambda: about_file(kit),
        lambda: rank_file(organiser),
        lambda: merge(organiser, [], keys=tmp_path / "keys"),
    )
    for door in doors:
        with pytest.raises(JudgeTuiError) as caught:
            door()

        assert caught.value.code == "NEWER"
        assert "Update the program" in str(caught.value.hint)
    verdict = merge(issued.organiser, [kit], keys=tmp_path / "keys").verdicts[0]
    assert verdict.code == "NEWER"
    assert kit.read_bytes() == before


def test_a_folder_with_nothing_but_newer_files_says_so_instead_of_being_empty(issued: Issued, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    of_format(issued.kits[0].path, schema.FORMAT + 1).rename(folder / "a.judge")

    refusal = first_refusal(folder)

    assert kits_in(folder) == ()
    assert refusal is not None
    assert refusal.code == "NEWER"
    assert first_refusal(issued.organiser.parent) is None


def test_a_file_older_than_what_is_read_is_refused_as_such(issued: Issued, tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        open_seat(of_format(issued.kits[0].path, schema.OLDEST - 1), keys=tmp_path / "other", now=lambda: NOW)

    assert caught.value.code == "OLDER"


def test_todays_file_opens_in_a_program_of_the_next_format(
    issued: Issued, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in (header, schema):
        monkeypatch.setattr(room, "FORMAT", 2)
    with EntryFile.open(issued.kits[0].path) as file:
        assert file.entries()

    seat = open_seat(issued.kits[0].path, keys=tmp_path / "keys", now=lambda: NOW)
    seat.file.close()

    assert not seat.read_only


def test_two_programs_with_one_format_merge_at_one_event_and_the_files_say_which(
    issued: Issued, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(seats, "__version__", "9.9.9")
        newer = handed_over(issued.kits[0].path, tmp_path / "keys", tmp_path / "stick")
    same = handed_over(issued.kits[1].path, tmp_path / "keys", tmp_path / "stick")

    report = merge(issued.organiser, [newer, same], keys=tmp_path / "keys")

    assert [verdict.code for verdict in report.verdicts] == ["", ""]
    assert about_file(newer).programs == (__version__, "9.9.9")
    assert "9.9.9" in str(about_file(issued.organiser).message)


def test_records_of_a_kind_from_tomorrow_are_carried_and_count_for_nothing(issued: Issued, tmp_path: Path) -> None:
    plain = handed_over(issued.kits[0].path, tmp_path / "keys", tmp_path / "stick")
    merge(issued.organiser, [plain], keys=tmp_path / "keys")
    before = rank_file(issued.organiser).result
    tomorrow = dump_body("weather", "2021-12-20T00:00:00Z", sky="clear")

    copy = handed_over(issued.kits[0].path, tmp_path / "keys", tmp_path / "stick", tomorrow)
    report = merge(issued.organiser, [copy], keys=tmp_path / "keys")

    assert report.taken == 1
    assert rank_file(issued.organiser).result == before
    with EntryFile.open(issued.organiser, read_only=True) as file:
        assert tomorrow in [entry.body for entry in file.entries()]


def test_the_doctor_says_what_a_file_is_or_why_it_cannot_be_read(issued: Issued) -> None:
    kit = issued.kits[0].path
    read = CliRunner().invoke(doctor, [str(kit)]).output
    refused = CliRunner().invoke(doctor, [str(of_format(kit, schema.FORMAT + 1))])

    assert f"A judge's file of {issued.event.title}, format {schema.FORMAT}" in read
    assert __version__ in read
    assert refused.exit_code == 1
    assert "newer program" in refused.output


def test_what_is_no_file_of_ours_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.judge").write_bytes(b"a letter")

    with pytest.raises(JudgeTuiError):
        about_file(tmp_path / "a.judge")
    assert issuing.__version__ == __version__
