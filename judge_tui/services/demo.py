"""The demonstration: a ready contest, issued, played, collected and ranked by the same services and commands as a real one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event
from judge_tui.domain.messages import msg, verbatim
from judge_tui.services.preparing.definitions import load_definition, media_folder
from judge_tui.services.preparing.issuing import issue
from judge_tui.services.records.collecting import MergeReport, merge

SAMPLE = "xindian"
"""The sample event that the demonstration plays."""

PLAY = (sys.executable, "-m", "judge_tui", "play")
"""The command that plays one judge, in a process of its own."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A contest that has been issued: the organiser's file, the judges' kits, and the folder where copies are handed in."""

    event: Event
    folder: Path
    definition: Path
    organiser: Path
    kits: tuple[Path, ...]
    handed_in: Path
    keys: Path

    @property
    def seat(self) -> int:
        """Whose seat is taken, counted from 0: the first judge who is in charge of no organisation, else the first."""
        free = (
            place
            for place, judge in enumerate(self.event.judges)
            if not any(judge.name in organisation.officer for organisation in self.event.organisations)
        )
        return next(free, 0)


def free_folder(parent: Path, name: str) -> Path:
    """`parent/name`, or `name-2`, `name-3` … where that is taken."""
    folder, number = parent / name, 1
    while folder.exists():
        number += 1
        folder = parent / f"{name}-{number}"
    return folder


def prepare(folder: Path, samples: Path, *, keys: Path, sample: str = SAMPLE) -> Demo:
    """Issue the sample event into `folder`, which must not exist yet. Raises JudgeTuiError."""
    definition = samples / sample / "event.toml"
    event = load_definition(definition)
    issued = issue(event, folder, keys=keys, media=media_folder(definition))
    handed_in = folder / "handed-in"
    handed_in.mkdir()
    kits = tuple(kit.path for kit in issued.kits)
    return Demo(event, folder, definition, issued.organiser, kits, handed_in, keys)


def play_kits(
    demo: Demo,
    kits: Sequence[Path],
    on_played: Callable[[Path, int, int], None] | None = None,
    *,
    seed: int = 1,
    workers: int | None = None,
) -> tuple[Path, ...]:
    """Play each kit in a process of its own; returns the copies handed over, in the order of the kits.

    `on_played(kit, done, of)` is told after each. Raises JudgeTuiError with the words of the first process that failed.
    """
    copies: dict[Path, Path] = {}
    with ThreadPoolExecutor(max_workers=workers or os.cpu_count() or 2) as pool:
        running = {pool.submit(_play_one, demo, kit, seed): kit for kit in kits}
        try:
            for done in as_completed(running):
                kit = running[done]
                copies[kit] = done.result()
                if on_played is not None:
                    on_played(kit, len(copies), len(kits))
        except JudgeTuiError:
            pool.shutdown(cancel_futures=True)
            raise
    return tuple(copies[kit] for kit in kits)


def _play_one(demo: Demo, kit: Path, seed: int) -> Path:
    done = subprocess.run(
        [*PLAY, str(kit), str(demo.handed_in), "--seed", str(seed)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    if done.returncode:
        raise JudgeTuiError(
            "PLAY",
            msg("{file} could not be played: {reason}", file=kit.name, reason=verbatim(done.stderr.strip()[-400:])),
        )
    return Path(done.stdout.strip().splitlines()[-1])


def collect(demo: Demo) -> MergeReport:
    """Merge everything that has been handed in."""
    return merge(demo.organiser, sorted(demo.handed_in.glob("*.judge")), keys=demo.keys)


def files_made(demo: Demo) -> tuple[Path, ...]:
    """Every file of the demonstration, by name."""
    return tuple(sorted(path for path in demo.folder.rglob("*") if path.is_file()))
