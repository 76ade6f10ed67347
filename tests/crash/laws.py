"""The laws of merging, on real files: order, grouping and repetition do not matter, and nothing is ever lost.

Examples are drawn by Hypothesis; the stateful machine lets judges write, hand over, keep old copies, fork and damage files,
and hubs merge them and one another.
"""

from __future__ import annotations

import itertools
import shutil
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from judge_tui.domain.ledger import Entry, next_entry
from judge_tui.domain.projection import Projection, project
from judge_tui.services.records.collecting import merge
from judge_tui.store import crypto
from judge_tui.store.files import EntryFile
from tests.crash.ground import ground
from tests.records import Bulk, bulk, contest, mark, submit

QUICK, LONG = (300, 75, 40), (5000, 1000, 80)
JUDGES = ("j1", "j2", "j3")

writings = st.lists(
    st.tuples(
        st.sampled_from(JUDGES),
        st.integers(1, 3),
        st.integers(1, 2),
        st.integers(0, 100),
        st.booleans(),
        st.sampled_from(("write", "write", "write", "submit", "hand over", "hand over", "fork")),
    ),
    max_size=14,
)


class Judges:
    """Judges with keys in memory, who write chains and hand over files; one who forks continues from an earlier entry."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: Bulk = bulk(contest())
        self.pairs = {judge: crypto.new_key() for judge in JUDGES}
        self.chains: dict[str, list[Entry]] = {
            judge: self.made.chain(judge, [], pair) for judge, pair in self.pairs.items()
        }
        self.handed: list[Path] = []
        self.all_handed: set[Entry] = {*self.made.notices, *self.made.desk}
        self._names = itertools.count()

    def write(self, judge: str, body: bytes) -> None:
        chain = self.chains[judge]
        chain.append(next_entry(self.made.key, self.pairs[judge], chain[-1], body))

    def mark(self, judge: str, organisation: int, criterion: int, value: int, replacing: bool) -> None:
        old = [entry.hash.hex() for entry in self.chains[judge][1:]][-1:] if replacing else []
        self.write(judge, mark(f"o{organisation}", f"c{criterion}", value, *old))

    def fork(self, judge: str) -> None:
        """A copy of the laptop, keys and all, goes on from an earlier entry."""
        chain = self.chains[judge]
        if len(chain) > 2:
            self.chains[judge] = chain[: len(chain) // 2 + 1]

    def hand_over(self, judge: str) -> Path:
        path = self.folder / f"{next(self._names)}.judge"
        self.made.export(path, [self.chains[judge]])
        self.handed.append(path)
        self.all_handed.update(self.chains[judge])
        return path

    def organiser(self, name: str) -> Path:
        return self.made.organiser(self.folder / f"{name}.db")


def everything(path: Path) -> set[Entry]:
    with EntryFile.open(path, read_only=True) as file:
        return {*file.entries(), *file.evidence()}


def state(path: Path) -> Projection:
    with EntryFile.open(path, read_only=True) as file:
        return project(file.entries(), file.event, file.evidence())


def taken(organiser: Path, *files: Path) -> None:
    report = merge(organiser, files, keys=organiser.parent / "none")
    assert all(verdict.code in ("", "FORK") for verdict in report.verdicts), report.verdicts


def played(folder: Path, acts: list[tuple[Any, ...]]) -> Judges:
    """Judges after these acts, everything handed over at the end."""
    judges = Judges(folder)
    for judge, organisation, criterion, value, replacing, act in acts:
        if act == "write":
            judges.mark(judge, organisation, criterion, value, replacing)
        elif act == "submit":
            judges.write(judge, submit(f"o{organisation}" if replacing else ""))
        elif act == "fork":
            judges.fork(judge)
        else:
            judges.hand_over(judge)
    for judge in JUDGES:
        judges.hand_over(judge)
    return judges


def laws(acts: list[tuple[Any, ...]], shuffle: Callable[[list[Path]], None]) -> None:
    """Commutative, associative, idempotent, complete; a pure function of the set whatever the order of the entries."""
    with ground() as folder:
        judges = played(folder, acts)
        one, other, left, right, top = (judges.organiser(name) for name in ("one", "other", "left", "right", "top"))
        mixed = list(judges.handed)
        shuffle(mixed)
        taken(one, *judges.handed)
        taken(other, *mixed)
        half = len(mixed) // 2
        taken(left, *mixed[:half])
        taken(right, *mixed[half:], *mixed[:1])
        taken(top, left, right)
        assert everything(one) == judges.all_handed
        assert everything(one) == everything(other) == everything(top)
        digest = state(one).digest
        assert digest == state(other).digest == state(top).digest
        before = one.read_bytes()
        taken(one, *mixed)
        assert one.read_bytes() == before
        entries = list(everything(one))
        assert project(entries, judges.made.key).digest == digest
        assert project(entries[::-1], judges.made.key).digest == digest


class Merging(RuleBasedStateMachine):
    """Judges write and hand over; hubs merge files, old copies and one another; some files are damaged on the way."""

    @initialize()
    def begin(self) -> None:
        self.around: Iterator[Path] = iter(())
        self.context = ground()
        self.judges = Judges(self.context.__enter__())
        self.hubs = [self.judges.organiser(name) for name in ("hall", "venue", "town")]
        self.known: list[set[Entry]] = [set(everything(hub)) for hub in self.hubs]

    @rule(judge=st.sampled_from(JUDGES), organisation=st.integers(1, 3), value=st.integers(0, 100), again=st.booleans())
    def writes(self, judge: str, organisation: int, value: int, again: bool) -> None:
        self.judges.mark(judge, organisation, 1, value, again)

    @rule(judge=st.sampled_from(JUDGES))
    def submits(self, judge: str) -> None:
        self.judges.write(judge, submit())

    @rule(judge=st.sampled_from(JUDGES))
    def hands_over(self, judge: str) -> None:
        self.judges.hand_over(judge)

    @rule(judge=st.sampled_from(JUDGES))
    def forks(self, judge: str) -> None:
        self.judges.fork(judge)

    @rule(hub=st.integers(0, 2), which=st.integers(0, 50))
    def merges_a_copy_old_or_new(self, hub: int, which: int) -> None:
        if self.judges.handed:
            path = self.judges.handed[which % len(self.judges.handed)]
            taken(self.hubs[hub], path)
            with EntryFile.open(path, read_only=True) as file:
                self.known[hub].update(file.entries())

    @rule(hub=st.integers(0, 2), other=st.integers(0, 2))
    def merges_another_hub(self, hub: int, other: int) -> None:
        taken(self.hubs[hub], self.hubs[other])
        self.known[hub] |= self.known[other]

    @rule(hub=st.integers(0, 2), which=st.integers(0, 50), place=st.integers(0, 10_000), length=st.integers(1, 40))
    def is_handed_a_damaged_copy(self, hub: int, which: int, place: int, length: int) -> None:
        if self.judges.handed:
            raw = bytearray(self.judges.handed[which % len(self.judges.handed)].read_bytes())
            start = place % len(raw)
            raw[start : start + length] = bytes(byte ^ 0xA5 for byte in raw[start : start + length])
            damaged = self.judges.folder / "damaged.judge"
            damaged.write_bytes(raw)
            report = merge(self.hubs[hub], [damaged], keys=self.judges.folder / "none")
            if not report.refused or report.refused[0].code == "FORK":
                self.known[hub] |= everything(self.hubs[hub]) & self.judges.all_handed

    @invariant()
    def every_hub_holds_exactly_what_it_was_given(self) -> None:
        for hub, known in zip(getattr(self, "hubs", ()), getattr(self, "known", ()), strict=True):
            assert everything(hub) == known

    def teardown(self) -> None:
        if not hasattr(self, "hubs"):
            return
        taken(self.hubs[0], self.hubs[1], self.hubs[2])
        taken(self.hubs[1], self.hubs[2], self.hubs[0])
        assert state(self.hubs[0]).digest == state(self.hubs[1]).digest
        self.context.__exit__(None, None, None)
        shutil.rmtree(self.judges.folder, ignore_errors=True)


def run(long: bool = False) -> dict[str, int]:
    """`examples` tried (of the laws, and runs of the machine), and how many `failed`."""
    examples, runs, steps = LONG if long else QUICK
    quiet = list(HealthCheck)
    counted = {"examples": 0, "failed": 0}

    @settings(max_examples=examples, deadline=None, suppress_health_check=quiet, database=None, print_blob=False)
    @given(writings, st.randoms(use_true_random=False))
    def example(acts: list[tuple[Any, ...]], dice: Any) -> None:
        counted["examples"] += 1
        laws(acts, dice.shuffle)

    class Counted(Merging):
        def __init__(self) -> None:
            super().__init__()
            counted["examples"] += 1

    for trial in (
        example,
        lambda: run_state_machine_as_test(
            Counted,
            settings=settings(
                max_examples=runs,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=quiet,
                database=None,
                print_blob=False,
            ),
        ),
    ):
        try:
            trial()
        except Exception:
            counted["failed"] += 1
            traceback.print_exc()
    return counted
