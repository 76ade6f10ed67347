"""1,000 judges × 360 marks over the local network at once, on the loopback: how soon a mark is receipted, and whether any is lost.

The first part is calm and gives `sync_p99_ms`, from a mark written to its receipt, once all are connected. Then 30 % of the connections are cut at
random, requests are doubled and sent again late, the hub is killed ten times, and the judges' clocks are wrong by years. At
the end every judge must hold the receipt for his last entry, and the organiser's file every entry exactly once.
"""

from __future__ import annotations

import hashlib
import multiprocessing as mp
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing.synchronize import Event as Flag
from pathlib import Path
from typing import Any

from judge_tui.domain.bodies import dump_body
from judge_tui.domain.ledger import Head, event_key
from judge_tui.services.preparing.issuing import definition_body, sign_all
from judge_tui.store import crypto, schema
from judge_tui.store.certificates import make_certificate
from judge_tui.store.files import EntryFile, image
from judge_tui.store.keyring import Keyring
from tests.bench.crowd import Faults, Report, Task, crowd
from tests.records import AT, contest

JUDGES, MARKS, WORKERS, KILLS = 1000, 360, 2, 10
CALM, PACE = 0.4, 0.5
"""The part of the marks that is written before the faults begin; seconds between two marks of one judge."""

WARM, DRAIN = 10.0, 10.0
"""Seconds in which everybody connects for the first time, and before the faults whose marks would be receipted among them:
neither belongs to the calm."""

QUIET = Faults(0.0, 0.0, 0.0)
ROUGH = Faults(cut=0.3, doubled=0.05, late=0.05)


def organiser(folder: Path, judges: int) -> tuple[Path, Path, list[Task]]:
    """An organiser's file, his keys, and what each judge's laptop needs to begin."""
    event = contest(judges=judges, organisations=36, criteria=10)
    notice, desk = crypto.new_key(), crypto.new_key()
    key = event_key(notice.author, event.id)
    keys = folder / "keys"
    pin = make_certificate(keys, key).pin
    kits = {str(judge.id): crypto.new_key() for judge in event.judges}
    bodies = [
        dump_body(
            "event", AT, id=event.id, title=event.title, rehearsal=False, desk=desk.author.hex(), reserve="", hub=pin
        ),
        definition_body(event, AT),
        dump_body("roster", AT, kits=[{"judge": judge, "kit": pair.author.hex()} for judge, pair in kits.items()]),
    ]
    notices = sign_all(key, notice, bodies)
    path = folder / "trial.db"
    chain = sign_all(key, desk, [dump_body("desk", AT, notice=notice.author.hex())])
    path.write_bytes(image(schema.ORGANISER, key, [*notices, *chain]))
    Keyring(keys).add(key, "desk", pair=desk)
    head = Head(notice.author, notices[-1].seq, notices[-1].hash)
    tasks = [
        Task(number, judge, pair.secret, key, desk.author, pin, head)
        for number, (judge, pair) in enumerate(kits.items())
    ]
    return path, keys, tasks


class HubProcess:
    """The hub in a process of its own, killed and started again on the same port."""

    def __init__(self, path: Path, keys: Path) -> None:
        self.path, self.keys, self.port, self.rss = path, keys, 0, 0.0
        self.start()

    def start(self) -> None:
        code = (
            "import sys,time; from pathlib import Path; from judge_tui.services.hub.server import Hub;"
            "from judge_tui.services.hub.limits import Limits;"
            "many=Limits(address_connections=9000, connections=9000, stranger_rate=9000, stranger_burst=9000);"
            "hub=Hub(Path(sys.argv[1]), keys=Path(sys.argv[2]), listen='127.0.0.1', port=int(sys.argv[3]), limits=many);"
            "hub.start(); print(hub.address[1], flush=True); sys.stdin.read(); hub.stop()"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(self.path), str(self.keys), str(self.port)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def measure(self) -> None:
        """The most memory that any run of the hub took, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmHWM:\s+(\d+) kB", status)
        self.rss = max(self.rss, int(found[1]) / 1024 if found else 0.0)

    def kill(self) -> None:
        self.measure()
        os.kill(self.process.pid, signal.SIGKILL)
        self._reap()

    def stop(self) -> None:
        self.measure()
        assert self.process.stdin is not None
        self.process.stdin.close()
        self._reap()

    def _reap(self) -> None:
        self.process.wait(30)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def lost(path: Path, reports: list[Report]) -> int:
    """Entries that are not in the organiser's file, are other than the judge's, or for which he holds no receipt."""
    missing = 0
    with EntryFile.open(path, read_only=True) as file:
        for report in reports:
            held = file.entries(report.author)
            digest = hashlib.sha256(b"".join(entry.hash for entry in held)).hexdigest()
            if digest != report.digest:
                missing += max(1, report.written - len(held))
            missing += report.written - report.receipted
        missing += abs(sum(head.seq for head in file.heads().values()) - 4 - sum(item.written for item in reports))
    return missing


def measure(judges: int, marks: int, kills: int, pace: float = PACE) -> dict[str, float]:
    """One run; figures by name."""
    with tempfile.TemporaryDirectory() as temporary:
        path, keys, tasks = organiser(Path(temporary), judges)
        hub = HubProcess(path, keys)
        context = mp.get_context("spawn")
        storming, answers = context.Event(), context.Queue()
        workers = [
            context.Process(
                target=crowd,
                args=(tasks[n::WORKERS], hub.port, marks, pace, QUIET, ROUGH, storming, answers),
                daemon=True,
            )
            for n in range(WORKERS)
        ]
        start = time.monotonic()
        for worker in workers:
            worker.start()
        begun = answers.get(timeout=120)
        storm = begun + marks * pace * CALM
        reports = _play(hub, storming, answers, judges, kills, storm, marks * pace * (1 - CALM))
        seconds = time.monotonic() - start
        for worker in workers:
            worker.join(30)
        hub.stop()
        missing = lost(path, reports)
        shutil.rmtree(keys)
    waits = [wait for report in reports for wait in report.waits]
    calm = sorted(seconds for written, seconds in waits if begun + WARM < written < storm - DRAIN)
    rough = sorted(seconds for written, seconds in waits if written > storm)
    return {
        "sync_p50_ms": statistics.median(calm) * 1000,
        "sync_p99_ms": calm[len(calm) * 99 // 100] * 1000,
        "sync_faults_p99_ms": rough[len(rough) * 99 // 100] * 1000,
        "hub_rss_mb": hub.rss,
        "entries_lost": missing,
        "judges": judges,
        "marks": sum(report.written - 1 for report in reports),
        "seconds": seconds,
        "kills": kills,
        "cuts": sum(report.cuts for report in reports),
        "doubled": sum(report.doubled for report in reports),
    }


def _play(
    hub: HubProcess, storming: Flag, answers: Any, judges: int, kills: int, storm: float, lasting: float
) -> list[Report]:
    """Let the calm part pass, then kill the hub again and again while the faults go on; the judges' reports."""
    reports: list[Report] = []
    time.sleep(max(0.0, storm - time.monotonic()))
    storming.set()
    for _ in range(kills):
        time.sleep(lasting / (kills + 1))
        hub.kill()
        time.sleep(0.2)
        hub.start()
    while len(reports) < judges:
        found = answers.get(timeout=120)
        if isinstance(found, Report):
            reports.append(found)
    return reports


def run() -> dict[str, float]:
    """The figures of the hub."""
    return measure(JUDGES, MARKS, KILLS)
