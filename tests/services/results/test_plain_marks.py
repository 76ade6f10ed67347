"""Marks files in which every cell is plain are ranked the short way, with the same result; anything else is looked at closely."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from judge_tui.domain.definition import read_definition
from judge_tui.domain.errors import MarksFileError
from judge_tui.services.results import ranking
from judge_tui.services.results.plain_marks import plain_ballots
from judge_tui.services.results.tables import Table

DEFINITION = """
[event]
id = "plain"
title = "平常"
[[organisations]]
id = "a"
name = "甲村"
[[organisations]]
id = "b"
name = "乙村"
[[groups]]
id = "g"
name = "评委"
judges = [{ id = "j1", name = "评委01" }, { id = "j2", name = "评委02" }, { id = "j3", name = "评委03" }]
[[criteria]]
id = "x"
name = "汇报"
max = 60
[[criteria]]
id = "y"
name = "观摩"
max = 40
"""


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    path = tmp_path / "plain.toml"
    path.write_text(DEFINITION, encoding="utf-8")
    return path


def rows() -> list[list[str]]:
    dice = Random(5)
    return [[j, o, c, f"{dice.randint(0, 4000) / 100}"] for j in ("j1", "j2", "j3") for o in "ab" for c in "xy"]


def written(folder: Path, found: Sequence[Sequence[str]]) -> Path:
    path = folder / "marks.csv"
    text = "\n".join(",".join(row) for row in (("judge", "organisation", "criterion", "score"), *found))
    path.write_text(text, encoding="utf-8")
    return path


def columns(found: Sequence[Sequence[str]], **more: Sequence[str]) -> Mapping[str, Sequence[str]]:
    names = ("judge", "organisation", "criterion", "score")
    return {**dict(zip(names, (list(column) for column in zip(*found)))), **more}


def test_plain_cells_rank_the_same_the_short_way_and_the_long_way(definition: Path, tmp_path: Path) -> None:
    found = rows()
    Random(6).shuffle(found)
    path = written(tmp_path, found)
    short = ranking.rank_table(definition, path)
    with patch("judge_tui.services.results.marks_table.plain_ballots", return_value=None) as looked:
        long = ranking.rank_table(definition, path)

    assert looked.called
    assert not short.result.provisional
    assert ranking.ranking_json(short) == ranking.ranking_json(long)


def test_what_is_wrong_between_plain_rows_is_named_row_by_row(definition: Path, tmp_path: Path) -> None:
    found = rows()
    path = written(tmp_path, [*found, found[0]])

    with pytest.raises(MarksFileError) as caught:
        ranking.rank_table(definition, path)

    assert "row 2" in str(caught.value.problems[0].message)


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        (0, "评委01"),
        (0, "nobody"),
        (1, "甲村"),
        (2, "汇报"),
        (3, "缺席"),
        (3, "60.1"),
        (3, "-1"),
        (3, "1.2345"),
        (3, ""),
    ],
)
def test_one_cell_that_is_not_plain_is_enough_for_a_closer_look(place: int, cell: str) -> None:
    event = read_definition(tomllib.loads(DEFINITION))
    found = rows()
    found[4][place] = cell
    odd = plain_ballots(event, Table("x", columns(found), range(2, 14), comma=False))
    plain = plain_ballots(event, Table("x", columns(rows(), group=[""] * 12), range(2, 14), comma=False))
    grouped = plain_ballots(event, Table("x", columns(rows(), group=["g"] * 12), range(2, 14), comma=False))

    assert plain is not None
    assert grouped is None
    assert odd is None or (cell == "" and odd.rows[4].value is None)
