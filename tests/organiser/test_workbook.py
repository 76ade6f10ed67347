"""The workbook: its cached figures are the engine's, and its formulas come to the same, cell by cell, in LibreOffice."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from judge_tui.i18n import translator
from judge_tui.services.documents.workbook import result_book, xlsx
from judge_tui.services.documents.workbook.cells import Book, Value
from tests.organiser.made_up import RULES, appraisal, ballots, dossier_under
from tests.organiser.office_suite import convert

Read = dict[str, list[list[object]]]


def books() -> dict[str, Book]:
    found = {name: result_book(dossier_under(rules, seed), str) for seed, (name, rules) in enumerate(RULES.items())}
    return {**found, "appraisal": result_book(appraisal(), str), "ballots": result_book(ballots(), str)}


def read(path: Path) -> Read:
    workbook = CalamineWorkbook.from_path(path)
    return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names}


def at(read_sheet: list[list[object]], row: int, column: int) -> object:
    try:
        return read_sheet[row][column]
    except IndexError:
        return ""


def same(value: Value, found: object) -> bool:
    if isinstance(value, Fraction):
        return isinstance(found, (int, float)) and abs(float(value) - found) < 1e-9
    return (value or "") == found


def differences(book: Book, found: Read, *, formulas_only: bool = False) -> list[str]:
    return [
        f"{sheet.name} {row + 1}:{column + 1} {cell.formula} should be {cell.value}, is {at(found[sheet.name], row, column)}"
        for sheet in book.sheets
        for (row, column), cell in sheet.cells.items()
        if (cell.formula or not formulas_only) and not same(cell.value, at(found[sheet.name], row, column))
    ]


def spoiled(book: Book) -> Book:
    """The same workbook with nonsense cached, so that only a program that computes can make it right again."""
    other = deepcopy(book)
    for sheet in other.sheets:
        for place, cell in sheet.cells.items():
            if cell.formula:
                sheet.cells[place] = replace(cell, value=Fraction(-7))
    return other


@pytest.mark.parametrize("name", [*RULES, "appraisal", "ballots"])
def test_cached_figures_are_the_engines(name: str, tmp_path: Path) -> None:
    book = books()[name]
    path = tmp_path / "results.xlsx"
    path.write_bytes(xlsx(book))

    assert differences(book, read(path)) == []


@pytest.mark.parametrize("name", [*RULES, "appraisal", "ballots"])
def test_totals_and_places_in_the_workbook_are_those_of_the_result(name: str) -> None:
    made = {"appraisal": appraisal, "ballots": ballots}
    dossier = made[name]() if name in made else dossier_under(RULES[name], list(RULES).index(name))
    book = result_book(dossier, str)
    ranking = book.sheets[0]

    for index, standing in enumerate(dossier.result.standings):
        placed, total = ranking.cells[3 + index, 0], ranking.cells[3 + index, 3]
        assert total.value == (standing.total if standing.total is not None else "")
        if standing.rank is not None:
            assert placed.value == standing.rank


@pytest.mark.parametrize("name", [name for name in RULES if name not in ("pooled trim",)])
def test_every_figure_between_marks_and_places_is_a_formula(name: str) -> None:
    book = books()[name]
    typed = [
        (sheet.name, place)
        for sheet in book.sheets
        for place, cell in sheet.cells.items()
        if cell.style in ("figure", "total") and isinstance(cell.value, Fraction) and not cell.formula
    ]

    assert typed == []


COMPUTED = (
    "two and one off",
    "whole sheet",
    "median",
    "by criterion",
    "groups",
    "groups in total",
    "best phase",
    "ties",
    "classes",
    "appraisal",
    "ballots",
)
"""Rules that between them use every kind of formula."""


@pytest.mark.needs("soffice")
def test_libreoffice_computes_every_formula_to_the_same_figure(tmp_path: Path) -> None:
    made = {name: book for name, book in books().items() if name in COMPUTED}
    files = []
    for number, book in enumerate(made.values()):
        path = tmp_path / f"book{number}.xlsx"
        path.write_bytes(xlsx(spoiled(book)))
        files.append(path)

    computed = convert(files, "ods", tmp_path / "office")
    wrong = {
        name: found[:5]
        for (name, book), path in zip(made.items(), computed)
        if (found := differences(book, read(path), formulas_only=True))
    }

    assert wrong == {}


def test_chinese_names_that_excel_refuses_become_sheets_all_the_same(tmp_path: Path) -> None:
    translator.switch("zh")
    dossier = dossier_under(RULES["groups"], 1)
    book = result_book(dossier, translator.render)
    path = tmp_path / "results.xlsx"
    path.write_bytes(xlsx(book))

    names = list(read(path))
    assert names[:2] == ["排名", "汇总表"]
    assert "统分 观摩 中层 干部" in names
    assert {"甲1", "乙4"} <= set(names)
