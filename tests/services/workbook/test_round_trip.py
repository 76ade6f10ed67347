"""Nothing is lost between TOML and workbook, in either language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from python_calamine import CalamineWorkbook

from judge_tui import settings as own
from judge_tui.domain.definition import read_definition
from judge_tui.domain.event import Event
from judge_tui.domain.rules import Rounding
from judge_tui.i18n import LANGUAGES, Translator
from judge_tui.services.preparing.definitions import load_definition, sample_definitions, save_workbook
from judge_tui.services.workbook import read_workbook, workbook_bytes
from judge_tui.services.workbook.grids import headings
from judge_tui.services.workbook.layout import Kind
from judge_tui.services.workbook.rules_layout import WORKBOOK
from judge_tui.services.workbook.tables import USUAL
from tests.domain.definition.events import events

SOURCES = (*sample_definitions(own.data_folder()), *sorted(own.templates_folder().glob("*.toml")))


def said(event: Event) -> Event:
    """The event without exceptions that round nothing: they say the same as none."""
    specials = tuple(
        replace(item, rounding=None) if item.rounding == Rounding() else item for item in event.tabulation.specials
    )
    return replace(event, tabulation=replace(event.tabulation, specials=specials))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(events())
def test_any_event_comes_back_the_same(tmp_path_factory: pytest.TempPathFactory, event: Event) -> None:
    path = tmp_path_factory.mktemp("book") / "x.xlsx"
    event = said(event)
    path.write_bytes(workbook_bytes(event, Translator("zh").render))

    assert read_workbook(path, sound=False) == event


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_sample_and_template_comes_back_the_same(tmp_path: Path, source: Path, language: str) -> None:
    event = load_definition(source)
    path = tmp_path / "擂台赛.xlsx"

    save_workbook(event, path, language)

    assert load_definition(path) == event


def test_no_heading_of_a_sheet_means_two_things() -> None:
    for sheet in WORKBOOK:
        meanings: dict[str, str] = {}
        for column in sheet.columns:
            for heading in headings(column, sheet.form):
                assert meanings.setdefault(heading, column.key) == column.key, (sheet.table, heading)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_word_of_a_choice_means_two_things(language: str) -> None:
    render = Translator(language).render

    for sheet in WORKBOOK:
        for column in sheet.columns:
            words = [render(word) for word in column.words.values()]
            assert len(set(words)) == len(words), column.key
            assert bool(words) is (column.kind is Kind.CHOICE)


def test_what_the_forms_show_as_usual_is_what_a_definition_that_says_nothing_means() -> None:
    document: dict[str, Any] = {}
    for key, value in USUAL.items():
        *above, last = key.split(".")
        table = document
        for part in above:
            table = table.setdefault(part, {})
        table[last] = value

    assert read_definition(document) == read_definition({})


def test_questions_keep_the_marks_inside_them(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    event = read_definition({"event": {"questions": ["管理、维护由谁负责；多久一次？", "明年呢？"]}})
    path.write_bytes(workbook_bytes(event, Translator("zh").render))

    cell = next(
        row[1] for row in CalamineWorkbook.from_path(path).get_sheet_by_name("活动").to_python() if row[0] == "题库"
    )

    assert cell == "管理、维护由谁负责；多久一次？\n明年呢？"
    assert read_workbook(path) == event


def test_people_read_names_where_the_definition_has_ids(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    save_workbook(load_definition(own.data_folder() / "nancao"), path, "zh")

    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("评委").to_python()

    assert {row[1] for row in rows[3:] if row[0]} == {"街道班子成员"}
