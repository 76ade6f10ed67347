"""What a merge would change, in words: the state before held against the state after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from judge_tui.domain import marks
from judge_tui.domain.cells import CellKey
from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import Event, Judge, JudgeId
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.domain.projection import Cell, Projection
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.inputs import MarkState
from judge_tui.domain.tabulation.result import Result, Standing

MOST = 40
"""Single marks told for each judge; beyond them only how many more there are."""

MOST_NAMES = 6
"""Organisations told by name for which one judge has new marks."""

STATES: dict[MarkState, Message] = {
    MarkState.BLANK: msg("blank"),
    MarkState.ABSENT: msg("absent"),
    MarkState.RECUSED: msg("recused"),
    MarkState.WITHDRAWN: msg("withdrawn"),
    MarkState.CONFLICT: msg("conflict"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be different. `code` is `mark`, `corrected`, `submitted`, `late`, `laptop`, `fork`, `notice` or
    `place`."""

    code: str
    message: Message


def changes(before: Projection, after: Projection) -> tuple[Change, ...]:
    """Everything that differs, judge by judge, then the places."""
    found: list[Change] = []
    if len(after.notices) > len(before.notices):
        count = len(after.notices) - len(before.notices)
        words = nmsg("{count} notice of the organiser", "{count} notices of the organiser", count)
        found.append(Change("notice", words))
    for judge in after.event.judges:
        found += _of_judge(before, after, judge)
    found += _doubts(before, after)
    found += _places(tabulate(before.event, before.ballots()), tabulate(after.event, after.ballots()))
    return tuple(found)


def _of_judge(before: Projection, after: Projection, judge: Judge) -> Iterator[Change]:
    new: list[tuple[CellKey, Cell, Cell]] = []
    corrected: list[tuple[CellKey, Cell, Cell]] = []
    for organisation in after.event.organisations:
        for criterion in after.event.criteria_of(judge):
            key = (judge.id, organisation.id, criterion.id)
            was, now = before.cell(*key), after.cell(*key)
            if (was.state, was.value) == (now.state, now.value):
                continue
            (new if was.state is MarkState.BLANK else corrected).append((key, was, now))
    if new:
        yield Change("mark", _new(after.event, judge, [key for key, _, _ in new]))
        conflicts = [(key, was, now) for key, was, now in new if now.state is MarkState.CONFLICT]
        yield from (Change("corrected", _told(after.event, *item)) for item in conflicts[:MOST])
    for item in corrected[:MOST]:
        yield Change("corrected", _told(after.event, *item))
    if len(corrected) > MOST:
        yield Change("corrected", msg("and {count} more", count=len(corrected) - MOST))
    handed_in = sum(
        after.locked(judge.id, item.id) and not before.locked(judge.id, item.id) for item in after.event.organisations
    )
    if handed_in:
        words = nmsg(
            "{judge}: {count} organisation submitted",
            "{judge}: {count} organisations submitted",
            handed_in,
            judge=judge.name,
        )
        yield Change("submitted", words)


def _new(event: Event, judge: Judge, keys: Sequence[CellKey]) -> Message:
    """How many marks come for whom: every organisation by name as long as there are few."""
    wanted = {organisation for _, organisation, _ in keys}
    names = [item.name for item in event.organisations if item.id in wanted]
    shown: object = tuple(names)
    if len(names) > MOST_NAMES:
        shown = msg("{names} and {count} more", names=tuple(names[:MOST_NAMES]), count=len(names) - MOST_NAMES)
    return nmsg(
        "{judge}: {count} new mark, for {names}",
        "{judge}: {count} new marks, for {names}",
        len(keys),
        judge=judge.name,
        names=shown,
    )


def _told(event: Event, key: CellKey, was: Cell, now: Cell) -> Message:
    judge, organisation, criterion = key
    return msg(
        "{judge}, {organisation}, {criterion}: {before} → {after}",
        judge=event.judge_by_id[judge].name,
        organisation=event.organisation_by_id[organisation].name,
        criterion=event.criterion_by_id[criterion].name,
        before=_value(event, key, was),
        after=_value(event, key, now),
    )


def _value(event: Event, key: CellKey, cell: Cell) -> Message:
    method = event.criterion_by_id[key[2]].method
    if cell.state is not MarkState.GIVEN or cell.value is None:
        return STATES.get(cell.state, verbatim(cell.state.value))
    try:
        return marks.shown(method, marks.check(method, cell.value, len(event.organisations)))
    except MarkError:
        return verbatim(cell.value)


def _doubts(before: Projection, after: Projection) -> Iterator[Change]:
    known = {item.hash for item in before.late}
    late: dict[JudgeId, int] = {}
    for item in after.late:
        if item.hash not in known:
            late[item.judge] = late.get(item.judge, 0) + 1
    for judge, count in late.items():
        words = nmsg(
            "{judge}: {count} entry kept and not counted",
            "{judge}: {count} entries kept and not counted",
            count,
            judge=_name(after, judge),
        )
        yield Change("late", words)
    waited = {state.author for state in before.unconfirmed}
    for state in after.unconfirmed:
        if state.author not in waited:
            words = msg(
                "{judge}: the laptop {device} would wait for confirmation",
                judge=_name(after, state.judge),
                device=state.device or "?",
            )
            yield Change("laptop", words)
    split = {state.author for state in before.forks}
    for state in after.forks:
        if state.author not in split:
            yield Change("fork", msg("The records of {judge} would split in two", judge=_name(after, state.judge)))


def _places(before: Result, after: Result) -> Iterator[Change]:
    earlier = {item.organisation: item for item in before.standings}
    for item in after.standings:
        was = earlier.get(item.organisation)
        if was is None or (was.rank, was.total) == (item.rank, item.total):
            continue
        yield Change("place", _moved(was, item))


def _moved(was: Standing, now: Standing) -> Message:
    had, has = was.rank is not None and was.total is not None, now.rank is not None and now.total is not None
    if had and has and was.rank == now.rank:
        return msg(
            "{name}: place {place} stays ({was} → {now})",
            name=now.name,
            place=now.rank,
            was=was.total_text,
            now=now.total_text,
        )
    if had and has:
        return msg(
            "{name}: place {before} → {after} ({was} → {now})",
            name=now.name,
            before=was.rank,
            after=now.rank,
            was=was.total_text,
            now=now.total_text,
        )
    if has:
        return msg("{name}: place {after} with {now}", name=now.name, after=now.rank, now=now.total_text)
    if had:
        return msg("{name}: no place any more", name=now.name)
    return msg(
        "{name}: {was} → {now}, without a place", name=now.name, was=was.total_text or "-", now=now.total_text or "-"
    )


def _name(now: Projection, judge: JudgeId) -> str:
    found = now.event.judge_by_id.get(judge)
    return found.name if found else str(judge)
