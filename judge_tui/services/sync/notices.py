"""The organiser's notices on a judge's laptop: which entries they are, and how they are taken in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from judge_tui.domain.admission import Admitter
from judge_tui.domain.bodies import scan_body
from judge_tui.domain.continuation import joined
from judge_tui.domain.errors import RefusedError
from judge_tui.domain.ledger import Author, Entry
from judge_tui.domain.messages import msg
from judge_tui.services.records.collecting import load_register
from judge_tui.store import crypto
from judge_tui.store.files import EntryFile

PIN = re.compile("[0-9a-f]{64}")
_PUBLIC = frozenset({"event", "takeover", "notice"})
"""First entries of the chains that travel to judges: the notice board's and the reserve's; the desk's never do."""


def notice_authors(file: EntryFile) -> list[Author]:
    """The authors whose chains travel to judges."""
    found = []
    for author in file.heads():
        first = file.entry(author, 1)
        if first is not None and scan_body(first.body)["kind"] in _PUBLIC:
            found.append(author)
    return found


def notice_entries(file: EntryFile) -> list[Entry]:
    """All notices held."""
    return [entry for author in notice_authors(file) for entry in file.entries(author)]


def pins(file: EntryFile) -> tuple[str, ...]:
    """The hub's certificates that the organiser announced, newest first: in the event's first entry, or later."""
    found = []
    for entry in notice_entries(file):
        body = scan_body(entry.body) if b'"hub"' in entry.body else {}
        pin = body.get("hub")
        if body.get("kind") in ("event", "notice", "hub") and isinstance(pin, str) and PIN.fullmatch(pin):
            found.append(pin)
    return tuple(reversed(found))


def take_notices(file: EntryFile, sent: Sequence[Entry]) -> list[Entry]:
    """Verify notices as a whole file of them would be, and write what is new; the new entries.

    `sent` may continue what the file holds. Raises RefusedError, then nothing was written; StorageError.
    """
    chains = {
        author: list(chain)
        for author, chain in groupby(sorted(sent, key=attrgetter("author", "seq")), key=attrgetter("author"))
    }
    register = load_register(file)
    held = {author: head.seq for author, head in file.heads().items()}
    whole = [entry for author, chain in chains.items() for entry in joined(file.event, author, chain, file.entries)]
    known = {entry.hash for entry in file.evidence()}
    admission = Admitter(register, held, file.entry, crypto.verify).admit(whole, (), lambda entry: entry.hash in known)
    if any(author not in admission.register.offices for author in chains):
        raise RefusedError(
            "UNKNOWN_JUDGE",
            msg("These notices are not signed by this event's organiser"),
            msg("Ask the organiser for them again."),
        )
    if admission.entries or admission.evidence:
        file.take(admission.entries, evidence=admission.evidence)
    return admission.entries
