"""A workbook that people have filled in, as a definition: every cell that is not understood is named, with what would be right.

Tolerant where nothing can be mistaken: title rows above the headings, merged cells, full-width digits, spaces inside
two-character names, bracketed pinyin, columns in another order, sheets and headings in either language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from judge_tui.domain.definition import read_definition
from judge_tui.domain.definition.fields import nearest_word
from judge_tui.domain.definition.ids import match_key, slug
from judge_tui.domain.definition.lines import nearest
from judge_tui.domain.definition.rules_checks import require_sound_rules
from judge_tui.domain.errors import DefinitionError, Problem
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg
from judge_tui.services.results.tables import heading_key
from judge_tui.services.workbook.cells import Cell
from judge_tui.services.workbook.grids import Grid, Reading, cell_name, empty, find_headings, headings
from judge_tui.services.workbook.layout import COMMITMENTS, MATERIALS, Column, Sheet
from judge_tui.services.workbook.opening import sheets
from judge_tui.services.workbook.rules_layout import WORKBOOK

_PASSED_OVER = {"备注", "说明", "remark", "remarks", "note", "notes", "key", "项目", "序号", "编号", "no.", "no"}
_NOT_ASKED = {
    "电话",
    "联系电话",
    "手机",
    "手机号",
    "手机号码",
    "联系方式",
    "职务",
    "职务职称",
    "性别",
    "phone",
    "telephone",
    "position",
}
"""Columns that lists of people have and a definition does not: passed over, which is said."""

_SUMS = {"合计", "总计", "小计", "共计"}
"""What stands at the foot of a list where a name would."""


def read_workbook(path: Path, *, sound: bool = True, changes: list[Message] | None = None) -> Event:
    """The event that a workbook defines; with `sound`, one whose rules contradict one another is refused. `changes` is told
    which names were altered on the way (bracketed pinyin), each with its cell.

    Raises DefinitionError with every problem and its cell, JudgeTuiError (`EXTRA`, `NO_FILE`, `UNREADABLE`) where the file
    cannot be read at all.
    """
    reading = Reading()
    for sheet, name, grid in sheets(reading, path):
        reading.sheets += 1
        (_read_form if sheet.form else _read_list)(reading, sheet, name, grid)
    if not reading.sheets and not reading.problems:
        titles = tuple(sheet.title for sheet in WORKBOOK[:3])
        raise DefinitionError(
            str(path),
            [Problem("", msg("none of its sheets is known"), msg("it has sheets such as {titles}", titles=titles))],
        )
    _nest(reading)
    try:
        event = read_definition(reading.mapping, str(path))
        if sound:
            require_sound_rules(event, str(path))
    except DefinitionError as error:
        known = {problem.cell for problem in reading.problems if problem.cell}
        found = [_placed(problem, reading) for problem in error.problems]
        raise DefinitionError(
            str(path), [*reading.problems, *(problem for problem in found if problem.cell not in known)]
        ) from error
    if reading.problems:
        raise DefinitionError(str(path), reading.problems)
    if changes is not None:
        changes += reading.changes
    return event


def _placed(problem: Problem, reading: Reading) -> Problem:
    """The problem with the cell it is in, in place of the path that files of text have; a place it mentions becomes a cell too,
    and ids in what would be right become the names that stand in the cells."""
    message, hint = problem.message, problem.hint
    other = nearest(str(message.values.get("place", "")), reading.cells)
    if other is not None:
        message = replace(message, values={**message.values, "place": other})
    names = _names(reading.mapping)
    if hint is not None:
        hint = replace(hint, values={key: _named(value, names) for key, value in hint.values.items()})
        example = hint.values.get("example")
        if isinstance(example, str):  # a cell takes no quotation marks
            hint = replace(hint, values={**hint.values, "example": example.replace('"', "")})
    cell = nearest(problem.where, reading.cells) or ""
    return replace(problem, where="" if cell else problem.where, message=message, hint=hint, cell=cell)


def _names(mapping: Mapping[str, object]) -> dict[str, str]:
    """What the things with an id of their own are called."""
    tables = (
        row for key in ("phases", "groups", "criteria", "organisations", "awards") for row in _tables(mapping, key)
    )
    return {str(row["id"]): str(row["name"]) for row in tables if "id" in row and "name" in row}


def _named(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, tuple):
        return tuple(_named(item, names) for item in value)
    return names.get(value, value) if isinstance(value, str) else value


def _read_form(reading: Reading, sheet: Sheet, name: str, grid: Grid) -> None:
    """One key to a row: the label in the first column, the value in the second."""
    labels = {label: column for column in sheet.columns for label in headings(column, form=True)}
    for down, row in enumerate(grid):
        key = heading_key(str(row[0])) if row else ""
        column = labels.get(key)
        if column is None or len(row) < 2:
            if key and down > 1 and len(row) > 1 and not empty(row[1]) and key not in _PASSED_OVER:
                near = nearest_word(key, labels)
                hint = msg("did you mean “{key}”?", key=labels[near].label) if near else None
                reading.problems.append(
                    Problem(
                        "", msg("“{value}” is not known here", value=str(row[0])), hint, cell=cell_name(name, down, 0)
                    )
                )
            continue
        place = cell_name(name, down, 1)
        reading.cells[column.key] = place
        reading.cells.setdefault(column.key.partition(".")[0], place)
        if not empty(row[1]):
            value = reading.value(column, row[1], column.key, place)
            if value is not None:
                reading.put(reading.mapping, column.key, value)


def _read_list(reading: Reading, sheet: Sheet, name: str, grid: Grid) -> None:
    """One table to a row under the headings."""
    top, columns = find_headings(sheet, grid)
    if not columns:
        if any(not empty(cell) for row in grid[2:] for cell in row):
            wanted = tuple(column.label for column in sheet.columns[:3])
            reading.problems.append(
                Problem(
                    "",
                    msg("has no row of headings"),
                    msg("such as {titles}", titles=wanted),
                    cell=cell_name(name, 0, 0),
                )
            )
        return
    _unknown_headings(reading, sheet, name, grid, top, columns)
    tables: list[object] = []
    for down in range(top + 1, len(grid)):
        row = grid[down]
        if all(empty(row[at]) for at in columns):
            continue
        if _is_sum(reading, name, down, row, columns):
            continue
        table: dict[str, object] = {}
        path = f"{sheet.table}[{len(tables) + 1}]"
        reading.cells[path] = cell_name(name, down, min(columns))
        for at, column in columns.items():
            place = cell_name(name, down, at)
            reading.cells[f"{path}.{column.key}"] = place
            if not empty(row[at]):
                value = reading.value(column, row[at], f"{path}.{column.key}", place)
                if value is not None:
                    reading.put(table, column.key, value)
        tables.append(table)
    if tables:
        reading.put(reading.mapping, sheet.table, tables)
        reading.cells.setdefault(sheet.table, cell_name(name, top, 0))


def _is_sum(reading: Reading, name: str, down: int, row: Sequence[Cell], columns: Mapping[int, Column]) -> bool:
    """Whether a row is a line of sums under a list, which is told: nobody is called 合计."""
    at = next((at for at, column in columns.items() if column.key == "name"), None)
    if at is None or match_key(str(row[at])) not in _SUMS:
        return False
    word = str(row[at]).strip()
    hint = msg("take this row out")
    cell = cell_name(name, down, at)
    reading.problems.append(Problem("", msg("“{value}” is a line of sums and no name", value=word), hint, cell=cell))
    return True


def _unknown_headings(
    reading: Reading, sheet: Sheet, name: str, grid: Grid, top: int, columns: Mapping[int, Column]
) -> None:
    """A heading that nobody knows, with something under it, is named: it may be a misspelt one."""
    known = {label: column.label for column in sheet.columns for label in headings(column)}
    for at, cell in enumerate(grid[top]):
        key = heading_key(str(cell))
        if at in columns or not key or key in _PASSED_OVER or all(empty(row[at]) for row in grid[top + 1 :]):
            continue
        place = cell_name(name, top, at)
        if key in _NOT_ASKED:
            reading.changes.append(msg("{cell}: the column “{value}” was not read", cell=place, value=str(cell)))
            continue
        near = nearest_word(key, known)
        hint: Message = (
            msg("did you mean “{key}”?", key=known[near])
            if near
            else msg(
                "its columns are: {keys}; one that is called 备注 may hold anything",
                keys=tuple(column.label for column in sheet.columns),
            )
        )
        reading.problems.append(
            Problem("", msg("“{value}” is no column of this sheet", value=str(cell)), hint, cell=place)
        )


def _nest(reading: Reading) -> None:
    """Pictures and promises go into their organisations, and groups that only judges name are made."""
    mapping = reading.mapping
    _give_to_owners(reading, MATERIALS)
    _give_to_owners(reading, COMMITMENTS)
    if "groups" not in mapping:
        named = dict.fromkeys(str(judge["group"]) for judge in _tables(mapping, "judges") if "group" in judge)
        if named:
            mapping["groups"] = [{"name": word} for word in named]


def _give_to_owners(reading: Reading, sheet: Sheet) -> None:
    """The rows of a sheet into the organisations they name, with the cells they stand in."""
    mapping, table = reading.mapping, sheet.table
    organisations = _tables(mapping, "organisations")
    for number, row in enumerate(_tables(mapping, table), 1):
        word = str(row.pop("organisation", ""))
        owner = _owner(word, organisations)
        if owner is None:
            cell = nearest(f"{table}[{number}].organisation", reading.cells) or ""
            names = tuple(name for item in organisations if (name := str(item.get("name", ""))))
            near = nearest_word(word, names)
            hint = msg("it may be {choices}", choices=names[:12]) if names else None
            if near:
                hint = msg("did you mean “{key}”?", key=near)
            reading.problems.append(Problem("", msg("there is no “{word}”", word=word), hint, cell=cell))
            continue
        inside = organisations[owner].setdefault(table, [])
        assert isinstance(inside, list)
        inside.append(row)
        for key in ("", *(f".{column.key}" for column in sheet.columns)):
            place = reading.cells.get(f"{table}[{number}]{key}")
            if place:
                reading.cells[f"organisations[{owner + 1}].{table}[{len(inside)}]{key}"] = place
    mapping.pop(table, None)


def _owner(word: str, organisations: Sequence[Mapping[str, object]]) -> int | None:
    """Which organisation a word means: one with that id, given or made from its name, before one with that name."""
    for meant in (_has_id, _gives_id, _has_name):
        found = [number for number, item in enumerate(organisations) if meant(word, item)]
        if found:
            return found[0]
    return None


def _has_id(word: str, table: Mapping[str, object]) -> bool:
    return word == table.get("id")


def _gives_id(word: str, table: Mapping[str, object]) -> bool:
    return "id" not in table and word == slug(str(table.get("name", "")), "")


def _has_name(word: str, table: Mapping[str, object]) -> bool:
    name = str(table.get("name", ""))
    return word == slug(name, "") or match_key(word) == match_key(name)


def _tables(mapping: Mapping[str, object], key: str) -> list[dict[str, object]]:
    value = mapping.get(key, [])
    assert isinstance(value, list)
    return value
