"""Where the runs happen: a fast folder, several processes, and one checked picture of an organiser's or a judge's file."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from judge_tui.domain.ledger import Entry, verify_chain, verify_every
from judge_tui.store import crypto
from judge_tui.store.files import EntryFile

CORES = min(4, os.cpu_count() or 1)


@contextmanager
def ground() -> Iterator[Path]:
    """A temporary folder, in memory where there is such a disk: what is tested is the order of writes, not their speed."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() and os.access(memory, os.W_OK) else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def spread(work: Callable[[Any], Any], jobs: Sequence[Any]) -> list[Any]:
    """Do the jobs on all cores; results in the order of the jobs."""
    if CORES == 1 or len(jobs) == 1:
        return [work(job) for job in jobs]
    with multiprocessing.get_context("fork").Pool(CORES) as pool:
        return pool.map(work, jobs, chunksize=1)


def sound_entries(path: Path, repair: bool = True) -> list[Entry]:
    """Open a file as the program does (which undoes what a crash left half-done) and verify every chain and signature.

    Raises AssertionError, or whatever opening raises.
    """
    with EntryFile.open(path, read_only=not repair) as file:
        entries = file.entries()
        for author in file.heads():
            broken = verify_chain(file.event, author, file.entries(author), crypto.verify)
            assert broken is None, broken
    assert verify_every(entries, crypto.verify) is None
    return entries


def totals(parts: Iterable[dict[str, int]]) -> dict[str, int]:
    """Figures added up."""
    whole: dict[str, int] = {}
    for part in parts:
        for name, count in part.items():
            whole[name] = whole.get(name, 0) + count
    return whole
