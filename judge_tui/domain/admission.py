"""Whether a file's entries may join ours: chains, signatures, enrolments, definitions, forks. Pure: nothing is written.

A file is taken whole or not at all. What is decided here follows from the file and from what is held, never from when or
in which order files came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

from judge_tui.domain.authority import follows
from judge_tui.domain.bodies import scan_body
from judge_tui.domain.definition import read_definition
from judge_tui.domain.errors import DefinitionError, RefusedError
from judge_tui.domain.ledger import (
    NO_HASH,
    NO_SIGNATURE,
    Author,
    Entry,
    EventKey,
    Verifier,
    endorsement_message,
    enrolment_message,
    event_key,
    verify_chain,
)
from judge_tui.domain.messages import Message, msg

EntryAt = Callable[[Author, int], Entry | None]
"""Gives a held entry of an author by its seq."""


@dataclass(slots=True)
class Register:
    """What the notices held so far say about who may write and what may be marked. Grows; nothing is ever taken out."""

    key: EventKey
    rehearsal: bool = False
    offices: set[Author] = field(default_factory=set)
    kits: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    organisations: set[str] = field(default_factory=set)
    criteria: set[str] = field(default_factory=set)
    admitted: dict[Author, str] = field(default_factory=dict)

    def copy(self) -> Register:
        """A register that may learn without this one knowing."""
        return Register(
            self.key,
            self.rehearsal,
            set(self.offices),
            dict(self.kits),
            dict(self.names),
            set(self.organisations),
            set(self.criteria),
            dict(self.admitted),
        )

    def learn(self, author: Author, body: Mapping[str, Any]) -> None:
        """Take in what one entry of an office says. Raises DefinitionError where this program cannot read a definition."""
        kind = body["kind"]
        if kind == "event" and event_key(author, str(body.get("id", ""))) == self.key:
            self.rehearsal = body.get("rehearsal") is True
            self.offices.add(author)
            self._appoint(body, "desk", "reserve")
        elif author not in self.offices:
            return
        elif kind == "takeover":
            self._appoint(body, "notice", "desk")
        elif kind == "roster":
            for item in body.get("kits") or ():
                self.kits[str(item["kit"])] = str(item["judge"])
        elif kind == "definition":
            event = read_definition(body.get("definition") or {}, "")
            self.organisations.update(item.id for item in event.organisations)
            self.criteria.update(item.id for item in event.criteria)
            self.names.update((item.id, item.name) for item in event.judges)

    def _appoint(self, body: Mapping[str, Any], *roles: str) -> None:
        for role in roles:
            raw = bytes.fromhex(str(body.get(role, "")))
            if len(raw) == 32:
                self.offices.add(Author(raw))


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


class Admitter:
    """Checks one file against a register and what is held."""

    def __init__(self, register: Register, held: Mapping[Author, int], entry_at: EntryAt, verify: Verifier) -> None:
        self.register = register.copy()
        self.held = held
        self.entry_at = entry_at
        self.verify = verify
        self.marked: set[tuple[str, str]] = set()

    def admit(
        self, entries: Sequence[Entry], evidence: Sequence[Entry], known_evidence: Callable[[Entry], bool]
    ) -> Admission:
        """All checks in order. Raises RefusedError with GAP, TAMPERED, SCHEMA, UNKNOWN_JUDGE or DEFINITION."""
        chains = self.check_chains(entries, evidence)
        bodies = self._read_bodies(chains, evidence)
        self._learn(chains, bodies)
        judges = tuple(
            dict.fromkeys(
                self._enrolled(author, bodies[author][0]) for author in chains if author not in self.register.offices
            )
        )
        for entry in evidence:
            if entry.author not in chains:
                raise _tampered(entry.author, entry.seq)
        self._check_marks()
        return self._compared(chains, evidence, known_evidence, judges)

    def admit_next(self, last: Entry, sent: Sequence[Entry]) -> None:
        """The same checks for entries that go on where an enrolled judge's held chain ends, as they come over a network.

        Everything up to `last` was checked when it was taken in, and the hashes bind both together. Raises RefusedError as
        `admit` does; then none of them may be taken.
        """
        self._check_chain(last.author, sent, last)
        self._read_bodies({last.author: sent}, ())
        self._check_marks()

    def check_chains(self, entries: Sequence[Entry], evidence: Sequence[Entry]) -> dict[Author, list[Entry]]:
        """Every chain from its first entry to its signed head, and every entry of a second branch; the chains by author.

        `entries` come in order of author and seq. Raises RefusedError with GAP or TAMPERED.
        """
        chains = {author: list(chain) for author, chain in groupby(entries, key=attrgetter("author"))}
        for author, chain in chains.items():
            self._check_chain(author, chain)
        self._check_evidence(chains, evidence)
        return chains

    def _check_chain(self, author: Author, chain: Sequence[Entry], last: Entry | None = None) -> None:
        after = (last.seq, last.hash, last.sig) if last is not None else (0, NO_HASH, NO_SIGNATURE)
        broken = verify_chain(self.register.key, author, chain, self.verify, after)
        if broken is None:
            return
        if broken.code == "GAP":
            raise RefusedError(
                "GAP",
                msg(
                    "Entries are missing: after {last} of {author} comes {next}",
                    last=broken.seq - 1,
                    author=author.hex()[:8],
                    next=chain[broken.seq - 1 - after[0]].seq,
                ),
                msg("Ask for the whole file to be handed over again with the program's own command."),
            )
        raise _tampered(author, broken.seq)

    def _check_evidence(self, chains: Mapping[Author, Sequence[Entry]], evidence: Sequence[Entry]) -> None:
        """Every entry of a second branch by itself: it follows an entry of this file, and it is signed."""
        places: dict[tuple[Author, int], list[Entry]] = {}
        for entry in evidence:
            places.setdefault((entry.author, entry.seq), []).append(entry)
        for entry in evidence:
            before: list[Entry | None] = list(places.get((entry.author, entry.seq - 1), ()))
            chain = chains.get(entry.author, ())
            if 2 <= entry.seq <= len(chain) + 1:
                before.append(chain[entry.seq - 2])
            elif entry.seq == 1:
                before.append(None)
            sound = len(entry.sig) == 64 and any(follows(self.register.key, last, entry) for last in before)
            if not sound or not self.verify(entry.author, entry.hash, entry.sig):
                raise _tampered(entry.author, entry.seq)

    def _read_bodies(
        self, chains: Mapping[Author, Sequence[Entry]], evidence: Sequence[Entry]
    ) -> dict[Author, list[dict[str, Any]]]:
        """What the entries say. Only what nobody has read yet costs anything: held entries were read when they came."""
        marked = self.marked
        read: dict[Author, list[dict[str, Any]]] = {}
        try:
            for author, chain in chains.items():
                bodies = read[author] = [scan_body(entry.body) for entry in chain]
                for body in bodies:
                    if body["kind"] == "mark":
                        marked.add((body.get("organisation", ""), body.get("criterion", "")))
            for entry in evidence:
                scan_body(entry.body)
        except (ValueError, TypeError) as error:
            raise RefusedError(
                "SCHEMA",
                msg("An entry cannot be read: {reason}", reason=str(error)[:80]),
                msg("It was written by a faulty program. Ask for the file to be handed over again."),
            ) from error
        return read

    def _learn(
        self, chains: Mapping[Author, Sequence[Entry]], bodies: Mapping[Author, Sequence[Mapping[str, Any]]]
    ) -> None:
        """Take in the offices' entries that are new to us, the notice's first of all."""

        def first(author: Author) -> int:
            kind = bodies[author][0]["kind"]
            return {"event": 0, "takeover": 1}.get(kind, 2)

        for author in sorted(chains, key=lambda item: (first(item), item)):
            if author not in self.register.offices and first(author) != 0:
                continue
            for body in bodies[author][self.held.get(author, 0) :]:
                try:
                    self.register.learn(author, body)
                except (DefinitionError, ValueError, TypeError, KeyError, AttributeError) as error:
                    raise RefusedError(
                        "DEFINITION",
                        msg("The file carries a definition that this program cannot read"),
                        msg("It waits and is tried again after every merge; update the program on this laptop."),
                    ) from error

    def _enrolled(self, author: Author, body: Mapping[str, Any]) -> str:
        """The judge who wrote this chain, proven by the kit's signature in entry 1. Raises RefusedError."""
        known = self.register.admitted.get(author)
        if known is not None:
            return known
        kit, judge = str(body.get("kit", "")), str(body.get("judge", ""))
        owner = self.register.kits.get(kit)
        if body["kind"] != "open":
            raise _tampered(author, 1)
        if owner is None:
            raise RefusedError(
                "UNKNOWN_JUDGE",
                msg("The kit of {judge} is not on this event's list", judge=judge),
                msg("It waits and is tried again after every merge: merge the file of whoever issued this kit."),
            )
        key = self.register.key
        if owner != judge or not self._signed(kit, enrolment_message(key, author), body.get("enrolment")):
            raise _tampered(author, 1)
        continues = body.get("continues")
        if continues is not None:
            endorsement = continues.get("endorsement") if isinstance(continues, dict) else ""
            if endorsement is not None and not self._signed(
                str(continues.get("author", "")) if isinstance(continues, dict) else "",
                endorsement_message(key, author),
                endorsement,
            ):
                raise _tampered(author, 1)
        self.register.admitted[author] = judge
        return judge

    def _signed(self, signer: str, message: bytes, signature: object) -> bool:
        try:
            return self.verify(bytes.fromhex(signer), message, bytes.fromhex(str(signature)))
        except ValueError:
            return False

    def _check_marks(self) -> None:
        for organisation, criterion in self.marked:
            if organisation not in self.register.organisations or criterion not in self.register.criteria:
                raise RefusedError(
                    "DEFINITION",
                    msg(
                        "The file has marks for {what}, which no definition held here names",
                        what=f"{organisation} / {criterion}",
                    ),
                    msg("It waits and is tried again after every merge: merge the newest file of the organiser first."),
                )

    def _compared(
        self,
        chains: Mapping[Author, list[Entry]],
        evidence: Sequence[Entry],
        known_evidence: Callable[[Entry], bool],
        judges: tuple[str, ...],
    ) -> Admission:
        """What of it is new, and where it contradicts what is held."""
        new: list[Entry] = []
        aside: dict[tuple[Author, int, bytes], Entry] = {}
        spans: dict[Author, tuple[int, int]] = {}
        forked: dict[Author, int] = {}
        for author, chain in chains.items():
            held = self.held.get(author, 0)
            common = self._common(author, chain, min(held, len(chain)))
            added = chain[common:]
            if common < min(held, len(chain)):
                forked[author] = common + 1
                aside.update(((entry.author, entry.seq, entry.hash), entry) for entry in added)
            elif added:
                new += added
                spans[author] = (added[0].seq, added[-1].seq)
        for entry in evidence:
            own = self._held_or_new(chains, forked, entry)
            if own is None or own.hash != entry.hash:
                aside[entry.author, entry.seq, entry.hash] = entry
                forked.setdefault(entry.author, entry.seq)
        unknown = [entry for entry in aside.values() if not known_evidence(entry)]
        for entry in unknown:
            first, last = spans.get(entry.author, (entry.seq, entry.seq))
            spans[entry.author] = (min(first, entry.seq), max(last, entry.seq))
        return Admission(new, unknown, judges, spans, forked, self.register)

    def _common(self, author: Author, chain: Sequence[Entry], limit: int) -> int:
        """How many entries from the first on are the same as ours: equal hashes mean equal everything before them."""
        low, high = 0, limit
        probe = limit
        while low < high:
            held = self.entry_at(author, probe)
            if held is not None and held.hash == chain[probe - 1].hash:
                low = probe
            else:
                high = probe - 1
            probe = (low + high + 1) // 2
        return low

    def _held_or_new(
        self, chains: Mapping[Author, list[Entry]], forked: Mapping[Author, int], entry: Entry
    ) -> Entry | None:
        held = self.entry_at(entry.author, entry.seq)
        if held is not None or entry.author in forked:
            return held
        chain = chains[entry.author]
        return chain[entry.seq - 1] if entry.seq <= len(chain) else None


def _tampered(author: Author, seq: int) -> RefusedError:
    return RefusedError(
        "TAMPERED",
        msg("Entry {seq} of {author} is not what was signed", seq=seq, author=author.hex()[:8]),
        msg("Do not use this file. Ask the judge to hand over again from his own laptop, and keep this one."),
    )


def register_of(
    key: EventKey, offices: Iterable[tuple[Author, Mapping[str, Any]]], opened: Mapping[Author, str]
) -> Register:
    """A register of what is held: the offices' entries in order (notice first) and the judges' authors."""
    register = Register(key)
    for author, body in offices:
        register.learn(author, body)
    register.admitted.update(opened)
    return register


def refusal(error: RefusedError) -> tuple[str, Message, Message]:
    """A refusal's code, reason and next step."""
    return error.code, error.message, error.hint or msg("Ask for the file to be handed over again.")
