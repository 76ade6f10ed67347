"""Files of records on a real disk: appended to durably, by one writer, never rewritten."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
from pathlib import Path

import pytest

from judge_tui.domain.errors import JudgeTuiError, LockedError, RefusedError
from judge_tui.domain.ledger import EventKey, event_key, next_entry, verify_chain, verify_every
from judge_tui.store import crypto, schema
from judge_tui.store.disk import StorageError, reading_error, write_new
from judge_tui.store.files import EntryFile
from judge_tui.store.keyring import Keyring
from tests.records import Hall, mark, submit

KEY = crypto.key_pair(bytes(range(32)))
EVENT = event_key(KEY.author, "trial")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    EntryFile.create(tmp_path / "a.judge", schema.JUDGE, EVENT).close()
    return tmp_path / "a.judge"


def test_entries_come_back_as_they_were_signed(path: Path) -> None:
    with EntryFile.open(path) as file:
        first = file.append(KEY, [mark("o1", "c1", 90), mark("o1", "c2", 80)])
        second = file.append(KEY, [submit()])

    with EntryFile.open(path) as file:
        assert file.entries() == [*first, *second]
        assert [entry.seq for entry in file.entries(KEY.author, after=1)] == [2, 3]
        assert file.heads()[KEY.author].seq == 3
        assert verify_chain(EVENT, KEY.author, file.entries(), crypto.verify) is None
        assert verify_every(file.entries(), crypto.verify) is None


def test_the_settings_are_the_safe_ones(path: Path) -> None:
    with EntryFile.open(path) as file:
        assert file._connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
        assert file._connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert file._connection.execute("PRAGMA trusted_schema").fetchone() == (0,)


def test_a_file_looks_exactly_like_its_format(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        found = set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))
        pragmas = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
    connection.close()

    assert found == schema.SCHEMA
    assert pragmas == [schema.APPLICATION_ID, schema.FORMAT]


def test_a_second_window_reads_and_says_why_it_does_not_write(path: Path) -> None:
    with EntryFile.open(path) as first, EntryFile.open(path) as second:
        first.append(KEY, [mark("o1", "c1", 90)])

        assert (second.read_only, second.other_window) == (True, True)
        assert len(second.entries()) == 1
        with pytest.raises(LockedError, match="READ_ONLY_WINDOW"):
            second.append(KEY, [mark("o1", "c1", 80)])
        with pytest.raises(LockedError):
            second.set_local("note", "x")


def test_the_lock_goes_with_the_writer(path: Path) -> None:
    EntryFile.open(path).close()

    with EntryFile.open(path) as file:
        assert not file.read_only
    assert [item.name for item in path.parent.iterdir()] == ["a.judge"]


def test_a_read_only_opening_leaves_the_writer_alone(path: Path) -> None:
    with EntryFile.open(path, read_only=True) as reading, EntryFile.open(path) as writing:
        assert (reading.read_only, reading.other_window) == (True, False)
        assert not writing.read_only


def test_local_notes_stay_and_can_change(path: Path) -> None:
    with EntryFile.open(path) as file:
        assert file.local("note") is None
        file.set_local("note", "第一次")
        file.set_local("note", "第二次")

    with EntryFile.open(path) as file:
        assert file.local("note") == "第二次"


def test_a_file_is_never_overwritten(path: Path) -> None:
    before = path.read_bytes()

    with pytest.raises(JudgeTuiError, match="EXISTS"):
        EntryFile.create(path, schema.JUDGE, EVENT)
    assert path.read_bytes() == before


def test_a_removed_file_takes_no_more_marks_and_says_so(path: Path) -> None:
    with EntryFile.open(path) as file:
        path.rename(path.with_suffix(".away"))

        with pytest.raises(StorageError, match="GONE"):
            file.append(KEY, [mark("o1", "c1", 90)])
        path.with_suffix(".away").rename(path)
        assert len(file.append(KEY, [mark("o1", "c1", 90)])) == 1


def test_a_full_disk_leaves_nothing_half_written_and_the_mark_can_be_tried_again(path: Path) -> None:
    with EntryFile.open(path) as file:
        file.append(KEY, [mark("o1", "c1", 90)])
        pages = file._connection.execute("PRAGMA page_count").fetchone()[0]
        file._connection.execute(f"PRAGMA max_page_count = {pages}")
        large = [mark("o1", "c1", n) for n in range(100)]

        with pytest.raises(StorageError, match="DISK_FULL"):
            file.append(KEY, large)
        assert len(file.entries()) == 1
        file._connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
        assert file.append(KEY, large)[0].seq == 2


def test_a_busy_file_is_named_and_tried_again(path: Path) -> None:
    with EntryFile.open(path) as file:
        file._connection.execute("PRAGMA busy_timeout = 1")
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(StorageError, match="BUSY"):
            file.append(KEY, [mark("o1", "c1", 90)])
        other.execute("ROLLBACK")
        other.close()
        assert file.append(KEY, [mark("o1", "c1", 90)])[0].seq == 1


def test_what_landed_in_spite_of_a_reported_failure_is_not_written_twice(path: Path) -> None:
    """A commit may reach the disk although the disk complains: the retry finds it."""
    bodies = [mark("o1", "c1", 90), submit()]
    with EntryFile.open(path) as file:
        file.append(KEY, [mark("o1", "c1", 80)])
        file._doubtful[KEY.author] = 1  # as a failed commit leaves it
        landed = [next_entry(EVENT, KEY, file.entries()[-1], bodies[0])]
        landed.append(next_entry(EVENT, KEY, landed[0], bodies[1]))
        direct = sqlite3.connect(path, isolation_level=None)
        direct.executemany("INSERT INTO entry (author, seq, body, hash, sig) VALUES (?, ?, ?, ?, ?)", landed)
        direct.close()

        assert file.append(KEY, bodies) == landed
        assert len(file.entries()) == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "EMPTY"), (b"hello", "NOT_SQLITE"), (b"SQLite format 3\x00" + bytes(200), "CORRUPT")],
)
def test_what_is_no_file_of_ours_is_refused_at_the_door(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "x.judge").write_bytes(content)

    with pytest.raises(RefusedError, match=code):
        EntryFile.open(tmp_path / "x.judge")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="GONE"):
        EntryFile.open(tmp_path / "nowhere.judge")


def test_another_event_has_another_key() -> None:
    assert event_key(KEY.author, "a") != event_key(KEY.author, "b") != EventKey(bytes(32))


def test_a_new_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", failing)

    with pytest.raises(OSError, match="Input/output"):
        write_new(tmp_path / "kit", b"content")
    assert list(tmp_path.iterdir()) == []


def test_keys_are_the_owners_alone_and_remember_their_last_entry(tmp_path: Path) -> None:
    ring = Keyring(tmp_path / "keys")
    made = ring.add(EVENT, "judge", "j1")
    made.remember(7, b"h" * 32)
    made.remember(8, b"i" * 32)

    found = ring.keys(EVENT, "judge")[0]

    assert (found.author, found.seq, found.head, found.judge) == (made.author, 8, b"i" * 32, "j1")
    assert found.sign(b"x") == made.sign(b"x")
    for path in (tmp_path / "keys").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_a_note_torn_by_a_power_cut_falls_back_to_the_one_before(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    made = ring.add(EVENT, "judge", "j1")
    made.remember(7, b"h" * 32)
    made.remember(8, b"i" * 32)
    note = made.path.with_suffix(".last")
    raw = bytearray(note.read_bytes())
    newest = raw.find(b"i" * 32)
    raw[newest + 5] ^= 1
    note.write_bytes(raw)

    assert ring.keys(EVENT, "judge")[0].seq == 7


@pytest.mark.parametrize("damage", ["secret", "author", "letters", "missing"])
def test_a_damaged_key_signs_nothing_and_is_named(tmp_path: Path, damage: str) -> None:
    key = Keyring(tmp_path).add(EVENT, "desk")
    said = json.loads(key.path.read_text(encoding="utf-8"))
    if damage == "missing":
        del said["secret"]
    elif damage == "letters":
        said["secret"] = "zz" + said["secret"][2:]
    else:
        said[damage] = said[damage][:-1] + ("0" if said[damage][-1] != "0" else "1")
    key.path.write_text(json.dumps(said), encoding="utf-8")

    with pytest.raises(JudgeTuiError) as caught:
        Keyring(tmp_path).keys(EVENT, "desk")
    assert caught.value.code == "KEYRING"
    assert key.path.name in str(caught.value.message)


def test_a_key_behind_a_passphrase_opens_with_it_alone(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    made = ring.add(EVENT, "desk", passphrase="天干物燥")

    assert ring.is_locked(EVENT, "desk")
    assert made.pair.secret.hex() not in made.path.read_text(encoding="utf-8")
    assert ring.keys(EVENT, "desk", passphrase="天干物燥")[0].author == made.author
    for wrong in ("", "天干"):
        with pytest.raises(JudgeTuiError, match="PASSPHRASE"):
            ring.keys(EVENT, "desk", passphrase=wrong)


def test_a_copy_behind_its_key_is_not_written(tmp_path: Path, path: Path) -> None:
    key = Keyring(tmp_path / "keys").add(EVENT, "judge", "j1")
    with EntryFile.open(path) as file:
        file.append(key, [mark("o1", "c1", 90)])
    old = path.read_bytes()
    with EntryFile.open(path) as file:
        file.append(key, [mark("o1", "c1", 80)])
    path.write_bytes(old)

    with EntryFile.open(path) as file, pytest.raises(LockedError, match="RESTORED"):
        file.append(key, [mark("o1", "c1", 70)])


def test_sealed_boxes_open_for_their_owner_alone() -> None:
    box = crypto.seal_to(KEY.author, "内容".encode())

    assert crypto.open_sealed(KEY, box) == "内容".encode()
    assert crypto.open_sealed(crypto.new_key(), box) is None
    assert crypto.open_sealed(KEY, box[:-1] + bytes([box[-1] ^ 1])) is None


def test_signatures_are_checked_without_exceptions() -> None:
    assert crypto.verify(KEY.author, b"m", KEY.sign(b"m"))
    for author, message, signature in (
        (KEY.author, b"n", KEY.sign(b"m")),
        (KEY.author, b"m", b""),
        (b"", b"m", KEY.sign(b"m")),
        (bytes(32), b"m", KEY.sign(b"m")),
    ):
        assert not crypto.verify(author, message, signature)


def test_where_no_lock_can_be_made_nobody_is_said_to_be_writing(tmp_path: Path) -> None:
    """A read-only disk lets nobody write; that is not another window."""
    hall = Hall(tmp_path)
    hall.kit("j1").with_name(f".{hall.kit('j1').name}.lock").mkdir()
    with EntryFile.open(hall.kit("j1"), patience=60) as file:
        assert (file.read_only, file.other_window) == (True, False)
        assert file.entries()


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (errno.EIO, "UNREADABLE", "x.db cannot be read: the disk reports an error"),
        (errno.EACCES, "UNREADABLE", "x.db cannot be read: this user may not"),
        (errno.EISDIR, "UNREADABLE", "x.db cannot be read: it is a folder"),
        (errno.ENOENT, "GONE", "x.db is not there"),
    ],
)
def test_a_file_that_cannot_be_read_is_never_said_to_refuse_writing(number: int, code: str, words: str) -> None:
    error = reading_error(OSError(number, "as the system calls it"), Path("x.db"))

    assert (error.code, str(error.message)) == (code, words)


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        EntryFile.open(tmp_path)

    assert "it is a folder" in str(caught.value.message)
