"""Judges' chains folded into cells: what stands for each judge, organisation and criterion, and why something does not.

A value that nobody replaced is current; several different ones are a conflict, kept side by side. No clock decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from judge_tui.domain import marks
from judge_tui.domain.authority import Authority, AuthorState, Said
from judge_tui.domain.bodies import MarkValue, scan_body
from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import CriterionId, Event, JudgeId, OrganisationId
from judge_tui.domain.ledger import Author, Entry

CellKey = tuple[JudgeId, OrganisationId, CriterionId]
TurnKey = tuple[JudgeId, OrganisationId]
EVERYTHING = OrganisationId("")
"""Stands for the whole sheet where an organisation's id would stand for one turn."""


class Value(NamedTuple):
    """One mark as somebody gave it. `submitted` says whether its writer submitted it; `paper` that it came on paper."""

    hash: str
    value: MarkValue
    author: Author
    seq: int
    at: str
    submitted: bool
    paper: bool
    findings: Mapping[str, str]


class Text(NamedTuple):
    """A comment, or a recusal's reason, as it stands; `hash` is what a correction has to replace."""

    hash: str
    text: str
    author: Author
    at: str


class Late(NamedTuple):
    """An entry that is kept and shown but not counted. `why` is `submitted`, `sealed`, `undone`, `unconfirmed`,
    `replaced`, `revoked`, `forked`, `unknown` or `invalid`."""

    hash: str
    judge: JudgeId
    author: Author
    seq: int
    kind: str
    organisation: OrganisationId
    criterion: CriterionId
    value: MarkValue | None
    at: str
    why: str


@dataclass(slots=True)
class Submission:
    """One `submit`: its scope (`EVERYTHING` or one turn) and, where the organiser opened it again, for which turns."""

    hash: str
    author: Author
    seq: int
    scope: OrganisationId
    at: str
    reopened: frozenset[OrganisationId] = frozenset()

    def locks(self, organisation: OrganisationId) -> bool:
        """Whether later entries about this organisation are late."""
        if EVERYTHING in self.reopened or organisation in self.reopened:
            return False
        return self.scope in (EVERYTHING, organisation)

    def covers(self, organisation: OrganisationId) -> bool:
        """Whether the organisation was submitted by it."""
        return self.scope in (EVERYTHING, organisation)


@dataclass(slots=True)
class Cells:
    """What the fold gathers. Keys are judge, organisation and, for marks, criterion."""

    values: dict[CellKey, list[Value]] = field(default_factory=dict)
    comments: dict[TurnKey, list[Text]] = field(default_factory=dict)
    recusals: dict[TurnKey, list[Text]] = field(default_factory=dict)
    submissions: dict[JudgeId, list[Submission]] = field(default_factory=dict)
    late: list[Late] = field(default_factory=list)
    gone: dict[JudgeId, dict[tuple[str, str, str], set[Author]]] = field(default_factory=dict)


def fold(authority: Authority, event: Event) -> Cells:
    """Fold all judges' chains. Deterministic: what comes out depends on the set of entries alone."""
    cells = Cells()
    reopened = _reopened(authority.notices)
    several = _with_several(authority.authors.values())
    limits = {author: seq for author, (seq, _) in authority.seal.heads.items()} if authority.seal else None
    for author in sorted(authority.authors):
        state = authority.authors[author]
        if state.role == "judge":
            chain = _Chain(cells, state, event, reopened)
            chain.run(authority.chains[author], limits, authority.undone.get(author, frozenset()))
            chain.set_aside(authority.aside.get(author, ()))
    for judge in several:
        _keep_promises(cells, judge)
    for key, values in cells.values.items():
        gone = cells.gone.get(key[0])
        if gone:
            values[:] = [item for item in values if not gone.get((item.hash, key[1], key[2]))]
    for table in (cells.comments, cells.recusals):
        for turn, texts in table.items():
            gone = cells.gone.get(turn[0], {})
            texts[:] = [item for item in texts if not gone.get((item.hash, turn[1], ""))]
    return cells


def _reopened(notices: Iterable[Said]) -> dict[str, frozenset[OrganisationId]]:
    """Which submissions (by hash) the organiser opened again, and for which organisations."""
    found: dict[str, frozenset[OrganisationId]] = {}
    for _, body in notices:
        if body["kind"] == "reopen":
            organisation = OrganisationId(_text(body, "organisation"))
            for item in _texts(body, "submits"):
                found[item] = found.get(item, frozenset()) | {organisation}
    return found


def _with_several(authors: Iterable[AuthorState]) -> list[JudgeId]:
    seen: dict[JudgeId, int] = {}
    for state in authors:
        if state.role == "judge" and state.counts:
            seen[state.judge] = seen.get(state.judge, 0) + 1
    return sorted(judge for judge, count in seen.items() if count > 1)


def _text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key, "")
    return value if type(value) is str else ""


def _texts(body: Mapping[str, Any], key: str) -> list[str]:
    value = body.get(key)
    return [item for item in value if type(item) is str] if type(value) is list else []


class _Chain:
    """One author's walk through his own chain: what he submitted binds what he wrote after it."""

    def __init__(
        self, cells: Cells, state: AuthorState, event: Event, reopened: Mapping[str, frozenset[OrganisationId]]
    ) -> None:
        self.cells = cells
        self.state = state
        self.event = event
        self.reopened = reopened
        self.submissions: list[Submission] = []
        self.locks: list[Submission] = []
        self.judge = event.judge_by_id.get(state.judge)
        self.checked: dict[tuple[str, MarkValue], bool] = {}

    def run(self, chain: Sequence[Entry], limits: Mapping[Author, int] | None, undone: frozenset[int]) -> None:
        """Take in every entry, counted or not."""
        state = self.state
        sealed = len(chain) if limits is None else limits.get(state.author, 0)
        marks_made: list[tuple[CellKey, Value]] = []
        for entry in chain:
            seq = entry.seq
            try:
                body = scan_body(entry.body)
            except ValueError:
                continue
            if seq > state.counts:
                self._late(entry, body, state.standing.value)
            elif seq > sealed:
                self._late(entry, body, "sealed")
            elif seq in undone:
                self._late(entry, body, "undone")
            else:
                self._take(entry, body, marks_made)
        self._file(marks_made)
        if self.submissions:
            self.cells.submissions.setdefault(state.judge, []).extend(self.submissions)

    def set_aside(self, entries: Iterable[Entry]) -> None:
        """Note the entries of contradicting branches."""
        for entry in entries:
            try:
                self._late(entry, scan_body(entry.body), "forked")
            except ValueError:
                continue

    def _take(self, entry: Entry, body: Mapping[str, Any], made: list[tuple[CellKey, Value]]) -> None:
        kind = body["kind"]
        organisation = OrganisationId(_text(body, "organisation"))
        if self.locks and kind in _BOUND and any(item.locks(organisation) for item in self.locks):
            self._late(entry, body, "submitted")
        elif kind == "mark":
            self._mark(entry, body, organisation, made)
        elif kind == "clear":
            self._replace(body, organisation, _text(body, "criterion"))
        elif kind == "submit":
            self._submit(entry, body, organisation)
        elif kind in ("comment", "recuse"):
            self._replace(body, organisation, "")
            table = self.cells.comments if kind == "comment" else self.cells.recusals
            text = _text(body, "text" if kind == "comment" else "reason")
            said = Text(entry.hash.hex(), text, entry.author, _text(body, "at"))
            if text or kind == "recuse":
                table.setdefault((self.state.judge, organisation), []).append(said)

    def _mark(
        self,
        entry: Entry,
        body: Mapping[str, Any],
        organisation: OrganisationId,
        made: list[tuple[CellKey, Value]],
    ) -> None:
        criterion = CriterionId(_text(body, "criterion"))
        raw = body.get("value")
        value: Any = tuple(_texts(body, "value")) if type(raw) is list else raw
        if not self._fits(organisation, criterion, value):
            self._late(entry, body, "invalid")
            return
        if body.get("replaces"):
            self._replace(body, organisation, criterion)
        findings = body.get("findings")
        made.append(
            (
                (self.state.judge, organisation, criterion),
                Value(
                    entry.hash.hex(),
                    value,
                    entry.author,
                    entry.seq,
                    body.get("at", ""),
                    False,
                    False,
                    findings if type(findings) is dict else _NOTHING,
                ),
            )
        )

    def _fits(self, organisation: OrganisationId, criterion: CriterionId, value: MarkValue) -> bool:
        """Whether the definition as it stands lets this judge give this mark; answered once for equal marks."""
        if organisation not in self.event.organisation_by_id or type(value) not in (int, str, tuple):
            return False
        known = self.checked.get((criterion, value))
        if known is None:
            known = self.checked[criterion, value] = self._checks(criterion, value)
        return known

    def _checks(self, criterion: CriterionId, value: MarkValue) -> bool:
        found = self.event.criterion_by_id.get(criterion)
        if found is None or self.judge is None or found not in self.event.criteria_of(self.judge):
            return False
        try:
            marks.check(found.method, value, len(self.event.organisations))
        except MarkError:
            return False
        return True

    def _submit(self, entry: Entry, body: Mapping[str, Any], organisation: OrganisationId) -> None:
        scope = organisation if body.get("scope") == "turn" else EVERYTHING
        hexed = entry.hash.hex()
        made = Submission(
            hexed, entry.author, entry.seq, scope, _text(body, "at"), self.reopened.get(hexed, frozenset())
        )
        self.submissions.append(made)
        if EVERYTHING not in made.reopened:
            self.locks.append(made)

    def _replace(self, body: Mapping[str, Any], organisation: str, criterion: str) -> None:
        gone = self.cells.gone.setdefault(self.state.judge, {})
        for item in _texts(body, "replaces"):
            gone.setdefault((item, organisation, criterion), set()).add(self.state.author)

    def _late(self, entry: Entry, body: Mapping[str, Any], why: str) -> None:
        raw = body.get("value")
        self.cells.late.append(
            Late(
                entry.hash.hex(),
                self.state.judge,
                entry.author,
                entry.seq,
                body["kind"],
                OrganisationId(_text(body, "organisation")),
                CriterionId(_text(body, "criterion")),
                tuple(_texts(body, "value")) if type(raw) is list else raw if type(raw) in (int, str) else None,
                _text(body, "at"),
                why,
            )
        )

    def _file(self, made: Iterable[tuple[CellKey, Value]]) -> None:
        """Enter the marks, each with whether its writer submitted it afterwards."""
        values = self.cells.values
        whole = max((item.seq for item in self.submissions if item.scope == EVERYTHING), default=0)
        turns: dict[str, int] = {}
        for item in self.submissions:
            turns[item.scope] = max(item.seq, turns.get(item.scope, 0))
        for key, value in made:
            kept = value.seq < whole or value.seq < turns.get(key[1], 0)
            values.setdefault(key, []).append(value._replace(submitted=True) if kept else value)


_BOUND = frozenset({"mark", "clear", "recuse", "comment", "submit"})
_NOTHING: Mapping[str, str] = {}


def _keep_promises(cells: Cells, judge: JudgeId) -> None:
    """A judge's second author cannot replace what his first one submitted: then both stand, side by side, in conflict."""
    submissions = cells.submissions.get(judge, [])
    gone = cells.gone.get(judge, {})
    for key, values in cells.values.items():
        if key[0] != judge:
            continue
        for value in values:
            by = gone.get((value.hash, key[1], key[2]))
            if by and any(
                item.author == value.author and item.seq > value.seq and item.locks(key[1]) for item in submissions
            ):
                by.intersection_update({value.author})
