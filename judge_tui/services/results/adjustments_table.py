"""A spreadsheet of adjustments: organisation, name, points, reason, by; and of the organiser's decisions between equals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from judge_tui.domain.definition.ids import match_key
from judge_tui.domain.errors import MarksFileError, Problem
from judge_tui.domain.event import Event, Organisation, OrganisationId
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import mark_text, parse_decimal, thousandths
from judge_tui.domain.rules import AdjustmentKind, AdjustmentRule
from judge_tui.domain.tabulation.inputs import Adjustment, Decision
from judge_tui.services.results.field_names import Names, Problems
from judge_tui.services.results.headings import ADJUSTMENT_HEADINGS
from judge_tui.services.results.marks_table import rows_of_case
from judge_tui.services.results.tables import Table, cell_text, read_table

UNNAMED = "adjustment"
"""The name of an adjustment without one."""

_SIGNERS = re.compile(r"[、,，;；/+&]+")
_DECISION = re.compile(r"(?:decision|裁定|同分裁定)\s*(\d*)\s*(?:[:：]\s*(.+))?", re.IGNORECASE)
_Place = tuple[int, OrganisationId, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Entered:
    """What an adjustments file holds; `undeclared` are names that no rule of the definition has."""

    adjustments: tuple[Adjustment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    undeclared: tuple[str, ...] = ()


def read_adjustments(event: Event, path: Path, case: str = "") -> Entered:
    """The adjustments and decisions in a CSV file. Raises MarksFileError with every problem."""
    table = read_table(path, ADJUSTMENT_HEADINGS, ("organisation",))
    _require_adjustments(table)
    problems = Problems(table.source)
    reader = _Reader(event, table, problems)
    # A file of one contest's adjustments beside marks of several is that contest's.
    rows = rows_of_case(table, case, problems) if table.column("case") is not None else range(len(table))
    for row in rows:
        reader.take({key: cell_text(column[row]) for key, column in table.columns.items()}, table.lines[row])
    problems.raise_any()
    return reader.entered()


def _require_adjustments(table: Table) -> None:
    problem = None
    if table.column("judge") is not None and table.column("name") is None:
        problem = Problem(
            "",
            msg("is a table of marks, not of adjustments"),
            msg("its columns are {columns}", columns=_COLUMNS),
            line=1,
        )
    elif table.column("points") is None and table.column("off") is None:
        words = (*ADJUSTMENT_HEADINGS["points"], *ADJUSTMENT_HEADINGS["off"])
        hint = msg("its heading may be {choices}", choices=words)
        problem = Problem("", msg("there is no column “{name}”", name="points"), hint, line=1)
    if problem is not None:
        raise MarksFileError(table.source, [problem])


_COLUMNS = ("organisation 单位", "name 名称", "points 分值", "reason 原因", "by 签字")


@dataclass(slots=True)
class _Reader:
    event: Event
    table: Table
    problems: Problems
    found: list[Adjustment] = field(default_factory=list)
    undeclared: dict[str, None] = field(default_factory=dict)
    places: dict[tuple[str, str], list[_Place]] = field(default_factory=dict)
    names: Names[Organisation] = field(init=False)
    rules: dict[str, AdjustmentRule] = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(
            self.event.organisations, lambda item: item.id, lambda item: item.name, lambda item: str(item.number)
        )
        self.rules = {match_key(word): rule for rule in self.event.adjustments for word in (rule.name, rule.id)}

    def take(self, cell: Mapping[str, str], line: int) -> None:
        """One row."""
        text = cell["organisation"]
        organisation = self.names.find(text)
        if organisation is None:
            message = msg("there is no organisation “{word}”", word=text) if text else msg("no organisation is named")
            self.problems.add(line, "organisation", message, self.names.hint(text) if text else None)
            return
        points = self._worth(cell, line)
        if points is None:
            return
        name = cell.get("name") or UNNAMED
        rule = self.rules.get(match_key(name))
        decision = None if rule else _DECISION.fullmatch(name)
        if decision:
            self._decide(decision, organisation.id, points, cell, line)
            return
        if rule and rule.kind == AdjustmentKind.BONUS and points < 0:
            message = msg("a bonus does not take points away")
            self.problems.add(line, "points", message, msg("name a rule of the kind penalty"))
        # A cell that is empty says nothing; a zero that was measured is one.
        measured = rule and rule.kind == AdjustmentKind.OBJECTIVE and (cell.get("points") or cell.get("off"))
        if points or measured or (rule and rule.kind == AdjustmentKind.VETO):
            if rule is None:
                self.undeclared[name] = None
            shown = rule.name if rule else name
            self.found.append(
                Adjustment(organisation.id, shown, points, cell.get("reason", ""), _signers(cell.get("by", "")))
            )

    def _worth(self, cell: Mapping[str, str], line: int) -> int | None:
        """Thousandths: the points, less what stands in a column of deductions; None where one of them is no number."""
        total = 0
        for column in ("points", "off"):
            text = cell.get(column, "")
            try:
                points = _points(text, self.table.comma)
            except ValueError:
                hint = msg("a number with at most three decimals, such as {example}", example="-0.5")
                self.problems.add(line, column, msg("“{typed}” is not a number", typed=text[:20]), hint)
                return None
            total += -abs(points) if column == "off" else points
        return total

    def _decide(
        self, name: re.Match[str], organisation: OrganisationId, points: int, cell: Mapping[str, str], line: int
    ) -> None:
        word = name[2] or ""
        found = [item.id for item in self.event.awards if match_key(word) in (match_key(item.id), match_key(item.name))]
        if word and not found:
            choices = tuple(item.name for item in self.event.awards)
            hint = msg("it may be {choices}", choices=choices) if choices else None
            self.problems.add(line, "name", msg("there is no award “{word}”", word=word), hint)
            return
        place: _Place = (points, organisation, cell.get("reason", ""), _signers(cell.get("by", "")))
        places = self.places.setdefault((name[1], found[0] if found else ""), [])
        if not found and any(points == other for other, *_ in places):
            message = msg("the decision puts two on the same place, {place}", place=mark_text(points))
            self.problems.add(line, "points", message, msg("write 1, 2 … under points, best first"))
        places.append(place)

    def entered(self) -> Entered:
        """Everything that was taken."""
        decisions = []
        for (_, award), places in self.places.items():
            places.sort(key=lambda item: item[0])
            _, _, reason, by = places[0]
            decisions.append(Decision(tuple(item[1] for item in places), reason, by, award))
        return Entered(tuple(self.found), tuple(decisions), tuple(self.undeclared))


def _signers(text: str) -> tuple[str, ...]:
    """Who signed, each once. A space divides names too, unless it only stretches a name of two characters (`张　三`)."""
    found: list[str] = []
    for part in _SIGNERS.split(text):
        words = part.split()
        found += words if all(len(word) > 1 for word in words) else [part.strip()]
    return tuple(dict.fromkeys(filter(None, found)))


def _points(text: str, comma: bool) -> int:
    """Thousandths; an empty cell is nothing. Raises ValueError."""
    plain = text.strip().removeprefix("+").removesuffix("分").strip()
    if comma and plain.count(",") == 1:
        plain = plain.replace(",", ".")
    return thousandths(parse_decimal(plain)) if plain else 0
