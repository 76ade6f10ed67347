"""Rows are found where they are, whether the sheets are whole and in one order or not."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge_tui.domain.event import Event
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.engine import Tabulator
from judge_tui.domain.tabulation.inputs import Ballots, MarkColumns, MarkState
from judge_tui.domain.tabulation.locating import locate, pick
from tests.domain.tabulation.contests import define

Rows = list[tuple[str, str, str]]


def columns(rows: Rows) -> MarkColumns:
    judges, organisations, criteria = ([row[at] for row in rows] for at in range(3))
    return MarkColumns(judges, organisations, criteria, list(range(len(rows))))  # type: ignore[arg-type]


def by_hand(rows: Rows) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for number, (_, organisation, criterion) in enumerate(rows):
        found.setdefault((organisation, criterion), []).append(number)
    return found


def held(given_columns: MarkColumns, rows: Sequence[int]) -> list[tuple[str, object]]:
    """Who gave what in these rows, whatever their order."""
    pairs = zip(pick(given_columns.judges, rows), pick(given_columns.values, rows), strict=True)
    return sorted((str(judge), value) for judge, value in pairs)


def whose(sizes: tuple[int, int, int], prefix: str = "") -> Event:
    """An event of that many judges, organisations and criteria, with the names of the grid or others."""
    judges, organisations, criteria = (
        [f"{prefix}{kind}{n}" for n in reversed(range(size))] for kind, size in zip("joc", sizes)
    )
    return define(
        f'[event]\ntitle = "T"\njudges = {judges}\norganisations = {organisations}\n'
        + "".join(f'[[criteria]]\nid = "{name}"\nname = "{name}"\nmax = 9\n' for name in criteria)
    )


def grid(sizes: tuple[int, int, int], order: tuple[int, ...]) -> Rows:
    """Judges × organisations × criteria with the axes nested in this order, the first one outermost."""
    names = [[f"{kind}{n}" for n in range(size)] for kind, size in zip("joc", sizes)]
    rows = []
    for words in product(*(names[axis] for axis in order)):
        row = dict(zip(order, words))
        rows.append((row[0], row[1], row[2]))
    return rows


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize(
    "sizes", [(2, 3, 4), (1, 3, 2), (3, 1, 2), (3, 2, 1), (1, 1, 3), (2, 1, 1), (1, 1, 1), (2, 2, 2)]
)
def test_a_whole_grid_in_any_nesting_needs_no_search(sizes: tuple[int, int, int], order: tuple[int, ...]) -> None:
    rows = grid(sizes, order)
    found = locate(columns(rows))

    assert found.unique
    assert {key: list(places) for key, places in found.rows.items()} == by_hand(rows)
    assert all(isinstance(places, range) for places in found.rows.values())
    assert list(found.judges) == [f"j{n}" for n in range(sizes[0])]


@given(st.data(), st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(1, 3)), st.permutations(range(3)))
def test_rows_are_found_by_hand_or_at_once_all_the_same(
    data: Any, sizes: tuple[int, int, int], order: list[int]
) -> None:
    rows = grid(sizes, tuple(order))
    for _ in range(data.draw(st.integers(0, 2))):
        change = data.draw(st.sampled_from(["swap", "drop", "repeat", "rename", "twice"]))
        at = data.draw(st.integers(0, len(rows) - 1))
        other = data.draw(st.integers(0, len(rows) - 1))
        if change == "swap":
            rows[at], rows[other] = rows[other], rows[at]
        elif change == "drop" and len(rows) > 1:
            del rows[at]
        elif change == "repeat":
            rows.append(rows[at])
        elif change == "rename":
            rows[at] = (rows[other][0], rows[at][1], rows[at][2])
        elif change == "twice":
            rows = rows + rows
    given_columns = columns(rows)
    found = locate(given_columns, data.draw(st.sampled_from([None, whose(sizes), whose(sizes, "x")])))

    assert {key: held(found.columns, places) for key, places in found.rows.items()} == {
        key: held(given_columns, places) for key, places in by_hand(rows).items()
    }
    assert set(found.judges) == {row[0] for row in rows}
    if found.unique:
        assert len(set(rows)) == len(rows)


def shuffled() -> Rows:
    rows = grid((3, 2, 2), (0, 1, 2))
    return [rows[at * 7 % 12] for at in range(12)]


def test_a_whole_grid_in_no_order_is_put_in_order() -> None:
    given_columns = columns(shuffled())
    before = MarkColumns.of(given_columns)
    found = locate(given_columns, whose((3, 2, 2)))

    assert found.unique
    assert list(found.columns.judges) == ["j2", "j1", "j0"] * 4
    assert found.columns.organisations[:7] == ["o1"] * 6 + ["o0"]
    assert (found.columns.criteria[-1], len(found.columns)) == ("c0", 12)
    assert given_columns == before
    assert MarkColumns.of(found.columns).judges == ["j2", "j1", "j0"] * 4


def test_marks_that_are_not_all_given_and_submitted_stay_where_they_are() -> None:
    blank, unsubmitted = columns(shuffled()), columns(shuffled())
    blank.states[3] = MarkState.BLANK
    unsubmitted.unsubmitted.add(3)

    for given_columns in (blank, unsubmitted):
        found = locate(given_columns)
        assert (found.unique, found.columns is given_columns) == (False, True)


def test_nothing_has_no_rows() -> None:
    found = locate(columns([]))

    assert (found.rows, list(found.judges), found.unique) == ({}, [], False)


def test_rows_of_a_column_are_picked() -> None:
    column = list("abcdef")

    assert list(pick(column, range(1, 6, 2))) == ["b", "d", "f"]
    assert list(pick(column, [4, 0])) == ["e", "a"]
    assert list(pick(column, [3])) == ["d"]
    assert list(pick(column, [])) == []


def test_a_mark_is_changed_in_rows_that_were_put_in_order_and_not_in_those_that_were_given() -> None:
    event = whose((3, 2, 2))
    given_columns = columns(shuffled())
    given_columns.values[:] = [1000 * (row % 9) for row in range(12)]
    before = MarkColumns.of(given_columns)
    engine = Tabulator(event, Ballots(given_columns))
    changed = given_columns[5]._replace(value=8500)

    engine.change(changed)

    after = MarkColumns.of(before)
    after.replace(5, changed)
    assert given_columns == before
    assert engine.result() == tabulate(event, Ballots(list(after)))
    assert engine.result() != tabulate(event, Ballots(list(before)))


def test_columns_that_run_side_by_side_are_no_grid() -> None:
    """Each column is regular, and together they are twice the same two cells."""
    rows = [("a", "x", "c"), ("b", "y", "c"), ("a", "x", "c"), ("b", "y", "c")]
    found = locate(columns(rows))

    assert not found.unique
    assert {key: list(places) for key, places in found.rows.items()} == by_hand(rows)
