"""Reading a spreadsheet saved as text: encodings, separators, headings in two languages, rows with their numbers."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from judge_tui.domain.errors import JudgeTuiError, MarksFileError, Problem
from judge_tui.domain.messages import msg, verbatim
from judge_tui.services.reading import reading

ENCODINGS = ("utf-8-sig", "gb18030", "big5")
SEPARATORS = ",;\t|"
TITLE_LINES = 12
"""Lines above the headings that may be a title, who filled it in, or nothing."""
SHOWN_HEADINGS = 12
"""Headings named to somebody whose file has none of them."""
MOST_BYTES = 512 * 1024 * 1024

_LITERAL = re.compile(r'="(.*)"|\'([-+.\d].*)')
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u2060\ufeff"))

Headings = Mapping[str, Sequence[str]]
"""What a column means → the headings it may have, in lower case without spaces."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file by meaning of the column. `lines` are their line numbers as an editor or Excel counts them.

    `comma` says that the file is separated by semicolons, so that a comma in it may be a decimal one.
    """

    source: str
    columns: Mapping[str, Sequence[str]]
    lines: Sequence[int]
    comma: bool

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, name: str) -> Sequence[str] | None:
        """One column's cells as written; None where the file has no such column."""
        return self.columns.get(name)


class _Rows(Protocol):
    """What `csv.reader` gives."""

    @property
    def line_num(self) -> int:
        """Lines read so far."""

    def __iter__(self) -> Iterator[list[str]]:
        """The rows that are left."""

    def __next__(self) -> list[str]:
        """The next of them."""


class Wide(Protocol):
    """Columns that each stand for one judge, or for one criterion: which meaning, and whose, by position."""

    @property
    def meaning(self) -> str:
        """The column that their headings would stand in."""

    @property
    def headings(self) -> Mapping[int, str]:
        """The heading of each, by position."""


def read_table(
    path: Path,
    headings: Headings,
    required: Sequence[str],
    spread: Callable[[Sequence[str]], Wide | None] = lambda row: None,
) -> Table:
    """The table in a CSV file. Columns of no known heading are passed over; empty lines too.

    Where the last required column is missing, `spread` may find columns whose cells each take its place: every such cell
    becomes a row. Raises MarksFileError for a file without the required headings, JudgeTuiError (`NO_FILE`, `UNREADABLE`) where there is none.
    """
    text = _decode(path)
    source = str(path)
    if not text.strip():
        hint = msg("it begins with a row of headings: {choices}", choices=tuple(headings))
        raise MarksFileError(source, [Problem("", msg("the file is empty"), hint)])
    line = 1
    found: dict[str, int] = {}
    wide = None
    try:
        separator, line = _heading(text, headings)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        for heading_row in reader:
            if reader.line_num >= line:
                found = _positions(heading_row, headings)
                wide = spread(heading_row) if required[-1] not in found else None
                break
        first = next(reader, [])
        rows: Iterable[list[str]] = chain([first], reader)
        if wide is None and (below := _under_a_merged_heading(first, found, required[-1], spread)):
            wide, rows = below, reader
        if wide is not None and set(required[:-1]) <= set(found):
            return _melted(source, rows, reader, found, wide, required[-1], separator)
        _require(source, found, headings, required, line)
        names, cells, lines = list(found), list(found.values()), []
        columns: list[list[str]] = [[] for _ in names]
        last = max(cells)
        for row in rows:
            if not any(row):
                continue
            row.extend([""] * (last + 1 - len(row)))
            for column, at in zip(columns, cells):
                column.append(row[at])
            lines.append(reader.line_num)
            line = reader.line_num
    except csv.Error as error:
        problem = Problem("", msg("is no table: {reason}", reason=verbatim(error)), line=line)
        raise MarksFileError(source, [problem]) from error
    return Table(source, dict(zip(names, columns)), lines, separator == ";")


def _under_a_merged_heading(
    row: Sequence[str],
    found: Mapping[str, int],
    score: str,
    spread: Callable[[Sequence[str]], Wide | None],
) -> Wide | None:
    """The wide columns of a heading of two rows: 评委打分 over several columns, and the judges under it. No row of marks is taken for
    one: it names no two judges or criteria, and none where its mark stands."""
    wide = spread(["" if cell.strip().isdecimal() else cell for cell in row])
    if wide is None or len(wide.headings) < 2 or (score in found and found[score] not in wide.headings):
        return None
    return wide


def _melted(
    source: str,
    rows: Iterable[list[str]],
    reader: _Rows,
    found: Mapping[str, int],
    wide: Wide,
    score: str,
    separator: str,
) -> Table:
    """Each cell of the wide columns as a row of its own, under the line it stands in."""
    fixed = {name: at for name, at in found.items() if name not in (wide.meaning, score)}
    columns: dict[str, list[str]] = {name: [] for name in (*fixed, wide.meaning, score)}
    lines: list[int] = []
    last = max(*fixed.values(), *wide.headings)
    for row in rows:
        if not any(row):
            continue
        row.extend([""] * (last + 1 - len(row)))
        for at, heading in wide.headings.items():
            for name, there in fixed.items():
                columns[name].append(row[there])
            columns[wide.meaning].append(heading)
            columns[score].append(row[at])
            lines.append(reader.line_num)
    return Table(source, columns, lines, separator == ";")


def heading_key(heading: str) -> str:
    """A heading as it is compared: half-width, lower case, no spaces, without a unit in brackets (`得分（分）`)."""
    plain = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(plain.partition("(")[0].split()).replace("-", "_")


def cell_text(cell: str) -> str:
    """What a cell says: without the spaces around it, signs that nobody sees, and the marks of a text in Excel (`="007"`, `'90`)."""
    plain = cell.translate(_INVISIBLE).strip()
    literal = _LITERAL.fullmatch(plain)
    return (literal[1] or literal[2] or "").strip() if literal else plain


def _decode(path: Path) -> str:
    with reading(path):
        if path.stat().st_size > MOST_BYTES:
            raise JudgeTuiError("UNREADABLE", msg("{path} is too big for a table of marks", path=str(path)))
        raw = path.read_bytes()
    if raw[:4] == b"PK\x03\x04":
        hint = msg("in Excel or WPS: Save as, CSV UTF-8")
        raise MarksFileError(str(path), [Problem("", msg("is a workbook, not a CSV file"), hint)])
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    hint = msg("in Excel or WPS: Save as, CSV UTF-8")
    raise MarksFileError(str(path), [Problem("", msg("is in an unknown encoding"), hint)])


def _heading(text: str, headings: Headings) -> tuple[str, int]:
    """The separator and the line (from 1) under which the most headings are known, looking past a title above them."""
    lines = list(islice(io.StringIO(text, newline=None), TITLE_LINES))
    first = next((number for number, line in enumerate(lines, 1) if line.strip()), 1)
    best, most = (SEPARATORS[0], first), 0
    for number, line in enumerate(lines, 1):
        for mark in SEPARATORS:
            known = len(_positions(next(csv.reader([line], delimiter=mark), []), headings))
            if known > most:
                best, most = (mark, number), known
    return best


def _positions(row: Sequence[str], headings: Headings) -> dict[str, int]:
    """Meaning → column. Where two headings mean the same, the one named first in `headings` counts."""
    keys = [heading_key(cell).replace("_", "") for cell in row]
    found = {}
    for meaning, words in headings.items():
        at = next((keys.index(key) for key in (word.replace("_", "") for word in words) if key in keys), None)
        if at is not None:
            found[meaning] = at
    return found


def _require(source: str, found: Mapping[str, int], headings: Headings, required: Sequence[str], line: int) -> None:
    problems = [
        Problem(
            "",
            msg("there is no column “{name}”", name=name),
            msg("its heading may be {choices}", choices=tuple(headings[name][:SHOWN_HEADINGS])),
            line=line,
        )
        for name in required
        if name not in found
    ]
    if problems:
        raise MarksFileError(source, problems)
