"""Rows are found where they are, whether the sheets are whole and in one order or not."""

from __future__ import annotations

from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge_tui.domain.tabulation.inputs import MarkColumns
from judge_tui.domain.tabulation.locating import locate, pick

Rows = list[tuple[str, str, str]]


def columns(rows: Rows) -> MarkColumns:
    judges, organisations, criteria = ([row[at] for row in rows] for at in range(3))
    return MarkColumns(judges, organisations, criteria, list(range(len(rows))))  # type: ignore[arg-type]


def by_hand(rows: Rows) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = {}
    for number, (_, organisation, criterion) in enumerate(rows):
        found.setdefault((organisation, criterion), []).append(number)
    return found


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
    found = locate(columns(rows))

    assert {key: list(places) for key, places in found.rows.items()} == by_hand(rows)
    assert set(found.judges) == {row[0] for row in rows}
    if found.unique:
        assert len(set(rows)) == len(rows)


def test_nothing_has_no_rows() -> None:
    found = locate(columns([]))

    assert (found.rows, list(found.judges), found.unique) == ({}, [], False)


def test_rows_of_a_column_are_picked() -> None:
    column = list("abcdef")

    assert list(pick(column, range(1, 6, 2))) == ["b", "d", "f"]
    assert list(pick(column, [4, 0])) == ["e", "a"]
    assert list(pick(column, [3])) == ["d"]
    assert list(pick(column, [])) == []
