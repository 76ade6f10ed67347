"""What is being done when the power is cut, and what has to be found afterwards."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from judge_tui.domain.ledger import verify_chain
from judge_tui.services.records import safe_copy
from judge_tui.services.records.collecting import merge
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.table.office import Office
from judge_tui.store import crypto
from judge_tui.store.files import EntryFile
from judge_tui.store.foreign import read_foreign
from judge_tui.store.keyring import Keyring
from tests.records import Hall, bulk, contest, mark, noon

GROUP = 3
ROUNDS = {"write": 14, "merge": 5, "export": 4, "copy": 3}


def write_scene(folder: Path) -> None:
    """A judge gives marks, three in a transaction."""
    with Hall(folder).seat("j1") as seat:
        begin()
        for number in range(ROUNDS["write"]):
            bodies = [mark("o1", "c1", number)] * (GROUP if number != 5 else 10 * GROUP)
            tell(seat.file.append(seat.signer, bodies)[-1].seq)


def merge_scene(folder: Path) -> None:
    """An organiser merges judges' files."""
    made = bulk(contest(judges=ROUNDS["merge"]))
    organiser = made.organiser(folder / "trial.db")
    files = [made.export(folder / f"{j}.judge", [made.chain(j, [mark("o1", "c1", 1)] * 20)]) for j in made.kits]
    begin()
    for path in files:
        merge(organiser, [path], keys=folder / "none")
        tell(path.stem)


def export_scene(folder: Path) -> None:
    """A judge hands over after every mark."""
    hall = Hall(folder)
    hall.stick.mkdir()
    with hall.seat("j1") as seat:
        begin()
        for number in range(ROUNDS["export"]):
            seat.file.append(seat.signer, [mark("o1", "c1", number)])
            tell(hand_over(seat, hall.stick).path.name)


def copy_scene(folder: Path) -> None:
    """An organiser decides something, and his second copy is made again."""
    hall, safe = Hall(folder), folder / "safe"
    safe.mkdir()
    safe_copy.choose(hall.organiser, safe, str, now=noon, found=list)
    office = Office(hall.organiser, hall.keys, noon)
    begin()
    for number in range(ROUNDS["copy"]):
        office.say(("adjust", {"organisation": "o1", "name": "x", "points": number, "reason": "r", "by": ["b"]}))
        safe_copy.renew_file(hall.organiser, now=noon)
        tell(held(hall.organiser))


def held(path: Path) -> int:
    """How many entries are in a file, each of them sound."""
    with EntryFile.open(path) as file:
        heads = file.heads()
        assert all(verify_chain(file.event, a, file.entries(a), crypto.verify) is None for a in heads)
        return sum(head.seq for head in heads.values())


def control_scene(folder: Path, journal: str, synchronous: str) -> None:
    """Rows written with other settings."""
    connection = sqlite3.connect(folder / "rows.db", isolation_level=None)
    connection.execute(f"PRAGMA journal_mode = {journal}")
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("CREATE TABLE row (n INTEGER PRIMARY KEY, pad TEXT)")
    begin()
    for number in range(6):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO row (pad) VALUES (?)", [("x" * 1500,)] * GROUP)
        connection.execute("UPDATE row SET pad = 'y' || substr(pad, 2)")
        connection.execute("COMMIT")
        tell(number)
    os._exit(0)


def begin() -> None:
    tell("begin")


def tell(said: object) -> None:
    os.write(1, f"{said}\n".encode())


def check_write(folder: Path, told: list[str]) -> bool:
    path = folder / "issued" / "trial-j1.judge"
    with EntryFile.open(path) as file:
        heads = file.heads()
        good = all(verify_chain(file.event, a, file.entries(a), crypto.verify) is None for a in heads)
        last = max((heads[a].seq for a in heads if file.entries(a)[0].body.startswith(b'{"kind":"open"')), default=0)
        noted = max(key.seq for key in Keyring(folder / "keys-j1").keys(file.event, "judge"))
    return good and noted <= last and last >= max((int(item) for item in told), default=1) and (last - 1) % GROUP == 0


def check_merge(folder: Path, told: list[str]) -> bool:
    with EntryFile.open(folder / "trial.db") as file:
        heads = file.heads()
        good = all(verify_chain(file.event, a, file.entries(a), crypto.verify) is None for a in heads)
        counts = [head.seq for a, head in heads.items() if file.entries(a)[0].body.startswith(b'{"kind":"open"')]
    return good and len(counts) >= len(told) and set(counts) <= {21}


def check_export(folder: Path, told: list[str]) -> bool:
    for path in (folder / "stick").glob("*.judge"):
        read_foreign(path.read_bytes())
    return all((folder / "stick" / name).exists() for name in told)


def check_copy(folder: Path, told: list[str]) -> bool:
    """Every copy that can be seen is whole, and the newest holds all that was told of; so does the organiser's own file."""
    told_of = max((int(item) for item in told), default=0)
    copies = list((folder / "safe" / "trial-copy").glob("*.db"))
    return max(map(held, copies)) >= told_of <= held(folder / "issued" / "trial.db")


def check_control(folder: Path, told: list[str]) -> bool:
    connection = sqlite3.connect(folder / "rows.db", isolation_level=None)
    try:
        sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        count, whole = connection.execute("SELECT count(*), count(DISTINCT substr(pad, 1, 1)) FROM row").fetchone()
        return sound and count >= len(told) * GROUP and count % GROUP == 0 and whole <= 1
    finally:
        connection.close()


SCENES = {
    "write": (write_scene, check_write),
    "merge": (merge_scene, check_merge),
    "export": (export_scene, check_export),
    "copy": (copy_scene, check_copy),
}
