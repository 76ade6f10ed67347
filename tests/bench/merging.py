"""How long merging takes against the least that could be done: raw ATTACH + INSERT … SELECT of the same rows.

Both write into the same table with the same journal and one commit a file, in the same run, interleaved; medians.
"""

from __future__ import annotations

import asyncio
import gc
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from textual.widgets import Label

from judge_tui.domain.bodies import dump_body
from judge_tui.domain.ledger import Entry, next_entry
from judge_tui.services.records.collecting import merge
from judge_tui.services.table.office import Office
from judge_tui.store import crypto
from judge_tui.store.foreign import read_foreign
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.screens.organiser import OrganiserScreen
from tests.bench.terminal import Terminal
from tests.records import AT, Bulk, bulk, contest, submit
from tests.ui.desk.stage import Opened

ENTRIES = 1080
ROUNDS = 5
COLLECT = "\x1b[15~"
"""F5."""


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


def timed(act: Callable[[Path, Sequence[Path]], None]) -> Callable[[Path, Sequence[Path]], float]:
    """The act with the seconds it took."""

    def measured(organiser: Path, paths: Sequence[Path]) -> float:
        gc.collect()
        start = time.perf_counter()
        act(organiser, paths)
        return time.perf_counter() - start

    return measured


def _merge(organiser: Path, paths: Sequence[Path]) -> None:
    report = merge(organiser, paths, keys=organiser.parent / "none")
    assert not report.refused, report.refused[0]


def _remerge(organiser: Path, paths: Sequence[Path]) -> float:
    _merge(organiser, paths)
    return timed(_merge)(organiser, paths)


def _merged(organiser: Path, paths: Sequence[Path]) -> float:
    """The merge, the projections rebuilt, and the table's picture of them painted, in one process."""
    return asyncio.run(_painted(organiser, paths))


async def _painted(organiser: Path, paths: Sequence[Path]) -> float:
    screen = OrganiserScreen(Office(organiser, organiser.parent / "none"), Opened().doors())
    app = JudgeApp(lambda: screen)
    async with app.run_test(size=(160, 50)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        gc.collect()
        start = time.perf_counter()
        _merge(organiser, paths)
        screen.reload()
        await app.workers.wait_for_complete()
        for _ in range(10_000):  # the picture is taken as soon as it is due; a pause of the pilot would be counted, too
            if f"{len(paths)}/{len(paths)}" in str(screen.query_one("#received", Label).content):
                break
            await asyncio.sleep(0.001)
        shown = "".join(segment.text for line in screen._compositor.render_strips() for segment in line)
        taken = time.perf_counter() - start
        assert f"{len(paths)}/{len(paths)}" in shown
    return taken


def _at_the_table(organiser: Path, paths: Sequence[Path]) -> float:
    """At the real table in a terminal: from the Enter that takes the folder in until the head says that every judge is complete."""
    arguments = ["-m", "judge_tui", "--lang", "en", "organise", str(organiser)]
    with Terminal(arguments, 160, 50, {"JUDGE_TUI_HOME": str(organiser.parent)}) as terminal:
        terminal.until(f"0/{len(paths)} judges")
        terminal.quiet(0.5)
        for keys in ("2", COLLECT, str(paths[0].parent)):
            terminal.type(keys)
            terminal.quiet(0.5)
        start = time.perf_counter()
        terminal.type("\r")
        return terminal.until(f"{len(paths)}/{len(paths)} judges")[0] - start


JOBS: dict[str, Callable[[Path, Sequence[Path]], float]] = {
    "raw": timed(raw),
    "merge": timed(_merge),
    "merged": _merged,
    "at the table": _at_the_table,
    "remerge": _remerge,
}


def measure(files: int, entries: int, rounds: int, jobs: Sequence[str]) -> dict[str, float]:
    """Median seconds of each job and of `raw`, interleaved; every job on fresh copies."""
    taken: dict[str, list[float]] = {name: [] for name in ("raw", *jobs)}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "files").mkdir()
        _, organiser, paths = make(folder / "files", files, entries)
        read_foreign(paths[0].read_bytes())  # what is imported only once is not part of the ratio
        for _ in range(rounds):
            for name in ("raw", *jobs):
                copy = folder / name / organiser.name
                shutil.rmtree(copy.parent, ignore_errors=True)
                copy.parent.mkdir()
                shutil.copyfile(organiser, copy)
                taken[name].append(JOBS[name](copy, paths))
    return {name: statistics.median(times) for name, times in taken.items()}


def run() -> dict[str, float]:
    """The figures of merging, each a ratio to raw. `merged_100` ends with the table's picture painted in this process,
    `at_the_table_100` is what a person waits for at the real one: threads, every file's verdict and a terminal come on top."""
    hundred = measure(100, ENTRIES, ROUNDS, ("merge", "merged", "remerge", "at the table"))
    thousand = measure(1000, ENTRIES, 1, ("merge",))
    million = measure(1, 1_000_000, 1, ("merge",))
    return {
        "merge_100": hundred["merge"] / hundred["raw"],
        "merged_100": hundred["merged"] / hundred["raw"],
        "remerge_100": hundred["remerge"] / hundred["raw"],
        "merge_1000": thousand["merge"] / thousand["raw"],
        "merge_1m": million["merge"] / million["raw"],
        "at_the_table_100": hundred["at the table"] / hundred["raw"],
        "raw_100_seconds": hundred["raw"],
    }
