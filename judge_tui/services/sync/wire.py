"""What is said between a judge's laptop and the hub: paths, limits, entries as JSON, what a request's signature covers.

Both sides use this room and nothing else of one another. `docs/carriers.en.md` describes the same for people.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from judge_tui.domain.bodies import MAX_BODY
from judge_tui.domain.ledger import Author, Entry, EventKey, Head
from judge_tui.services.records.receipts import Receipt

SESSION, SYNC = "/v1/session", "/v1/sync"
SCHEME = "JudgeTui"
REQUEST_DOMAIN = b"judge-tui request v1\x00"
NONCE_BYTES = 16
PORT = 8743
"""Where a hub listens if nothing else is said."""

MAX_REQUEST = 2 * MAX_BODY
"""Bytes of a request's or an answer's body at most; one body of the greatest size fits, escaped."""

MAX_ENTRIES = 2_000
PORTION = 500
"""Entries that are sent in one request at most, unless one alone is large."""

PORTION_BYTES = 512 * 1024
MAX_HEADS = 4_000
SEQ = range(1, 2**53)

Heads = dict[Author, tuple[int, bytes]]


class WireError(ValueError):
    """What came over the wire is not what the protocol allows; the text says where, in English, for the log."""


@dataclass(frozen=True, slots=True)
class Push:
    """What a judge's laptop sends: the ends of all chains it holds, and entries it believes are missing."""

    heads: Heads
    entries: list[Entry]
    evidence: list[Entry]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the hub answers: receipts, notices that were missing, chains it wants more of (the seq after which), forks it
    found, and after how many seconds to ask again when there is nothing to send."""

    receipts: list[Receipt]
    entries: list[Entry]
    wanted: dict[Author, int]
    forked: dict[Author, int]
    again: float


@dataclass(frozen=True, slots=True)
class Signed:
    """The head line of a signed request."""

    author: Author
    nonce: bytes
    counter: int
    signature: bytes


def request_message(event: EventKey, author: Author, nonce: bytes, counter: int, path: str, body: bytes) -> bytes:
    """What a request's signature covers: domain ‖ event ‖ author ‖ the hub's nonce ‖ counter (8 bytes) ‖ SHA-256(path) ‖
    SHA-256(body). The nonce is new at every start of the hub and the counter only rises, so that nothing said once can be
    said again by another."""
    return b"".join(
        (
            REQUEST_DOMAIN,
            event,
            author,
            nonce,
            counter.to_bytes(8, "big"),
            hashlib.sha256(path.encode()).digest(),
            hashlib.sha256(body).digest(),
        )
    )


def authorization(signed: Signed) -> str:
    """The `Authorization` header of a signed request."""
    return f"{SCHEME} {signed.author.hex()} {signed.nonce.hex()} {signed.counter} {signed.signature.hex()}"


def read_authorization(header: str) -> Signed:
    """The other way round. Raises WireError."""
    parts = header.split(" ")
    if len(parts) != 5 or parts[0] != SCHEME or not (parts[3].isascii() and parts[3].isdigit() and len(parts[3]) < 17):
        raise WireError("authorization")
    return Signed(
        Author(_hex(parts[1], 32, "author")),
        _hex(parts[2], NONCE_BYTES, "nonce"),
        int(parts[3]),
        _hex(parts[4], 64, "signature"),
    )


def dump(said: Mapping[str, object]) -> bytes:
    """Compact JSON."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def parse(raw: bytes) -> dict[str, Any]:
    """One JSON object. Raises WireError."""
    try:
        found = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {error}"[:100]) from None
    if not isinstance(found, dict):
        raise WireError("not an object")
    return found


def entry_fields(entry: Entry) -> list[object]:
    """An entry as JSON: author, seq, body as text, hash, signature. A body is UTF-8, so that its bytes come back exactly."""
    return [entry.author.hex(), entry.seq, entry.body.decode(), entry.hash.hex(), entry.sig.hex()]


def read_entry(fields: object) -> Entry:
    """The other way round. Raises WireError."""
    if not isinstance(fields, list) or len(fields) != 5 or not isinstance(fields[2], str):
        raise WireError("entry")
    try:
        body = fields[2].encode()
    except UnicodeEncodeError:
        raise WireError("body") from None
    if len(body) > MAX_BODY:
        raise WireError("body too large")
    return Entry(
        Author(_hex(fields[0], 32, "author")),
        _seq(fields[1]),
        body,
        _hex(fields[3], 32, "hash"),
        _hex(fields[4], 64, "signature"),
    )


def opening_request(event: EventKey, opening: Entry) -> bytes:
    """The body of a request for a session: which event, and entry 1, which the kit signed for."""
    return dump({"event": event.hex(), "opening": entry_fields(opening)})


def read_opening(raw: bytes) -> tuple[EventKey, Entry]:
    """The other way round. Raises WireError."""
    said = parse(raw)
    return EventKey(_hex(said.get("event"), 32, "event")), read_entry(said.get("opening"))


def push_request(push: Push) -> bytes:
    """The body of a push."""
    return dump(
        {
            "heads": {author.hex(): [seq, head.hex()] for author, (seq, head) in push.heads.items()},
            "entries": [entry_fields(entry) for entry in push.entries],
            "evidence": [entry_fields(entry) for entry in push.evidence],
        }
    )


def read_push(raw: bytes) -> Push:
    """The other way round. Raises WireError."""
    said = parse(raw)
    heads = said.get("heads")
    if not isinstance(heads, dict) or len(heads) > MAX_HEADS:
        raise WireError("heads")
    entries, evidence = _once(_entries(said.get("entries"))), _once(_entries(said.get("evidence", [])))
    if len({entry[:2] for entry in entries}) < len(entries):
        raise WireError("two entries in one place")
    if len({(entry.author, entry.seq, entry.hash) for entry in evidence}) < len(evidence):
        raise WireError("two entries of one hash")
    return Push(
        {Author(_hex(author, 32, "author")): _head(value) for author, value in heads.items()}, entries, evidence
    )


def answer_body(answer: Answer) -> bytes:
    """The body of an answer."""
    return dump(
        {
            "receipts": [
                [item.author.hex(), item.seq, item.head.hex(), item.desk.hex(), item.sig.hex()]
                for item in answer.receipts
            ],
            "entries": [entry_fields(entry) for entry in answer.entries],
            "wanted": {author.hex(): seq for author, seq in answer.wanted.items()},
            "forked": {author.hex(): seq for author, seq in answer.forked.items()},
            "again": round(answer.again * 1000),
        }
    )


def read_answer(raw: bytes) -> Answer:
    """The other way round. Raises WireError."""
    said = parse(raw)
    receipts, again = said.get("receipts"), said.get("again")
    if not isinstance(receipts, list) or not isinstance(again, int) or not 0 <= again <= 3_600_000:
        raise WireError("answer")
    return Answer(
        [_receipt(fields) for fields in receipts],
        _entries(said.get("entries")),
        _seqs(said.get("wanted"), 0),
        _seqs(said.get("forked"), 1),
        again / 1000,
    )


def portions(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    """Entries in portions that fit a request each."""
    portion: list[Entry] = []
    size = 0
    for entry in entries:
        if portion and (len(portion) >= PORTION or size + len(entry.body) > PORTION_BYTES):
            yield portion
            portion, size = [], 0
        portion.append(entry)
        size += len(entry.body) + 400
    if portion:
        yield portion


def heads_of(heads: Mapping[Author, Head]) -> Heads:
    """The ends of chains as they are sent."""
    return {author: (head.seq, head.hash) for author, head in heads.items()}


def _receipt(fields: object) -> Receipt:
    if not isinstance(fields, list) or len(fields) != 5:
        raise WireError("receipt")
    return Receipt(
        Author(_hex(fields[0], 32, "author")),
        _seq(fields[1]),
        _hex(fields[2], 32, "head"),
        Author(_hex(fields[3], 32, "desk")),
        _hex(fields[4], 64, "signature"),
    )


def _entries(found: object) -> list[Entry]:
    if not isinstance(found, list) or len(found) > MAX_ENTRIES:
        raise WireError("entries")
    return [read_entry(fields) for fields in found]


def _once(entries: list[Entry]) -> list[Entry]:
    """Equal entries once: doubling on the way does no harm."""
    return list(dict.fromkeys(entries))


def _seqs(found: object, least: int) -> dict[Author, int]:
    if not isinstance(found, dict) or len(found) > MAX_HEADS:
        raise WireError("seqs")
    return {Author(_hex(author, 32, "author")): _seq(value, least) for author, value in found.items()}


def _head(value: object) -> tuple[int, bytes]:
    if not isinstance(value, list) or len(value) != 2:
        raise WireError("head")
    return _seq(value[0]), _hex(value[1], 32, "hash")


def _seq(value: object, least: int = 1) -> int:
    if type(value) is not int or not least <= value < SEQ.stop:
        raise WireError("seq")
    return value


def _hex(value: object, size: int, name: str) -> bytes:
    """Exactly `size` bytes in lower-case hex, so that one thing has one spelling."""
    if not isinstance(value, str) or len(value) != 2 * size:
        raise WireError(name)
    try:
        found = bytes.fromhex(value)
    except ValueError:
        raise WireError(name) from None
    if found.hex() != value:  # capitals, or spaces between
        raise WireError(name)
    return found


def sorted_chains(entries: Sequence[Entry]) -> dict[Author, list[Entry]]:
    """Entries by author, each in order of seq, equal ones once: reordering and doubling on the way do no harm."""
    chains: dict[Author, dict[tuple[int, bytes], Entry]] = {}
    for entry in entries:
        chains.setdefault(entry.author, {})[entry.seq, entry.hash] = entry
    return {author: [chain[place] for place in sorted(chain)] for author, chain in sorted(chains.items())}
