"""What the organiser can settle by name at a terminal: conflicts, split records, laptops, what can be taken back.

Each is found again by a short code: the beginning of a hash, which stays the same however many others come and go. Laptops go
by the five groups of four digits that their judge reads aloud. All of it looks past the last seal: what is
settled here is what a new seal would pin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from judge_tui.domain import marks
from judge_tui.domain.authority import AuthorState
from judge_tui.domain.bodies import DESK_KINDS
from judge_tui.domain.cells import CellKey
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event, Judge, JudgeId, Organisation
from judge_tui.domain.ledger import Author, fingerprint
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.domain.projection import Projection
from judge_tui.services.records.contest import open_contest
from judge_tui.services.results.field_names import Names
from judge_tui.services.table import organising
from judge_tui.services.table.audit import log_lines
from judge_tui.services.table.office import Office
from judge_tui.services.table.overview import WHY_LATE

CODE = 8
"""Letters of a code as it is shown: the beginning of a hash in hex."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of several that contradict each other: its whole hash, what it says, where it comes from."""

    hash: str
    what: Message
    origin: tuple[Message, ...]

    @property
    def code(self) -> str:
        """What a person types to choose it."""
        return self.hash[:CODE]


@dataclass(frozen=True, slots=True)
class Case:
    """A conflict (`cell`) or split records (`author`), with its sides."""

    title: Message
    sides: tuple[Side, ...]
    cell: CellKey | None = None
    author: Author | None = None


def cases(office: Office) -> tuple[Case, ...]:
    """Everything that waits for a `resolve`: conflicts first, then split records."""
    now = open_contest(office.path, ahead=True).projection
    return (
        *(_conflict(now, cell) for cell in now.conflicts),
        *(_fork(office, now, state) for state in now.forks),
    )


def settle(office: Office, code: str, reason: str, by: Sequence[str]) -> Case:
    """Let the side with this code count; the case it belonged to.

    Raises JudgeTuiError with CODE where none or several have it, NO_CONFLICT, UNSIGNED.
    """
    sides = [(side, case) for case in cases(office) for side in case.sides]
    side, case = _chosen(code, [(side.hash, (side, case)) for side, case in sides])
    if case.cell is not None:
        organising.resolve(office, case.cell, side.hash, reason, by)
    elif case.author is not None:
        organising.resolve_fork(office, case.author, side.hash, reason, by)
    return case


def _conflict(now: Projection, cell: CellKey) -> Case:
    judge, organisation, criterion = cell
    method = now.event.criterion_by_id[criterion].method
    sides = []
    for value in organising.conflict_values(now, cell):
        author = now.authors.get(value.author)
        origin = (
            msg("from paper")
            if value.paper
            else msg("laptop {device}", device=(author.device if author else "") or "?"),
            verbatim(value.at),
            msg("submitted") if value.submitted else msg("not submitted"),
        )
        sides.append(Side(value.hash, marks.shown(method, value.value), origin))
    title = msg(
        "{judge} for {organisation}, {criterion}",
        judge=now.event.judge_by_id[judge].name,
        organisation=now.event.organisation_by_id[organisation].name,
        criterion=now.event.criterion_by_id[criterion].name,
    )
    return Case(title, tuple(sides), cell=cell)


def _fork(office: Office, now: Projection, state: AuthorState) -> Case:
    sides = tuple(
        Side(
            branch.hash,
            nmsg("{count} entry, {marks} marks", "{count} entries, {marks} marks", branch.entries, marks=branch.marks),
            (verbatim(branch.begun), verbatim(branch.last)),
        )
        for branch in organising.fork_branches(office, state.author)
    )
    title = msg(
        "The records of {judge} split in two at entry {seq}", judge=_judge_name(now, state.judge), seq=state.fork
    )
    return Case(title, sides, author=state.author)


@dataclass(frozen=True, slots=True)
class Laptop:
    """A judge's author: the digits that its screen shows, who, on which device, how many entries, how many count."""

    author: Author
    digits: str
    judge: str
    device: str
    held: int
    counts: int
    standing: Message | None
    waits: bool


def laptops(office: Office) -> tuple[Laptop, ...]:
    """Every laptop a judge wrote on, in the order of the judges."""
    now = open_contest(office.path, ahead=True).projection
    order = {judge.id: place for place, judge in enumerate(now.event.judges)}
    waiting = {state.author for state in now.unconfirmed}
    states = [state for state in now.authors.values() if state.role == "judge"]
    states.sort(key=lambda state: (order.get(state.judge, len(order)), state.opened, state.author))
    return tuple(
        Laptop(
            state.author,
            fingerprint(state.author),
            _judge_name(now, state.judge),
            state.device or "?",
            state.held,
            state.counts,
            WHY_LATE.get(state.standing.value),
            state.author in waiting,
        )
        for state in states
    )


def laptop_of(office: Office, digits: str) -> Laptop:
    """The laptop with these twenty digits, spaces or not. Raises JudgeTuiError with DIGITS where there is none."""
    typed = "".join(str(int(letter)) for letter in digits if letter.isdecimal())  # full-width ones, too
    for laptop in laptops(office):
        if laptop.digits.replace(" ", "") == typed:
            return laptop
    raise JudgeTuiError(
        "DIGITS",
        msg("No laptop in the records has the digits {digits}", digits=digits),
        msg("Type all twenty, as the judge reads them from his screen."),
    )


@dataclass(frozen=True, slots=True)
class Reversible:
    """Something that can be taken back: a merged file (`sha256`) or a decision of the desk; `undone` where it was already."""

    hash: str
    at: str
    what: Message
    by: str = ""
    is_file: bool = False
    undone: bool = False

    @property
    def code(self) -> str:
        """What a person types to name it."""
        return self.hash[:CODE]


def reversibles(office: Office) -> tuple[Reversible, ...]:
    """Merged files and decisions of the desk, oldest first."""
    contest = open_contest(office.path, ahead=True)
    now = contest.projection
    standing = {entry.hash.hex() for entry, _ in now.authority.desk}
    gone = {
        str(body.get("file"))
        for entry, body in now.authority.desk
        if body["kind"] == "undo" and isinstance(body.get("file"), str)
    }
    files = [
        Reversible(
            row[0],
            row[2],
            nmsg(
                "file {file} of {judge}: {count} entry",
                "file {file} of {judge}: {count} entries",
                organising.brought(row[5]),
                file=row[3],
                judge=row[4] or "?",
            ),
            is_file=True,
            undone=row[0] in gone,
        )
        for row in contest.log
        if row[1] in organising.REVERSIBLE and row[5]
    ]
    decisions = [
        Reversible(line.hash, line.at, line.what, "、".join(line.by), undone=line.hash not in standing)
        for line in log_lines(now, office.entries())
        if line.kind in DESK_KINDS - {"desk"}
    ]
    return tuple(sorted([*files, *decisions], key=lambda item: item.at))


def take_back(office: Office, code: str, reason: str, by: Sequence[str]) -> Reversible:
    """Take back what has this code: a merged file or a decision. It stays in the record, and the taking back can be taken back.

    Raises JudgeTuiError with CODE where none or several have it, UNSIGNED.
    """
    found = _chosen(code, [(item.hash, item) for item in reversibles(office)])
    if found.is_file:
        organising.undo_import(office, found.hash, reason, by)
    else:
        organising.undo(office, [found.hash], reason, by)
    return found


def judge_named(event: Event, word: str) -> Judge:
    """The judge whom a person names by id or name. Raises JudgeTuiError with UNKNOWN_JUDGE and what was probably meant."""
    found = Names(event.judges, lambda item: item.id, lambda item: item.name)
    judge = found.find(word)
    if judge is None:
        raise JudgeTuiError("UNKNOWN_JUDGE", msg("There is no judge “{name}”", name=word), found.hint(word))
    return judge


def organisation_named(event: Event, word: str) -> Organisation:
    """The organisation that a person names by id, name or number. Raises JudgeTuiError with UNKNOWN_ORGANISATION."""
    found = Names(event.organisations, lambda item: item.id, lambda item: item.name, lambda item: str(item.number))
    organisation = found.find(word)
    if organisation is None:
        raise JudgeTuiError(
            "UNKNOWN_ORGANISATION", msg("There is no organisation “{name}”", name=word), found.hint(word)
        )
    return organisation


Item = TypeVar("Item")


def _chosen(code: str, items: Iterable[tuple[str, Item]]) -> Item:
    typed = code.strip().lower()
    found = [item for name, item in items if len(typed) >= 4 and name.startswith(typed)]
    if len(found) == 1:
        return found[0]
    raise JudgeTuiError(
        "CODE",
        msg("Several have the code {code}", code=code) if found else msg("Nothing has the code {code}", code=code),
        msg("Call the command without a code: it lists what there is."),
    )


def _judge_name(now: Projection, judge: JudgeId) -> str:
    found = now.event.judge_by_id.get(judge)
    return found.name if found else str(judge)
