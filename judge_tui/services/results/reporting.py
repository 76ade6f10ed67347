"""Marks, adjustments and results as plain tables for other programs: CSV and JSON.

What is written here can be read back: a definition with the exported marks and adjustments ranks exactly as the organiser's
file does.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event
from judge_tui.domain.marks import typed_text
from judge_tui.domain.messages import msg, verbatim
from judge_tui.domain.numbers import mark_text
from judge_tui.domain.tabulation.inputs import Ballots, MarkRow, MarkState, Tally

MARK_COLUMNS = ("judge", "group", "organisation", "name", "phase", "criterion", "score", "submitted", "count")
ADJUSTMENT_COLUMNS = ("organisation", "name", "points", "reason", "by")

Row = Mapping[str, str]


def mark_rows(event: Event, ballots: Ballots) -> list[Row]:
    """One row for each mark, in the order of judges, organisations and criteria of the definition; then the ballots without a
    name, one row for all that say the same."""
    judges = {item.id: index for index, item in enumerate(event.judges)}
    organisations = {item.id: index for index, item in enumerate(event.organisations)}
    criteria = {item.id: index for index, item in enumerate(event.criteria)}

    def place(row: MarkRow) -> tuple[int, int, int]:
        return judges.get(row.judge, len(judges)), organisations[row.organisation], criteria[row.criterion]

    rows = [_mark_row(event, row) for row in sorted(ballots.rows, key=place)]
    return [*rows, *(row for tally in ballots.tallies for row in _tally_rows(event, tally))]


def _tally_rows(event: Event, tally: Tally) -> list[Row]:
    """Anonymous ballots by what they say: each grade, 弃权, 无效, and (empty) those that did not come back."""
    criterion = event.criterion_by_id[tally.criterion]
    void = tally.returned - tally.valid - tally.abstained
    said = [
        *((typed_text(criterion.method, grade), count) for grade, count in tally.counts),
        ("弃权", tally.abstained),
        ("无效", void),
        ("", tally.issued - tally.returned),
    ]
    about = {
        "judge": "",
        "group": tally.group,
        "organisation": tally.organisation,
        "name": event.organisation_by_id[tally.organisation].name,
        "phase": criterion.phase,
        "criterion": criterion.id,
        "submitted": "yes",
    }
    return [{**about, "score": words, "count": str(count)} for words, count in said if count]


def _mark_row(event: Event, row: MarkRow) -> Row:
    criterion = event.criterion_by_id[row.criterion]
    judge = event.judge_by_id.get(row.judge)
    given = row.state is MarkState.GIVEN and row.value is not None
    blank = row.state is MarkState.BLANK
    return {
        "judge": row.judge,
        "group": row.group or (judge.group if judge else ""),
        "organisation": row.organisation,
        "name": event.organisation_by_id[row.organisation].name,
        "phase": criterion.phase,
        "criterion": criterion.id,
        "score": typed_text(criterion.method, row.value)
        if given and row.value is not None
        else ""
        if blank
        else row.state,
        "submitted": "yes" if row.submitted else "no",
        "count": "1",
    }


def adjustment_rows(ballots: Ballots) -> list[Row]:
    """One row for each adjustment; and one for each organisation of a decision between equals, with its place in it."""
    decided: list[Row] = [
        {
            "organisation": organisation,
            "name": f"decision {number}: {item.award}" if item.award else f"decision {number}",
            "points": str(place),
            "reason": item.reason,
            "by": "、".join(item.by),
        }
        for number, item in enumerate(ballots.decisions, 1)
        for place, organisation in enumerate(item.organisations, 1)
    ]
    adjusted: list[Row] = [
        {
            "organisation": item.organisation,
            "name": item.name,
            "points": mark_text(item.points),
            "reason": item.reason,
            "by": "、".join(item.by),
        }
        for item in ballots.adjustments
    ]
    return [*decided, *adjusted]


def csv_text(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Rows as CSV with a heading and `\\r\\n` line ends (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def json_text(value: object) -> str:
    """A value as readable JSON with its Chinese as it is."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a new file whole or not at all. Raises JudgeTuiError where it exists already or cannot be written."""
    if path.exists():
        raise JudgeTuiError(
            "EXISTS",
            msg("{path} is there already", path=str(path)),
            msg("Choose another name; nothing was overwritten."),
        )
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(text.encode(encoding))
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise JudgeTuiError(
            "WRITE",
            msg("{path} cannot be written: {reason}", path=str(path), reason=verbatim(error.strerror or error)),
            msg("Choose a folder that can be written to and has room."),
        ) from error
