"""Reading what entries say, leniently: what cannot be read says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from judge_tui.domain.bodies import scan_body
from judge_tui.domain.ledger import Author, Entry

Said = tuple[Entry, dict[str, Any]]
"""An entry and what it says."""


def readable(entry: Entry) -> dict[str, Any]:
    """What an entry says; a body that cannot be read is of no kind."""
    try:
        return scan_body(entry.body)
    except ValueError:
        return {"kind": ""}


def named_author(body: Mapping[str, Any], key: str) -> Author | None:
    """The author whose public key stands in a field, None where none does."""
    try:
        raw = bytes.fromhex(body.get(key, ""))
    except (TypeError, ValueError):
        return None
    return Author(raw) if len(raw) == 32 else None


def named_heads(body: Mapping[str, Any]) -> dict[Author, tuple[int, bytes]]:
    """`heads` of a body: a list of [author, seq, hash]; what cannot be read is passed over."""
    found: dict[Author, tuple[int, bytes]] = {}
    for item in listed(body, "heads"):
        try:
            author, seq, head = item
            found[Author(bytes.fromhex(author))] = (int(seq), bytes.fromhex(head))
        except (TypeError, ValueError):
            continue
    return found


def listed(body: Mapping[str, Any], key: str) -> Iterable[Any]:
    """A list in a body, empty where it is something else."""
    value = body.get(key)
    return value if isinstance(value, list) else ()
