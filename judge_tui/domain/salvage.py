"""The verified beginning of every chain among loose entries: what can be saved of a damaged file, and nothing else.

Each entry is proven by itself, by its hash and its own signature, from the first one or from what is held onward. Where a
chain breaks, what comes after is left: a beginning is what an older copy would be, so nothing unproven comes in with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from judge_tui.domain.branches import follows
from judge_tui.domain.ledger import Author, Entry, EventKey, Verifier


def verified_beginnings(
    key: EventKey, loose: Iterable[Entry], last_held: Callable[[Author], Entry | None], verify: Verifier
) -> dict[Author, list[Entry]]:
    """For each author what follows the last held entry (None: from the first on) without a break; authors with nothing new
    are left out."""
    places: dict[Author, dict[int, dict[bytes, Entry]]] = {}
    for entry in loose:
        there = places.setdefault(entry.author, {}).setdefault(entry.seq, {})
        there.setdefault(entry.hash + entry.sig, entry)
    found: dict[Author, list[Entry]] = {}
    for author, seqs in sorted(places.items()):
        last = last_held(author)
        chain: list[Entry] = []
        while True:
            wanted = [
                entry
                for entry in seqs.get((last.seq if last else 0) + 1, {}).values()
                if follows(key, last, entry) and len(entry.sig) == 64 and verify(author, entry.hash, entry.sig)
            ]
            if len(wanted) != 1:
                break
            last = wanted[0]
            chain.append(last)
        if chain:
            found[author] = chain
    return found
