"""Whether a file's entries may join ours: chains, signatures, enrolments, definitions, forks. Pure: nothing is written.

A file is taken whole or not at all. What is decided here follows from the file and from what is held, never from when or
in which order files came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from judge_tui.domain.bodies import check_body, scan_body
from judge_tui.domain.branches import follows
from judge_tui.domain.errors import DefinitionError, RefusedError
from judge_tui.domain.ledger import (
    BEGINNING,
    Author,
    Entry,
    Verifier,
    walk_chain,
)
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.opening import check_opening, gap, tampered
from judge_tui.domain.register import Register
from judge_tui.domain.shown import in_a_line
from judge_tui.domain.sources import Listed, Source

EntryAt = Callable[[Author, int], Entry | None]
"""Gives a held entry of an author by its seq."""


@dataclass(frozen=True, slots=True)
class Admission:
    """What a file adds: entries for the chains, entries for the evidence of forks, and who wrote what is in it.

    `spans` is, for each author who adds something, the first and last seq added; `forked` where two branches part.
    """

    entries: list[Entry]
    evidence: list[Entry]
    judges: tuple[str, ...]
    spans: dict[Author, tuple[int, int]]
    forked: dict[Author, int]
    register: Register


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would add if everything in it proves right: the first new seq of each author who adds something, and
    where two branches part."""

    fresh: Mapping[Author, int]
    forked: Mapping[Author, int]


_TEXT = rb'"[^"\\\x00-\x1f\x80-\xff]*"'
_MARK = re.compile(
    rb'\{"kind":"mark","at":%b,("organisation":"[^"\\\x00-\x1f]*","criterion":"[^"\\\x00-\x1f]*"),'
    rb'"value":(?:-?(?:0|[1-9][0-9]{0,14})|%b|\[(?:%b(?:,%b)*)?\])'
    rb'(?:,"replaces":\[(?:"[0-9a-f]{64}"(?:,"[0-9a-f]{64}")*)?\])?(?:,"via":"[a-z]*")?\}'
    % (_TEXT, _TEXT, _TEXT, _TEXT)
)
"""A mark as this program writes it; what does not look like this is read the long way."""

_MARK_BEGINS = b'{"kind":"mark",'
_MARKS = re.compile(
    rb'^\{"kind":"mark","at":"[^"]*+",("organisation":"[^"]*+","criterion":"[^"]*+"),'
    rb'"value":(?:-?(?:0|[1-9][0-9]{0,14}+)|"[^"]*+"|\[(?:"[^"]*+"(?:,"[^"]*+")*+)?+\])'
    rb'(?:,"replaces":\[(?:"[^"]*+"(?:,"[^"]*+")*+)?+\])?+(?:,"via":"[^"]*+")?+\}$',
    re.MULTILINE,
)
"""The same for many marks, one on a line, in which nothing needs escaping."""

_CONTROL = bytes(range(32))


def _plain_marks(marks: Sequence[bytes]) -> list[bytes] | None:
    """The places of marks that are all written as this program writes them, None where one is not.

    Joined by line feeds, there are no other control characters in them, no escapes, and as many marks as lines: so that each
    line is a mark from its first byte to its last.
    """
    joined = b"\n".join(marks)
    plain = len(joined) - len(joined.translate(None, _CONTROL)) == len(marks) - 1 and b"\\" not in joined
    found = _MARKS.findall(joined) if plain else []
    try:
        joined.decode()
    except UnicodeDecodeError:
        return None
    return found if len(found) == len(marks) else None


class Admitter:
    """Checks one file against a register and what is held."""

    def __init__(self, register: Register, held: Mapping[Author, int], entry_at: EntryAt, verify: Verifier) -> None:
        self.register = register.copy()
        self.held = held
        self.entry_at = entry_at
        self.verify = verify

    def admit(
        self, entries: Sequence[Entry], evidence: Sequence[Entry], known_evidence: Callable[[Entry], bool]
    ) -> Admission:
        """All checks on entries in memory. Raises RefusedError with GAP, TAMPERED, SCHEMA, UNKNOWN_JUDGE or DEFINITION."""
        source = Listed(entries, evidence)
        plan = self.plan(source)
        judges = self.check(source, plan)
        return self.compare(source, plan, known_evidence, judges)

    def plan(self, source: Source) -> Plan:
        """Where the file continues what is held and where it contradicts it, going by the hashes it shows.

        A shown hash proves nothing yet; `check` does: with the whole chain right, equal hashes mean equal everything before.
        """
        fresh: dict[Author, int] = {}
        forked: dict[Author, int] = {}
        for author, last in source.authors().items():
            shared = min(self.held.get(author, 0), last)
            common = self._common(source, author, shared)
            if common < shared:
                forked[author] = common + 1
            elif last > common:
                fresh[author] = common + 1
        return Plan(fresh, forked)

    def check(self, source: Source, plan: Plan) -> tuple[str, ...]:
        """All checks in order; the ids of the judges who wrote in the file.

        Raises RefusedError with GAP, TAMPERED, SCHEMA, UNKNOWN_JUDGE or DEFINITION.
        """
        cells: set[bytes] = set()
        others: dict[Author, list[bytes]] = {}
        authors = source.authors()
        for author in authors:
            known = plan.fresh.get(author, plan.forked.get(author, authors[author] + 1)) - 1
            self._walk(source, author, known, cells, others.setdefault(author, []))
        evidence = source.evidence()
        self._check_evidence(source, evidence)
        bodies = {author: self._read(raw) for author, raw in others.items()}
        cells -= self.register.cells
        marks = {self._cell(cell) for cell in cells} | _marks(self._read(entry.body for entry in evidence))
        marks = marks.union(*(_marks(said) for said in bodies.values()))
        self._learn(source, bodies)
        judges = dict.fromkeys(
            self._enrolled(source, author, plan) for author in authors if author not in self.register.offices
        )
        for entry in evidence:
            if entry.seq == 1 and entry.author not in self.register.offices:
                self._opened(entry)
        self._check_marks(marks)
        self.register.cells |= cells
        return tuple(judges)

    def admit_next(self, last: Entry, sent: Sequence[Entry]) -> None:
        """The same checks for entries that go on where an enrolled judge's held chain ends, as they come over a network.

        Everything up to `last` was checked when it was taken in, and the hashes bind both together. Raises RefusedError as
        `admit` does; then none of them may be taken.
        """
        cells: set[bytes] = set()
        others: list[bytes] = []
        self._walk(Listed(sent), last.author, last.seq, cells, others, (last.seq, last.hash, last.sig))
        self._check_marks({self._cell(cell) for cell in cells} | _marks(self._read(others)))

    def check_chains(self, source: Source) -> None:
        """Every chain from its first entry to its signed head, and every entry of a second branch: what a copy is checked
        for before it leaves. Raises RefusedError with GAP or TAMPERED."""
        for author in source.authors():
            self._walk(source, author, 0, set(), [])
        self._check_evidence(source, source.evidence())

    def check_held(self, source: Source) -> None:
        """Everything a file holds, proven anew: chains, second branches, and that a kit signed for every judge. What bodies say
        was looked at when they were taken in. Raises RefusedError with GAP, TAMPERED, UNKNOWN_JUDGE or DEFINITION."""
        evidence = source.evidence()
        offices: dict[Author, list[dict[str, Any]]] = {}
        for author in source.authors():
            broken = walk_chain(self.register.key, author, source.rows(author), self.verify)
            if broken is not None:
                raise gap(broken.seq) if broken.code == "GAP" else tampered(broken.seq)
            first = source.entry(author, 1)
            if first is not None and scan_body(first.body)["kind"] != "open":
                offices[author] = [scan_body(row[1]) for row in source.rows(author)]
        self._check_evidence(source, evidence)
        for entry in evidence:
            offices.get(entry.author, []).append(scan_body(entry.body))
        self._learn(source, offices)
        for author in source.authors():
            if author not in self.register.offices:
                self._enrolled(source, author, Plan({}, {}))
        for entry in evidence:
            if entry.seq == 1 and entry.author not in self.register.offices:
                self._opened(entry)

    def _walk(
        self,
        source: Source,
        author: Author,
        known: int,
        cells: set[bytes],
        others: list[bytes],
        after: tuple[int, bytes, bytes] = BEGINNING,
    ) -> None:
        """One chain. Bodies beyond the known ones are sorted: marks give their cell, everything else is kept to be read."""

        def inspect(bodies: Sequence[bytes]) -> None:
            found = _plain_marks(bodies)
            if found is None:
                others.extend(body for body in bodies if not body.startswith(_MARK_BEGINS))
                marks = [body for body in bodies if body.startswith(_MARK_BEGINS)]
                found = _plain_marks(marks)
                if found is None:  # one of them at least is written otherwise: each by itself
                    shown = [_MARK.fullmatch(body) for body in marks]
                    found = [mark[1] for mark in shown if mark]
                    others.extend(body for body, mark in zip(marks, shown) if not mark)
            cells.update(found)

        broken = walk_chain(self.register.key, author, source.rows(author), self.verify, inspect, known, after)
        if broken is None:
            return
        raise gap(broken.seq) if broken.code == "GAP" else tampered(broken.seq)

    def _check_evidence(self, source: Source, evidence: Sequence[Entry]) -> None:
        """Every entry of a second branch by itself: it follows an entry of this file, and it is signed."""
        places: dict[tuple[Author, int], list[Entry | None]] = {}
        for entry in evidence:
            places.setdefault((entry.author, entry.seq), []).append(entry)
        for entry in evidence:
            before = list(places.get((entry.author, entry.seq - 1), ()))
            before.append(source.entry(entry.author, entry.seq - 1) if entry.seq > 1 else None)
            sound = any(
                follows(self.register.key, last, entry) for last in before if last is not None or entry.seq == 1
            )
            signed = sound and self.verify(entry.author, entry.hash, entry.sig)
            if not signed or entry.author not in source.authors():
                raise tampered(entry.seq)

    def _read(self, raw: Iterable[bytes]) -> list[dict[str, Any]]:
        try:
            return [check_body(body) for body in raw]
        except ValueError as error:
            raise RefusedError(
                "SCHEMA",
                msg("An entry cannot be read: {reason}", reason=str(error)[:80]),
                msg("It was written by a faulty program. Ask for the file to be handed over again."),
            ) from error

    def _cell(self, shown: bytes) -> tuple[str, str]:
        found = self._read([b'{"kind":"mark",%b}' % shown])[0]
        return found["organisation"], found["criterion"]

    def _learn(self, source: Source, bodies: Mapping[Author, Sequence[Mapping[str, Any]]]) -> None:
        """Take in what the offices say: the notice's chain first, then those of whom it appoints."""
        ranks: list[tuple[int, Author]] = []
        for author in bodies:
            first = source.entry(author, 1)
            kind = scan_body(first.body)["kind"] if first is not None else ""
            ranks.append(({"event": 0, "takeover": 1}.get(kind, 2), author))
        for _, author in sorted(ranks):  # whoever holds no office is not listened to
            try:
                for body in bodies[author]:
                    self.register.learn(author, body)
            except (DefinitionError, ValueError, TypeError, KeyError, AttributeError) as error:
                raise RefusedError(
                    "DEFINITION",
                    msg("The file carries a definition that this program cannot read"),
                    msg("It waits and is tried again after every merge; update the program on this laptop."),
                ) from error

    def _enrolled(self, source: Source, author: Author, plan: Plan) -> str:
        """The judge who wrote this chain, proven by the kit's signature in entry 1. Raises RefusedError."""
        known = self.register.admitted.get(author)
        if known is not None and plan.forked.get(author) != 1:
            return known
        first = source.entry(author, 1)
        assert first is not None  # his chain was walked from there
        judge = self._opened(first)
        return self.register.admitted.setdefault(author, judge)

    def _opened(self, first: Entry) -> str:
        return check_opening(self.register, first, self._read([first.body])[0], self.verify)

    def _check_marks(self, marks: Iterable[tuple[str, str]]) -> None:
        for organisation, criterion in sorted(marks):
            if organisation not in self.register.organisations or criterion not in self.register.criteria:
                raise RefusedError(
                    "DEFINITION",
                    msg(
                        "The file has marks for {what}, which no definition held here names",
                        what=in_a_line(f"{organisation} / {criterion}"),
                    ),
                    msg("It waits and is tried again after every merge: merge the newest file of the organiser first."),
                )

    def compare(
        self, source: Source, plan: Plan, known_evidence: Callable[[Entry], bool], judges: tuple[str, ...]
    ) -> Admission:
        """What of a checked file is new: entries that continue a chain, and branches that contradict one."""
        new: list[Entry] = []
        aside: dict[bytes, Entry] = {}
        authors = source.authors()
        spans = {author: (first, authors[author]) for author, first in plan.fresh.items()}
        forked = dict(plan.forked)
        for author, first in plan.fresh.items():
            new += [Entry(author, *row) for row in source.rows(author) if row[0] >= first]
        for author, first in plan.forked.items():
            aside.update((row[2], Entry(author, *row)) for row in source.rows(author) if row[0] >= first)
        for entry in source.evidence():
            held = self.entry_at(entry.author, entry.seq)
            if held is None and entry.author not in plan.forked:
                held = source.entry(entry.author, entry.seq)
            if held is None or held.hash != entry.hash:
                aside[entry.hash] = entry
                forked.setdefault(entry.author, entry.seq)
        unknown = [entry for entry in aside.values() if not known_evidence(entry)]
        for entry in unknown:
            first, last = spans.get(entry.author, (entry.seq, entry.seq))
            spans[entry.author] = (min(first, entry.seq), max(last, entry.seq))
        return Admission(new, unknown, judges, spans, forked, self.register)

    def _common(self, source: Source, author: Author, limit: int) -> int:
        """How many entries from the first on are the same as ours, by their hashes."""
        low, high, probe = 0, limit, limit
        while low < high:
            held, theirs = self.entry_at(author, probe), source.entry(author, probe)
            if held is not None and theirs is not None and held.hash == theirs.hash:
                low = probe
            else:
                high = probe - 1
            probe = (low + high + 1) // 2
        return low


def _id(body: Mapping[str, Any], key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""


def _marks(bodies: Iterable[Mapping[str, Any]]) -> set[tuple[str, str]]:
    return {(_id(body, "organisation"), _id(body, "criterion")) for body in bodies if body["kind"] == "mark"}


def refusal(error: RefusedError) -> tuple[str, Message, Message]:
    """A refusal's code, reason and next step."""
    return error.code, error.message, error.hint or msg("Ask for the file to be handed over again.")


__all__ = ["Admission", "Admitter", "EntryAt", "Listed", "Plan", "Register", "Source", "refusal"]
