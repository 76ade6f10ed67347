"""The files of a bundle besides its records: each worked out again from the records, and compared with what lies there.

What a person opens first is the page, not the records: so what is not what the records give is said of every file by its name.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from judge_tui.domain.definition import read_definition
from judge_tui.domain.errors import DefinitionError, JudgeTuiError
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.projection import Projection
from judge_tui.i18n import LANGUAGES, Translator
from judge_tui.services.documents.bundle import pieces
from judge_tui.services.documents.dossier import Dossier, dossier_of
from judge_tui.services.documents.render import Render
from judge_tui.services.records.contest import Contest
from judge_tui.services.records.proving import Finding
from judge_tui.services.results.ranking import Ranking, ranking_json
from judge_tui.services.results.reporting import ADJUSTMENT_COLUMNS, MARK_COLUMNS, adjustment_rows, mark_rows

RECORDS, DEFINITION, MARKS, ADJUSTMENTS = "records.db", "event.toml", "marks.csv", "adjustments.csv"
RECEIPTS, RESULT, README = "receipts", "results.json", "README.txt"
"""The files of a bundle that have a meaning of their own; the others are for reading."""

PAGES = ("html", "md")
"""The endings of the files for reading."""

CHECKING = msg(
    """How to check this bundle

records.db        every signed entry of the contest, exactly as it was written
event.toml        the definition in its last version
marks.csv         every mark that was given, adjustments.csv every adjustment
results.json      the ranking with every step; results.html the same to read
receipts          the organiser's signed word on what was received (where there are any)

1. judge-tui verify THIS.zip            checks every signature and the seal, works the result out again and compares it with
                                        what was published; nothing else is needed. --code takes the code from the protocol
2. judge-tui rank records.db            computes the ranking again from the signed records
3. judge-tui rank event.toml --marks marks.csv --adjustments adjustments.csv
                                        computes it from the plain tables; both give the same places
4. Code of the sealed result: {code}
   It stands on the printed protocol; it changes with any mark, any place, any award.
"""
)

Reads = Callable[[str], bytes | None]
"""Gives a file of the bundle by its name, None where it is not in it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found out about one file, or about several: the same, or what is to be said."""

    agreed: Message | None = None
    finding: Finding | None = None


def dossier_in(projection: Projection) -> Dossier:
    """What documents are made of, from the records of a bundle."""
    return dossier_of(Contest(Path(RECORDS), projection, {}, ()))


def compare_files(names: Sequence[str], read: Reads, dossier: Dossier, about: Message | None) -> Iterator[Compared]:
    """Every file that stands in the bundle, or ought to. `about` is what its README says."""
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        yield _wrong("TWICE", msg("The bundle holds two files of one name: {names}", names=tuple(twice)))
    expected = [DEFINITION, MARKS, ADJUSTMENTS, RESULT]
    lacking = [name for name in expected if name not in names]
    if lacking:
        yield _note("MISSING", msg("Not in the bundle, and not compared: {names}", names=tuple(lacking)))
    yield from _definition(read(DEFINITION), dossier.event)
    yield from _table(MARKS, read(MARKS), MARK_COLUMNS, mark_rows(dossier.event, dossier.ballots))
    yield from _table(ADJUSTMENTS, read(ADJUSTMENTS), ADJUSTMENT_COLUMNS, adjustment_rows(dossier.ballots))
    yield from _result(read(RESULT), Ranking(dossier.event, dossier.ballots, dossier.result))
    others = [name for name in dict.fromkeys(names) if name not in {RECORDS, RECEIPTS, *expected}]
    yield from _pages([name for name in others if not name.endswith("/")], read, dossier, about)


def _definition(raw: bytes | None, event: Event) -> Iterator[Compared]:
    if raw is None:
        return
    try:
        said = tomllib.loads(raw.decode("utf-8-sig"), parse_float=str)
        same = read_definition(said, str(event.id)) == event
    except (ValueError, RecursionError, DefinitionError):
        same = False
    if same:
        yield Compared(msg("The definition ({file})", file=DEFINITION))
    else:
        yield _wrong("DEFINITION", msg("{file} is not the definition that was judged by", file=DEFINITION))


def _table(
    name: str, raw: bytes | None, columns: Sequence[str], rows: Iterable[Mapping[str, str]]
) -> Iterator[Compared]:
    """The rows as they are in the records; columns that another version of the program wrote are not looked at."""
    if raw is None:
        return
    try:
        lines = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    except (ValueError, csv.Error):
        lines = [{}]
    known = [column for column in columns if not lines or column in lines[0]]
    there = [[line.get(column) for column in known] for line in lines]
    ours = [[str(row[column]) for column in known] for row in rows]
    if known and there == ours:
        yield Compared(msg("Every row of {file}", file=name))
    else:
        yield _wrong("TABLES", msg("{file} does not hold what the records hold", file=name))


def _result(raw: bytes | None, ranking: Ranking) -> Iterator[Compared]:
    """The printed result: word for word in one of the languages, or at least names, places and totals."""
    if raw is None:
        return
    said = _json(raw)
    ours = [_json(ranking_json(ranking, Translator(language).render).encode()) for language in LANGUAGES]
    if said is not None and said in ours:
        yield Compared(msg("The printed result ({file})", file=RESULT))
    elif _places(said) == _places(ours[0]):
        yield _note(
            "PRINTED",
            msg("{file} gives the same places; its words are not those that this program writes", file=RESULT),
        )
    else:
        yield _wrong("PRINTED", msg("{file} does not show what the records give", file=RESULT))


def _json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _places(said: Any) -> list[Any] | None:
    """Title, and id, number, name, total, place, tie and awards of each organisation; None where they cannot be read."""
    try:
        keys = ("id", "number", "name", "total", "rank", "tied", "awards")
        return [said["event"], said["title"], *([row[key] for key in keys] for row in said["organisations"])]
    except (TypeError, KeyError):
        return None


def _pages(names: Sequence[str], read: Reads, dossier: Dossier, about: Message | None) -> Iterator[Compared]:
    """The files for reading, as this program writes them in either language; whatever else lies there is named."""
    made: dict[str, list[Callable[[], bytes]]] = {}
    for language in LANGUAGES:
        render = Translator(language).render
        if about is not None:
            made.setdefault(README, []).append(partial(_encoded, render, about))
        for piece in pieces(dossier, render, language, PAGES):
            made.setdefault(piece.name, []).append(piece.make)
    same: list[str] = []
    others: list[str] = []
    for name in names:
        (same if any(_is(read(name), make) for make in made.get(name, ())) else others).append(name)
    if same:
        yield Compared(msg("What is there to read ({names})", names=tuple(same)))
    if others:
        yield _note(
            "UNCHECKED",
            msg(
                "Not what this program writes from these records, whoever wrote it, and no proof: {names}",
                names=tuple(others),
            ),
        )


def _encoded(render: Render, text: Message) -> bytes:
    return render(text).encode()


def _is(raw: bytes | None, make: Callable[[], bytes]) -> bool:
    try:
        return raw is not None and raw == make()
    except JudgeTuiError:  # a library that is not here
        return False


def _wrong(code: str, message: Message) -> Compared:
    return Compared(finding=Finding(code, message))


def _note(code: str, message: Message) -> Compared:
    return Compared(finding=Finding(code, message, wrong=False))
