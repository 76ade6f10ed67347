"""What a file of records looks like inside: its tables, its views for curious people, and how older files are brought up.

The wording of every statement is part of the format: a file whose schema is not exactly one of these is refused on import.
`sqlite_utils` is imported only where a file is created or brought up, never where a judge's file is opened.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x4A554447
"""`JUDG` in the header of every file of ours."""

FORMAT = 1
"""The version this program writes, in `user_version`."""

OLDEST = 1
"""The oldest version this program still reads."""

ORGANISER = "organiser"
JUDGE = "judge"
HAND_OVER = "hand-over"
KINDS = (ORGANISER, JUDGE, HAND_OVER)

MIGRATIONS = "_sqlite_migrations"
"""Where sqlite-utils notes which steps a file has been through."""

TABLES = {
    "entry": "CREATE TABLE entry (author BLOB NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL, hash BLOB NOT NULL, "
    "sig BLOB NOT NULL, PRIMARY KEY (author, seq)) STRICT, WITHOUT ROWID",
    "evidence": "CREATE TABLE evidence (author BLOB NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, "
    "body BLOB NOT NULL, sig BLOB NOT NULL, PRIMARY KEY (author, seq, hash)) STRICT, WITHOUT ROWID",
    "head": "CREATE TABLE head (author BLOB NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL, "
    "sig BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "about": "CREATE TABLE about (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "local": "CREATE TABLE local (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "import_log": "CREATE TABLE import_log (sha256 TEXT NOT NULL, code TEXT NOT NULL, at TEXT NOT NULL, "
    "file TEXT NOT NULL, judge TEXT NOT NULL, taken TEXT NOT NULL, PRIMARY KEY (sha256, code)) STRICT, WITHOUT ROWID",
    # sqlite-utils would make this table itself, in words that change with its version.
    "_sqlite_migrations": "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, "
    "applied_at TEXT)",
}
INDEXES = {
    "migration_once": "CREATE UNIQUE INDEX migration_once ON _sqlite_migrations (migration_set, name)",
}
_NEWEST_DEFINITION = (
    "SELECT CAST(body AS TEXT) AS body FROM entry WHERE "
    "json_extract(CAST(body AS TEXT), '$.kind') = 'definition' ORDER BY seq DESC LIMIT 1"
)
VIEWS = {
    "organisations": "CREATE VIEW organisations AS SELECT json_extract(value, '$.number') AS number, "
    "json_extract(value, '$.id') AS id, json_extract(value, '$.name') AS name "
    "FROM (" + _NEWEST_DEFINITION + ") AS newest, json_each(newest.body, '$.organisations')",
    "criteria": "CREATE VIEW criteria AS SELECT json_extract(value, '$.id') AS id, json_extract(value, '$.name') AS name "
    "FROM (" + _NEWEST_DEFINITION + ") AS newest, json_each(newest.body, '$.criteria')",
    "judges": "CREATE VIEW judges AS SELECT author, json_extract(CAST(body AS TEXT), '$.judge') AS judge, "
    "json_extract(CAST(body AS TEXT), '$.device') AS device FROM entry "
    "WHERE seq = 1 AND json_extract(CAST(body AS TEXT), '$.kind') = 'open'",
    "scores": "CREATE VIEW scores AS SELECT judges.judge AS judge, "
    "json_extract(CAST(mark.body AS TEXT), '$.organisation') AS organisation, "
    "json_extract(CAST(mark.body AS TEXT), '$.criterion') AS criterion, "
    "json_extract(CAST(mark.body AS TEXT), '$.value') AS value, "
    "json_extract(CAST(mark.body AS TEXT), '$.at') AS at, lower(hex(mark.hash)) AS hash "
    "FROM entry AS mark JOIN judges ON judges.author = mark.author "
    "WHERE json_extract(CAST(mark.body AS TEXT), '$.kind') = 'mark' AND lower(hex(mark.hash)) NOT IN "
    "(SELECT value FROM entry AS later, json_each(CAST(later.body AS TEXT), '$.replaces')) ORDER BY 1, 2, 3, 6",
}
SCHEMA = frozenset(
    {("table", name, name, sql) for name, sql in TABLES.items()}
    | {("index", name, "_sqlite_migrations", sql) for name, sql in INDEXES.items()}
    | {("view", name, name, sql) for name, sql in VIEWS.items()}
)
"""Every row of `sqlite_master` (type, name, tbl_name, sql) of a file of the current format."""


def _first(db: Database) -> None:
    for name, sql in (*TABLES.items(), *VIEWS.items()):
        if name != MIGRATIONS:
            db.execute(sql)


STEPS: tuple[tuple[str, Callable[[Database], None]], ...] = (("1: entries, evidence, heads", _first),)
"""How a file comes from each format to the next, the first from nothing: the name under which the file notes the step, and
what it does. The format after a step is its place in this list."""


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a file up to the current format, step by step.

    Each step is one transaction together with the format's number and the note that it was taken: what fails, or is cut off,
    leaves the file as it was before that step.
    """
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    present = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if MIGRATIONS not in present:
        for sql in (TABLES[MIGRATIONS], *INDEXES.values()):
            connection.execute(sql)
    steps = Migrations("judge-tui")
    for number, (name, act) in enumerate(STEPS, 1):
        steps(name=name)(_numbered(number, act))
    steps.apply(Database(connection, execute_plugins=False))


def _numbered(number: int, act: Callable[[Database], None]) -> Callable[[Database], None]:
    def step(db: Database) -> None:
        act(db)
        db.execute(f"PRAGMA user_version = {number}")

    return step


@lru_cache(maxsize=1)
def empty_file() -> bytes:
    """The bytes of an empty file of the current format; every new file begins as a copy of them."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection)
        # The same records are the same bytes, whenever the file is made.
        connection.execute("UPDATE _sqlite_migrations SET applied_at = ''")
        return connection.serialize()
    finally:
        connection.close()
