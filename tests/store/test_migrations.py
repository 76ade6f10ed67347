"""Files of older formats: every step leaves the file as it was, or as it is to be, and nothing between."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from judge_tui.store import crypto, header, schema
from judge_tui.store.files import EntryFile

RELEASED = sorted((Path(__file__).parent / "released").iterdir())


def of_format(path: Path) -> int:
    return int.from_bytes(path.read_bytes()[60:64], "big")


def rows(path: Path) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT * FROM entry").fetchall()
    finally:
        connection.close()


@pytest.fixture(params=[path.name for path in RELEASED])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a file as a released program wrote it."""
    copy = tmp_path / request.param
    copy.write_bytes((RELEASED[0].parent / request.param).read_bytes())
    return copy


def tomorrow(monkeypatch: pytest.MonkeyPatch, *broken: str) -> None:
    """The program of the next format: one more table, and a column filled from what is there; `broken` fails after that."""

    def second(db: Any) -> None:
        db.execute("CREATE TABLE seat (author BLOB PRIMARY KEY, entries INTEGER) STRICT, WITHOUT ROWID")
        db.execute("INSERT INTO seat SELECT author, count(*) FROM entry GROUP BY author")
        for sql in broken:
            if sql == "killed":
                os._exit(9)
            db.execute(sql)

    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, ("2: seats", second)))
    for room in (schema, header):
        monkeypatch.setattr(room, "FORMAT", len(schema.STEPS))


def test_every_format_that_was_released_is_kept_here() -> None:
    assert {of_format(path) for path in RELEASED} == set(range(schema.OLDEST, schema.FORMAT + 1))


def test_the_number_of_a_format_is_the_number_of_its_steps() -> None:
    assert len(schema.STEPS) == schema.FORMAT


def test_a_released_file_opens_and_goes_on(older: Path) -> None:
    before = rows(older)
    with EntryFile.open(older) as file:
        file.append(crypto.new_key(), [b'{"kind":"open"}'])

    assert of_format(older) == schema.FORMAT
    assert set(before) < set(rows(older))


def test_a_step_brings_the_older_file_up_with_everything_in_it(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows(older)
    tomorrow(monkeypatch)
    EntryFile.open(older).close()
    EntryFile.open(older).close()

    assert of_format(older) == schema.FORMAT
    assert rows(older) == before
    connection = sqlite3.connect(older)
    assert connection.execute("SELECT sum(entries) FROM seat").fetchone() == (len(before),)
    names = connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall()
    connection.close()
    assert names == [(name,) for name, _ in schema.STEPS]


def test_a_step_that_fails_leaves_the_older_file_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = older.read_bytes()
    with monkeypatch.context() as patched:
        tomorrow(patched, "INSERT INTO nowhere VALUES (1)")
        with pytest.raises(Exception, match="nowhere"):
            EntryFile.open(older)

    assert older.read_bytes() == before
    with EntryFile.open(older) as file:
        assert file.entries()


def test_a_step_that_is_cut_off_leaves_the_older_file_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows(older)
    pid = os.fork()
    if pid == 0:
        tomorrow(monkeypatch, "killed")
        EntryFile.open(older)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9

    with EntryFile.open(older) as file:
        assert file.entries()
    assert of_format(older) == schema.FORMAT
    assert rows(older) == before


def test_a_file_that_cannot_be_written_is_read_in_its_older_format(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow(monkeypatch)
    with EntryFile.open(older, read_only=True) as file:
        assert file.entries()

    assert of_format(older) == 1


def test_the_same_records_are_the_same_bytes_whenever_the_file_is_made() -> None:
    first = schema.empty_file()
    schema.empty_file.cache_clear()

    assert schema.empty_file() == first
