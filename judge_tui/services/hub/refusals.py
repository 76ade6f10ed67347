"""What the hub refuses, in words for the organiser's screen; codes that no person needs to act on are said to be harmless."""

from __future__ import annotations

from judge_tui.domain.messages import Message, msg

_BAD = msg("entries that a file would be refused for, too")
_CUT = msg("requests that were cut off or too slow: a poor network")

WORDS: dict[str, Message] = {
    "UNKNOWN_JUDGE": msg("a laptop whose kit is not of this event's list"),
    "OTHER_EVENT": msg("a laptop of another event, or of a rehearsal"),
    "SIGNATURE": msg("requests that their sender did not sign as they came"),
    "REPLAY": msg("requests that came twice (harmless)"),
    "SESSION": msg("laptops that began again after the hub was started (harmless)"),
    "TAMPERED": _BAD,
    "SCHEMA": _BAD,
    "GAP": _BAD,
    "FORK": _BAD,
    "DEFINITION": _BAD,
    "TOO_BIG": msg("requests that were too large"),
    "TOO_MANY": msg("requests that came too often"),
    "TRUNCATED": _CUT,
    "SLOW": _CUT,
    "NOT_FOUND": msg("requests for something that is not here: another program in the network"),
    "METHOD": msg("requests for something that is not here: another program in the network"),
    "BUSY": msg("another window was writing the file; the laptops try again"),
}
_OTHER = msg("the file could not be written; the laptops try again")


def in_words(code: str) -> Message:
    """What a refusal's code means."""
    return WORDS.get(code, _OTHER)
