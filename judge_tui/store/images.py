"""The bytes of a whole new file of records, built in memory and never half-written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from judge_tui.domain.ledger import Author, Entry, EventKey
from judge_tui.store import schema

INSERT = "INSERT INTO entry (author, seq, body, hash, sig) VALUES (?, ?, ?, ?, ?)"
INSERT_EVIDENCE = "INSERT INTO evidence (author, seq, body, hash, sig) VALUES (?, ?, ?, ?, ?)"


def image(
    kind: str,
    event: EventKey,
    entries: Iterable[Entry],
    *,
    evidence: Iterable[Entry] = (),
    witnesses: Iterable[tuple[Author, int, bytes, bytes]] = (),
    local: Mapping[str, str] | None = None,
) -> bytes:
    """The bytes of a whole new file with these records: a kit, an export, an organiser's file."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.deserialize(schema.empty_file())
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO about VALUES (?, ?)", [("event", event.hex()), ("kind", kind)])
        connection.executemany(INSERT, entries)
        connection.executemany(INSERT_EVIDENCE, evidence)
        connection.executemany("INSERT INTO head (author, seq, hash, sig) VALUES (?, ?, ?, ?)", witnesses)
        connection.executemany("INSERT INTO local VALUES (?, ?)", (local or {}).items())
        connection.execute("COMMIT")
        return connection.serialize()
    finally:
        connection.close()
