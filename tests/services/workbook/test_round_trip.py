"""Nothing is lost between TOML and workbook, in either language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from judge_tui import settings as own
from judge_tui.domain.event import Event
from judge_tui.domain.rules import Rounding
from judge_tui.i18n import LANGUAGES, Translator
from judge_tui.services.definitions import load_definition, sample_definitions, save_workbook
from judge_tui.services.workbook import read_workbook, workbook_bytes
from judge_tui.services.workbook.layout import Kind
from judge_tui.services.workbook.reading import headings
from judge_tui.services.workbook.rules_layout import WORKBOOK
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
