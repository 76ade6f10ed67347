"""What the organiser decides at the table, each a signed entry with a reason and a name: nothing is ever overwritten."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from judge_tui.domain.branches import branch_paths
from judge_tui.domain.cells import CellKey, Value
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import JudgeId, OrganisationId
from judge_tui.domain.ledger import Author, Entry
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import mark_text
from judge_tui.domain.projection import Projection
from judge_tui.domain.rules import AdjustmentRule
from judge_tui.domain.saying import readable
from judge_tui.services.records.contest import open_contest
from judge_tui.services.table.office import Office, signed


def adjust(
    office: Office, organisation: OrganisationId, name: str, points: int, reason: str, by: Sequence[str]
) -> Entry:
    """Add `points` (thousandths, negative to take off) under a declared name.

    Raises JudgeTuiError where the definition has no such organisation or adjustment, where signatures are missing, or where
    the declared cap would be passed.
    """
    now = office.project()
    rule = _rule(now, name)
    _organisation(now, organisation)
    body = signed(reason, by)
    if len(set(by)) < rule.signers:
        raise JudgeTuiError("SIGNERS", msg("{name} needs {count} different signatures", name=name, count=rule.signers))
    if rule.cap is not None:
        others = sum(
            item.points for item in now.desk.adjustments if (item.organisation, item.name) == (organisation, name)
        )
        if abs(others + points) > rule.cap:
            raise JudgeTuiError(
                "CAP",
                msg("{name} may come to {cap} points at most for one organisation", name=name, cap=mark_text(rule.cap)),
                msg("Together with what stands it would be {sum}.", sum=mark_text(others + points)),
            )
    said = {"organisation": organisation, "name": name, "points": points, **body}
    return office.say(("adjust", said))[0]


def undo(office: Office, hashes: Sequence[str], reason: str, by: Sequence[str]) -> None:
    """Take desk entries back (by their hashes); they stay in the record. An undo can itself be taken back."""
    held = {entry.hash.hex() for entry in office.entries()}
    unknown = [item for item in hashes if item not in held]
    if unknown or not hashes:
        raise JudgeTuiError("UNKNOWN", msg("There is no such entry to take back"))
    office.say(("undo", {"entries": list(hashes), **signed(reason, by)}))


def undo_import(office: Office, sha256: str, reason: str, by: Sequence[str]) -> int:
    """No longer count what one handed-over file brought (by the SHA-256 of its bytes); it stays in the record. How many entries.

    Like every undo it can itself be taken back. Raises JudgeTuiError where no such file was taken in.
    """
    taken = [row[5] for row in open_contest(office.path).log if row[0] == sha256 and row[1] in REVERSIBLE]
    ranges = [[author, int(first), int(last)] for text in taken for author, first, last in _SPAN.findall(text)]
    if not ranges:
        raise JudgeTuiError("UNKNOWN", msg("This file brought nothing that could be taken back"))
    office.say(("undo", {"ranges": ranges, "file": sha256, **signed(reason, by)}))
    return sum(last - first + 1 for _, first, last in ranges)


REVERSIBLE = ("", "SALVAGED")
"""How the import log marks files whose entries count: taken whole, or what could be verified of a damaged one."""

_SPAN = re.compile(r"([0-9a-f]{64}):(\d+)-(\d+)")
"""How the import log names what a file brought: an author and the entries from one seq to another."""


def brought(taken: str) -> int:
    """How many entries a row of the import log stands for."""
    return sum(int(last) - int(first) + 1 for _, first, last in _SPAN.findall(taken))


def resolve(office: Office, cell: CellKey, choose: str, reason: str, by: Sequence[str]) -> None:
    """Say which of a conflict's values counts (by its hash); the others stay in the record.

    Raises JudgeTuiError where there is no conflict any more or the value is not one of it.
    """
    values = conflict_values(office.project(ahead=True), cell)
    if choose not in {item.hash for item in values}:
        raise JudgeTuiError("NO_CONFLICT", msg("This conflict is no longer there; look at it again."))
    chosen = next(item.value for item in values if item.hash == choose)
    over = [item.hash for item in values if item.value != chosen]
    judge, organisation, criterion = cell
    where = {"judge": judge, "organisation": organisation, "criterion": criterion}
    office.say(("resolve", {**where, "choose": choose, "over": over, **signed(reason, by)}))


def conflict_values(now: Projection, cell: CellKey) -> tuple[Value, ...]:
    """The values that stand side by side in a cell, oldest hash first."""
    return tuple(sorted(now.cell(*cell).values, key=lambda item: (item.at, item.hash)))


@dataclass(frozen=True, slots=True)
class Branch:
    """One side of split records: its first entry (hash, hex), when its writer's clock says it was begun and last written,
    how many entries it has, and how many of them are marks."""

    hash: str
    begun: str
    last: str
    entries: int
    marks: int


def fork_branches(office: Office, author: Author) -> tuple[Branch, ...]:
    """The branches of an author's records where they split and nobody has chosen yet, longest first.

    Raises JudgeTuiError where they do not split.
    """
    found = _branches(office, author)
    if not found:
        raise JudgeTuiError("NO_CONFLICT", msg("This conflict is no longer there; look at it again."))
    return found


def _branches(office: Office, author: Author) -> tuple[Branch, ...]:
    contest = open_contest(office.path, ahead=True)
    state = contest.projection.authors.get(author)
    fork = state.fork if state is not None else 0
    held = office.entries(evidence=True)
    paths = branch_paths(contest.projection.key, [item for item in held if item.author == author], fork)
    made = []
    for path in paths:
        bodies = [readable(entry) for entry in path]
        times = [str(body.get("at", "")) for body in bodies]
        given = sum(body["kind"] == "mark" for body in bodies)
        made.append(Branch(path[0].hash.hex(), min(times), max(times), len(path), given))
    return tuple(sorted(made, key=lambda item: (-item.entries, item.hash)))


def resolve_fork(office: Office, author: Author, choose: str, reason: str, by: Sequence[str]) -> None:
    """Say which branch of an author's split records counts, by the hash of the branch's first entry; saying it again for
    another branch changes it. Raises JudgeTuiError where there is no such branch.
    """
    held = [item for item in office.entries(evidence=True) if item.author == author]
    places = Counter(item.seq for item in held)
    if not any(item.hash.hex() == choose and places[item.seq] > 1 for item in held):
        raise JudgeTuiError("NO_CONFLICT", msg("This conflict is no longer there; look at it again."))
    office.say(("resolve", {"author": author.hex(), "choose": choose, **signed(reason, by)}))


def decide(
    office: Office, organisations: Sequence[OrganisationId], reason: str, by: Sequence[str], award: str = ""
) -> None:
    """Record the organiser's order between tied organisations, best first; with `award`, who gets it at the cut."""
    now = office.project()
    for item in organisations:
        _organisation(now, item)
    office.say(("decide", {"organisations": list(organisations), "award": award, **signed(reason, by)}))


def absent(
    office: Office, judge: JudgeId, reason: str, by: Sequence[str], organisation: OrganisationId | None = None
) -> None:
    """State that a judge was absent: for one organisation, or for the whole event."""
    now = office.project()
    _judge(now, judge)
    if organisation is not None:
        _organisation(now, organisation)
    office.say(("absent", {"judge": judge, "organisation": organisation or "", **signed(reason, by)}))


def reopen(
    office: Office, judge: JudgeId, reason: str, by: Sequence[str], organisation: OrganisationId | None = None
) -> None:
    """Open a submitted sheet again, whole or for one organisation; the judge learns of it with the next hand-over of notices.

    Raises JudgeTuiError where nothing of it was submitted.
    """
    now = office.project(ahead=True)
    _judge(now, judge)
    submits = [item.hash for item in now.submissions(judge) if organisation is None or item.locks(organisation)]
    if not submits:
        raise JudgeTuiError("NOT_SUBMITTED", msg("Nothing of it has been submitted, so nothing needs opening."))
    body = {"judge": judge, "organisation": organisation or "", "submits": submits, **signed(reason, by)}
    office.say(("reopen", body))


def confirm(office: Office, author: Author, reason: str, by: Sequence[str]) -> None:
    """Confirm a judge's second laptop after comparing its five groups of digits; from then on its marks count."""
    if not any(state.author == author for state in office.project(ahead=True).unconfirmed):
        raise JudgeTuiError("NOT_WAITING", msg("This laptop does not wait for confirmation."))
    office.say(("confirm", {"author": author.hex(), **signed(reason, by)}))


def revoke(office: Office, author: Author, seq: int, reason: str, by: Sequence[str]) -> None:
    """No longer count what a laptop wrote after its entry `seq`; it stays in the record."""
    if office.project(ahead=True).authors.get(author) is None:
        raise JudgeTuiError("UNKNOWN", msg("There is no such laptop in the records"))
    office.say(("revoke", {"author": author.hex(), "seq": seq, **signed(reason, by)}))


def _rule(now: Projection, name: str) -> AdjustmentRule:
    for rule in now.event.adjustments:
        if rule.name == name:
            return rule
    raise JudgeTuiError(
        "UNKNOWN_ADJUSTMENT",
        msg("The definition declares no adjustment called “{name}”", name=name),
        msg("It declares: {names}", names=tuple(item.name for item in now.event.adjustments)),
    )


def _organisation(now: Projection, organisation: OrganisationId) -> None:
    if organisation not in now.event.organisation_by_id:
        raise JudgeTuiError("UNKNOWN_ORGANISATION", msg("There is no organisation {id}", id=organisation))


def _judge(now: Projection, judge: JudgeId) -> None:
    if judge not in now.event.judge_by_id:
        raise JudgeTuiError("UNKNOWN_JUDGE", msg("There is no judge {id}", id=judge))
