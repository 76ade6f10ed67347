"""Who may write, and how far each chain counts: forks, take-over, kits, confirmation, revocation, undo and seal.

Everything here follows from the set of entries alone, never from the order in which they came. Signatures of chains, of
enrolments and of endorsements were verified when the entries were taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from judge_tui.domain.bodies import scan_body
from judge_tui.domain.branches import Branches, arrange, follows
from judge_tui.domain.event import JudgeId
from judge_tui.domain.ledger import NO_HASH, Author, Entry, EventKey, event_key

Chains = Mapping[Author, Sequence[Entry]]
Said = tuple[Entry, dict[str, Any]]
"""An entry and what it says."""


class Standing(StrEnum):
    """Whether an author's chain counts."""

    COUNTED = "counted"
    UNCONFIRMED = "unconfirmed"
    REPLACED = "replaced"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AuthorState:
    """One author as seen from all entries. Entries up to `counts` (a seq) count; `held` is how many there are.

    `fork` is the seq from which two branches contradict each other (0: none); `parent` is the author it continues.
    """

    author: Author
    role: str
    judge: JudgeId
    device: str
    opened: str
    held: int
    head: bytes
    standing: Standing
    counts: int
    fork: int = 0
    parent: Author | None = None


@dataclass(frozen=True, slots=True)
class Seal:
    """The organiser's last seal: the hash of the entry, when, and the heads that count: author → (seq, hash)."""

    hash: bytes
    at: str
    heads: Mapping[Author, tuple[int, bytes]]
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Authority:
    """The result: who writes, what the organiser said (undone entries left out), and which entries are undone."""

    key: EventKey
    genesis: Mapping[str, Any]
    notices: tuple[Said, ...]
    desk: tuple[Said, ...]
    authors: Mapping[Author, AuthorState]
    chains: Chains
    kits: Mapping[JudgeId, str]
    undone: Mapping[Author, frozenset[int]]
    seal: Seal | None = None
    unsealed: tuple[Said, ...] = ()
    aside: Mapping[Author, tuple[Entry, ...]] = field(default_factory=dict)


def authority(entries: Iterable[Entry], event: EventKey | None = None) -> Authority:
    """Work out who may write and what counts. Raises ValueError where there is no organiser's first entry to begin from."""
    table = arrange(entries)
    notice, genesis, key = _genesis(table, event)
    forks = {author: branches.fork for author, branches in table.items() if branches.fork}
    straight = {author: branches.straight for author, branches in table.items()}
    limits, notices, desks = _offices(genesis, notice, straight)
    desk = _said(desks, straight, limits)
    desk, undone = _without_undone(desk)
    chains = {**straight, **_resolved_forks(key, table, straight, forks, desk)}
    notices_said = _said(notices, chains, limits)
    seal = _last_seal(desk)
    unsealed: tuple[Said, ...] = ()
    if seal is not None:
        place = next(index for index, (entry, _) in enumerate(desk) if entry.hash == seal.hash)
        unsealed = tuple(said for said in desk[place + 1 :] if said[1]["kind"] not in ("publish", "override", "late"))
        desk = tuple(said for said in desk if said not in unsealed)
        notices_said = tuple(
            said for said in notices_said if said[0].seq <= seal.heads.get(said[0].author, (0, b""))[0]
        )
    offices = dict.fromkeys(notices, "notice") | dict.fromkeys(desks, "desk")
    reserve = _author(genesis, "reserve")
    if reserve is not None:
        offices[reserve] = "reserve"
    kits, old_kits = _kits(notices_said)
    judges = _judges(chains, table, offices, kits, old_kits, notices_said, forks)
    for author, role in offices.items():
        if author in table:
            judges[author] = _office_state(author, role, chains[author], table[author], limits)
    aside = {author: table[author].beside(chains[author]) for author in forks}
    return Authority(key, genesis, notices_said, desk, judges, chains, kits, undone, seal, unsealed, aside)


def _genesis(table: Mapping[Author, Branches], event: EventKey | None) -> tuple[Author, dict[str, Any], EventKey]:
    for author in sorted(table):
        for entry in table[author].at(1):
            body = _readable(entry)
            if body.get("kind") == "event":
                key = event_key(author, str(body.get("id", "")))
                if event is None or key == event:
                    return author, body, key
    raise ValueError("no event begins here")


def _readable(entry: Entry) -> dict[str, Any]:
    try:
        return scan_body(entry.body)
    except ValueError:
        return {"kind": ""}


def _author(body: Mapping[str, Any], key: str) -> Author | None:
    try:
        raw = bytes.fromhex(body.get(key, ""))
    except (TypeError, ValueError):
        return None
    return Author(raw) if len(raw) == 32 else None


def _offices(
    genesis: Mapping[str, Any], notice: Author, straight: Chains
) -> tuple[dict[Author, int], list[Author], list[Author]]:
    """The organiser's authors in order of succession, and the seq up to which a former one counts."""
    notices, desks = [notice], [desk for desk in (_author(genesis, "desk"),) if desk]
    limits: dict[Author, int] = {}
    reserve = _author(genesis, "reserve")
    for entry in straight.get(reserve, ()) if reserve else ():
        body = _readable(entry)
        if body["kind"] != "takeover":
            continue
        heads = _heads(body)
        for former in (*notices, *desks):
            limits.setdefault(former, heads.get(former, (0, NO_HASH))[0])
        notices += [found for found in (_author(body, "notice"),) if found]
        desks += [found for found in (_author(body, "desk"),) if found]
    return limits, notices, desks


def _heads(body: Mapping[str, Any]) -> dict[Author, tuple[int, bytes]]:
    """`heads` of a body: a list of [author, seq, hash]; what cannot be read is passed over."""
    found: dict[Author, tuple[int, bytes]] = {}
    heads = body.get("heads")
    for item in heads if isinstance(heads, list) else ():
        try:
            author, seq, head = item
            found[Author(bytes.fromhex(author))] = (int(seq), bytes.fromhex(head))
        except (TypeError, ValueError):
            continue
    return found


def _said(authors: Sequence[Author], chains: Chains, limits: Mapping[Author, int]) -> tuple[Said, ...]:
    return tuple(
        (entry, _readable(entry))
        for author in authors
        for entry in chains.get(author, ())
        if author not in limits or entry.seq <= limits[author]
    )


def _without_undone(desk: tuple[Said, ...]) -> tuple[tuple[Said, ...], dict[Author, frozenset[int]]]:
    """Leave out what a later `undo` takes back (an undo may itself be undone); the ranges of seqs that are undone."""
    hashes: set[str] = set()
    ranges: dict[Author, set[int]] = {}
    for entry, body in reversed(desk):
        if body["kind"] != "undo" or entry.hash.hex() in hashes:
            continue
        named = body.get("entries")
        hashes.update(item for item in named if isinstance(item, str)) if isinstance(named, list) else None
        spans = body.get("ranges")
        for item in spans if isinstance(spans, list) else ():
            try:
                author, first, last = item
                ranges.setdefault(Author(bytes.fromhex(author)), set()).update(range(int(first), int(last) + 1))
            except (TypeError, ValueError):
                continue
    kept = tuple(said for said in desk if said[0].hash.hex() not in hashes)
    return kept, {author: frozenset(seqs) for author, seqs in ranges.items()}


def _resolved_forks(
    key: EventKey,
    table: Mapping[Author, Branches],
    straight: Chains,
    forks: Mapping[Author, int],
    desk: Iterable[Said],
) -> dict[Author, list[Entry]]:
    """Chains whose fork the organiser resolved: the chosen branch is followed to its end."""
    chosen: dict[Author, str] = {}
    for _, body in desk:
        author = _author(body, "author")
        choice = body.get("choose")
        if body["kind"] == "resolve" and author is not None and author in forks and isinstance(choice, str):
            chosen[author] = choice
    found: dict[Author, list[Entry]] = {}
    for author, choice in chosen.items():
        chain = list(straight[author])
        wanted = [item for item in table[author].at(forks[author]) if item.hash.hex() == choice]
        while wanted:
            chain.append(wanted[0])
            last = chain[-1]
            wanted = [item for item in table[author].at(last.seq + 1) if follows(key, last, item)]
            if len(wanted) > 1:
                break
        found[author] = chain
    return found


def _last_seal(desk: Sequence[Said]) -> Seal | None:
    for entry, body in reversed(desk):
        if body["kind"] == "seal":
            by = body.get("by")
            return Seal(
                entry.hash,
                str(body.get("at", "")),
                {**_heads(body), entry.author: (entry.seq, entry.hash)},
                tuple(str(name) for name in by) if isinstance(by, list) else (),
            )
    return None


def _kits(notices: Iterable[Said]) -> tuple[dict[JudgeId, str], set[str]]:
    """Each judge's kit (the public half of its enrolment key, hex), and the kits that were issued again."""
    kits: dict[JudgeId, str] = {}
    old: set[str] = set()
    for _, body in notices:
        issued = body.get("kits") if body["kind"] == "roster" else None
        for item in issued if isinstance(issued, list) else ():
            if isinstance(item, dict) and isinstance(item.get("judge"), str) and isinstance(item.get("kit"), str):
                former = kits.get(JudgeId(item["judge"]))
                if former is not None and former != item["kit"]:
                    old.add(former)
                kits[JudgeId(item["judge"])] = item["kit"]
    return kits, old - set(kits.values())


def _judges(
    chains: Chains,
    table: Mapping[Author, Branches],
    offices: Mapping[Author, str],
    kits: Mapping[JudgeId, str],
    old_kits: set[str],
    notices: Iterable[Said],
    forks: Mapping[Author, int],
) -> dict[Author, AuthorState]:
    firsts = {
        author: _readable(min(branches.at(1), key=lambda entry: entry.hash))
        for author, branches in table.items()
        if author not in offices and branches.at(1)
    }
    opened = {author: body for author, body in firsts.items() if body["kind"] == "open"}
    confirmed = {_author(body, "author") for _, body in notices if body["kind"] == "confirm"}
    revoked = {_author(body, "author"): body.get("seq") for _, body in notices if body["kind"] == "revoke"}
    endorsed = _endorsements(opened, chains)
    standing = {
        author: _first_standing(author, body, opened, kits, old_kits, confirmed) for author, body in opened.items()
    }
    for _ in opened:  # an endorsement counts if whoever gave it counts, however long the line
        for author, by in endorsed:
            if standing.get(by) is Standing.COUNTED and standing.get(author) is Standing.UNCONFIRMED:
                standing[author] = Standing.COUNTED
    states = {}
    for author, body in opened.items():
        counts = len(chains[author]) if standing[author] is Standing.COUNTED else 0
        if author in revoked:
            seq = revoked[author]
            counts = min(len(chains[author]), seq if isinstance(seq, int) else 0)
            standing[author] = Standing.REVOKED
        head = chains[author][-1].hash if chains[author] else NO_HASH
        states[author] = AuthorState(
            author,
            "judge",
            JudgeId(str(body.get("judge", ""))),
            str(body.get("device", "")),
            str(body.get("at", "")),
            table[author].last,
            head,
            standing[author],
            counts,
            forks.get(author, 0),
            _parent(body),
        )
    return states


def _parent(body: Mapping[str, Any]) -> Author | None:
    continues = body.get("continues")
    return _author(continues, "author") if isinstance(continues, dict) else None


def _endorsements(opened: Mapping[Author, Mapping[str, Any]], chains: Chains) -> list[tuple[Author, Author]]:
    """(endorsed, endorsing) pairs of one judge: by a signature in entry 1, or by an `endorse` entry of the other author."""
    found = [
        (author, parent)
        for author, body in opened.items()
        if (parent := _parent(body)) in opened and parent is not None and body["continues"].get("endorsement")
    ]
    for author in opened:
        for entry in chains[author][1:]:
            if b'"endorse"' in entry.body and (body := _readable(entry))["kind"] == "endorse":
                other = _author(body, "author")
                if other is not None:
                    found.append((other, author))
    return [(one, by) for one, by in found if one in opened and opened[one].get("judge") == opened[by].get("judge")]


def _first_standing(
    author: Author,
    body: Mapping[str, Any],
    opened: Mapping[Author, Mapping[str, Any]],
    kits: Mapping[JudgeId, str],
    old_kits: set[str],
    confirmed: set[Author | None],
) -> Standing:
    """Before endorsements: a kit's only author counts; of several that do not continue one another none does until the
    organiser confirms one, because nothing but the order of arrival would tell them apart."""
    judge = JudgeId(str(body.get("judge", "")))
    kit = body.get("kit")
    if kit != kits.get(judge) and kit not in old_kits:
        return Standing.UNKNOWN
    if author in confirmed:
        return Standing.COUNTED
    if kit in old_kits:
        return Standing.REPLACED
    if not _begins(body, opened):
        return Standing.UNCONFIRMED
    rivals = [
        other
        for other, theirs in opened.items()
        if other != author and theirs.get("kit") == kit and _begins(theirs, opened)
    ]
    return Standing.UNCONFIRMED if rivals else Standing.COUNTED


def _begins(body: Mapping[str, Any], opened: Mapping[Author, object]) -> bool:
    """Whether an author stands at the beginning: it continues nobody, or one who endorsed it and was never handed in."""
    parent = _parent(body)
    return parent is None or (parent not in opened and bool(body["continues"].get("endorsement")))


def _office_state(
    author: Author,
    role: str,
    chain: Sequence[Entry],
    branches: Branches,
    limits: Mapping[Author, int],
) -> AuthorState:
    counts = min(len(chain), limits.get(author, len(chain)))
    head = chain[-1].hash if chain else NO_HASH
    return AuthorState(
        author, role, JudgeId(""), "", "", branches.last, head, Standing.COUNTED, counts, branches.fork, None
    )
