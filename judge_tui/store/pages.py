"""What is left of the entries in a damaged file: every page looked at by itself, by hand, with no database code.

Nothing found here is trusted in any way; whoever asks proves each entry by its hash and signature. Pages that make no sense
are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from judge_tui.domain.bodies import MAX_BODY
from judge_tui.domain.ledger import Author, Entry
from judge_tui.store.header import HEADER, MAGIC

PAGE = 4096
"""Bytes in a page where the file no longer says so itself."""

_INTERIOR, _LEAF = 0x02, 0x0A
"""Kinds of page in a table WITHOUT ROWID."""

_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_MOST_CELLS = 2048


def loose_entries(data: bytes) -> Iterator[Entry]:
    """Everything in these bytes that has the form of an entry, in the order of the pages; the same one may come twice."""
    size = _page_size(data)
    for start in range(0, len(data), size):
        page = data[start : start + size]
        head = HEADER if start == 0 and page.startswith(MAGIC) else 0
        if len(page) < head + 12 or page[head] not in (_INTERIOR, _LEAF):
            continue
        yield from _of_page(data, page, head, size)


def _page_size(data: bytes) -> int:
    stated = int.from_bytes(data[16:18], "big") if data.startswith(MAGIC) else PAGE
    stated = 65536 if stated == 1 else stated
    return stated if stated >= 512 and stated & (stated - 1) == 0 else PAGE


def _of_page(data: bytes, page: bytes, head: int, size: int) -> Iterator[Entry]:
    interior = page[head] == _INTERIOR
    first = head + (12 if interior else 8)
    cells = min(int.from_bytes(page[head + 3 : head + 5], "big"), _MOST_CELLS)
    for number in range(cells):
        at = int.from_bytes(page[first + 2 * number : first + 2 * number + 2], "big")
        record = _record(data, page, at + (4 if interior else 0), size)
        entry = _entry(record) if record else None
        if entry is not None:
            yield entry


def _record(data: bytes, page: bytes, at: int, size: int) -> bytes | None:
    """A cell's whole content, gathered from the pages it runs over into."""
    length, at = _varint(page, at)
    if not 0 < length <= MAX_BODY + 1024 or at >= len(page):
        return None
    least, most = (size - 12) * 32 // 255 - 23, (size - 12) * 64 // 255 - 23
    here = length
    if length > most:
        kept = least + (length - least) % (size - 4)
        here = kept if kept <= most else least
    content = bytearray(page[at : at + here])
    following = int.from_bytes(page[at + here : at + here + 4], "big") if here < length else 0
    while len(content) < length and 0 < following <= len(data) // size + 1:
        start = (following - 1) * size
        further = data[start + 4 : start + size]
        if not further:
            return None
        content += further[: length - len(content)]
        following = int.from_bytes(data[start : start + 4], "big")
    return bytes(content) if len(content) == length else None


def _entry(record: bytes) -> Entry | None:
    """A record as an entry: of the chains (author, seq, body, hash, sig) or of second branches (author, seq, hash, body, sig)."""
    end, at = _varint(record, 0)
    kinds: list[int] = []
    while at < min(end, len(record)) and len(kinds) < 6:
        kind, at = _varint(record, at)
        kinds.append(kind)
    if len(kinds) != 5 or kinds[0] != 76 or kinds[4] != 140:
        return None
    place, values = end, []
    for kind in kinds:
        size = _INTEGERS.get(kind, (kind - 12) // 2 if kind >= 12 and kind % 2 == 0 else 0)
        values.append(record[place : place + size])
        place += size
    seq = kinds[1] - 8 if kinds[1] in (8, 9) else int.from_bytes(values[1], "big")
    if place != len(record) or (kinds[1] not in _INTEGERS and kinds[1] not in (8, 9)):
        return None
    body, digest = (values[2], values[3]) if kinds[3] == 76 else (values[3], values[2])
    return Entry(Author(values[0]), seq, body, digest, values[4]) if len(digest) == 32 else None


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes and where it ends; 0 where the bytes end first."""
    value = 0
    for taken in range(9):
        if at + taken >= len(raw):
            return 0, at + taken
        byte = raw[at + taken]
        if taken == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + taken + 1
    return value, at + 9
