"""The ceremony's script as a person writes it: how to reveal, slides between, and how each award is handed over."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from judge_tui.domain.ceremony.show import Handing, Options, Slide
from judge_tui.domain.definition.fields import Section
from judge_tui.domain.errors import DefinitionError, Problem
from judge_tui.domain.event import Event, Reveal
from judge_tui.domain.messages import msg

_BEFORE = re.compile(r"|reveal|board|awards|place:[1-9]\d{0,3}")


class ScriptError(DefinitionError):
    """A ceremony's script with at least one problem; all problems found are listed."""

    title = msg("The ceremony's script has errors")


def read_script(mapping: Mapping[str, object], event: Event, source: str, line: Callable[[str], int]) -> Options:
    """A script for this event; `line` tells where a path of the document stands. Raises ScriptError with every problem."""
    problems: list[Problem] = []
    root = Section(mapping, "", problems)
    reveal = root.section("reveal")
    mode = reveal.choice("mode", Reveal, event.projector.reveal) if reveal.has("mode") else None
    top = reveal.integer("top", 0, least=0)
    announce = reveal.integer("announce", 3, least=0)
    reveal.finish()
    slides = tuple(_slide(item) for item in root.sections("slides", "title"))
    handings = tuple(_handing(item, event) for item in root.sections("awards"))
    root.finish()
    if problems:
        raise ScriptError(source, [replace(item, line=item.line or line(item.where)) for item in problems])
    return Options(mode, top, announce, slides, handings)


def _slide(section: Section) -> Slide:
    before = section.text("before")
    if not _BEFORE.fullmatch(before):
        section.problem(
            "before",
            msg("“{value}” is not known here", value=before),
            msg("it may be {choices}", choices=("reveal", "place:3", "board", "awards")),
        )
    slide = Slide(section.text("title", required=True), section.texts("text"), section.flag("sponsor"), before)
    section.finish()
    return slide


def _handing(section: Section, event: Event) -> Handing:
    award = section.text("award", required=True)
    known = tuple(item.id for item in event.awards)
    if award and award not in known and award not in {item.name for item in event.awards}:
        section.problem(
            "award", msg("no award of the event is “{value}”", value=award), msg("it may be {choices}", choices=known)
        )
    handing = Handing(award, section.text("citation"), section.text("by"))
    section.finish()
    return handing
