"""Reading `season.toml`: every problem with its place, unknown keys named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from judge_tui.domain.definition.fields import Section
from judge_tui.domain.definition.lines import LineIndex
from judge_tui.domain.errors import DefinitionError, Problem
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import parse_decimal, thousandths
from judge_tui.domain.season.declared import (
    Absent,
    Adding,
    AnnualAward,
    Consequence,
    Cut,
    Declared,
    Detail,
    Earlier,
    Together,
)
from judge_tui.domain.season.rounds import Key

MOST = 1000


def read_season(mapping: Mapping[str, object], source: str = "", lines: LineIndex | None = None) -> Declared:
    """What a season's file declares. Raises DefinitionError with every problem found."""
    problems: list[Problem] = []
    root = Section(mapping, "", problems)
    head = root.section("season")
    declared = Declared(
        name=head.text("name"),
        series=head.text("series"),
        order=head.texts("order"),
        by=head.choice("by", Adding, Adding.MEAN),
        points=_points(head),
        decimals=head.integer("decimals", 2, least=0, most=6),
        least=head.integer("least", 0, least=0, most=MOST),
        drop=head.integer("drop", 0, least=0, most=MOST),
        absent=head.choice("absent", Absent, Absent.BREAKS),
        stable_ids=head.flag("stable_ids"),
        same=_groups(head, "same"),
        different=_groups(head, "different"),
        details=tuple(_detail(item) for item in root.sections("events")),
        together=tuple(_together(item) for item in root.sections("rankings")),
        consequences=tuple(_consequence(item) for item in root.sections("consequences")),
        earlier=tuple(_earlier(item) for item in root.sections("honours")),
        annual=tuple(_annual(item) for item in root.sections("annual")),
    )
    head.finish(also=("same", "different"))
    root.finish()
    if declared.by == Adding.POINTS and not declared.points:
        head.problem("points", msg("is missing"), msg("for example {example}", example="[10, 8, 6]"))
    if problems:
        placed = [replace(item, line=lines.line(item.where) if lines else 0) for item in problems]
        raise DefinitionError(source, sorted(placed, key=lambda item: item.line))
    return declared


def _points(section: Section) -> tuple[int, ...]:
    found: list[int] = []
    for word in section.texts("points"):
        try:
            found.append(thousandths(parse_decimal(word)))
        except ValueError:
            section.problem("points", msg("must be a list of numbers"), msg("for example {example}", example="[10, 8]"))
    return tuple(found)


def _groups(section: Section, key: str) -> tuple[tuple[Key, ...], ...]:
    """A list of lists of `event:organisation`."""
    hint = msg("for example {example}", example='[["e1:v03", "e2:v3"]]')
    value = section.values.get(key, [])
    if not isinstance(value, list):
        section.problem(key, msg("must be a list of lists"), hint)
        return ()
    found: list[tuple[Key, ...]] = []
    for number, item in enumerate(value, 1):
        words = Section({"group": item}, f"{section.at(key)}[{number}]", section.problems).texts("group")
        keys = [
            (event, organisation) for event, colon, organisation in (word.partition(":") for word in words) if colon
        ]
        if len(keys) < 2 or len(keys) != len(words):
            section.problem(f"{key}[{number}]", msg("must name at least two, each as event:organisation"), hint)
        else:
            found.append(tuple(keys))
    return tuple(found)


def _detail(section: Section) -> Detail:
    found = Detail(
        section.text("id", required=True),
        section.text("series"),
        section.text("season"),
        section.text("date"),
        section.text("host"),
    )
    section.finish()
    return found


def _together(section: Section) -> Together:
    found = Together(section.text("name", required=True), section.texts("events"))
    if not found.events:
        section.problem("events", msg("is missing"))
    section.finish()
    return found


def _consequence(section: Section) -> Consequence:
    found = Consequence(
        section.text("award", required=True),
        section.integer("times", 2, least=1, most=MOST),
        section.text("then", required=True),
        section.flag("row", True),
    )
    section.finish()
    return found


def _earlier(section: Section) -> Earlier:
    found = Earlier(
        section.text("organisation", required=True),
        section.text("name", required=True),
        section.integer("count", 1, least=1, most=MOST),
    )
    section.finish()
    return found


def _annual(section: Section) -> AnnualAward:
    def limit(key: str) -> int | None:
        return section.integer(key, 1, least=1, most=MOST) if section.has(key) else None

    found = AnnualAward(
        name=section.text("name", required=True),
        quota=limit("quota"),
        top=limit("top"),
        bottom=limit("bottom"),
        at_least=section.points("at_least"),
        below=section.points("below"),
        needs=section.text("needs"),
        times=section.integer("times", 1, least=1, most=MOST),
        without=section.texts("without"),
        cut=section.choice("cut", Cut, Cut.DECIDE),
    )
    section.finish()
    return found
