"""Reading a judge's file at a glance: read-only, with a small budget, and without believing it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from judge_tui.domain.glance import Glance

_BUDGET = 40
"""Thousands of steps of SQLite's machine: a few milliseconds; a file that takes longer is opened without a glance."""


def glance(path: Path) -> Glance | None:
    """What the file says of itself; None for anything that is not plainly a judge's file in good order."""
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    except sqlite3.Error:
        return None
    left = [_BUDGET]

    def enough() -> bool:
        left[0] -= 1
        return left[0] < 0

    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.set_progress_handler(enough, 1000)
        return _read(connection)
    except (sqlite3.Error, ValueError, TypeError, KeyError, IndexError):
        return None
    finally:
        connection.close()


def _read(connection: sqlite3.Connection) -> Glance | None:
    local = dict(connection.execute("SELECT key, value FROM local WHERE key IN ('judge', 'seat.place', 'seat.pin')"))
    if "seat.pin" in local or dict(connection.execute("SELECT key, value FROM about")).get("kind") != "judge":
        return None
    said = [body for (body,) in connection.execute("SELECT body FROM entry") if b'"kind":"definition"' in body[:40]]
    newest = json.loads(said[-1])
    definition = newest["definition"]
    judge = next((str(who["name"]) for who in newest["judges"] if who["id"] == local["judge"]), "")
    organisations = tuple(
        sorted((int(item["number"]), str(item["id"]), str(item["name"])) for item in newest["organisations"])
    )
    criteria = tuple((str(item["id"]), str(item["name"])) for item in newest["criteria"])
    was = json.loads(local.get("seat.place", "{}")).get("organisation")
    place = next((index for index, (_, key, _) in enumerate(organisations) if key == was), 0)
    marks = _marks(connection, organisations[place][1]) if organisations else {}
    return Glance(str(definition["event"]["title"]), judge, organisations, criteria, marks, place)


def _marks(connection: sqlite3.Connection, organisation: str) -> dict[str, int]:
    """The judge's marks for one organisation, the last of each criterion; a judge's file holds no other judge's."""
    wanted = json.dumps(organisation, ensure_ascii=False)
    found: dict[str, int] = {}
    for (raw,) in connection.execute(
        "SELECT body FROM entry WHERE instr(body, CAST(? AS BLOB))", (f'"organisation":{wanted}',)
    ):
        body = json.loads(raw)
        if body["kind"] in ("mark", "clear"):
            found.pop(body["criterion"], None)
            if isinstance(body.get("value"), int):
                found[str(body["criterion"])] = body["value"]
    return found
