"""A workbook opened: its sheets as rows of cells, and what is to be said of the file beside its values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from judge_tui.domain.errors import JudgeTuiError, Problem
from judge_tui.domain.messages import msg, verbatim
from judge_tui.services.workbook.grids import Grid, Reading, cell_name, empty, find_headings, sheet_called
from judge_tui.services.workbook.kinds import why_unreadable
from judge_tui.services.workbook.layout import Sheet
from judge_tui.services.workbook.package import Marks, marks_of
from judge_tui.services.workbook.rules_layout import WORKBOOK

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

ALIKE = 2
"""So many headings of a sheet make another one the same under a wrong name."""


def sheets(reading: Reading, path: Path) -> Iterator[tuple[Sheet, str, Grid]]:
    """The sheets of the file that are known, with their names and cells from A1 on; what is said of the others is noted."""
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
            pages = {name: _grid(book.get_sheet_by_name(name)) for name in book.sheet_names}
    except FileNotFoundError as error:
        raise JudgeTuiError(
            "NO_FILE", msg("There is no file {path}", path=str(path)), msg("Check the name and the folder.")
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        reason, hint = why_unreadable(path)
        raise JudgeTuiError(
            "UNREADABLE", msg("{path} cannot be read as a workbook: {reason}", path=str(path), reason=reason), hint
        ) from error
    known = {name: sheet for name in pages if (sheet := sheet_called(name)) is not None}
    for name, grid in pages.items():
        if name not in known:
            _stranger(reading, name, grid, [sheet for sheet in WORKBOOK if sheet not in known.values()])
    marks = marks_of(path)
    for name, sheet in known.items():
        _note_marks(reading, name, pages[name], marks.get(name, Marks()))
        yield sheet, name, pages[name]


def _stranger(reading: Reading, name: str, grid: Grid, absent: Sequence[Sheet]) -> None:
    """A sheet under another name than the workbook's own: where it has the headings of one that is not there it is that one,
    misnamed; else it is somebody's notes."""
    for sheet in absent:
        _, columns = find_headings(sheet, grid) if not sheet.form else (0, {})
        if len(columns) >= ALIKE:
            hint = msg("did you mean “{key}”?", key=sheet.title)
            cell = cell_name(name, 0, 0)
            reading.problems.append(Problem("", msg("no sheet is called “{name}”", name=name), hint, cell=cell))
            return
    if any(not empty(cell) for row in grid for cell in row):
        reading.changes.append(msg("the sheet “{name}” was not read", name=name))


def _note_marks(reading: Reading, name: str, grid: Grid, marks: Marks) -> None:
    """Cells that look empty and are not, and rows that count although nobody sees them."""
    for cell in marks.uncomputed:
        reading.problems.append(
            Problem(
                "",
                msg("holds a formula that was never computed"),
                msg("open the file in Excel or WPS and save it again, or type the value itself"),
                cell=f"{name}!{cell}",
            )
        )
    for cell, what in marks.errors.items():
        reading.problems.append(
            Problem(
                "",
                msg("holds the error {error}", error=verbatim(what)),
                msg("mend the formula, or type the value itself"),
                cell=f"{name}!{cell}",
            )
        )
    for row in sorted(marks.hidden):
        if row <= len(grid) and any(not empty(cell) for cell in grid[row - 1]):
            reading.changes.append(msg("{cell}: this row is hidden, and counts like any other", cell=f"{name}!{row}"))


def _grid(page: CalamineSheet) -> Grid:
    """All cells from A1; what is merged downwards counts in each of its rows."""
    rows = [list(row) for row in page.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in page.merged_cell_ranges or ():
        if left == right:
            for down in range(top + 1, min(bottom + 1, len(rows))):
                rows[down][left] = rows[top][left]
    return rows
