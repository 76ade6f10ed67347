"""Judges' chains folded into cells. Deterministic: what comes out depends on the set of entries alone.

A value that nobody replaced is current; several different ones are a conflict, kept side by side. No clock decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from judge_tui.domain import marks
from judge_tui.domain.authority import Authority, AuthorState, Standing
from judge_tui.domain.bodies import MarkValue, scan_body
from judge_tui.domain.cells import EVERYTHING, CellKey, Cells, Late, Submission, Text, TurnKey, Value
from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import CriterionId, Event, JudgeId, OrganisationId
from judge_tui.domain.ledger import Author, Entry
from judge_tui.domain.reopening import opened_again
from judge_tui.domain.saying import Said
from judge_tui.domain.shown import in_a_line, shown

_BOUND = frozenset({"mark", "clear", "recuse", "comment", "submit"})
_NOTHING: Mapping[str, str] = {}
_TEXT_CELL = CriterionId("")
"""Stands for the criterion where a whole turn is meant: a comment, a recusal."""

_POINTS = re.compile(
    rb'\{"kind":"mark","at":"([-+.:0-9TZ]*)","organisation":"([^"\\\x00-\x1f]*)","criterion":"([^"\\\x00-\x1f]*)",'
    rb'"value":(-?(?:0|[1-9][0-9]{0,14}))(?:,"replaces":\[(?:"([0-9a-f]{64})")?\])?\}'
).fullmatch
"""The mark that nearly every entry is, read without building objects; any other body is read the long way."""


class Given(NamedTuple):
    """A mark that counts unless somebody replaced it."""

    digest: bytes
    value: MarkValue
    author: Author
    seq: int
    at: str
    findings: Mapping[str, str]


class Replaced(NamedTuple):
    """A hash that is superseded, and by whom."""

    hash: str
    author: Author


@dataclass(slots=True)
class Pile:
    """What the chains put down, before what was replaced is taken away."""

    cells: Cells = field(default_factory=Cells)
    given: dict[CellKey, list[Given]] = field(default_factory=dict)
    gone: dict[CellKey, list[Replaced]] = field(default_factory=dict)
    recused: dict[str, Late] = field(default_factory=dict)
    handed_in: dict[Author, dict[OrganisationId, int]] = field(default_factory=dict)


def fold(authority: Authority, event: Event, *, own: bool = False) -> Cells:
    """Fold all judges' chains. With `own`, in a judge's own window, what he opened by the organiser's code is open too."""
    pile = Pile()
    reopened = _reopened(authority.notices, _unlocks(authority) if own else ())
    limits = {author: seq for author, (seq, _) in authority.seal.heads.items()} if authority.seal else None
    for author in sorted(authority.authors):
        state = authority.authors[author]
        if state.role == "judge":
            walk = ChainWalk(pile, state, event, reopened)
            walk.run(authority.chains[author], limits, authority.undone.get(author, frozenset()))
            walk.set_aside(authority.aside.get(author, ()))
    several = _with_several(authority.authors.values())
    _settle_marks(pile, several)
    _settle_texts(pile)
    return pile.cells


def _settle_texts(pile: Pile) -> None:
    """Leave the comments and recusals that nobody replaced. From an organisation for which a judge submitted marks, his second
    author cannot recuse him, nor take back a recusal that was submitted."""
    for turn, texts in pile.cells.comments.items():
        gone = {item.hash for item in pile.gone.get((*turn, _TEXT_CELL), ())}
        texts[:] = [item for item in texts if item.hash not in gone]
    marked = _submitted_marks(pile) if pile.cells.recusals else {}
    for turn, texts in pile.cells.recusals.items():
        promised = {made.author for made in pile.cells.submissions.get(turn[0], ()) if made.locks(turn[1])}
        replaced = {(item.hash, item.author) for item in pile.gone.get((*turn, _TEXT_CELL), ())}
        standing = []
        for item in texts:
            by = {author for digest, author in replaced if digest == item.hash}
            if (marked.get(turn, frozenset()) & promised) - {item.author}:
                pile.cells.late.append(pile.recused[item.hash])
            elif item.author not in by and (not by or item.author in promised):
                standing.append(item)
        texts[:] = standing


def _settle_marks(pile: Pile, several: frozenset[JudgeId]) -> None:
    """Leave in each cell what nobody replaced, each value with whether its writer submitted it afterwards."""
    settled, handed_in = pile.cells.values, pile.handed_in
    for key, given in pile.given.items():
        replaced = pile.gone.get(key)
        if replaced:
            if key[0] in several:
                replaced = _kept_promises(pile, key, given, replaced)
            gone = {item.hash for item in replaced}
            given = [item for item in given if item.digest.hex() not in gone]  # noqa: PLW2901 - what is left of it
        settled[key] = [
            Value(digest.hex(), value, author, seq, at, _submitted(handed_in.get(author), key[1], seq), False, findings)
            for digest, value, author, seq, at, findings in given
        ]


def _submitted_marks(pile: Pile) -> Mapping[TurnKey, frozenset[Author]]:
    """Who submitted marks for the organisations from which a judge recused himself."""
    found: dict[TurnKey, frozenset[Author]] = {}
    for (judge, organisation, _), values in pile.cells.values.items():
        if (judge, organisation) in pile.cells.recusals:
            authors = frozenset(item.author for item in values if item.submitted)
            found[judge, organisation] = found.get((judge, organisation), frozenset()) | authors
    return found


def _submitted(handed_in: Mapping[OrganisationId, int] | None, organisation: OrganisationId, seq: int) -> bool:
    if not handed_in:
        return False
    return seq < handed_in.get(EVERYTHING, 0) or seq < handed_in.get(organisation, 0)


def _kept_promises(pile: Pile, key: CellKey, given: Sequence[Given], replaced: Sequence[Replaced]) -> list[Replaced]:
    """A judge's second author cannot replace what his first one submitted: then both stand, side by side, in conflict."""
    submissions = pile.cells.submissions.get(key[0], ())
    frozen = {
        item.digest.hex(): item.author
        for item in given
        if any(made.author == item.author and made.seq > item.seq and made.locks(key[1]) for made in submissions)
    }
    return [item for item in replaced if frozen.get(item.hash, item.author) == item.author]


def _reopened(notices: Iterable[Said], unlocks: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[OrganisationId]]:
    """Which submissions (by hash) the organiser opened again, and for which organisations."""
    found: dict[str, frozenset[OrganisationId]] = {}
    for body in (*(body for _, body in notices if body["kind"] == "reopen"), *unlocks):
        for item, organisations in opened_again(body).items():
            found[item] = found.get(item, frozenset()) | organisations
    return found


def _unlocks(authority: Authority) -> Iterable[Mapping[str, Any]]:
    """What judges opened by a code that was said to them."""
    for author, state in authority.authors.items():
        if state.role == "judge":
            for entry in authority.chains[author]:
                if b'"kind":"unlock"' in entry.body:
                    yield scan_body(entry.body)


def _with_several(authors: Iterable[AuthorState]) -> frozenset[JudgeId]:
    """The judges for whom more than one author counts."""
    seen: dict[JudgeId, int] = {}
    for state in authors:
        if state.role == "judge" and state.counts:
            seen[state.judge] = seen.get(state.judge, 0) + 1
    return frozenset(judge for judge, count in seen.items() if count > 1)


def _text(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key, "")
    return shown(value) if type(value) is str else ""


def _texts(body: Mapping[str, Any], key: str) -> list[str]:
    value = body.get(key)
    return [shown(item) for item in value if type(item) is str] if type(value) is list else []


def _findings(found: Mapping[object, object]) -> Mapping[str, str]:
    """What was written down to the items of a list; anything that is no text is passed over."""
    return {str(key): shown(text) for key, text in found.items() if type(text) is str}


class ChainWalk:
    """One author's walk through his own chain: what he submitted binds what he wrote after it."""

    def __init__(
        self, pile: Pile, state: AuthorState, event: Event, reopened: Mapping[str, frozenset[OrganisationId]]
    ) -> None:
        self.pile = pile
        self.state = state
        self.event = event
        self.reopened = reopened
        self.locks: list[Submission] = []
        self.judge = event.judge_by_id.get(state.judge)
        self.keys: dict[tuple[bytes, bytes], CellKey] = {}
        self.fits: dict[tuple[str, MarkValue], bool] = {}

    def run(self, chain: Sequence[Entry], limits: Mapping[Author, int] | None, undone: frozenset[int]) -> None:
        """Take in every entry, counted or not."""
        state = self.state
        sealed = len(chain) if limits is None else limits.get(state.author, 0)
        counted = min(state.counts, sealed, len(chain))
        place = 0
        while place < len(chain):
            if not self.locks:
                place = self._plain_marks(chain, place, counted, undone)
                if place == len(chain):
                    return
            entry, seq = chain[place], chain[place].seq
            place += 1
            try:
                body = scan_body(entry.body)
            except ValueError:
                continue
            if seq > state.counts and state.standing is not Standing.COUNTED:
                self._late(entry, body, state.standing.value)
            elif seq > sealed:
                self._late(entry, body, "sealed")
            elif seq in undone:
                self._late(entry, body, "undone")
            else:
                self._take(entry, body)

    def set_aside(self, entries: Iterable[Entry]) -> None:
        """Note the entries of contradicting branches."""
        for entry in entries:
            try:
                self._late(entry, scan_body(entry.body), "forked")
            except ValueError:
                continue

    def _plain_marks(self, chain: Sequence[Entry], place: int, counted: int, undone: frozenset[int]) -> int:
        """The short way through a run of points for cells of this judge; the place of the first entry where the long way has to
        look. A hall's entries are these, a hundred thousand of them: hence one loop with everything at hand."""
        keys, fits, given, gone = self.keys, self.fits, self.pile.given, self.pile.gone
        for index in range(place, counted):
            author, seq, body, digest, _ = chain[index]
            found = None if seq in undone else _POINTS(body)
            if found is None:
                return index
            at, organisation, criterion, typed, replaces = found.groups()
            key = keys.get((organisation, criterion)) or self._known_cell(organisation, criterion)
            if key is None:
                return index
            value = int(typed)
            if not (fits.get((key[2], value)) or self._fits(key[2], value)):
                return index
            made = Given(digest, value, author, seq, at.decode(), _NOTHING)
            there = given.get(key)
            if there is None:
                given[key] = [made]
            elif replaces and there[-1].author == author and there[-1].digest.hex().encode() == replaces:
                there[-1] = made  # he corrects what he just said himself: nobody else has a say in that, whatever comes
                continue
            else:
                there.append(made)
            if replaces:
                gone.setdefault(key, []).append(Replaced(replaces.decode(), author))
        return max(place, counted)

    def _known_cell(self, organisation: bytes, criterion: bytes) -> CellKey | None:
        try:
            key = (self.state.judge, OrganisationId(organisation.decode()), CriterionId(criterion.decode()))
        except UnicodeDecodeError:
            return None
        if key[1] not in self.event.organisation_by_id:
            return None
        self.keys[organisation, criterion] = key
        return key

    def _take(self, entry: Entry, body: Mapping[str, Any]) -> None:
        kind = body["kind"]
        organisation = OrganisationId(_text(body, "organisation"))
        bound = kind in _BOUND and any(item.locks(organisation) for item in self.locks)
        if bound and kind == "submit" and any(item.reopened for item in self.locks):
            bound = False  # what was opened again is handed in anew with the whole sheet; the rest is locked as before
        if bound:
            self._late(entry, body, "submitted")
        elif kind == "mark":
            self._mark(entry, body, organisation)
        elif kind == "clear":
            self._replace(body, organisation, CriterionId(_text(body, "criterion")))
        elif kind == "submit":
            self._submit(entry, body, organisation)
        elif kind in ("comment", "recuse"):
            self._replace(body, organisation, _TEXT_CELL)
            table = self.pile.cells.comments if kind == "comment" else self.pile.cells.recusals
            text = _text(body, "text" if kind == "comment" else "reason")
            if text or kind == "recuse":
                turn: TurnKey = (self.state.judge, organisation)
                table.setdefault(turn, []).append(Text(entry.hash.hex(), text, entry.author, _text(body, "at")))
                if kind == "recuse":
                    self.pile.recused[entry.hash.hex()] = self._late_one(entry, body, "submitted")

    def _mark(self, entry: Entry, body: Mapping[str, Any], organisation: OrganisationId) -> None:
        criterion = CriterionId(_text(body, "criterion"))
        raw = body.get("value")
        value: Any = tuple(_texts(body, "value")) if type(raw) is list else raw
        if (
            organisation not in self.event.organisation_by_id
            or type(value) not in (int, str, tuple)
            or not self._fits(criterion, value)
        ):
            self._late(entry, body, "invalid")
            return
        self._replace(body, organisation, criterion)
        findings = body.get("findings")
        key = (self.state.judge, organisation, criterion)
        made = Given(
            entry.hash,
            value,
            entry.author,
            entry.seq,
            _text(body, "at"),
            _findings(findings) if type(findings) is dict else _NOTHING,
        )
        self.pile.given.setdefault(key, []).append(made)

    def _fits(self, criterion: CriterionId, value: MarkValue) -> bool:
        """Whether the definition as it stands lets this judge give this mark; answered once for equal marks."""
        known = self.fits.get((criterion, value))
        if known is None:
            known = self.fits[criterion, value] = self._checks(criterion, value)
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
        self.pile.cells.submissions.setdefault(self.state.judge, []).append(made)
        handed_in = self.pile.handed_in.setdefault(entry.author, {})
        handed_in[scope] = max(entry.seq, handed_in.get(scope, 0))
        if EVERYTHING not in made.reopened:
            self.locks.append(made)

    def _replace(self, body: Mapping[str, Any], organisation: OrganisationId, criterion: CriterionId) -> None:
        named = _texts(body, "replaces")
        if named:
            key = (self.state.judge, organisation, criterion)
            self.pile.gone.setdefault(key, []).extend(Replaced(item, self.state.author) for item in named)

    def _late(self, entry: Entry, body: Mapping[str, Any], why: str) -> None:
        self.pile.cells.late.append(self._late_one(entry, body, why))

    def _late_one(self, entry: Entry, body: Mapping[str, Any], why: str) -> Late:
        raw = body.get("value")
        value: MarkValue | None = raw if type(raw) is int else shown(raw) if type(raw) is str else None
        return Late(
            entry.hash.hex(),
            self.state.judge,
            entry.author,
            entry.seq,
            in_a_line(body["kind"]),
            OrganisationId(_text(body, "organisation")),
            CriterionId(_text(body, "criterion")),
            tuple(_texts(body, "value")) if type(raw) is list else value,
            _text(body, "at"),
            why,
        )
