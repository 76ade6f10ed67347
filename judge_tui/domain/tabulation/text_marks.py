"""Marks in points that come as columns of texts: each distinct text is read once, exactly."""

from __future__ import annotations

from collections.abc import Sequence

from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.domain.numbers import parse_decimal, thousandths
from judge_tui.domain.tabulation.inputs import MarkColumns, MarkState


def point_columns(
    judges: list[JudgeId], organisations: list[OrganisationId], criteria: list[CriterionId], scores: Sequence[str]
) -> MarkColumns:
    """The ballots in four columns of ids and scores; an empty score is a mark not given.

    Raises ValueError for a score that is no number, or has more than three decimals.
    """
    read = _Read()
    values = list(map(read.__getitem__, scores))
    blank = {number: MarkState.BLANK for number, value in enumerate(values) if value is None} if "" in read else {}
    return MarkColumns(judges, organisations, criteria, values, blank)


class _Read(dict[str, MarkValue | None]):
    """Texts read so far; a new one is read when it is first asked for."""

    def __missing__(self, text: str) -> MarkValue | None:
        self[text] = value = thousandths(parse_decimal(text)) if text else None
        return value
