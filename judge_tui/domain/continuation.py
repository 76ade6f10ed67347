"""Entries as they come over a network, where only what is missing travels: put behind what is held of the same chain."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from judge_tui.domain.authority import follows
from judge_tui.domain.errors import RefusedError
from judge_tui.domain.ledger import Author, Entry, EventKey
from judge_tui.domain.messages import msg


def joined(
    key: EventKey, author: Author, sent: Sequence[Entry], entries: Callable[[Author], list[Entry]]
) -> list[Entry]:
    """One author's chain from its first entry on, to be checked as a file is: the held entries before the first one sent,
    then what was sent.

    Raises RefusedError: GAP where entries between are missing, WHOLE where what was sent does not follow what is held, so
    that the whole chain has to be sent (the two may be branches of a fork). Entries sent from the first on stay as they are.
    """
    first = sent[0].seq
    if first <= 1:
        return list(sent)
    held = entries(author)
    if len(held) < first - 1:
        raise RefusedError(
            "GAP",
            msg(
                "Entries are missing: after {last} of {author} comes {next}",
                last=len(held),
                author=author.hex()[:8],
                next=first,
            ),
            msg("The missing ones are asked for by themselves."),
        )
    if not follows(key, held[first - 2], sent[0]):
        raise RefusedError(
            "WHOLE",
            msg("Entry {seq} of {author} does not follow what is held", seq=first, author=author.hex()[:8]),
            msg("The whole chain is asked for by itself."),
        )
    return [*held[: first - 1], *sent]
