"""Sheets before they are Excel: cells with a value, and a formula that comes to the same value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

Value = Fraction | str | None
"""A number, a text, or nothing."""

MOST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class Cell:
    """`formula` (without `=`) is empty for a typed value. `shown` is a text that stands for a number (a grade), `note` a
    remark that opens at the cell."""

    value: Value
    formula: str = ""
    style: str = "text"
    shown: str = ""
    note: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet. Rows and columns count from 0. `wide` sheets print landscape; `heads` is how many rows repeat on each page,
    `hidden` are columns that formulas need and nobody reads."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    wide: bool = True
    heads: int = 0
    hidden: set[int] = field(default_factory=set)

    def put(
        self,
        row: int,
        column: int,
        value: Value,
        style: str = "text",
        *,
        formula: str = "",
        shown: str = "",
        note: str = "",
    ) -> str:
        """Write a cell; its address inside this sheet."""
        self.cells[row, column] = Cell(value, formula, style, shown, note)
        return address(row, column)

    def title(self, text: str, columns: int, row: int = 0, style: str = "title") -> None:
        """A line across the whole table."""
        self.put(row, 0, text, style)
        if columns > 1:
            self.merged.append((row, 0, row, columns - 1))

    def ref(self, row: int, column: int) -> str:
        """A cell's address as other sheets write it."""
        return f"{quoted(self.name)}!{address(row, column)}"


@dataclass(slots=True)
class Book:
    """A workbook: sheets in order, their names all different; `judges` are those of its last sheets that are a judge's own."""

    sheets: list[Sheet] = field(default_factory=list)
    judges: list[Sheet] = field(default_factory=list)

    def sheet(self, name: str, *, wide: bool = True) -> Sheet:
        """A new sheet; its name is cut and numbered where Excel would refuse it."""
        taken = {item.name.casefold() for item in self.sheets}
        base = _FORBIDDEN.sub(" ", name).strip()[:MOST_NAME] or "1"
        found, number = base, 1
        while found.casefold() in taken:
            number += 1
            found = f"{base[: MOST_NAME - len(str(number)) - 1]}-{number}"
        made = Sheet(found, wide=wide)
        self.sheets.append(made)
        return made


def quoted(name: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + name.replace("'", "''") + "'"


def column_name(column: int) -> str:
    """0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int, *, fixed: bool = False) -> str:
    """`C5`, or `$C$5`."""
    if fixed:
        return f"${column_name(column)}${row + 1}"
    return f"{column_name(column)}{row + 1}"


def span(row: int, first: int, last: int) -> str:
    """Cells beside one another: `C5:F5`."""
    return f"{address(row, first)}:{address(row, last)}"


def column_span(column: int, first: int, last: int) -> str:
    """Cells beneath one another, fixed: `$C$5:$C$20`."""
    return f"{address(first, column, fixed=True)}:{address(last, column, fixed=True)}"


def number(value: Fraction) -> str:
    """An exact number inside a formula: `0.6`, `(1/3)`."""
    for places in range(7):
        scaled = value * 10**places
        if scaled.denominator == 1:
            whole = scaled.numerator
            if not places:
                return str(whole)
            digits = f"{abs(whole):0{places + 1}d}"
            return f"{'-' if whole < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return f"({value.numerator}/{value.denominator})"


def sum_of(terms: Iterable[tuple[Fraction, str]]) -> str:
    """`0.6*C5+0.4*D5`; weights of 1 are left out."""
    return "+".join(term if weight == 1 else f"{number(weight)}*{term}" for weight, term in terms) or "0"
