"""A spreadsheet of adjustments: organisation, name, points, reason, by."""

from __future__ import annotations

import re
from pathlib import Path

from judge_tui.domain.event import Event, Organisation
from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import parse_decimal, thousandths
from judge_tui.domain.rules import AdjustmentKind
from judge_tui.domain.tabulation.adjusting import rule_of
from judge_tui.domain.tabulation.inputs import Adjustment
from judge_tui.services.field_names import Names, Problems
from judge_tui.services.marks_table import MARK_HEADINGS, rows_of_case
from judge_tui.services.tables import Headings, read_table

ADJUSTMENT_HEADINGS: Headings = {
    "organisation": MARK_HEADINGS["organisation"],
    "name": ("name", "adjustment", "名称", "项目", "加减分项", "加减分项目", "加分项", "扣分项", "事项"),
    "points": ("points", "score", "分值", "分数", "加减分", "得分", "扣分", "加分"),
    "reason": ("reason", "原因", "理由", "事由", "说明"),
    "by": ("by", "signed", "签字", "签名", "签字人", "经办人", "确认人"),
    "case": MARK_HEADINGS["case"],
}

UNNAMED = "adjustment"
"""The name of an adjustment without one."""

_SIGNERS = re.compile(r"[、,，;；/+&]+")


def read_adjustments(event: Event, path: Path, case: str = "") -> tuple[Adjustment, ...]:
    """The adjustments in a CSV file. Raises MarksFileError with every problem."""
    table = read_table(path, ADJUSTMENT_HEADINGS, ("organisation", "points"))
    problems = Problems(table.source)
    names: Names[Organisation] = Names(
        event.organisations, lambda item: item.id, lambda item: item.name, lambda item: str(item.number)
    )
    found = []
    for row in rows_of_case(table, case, problems):
        cell = {key: column[row].strip() for key, column in table.columns.items()}
        line, text = table.lines[row], cell["organisation"]
        organisation = names.find(text)
        if organisation is None:
            message = msg("there is no organisation “{word}”", word=text) if text else msg("no organisation is named")
            problems.add(line, "organisation", message, names.hint(text) if text else None)
            continue
        name = cell.get("name") or UNNAMED
        rule = rule_of(event, name)
        try:
            points = _points(cell["points"], table.comma)
        except ValueError:
            hint = msg("a number with at most three decimals, such as {example}", example="-0.5")
            problems.add(line, "points", msg("“{typed}” is not a number", typed=cell["points"][:20]), hint)
            continue
        if rule and rule.kind == AdjustmentKind.BONUS and points < 0:
            problems.add(
                line, "points", msg("a bonus does not take points away"), msg("name a rule of the kind penalty")
            )
        if points or (rule and rule.kind == AdjustmentKind.VETO):
            signers = tuple(word.strip() for word in _SIGNERS.split(cell.get("by", "")) if word.strip())
            found.append(
                Adjustment(organisation.id, rule.name if rule else name, points, cell.get("reason", ""), signers)
            )
    problems.raise_any()
    return tuple(found)


def _points(text: str, comma: bool) -> int:
    """Thousandths; an empty cell is nothing. Raises ValueError."""
    plain = text.strip().removeprefix("+").removesuffix("分").strip()
    if comma and plain.count(",") == 1:
        plain = plain.replace(",", ".")
    return thousandths(parse_decimal(plain)) if plain else 0
