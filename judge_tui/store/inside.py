"""What a file that is opened for use says of itself, and whether its tables are ours: another program may have been at it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from judge_tui.domain.errors import RefusedError
from judge_tui.domain.ledger import EventKey
from judge_tui.domain.messages import msg
from judge_tui.store.header import named, refuse
from judge_tui.store.schema import KINDS, TABLES

OURS = frozenset({"entry", "evidence", "head", "about", "local", "import_log"})
"""The tables that the program works with; views, indexes and tables beside them harm nobody."""


def identity(path: Path, connection: sqlite3.Connection) -> tuple[str, EventKey]:
    """A file's kind and the event it belongs to. Raises RefusedError with SCHEMA where a table of ours is missing or another one,
    where something happens by itself when rows are written, or where the file does not say what it is."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    tables = {name: sql for kind, name, sql in rows if kind in ("table", "view")}
    triggers = any(kind == "trigger" for kind, _, _ in rows)
    if triggers or any(tables.get(name) != TABLES[name] for name in OURS):
        raise named(_changed(), path)
    about = dict(connection.execute("SELECT key, value FROM about"))
    kind, event = str(about.get("kind")), str(about.get("event"))
    if kind not in KINDS or len(event) != 64 or not set(event) <= set("0123456789abcdef"):
        raise named(_changed(), path)
    return kind, EventKey(bytes.fromhex(event))


def _changed() -> RefusedError:
    return refuse(
        "SCHEMA",
        msg("The file's tables are not exactly those of this format"),
        msg("Another program changed it. Restore it from a copy; what is right in it can be saved with --salvage."),
    )
