"""An organiser's file as it stands: what was received from whom, what is still expected, and what is in doubt. Reads only."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from judge_tui.domain.cells import CellKey
from judge_tui.domain.event import Event, Judge
from judge_tui.domain.ledger import Author, Entry
from judge_tui.domain.messages import msg
from judge_tui.domain.projection import Projection, project
from judge_tui.domain.tabulation.inputs import Ballots
from judge_tui.services.records.organiser_file import not_organiser, open_organiser_file
from judge_tui.services.records.sound import proven


@dataclass(frozen=True, slots=True)
class Receipt:
    """What there is of one judge: entries held, cells asked of him and given, whether he submitted everything.

    `announced` is how many entries are known to exist from what other files have heard of, where that is more.
    """

    judge: Judge
    entries: int
    asked: int
    given: int
    submitted: bool
    announced: int = 0

    @property
    def missing(self) -> int:
        """Cells still without anything."""
        return self.asked - self.given


@dataclass(frozen=True)
class Contest:
    """The state of a contest. `log` is what was imported from which file, oldest first."""

    path: Path
    projection: Projection
    witnesses: dict[Author, int]
    log: tuple[tuple[str, str, str, str, str, str], ...]

    @property
    def event(self) -> Event:
        """The definition as it stands."""
        return self.projection.event

    @cached_property
    def ballots(self) -> Ballots:
        """What goes into the tabulation."""
        with unhurried():
            return self.projection.ballots()

    @property
    def conflicts(self) -> tuple[CellKey, ...]:
        """Cells in which different values stand side by side until the organiser decides."""
        return self.projection.conflicts

    @cached_property
    def received(self) -> tuple[Receipt, ...]:
        """Expected against received, one row a judge, in the order of the definition."""
        asked: dict[str, int] = {}
        given: dict[str, int] = {}
        for row in self.ballots.rows:
            asked[row.judge] = asked.get(row.judge, 0) + 1
            if row.state != "blank":
                given[row.judge] = given.get(row.judge, 0) + 1
        announced: dict[str, int] = {}
        for author, state in self.projection.authors.items():
            if self.witnesses.get(author, 0) > state.held:
                announced[state.judge] = announced.get(state.judge, 0) + self.witnesses[author]
        return tuple(
            Receipt(
                judge,
                self.projection.received(judge.id),
                asked.get(judge.id, 0),
                given.get(judge.id, 0),
                self.projection.submitted(judge.id),
                announced.get(judge.id, 0),
            )
            for judge in self.event.judges
        )


@contextmanager
def unhurried() -> Iterator[None]:
    """No garbage collection while millions of small objects are made that all stay: it would look at each again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


OnRead = Callable[[int, int], None]
"""Told while a file is read: how many entries so far, of how many."""

EVERY = 500
"""Entries between two reports."""


def open_contest(path: Path, *, ahead: bool = False, on_read: OnRead | None = None) -> Contest:
    """Read the organiser's file. Nothing is written. `ahead` looks past the last seal.

    Raises JudgeTuiError that names the file and what belongs in its place: NOT_ORGANISER, or the code of a refusal.
    """
    with open_organiser_file(path, read_only=True) as file:
        try:
            with unhurried():
                held, evidence = proven(file)
                entries = _reported(held, len(held), on_read) if on_read is not None else held
                projection = project(entries, file.event, evidence, ahead=ahead)
        except ValueError as error:
            raise not_organiser(msg("No event begins in {file}", file=path.name)) from error
        witnesses = {author: seen[0] for author, seen in file.witnesses().items()}
        return Contest(path, projection, witnesses, tuple(file.import_log()))


def _reported(entries: Iterable[Entry], held: int, on_read: OnRead) -> Iterator[Entry]:
    """The same entries, telling now and then how far they are read."""
    for number, entry in enumerate(entries):
        if number % EVERY == 0:
            on_read(number, held)
        yield entry
    on_read(held, held)
