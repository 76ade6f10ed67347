"""Judges × organisations: every state is told apart, and none of them is a zero by accident."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from judge_tui.domain.definition import read_definition
from judge_tui.domain.event import CriterionId, Event, JudgeId, OrganisationId, Places
from judge_tui.domain.matrix import CellState, matrix
from judge_tui.domain.tabulation.inputs import Ballots, MarkRow, MarkState

EVENT: Event = read_definition(
    {
        "event": {"id": "m", "title": "M"},
        "organisations": [{"id": "a", "name": "甲村"}, {"id": "b", "name": "乙村"}],
        "groups": [{"id": "g", "name": "G", "judges": [{"id": "j", "name": "J"}]}],
        "criteria": [{"id": "x", "name": "X", "max": 50}, {"id": "y", "name": "Y", "max": 50}],
    }
)


def row(criterion: str, value: int | None, state: MarkState = MarkState.GIVEN, submitted: bool = True) -> MarkRow:
    return MarkRow(JudgeId("j"), OrganisationId("a"), CriterionId(criterion), value, state, submitted)


BLANK = row("y", None, MarkState.BLANK)


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([], CellState.BLANK),
        ([row("x", None, MarkState.BLANK), BLANK], CellState.BLANK),
        ([row("x", 40000), BLANK], CellState.PARTIAL),
        ([row("x", 0), row("y", 0)], CellState.ZERO),
        ([row("x", 0), row("y", 1000)], CellState.SUBMITTED),
        ([row("x", 40000), row("y", 40000, submitted=False)], CellState.GIVEN),
        ([row("x", 40000), row("y", 40000)], CellState.SUBMITTED),
        ([row("x", None, MarkState.ABSENT), row("y", None, MarkState.ABSENT)], CellState.ABSENT),
        ([row("x", None, MarkState.RECUSED), row("y", None, MarkState.RECUSED)], CellState.RECUSED),
        ([row("x", None, MarkState.WITHDRAWN), row("y", 40000)], CellState.WITHDRAWN),
        ([row("x", 40000), row("y", None, MarkState.CONFLICT)], CellState.CONFLICT),
        ([row("x", 40000), row("y", None, MarkState.LATE)], CellState.LATE),
    ],
)
def test_what_stands_in_a_cell(rows: list[MarkRow], state: CellState) -> None:
    assert matrix(EVENT, Ballots(rows)).cells[0][0].state is state


def test_a_cells_total_is_exact_in_weighted_points_and_nothing_where_marks_are_no_points() -> None:
    first, second = EVENT.criteria
    third = replace(first, weight=Fraction(1, 3))
    event = replace(EVENT, criteria=(third, replace(second, method=Places())))
    found = matrix(event, Ballots([row("x", 45_500), row("y", 1)]))
    places = matrix(event, Ballots([row("y", 1)]))

    assert found.cells[0][0].total == Fraction(91, 6)
    assert places.cells[0][0].total is None


def test_a_withdrawn_organisation_owes_nothing_and_one_criterion_can_be_seen_alone() -> None:
    first, second = EVENT.organisations
    event = replace(EVENT, organisations=(first, replace(second, status="withdrawn")))
    found = matrix(event, Ballots([row("x", 40000), BLANK]))
    alone = matrix(event, Ballots([row("x", 40000), BLANK]), CriterionId("x"))

    assert found.cells[0][1].state is CellState.WITHDRAWN
    assert (found.received[0].given, found.received[0].asked, found.complete_judges) == (1, 2, 0)
    assert alone.cells[0][0].state is CellState.SUBMITTED
    assert alone.complete_judges == 1


def test_a_judges_own_organisation_is_recused_not_blank() -> None:
    judge = replace(EVENT.judges[0], organisation=OrganisationId("a"))
    found = matrix(replace(EVENT, judges=(judge,)), Ballots([]))

    assert [cell.state for cell in found.cells[0]] == [CellState.RECUSED, CellState.BLANK]
