"""`kill -9` at any moment: what was acknowledged is there, and nothing is there by half.

Each victim is a fork of a warm process, so that the kill meets the work and not the start of an interpreter.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

from judge_tui.services.records.collecting import merge
from judge_tui.services.seat.handover import hand_over
from judge_tui.store.foreign import read_foreign
from tests.crash.ground import CORES, ground, sound_entries, spread, totals
from tests.records import Hall, bulk, contest, mark

QUICK = {"write": 100, "merge": 50, "export": 50}
LONG = {"write": 1000, "merge": 300, "export": 300}
ANEW = 20
"""Kills that a judge's file has to bear before the next begins with a new one: each is followed by a look at every entry."""

GROUP = 3
"""Entries in one transaction of the writer: all or none."""


def killed(work: Callable[[Callable[[str], None]], None], dice: random.Random, most: float) -> list[str]:
    """Run `work` in a process of its own, kill it after a while, and give what it acknowledged before."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            work(lambda said: void(os.write(writing, f"{said}\n".encode())))
            time.sleep(10)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as heard:
        first = heard.readline()
        time.sleep(dice.random() * most)
        os.kill(pid, signal.SIGKILL)
        rest = heard.read()
    os.waitpid(pid, 0)
    return [line.decode() for line in (first + rest).split(b"\n")[:-1]]


def void(_: object) -> None:
    return None


def write_round(hall: Hall, dice: random.Random) -> dict[str, int]:
    """Entries appended in groups."""
    path = hall.kit("j1")

    def work(tell: Callable[[str], None]) -> None:
        with hall.seat("j1") as seat:
            tell("ready")
            while True:
                bodies = [mark("o1", "c1", dice.randrange(100)) for _ in range(GROUP)]
                tell(str(seat.file.append(seat.signer, bodies)[-1].seq))

    told = killed(work, dice, 0.05)
    entries = sound_entries(path)
    own = {entry.author for entry in entries if entry.seq == 1 and b'"kind":"open"' in entry.body}
    last = max((entry.seq for entry in entries if entry.author in own), default=0)
    acknowledged = max((int(line) for line in told[1:]), default=0)
    return {"kills": 1, "lost": max(0, acknowledged - last), "partial": (last - 1) % GROUP if last else 0}


def merge_round(folder: Path, files: list[Path], whole: dict[bytes, int], dice: random.Random) -> dict[str, int]:
    """Files merged one after another."""
    organiser = folder / "trial.db"

    def work(tell: Callable[[str], None]) -> None:
        tell("ready")
        merge(organiser, files, keys=folder, on_verdict=lambda verdict: tell(f"{verdict.file.stem} {verdict.code}"))

    told = killed(work, dice, 0.1)
    held: dict[bytes, int] = {}
    for entry in sound_entries(organiser):
        held[entry.author] = held.get(entry.author, 0) + 1
    partial = sum(1 for author, count in held.items() if author in whole and count != whole[author])
    taken = sum(1 for author in whole if author in held)
    return {"kills": 1, "lost": max(0, len(told) - 1 - taken), "partial": partial}


def export_round(hall: Hall, stick: Path, dice: random.Random) -> dict[str, int]:
    """Copies handed over onto a stick, one for each new mark."""

    def work(tell: Callable[[str], None]) -> None:
        with hall.seat("j1") as seat:
            tell("ready")
            while True:
                seat.file.append(seat.signer, [mark("o1", "c1", dice.randrange(100))])
                tell(hand_over(seat, stick).path.name)

    told = killed(work, dice, 0.06)
    partial = 0
    for path in stick.glob("*.judge"):
        try:
            read_foreign(path.read_bytes())
        except Exception:
            partial += 1
    lost = sum(1 for name in told[1:] if not (stick / name).exists())
    return {"kills": 1, "lost": lost, "partial": partial}


def batch(job: tuple[str, int, int]) -> dict[str, int]:
    """Some kills of one kind."""
    kind, seed, count = job
    dice = random.Random(f"{kind}{seed}")
    figures: list[dict[str, int]] = []
    with ground() as folder:
        if kind == "merge":
            made = bulk(contest(judges=12))
            chains = {judge: made.chain(judge, [mark("o1", "c1", n) for n in range(1, 40)]) for judge in made.kits}
            (folder / "handed").mkdir()
            files = [made.export(folder / "handed" / f"{judge}.judge", [chain]) for judge, chain in chains.items()]
            whole = {chain[0].author: len(chain) for chain in chains.values()}
            for _ in range(count):
                made.organiser(folder / "trial.db")
                figures.append(merge_round(folder, files, whole, dice))
        else:
            for number in range(count):
                if number % ANEW == 0:
                    hall = Hall(folder / f"hall{number}")
                if kind == "write":
                    figures.append(write_round(hall, dice))
                else:
                    figures.append(export_round(hall, folder / f"stick{number}", dice))
    return totals(figures)


def run(long: bool = False) -> dict[str, int]:
    """`kills`, acknowledged work that is `lost`, work that is there by half (`partial`)."""
    counts = LONG if long else QUICK
    jobs = [
        (kind, seed, count // CORES + (seed < count % CORES)) for kind, count in counts.items() for seed in range(CORES)
    ]
    return totals(spread(batch, jobs))
