"""Beginning a contest at the table: two pasted lists and a template, or a workbook; looked at before anything is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from judge_tui.domain.definition.readiness import needs_judges, wanting
from judge_tui.domain.definition.rules_checks import require_sound_rules
from judge_tui.domain.errors import DefinitionError, JudgeTuiError, Problem
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.domain.rules import AwardKind
from judge_tui.domain.tabulation.awarding import grade_quotas
from judge_tui.services.preparing.definitions import (
    definition_text,
    load_definition,
    media_folder,
    save_workbook,
    template_event,
    write_whole,
)
from judge_tui.services.preparing.issuing import Issued, issue
from judge_tui.services.preparing.pasted_lists import PastedList, event_from_lists, read_list, renamed


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands on the form: a title, both lists as they were pasted, and what they are put into: a template by its name,
    or a definition (TOML or workbook) that was imported."""

    title: str = ""
    organisations: str = ""
    judges: str = ""
    template: str = "points"
    imported: Path | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What the program makes of a draft. `event` is None while a problem stands; `changes` tells what was altered in the
    pasted lists on the way; the numbers are of what was given, not of a template's samples."""

    event: Event | None
    problems: tuple[Problem, ...]
    changes: tuple[Message, ...]
    organisations: int
    judges: int


def understand(draft: Draft, language: str) -> Understood:
    """Look at a draft; nothing is written. Raises JudgeTuiError where the imported file cannot be opened at all."""
    organisations, judges = read_list(draft.organisations), read_list(draft.judges)
    changes = (
        *(msg("{list}, {change}", list=ORGANISATIONS, change=item) for item in organisations.changes),
        *(msg("{list}, {change}", list=JUDGES, change=item) for item in judges.changes),
    )
    altered: list[Message] = []
    event, problems = _whole(draft, organisations, judges, language, altered)
    if event is not None and draft.imported is None and (fitted := _fitted(event)) != event:
        event = fitted
        changes = (
            *changes,
            msg("awards for {count} organisations: {awards}", count=len(event.organisations), awards=_numbers(event)),
        )
    if event is not None and not problems:
        problems += wanting(event)
    if event is not None and not problems:
        try:
            require_sound_rules(event, "")
        except DefinitionError as error:
            problems += error.problems
    return Understood(
        event if not problems else None,
        tuple(problems),
        (*altered, *changes),
        len(event.organisations) if event and (draft.imported or organisations.entries) else len(organisations.entries),
        len(event.judges) if event and (draft.imported or judges.entries) else len(judges.entries),
    )


ORGANISATIONS = msg("organisations")
JUDGES = msg("judges")


def _whole(
    draft: Draft, organisations: PastedList, judges: PastedList, language: str, altered: list[Message]
) -> tuple[Event | None, list[Problem]]:
    try:
        event = load_definition(draft.imported, altered) if draft.imported else template_event(draft.template, language)
    except DefinitionError as error:
        return None, list(error.problems)
    problems: list[Problem] = []
    if draft.title.strip():
        event = renamed(event, draft.title)
    elif draft.imported is None:
        problems.append(Problem("title", msg("the contest has no title yet"), msg("write it in the first line")))
    if not draft.imported:
        problems += _wanting(event, organisations, judges)
    for name, lists in (("organisations", (organisations, None)), ("judges", (None, judges))):
        given = lists[0] or lists[1]
        if given is None or not given.entries:
            continue
        try:
            event = event_from_lists(event, *lists)
        except DefinitionError as error:
            problems += [replace(item, where=item.where or name) for item in error.problems]
    return event, problems


def _fitted(event: Event) -> Event:
    """A template's awards are for as many organisations as stand in it: in the same proportions for these, the last grade for
    all that are left."""
    count = len(event.organisations)
    quotas = [item.quota or 0 for item in event.awards if item.kind == AwardKind.GRADE]
    awards = list(event.awards)
    if grade_quotas(event.awards) not in (None, count):
        left, share = count, sum(quotas)
        for place, item in enumerate(awards):
            if item.kind == AwardKind.GRADE:
                quota = min(left, max(1, (item.quota or 0) * count // share))
                last = not any(other.kind == AwardKind.GRADE for other in awards[place + 1 :])
                awards[place] = replace(item, quota=None if last else quota)
                left -= quota
    if sum(item.quota or 0 for item in awards if item.kind == AwardKind.PRIZE) > count:
        left = count
        for place, item in enumerate(awards):
            if item.kind == AwardKind.PRIZE and item.quota:
                awards[place] = replace(item, quota=min(left, item.quota))
                left -= min(left, item.quota)
    return replace(event, awards=tuple(item for item in awards if item.kind != AwardKind.PRIZE or item.quota != 0))


def _numbers(event: Event) -> tuple[Message, ...]:
    return tuple(
        msg("{name} {quota}", name=item.name, quota=msg("the rest") if item.quota is None else item.quota)
        for item in event.awards
        if item.kind in (AwardKind.GRADE, AwardKind.PRIZE)
    )


def _wanting(event: Event, organisations: PastedList, judges: PastedList) -> list[Problem]:
    """Lists that a template cannot do without: its own are only samples."""
    found = []
    if not organisations.entries:
        found.append(Problem("organisations", msg("the list is empty"), msg("paste them, one a line")))
    if needs_judges(event) and not judges.entries:
        found.append(
            Problem("judges", msg("the list is empty"), msg("paste them, one a line; a group may stand beside each"))
        )
    return found


def begin(event: Event, folder: Path, *, keys: Path, imported: Path | None = None) -> Issued:
    """Issue the event into a folder, and leave its definition there too; the errors of `issue` and `write_whole`."""
    issued = issue(event, folder, keys=keys, media=media_folder(imported) if imported else None)
    write_whole(folder / f"{event.id}.toml", definition_text(issued.event))
    return issued


def write_form(event: Event, folder: Path, language: str) -> Path:
    """Write the event as a workbook to fill in, into a folder (made if missing); its path. The errors of `save_workbook`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JudgeTuiError(
            "UNWRITABLE",
            msg("{path} cannot be written: {reason}", path=str(folder), reason=verbatim(error.strerror or error)),
            msg("Choose a folder that you may write to, with room on the disk."),
        ) from error
    path = folder / f"{event.id}.xlsx"
    save_workbook(event, path, language, fresh=True)
    return path


def place_of(problem: Problem) -> Message:
    """Where a problem stands, as shortly as a line of a list allows: a cell, or the line of a list or file."""
    where: object = {"title": msg("title"), "organisations": ORGANISATIONS, "judges": JUDGES}.get(
        problem.where, problem.where
    )
    if problem.cell:
        return verbatim(problem.cell)
    if problem.line:
        return msg("{where} line {line}", where=where, line=problem.line)
    return msg("{where}", where=where)


def told(found: Understood) -> Sequence[Message]:
    """What was understood, in words, for the foot of the form."""
    if found.event is None:
        return ()
    criteria = tuple(item.name for item in found.event.criteria)
    groups = tuple(item.name for item in found.event.groups)
    return (
        msg(
            "{organisations}, {judges} ({groups})",
            organisations=nmsg("{count} organisation", "{count} organisations", found.organisations),
            judges=nmsg("{count} judge", "{count} judges", found.judges),
            groups=groups,
        ),
        msg("scored: {names}", names=criteria) if criteria else msg("nothing is scored"),
    )
