"""What a newly announced definition changed, in words, for the log: two definitions as they were signed, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from judge_tui.domain.commitments import CommitmentState
from judge_tui.domain.messages import Message, msg, verbatim

MOST = 6
"""Changes told; beyond them only how many more there are."""

STATUSES: Mapping[str, Message] = {
    "": msg("{name} takes part"),
    "withdrawn": msg("{name} withdrew"),
    "vetoed": msg("{name} was vetoed"),
    "guest": msg("{name} presents out of competition"),
}
"""What became of an organisation."""

PARTS: Mapping[str, Message] = {
    "event": msg("Event"),
    "phases": msg("Phases"),
    "tabulation": msg("Rules"),
    "awards": msg("Grades and awards"),
    "adjustments": msg("Adjustments"),
}
"""What the parts of a definition are called in its workbook."""

Table = Mapping[str, object]


def announced(before: Table, after: Table) -> Message | None:
    """What is different; None where nothing is that has words."""
    found = list(_changes(before, after))
    if not found:
        return None
    if len(found) > MOST:
        found = [*found[:MOST], msg("and {count} more", count=len(found) - MOST)]
    return msg("{parts}", parts=tuple(found))


def _changes(before: Table, after: Table) -> Iterator[Message]:
    for row, was in _rows(before, after, "organisations"):
        yield from _organisation(row, was)
    for row, was in _judges(before, after):
        if was is None:
            yield msg("{name} joins the judges", name=_name(row))
        elif row != was:
            yield msg("{name} was corrected", name=_name(row))
    for row, was in _rows(before, after, "criteria"):
        if row != was:
            yield msg("{name} was corrected", name=_name(row))
    rest = {"organisations", "groups", "judges", "criteria"}
    for key in sorted((before.keys() | after.keys()) - rest):
        if before.get(key) != after.get(key):
            yield msg("{name} was corrected", name=PARTS.get(key, verbatim(key)))


def _organisation(row: Table, was: Table | None) -> Iterator[Message]:
    name = _name(row)
    if was is None:
        yield msg("{name} arrived late", name=name)
        return
    status = str(row.get("status", ""))
    if status != str(was.get("status", "")):
        yield replace(STATUSES.get(status, STATUSES[""]), values={"name": name})
    for made, earlier in _rows(was, row, "commitments"):
        if made != earlier:
            state = CommitmentState(str(made.get("state", "promised"))).word
            yield msg("{name}, {promise}: {state}", name=name, promise=str(made.get("text", "")), state=state)
    told = {"status", "status_reason", "commitments"}
    if {key: value for key, value in row.items() if key not in told} != {
        key: value for key, value in was.items() if key not in told
    }:
        yield msg("{name} was corrected", name=name)


def _judges(before: Table, after: Table) -> Iterator[tuple[Table, Table | None]]:
    yield from _rows(before, after, "judges")
    for group, was in _rows(before, after, "groups"):
        yield from _rows(was or {}, group, "judges")


def _rows(before: Table, after: Table, key: str) -> Iterator[tuple[Table, Table | None]]:
    """Each table of a list now, with what stood under its id before."""
    earlier = {str(row.get("id")): row for row in _tables(before, key)}
    for row in _tables(after, key):
        yield row, earlier.get(str(row.get("id")))


def _tables(whole: Table, key: str) -> list[Table]:
    value = whole.get(key)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _name(row: Table) -> str:
    return str(row.get("name") or row.get("id") or "?")
