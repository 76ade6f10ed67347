"""What an entry says: the kinds of body, to and from compact JSON.

Bodies are compact JSON objects in UTF-8, NFC, keys in the order written here, integers only. Reading is strict where it
matters for counting and lenient about what it does not know: an unknown kind is kept, carried and never counted, so that
a newer program's entries survive an older one's merge.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.domain.shown import shown

MAX_BODY = 4 * 1024 * 1024
"""Bytes in one body at most; definitions are the large ones."""

DEEPEST = 32
"""How many lists and objects may stand in one another; a definition needs six."""

LARGEST = 2**63 - 1
"""The largest number of a body, and, with a minus, the smallest."""

MarkValue = int | str | tuple[str, ...]
"""What a judge gave: points in thousandths, a place or a vote as an integer; a grade's id; the ids of failed items."""

JUDGE_KINDS = frozenset({"open", "mark", "clear", "recuse", "comment", "submit", "endorse", "unlock"})
NOTICE_KINDS = frozenset(
    {"event", "notice", "definition", "roster", "reopen", "confirm", "revoke", "order", "draw", "stage"}
)
DESK_KINDS = frozenset(
    {
        "desk",
        "adjust",
        "paper",
        "absent",
        "tally",
        "resolve",
        "late",
        "decide",
        "seal",
        "publish",
        "override",
        "undo",
        "attend",
        "remark",
    }
)
RESERVE_KINDS = frozenset({"takeover"})


@dataclass(frozen=True, slots=True)
class Body:
    """A parsed body: its kind, the wall time it was written (UTC, ISO 8601, for display only), and everything it says."""

    kind: str
    at: str
    data: Mapping[str, object]

    def text(self, key: str) -> str:
        """A text field as it may be shown, empty where it is missing or of another type."""
        value = self.data.get(key)
        return shown(value) if isinstance(value, str) else ""

    def integer(self, key: str) -> int | None:
        """A whole number, None where it is missing or of another type (booleans are not numbers)."""
        value = self.data.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts; anything else in it is passed over."""
        value = self.data.get(key)
        return tuple(shown(item) for item in value if isinstance(item, str)) if isinstance(value, list) else ()

    @property
    def organisation(self) -> OrganisationId:
        return OrganisationId(self.text("organisation"))

    @property
    def criterion(self) -> CriterionId:
        return CriterionId(self.text("criterion"))

    @property
    def judge(self) -> JudgeId:
        return JudgeId(self.text("judge"))

    @property
    def replaces(self) -> tuple[str, ...]:
        """Hashes (lower-case hex) of the entries that this one supersedes."""
        return self.strings("replaces")

    @property
    def value(self) -> MarkValue | None:
        """The mark's value in its own type, None where there is none or it is of no known type."""
        raw = self.data.get("value")
        if isinstance(raw, bool):
            return None
        if isinstance(raw, (int, str)):
            return raw
        return self.strings("value") if isinstance(raw, list) else None


def dump_body(kind: str, at: str, /, **data: object) -> bytes:
    """Compact JSON of a body, NFC throughout. Raises ValueError for floats, which have no place in the records."""
    return json.dumps(
        {"kind": kind, "at": at, **{key: _clean(value) for key, value in data.items()}},
        ensure_ascii=False,
        separators=(",", ":"),
        allow_nan=False,
    ).encode()


def load_body(raw: bytes) -> Body:
    """Parse a stored body. Raises ValueError for anything that is not a compact JSON object with a kind and no floats."""
    parsed = scan_body(raw)
    return Body(parsed["kind"], parsed.get("at", ""), parsed)


def scan_body(raw: bytes) -> dict[str, Any]:
    """The JSON object of a stored body, quickly: what a merge of a million entries can afford.

    Raises ValueError for what no body may be: longer than `MAX_BODY`, not UTF-8, not one JSON object from the first byte
    to the last, without a text `kind`, with a float, a lone surrogate, or nested too deeply to be read.
    """
    return _scanned(raw, _SCAN)


def _scanned(raw: bytes, scan: Callable[[str, int], tuple[Any, int]]) -> dict[str, Any]:
    if len(raw) > MAX_BODY:
        raise ValueError("body too large")
    text = raw.decode()
    try:
        parsed, end = scan(text, 0)
        if "\\u" in text:
            json.dumps(parsed, ensure_ascii=False).encode()  # a lone surrogate raises UnicodeEncodeError, a ValueError
    except (RecursionError, StopIteration):
        raise ValueError("not a body") from None
    if end != len(text) or type(parsed) is not dict or type(parsed.get("kind")) is not str:
        raise ValueError("not a body")
    if type(parsed.get("at", "")) is not str:
        raise ValueError("a time that is no text")
    return parsed


def check_body(raw: bytes) -> dict[str, Any]:
    """`scan_body` for an entry that somebody else hands in: one that every program, on every laptop, reads in the same way.

    Raises ValueError for what `scan_body` refuses, and where an object names something twice (which of the two counts would be
    up to the reader), where a number needs more than 64 bits, where more than `DEEPEST` lists and objects stand in one another,
    and where `replaces` is no list of texts.
    """
    parsed = _scanned(raw, _STRICT)
    replaces = parsed.get("replaces", [])
    if type(replaces) is not list or any(type(item) is not str for item in replaces):
        raise ValueError("what it replaces is no list of texts")
    level: list[Any] = [parsed]
    for _ in range(DEEPEST):
        level = [
            inner
            for value in level
            for inner in (value.values() if type(value) is dict else value)
            if type(inner) in (dict, list)
        ]
    if level:
        raise ValueError("lists in lists in lists")
    return parsed


def _no_float(text: str) -> object:
    raise ValueError(f"a float: {text}")


def _number(text: str) -> int:
    number = int(text)
    if not -LARGEST <= number <= LARGEST:
        raise ValueError("a number too large")
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("the same thing said twice")
    return found


_SCAN: Callable[[str, int], tuple[Any, int]]
_SCAN = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float).scan_once  # type: ignore[attr-defined]
_STRICT: Callable[[str, int], tuple[Any, int]]
_STRICT = json.JSONDecoder(  # type: ignore[attr-defined]
    parse_float=_no_float, parse_constant=_no_float, parse_int=_number, object_pairs_hook=_once
).scan_once


def _clean(value: object) -> object:
    if isinstance(value, float):
        raise ValueError("floats are not written into records")
    if isinstance(value, str):
        return shown(unicodedata.normalize("NFC", value))
    if isinstance(value, Mapping):
        return {_clean(key): _clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    return value
