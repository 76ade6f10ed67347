"""What the desk said, as it stands: what was taken back, and what the last seal holds fast.

A seal pins the state it was set on. Nothing that is said or handed in afterwards changes what counts, not even a taking back
or a second branch of somebody's records, until the desk seals again. What the seal itself, its publication and the
remarks about what came late are concerned with takes effect at once: they count for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from judge_tui.domain.branches import Branches, follows
from judge_tui.domain.ledger import Author, Entry, EventKey
from judge_tui.domain.saying import Said, listed, named_author, named_heads

BESIDE = frozenset({"seal", "publish", "override", "late"})
"""What the desk says about the result rather than towards it."""

TOWARDS = frozenset({"definition", "order", "reopen", "confirm", "revoke"})
"""Notices that change what counts."""

NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Seal:
    """The organiser's last seal: the hash of the entry, when, and the heads that count: author → (seq, hash)."""

    hash: bytes
    at: str
    heads: Mapping[Author, tuple[int, bytes]]
    by: tuple[str, ...] = ()

    def holds(self, author: Author) -> int:
        """How many of an author's entries the seal holds."""
        return self.heads.get(author, (0, b""))[0]


@dataclass(frozen=True, slots=True)
class Settled:
    """The desk's entries that stand; those that wait for a new seal; which entries of others (seqs) were taken back."""

    said: tuple[Said, ...]
    waiting: tuple[Said, ...] = ()
    undone: Mapping[Author, frozenset[int]] = field(default_factory=dict)
    seal: Seal | None = None


def settle(desk: Sequence[Said], *, ahead: bool) -> Settled:
    """Work out what of the desk's entries stands. `ahead` looks past the last seal: what a new one would pin."""
    gone, undone = _taken_back(desk)
    place = next((at for at in range(len(desk) - 1, -1, -1) if _is_seal(desk[at]) and _hex(desk[at]) not in gone), -1)
    if ahead or place < 0:
        return Settled(tuple(said for said in desk if _hex(said) not in gone), (), undone)
    before, after = desk[: place + 1], [said for said in desk[place + 1 :] if _hex(said) not in gone]
    gone_before, undone = _taken_back(before)
    pinned = {_hex(said) for said in before if said[1]["kind"] not in BESIDE}
    waiting = [said for said in after if _waits(said, pinned)]
    stands = [said for said in before if _hex(said) not in (gone if said[1]["kind"] in BESIDE else gone_before)]
    stands += [said for said in after if said not in waiting]
    return Settled(tuple(stands), tuple(waiting), undone, _seal(*desk[place]))


def _waits(said: Said, pinned: set[str]) -> bool:
    body = said[1]
    if body["kind"] != "undo":
        return body["kind"] not in BESIDE
    return bool(listed(body, "ranges")) or not pinned.isdisjoint(
        item for item in listed(body, "entries") if isinstance(item, str)
    )


def _taken_back(desk: Sequence[Said]) -> tuple[set[str], dict[Author, frozenset[int]]]:
    """What later `undo`s take back (an undo may itself be undone): hashes of the desk's own entries, seqs of others'."""
    hashes: set[str] = set()
    ranges: dict[Author, set[int]] = {}
    for entry, body in reversed(desk):
        if body["kind"] != "undo" or entry.hash.hex() in hashes:
            continue
        hashes.update(item for item in listed(body, "entries") if isinstance(item, str))
        for item in listed(body, "ranges"):
            try:
                author, first, last = item
                ranges.setdefault(Author(bytes.fromhex(author)), set()).update(range(int(first), int(last) + 1))
            except (TypeError, ValueError):
                continue
    return hashes, {author: frozenset(seqs) for author, seqs in ranges.items()}


def _hex(said: Said) -> str:
    return said[0].hash.hex()


def _is_seal(said: Said) -> bool:
    return bool(said[1]["kind"] == "seal")


def _seal(entry: Entry, body: Mapping[str, object]) -> Seal:
    heads = {**named_heads(body), entry.author: (entry.seq, entry.hash)}
    names = tuple(str(name) for name in listed(body, "by"))
    return Seal(entry.hash, str(body.get("at", "")), heads, names)


def chosen_branches(desk: Iterable[Said]) -> dict[Author, tuple[str, ...]]:
    """Which branches of split records the desk chose, by the hash of a branch's first entry, in the order it said so."""
    chosen: dict[Author, tuple[str, ...]] = {}
    for _, body in desk:
        author, choice = named_author(body, "author"), body.get("choose")
        if body["kind"] == "resolve" and author is not None and isinstance(choice, str):
            chosen[author] = (*chosen.get(author, ()), choice)
    return chosen


def followed(key: EventKey, branches: Branches, chosen: Sequence[str]) -> tuple[list[Entry], int]:
    """An author's chain with the chosen branches followed (the last choice at a place holds), and the seq of the first fork nobody settled (0: none)."""
    if not branches.fork:
        return branches.straight, 0
    chain = list(branches.straight)
    while True:
        last = chain[-1] if chain else None
        wanted = [item for item in branches.at(len(chain) + 1) if follows(key, last, item)]
        if len(wanted) > 1:
            by_name = {item.hash.hex(): item for item in wanted}
            picked = next((choice for choice in reversed(chosen) if choice in by_name), None)
            if picked is None:
                return chain, len(chain) + 1
            wanted = [by_name[picked]]
        if not wanted:
            return chain, 0
        chain.append(wanted[0])


def sealed_chain(key: EventKey, branches: Branches, head: tuple[int, bytes], chain: Sequence[Entry]) -> list[Entry]:
    """The entries that a seal holds of an author: those up to the very head it names, whichever branch became known since.

    Where that head is not held here (a copy without it), what `chain` has up to its place.
    """
    seq, digest = head
    if len(chain) >= seq > 0 and chain[seq - 1].hash == digest:
        return list(chain[:seq])
    found = [item for item in branches.at(seq) if item.hash == digest]
    while found and found[-1].seq > 1:
        last = found[-1]
        found += [item for item in branches.at(last.seq - 1) if follows(key, item, last)][:1]
        if found[-1] is last:
            return list(chain[:seq])
    return found[::-1] or list(chain[:seq])
