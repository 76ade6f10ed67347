"""The organiser's laptop is gone: the second copy, and going on elsewhere with the reserve key."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from judge_tui.cli.copy import copy
from judge_tui.cli.hub import keep_copy
from judge_tui.cli.takeover import takeover
from judge_tui.domain.errors import JudgeTuiError, LockedError
from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.services.carriers.back import bring_notices, leave_for_judges
from judge_tui.services.carriers.drives import Drive
from judge_tui.services.hub.book import Book
from judge_tui.services.preparing.issuing import issue
from judge_tui.services.records import safe_copy
from judge_tui.services.records.collecting import merge
from judge_tui.services.records.takeover import TakenOver, take_over
from judge_tui.services.seat.handover import read_receipts
from judge_tui.services.table.office import Office
from judge_tui.store.files import EntryFile
from tests.records import Hall, contest, mark, noon, submit

REASON = {"reason": "超时", "by": ["主持人"]}


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "safe"
    folder.mkdir()
    return folder


def plain(text: object) -> str:
    return str(text)


def copies(stick: Path) -> list[Path]:
    return sorted((stick / "trial-copy").glob("*.db"))


def elsewhere(hall: Hall, *sources: Path, name: str = "new") -> TakenOver:
    """Somebody else's laptop, with keys of its own."""
    keys = hall.folder / f"keys-{name}"
    return take_over(hall.issued.reserve, sources, hall.folder / name, keys=keys, now=noon)


def value(hall: Hall, path: Path, judge: str, organisation: str, criterion: str) -> list[object]:
    key = (JudgeId(judge), OrganisationId(organisation), CriterionId(criterion))
    return [item.value for item in hall.project(path).cells.values.get(key, ())]


def adjusted(hall: Hall, path: Path) -> int:
    return len([body for _, body in hall.project(path).authority.desk if body["kind"] == "adjust"])


def test_after_every_merge_the_copy_holds_everything(hall: Hall, stick: Path) -> None:
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=list)
    for judge in ("j1", "j2"):
        hall.write(judge, mark("o1", "c1", 70), submit("o1"))
        report = hall.merge(hall.hand_over(judge))
        newest = max(copies(stick), key=lambda path: path.stat().st_mtime_ns)

        assert report.copy is not None
        assert (report.copy.behind, report.copy.trouble) == (0, None)
        assert hall.everything(newest) == hall.everything()
    assert len(copies(stick)) == 2, "the newest and the one before"
    assert (stick / "trial-copy" / "trial.receipts").read_bytes() == hall.organiser.with_suffix(
        ".receipts"
    ).read_bytes()
    assert {path.stat().st_mode & 0o777 for path in copies(stick)} == {0o600}


def test_what_was_refused_is_in_the_copy_too(hall: Hall, stick: Path, tmp_path: Path) -> None:
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=list)
    bad = tmp_path / "bad.judge"
    bad.write_bytes(b"no file of records")
    hall.merge(bad)

    kept = list((stick / "trial-copy" / "trial-quarantine").iterdir())
    assert [path.read_bytes() for path in kept] == [b"no file of records"]


def test_a_merge_that_brings_nothing_writes_no_copy(hall: Hall, stick: Path) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    handed = hall.hand_over("j1")
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=list)
    hall.merge(handed)
    before = copies(stick), hall.organiser.read_bytes()

    hall.merge(handed)

    assert (copies(stick), hall.organiser.read_bytes()) == before


def test_a_stick_that_is_not_there_is_told_and_the_merge_stands(hall: Hall, stick: Path) -> None:
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=list)
    stick.rename(stick.with_name("pulled"))
    hall.write("j1", mark("o1", "c1", 70))
    report = hall.merge(hall.hand_over("j1"))

    assert report.taken == 2
    assert report.copy is not None
    assert "not there" in str(report.copy.trouble)
    assert "could not be made again" in str(report.copy.message(noon))
    stick.with_name("pulled").rename(stick)
    renewed = safe_copy.renew_file(hall.organiser, now=noon)
    assert renewed is not None
    assert (renewed.behind, renewed.trouble) == (0, None)


def test_an_empty_mount_point_is_not_taken_for_the_stick(hall: Hall, stick: Path) -> None:
    drive = Drive(stick, "STICK", -1, True, 1)
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=lambda: [drive])
    with EntryFile.open(hall.organiser) as file:
        gone = safe_copy.renew(file, now=noon, found=list)
        back = safe_copy.renew(file, now=noon, found=lambda: [drive])

    assert gone is not None
    assert gone.trouble is not None
    assert back is not None
    assert back.trouble is None


def test_its_age_and_how_far_it_is_behind_are_told(hall: Hall, stick: Path) -> None:
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=list)
    Office(hall.organiser, hall.keys, noon).say(
        ("adjust", {"organisation": "o1", "name": "罚", "points": -500, **REASON})
    )
    state = safe_copy.state_of(hall.organiser)
    later = datetime(2021, 12, 20, 6, 30, tzinfo=UTC) + timedelta(hours=3)

    assert state is not None
    assert state.behind == 1
    assert state.due(lambda: later)
    assert not state.due(noon)
    assert "3 hours old, 1 entry behind" in str(state.message(lambda: later))


def test_what_came_over_the_network_is_copied_too(hall: Hall, stick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=list)
    Office(hall.organiser, hall.keys, noon).say(
        ("adjust", {"organisation": "o1", "name": "罚", "points": -500, **REASON})
    )
    keep_copy(hall.organiser)
    said = capsys.readouterr().out
    keep_copy(hall.organiser)

    assert "with everything" in said
    assert capsys.readouterr().out == "", "nothing is due"
    state = safe_copy.state_of(hall.organiser)
    assert state is not None
    assert state.behind == 0


def test_a_damaged_file_never_replaces_a_sound_copy(hall: Hall, stick: Path) -> None:
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=list)
    connection = sqlite3.connect(hall.organiser)
    connection.execute("UPDATE entry SET hash = zeroblob(32)")
    connection.commit()
    connection.close()
    before = copies(stick)
    renewed = safe_copy.renew_file(hall.organiser, now=noon)

    assert renewed is not None
    assert renewed.trouble is not None
    assert copies(stick) == before


def test_going_on_elsewhere_with_everything_that_was_copied(hall: Hall, stick: Path) -> None:
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=list)
    Office(hall.organiser, hall.keys, noon).say(
        ("adjust", {"organisation": "o1", "name": "罚", "points": -500, **REASON})
    )
    hall.write("j1", mark("o1", "c1", 70))
    hall.merge(hall.hand_over("j1"))
    shutil.rmtree(hall.keys)
    hall.organiser.unlink()

    done = elsewhere(hall, stick)
    hall.write("j2", mark("o1", "c1", 80))
    report = merge(done.organiser, [hall.hand_over("j2")], keys=hall.folder / "keys-new", now=noon)
    office = Office(done.organiser, hall.folder / "keys-new", noon)
    office.say(("adjust", {"organisation": "o2", "name": "罚", "points": -500, **REASON}))
    office.say(("reopen", {"judge": "j1", "submits": [], "organisation": "", **REASON}))

    assert (report.taken, len(report.refused)) == (2, 0)
    assert value(hall, done.organiser, "j1", "o1", "c1") == [70_000]
    assert value(hall, done.organiser, "j2", "o1", "c1") == [80_000]
    assert adjusted(hall, done.organiser) == 2
    assert hall.project(done.organiser).event == hall.event


def test_what_the_former_laptop_decides_afterwards_does_not_count(hall: Hall, stick: Path) -> None:
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=list)
    done = elsewhere(hall, stick)
    former = Office(hall.organiser, hall.keys, noon)
    former.say(("adjust", {"organisation": "o1", "name": "罚", "points": -500, **REASON}))
    merge(done.organiser, [hall.organiser], keys=hall.folder / "keys-new", now=noon)
    assert adjusted(hall, done.organiser) == 0

    hall.organiser.with_suffix(".receipts").unlink(missing_ok=True)
    assert hall.merge(done.organiser).receipts is None, "it gives its word no more"
    with pytest.raises(LockedError, match="TAKEN_OVER"):
        Book(hall.organiser, hall.keys, 1.0)
    assert adjusted(hall, hall.organiser) == 0
    with pytest.raises(LockedError, match="TAKEN_OVER"):
        former.say(("adjust", {"organisation": "o1", "name": "罚", "points": -500, **REASON}))


def test_with_nothing_left_but_judges_files_no_mark_is_lost(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    hall.write("j2", mark("o1", "c1", 80))
    handed = hall.hand_over("j1")
    hall.hand_over("j2")
    hall.organiser.unlink()

    done = elsewhere(hall, handed.parent)

    assert value(hall, done.organiser, "j1", "o1", "c1") == [70_000]
    assert value(hall, done.organiser, "j2", "o1", "c1") == [80_000]


def test_judges_believe_the_new_laptop_once_they_have_its_notices(hall: Hall, stick: Path) -> None:
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=list)
    hall.write("j1", mark("o1", "c1", 70))
    done = elsewhere(hall, stick)
    keys = hall.folder / "keys-new"
    merge(done.organiser, [hall.hand_over("j1")], keys=keys, now=noon)
    leave_for_judges(done.organiser, hall.stick, keys=keys)
    with hall.seat("j1") as seat:
        assert read_receipts(seat, hall.stick).held == 0
        assert bring_notices(seat, hall.stick).notices == 2
    with hall.seat("j1") as seat:
        assert read_receipts(seat, hall.stick).held == 2


def test_taking_over_twice(hall: Hall, stick: Path, tmp_path: Path) -> None:
    safe_copy.choose(hall.organiser, stick, plain, now=noon, found=list)
    first = elsewhere(hall, stick)
    Office(first.organiser, hall.folder / "keys-new", noon).say(
        ("adjust", {"organisation": "o1", "name": "罚", "points": -500, **REASON})
    )
    with pytest.raises(JudgeTuiError, match="OLD_COPY"):
        elsewhere(hall, stick, name="third")
    assert not (tmp_path / "third" / "trial.db").exists()
    assert not list((tmp_path / "keys-third").glob("*"))

    second = elsewhere(hall, stick, first.organiser, name="third")
    Office(second.organiser, hall.folder / "keys-third", noon).say(
        ("adjust", {"organisation": "o2", "name": "罚", "points": -500, **REASON})
    )
    assert adjusted(hall, second.organiser) == 2
    with pytest.raises(LockedError, match="TAKEN_OVER"):
        merge(first.organiser, [second.organiser], keys=hall.folder / "keys-new", now=noon)
        Office(first.organiser, hall.folder / "keys-new", noon).say(
            ("adjust", {"organisation": "o2", "name": "罚", "points": -500, **REASON})
        )


def test_a_rehearsal_is_taken_over_as_one(tmp_path: Path) -> None:
    hall = Hall(tmp_path, rehearsal=True)
    done = elsewhere(hall, hall.organiser)

    assert done.organiser.name == "trial-rehearsal.db"
    assert hall.project(done.organiser).rehearsal


def test_wrong_files_are_told_in_words_and_nothing_is_left(hall: Hall, tmp_path: Path) -> None:
    other = Hall(tmp_path / "other")
    for sources in ([other.organiser], [tmp_path / "nothing"]):
        (tmp_path / "nothing").mkdir(exist_ok=True)
        with pytest.raises(JudgeTuiError, match="NO_COPY"):
            elsewhere(hall, *sources)
    with pytest.raises(JudgeTuiError, match="RESERVE"):
        take_over(hall.organiser, [hall.organiser], tmp_path / "new", keys=tmp_path / "keys-new")
    (tmp_path / "new").mkdir(exist_ok=True)
    (tmp_path / "new" / "trial.db").write_text("mine", encoding="utf-8")
    with pytest.raises(JudgeTuiError, match="EXISTS"):
        elsewhere(hall, hall.organiser)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["trial.db"]
    assert not list((tmp_path / "keys-new").glob("*"))


@pytest.mark.parametrize(("name", "code"), [("../elsewhere", "RESERVE"), ("other", "NO_COPY")])
def test_a_reserve_key_that_names_another_file_makes_none(hall: Hall, tmp_path: Path, name: str, code: str) -> None:
    reserve = tmp_path / "x.reserve"
    said = json.loads(next((hall.folder / "issued").glob("*.reserve")).read_bytes())
    reserve.write_text(json.dumps(said | {"id": name}), encoding="utf-8")

    with pytest.raises(JudgeTuiError) as caught:
        take_over(reserve, [hall.folder / "issued"], tmp_path / "new", keys=tmp_path / "keys", now=noon)
    assert caught.value.code == code
    assert not list(tmp_path.rglob("*.db")) or all("issued" in str(path) for path in tmp_path.rglob("*.db"))


def test_encrypted_hand_overs_are_for_the_organiser_and_for_who_takes_over(tmp_path: Path) -> None:
    hall = Hall.__new__(Hall)
    hall.folder, hall.event, hall.rehearsal = tmp_path, contest(), False
    hall.issued = issue(hall.event, tmp_path / "issued", keys=hall.keys, now=noon, encrypt=True)
    hall.write("j1", mark("o1", "c1", 70))
    handed = hall.hand_over("j1")
    assert hall.hand_over("j1") == handed, "the same state is written once"
    raw = handed.read_bytes()
    assert "第四季度".encode() not in raw
    assert b"SQLite" not in raw
    stranger = tmp_path / "stranger.db"
    stranger.write_bytes(hall.organiser.read_bytes())
    refused = merge(stranger, [handed], keys=tmp_path / "no-keys", now=noon)
    assert [item.code for item in refused.verdicts] == ["ENCRYPTED"]

    assert hall.merge(handed).taken == 2
    done = elsewhere(hall, stranger, handed)
    assert value(hall, done.organiser, "j1", "o1", "c1") == [70_000]
    waited = merge(stranger, [], keys=hall.keys, now=noon)
    assert waited.taken == 2, "what waited is taken in once the key is there"
    assert not list((tmp_path / "stranger-quarantine").iterdir())


def test_a_person_does_it_with_two_commands(hall: Hall, stick: Path, tmp_path: Path) -> None:
    run = CliRunner()
    chosen = run.invoke(copy, [str(hall.organiser), str(stick)], catch_exceptions=False)
    assert chosen.exit_code == 0
    assert "0 minutes old, with everything" in chosen.output
    assert "judge-tui takeover trial.reserve" in (stick / "trial-copy" / "README.txt").read_text(encoding="utf-8")
    again = run.invoke(copy, [str(hall.organiser)], catch_exceptions=False)
    assert again.exit_code == 0
    shutil.copy(hall.issued.reserve, tmp_path / "drawer.reserve")
    hall.organiser.unlink()

    done = run.invoke(
        takeover,
        [str(tmp_path / "drawer.reserve"), str(stick / "trial-copy"), "--out", str(tmp_path / "new")],
        catch_exceptions=False,
    )
    assert done.exit_code == 0, done.output
    assert "Taken over: 第四季度亮赛比" in done.output
    assert "judge-tui merge" in done.output
    assert (tmp_path / "new" / "trial.db").is_file()
    stopped = run.invoke(copy, [str(tmp_path / "new" / "trial.db")])
    assert stopped.exit_code == 1
    assert "no second copy yet" in stopped.output
