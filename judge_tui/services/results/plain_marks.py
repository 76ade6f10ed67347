"""The short way from a spreadsheet to ballots: where every cell stands for itself, none has to be understood.

Ids of the definition, plain points, nothing else: what a program wrote. A million such marks are read as columns.
"""

from __future__ import annotations

from typing import cast

from judge_tui.domain.event import CriterionId, Event, JudgeId, OrganisationId, Points
from judge_tui.domain.tabulation.inputs import Ballots
from judge_tui.domain.tabulation.text_marks import point_columns
from judge_tui.services.results.tables import Table

SAID = ("judge", "organisation", "criterion", "score")


def plain_ballots(event: Event, table: Table) -> Ballots | None:
    """The ballots of a table in which every cell is plain; None where anything has to be looked at more closely.

    What is wrong between rows (two marks of one judge for the same thing) is not looked for: such a result is provisional.
    """
    if any(name not in SAID and any(column) for name, column in table.columns.items()):
        return None
    judges, organisations, criteria, scores = (table.column(name) for name in SAID)
    if judges is None or organisations is None or criteria is None or scores is None:
        return None
    if not (
        event.judge_by_id.keys() >= set(judges)
        and event.organisation_by_id.keys() >= set(organisations)
        and event.criterion_by_id.keys() >= set(criteria)
    ):
        return None
    try:
        columns = point_columns(
            cast("list[JudgeId]", judges),
            cast("list[OrganisationId]", organisations),
            cast("list[CriterionId]", criteria),
            scores,
        )
    except ValueError:
        return None
    return Ballots(columns) if _fit(event, {value for value in set(columns.values) if type(value) is int}) else None


def _fit(event: Event, values: set[int]) -> bool:
    """Whether each of these may stand in every criterion."""
    if not values:
        return False
    lowest, highest = min(values), max(values)
    methods = [item.method for item in event.criteria]
    return all(
        isinstance(method, Points)
        and not (method.deduct or method.step_given)
        and method.least <= lowest
        and highest <= method.most
        for method in methods
    )
