"""Who speaks for the organiser now: whom the last take-over named, or nobody but the first."""

from __future__ import annotations

from judge_tui.domain.bodies import scan_body
from judge_tui.domain.errors import LockedError
from judge_tui.domain.ledger import Author, event_key
from judge_tui.domain.messages import msg
from judge_tui.store.files import EntryFile


def appointed(file: EntryFile, role: str) -> Author | None:
    """The author whom the last take-over named for this role (`notice` or `desk`); None where the event was never taken over."""
    for author in file.heads():
        first = file.entry(author, 1)
        body = scan_body(first.body) if first is not None else {"kind": ""}
        if body["kind"] == "event" and event_key(author, str(body.get("id", ""))) == file.event:
            return _named_by(file, str(body.get("reserve", "")), role)
    return None


def must_still_speak(file: EntryFile, role: str, author: Author) -> None:
    """Raises LockedError with TAKEN_OVER where another laptop speaks for the organiser now."""
    now = appointed(file, role)
    if now is not None and author != now:
        raise LockedError(
            "TAKEN_OVER",
            msg("This event was taken over on another laptop; what is decided here no longer counts"),
            msg("Go on at that laptop."),
        )


def _named_by(file: EntryFile, reserve: str, role: str) -> Author | None:
    chain = file.entries(Author(bytes.fromhex(reserve))) if len(reserve) == 64 else []
    said = [body for body in map(scan_body, (entry.body for entry in chain)) if body["kind"] == "takeover"]
    named = str(said[-1].get(role, "")) if said else ""
    return Author(bytes.fromhex(named)) if len(named) == 64 else None
