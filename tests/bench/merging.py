"""How long merging takes against the least that could be done: raw ATTACH + INSERT … SELECT of the same rows.

Both write into the same table with the same journal and one commit a file, in the same run, interleaved; medians.
"""

from __future__ import annotations

import gc
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from judge_tui.domain.bodies import dump_body
from judge_tui.domain.ledger import Entry, next_entry
from judge_tui.services.records.collecting import merge
from judge_tui.services.records.contest import open_contest
from judge_tui.store import crypto
from judge_tui.store.foreign import read_foreign
from tests.records import AT, Bulk, bulk, contest, submit

ENTRIES = 1080
ROUNDS = 5


def sheet(made: Bulk, judge: str, count: int, organisations: int = 36, criteria: int = 10) -> list[Entry]:
    """A judge's chain of `count` entries: the whole sheet, then corrections of every cell, a submission at the end."""
    pair = crypto.new_key()
    chain = made.chain(judge, [], pair)
    current: dict[int, str] = {}
    for index in range(count - 2):
        cell = index % (organisations * criteria)
        body = dump_body(
            "mark",
            AT,
            organisation=f"o{cell // criteria + 1}",
            criterion=f"c{cell % criteria + 1}",
            value=60_000 + index * 7 % 70 * 500,
            **({"replaces": [current[cell]]} if cell in current else {}),
        )
        chain.append(next_entry(made.key, pair, chain[-1], body))
        current[cell] = chain[-1].hash.hex()
    chain.append(next_entry(made.key, pair, chain[-1], submit()))
    return chain


def make(folder: Path, files: int, entries: int) -> tuple[Bulk, Path, list[Path]]:
    """An organiser's file and `files` judges' files of `entries` entries each."""
    made = bulk(contest(judges=files, organisations=36, criteria=10))
    paths = [made.export(folder / f"{judge.id}.judge", [sheet(made, judge.id, entries)]) for judge in made.event.judges]
    return made, made.organiser(folder / "trial.db"), paths


def raw(organiser: Path, paths: Sequence[Path]) -> None:
    """The least: nothing read, nothing verified."""
    connection = sqlite3.connect(organiser, isolation_level=None)
    offices = [row[0] for row in connection.execute("SELECT DISTINCT author FROM entry")]
    connection.execute("PRAGMA journal_mode = TRUNCATE")
    connection.execute("PRAGMA synchronous = FULL")
    for path in paths:
        connection.execute("ATTACH ? AS handed", (str(path),))
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO entry SELECT * FROM handed.entry WHERE author NOT IN (?, ?)", offices)
        connection.execute("COMMIT")
        connection.execute("DETACH handed")
    connection.close()


@contextmanager
def timed(taken: list[float]) -> Iterator[None]:
    gc.collect()
    start = time.perf_counter()
    yield
    taken.append(time.perf_counter() - start)


def measure(files: int, entries: int, rounds: int, jobs: Sequence[str]) -> dict[str, float]:
    """Median seconds of each job and of `raw`, interleaved; every job on fresh copies."""
    taken: dict[str, list[float]] = {name: [] for name in ("raw", *jobs)}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _, organiser, paths = make(folder, files, entries)
        read_foreign(paths[0].read_bytes())  # what is imported only once is not part of the ratio
        for _ in range(rounds):
            for name in ("raw", *jobs):
                copy = folder / name / organiser.name
                shutil.rmtree(copy.parent, ignore_errors=True)
                copy.parent.mkdir()
                shutil.copyfile(organiser, copy)
                if name == "remerge":
                    merge(copy, paths, keys=folder / "none")
                with timed(taken[name]):
                    JOBS[name](copy, paths)
    return {name: statistics.median(times) for name, times in taken.items()}


def _merge(organiser: Path, paths: Sequence[Path]) -> None:
    report = merge(organiser, paths, keys=organiser.parent / "none")
    assert not report.refused, report.refused[0]


def _merged(organiser: Path, paths: Sequence[Path]) -> None:
    _merge(organiser, paths)
    found = open_contest(organiser)
    assert found.received[0].submitted, found.received[0]


JOBS: dict[str, Callable[[Path, Sequence[Path]], None]] = {
    "raw": raw,
    "merge": _merge,
    "merged": _merged,
    "remerge": _merge,
}


def run() -> dict[str, float]:
    """The figures of merging, each a ratio to raw."""
    hundred = measure(100, ENTRIES, ROUNDS, ("merge", "merged", "remerge"))
    thousand = measure(1000, ENTRIES, 1, ("merge",))
    million = measure(1, 1_000_000, 1, ("merge",))
    return {
        "merge_100": hundred["merge"] / hundred["raw"],
        "merged_100": hundred["merged"] / hundred["raw"],
        "remerge_100": hundred["remerge"] / hundred["raw"],
        "merge_1000": thousand["merge"] / thousand["raw"],
        "merge_1m": million["merge"] / million["raw"],
        "raw_100_seconds": hundred["raw"],
    }
