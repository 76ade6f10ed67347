"""A spreadsheet of marks to ballots: anyone can recompute a ranking from a definition and a CSV file, or enter paper marks.

Columns: judge, group, organisation, phase, criterion, score, and their Chinese headings (`judge_tui.services.results.headings`). Where the definition lists no
organisations or judges they are taken from the file in order of appearance. Every wrong row is named, all at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import Event, OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.domain.tabulation.inputs import Ballots, MarkColumns, MarkState
from judge_tui.services.results.field_names import Problems
from judge_tui.services.results.headings import MARK_HEADINGS
from judge_tui.services.results.marks_people import Cast, Meaning, Wording, is_anonymous
from judge_tui.services.results.marks_scores import Reading, ScoreReader, UnsignedBallots
from judge_tui.services.results.plain_marks import plain_ballots
from judge_tui.services.results.tables import Table, cell_text, read_table
from judge_tui.services.results.wide_tables import spread_of

K = TypeVar("K")
V = TypeVar("V")

YES = frozenset({"", "yes", "true", "1", "是", "已提交"})
NO = frozenset({"no", "false", "0", "否", "未提交"})
MOST_BALLOTS = 1_000_000
"""Ballots that one row can stand for."""


def read_marks(event: Event, path: Path, case: str = "", *, closely: bool = True) -> tuple[Event, Ballots]:
    """The ballots in a CSV file, and the event completed with the organisations and judges it did not list.

    `case` picks one contest where the file has a column of that name with several. Where every cell is plain, the rows are held
    against one another only `closely`. Raises MarksFileError with every problem.
    """
    table = read_table(path, MARK_HEADINGS, ("organisation", "score"), spread_of(event))
    plain = None if closely or case else plain_ballots(event, table)
    if plain is not None:
        return event, plain
    problems = Problems(table.source)
    rows = _rows_that_say_something(table, rows_of_case(table, case, problems))
    alone = _who_gave_them(event, table, problems)
    texts = {name: _texts(table, rows, name) for name in MARK_HEADINGS}
    if alone:
        texts["judge"] = [alone] * len(rows)
    lines = [table.lines[row] for row in rows]
    cast = Cast(event, problems)
    organisations = cast.organisations(
        _first(texts["organisation"], lines), _first(texts["organisation"], texts["order"])
    )
    said = list(zip(texts["judge"], texts["group"], texts["criterion"], texts["phase"]))
    wordings = [Wording(*words, line=line) for words, line in _first(said, lines).items()]
    meanings = dict(zip(dict.fromkeys(said), cast.meanings(wordings)))
    meant = [meanings[words] for words in said]
    scores = _read_scores(ScoreReader(table.comma), meant, texts["score"], lines, problems)
    whose = [organisations[text] for text in texts["organisation"]]
    counts = _read_counts(texts["count"], meant, lines, problems)
    columns, unsigned, rows_of = _ballots(meant, whose, scores, counts)
    if table.column("submitted") is not None:
        columns.unsubmitted |= _unsubmitted([texts["submitted"][row] for row in rows_of], lines, rows_of, problems)
    _no_repeats(columns, [lines[row] for row in rows_of], problems)
    problems.raise_any()
    return cast.event, Ballots(columns, tallies=unsigned.tallies())


def holds_marks(path: Path) -> bool:
    """Whether anything stands under the headings of a CSV file: what was exported where nothing is scored has none."""
    table = read_table(path, MARK_HEADINGS, ("organisation", "score"))
    return bool(_rows_that_say_something(table, range(len(table))))


def _first(keys: Sequence[K], values: Sequence[V]) -> dict[K, V]:
    """Each distinct key with the value that stands beside its first appearance, in order of appearance."""
    found: dict[K, V] = {}
    for key, value in zip(keys, values):
        if key not in found:
            found[key] = value
    return found


def _read_scores(
    reader: ScoreReader, meant: Sequence[Meaning], texts: Sequence[str], lines: Sequence[int], problems: Problems
) -> list[Reading]:
    """What each cell says; a wrong one is noted and stands as not given."""
    found: list[Reading] = []
    for meaning, text, line in zip(meant, texts, lines):
        reading = (None, MarkState.BLANK) if meaning.criterion is None else reader.read(meaning.criterion, text)
        if isinstance(reading, MarkError):
            problems.add(line, "score", reading.message, reading.hint)
            reading = (None, MarkState.BLANK)
        found.append(reading)
    return found


def _read_counts(
    texts: Sequence[str], meant: Sequence[Meaning], lines: Sequence[int], problems: Problems
) -> Mapping[int, int]:
    """How many ballots a row stands for (row → number), where it is not one; only ballots without a name can be several."""
    found: dict[int, int] = {}
    for row, text in enumerate(texts):
        if not text:
            continue
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else -1
        if not 0 <= number <= MOST_BALLOTS:
            problems.add(lines[row], "count", msg("“{typed}” is no number of ballots", typed=text[:20]))
        elif meant[row].judge is None:
            found[row] = number
        elif number != 1:
            problems.add(lines[row], "count", msg("the mark of a judge with a name counts once"))
    return found


def _unsubmitted(texts: Sequence[str], lines: Sequence[int], rows: Sequence[int], problems: Problems) -> set[int]:
    """The numbers of the marks that were not submitted when the file was written."""
    found = set()
    for number, text in enumerate(texts):
        if text.casefold() in NO:
            found.add(number)
        elif text.casefold() not in YES:
            hint = msg("it may be {choices}", choices=("yes 是", "no 否"))
            problems.add(lines[rows[number]], "submitted", msg("“{value}” is not known here", value=text[:20]), hint)
    return found


def _ballots(
    meant: Sequence[Meaning],
    whose: Sequence[OrganisationId | None],
    scores: Sequence[Reading],
    counts: Mapping[int, int],
) -> tuple[MarkColumns, UnsignedBallots, list[int]]:
    """The signed marks in columns, the ballots without a name, and the rows that the columns came from. What has no
    organisation or criterion has been noted already."""
    columns, unsigned, rows = MarkColumns([], [], [], []), UnsignedBallots(), []
    for row, (meaning, organisation, (value, state)) in enumerate(zip(meant, whose, scores)):
        if organisation is None or meaning.criterion is None:
            continue
        if meaning.judge is None:
            if meaning.group is not None:
                unsigned.add(meaning.group, organisation, meaning.criterion.id, (value, state), counts.get(row, 1))
            continue
        if state is not MarkState.GIVEN:
            columns.states[len(columns)] = state
        columns.judges.append(meaning.judge)
        columns.organisations.append(organisation)
        columns.criteria.append(meaning.criterion.id)
        columns.values.append(value)
        rows.append(row)
    return columns, unsigned, rows


def _no_repeats(columns: MarkColumns, lines: Sequence[int], problems: Problems) -> None:
    """Note every second mark of one judge for the same thing."""
    places = list(zip(columns.judges, columns.organisations, columns.criteria))
    if len(set(places)) == len(places):
        return
    first = _first(places, lines)
    for place, line in zip(places, lines):
        if first[place] != line:
            problems.add(line, "score", msg("this mark stands in row {row} already", row=first[place]))


def rows_of_case(table: Table, case: str, problems: Problems) -> Sequence[int]:
    """The rows of one contest of a file that may hold several; a file with several needs to be told which. Raises MarksFileError."""
    column = table.column("case")
    if column is None:
        if case:
            problems.add(1, "case", msg("there is no column “{name}”", name="case"))
        return range(len(table))
    cells = {cell: cell_text(cell) for cell in dict.fromkeys(column)}
    cases = list(dict.fromkeys(cells.values()))
    if not case and len(cases) > 1:
        hint = msg("choose one with --case: {choices}", choices=tuple(cases[:12]))
        problems.add(1, "case", msg("the file holds {count} contests", count=len(cases)), hint)
    elif case and case not in cases:
        problems.add(
            1, "case", msg("there is no “{word}”", word=case), msg("it may be {choices}", choices=tuple(cases[:12]))
        )
    problems.raise_any()
    return [row for row, cell in enumerate(column) if not case or cells[cell] == case]


def _rows_that_say_something(table: Table, rows: Sequence[int]) -> Sequence[int]:
    """Without rows that name no organisation and hold no mark: 评委签名, 填表日期, the frame of an empty form."""
    organisations, scores = table.column("organisation") or (), table.column("score") or ()
    empty = {cell for cell in {*organisations, *scores} if not cell_text(cell)}
    if not empty:
        return rows
    return [row for row in rows if organisations[row] not in empty or scores[row] not in empty]


def _texts(table: Table, rows: Sequence[int], name: str) -> list[str]:
    """One column of the rows wanted, trimmed; empty texts where the file has no such column."""
    column = table.column(name)
    if column is None:
        return [""] * len(rows)
    known = {text: cell_text(text) for text in dict.fromkeys(column)}
    return [known[column[row]] for row in rows]


def _who_gave_them(event: Event, table: Table, problems: Problems) -> str:
    """The only judge of the definition, where the file names none; empty where it does, or where ballots carry no name."""
    if table.column("judge") is None and not any(is_anonymous(item) for item in event.criteria):
        if len(event.judges) == 1:
            return event.judges[0].id
        hint = msg("its heading may be {choices}", choices=tuple(MARK_HEADINGS["judge"]))
        problems.add(1, "judge", msg("there is no column “{name}”", name="judge"), hint)
        problems.raise_any()
    return ""
