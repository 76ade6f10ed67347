"""A disk that fails: every write, sync, truncate and rename of a mark, a merge and an export fails once, with ENOSPC and EIO.

`strace` makes the call fail in the real process. It counts calls for each process by itself, so one traced parent forks a
child for every fault; a child first makes so many harmless calls that the one to fail is the one that is meant.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.records import safe_copy
from judge_tui.services.records.collecting import merge
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.seats import open_seat
from judge_tui.store.foreign import read_foreign
from tests.crash.ground import ground, sound_entries, spread, totals
from tests.records import Hall, bulk, contest, mark, noon

CALLS = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "openat")
ERRORS = ("ENOSPC", "EIO")
WHEN = 600
"""The call that fails, counted from a child's first; whatever is missing is made up with harmless ones."""


class Scene:
    """One thing that may fail in the middle. `act` does it and says what was acknowledged; `check` looks afterwards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.met = 0

    def act(self) -> int:
        """Do it; how much was acknowledged."""
        return 0

    def check(self, acknowledged: int) -> int:
        """How much of it is wrong afterwards."""
        return acknowledged


class Writing(Scene):
    """Three marks, one of them long; the keys' note is written, too."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.hall = Hall(folder)
        self.hall.write("j1", mark("o1", "c1", 1))
        self.seat = open_seat(self.hall.kit("j1"), keys=self.hall.laptop("j1"))

    def act(self) -> int:
        done = 0
        for value in (2, 3, 4):
            bodies = [mark("o1", "c1", value)] * (40 if value == 3 else 1)
            for _ in range(2):  # the person tries once more
                try:
                    self.seat.file.append(self.seat.signer, bodies)
                except JudgeTuiError:
                    self.met += 1
                    continue
                done += len(bodies)
                break
        return done

    def check(self, acknowledged: int) -> int:
        held = [entry for entry in sound_entries(self.hall.kit("j1")) if b'"mark"' in entry.body]
        return 0 if len(held) == 1 + acknowledged == 43 else 1


class Merging(Scene):
    """Two files merged, then merged again."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        made = bulk(contest(judges=2))
        self.organiser = made.organiser(folder / "trial.db")
        self.files = [
            made.export(folder / f"{judge}.judge", [made.chain(judge, [mark("o1", "c1", n) for n in range(30)])])
            for judge in made.kits
        ]

    def act(self) -> int:
        taken = 0
        for _ in range(2):
            try:
                report = merge(self.organiser, self.files, keys=self.folder / "none")
                taken += report.taken
                self.met += len(report.refused)
            except JudgeTuiError:
                self.met += 1
                continue
        return taken

    def check(self, acknowledged: int) -> int:
        held = [entry for entry in sound_entries(self.organiser) if b'"mark"' in entry.body]
        return 0 if len(held) == 60 and acknowledged in (31, 62) else 1


class Exporting(Scene):
    """A copy handed over, tried twice."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.hall = Hall(folder)
        self.hall.write("j1", mark("o1", "c1", 1))
        self.seat = open_seat(self.hall.kit("j1"), keys=self.hall.laptop("j1"))

    def act(self) -> int:
        for _ in range(2):
            try:
                return hand_over(self.seat, self.hall.stick).entries
            except JudgeTuiError:
                self.met += 1
                continue
        return 0

    def check(self, acknowledged: int) -> int:
        whole = [read_foreign(path.read_bytes()) for path in self.hall.stick.glob("*.judge")]
        return 0 if acknowledged == 2 and len(whole) == 1 else 1


class Copying(Scene):
    """The second copy after a merge, tried twice."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        made = bulk(contest(judges=1))
        self.organiser, self.safe = made.organiser(folder / "trial.db"), folder / "safe"
        self.safe.mkdir()
        safe_copy.choose(self.organiser, self.safe, str, now=noon, found=list)
        chain = made.chain("j1", [mark("o1", "c1", n) for n in range(30)])
        merge(self.organiser, [made.export(folder / "j1.judge", [chain])], keys=folder / "none", now=self.never)

    @staticmethod
    def never() -> datetime:
        """The merge's own copy is made at another second than the one that is tried."""
        return noon() - timedelta(days=1)

    def act(self) -> int:
        for _ in range(2):
            try:
                safe_copy.choose(self.organiser, self.safe, str, now=noon, found=list)
            except JudgeTuiError:
                self.met += 1
                continue
            return 1
        return 0

    def check(self, acknowledged: int) -> int:
        held = set(sound_entries(self.organiser))
        copies = [read_foreign(path.read_bytes()).entries for path in (self.safe / "trial-copy").glob("*.db")]
        return 0 if acknowledged == 1 and any(set(entries) == held for entries in copies) else 1


SCENES: dict[str, type[Scene]] = {"write": Writing, "merge": Merging, "export": Exporting, "copy": Copying}


def harmless(call: str, times: int, scratch: Path) -> None:
    """Calls of this kind that matter to nobody."""
    handle = os.open("/dev/null", os.O_WRONLY)
    spare = os.open(scratch, os.O_RDWR | os.O_CREAT, 0o600)
    small: dict[str, Callable[[], object]] = {
        "pwrite64": lambda: os.pwrite(spare, b".", 0),
        "write": lambda: os.write(handle, b"."),
        "fsync": lambda: os.fsync(spare),
        "fdatasync": lambda: os.fdatasync(spare),
        "ftruncate": lambda: os.ftruncate(spare, 0),
        "rename": lambda: scratch.rename(scratch),
        "openat": lambda: os.close(os.open("/dev/null", os.O_RDONLY)),
    }
    for _ in range(times):
        small[call]()
    os.close(handle)
    os.close(spare)


def child(scene: Scene, call: str, number: int, report: Path) -> None:
    """In a fork: make the `number`-th call of the scene the one that fails, act, and write what was acknowledged."""
    harmless(call, WHEN - number - (1 if call == "openat" else 0), report.with_suffix(".scratch"))
    told: dict[str, object]
    try:
        told = {"done": scene.act(), "met": scene.met}
    except BaseException as error:
        told = {"stray": repr(error)}
    for _ in range(3):  # the report itself may meet the fault
        try:
            report.write_text(json.dumps(told), encoding="utf-8")
            break
        except OSError:
            continue


def played(scene: Scene) -> None:
    """A whole scene in which nothing fails."""
    scene.check(scene.act())
    if hasattr(scene, "seat"):
        scene.seat.file.close()


def fault(name: str, call: str, number: int, folder: Path) -> int:
    """One fault, in a process of its own that sets the scene and a child of it that meets the fault; 1 is
    added for work that was lost, 2 where the program noticed and said so (a note that can be written again is not told)."""
    scene = SCENES[name](folder)
    report = folder / "report"
    pid = os.fork()
    if pid == 0:
        child(scene, call, number, report)
        os._exit(0)
    os.waitpid(pid, 0)
    told = json.loads(report.read_text(encoding="utf-8"))
    if hasattr(scene, "seat"):
        scene.seat.file.close()
    well = "stray" not in told and not scene.check(told["done"])
    if not well:
        print(name, call, number, told, file=sys.stderr)
    return (0 if well else 1) + (2 if told.get("met") else 0)


def faults(name: str, call: str, count: int) -> dict[str, int]:
    """Run inside strace: one setting and one child for every call of the scene."""
    figures = {"faults": count, "lost": 0, "told": 0}
    with tempfile.TemporaryDirectory(dir=os.environ["CRASH_GROUND"]) as temporary:
        played(SCENES[name](Path(temporary)))  # what is loaded only once is loaded here, not in every child
    for number in range(1, count + 1):
        with tempfile.TemporaryDirectory(dir=os.environ["CRASH_GROUND"]) as temporary:
            pid = os.fork()
            if pid == 0:
                outcome = 1
                try:
                    outcome = fault(name, call, number, Path(temporary))
                finally:
                    sys.stderr.flush()
                    os._exit(outcome)
            outcome = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            figures["lost"] += outcome & 1
            figures["told"] += outcome >> 1 & 1
    return figures


def counted(name: str, folder: Path) -> dict[str, int]:
    """How many calls of each kind a scene makes when nothing fails."""
    log = folder / f"{name}.log"
    traced = ["strace", "-f", "-qq", "-e", "trace=" + ",".join(CALLS), "-o", str(log)]
    subprocess.run([*traced, sys.executable, "-m", "tests.crash.full", name, "count"], check=True, cwd=_root())
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    begin = next(index for index, line in enumerate(lines) if "begin-of-scene" in line)
    end = next(index for index, line in enumerate(lines) if "end-of-scene" in line)
    return {call: sum(f" {call}(" in line for line in lines[begin + 1 : end]) for call in CALLS}


def _root() -> Path:
    return Path(__file__).parents[2]


def job(given: tuple[str, str, str, int]) -> dict[str, int]:
    """All faults of one kind in one scene, under strace."""
    name, call, error, count = given
    with ground() as folder:
        traced = [
            "strace",
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-e",
            f"trace={call}",
            "-e",
            f"inject={call}:error={error}:when={WHEN}",
        ]
        ran = subprocess.run(
            [*traced, "-o", "/dev/null", sys.executable, "-m", "tests.crash.full", name, call, str(count)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=_root(),
            env={**os.environ, "CRASH_GROUND": str(folder)},
        )
    if ran.stderr:
        print(ran.stderr, file=sys.stderr)
    if ran.returncode:
        return {"faults": count, "lost": count, "told": 0}
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def run(long: bool = False) -> dict[str, int]:
    """`faults` injected, and after how many of them something acknowledged was `lost`, half-written or could not be repeated."""
    del long  # every call fails once in either run
    with ground() as folder:
        counts = {name: counted(name, folder) for name in SCENES}
    jobs = [
        (name, call, error, count)
        for name, calls in counts.items()
        for call, count in calls.items()
        for error in ERRORS
        if count and call != "openat"
    ]
    random.Random(1).shuffle(jobs)
    return totals(spread(job, jobs))


def main() -> None:
    name, what = sys.argv[1:3]
    if what == "count":
        with ground() as folder:
            scene = SCENES[name](folder)
            os.write(2, b"begin-of-scene\n")
            scene.act()
            os.write(2, b"end-of-scene\n")
            return
    print(json.dumps(faults(name, what, int(sys.argv[3]))))


if __name__ == "__main__":
    main()
