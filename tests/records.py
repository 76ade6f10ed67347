"""Contests for tests of the records: small, issued for real, written through the real store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from judge_tui.domain.bodies import dump_body
from judge_tui.domain.event import (
    Criterion,
    CriterionId,
    Event,
    EventId,
    GroupId,
    Judge,
    JudgeGroup,
    JudgeId,
    Organisation,
    OrganisationId,
    Phase,
    PhaseId,
    Points,
)
from judge_tui.domain.ledger import Author, Entry, EventKey, enrolment_message, event_key
from judge_tui.domain.projection import Projection, project
from judge_tui.domain.rules import Tabulation
from judge_tui.services.preparing.issuing import Issued, definition_body, issue, sign_all
from judge_tui.services.records.collecting import MergeReport, merge
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.seats import Seat, open_seat
from judge_tui.store import crypto, schema
from judge_tui.store.files import EntryFile, image

AT = "2021-12-20T06:30:00Z"


def noon() -> datetime:
    """A clock that stands still."""
    return datetime(2021, 12, 20, 6, 30, tzinfo=UTC)


def contest(judges: int = 3, organisations: int = 3, criteria: int = 2, name: str = "trial") -> Event:
    """A contest whose marks run from 0 to 100 in halves."""
    group, phase = GroupId("leaders"), PhaseId("talk")
    return Event(
        EventId(name),
        "第四季度亮赛比",
        tuple(Organisation(OrganisationId(f"o{n}"), n, f"第{n}村") for n in range(1, organisations + 1)),
        (JudgeGroup(group, "班子成员"),),
        tuple(Judge(JudgeId(f"j{n}"), f"评委{n:02}", group) for n in range(1, judges + 1)),
        (Phase(phase, "述职"),),
        tuple(
            Criterion(CriterionId(f"c{n}"), f"第{n}项", Points(0, 100_000, 500), phase) for n in range(1, criteria + 1)
        ),
        Tabulation(),
    )


def mark(organisation: str, criterion: str, points: int, *replaces: str) -> bytes:
    """The body of a mark; `points` in whole points."""
    return dump_body(
        "mark", AT, organisation=organisation, criterion=criterion, value=points * 1000, replaces=list(replaces)
    )


def submit(organisation: str = "") -> bytes:
    """The body of a submission: one turn, or the whole sheet."""
    if organisation:
        return dump_body("submit", AT, scope="turn", organisation=organisation)
    return dump_body("submit", AT, scope="sheet")


@dataclass
class Hall:
    """An issued contest on one organiser's laptop and a laptop for each judge (each with keys of its own)."""

    folder: Path
    event: Event = field(default_factory=contest)
    rehearsal: bool = False
    issued: Issued = field(init=False)

    def __post_init__(self) -> None:
        self.issued = issue(self.event, self.folder / "issued", keys=self.keys, rehearsal=self.rehearsal, now=noon)

    @property
    def keys(self) -> Path:
        return self.folder / "organiser-keys"

    @property
    def organiser(self) -> Path:
        return self.issued.organiser

    @property
    def stick(self) -> Path:
        return self.folder / "stick"

    def kit(self, judge: str) -> Path:
        return next(kit.path for kit in self.issued.kits if kit.judge_id == judge)

    def laptop(self, judge: str) -> Path:
        return self.folder / f"keys-{judge}"

    @contextmanager
    def seat(self, judge: str, path: Path | None = None, laptop: str = "") -> Iterator[Seat]:
        seat = open_seat(path or self.kit(judge), keys=self.laptop(laptop or judge), now=noon, device=laptop or judge)
        try:
            yield seat
        finally:
            seat.file.close()

    def write(self, judge: str, *bodies: bytes, path: Path | None = None, laptop: str = "") -> list[Entry]:
        """A judge writes, each body in a transaction of its own."""
        with self.seat(judge, path, laptop) as seat:
            return [entry for body in bodies for entry in seat.file.append(seat.signer, [body])]

    def hand_over(self, judge: str, path: Path | None = None, laptop: str = "", folder: Path | None = None) -> Path:
        with self.seat(judge, path, laptop) as seat:
            return hand_over(seat, folder or self.stick).path

    def merge(self, *files: Path, into: Path | None = None) -> MergeReport:
        return merge(into or self.organiser, files, keys=self.keys, now=noon)

    def copy_organiser(self, name: str) -> Path:
        copy = self.folder / name
        copy.write_bytes(self.organiser.read_bytes())
        return copy

    def project(self, path: Path | None = None) -> Projection:
        with EntryFile.open(path or self.organiser, read_only=True) as file:
            return project(file.entries(), file.event, file.evidence())

    def everything(self, path: Path | None = None) -> set[Entry]:
        """All entries held, the evidence included."""
        with EntryFile.open(path or self.organiser, read_only=True) as file:
            return {*file.entries(), *file.evidence()}


@dataclass(frozen=True)
class Bulk:
    """A contest built straight from keys, for many or very long files."""

    key: EventKey
    event: Event
    notices: list[Entry]
    desk: list[Entry]
    kits: dict[str, crypto.KeyPair]
    board: crypto.KeyPair = field(default_factory=crypto.new_key)

    def organiser(self, path: Path) -> Path:
        path.write_bytes(image(schema.ORGANISER, self.key, [*self.notices, *self.desk]))
        return path

    def chain(self, judge: str, bodies: Sequence[bytes], pair: crypto.KeyPair | None = None) -> list[Entry]:
        """A judge's whole chain: entry 1, then these bodies."""
        pair, kit = pair or crypto.new_key(), self.kits[judge]
        first = dump_body(
            "open",
            AT,
            judge=judge,
            device="bulk",
            program="test",
            kit=kit.author.hex(),
            enrolment=kit.sign(enrolment_message(self.key, pair.author)).hex(),
        )
        return sign_all(self.key, pair, [first, *bodies])

    def export(self, path: Path, chains: Sequence[Sequence[Entry]], evidence: Sequence[Entry] = ()) -> Path:
        entries = [*self.notices, *(entry for chain in chains for entry in chain)]
        path.write_bytes(image(schema.HAND_OVER, self.key, entries, evidence=evidence))
        return path


def bulk(event: Event) -> Bulk:
    """The organiser's part of a contest, in memory."""
    notice, desk = crypto.new_key(), crypto.new_key()
    key = event_key(Author(notice.author), event.id)
    kits = {str(judge.id): crypto.new_key() for judge in event.judges}
    bodies = [
        dump_body("event", AT, id=event.id, title=event.title, rehearsal=False, desk=desk.author.hex(), reserve=""),
        definition_body(event, AT),
        dump_body("roster", AT, kits=[{"judge": judge, "kit": pair.author.hex()} for judge, pair in kits.items()]),
    ]
    return Bulk(
        key,
        event,
        sign_all(key, notice, bodies),
        sign_all(key, desk, [dump_body("desk", AT, notice=notice.author.hex())]),
        kits,
        notice,
    )
