"""Where the points of one mark come from, as far as it was not given in points: what was taken off, which grade, which place."""

from __future__ import annotations

from collections.abc import Sequence

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import Checklist, Criterion, Grades, Places, Points
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import mark_text


def origin_text(criterion: Criterion, raw: MarkValue | None, value: int) -> str:
    """A mark worth `value` (thousandths) as a sum that a person can redo: `20-1=19`, `10-3-2=5`, `优秀=10`; the points alone where
    they were given as such."""
    method, points = criterion.method, mark_text(value)
    if isinstance(method, Points) and method.deduct and value != method.most:
        return f"{mark_text(method.most)}-{mark_text(method.most - value)}={points}"
    if isinstance(method, Checklist) and isinstance(raw, tuple) and raw:
        return _checked(method, raw, points)
    if isinstance(method, Grades) and isinstance(raw, str):
        name = next((grade.name for grade in method.grades if grade.id == raw), raw)
        return f"{name}={points}"
    if isinstance(method, Places) and method.points and isinstance(raw, int):
        return f"#{raw}={points}"
    return points


def _checked(method: Checklist, raw: Sequence[str], points: str) -> str:
    off = [item.off for item in method.items if item.id in set(raw)]
    taken = "".join(f"-{mark_text(each)}" for each in off)
    floor = method.full - sum(off) < method.least
    return f"{mark_text(method.full)}{taken}{'→' if floor else '='}{points}"


def in_a_sum(text: str) -> str:
    """The same as one term of a longer sum: `(20-1)`, `10(优秀)`."""
    left, equals, points = text.partition("=")
    if not equals:
        return f"({text})" if "→" in text else text
    return f"({left})" if "-" in left and left[:1].isdigit() else f"{points}({left})"


def ballots_text(issued: int, returned: int, valid: int, abstained: int) -> Message:
    """发出15，收回13，有效10，弃权2."""
    return msg(
        "ballots: {issued} issued, {returned} returned, {valid} valid, {abstained} abstained",
        issued=issued,
        returned=returned,
        valid=valid,
        abstained=abstained,
    )
