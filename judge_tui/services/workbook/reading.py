"""A workbook that people have filled in, as a definition: every cell that is not understood is named, with what would be right.

Tolerant where nothing can be mistaken: title rows above the headings, merged cells, full-width digits, spaces inside
two-character names, bracketed pinyin, columns in another order, sheets and headings in either language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from judge_tui.domain.definition import read_definition
from judge_tui.domain.definition.fields import nearest_word
from judge_tui.domain.definition.ids import match_key, slug
from judge_tui.domain.definition.lines import nearest
from judge_tui.domain.definition.rules_checks import require_sound_rules
from judge_tui.domain.errors import DefinitionError, JudgeTuiError, Problem
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.services.results.tables import heading_key
from judge_tui.services.workbook.cells import Cell, CellError, decode, readers, said
from judge_tui.services.workbook.layout import COMMITMENTS, MATERIALS, Column, Kind, Sheet
from judge_tui.services.workbook.rules_layout import WORKBOOK

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

HEADING_ROWS = 12
"""How far down the headings are looked for, under whatever titles stand above them."""

_PASSED_OVER = {"备注", "说明", "remark", "remarks", "note", "notes", "key", "项目"}

Grid = Sequence[Sequence[Cell]]


@dataclass(slots=True)
class _Reading:
    """What has been read so far: the mapping, which cell each path stands in, what was not understood, and
    which names were altered on the way."""

    mapping: dict[str, object] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    changes: list[Message] = field(default_factory=list)
    sheets: int = 0

    def put(self, table: dict[str, object], key: str, value: object) -> None:
        """Set a value at a dotted key inside nested tables."""
        *above, last = key.split(".")
        for part in above:
            table = table.setdefault(part, {})  # type: ignore[assignment]
        table[last] = value

    def value(self, column: Column, cell: Cell, path: str, place: str) -> object:
        """A cell's value, or None with a problem noted."""
        self.cells[path] = place
        try:
            value = decode(column, cell)
        except CellError as error:
            self.problems.append(Problem(path, error.message, error.hint, cell=place))
            return None
        if column.kind is Kind.NAME and isinstance(cell, str) and value != cell.strip():
            self.changes.append(msg("{cell}: “{was}” became “{name}”", cell=place, was=cell.strip(), name=value))
        return value


def read_workbook(path: Path, *, sound: bool = True, changes: list[Message] | None = None) -> Event:
    """The event that a workbook defines; with `sound`, one whose rules contradict one another is refused. `changes` is told
    which names were altered on the way (bracketed pinyin), each with its cell.

    Raises DefinitionError with every problem and its cell, JudgeTuiError (`EXTRA`, `NO_FILE`, `UNREADABLE`) where the file
    cannot be read at all.
    """
    reading = _Reading()
    for sheet, name, grid in _sheets(path):
        reading.sheets += 1
        (_read_form if sheet.form else _read_list)(reading, sheet, name, grid)
    if not reading.sheets:
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
        known = {problem.cell for problem in reading.problems}
        found = [_placed(problem, reading.cells) for problem in error.problems]
        raise DefinitionError(
            str(path), [*reading.problems, *(problem for problem in found if problem.cell not in known)]
        ) from error
    if reading.problems:
        raise DefinitionError(str(path), reading.problems)
    if changes is not None:
        changes += reading.changes
    return event


def _placed(problem: Problem, cells: Mapping[str, str]) -> Problem:
    """The problem with the cell it is in; a place it mentions becomes a cell too."""
    message = problem.message
    other = nearest(str(message.values.get("place", "")), cells)
    if other is not None:
        message = replace(message, values={**message.values, "place": other})
    return replace(problem, message=message, cell=nearest(problem.where, cells) or "")


def _sheets(path: Path) -> Iterator[tuple[Sheet, str, Grid]]:
    """The sheets of the file that are known, with their names and cells from A1 on."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError as error:
        raise JudgeTuiError(
            "EXTRA",
            msg("Reading a workbook needs a part that is not installed: {part}", part=verbatim("python-calamine")),
            msg("Install it with: pip install 'judge-tui[excel]', or save the definition as TOML."),
        ) from error
    try:
        with path.open("rb") as stream:
            book = CalamineWorkbook.from_object(stream)
            for name in book.sheet_names:
                sheet = _sheet_called(name)
                if sheet is not None:
                    yield sheet, name, _grid(book.get_sheet_by_name(name))
    except FileNotFoundError as error:
        raise JudgeTuiError(
            "NO_FILE", msg("There is no file {path}", path=str(path)), msg("Check the name and the folder.")
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise JudgeTuiError(
            "UNREADABLE",
            msg("{path} cannot be read as a workbook: {reason}", path=str(path), reason=verbatim(error)),
            msg("Open it in Excel or WPS and save it as .xlsx."),
        ) from error


def _sheet_called(name: str) -> Sheet | None:
    key = match_key(name)
    return next((sheet for sheet in WORKBOOK if key in said(sheet.title) or key == sheet.table), None)


def _grid(page: CalamineSheet) -> Grid:
    """All cells from A1; what is merged downwards counts in each of its rows."""
    rows = [list(row) for row in page.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in page.merged_cell_ranges or ():
        if left == right:
            for down in range(top + 1, min(bottom + 1, len(rows))):
                rows[down][left] = rows[top][left]
    return rows


def headings(column: Column, form: bool = False) -> set[str]:
    """Every heading a column may have, as `heading_key` makes them comparable: in each language, and as the key itself
    (in a form also without its table: `title` for `event.title`)."""
    own = (column.key, column.key.partition(".")[2]) if form else (column.key,)
    return {heading_key(word) for word in (*_rendered(column), *column.also, *own)}


def _rendered(column: Column) -> tuple[str, ...]:
    return tuple(reader.render(column.label) for reader in readers())


def _cell_name(sheet: str, down: int, at: int) -> str:
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{sheet}!{letters}{down + 1}"


def _empty(cell: Cell) -> bool:
    return cell == "" or (isinstance(cell, str) and not cell.strip())


def _read_form(reading: _Reading, sheet: Sheet, name: str, grid: Grid) -> None:
    """One key to a row: the label in the first column, the value in the second."""
    labels = {label: column for column in sheet.columns for label in headings(column, form=True)}
    for down, row in enumerate(grid):
        key = heading_key(str(row[0])) if row else ""
        column = labels.get(key)
        if column is None or len(row) < 2:
            if key and down > 1 and len(row) > 1 and not _empty(row[1]) and key not in _PASSED_OVER:
                near = nearest_word(key, labels)
                hint = msg("did you mean “{key}”?", key=labels[near].label) if near else None
                reading.problems.append(
                    Problem(
                        "", msg("“{value}” is not known here", value=str(row[0])), hint, cell=_cell_name(name, down, 0)
                    )
                )
            continue
        place = _cell_name(name, down, 1)
        reading.cells[column.key] = place
        reading.cells.setdefault(column.key.partition(".")[0], place)
        if not _empty(row[1]):
            value = reading.value(column, row[1], column.key, place)
            if value is not None:
                reading.put(reading.mapping, column.key, value)


def _read_list(reading: _Reading, sheet: Sheet, name: str, grid: Grid) -> None:
    """One table to a row under the headings."""
    top, columns = _find_headings(sheet, grid)
    if not columns:
        if any(not _empty(cell) for row in grid[2:] for cell in row):
            wanted = tuple(column.label for column in sheet.columns[:3])
            reading.problems.append(
                Problem(
                    "",
                    msg("has no row of headings"),
                    msg("such as {titles}", titles=wanted),
                    cell=_cell_name(name, 0, 0),
                )
            )
        return
    _unknown_headings(reading, sheet, name, grid, top, columns)
    tables: list[object] = []
    for down in range(top + 1, len(grid)):
        row = grid[down]
        if all(_empty(row[at]) for at in columns):
            continue
        table: dict[str, object] = {}
        path = f"{sheet.table}[{len(tables) + 1}]"
        reading.cells[path] = _cell_name(name, down, min(columns))
        for at, column in columns.items():
            place = _cell_name(name, down, at)
            reading.cells[f"{path}.{column.key}"] = place
            if not _empty(row[at]):
                value = reading.value(column, row[at], f"{path}.{column.key}", place)
                if value is not None:
                    reading.put(table, column.key, value)
        tables.append(table)
    if tables:
        reading.put(reading.mapping, sheet.table, tables)
        reading.cells.setdefault(sheet.table, _cell_name(name, top, 0))


def _find_headings(sheet: Sheet, grid: Grid) -> tuple[int, dict[int, Column]]:
    """The row that has the most of the sheet's headings, and which column is where."""
    best: tuple[int, dict[int, Column]] = (0, {})
    for down, row in enumerate(grid[:HEADING_ROWS]):
        found: dict[int, Column] = {}
        for at, cell in enumerate(row):
            key = heading_key(str(cell))
            column = next((c for c in sheet.columns if key in headings(c) and c not in found.values()), None)
            if key and column is not None:
                found[at] = column
        if len(found) > len(best[1]):
            best = (down, found)
    return best


def _unknown_headings(
    reading: _Reading, sheet: Sheet, name: str, grid: Grid, top: int, columns: Mapping[int, Column]
) -> None:
    """A heading that nobody knows, with something under it, is named: it may be a misspelt one."""
    known = {label: column.label for column in sheet.columns for label in headings(column)}
    for at, cell in enumerate(grid[top]):
        key = heading_key(str(cell))
        if at in columns or not key or key in _PASSED_OVER or all(_empty(row[at]) for row in grid[top + 1 :]):
            continue
        near = nearest_word(key, known)
        hint: Message = (
            msg("did you mean “{key}”?", key=known[near])
            if near
            else msg("known here: {keys}", keys=tuple(column.label for column in sheet.columns))
        )
        reading.problems.append(
            Problem("", msg("“{value}” is not known here", value=str(cell)), hint, cell=_cell_name(name, top, at))
        )


def _nest(reading: _Reading) -> None:
    """Pictures and promises go into their organisations, and groups that only judges name are made."""
    mapping = reading.mapping
    _give_to_owners(reading, MATERIALS)
    _give_to_owners(reading, COMMITMENTS)
    if "groups" not in mapping:
        named = dict.fromkeys(str(judge["group"]) for judge in _tables(mapping, "judges") if "group" in judge)
        if named:
            mapping["groups"] = [{"name": word} for word in named]


def _give_to_owners(reading: _Reading, sheet: Sheet) -> None:
    """The rows of a sheet into the organisations they name, with the cells they stand in."""
    mapping, table = reading.mapping, sheet.table
    organisations = _tables(mapping, "organisations")
    for number, row in enumerate(_tables(mapping, table), 1):
        word = str(row.pop("organisation", ""))
        owner = _owner(word, organisations)
        if owner is None:
            cell = nearest(f"{table}[{number}].organisation", reading.cells) or ""
            reading.problems.append(Problem("", msg("there is no “{word}”", word=word), cell=cell))
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
