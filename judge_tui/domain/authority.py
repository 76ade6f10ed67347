"""Who may write, and how far each chain counts: forks, take-over, kits, confirmation, revocation, undo and seal.

Everything here follows from the set of entries alone, never from the order in which they came. Signatures of chains, of
enrolments and of endorsements were verified when the entries were taken in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from judge_tui.domain.branches import Branches, arrange
from judge_tui.domain.event import JudgeId
from judge_tui.domain.ledger import NO_HASH, Author, Entry, EventKey, event_key
from judge_tui.domain.saying import Said, named_author, named_heads, readable
from judge_tui.domain.sealing import TOWARDS, Seal, Settled, chosen_branches, followed, sealed_chain, settle
from judge_tui.domain.shown import in_a_line

Chains = Mapping[Author, Sequence[Entry]]


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


def authority(entries: Iterable[Entry], event: EventKey | None = None, *, ahead: bool = False) -> Authority:
    """Work out who may write and what counts. Raises ValueError where there is no organiser's first entry to begin from.

    `ahead` looks past the last seal: what would count if the desk sealed again now.
    """
    table = arrange(entries)
    notice, genesis, key = _genesis(table, event)
    straight = {author: branches.straight for author, branches in table.items()}
    limits, notices, desks = _offices(genesis, notice, straight)
    desk = _said(desks, straight, limits)
    said = settle(desk, ahead=ahead)
    everything = said if said.seal is None else settle(desk, ahead=True)
    chains, forks = _branches_followed(key, table, everything)
    announced = _said(notices, chains, limits)
    offices = dict.fromkeys(notices, "notice") | dict.fromkeys(desks, "desk")
    reserve = named_author(genesis, "reserve")
    if reserve is not None:
        offices[reserve] = "reserve"
    writers = {author: chain for author, chain in chains.items() if author not in offices}
    judges, kits = _judges(writers, table, announced, forks)
    waiting = said.waiting
    if said.seal is not None:
        held = {
            author: sealed_chain(key, table[author], head, chains[author])
            for author, head in said.seal.heads.items()
            if author in table
        }
        waiting += tuple(
            item for item in announced if item[1]["kind"] in TOWARDS and item[0].seq > said.seal.holds(item[0].author)
        )
        announced = _said(notices, held, limits)
        pinned = {author: chain for author, chain in held.items() if author not in offices}
        sealed_judges, kits = _judges(pinned, table, announced, forks)
        judges |= sealed_judges
        chains |= {author: chain for author, chain in held.items() if chains[author][: len(chain)] != chain}
    for author, role in offices.items():
        if author in table:
            judges[author] = _office_state(author, role, chains[author], table[author], limits)
    aside = {author: branches.beside(chains[author]) for author, branches in table.items() if branches.fork}
    return Authority(key, genesis, announced, said.said, judges, chains, kits, said.undone, said.seal, waiting, aside)


def _branches_followed(
    key: EventKey, table: Mapping[Author, Branches], said: Settled
) -> tuple[dict[Author, Sequence[Entry]], dict[Author, int]]:
    """Every author's chain with the branches that the desk chose, and where a fork is still open."""
    chosen = chosen_branches(said.said)
    chains: dict[Author, Sequence[Entry]] = {}
    forks: dict[Author, int] = {}
    for author, branches in table.items():
        chain, fork = followed(key, branches, chosen.get(author, ()))
        chains[author] = chain
        if fork:
            forks[author] = fork
    return chains, forks


def _genesis(table: Mapping[Author, Branches], event: EventKey | None) -> tuple[Author, dict[str, Any], EventKey]:
    for author in sorted(table):
        for entry in table[author].at(1):
            body = readable(entry)
            if body.get("kind") == "event":
                key = event_key(author, str(body.get("id", "")))
                if event is None or key == event:
                    return author, body, key
    raise ValueError("no event begins here")


def _offices(
    genesis: Mapping[str, Any], notice: Author, straight: Chains
) -> tuple[dict[Author, int], list[Author], list[Author]]:
    """The organiser's authors in order of succession, and the seq up to which a former one counts."""
    notices, desks = [notice], [desk for desk in (named_author(genesis, "desk"),) if desk]
    limits: dict[Author, int] = {}
    reserve = named_author(genesis, "reserve")
    for entry in straight.get(reserve, ()) if reserve else ():
        body = readable(entry)
        if body["kind"] != "takeover":
            continue
        heads = named_heads(body)
        for former in (*notices, *desks):
            limits.setdefault(former, heads.get(former, (0, NO_HASH))[0])
        notices += [found for found in (named_author(body, "notice"),) if found]
        desks += [found for found in (named_author(body, "desk"),) if found]
    return limits, notices, desks


def _said(authors: Sequence[Author], chains: Chains, limits: Mapping[Author, int]) -> tuple[Said, ...]:
    return tuple(
        (entry, readable(entry))
        for author in authors
        for entry in chains.get(author, ())
        if author not in limits or entry.seq <= limits[author]
    )


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
    chains: Chains, table: Mapping[Author, Branches], notices: Sequence[Said], forks: Mapping[Author, int]
) -> tuple[dict[Author, AuthorState], dict[JudgeId, str]]:
    """How far these chains count among themselves, and the kits that stand."""
    kits, old_kits = _kits(notices)
    firsts = {
        author: readable(min(table[author].at(1), key=lambda entry: entry.hash))
        for author in chains
        if table[author].at(1)
    }
    opened = {author: body for author, body in firsts.items() if body["kind"] == "open"}
    confirmed = {named_author(body, "author") for _, body in notices if body["kind"] == "confirm"}
    revoked = {named_author(body, "author"): body.get("seq") for _, body in notices if body["kind"] == "revoke"}
    endorsed = _endorsements(opened, chains, revoked)
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
            in_a_line(str(body.get("device", ""))),
            in_a_line(str(body.get("at", ""))),
            table[author].last,
            head,
            standing[author],
            counts,
            forks.get(author, 0),
            _parent(body),
        )
    return states, kits


def _parent(body: Mapping[str, Any]) -> Author | None:
    continues = body.get("continues")
    return named_author(continues, "author") if isinstance(continues, dict) else None


def _endorsements(
    opened: Mapping[Author, Mapping[str, Any]], chains: Chains, revoked: Mapping[Author | None, object]
) -> list[tuple[Author, Author]]:
    """(endorsed, endorsing) pairs of one judge: by a signature in entry 1, or by an `endorse` entry of the other author.

    Nobody can tell when a signature was made, and whoever holds a lost laptop can go on making them: of an author that was
    revoked only the entries that count speak for another.
    """
    found = [
        (author, parent)
        for author, body in opened.items()
        if (parent := _parent(body)) in opened
        and parent is not None
        and parent not in revoked
        and body["continues"].get("endorsement")
    ]
    for author in opened:
        last = revoked.get(author, len(chains[author]))
        for entry in chains[author][1 : last if isinstance(last, int) and last > 0 else 0]:
            if b"endorse" in entry.body and (body := readable(entry))["kind"] == "endorse":
                other = named_author(body, "author")
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
