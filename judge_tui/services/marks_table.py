"""A spreadsheet of marks to ballots: anyone can recompute a ranking from a definition and a CSV file, or enter paper marks.

Columns: judge, group, organisation, phase, criterion, score, and their Chinese headings. Where the definition lists no
organisations or judges they are taken from the file in order of appearance. Every wrong row is named, all at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import CriterionId, Event, JudgeId, OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.domain.tabulation.inputs import Ballots, MarkColumns, MarkRow
from judge_tui.services.field_names import Problems
from judge_tui.services.marks_people import Cast, is_anonymous
from judge_tui.services.marks_scores import ScoreReader, UnsignedBallots
from judge_tui.services.tables import Headings, Table, read_table

MARK_HEADINGS: Headings = {
    "judge": ("judge", "评委", "评委姓名", "评委编号", "打分人", "评分人", "参评人员"),
    "group": ("group", "judge_group", "评委组", "评委类别", "组别", "类别", "组"),
    "organisation": (
        "organisation",
        "organization",
        "contestant",
        "单位",
        "参评单位",
        "汇报单位",
        "村",
        "社区",
        "村社区",
        "村/社区",
        "选手",
        "组织",
        "党组织",
    ),
    "phase": ("phase", "环节", "阶段"),
    "criterion": ("criterion", "评分项", "指标", "项目", "评分项目"),
    "score": ("score", "得分", "分数", "成绩", "分值", "打分", "评分"),
    "order": ("order", "running_order", "出场顺序", "出场序号", "顺序"),
    "case": ("case", "场次"),
}


def read_marks(event: Event, path: Path, case: str = "") -> tuple[Event, Ballots]:
    """The ballots in a CSV file, and the event completed with the organisations and judges it did not list.

    `case` picks one contest where the file has a column of that name with several. Raises MarksFileError with every problem.
    """
    table = read_table(path, MARK_HEADINGS, ("organisation", "score"))
    problems = Problems(table.source)
    rows = rows_of_case(table, case, problems)
    cast = Cast(event, [table.lines[row] for row in rows], problems)
    texts = {name: _texts(table, rows, name) for name in MARK_HEADINGS}
    _needs_judges(event, table, problems)
    organisations = cast.organisations(texts["organisation"], texts["order"])
    criteria = cast.criteria(texts["criterion"], texts["phase"])
    judges = cast.judges(texts["judge"], texts["group"], criteria)
    reader = ScoreReader(table.comma)
    columns, unsigned = MarkColumns([], [], [], []), UnsignedBallots()
    first_seen: dict[tuple[JudgeId, OrganisationId, CriterionId], int] = {}
    for line, judge, organisation, criterion, group, text in zip(
        cast.lines, judges, organisations, criteria, cast.seats, texts["score"]
    ):
        if organisation is None or criterion is None:
            continue
        found = reader.read(criterion, text)
        if isinstance(found, MarkError):
            problems.add(line, "score", found.message, found.hint)
        elif judge is not None:
            place = (judge, organisation, criterion.id)
            if first_seen.setdefault(place, line) != line:
                problems.add(line, "score", msg("this mark stands in row {row} already", row=first_seen[place]))
            columns.append(MarkRow(judge, organisation, criterion.id, *found))
        elif group is not None and is_anonymous(criterion):
            unsigned.add(group, organisation, criterion.id, found)
    problems.raise_any()
    return cast.event, Ballots(columns, tallies=unsigned.tallies())


def rows_of_case(table: Table, case: str, problems: Problems) -> Sequence[int]:
    """The rows of one contest of a file that may hold several; a file with several needs to be told which. Raises MarksFileError."""
    column = table.column("case")
    if column is None:
        if case:
            problems.add(1, "case", msg("there is no column “{name}”", name="case"))
        return range(len(table))
    cases = list(dict.fromkeys(cell.strip() for cell in column))
    if not case and len(cases) > 1:
        hint = msg("choose one with --case: {choices}", choices=tuple(cases[:12]))
        problems.add(1, "case", msg("the file holds {count} contests", count=len(cases)), hint)
    elif case and case not in cases:
        problems.add(
            1, "case", msg("there is no “{word}”", word=case), msg("it may be {choices}", choices=tuple(cases[:12]))
        )
    problems.raise_any()
    return [row for row, cell in enumerate(column) if not case or cell.strip() == case]


def _texts(table: Table, rows: Sequence[int], name: str) -> list[str]:
    """One column of the rows wanted, trimmed; empty texts where the file has no such column."""
    column = table.column(name)
    return [""] * len(rows) if column is None else [column[row].strip() for row in rows]


def _needs_judges(event: Event, table: Table, problems: Problems) -> None:
    if table.column("judge") is None and not any(is_anonymous(item) for item in event.criteria):
        hint = msg("its heading may be {choices}", choices=tuple(MARK_HEADINGS["judge"]))
        problems.add(1, "judge", msg("there is no column “{name}”", name="judge"), hint)
        problems.raise_any()
