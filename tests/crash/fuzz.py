"""Hostile files: every one is refused with a code, or adds nothing but genuine entries. No other exception."""

from __future__ import annotations

import hashlib
import importlib.util
import random
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import judge_tui
from judge_tui.domain.bodies import dump_body
from judge_tui.domain.ledger import Entry, next_entry
from judge_tui.services.preparing.issuing import sign_all
from judge_tui.services.records.collecting import merge
from judge_tui.store import crypto
from judge_tui.store.files import EntryFile, image
from tests.crash.ground import CORES, ground, spread, totals
from tests.records import AT, Bulk, bulk, contest, mark, submit

QUICK, LONG = 5_200, 204_000

REFUSALS = frozenset(
    [
        "EMPTY",
        "ENCRYPTED",
        "TOO_BIG",
        "NOT_SQLITE",
        "TRUNCATED",
        "CORRUPT",
        "WAL_MODE",
        "FOREIGN",
        "NEWER",
        "OLDER",
        "OTHER_EVENT",
        "REHEARSAL",
        "SCHEMA",
        "UNKNOWN_JUDGE",
        "TAMPERED",
        "GAP",
        "FORK",
        "DEFINITION",
    ]
)


@dataclass(frozen=True)
class Genuine:
    """What was really written: the organiser's part, the judges' files, and every entry in them."""

    made: Bulk
    files: list[bytes]
    entries: frozenset[Entry]
    chains: dict[str, list[Entry]]
    branch: list[Entry]


def genuine(folder: Path) -> Genuine:
    """Two judges, one of whom forked, and a tree file with all of it."""
    made = bulk(contest(judges=2))
    pair = crypto.new_key()
    marks = [mark(f"o{o}", f"c{c}", 60 + o + c) for o in (1, 2, 3) for c in (1, 2)]
    one = made.chain("j1", [*marks, dump_body("comment", AT, organisation="o1", text="好" * 30, replaces=[]), submit()])
    two = made.chain("j2", marks[:3], pair)
    branch = [next_entry(made.key, pair, two[-2], mark("o3", "c2", 99))]
    branch.append(next_entry(made.key, pair, branch[0], submit()))
    files = [
        made.export(folder / "one", [one]).read_bytes(),
        made.export(folder / "two", [two]).read_bytes(),
        made.export(folder / "tree", sorted([one, two], key=lambda chain: chain[0].author), branch).read_bytes(),
    ]
    entries = frozenset([*made.notices, *made.desk, *one, *two, *branch])
    return Genuine(made, files, entries, {"j1": one, "j2": two}, branch)


def flip_bits(raw: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 6)):
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)


def overwrite(raw: bytearray, dice: random.Random) -> None:
    start = dice.randrange(len(raw))
    length = dice.choice((1, 4, 32, 64, 512))
    raw[start : start + length] = dice.choice((bytes(length), dice.randbytes(length)))[: len(raw) - start]


def header(raw: bytearray, dice: random.Random) -> None:
    raw[dice.randrange(min(100, len(raw)))] = dice.choice((0, 1, 2, 0x7F, 0xFF, dice.randrange(256)))


def cut(raw: bytearray, dice: random.Random) -> None:
    del raw[dice.choice((0, 50, 99, 100, 512, 4096, dice.randrange(len(raw)), len(raw) - 1)) :]


def append(raw: bytearray, dice: random.Random) -> None:
    raw += dice.choice((b"\x00", bytes(4096), dice.randbytes(4096)))


def swap_pages(raw: bytearray, dice: random.Random) -> None:
    pages = max(1, len(raw) // 4096)
    one, two = dice.randrange(pages) * 4096, dice.randrange(pages) * 4096
    raw[one : one + 4096], raw[two : two + 4096] = raw[two : two + 4096], raw[one : one + 4096]


def drop_page(raw: bytearray, dice: random.Random) -> None:
    start = dice.randrange(max(1, len(raw) // 4096)) * 4096
    del raw[start : start + 4096]


def edit_text(raw: bytearray, dice: random.Random) -> None:
    """A mark raised with an editor for bytes, lengths kept."""
    old, new = dice.choice(((b'"value":6', b'"value":9'), (b'"o1"', b'"o2"'), (b'"c1"', b'"c2"'), (b"sheet", b"turn!")))
    found = [at.start() for at in re.finditer(re.escape(old), raw)]
    if found:
        at = dice.choice(found)
        raw[at : at + len(old)] = new


BYTES: tuple[Callable[[bytearray, random.Random], None], ...] = (
    flip_bits, overwrite, header, cut, append, swap_pages, drop_page, edit_text,
)  # fmt: skip

STATEMENTS = (
    "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '\"value\":6', '\"value\":9') AS BLOB) WHERE seq = {seq}",
    "UPDATE entry SET seq = seq + 1 WHERE seq >= {seq} AND seq = (SELECT max(seq) FROM entry)",
    "UPDATE entry SET hash = randomblob(32) WHERE seq = {seq}",
    "UPDATE entry SET sig = randomblob(64) WHERE seq = {seq}",
    "UPDATE entry SET sig = zeroblob(63) WHERE seq = {seq}",
    "UPDATE entry SET author = randomblob(32) WHERE seq = {seq}",
    "UPDATE entry SET body = randomblob(40) WHERE seq = {seq}",
    "UPDATE entry SET body = x'' WHERE seq = {seq}",
    "DELETE FROM entry WHERE seq = {seq}",
    "DELETE FROM entry WHERE seq > {seq}",
    "DELETE FROM entry WHERE seq = 1",
    "INSERT INTO entry SELECT randomblob(32), seq, body, hash, sig FROM entry WHERE seq = {seq} LIMIT 1",
    "INSERT INTO entry SELECT author, seq + 100, body, hash, sig FROM entry WHERE seq = {seq} LIMIT 1",
    "INSERT OR IGNORE INTO entry SELECT author, 0, body, hash, sig FROM entry WHERE seq = {seq} LIMIT 1",
    "INSERT OR IGNORE INTO entry SELECT author, -5, body, hash, sig FROM entry WHERE seq = {seq} LIMIT 1",
    "UPDATE entry SET body = (SELECT body FROM entry AS other WHERE other.seq = {seq} + 1 LIMIT 1) WHERE seq = {seq}",
    "INSERT OR IGNORE INTO evidence SELECT author, seq, randomblob(32), body, sig FROM entry WHERE seq = {seq}",
    "INSERT OR IGNORE INTO evidence SELECT author, seq + 1, hash, body, sig FROM entry WHERE seq = {seq}",
    "INSERT OR IGNORE INTO evidence SELECT author, seq, hash, body, sig FROM entry WHERE seq = {seq}",
    "INSERT OR REPLACE INTO head SELECT author, 99, hash, sig FROM entry WHERE seq = {seq}",
    "INSERT INTO head VALUES (randomblob(32), 9, randomblob(32), randomblob(64))",
    "DELETE FROM about",
    "UPDATE about SET value = upper(value)",
    "UPDATE about SET value = hex(randomblob(32)) WHERE key = 'event'",
    "UPDATE about SET value = 'organiser'",
    "INSERT INTO local VALUES ('judge', 'j2')",
    "INSERT INTO import_log VALUES ('x', '', '', '', '', '')",
    "CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END",
    "CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r",
    "CREATE TABLE t (n CHECK (n < (SELECT 1)))",
    "CREATE TABLE t (n CHECK (length(zeroblob(1000000000)) > n))",
    "CREATE INDEX i ON entry (length(body))",
    "DROP VIEW scores",
    "DROP TABLE local",
    "ALTER TABLE local ADD COLUMN more TEXT",
    "PRAGMA user_version = {seq}",
    "PRAGMA application_id = {seq}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA auto_vacuum = FULL; VACUUM",
    "ANALYZE",
    "VACUUM",
)


def edit_rows(path: Path, raw: bytes, dice: random.Random) -> bytes:
    """Worked on with another program."""
    path.write_bytes(raw)
    connection = sqlite3.connect(path, isolation_level=None)
    for _ in range(dice.choice((1, 1, 1, 2))):
        try:
            connection.executescript(dice.choice(STATEMENTS).format(seq=dice.randint(1, 7)))
        except sqlite3.Error:
            continue
    if dice.random() < 0.1:  # a view under a name of ours that says something else
        connection.executescript(
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = sql || ' ' WHERE name = 'scores'"
        )
    connection.close()
    return path.read_bytes()


def forge(source: Genuine, dice: random.Random) -> bytes:
    """Signed anew by somebody who has the export, but neither the judge's key nor his kit."""
    made, thief = source.made, crypto.new_key()
    honest = source.chains[dice.choice(("j1", "j2"))]
    bodies = [entry.body for entry in honest]
    place = dice.randrange(1, len(bodies))
    bodies[place] = mark("o1", "c1", dice.choice((0, 100)))
    kind = dice.randrange(6)
    if kind == 0:  # the whole chain in another name, with the judge's own first entry
        forged = sign_all(made.key, thief, bodies)
    elif kind == 1:  # only what follows, under the judge's name
        forged = [*honest[:place], *_continue(made, thief, honest[place - 1], bodies[place:])]
        forged = [entry._replace(author=honest[0].author) for entry in forged]
    elif kind == 2:  # a kit nobody issued
        other = Bulk(made.key, made.event, [], [], {"j1": crypto.new_key()})
        forged = other.chain("j1", bodies[1:], thief)
    elif kind == 3:  # the notice board in another name
        forged = sign_all(made.key, thief, [entry.body for entry in made.notices])
    elif kind == 4:  # a judge who signs as an office
        forged = sign_all(made.key, thief, [dump_body("desk", AT), dump_body("adjust", AT, points=9)])
    else:  # hashes recomputed, the old signatures kept
        forged = [
            entry._replace(author=honest[0].author, sig=honest[min(index, len(honest) - 1)].sig)
            for index, entry in enumerate(sign_all(made.key, thief, bodies))
        ]
    evidence = [entry for entry in forged if entry.seq > 1] if dice.random() < 0.2 else []
    entries = [*made.notices, *(honest if evidence else forged)]
    try:
        return image("hand-over", made.key, entries, evidence=evidence)
    except sqlite3.IntegrityError:
        return image("hand-over", made.key, forged)


def _continue(made: Bulk, pair: crypto.KeyPair, last: Entry, bodies: list[bytes]) -> list[Entry]:
    chain = []
    for body in bodies:
        last = next_entry(made.key, pair, last, body)
        chain.append(last)
    return chain


def mutant(source: Genuine, path: Path, dice: random.Random) -> bytes:
    """One hostile file."""
    raw = dice.choice(source.files)
    kind = dice.random()
    if kind < 0.5:
        spoiled = bytearray(raw)
        for _ in range(dice.choice((1, 1, 2))):
            if spoiled:
                dice.choice(BYTES)(spoiled, dice)
        return bytes(spoiled)
    if kind < 0.85:
        return edit_rows(path, raw, dice)
    return forge(source, dice)


def second_verifier() -> Any:
    """The verifier that was written from the format page alone."""
    path = Path(judge_tui.__file__).parent / "docs" / "verifier" / "verify.py"
    spec = importlib.util.spec_from_file_location("second_verifier", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["second_verifier"] = module
    spec.loader.exec_module(module)
    return module


def keep(raw: bytes, what: str) -> None:
    """Put a file aside with which something went wrong, and say what."""
    name = f"judge-tui-fuzz-{hashlib.sha256(raw).hexdigest()[:12]}.judge"
    path = Path(tempfile.gettempdir(), name)
    path.write_bytes(raw)
    print(f"{path}: {what}", file=sys.stderr)


def batch(job: tuple[int, int]) -> dict[str, int]:
    """Some hostile files, each merged into an organiser's file of its own, which then holds genuine entries only."""
    seed, count = job
    dice = random.Random(seed)
    other = second_verifier()
    figures = {"files": 0, "wrong": 0, "stray": 0, "refused": 0, "disagreed": 0}
    with ground() as folder:
        source = genuine(folder)
        organiser = source.made.organiser(folder / "trial.db")
        empty = organiser.read_bytes()
        held = other.read(empty)
        path = folder / "hostile.judge"
        for _ in range(count):
            raw = mutant(source, folder / "edited", dice)
            path.write_bytes(raw)
            organiser.write_bytes(empty)
            figures["files"] += 1
            try:
                verdict = merge(organiser, [path], keys=folder).verdicts[0]
            except Exception as error:
                figures["stray"] += 1
                keep(raw, repr(error))
                continue
            second = other.verdict(held, raw)
            with EntryFile.open(organiser, read_only=True) as file:
                wrong = len({*file.entries(), *file.evidence()} - source.entries)
            stray = verdict.refused and verdict.code not in REFUSALS
            figures["refused"] += verdict.refused
            figures["stray"] += stray
            figures["disagreed"] += second != verdict.code
            figures["wrong"] += wrong
            if stray or wrong or second != verdict.code:
                keep(raw, f"{verdict.code}: {verdict.message}; the second verifier: {second}; wrong entries: {wrong}")
            shutil.rmtree(folder / "trial-quarantine", ignore_errors=True)
    return figures


def run(long: bool = False) -> dict[str, int]:
    """`files` tried, `wrong` entries accepted, `stray` exceptions or verdicts that are no refusal, and how often the second
    verifier `disagreed`."""
    count = LONG if long else QUICK
    parts = CORES * (8 if long else 2)
    return totals(spread(batch, [(seed, count // parts) for seed in range(parts)]))
