"""The quickest way to a definition: two pasted lists, 单位 and 评委, and a template.

A list may come from anywhere: a column of Excel, a message, a file in any encoding, numbered or not, with a group or an area
beside each name. What was changed on the way is reported, so that a person can look before anything is written.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from judge_tui.domain.definition import read_definition, write_definition
from judge_tui.domain.definition.ids import event_slug, match_key, slug
from judge_tui.domain.errors import DefinitionError, JudgeTuiError, Problem
from judge_tui.domain.event import (
    Event,
    EventId,
    GroupId,
    Judge,
    JudgeGroup,
    JudgeId,
    Organisation,
    OrganisationId,
)
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.services.reading import reading
from judge_tui.services.results.tables import ENCODINGS
from judge_tui.services.workbook.cells import clean_name

_COLUMNS = re.compile(r"[\t,，;；|]")
_NUMBER = re.compile(r"[（(]?(\d{1,3})(?:[)）.．、:：]|号、|\s)\s*|([①-⑳])\s*")
_BARE_NUMBER = re.compile(r"(\d{1,3})(?=[\u3400-\u9fff])")
_SPACED = re.compile(r"(\S*[\u3400-\u9fff]\S+)\s+([\u3400-\u9fff]\S*[\u3400-\u9fff])")
_HEADINGS = {
    "序号",
    "编号",
    "单位",
    "参评单位",
    "单位名称",
    "村名",
    "名称",
    "姓名",
    "评委",
    "评委姓名",
    "选手",
    "name",
    "no.",
    "no",
}
_QUOTES = "\"'“”‘’"


@dataclass(frozen=True, slots=True)
class Named:
    """One entry of a list: the name, and what stood beside it (a group, an area), or nothing."""

    name: str
    beside: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class PastedList:
    """The entries of a pasted list, and what was changed in the text to get them."""

    entries: tuple[Named, ...]
    changes: tuple[Message, ...] = ()


def read_list(text: str) -> PastedList:
    """The names in a pasted text: one a line, or all on one line with `、` or `，` between them."""
    lines = text.removeprefix("\ufeff").splitlines()
    filled = [line for line in lines if line.strip()]
    if len(filled) == 1 and len(re.split(r"[、，,;；\t]", filled[0])) > 2:
        lines = re.split(r"[、，,;；\t]", filled[0])
    rows = [(number, _cells(line)) for number, line in enumerate(lines, 1)]
    rows = [(number, cells) for number, cells in rows if cells and match_key(cells[0]) not in _HEADINGS]
    rows = _split_at_spaces(rows)
    # `1号院` is a name: digits that touch the name are a running number only where they run through the whole list and the
    # names differ without them.
    numbered = all(
        (found := _BARE_NUMBER.match(cells[0])) is not None and int(found[1]) == place
        for place, (_, cells) in enumerate(rows, 1)
    ) and len({_BARE_NUMBER.sub("", cells[0], count=1) for _, cells in rows}) == len(rows)
    entries: list[Named] = []
    changes: list[Message] = []
    for number, cells in rows:
        raw = cells[0]
        plain = _NUMBER.sub("", raw, count=1) if _NUMBER.match(raw) else raw
        name = clean_name(_BARE_NUMBER.sub("", plain, count=1) if numbered else plain)
        if not name:
            continue
        if name != raw:
            changes.append(msg("line {line}: “{was}” became “{name}”", line=number, was=raw, name=name))
        entries.append(Named(name, clean_name(cells[1]) if len(cells) > 1 else "", number))
    return PastedList(tuple(entries), tuple(changes))


def _split_at_spaces(rows: list[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """The rows with what stands behind a space taken for a column, where the same word stands there several times: a group
    or an area. A space inside a name, as in `张　三`, is none."""
    found = {number: match for number, cells in rows if len(cells) == 1 and (match := _SPACED.fullmatch(cells[0]))}
    behind = Counter(match[2] for match in found.values())
    if not any(count > 1 for count in behind.values()):
        return rows
    return [(number, [*found[number].groups()] if number in found else cells) for number, cells in rows]


def _cells(line: str) -> list[str]:
    """What stands in a line, without quotation marks; a column that is only a number is the running number."""
    cells = (_unquoted(cell.strip()) for cell in _split(line))
    return [cell for cell in cells if cell and not cell.isdigit()]


def _unquoted(cell: str) -> str:
    """A cell without the quotation marks around the whole of it; those inside a name (`“红旗”村`) are the name's."""
    while len(cell) > 1 and cell[0] in _QUOTES and cell[-1] in _QUOTES:
        cell = cell[1:-1].strip()
    return cell


def _split(line: str) -> list[str]:
    """A line at its marks; where a spreadsheet has put cells into quotation marks, the marks inside those are the cell's own."""
    mark = next((mark for mark in "\t;,|" if mark in line), "")
    if not mark or not re.search(rf'(?:^|{re.escape(mark)})"', line):
        return _COLUMNS.split(line)
    return next(csv.reader([line], delimiter=mark), [])


def read_list_file(path: Path) -> PastedList:
    """The names in a text or CSV file; the encodings and errors of `list_text`."""
    return read_list(list_text(path))


def list_text(path: Path) -> str:
    """What stands in a text or CSV file in UTF-8, UTF-16, GB18030 or Big5.

    Raises JudgeTuiError (`NO_FILE`, `UNREADABLE`).
    """
    with reading(path):
        raw = path.read_bytes()
    encodings = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        try:
            return raw.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise JudgeTuiError(
        "UNREADABLE", msg("{path} is no text", path=str(path)), msg("Save it as a text file, one name a line.")
    )


def event_from_lists(template: Event, organisations: PastedList | None, judges: PastedList | None) -> Event:
    """The template with these organisations and judges in place of its own; None keeps the template's.

    What stands beside a judge is the group, what stands beside an organisation the area. Raises DefinitionError where a name
    stands twice, or where the template's rules name a group that is no longer there.
    """
    problems: list[Problem] = []
    event = template
    if organisations is not None:
        event = replace(event, organisations=_organisations(event, organisations.entries, problems))
    groups, seated = _judges(event, judges.entries, problems) if judges is not None else (event.groups, event.judges)
    if problems:
        raise DefinitionError("", problems)
    event = replace(
        event,
        groups=groups,
        judges=_bound(seated, event),
        calibration=min(event.calibration, len(event.organisations)),
    )
    return read_definition(write_definition(event))


def _organisations(event: Event, entries: Sequence[Named], problems: list[Problem]) -> tuple[Organisation, ...]:
    like = event.organisations[0] if event.organisations else None
    found: list[Organisation] = []
    for number, (entry, identity) in enumerate(zip(entries, _ids(entries, "organisation", problems)), 1):
        made = Organisation(OrganisationId(identity), number, entry.name, area=entry.beside)
        if like is not None:
            # Persons stay persons: what stands beside a speaker is where he works.
            person = like.kind != made.kind
            made = replace(made, kind=like.kind, area="", unit=entry.beside) if person else made
        found.append(made)
    return tuple(found)


def _judges(
    event: Event, entries: Sequence[Named], problems: list[Problem]
) -> tuple[tuple[JudgeGroup, ...], tuple[Judge, ...]]:
    """The judges in the groups named beside them; in the template's first group where none is named."""
    named = list(dict.fromkeys(entry.beside for entry in entries if entry.beside))
    known = {match_key(group.name): group for group in event.groups}
    made = [known.get(match_key(word)) or JudgeGroup(GroupId(slug(word, "group")), word) for word in named]
    groups = tuple(made) or event.groups[:1]
    by_word = dict(zip(named, made))
    judges = tuple(
        Judge(JudgeId(identity), entry.name, by_word.get(entry.beside, groups[0]).id)
        for entry, identity in zip(entries, _ids(entries, "judge", problems))
    )
    return groups, judges


def _bound(judges: tuple[Judge, ...], event: Event) -> tuple[Judge, ...]:
    """Judges without ties to organisations that are no longer there."""
    known = set(event.organisation_by_id)
    return tuple(
        replace(
            judge,
            organisation=judge.organisation if judge.organisation in known else None,
            recused=tuple(item for item in judge.recused if item in known),
        )
        for judge in judges
    )


def _ids(entries: Sequence[Named], kind: str, problems: list[Problem]) -> list[str]:
    """An id for every entry; a name that stands twice is a problem with its line."""
    places: dict[str, int] = {}
    ids = []
    for number, entry in enumerate(entries, 1):
        identity = slug(entry.name, f"{kind}-{number}")
        if identity in places:
            problems.append(
                Problem(
                    "",
                    msg("“{word}” stands twice, also at {place}", word=entry.name, place=verbatim(places[identity])),
                    msg("give one of them something that tells them apart"),
                    line=entry.line,
                )
            )
        places.setdefault(identity, entry.line)
        ids.append(identity)
    return ids


def renamed(event: Event, title: str) -> Event:
    """The event under another title, with the id that goes with it."""
    return replace(event, title=title.strip(), id=EventId(event_slug(title)))
