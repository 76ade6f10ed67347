#!/usr/bin/env python3
"""A second verifier, written from the page "The file format" alone: the standard library and PyNaCl, nothing of judge-tui.

    python verify.py EVENT.db [FILE.judge …]

checks the organiser's file in full, signature by signature, and says of every other file whether it may be merged into it, or the
refusal code. It changes nothing. Slow and plain on purpose.
"""

# ruff: noqa: TRY301 - the verdict is whatever check speaks first, wherever it stands

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import sys
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

STATEMENTS = (
    "CREATE TABLE entry (author BLOB NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL, hash BLOB NOT "
    "NULL, sig BLOB NOT NULL, PRIMARY KEY (author, seq)) STRICT, WITHOUT ROWID",
    "CREATE TABLE evidence (author BLOB NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, body BLOB NOT "
    "NULL, sig BLOB NOT NULL, PRIMARY KEY (author, seq, hash)) STRICT, WITHOUT ROWID",
    "CREATE TABLE head (author BLOB NOT NULL PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL, sig "
    "BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE about (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE local (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE import_log (sha256 TEXT NOT NULL, code TEXT NOT NULL, at TEXT NOT NULL, file TEXT NOT "
    "NULL, judge TEXT NOT NULL, taken TEXT NOT NULL, PRIMARY KEY (sha256, code)) STRICT, WITHOUT ROWID",
    "CREATE TABLE _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT, name TEXT, applied_at TEXT)",
    "CREATE UNIQUE INDEX migration_once ON _sqlite_migrations (migration_set, name)",
    "CREATE VIEW organisations AS SELECT json_extract(value, '$.number') AS number, json_extract(value, "
    "'$.id') AS id, json_extract(value, '$.name') AS name FROM (SELECT CAST(body AS TEXT) AS body FROM "
    "entry WHERE json_extract(CAST(body AS TEXT), '$.kind') = 'definition' ORDER BY seq DESC LIMIT 1) AS "
    "newest, json_each(newest.body, '$.organisations')",
    "CREATE VIEW criteria AS SELECT json_extract(value, '$.id') AS id, json_extract(value, '$.name') AS "
    "name FROM (SELECT CAST(body AS TEXT) AS body FROM entry WHERE json_extract(CAST(body AS TEXT), "
    "'$.kind') = 'definition' ORDER BY seq DESC LIMIT 1) AS newest, json_each(newest.body, '$.criteria')",
    "CREATE VIEW judges AS SELECT author, json_extract(CAST(body AS TEXT), '$.judge') AS judge, "
    "json_extract(CAST(body AS TEXT), '$.device') AS device FROM entry WHERE seq = 1 AND "
    "json_extract(CAST(body AS TEXT), '$.kind') = 'open'",
    "CREATE VIEW scores AS SELECT judges.judge AS judge, json_extract(CAST(mark.body AS TEXT), "
    "'$.organisation') AS organisation, json_extract(CAST(mark.body AS TEXT), '$.criterion') AS "
    "criterion, json_extract(CAST(mark.body AS TEXT), '$.value') AS value, json_extract(CAST(mark.body AS "
    "TEXT), '$.at') AS at, lower(hex(mark.hash)) AS hash FROM entry AS mark JOIN judges ON judges.author "
    "= mark.author WHERE json_extract(CAST(mark.body AS TEXT), '$.kind') = 'mark' AND "
    "lower(hex(mark.hash)) NOT IN (SELECT value FROM entry AS later, json_each(CAST(later.body AS TEXT), "
    "'$.replaces')) ORDER BY 1, 2, 3, 6",
)
LARGEST = 1024 * 1024 * 1024
LONGEST_BODY = 4 * 1024 * 1024
DEEPEST = 32
STEPS = 100_000


class Entry(NamedTuple):
    author: bytes
    seq: int
    body: bytes
    hash: bytes
    sig: bytes


class RefusedError(Exception):
    """Its argument is a refusal code."""


class Contents(NamedTuple):
    event: bytes
    entries: list[Entry]
    evidence: list[Entry]


def signed(author: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this is the author's signature of the message."""
    try:
        VerifyKey(author).verify(message, signature)
    except (CryptoError, ValueError):
        return False
    return True


def event_key(notice: bytes, name: str) -> bytes:
    return hashlib.sha256(b"judge-tui event v1\x00" + notice + name.encode()).digest()


def entry_hash(event: bytes, entry: Entry, before: Entry | None) -> bytes:
    """§2: the hash that this entry must have after that one."""
    return hashlib.sha256(
        b"judge-tui entry v1\x00"
        + event
        + entry.author
        + entry.seq.to_bytes(8, "big")
        + (before.hash if before else bytes(32))
        + (before.sig if before else bytes(64))
        + len(entry.body).to_bytes(8, "big")
        + entry.body
    ).digest()


def check_header(raw: bytes) -> None:
    """§1, the first hundred bytes."""
    magic = b"SQLite format 3\x00"
    if not raw:
        raise RefusedError("EMPTY")
    if len(raw) > LARGEST:
        raise RefusedError("TOO_BIG")
    if raw.startswith(b"judge-tui sealed v1\x00"):
        raise RefusedError("ENCRYPTED")
    if len(raw) < 100 and magic.startswith(raw[:16]):
        raise RefusedError("TRUNCATED")
    if raw[:16] != magic:
        raise RefusedError("NOT_SQLITE")
    page = int.from_bytes(raw[16:18], "big")
    page = 65536 if page == 1 else page
    if page < 512 or page & (page - 1):
        raise RefusedError("CORRUPT")
    said = int.from_bytes(raw[28:32], "big") * page
    if len(raw) % page or len(raw) < said:
        raise RefusedError("TRUNCATED")
    if len(raw) != said or raw[24:28] != raw[92:96] or raw[56:60] != b"\x00\x00\x00\x01":
        raise RefusedError("CORRUPT")
    if raw[18:20] != b"\x01\x01":
        raise RefusedError("WAL_MODE" if raw[18:20] == b"\x02\x02" else "CORRUPT")
    if raw[68:72] != bytes.fromhex("4A554447"):
        raise RefusedError("FOREIGN")
    version = int.from_bytes(raw[60:64], "big")
    if version != 1:
        raise RefusedError("NEWER" if version > 1 else "OLDER")


def master_row(sql: str) -> tuple[str, str, str, str]:
    """§1: the row of sqlite_master that a statement makes: type, name, table, the statement itself."""
    words = sql.split()
    if words[1] == "UNIQUE":
        return "index", words[3], words[5], sql
    return words[1].lower(), words[2], words[2], sql


def read(raw: bytes) -> Contents:
    """§1: the rows of a file whose outside is in order."""
    check_header(raw)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    left = 20 + len(raw) // 10_000

    def spent() -> int:
        nonlocal left
        left -= 1
        return left < 0

    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_BODY + 4096)
        connection.set_progress_handler(spent, STEPS)
        connection.deserialize(raw)
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
            connection.execute(f"PRAGMA {pragma}")
        rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
        if set(rows) != set(map(master_row, STATEMENTS)):
            raise RefusedError("SCHEMA")
        if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            raise RefusedError("CORRUPT")
        about = dict(connection.execute("SELECT key, value FROM about"))
        event = about.get("event", "")
        lower = len(event) == 64 and set(event) <= set("0123456789abcdef")
        if about.get("kind") not in ("organiser", "judge", "hand-over") or not lower:
            raise RefusedError("SCHEMA")
        entries = connection.execute("SELECT author, seq, body, hash, sig FROM entry ORDER BY author, seq")
        evidence = connection.execute("SELECT author, seq, body, hash, sig FROM evidence ORDER BY author, seq, hash")
        return Contents(bytes.fromhex(event), [Entry(*row) for row in entries], [Entry(*row) for row in evidence])
    except (sqlite3.Error, OverflowError, UnicodeDecodeError):
        raise RefusedError("CORRUPT") from None
    finally:
        connection.close()


def nesting(text: str) -> int:
    """§3: how many lists and objects stand in one another."""
    marks = re.findall(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', text)
    return max(accumulate((mark in "[{") - (mark in "]}") for mark in marks))


def said(entry: Entry) -> dict[str, Any]:
    """§3: what a body says."""

    def no_float(text: str) -> None:
        raise ValueError(text)

    def number(text: str) -> int:
        if not -(2**63) < int(text) < 2**63:
            raise ValueError
        return int(text)

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len({name for name, _ in pairs}) < len(pairs):
            raise ValueError
        return dict(pairs)

    try:
        if len(entry.body) > LONGEST_BODY or entry.body[:1] != b"{" or entry.body[-1:] != b"}":
            raise ValueError
        text = entry.body.decode()
        body = json.loads(text, parse_float=no_float, parse_constant=no_float, parse_int=number, object_pairs_hook=once)
        json.dumps(body, ensure_ascii=False).encode()
        replaces = body.get("replaces", [])
        if nesting(text) > DEEPEST or not isinstance(replaces, list) or not all(isinstance(x, str) for x in replaces):
            raise ValueError
    except (ValueError, RecursionError):
        raise RefusedError("SCHEMA") from None
    if not isinstance(body.get("kind"), str) or not isinstance(body.get("at", ""), str):
        raise RefusedError("SCHEMA")
    return dict(body)


def chains_of(entries: list[Entry]) -> dict[bytes, list[Entry]]:
    chains: dict[bytes, list[Entry]] = {}
    for entry in sorted(entries, key=lambda item: (item.author, item.seq)):
        chains.setdefault(entry.author, []).append(entry)
    return chains


def check_chain(event: bytes, chain: list[Entry]) -> None:
    """§2."""
    before: Entry | None = None
    for number, entry in enumerate(chain, 1):
        if entry.seq != number:
            raise RefusedError("GAP")
        if entry_hash(event, entry, before) != entry.hash or len(entry.sig) != 64:
            raise RefusedError("TAMPERED")
        before = entry
    if before is not None and not signed(before.author, before.hash, before.sig):
        raise RefusedError("TAMPERED")


def check_evidence(contents: Contents, chains: dict[bytes, list[Entry]]) -> None:
    """§4.2."""
    everything = [*contents.entries, *contents.evidence]
    for entry in contents.evidence:
        before: list[Entry | None] = [
            other for other in everything if other.author == entry.author and other.seq == entry.seq - 1
        ]
        if entry.seq == 1:
            before = [None]
        follows = any(entry_hash(contents.event, entry, other) == entry.hash for other in before)
        if not follows or entry.author not in chains or not signed(entry.author, entry.hash, entry.sig):
            raise RefusedError("TAMPERED")


class Notices:
    """Offices, kits and definitions, from the entries of the offices."""

    def __init__(self, event: bytes) -> None:
        self.event = event
        self.rehearsal = False
        self.offices: set[bytes] = set()
        self.kits: dict[str, str] = {}
        self.organisations: set[str] = set()
        self.criteria: set[str] = set()

    def learn(self, chains: dict[bytes, list[Entry]]) -> None:
        """All chains of offices: the notice board first, then whom it names, then whom a takeover names."""
        for author, chain in chains.items():
            body = said(chain[0])
            if body["kind"] == "event" and event_key(author, str(body.get("id", ""))) == self.event:
                self.offices |= {author, *(bytes.fromhex(body.get(role, "")) for role in ("desk", "reserve"))}
                self.rehearsal = body.get("rehearsal") is True
        for author in sorted(self.offices & set(chains)):
            for body in map(said, chains[author]):
                if body["kind"] == "takeover":
                    self.offices |= {bytes.fromhex(body.get(role, "")) for role in ("notice", "desk")}
        for author in self.offices & set(chains):
            for body in map(said, chains[author]):
                self.one(body)

    def one(self, body: dict[str, Any]) -> None:
        if body["kind"] == "roster":
            self.kits.update((item["kit"], item["judge"]) for item in body.get("kits", ()))
        elif body["kind"] == "definition":
            if not isinstance(body.get("definition"), dict):
                raise RefusedError("DEFINITION")
            self.organisations |= {item["id"] for item in body.get("organisations", ())}
            self.criteria |= {item["id"] for item in body.get("criteria", ())}

    def check_judge(self, author: bytes, first: Entry) -> None:
        """§4.5."""
        body = said(first)
        kit, judge = str(body.get("kit", "")), str(body.get("judge", ""))
        if body["kind"] != "open":
            raise RefusedError("TAMPERED")
        if kit not in self.kits:
            raise RefusedError("UNKNOWN_JUDGE")
        enrolled = b"judge-tui enrol v1\x00" + self.event + author
        if self.kits[kit] != judge or not signed_by(kit, enrolled, body.get("enrolment")):
            raise RefusedError("TAMPERED")
        continues = body.get("continues")
        if continues is None:
            return
        named = continues if isinstance(continues, dict) else {"endorsement": ""}
        endorsed = b"judge-tui endorse v1\x00" + self.event + author
        if named.get("endorsement") is not None and not signed_by(
            str(named.get("author", "")), endorsed, named["endorsement"]
        ):
            raise RefusedError("TAMPERED")


def signed_by(author: str, message: bytes, signature: object) -> bool:
    try:
        return signed(bytes.fromhex(author), message, bytes.fromhex(str(signature)))
    except ValueError:
        return False


def verdict(held: Contents, raw: bytes) -> str:
    """§4: the refusal code of a file that is to be merged into what is held, empty where it may be."""
    try:
        contents = read(raw)
        ours, chains = chains_of(held.entries), chains_of(contents.entries)
        notices = Notices(held.event)
        notices.learn(ours)
        if contents.event != held.event:
            theirs = any(
                body.get("rehearsal") is True
                for body in map(guess, (chain[0] for chain in chains.values()))
                if body.get("kind") == "event"
            )
            raise RefusedError("OTHER_EVENT" if theirs == notices.rehearsal else "REHEARSAL")
        for chain in chains.values():
            check_chain(held.event, chain)
        check_evidence(contents, chains)
        bodies = [said(entry) for entry in (*contents.entries, *contents.evidence)]
        notices.learn(chains)
        for author, chain in chains.items():
            if author not in notices.offices:
                notices.check_judge(author, chain[0])
        for entry in contents.evidence:
            if entry.seq == 1 and entry.author not in notices.offices:
                notices.check_judge(entry.author, entry)
        for body in bodies:
            if body["kind"] == "mark" and not (
                one_of(body.get("organisation"), notices.organisations)
                and one_of(body.get("criterion"), notices.criteria)
            ):
                raise RefusedError("DEFINITION")
        places = {(entry.author, entry.seq): entry.hash for entry in held.entries}
        after = {**{entry[:2]: entry.hash for entry in contents.entries}, **places}
        if any(after.get(entry[:2]) != entry.hash for entry in (*contents.entries, *contents.evidence)):
            raise RefusedError("FORK")
    except RefusedError as refused:
        return str(refused)
    return ""


def one_of(value: object, known: set[str]) -> bool:
    return isinstance(value, str) and value in known


def guess(entry: Entry) -> dict[str, Any]:
    try:
        return said(entry)
    except RefusedError:
        return {}


def main(arguments: list[str]) -> int:
    if not arguments:
        print(__doc__)
        return 2
    try:
        files = {name: Path(name).read_bytes() for name in arguments}
    except OSError as error:
        print(f"{error.filename}: {error.strerror}")
        return 2
    try:
        held = read(files[arguments[0]])
        chains = chains_of(held.entries)
        for chain in chains.values():
            check_chain(held.event, chain)
            for entry in chain:
                if not signed(entry.author, entry.hash, entry.sig):
                    raise RefusedError("TAMPERED")
        check_evidence(held, chains)
    except RefusedError as refused:
        print(f"{arguments[0]}: {refused}")
        return 1
    print(f"{arguments[0]}: every hash and every signature of {len(held.entries)} entries is right")
    codes = {name: verdict(held, files[name]) for name in arguments[1:]}
    for name, code in codes.items():
        print(f"{name}: {code or 'may be merged'}")
    return 1 if any(codes.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
