"""Ranking from a definition and a spreadsheet, or from the organiser's file: the same engine, the same result."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from judge_tui.domain.definition.rules_checks import require_sound_rules
from judge_tui.domain.errors import DefinitionError, JudgeTuiError, Problem
from judge_tui.domain.event import Event, OrganisationId
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.numbers import short_text
from judge_tui.domain.rules import Best
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.inputs import Ballots
from judge_tui.domain.tabulation.result import Lack, Result, Standing, Step
from judge_tui.services.preparing.definitions import load_definition
from judge_tui.services.results.adjustments_table import Entered, read_adjustments
from judge_tui.services.results.marks_table import holds_marks, read_marks

Render = Callable[[Message], str]
"""A message to text in the reader's language."""

CSV_COLUMNS = (
    "rank",
    "tied",
    "id",
    "number",
    "name",
    "division",
    "total",
    "award",
    "status",
    "separated",
    "provisional",
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What was contested, what was given, and what came out."""

    event: Event
    ballots: Ballots
    result: Result


def rank_table(definition: Path, marks: Path | None, adjustments: Path | None = None, case: str = "") -> Ranking:
    """The ranking of the contest that a definition (TOML) and CSV files of marks and adjustments describe.

    Raises DefinitionError or MarksFileError with every problem, JudgeTuiError where a file cannot be read.
    """
    event = load_definition(definition)
    if marks is not None and not event.criteria and holds_marks(marks):
        hint = msg("write what is scored: {example}", example='[[criteria]] name = "…" max = 100')
        raise DefinitionError(str(definition), [Problem("criteria", msg("there are none, and there are marks"), hint)])
    ranking = _ranked(event, definition, marks, adjustments, case, closely=False)
    if ranking.result.provisional:
        # Whatever is wrong between the rows makes a result provisional; then it is named row by row.
        return _ranked(event, definition, marks, adjustments, case, closely=True)
    return ranking


def _ranked(
    event: Event, definition: Path, marks: Path | None, adjustments: Path | None, case: str, *, closely: bool
) -> Ranking:
    ballots = Ballots(())
    if marks is not None:
        event, ballots = read_marks(event, marks, case, closely=closely)
        # What the definition left to the file may be what its awards do not fit.
        require_sound_rules(event, str(definition))
    entered = Entered() if adjustments is None else read_adjustments(event, adjustments, case)
    ballots = replace(ballots, adjustments=entered.adjustments, decisions=entered.decisions)
    result = tabulate(event, ballots)
    if event.adjustments and entered.undeclared:
        note = msg("no rule of the definition, taken as written: {names}", names=entered.undeclared)
        result = replace(result, notes=(*result.notes, note))
    return Ranking(event, ballots, result)


def rank_file(path: Path) -> Ranking:
    """The ranking of what the organiser's file holds. Raises JudgeTuiError, naming the file, where it is none."""
    from judge_tui.services.records.contest import open_contest

    try:
        contest = open_contest(path)
    except JudgeTuiError as error:
        if error.code not in ("EMPTY", "NOT_SQLITE", "FOREIGN"):
            raise
        hint = msg(
            "Name the organiser's file (EVENT.db), or a definition (.toml, .xlsx) together with --marks FILE.csv."
        )
        raise JudgeTuiError(error.code, error.message, hint, msg("This cannot be ranked")) from error
    return Ranking(contest.event, contest.ballots, tabulate(contest.event, contest.ballots))


def lack_text(event: Event, lack: Lack) -> Message:
    """What is lacking with whom it concerns: 评委01 · 才头村 · 汇报: 未打分."""
    judge = event.judge_by_id.get(lack.judge)  # type: ignore[call-overload]
    organisation = event.organisation_by_id.get(OrganisationId(lack.organisation))
    criterion = event.criterion_by_id.get(lack.criterion)  # type: ignore[call-overload]
    about = [
        judge.name if judge else lack.judge,
        organisation.name if organisation else lack.organisation,
        criterion.name if criterion else lack.criterion,
    ]
    where = " · ".join(word for word in about if word)
    return msg("{where}: {what}", where=where, what=lack.message) if where else lack.message


GATHERED = ("missing", "unsubmitted")
"""What is merely not there yet: it is told by judge, not mark by mark."""

MOST_NAMES = 3


def lack_lines(event: Event, lacks: Sequence[Lack]) -> list[Message]:
    """What is lacking, in the order found; what one judge has not given or not submitted stands on one line."""
    gathered: dict[tuple[str, str], list[Lack]] = {}
    for place, item in enumerate(lacks):
        alone = item.code not in GATHERED or not item.judge
        gathered.setdefault((str(place), "") if alone else (item.judge, item.code), []).append(item)
    return [
        lack_text(event, items[0]) if len(items) == 1 else pending_text(event, items) for items in gathered.values()
    ]


def pending_text(event: Event, lacks: Sequence[Lack]) -> Message:
    """What one judge has not given, or not submitted, and for whom."""
    first, wanted = lacks[0], {item.organisation for item in lacks}
    judge = event.judge_by_id.get(first.judge)  # type: ignore[call-overload]
    names = [item.name for item in event.organisations if item.id in wanted]
    shown: object = tuple(names)
    if len(names) > MOST_NAMES:
        shown = msg("{names} and {count} more", names=tuple(names[:MOST_NAMES]), count=len(names) - MOST_NAMES)
    values = {"judge": judge.name if judge else first.judge, "names": shown}
    if first.code == "missing":
        return nmsg(
            "{judge}: {count} mark is missing, for {names}",
            "{judge}: {count} marks are missing, for {names}",
            len(lacks),
            **values,
        )
    return nmsg(
        "{judge}: {count} mark is not submitted, for {names}",
        "{judge}: {count} marks are not submitted, for {names}",
        len(lacks),
        **values,
    )


def find_standing(ranking: Ranking, word: str) -> Standing | None:
    """The standing of the organisation that a person names by id, name or number."""
    from judge_tui.services.results.field_names import Names

    names = Names(
        ranking.event.organisations, lambda item: item.id, lambda item: item.name, lambda item: str(item.number)
    )
    found = names.find(word)
    return next((item for item in ranking.result.standings if found and item.organisation == found.id), None)


def ranking_json(ranking: Ranking, render: Render = str) -> str:
    """The ranking as JSON: `provisional`, one object for each organisation, and what is `missing`."""
    result = ranking.result
    document = {
        "event": result.event,
        "title": result.title,
        **_occasion(ranking.event),
        "provisional": result.provisional,
        "organisations": [_standing(item, render) for item in result.standings],
        "missing": [_lack(ranking.event, lack, render) for lack in result.lacks],
        "notes": [render(note) for note in result.notes],
        "rules": [render(rule) for rule in result.rules],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _occasion(event: Event) -> dict[str, object]:
    """Where the event belongs, so that a season can take a published result as it is; only what the definition says."""
    said: dict[str, object] = {
        key: value for key in ("series", "season", "date", "host") if (value := getattr(event, key))
    }
    if event.awards:
        said["offered"] = [item.name for item in event.awards]
        said["of_the_last"] = [item.name for item in event.awards if item.of_the_last]
    if event.tabulation.best is Best.LOWEST:
        said["best"] = event.tabulation.best.value
    return said


def lacks_of(ranking: Ranking, item: Standing) -> tuple[Lack, ...]:
    """What the result lacks of one organisation."""
    return tuple(lack for lack in ranking.result.lacks if lack.organisation == item.organisation)


def standing_json(ranking: Ranking, item: Standing, render: Render = str) -> str:
    """One organisation as in `ranking_json`, with what is missing of it."""
    missing = [_lack(ranking.event, lack, render) for lack in lacks_of(ranking, item)]
    document = {"provisional": ranking.result.provisional, **_standing(item, render), "missing": missing}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _lack(event: Event, lack: Lack, render: Render) -> dict[str, object]:
    return {
        "code": lack.code,
        "text": render(lack_text(event, lack)),
        "judge": lack.judge,
        "organisation": lack.organisation,
        "criterion": lack.criterion,
    }


def _standing(item: Standing, render: Render) -> dict[str, object]:
    return {
        "id": item.organisation,
        "number": item.number,
        "name": item.name,
        "total": None if item.total is None else item.total_text,
        "rank": item.rank,
        "tied": item.tied,
        "award": award_text(item) or None,
        "awards": list(item.awards),
        "status": item.status,
        "division": item.division,
        "separated": None if item.separated is None else render(item.separated),
        "steps": [_step(step, render) for step in item.steps],
    }


def _step(step: Step, render: Render) -> dict[str, object]:
    about = {"phase": step.phase, "criterion": step.criterion, "group": step.group, "judge": step.judge}
    return {
        "key": step.key,
        "text": render(step.text),
        "value": None if step.value is None else short_text(step.value),
        **{key: value for key, value in about.items() if value},
    }


def award_text(item: Standing) -> str:
    """Everything it was awarded, in one cell."""
    return "、".join(item.award_names)


def ranking_csv(ranking: Ranking, render: Render = str) -> str:
    """The ranking as CSV with `\\r\\n` line ends."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for item in ranking.result.standings:
        writer.writerow((*_csv_row(item, render), "yes" if ranking.result.provisional else "no"))
    return out.getvalue()


def _csv_row(item: Standing, render: Render) -> Sequence[object]:
    return (
        "" if item.rank is None else item.rank,
        "yes" if item.tied else "no",
        item.organisation,
        item.number,
        item.name,
        item.division,
        item.total_text,
        award_text(item),
        item.status,
        "" if item.separated is None else render(item.separated),
    )
