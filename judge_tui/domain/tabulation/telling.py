"""What the steps of a derivation are told with: figures as texts, names, and the list that grows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction

from judge_tui.domain.event import CriterionId, Event, GroupId, JudgeId
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import decimal_text, short_text
from judge_tui.domain.tabulation.comparing import Contender
from judge_tui.domain.tabulation.figures import Panel
from judge_tui.domain.tabulation.result import Step

SHOWN_DECIMALS = 6
"""Decimals shown of a figure that has no end; `…` stands after them."""


class Telling:
    """One organisation's steps while they are told."""

    def __init__(self, contender: Contender) -> None:
        self.material = contender.material
        self.event: Event = contender.material.event
        self.figures = contender.figures
        self.steps: list[Step] = []
        self._about: dict[str, str] = {}

    def say(self, key: str, text: Message, value: Fraction | None = None, *, judge: str = "") -> None:
        """Add a step about whatever the telling is about at the moment, and a judge."""
        self.steps.append(Step(key, text, value, judge=judge, **self._about))

    @contextmanager
    def about(self, **ids: str) -> Iterator[None]:
        """Everything said inside is about this phase, criterion or group."""
        before = self._about
        self._about = {**before, **ids}
        yield
        self._about = before

    def now(self, kind: str) -> str:
        """The id of what the telling is about at the moment; empty where it is about no such thing."""
        return self._about.get(kind, "")

    def judge(self, judge: JudgeId) -> str:
        """A judge's name."""
        found = self.event.judge_by_id.get(judge)
        return found.name if found else str(judge)

    def criterion(self, criterion: CriterionId) -> str:
        """A criterion's name."""
        return self.event.criterion_by_id[criterion].name

    def group(self, group: GroupId) -> str:
        """A group's name."""
        return self.material.group_name(group)


def figure_text(value: Fraction) -> str:
    """An exact figure as a decimal; one that goes on is cut and ends in `…`."""
    short = short_text(value)
    if "/" not in short:
        return short
    scale = 10**SHOWN_DECIMALS
    cut = Fraction(abs(value.numerator) * scale // value.denominator, scale)
    return f"{'-' if value < 0 else ''}{decimal_text(cut, SHOWN_DECIMALS)}…"


def two_decimals(value: Fraction) -> str:
    """A score as it is announced: two decimals, more where it has them."""
    short = short_text(value)
    return decimal_text(value, 2) if "/" in short or len(short.partition(".")[2]) <= 2 else short


def signed(value: Fraction) -> str:
    """A term of a sum: `+ 2` or `- 0.5`."""
    return f"- {figure_text(-value)}" if value < 0 else f"+ {figure_text(value)}"


def sum_text(name: Message | str, parts: Sequence[str], exact: Fraction, figure: Fraction) -> Message:
    """`name: a + b = c`, and what that is rounded to where it is."""
    values = {"name": name, "exact": figure_text(exact), "figure": figure_text(figure)}
    total = " + ".join(parts)
    plain = len(parts) < 2 and list(parts) in ([], [figure_text(exact)])
    if exact == figure and plain:
        return msg("{name}: {points} points", name=name, points=figure_text(figure))
    if exact == figure:
        return msg("{name}: {parts} = {figure}", **values, parts=total)
    if plain:
        return msg("{name}: {exact} is rounded to {figure}", **values)
    return msg("{name}: {parts} = {exact}, rounded to {figure}", **values, parts=total)


def trim_text(panel: Panel) -> Message:
    """去掉一个最高分98.00分，去掉一个最低分86.00分."""
    high = tuple(two_decimals(panel.points(value)) for value in panel.high)
    low = tuple(two_decimals(panel.points(value)) for value in panel.low)
    parts = []
    if len(high) == 1:
        parts.append(msg("without the highest mark, {points}", points=high[0]))
    elif high:
        parts.append(msg("without the {count} highest marks, {points}", count=len(high), points=high))
    if len(low) == 1:
        parts.append(msg("without the lowest mark, {points}", points=low[0]))
    elif low:
        parts.append(msg("without the {count} lowest marks, {points}", count=len(low), points=low))
    return parts[0] if len(parts) == 1 else msg("{first}, {second}", first=parts[0], second=parts[1])
