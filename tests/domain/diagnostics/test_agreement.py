"""Agreement figures against published and hand-made ones."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from judge_tui.domain.diagnostics.agreement import (
    correlations,
    kendall_w,
    midranks,
    rank_correlation,
    square_root,
)
from judge_tui.domain.diagnostics.report import diagnose
from judge_tui.domain.numbers import decimal_text
from judge_tui.services.results.ranking import rank_table

CASE = Path(__file__).parents[2] / "cases" / "agreement"

NAMES = {
    "between_targets": "MS between targets",
    "within_targets": "MS within targets",
    "between_judges": "MS between judges",
    "residual": "MS residual",
    "icc_1_1": "ICC(1,1)",
    "icc_2_1": "ICC(2,1)",
    "icc_3_1": "ICC(3,1)",
    "icc_1_k": "ICC(1,4)",
    "icc_2_k": "ICC(2,4)",
    "icc_3_k": "ICC(3,4)",
}


def rows(*lines: str) -> list[list[Fraction]]:
    return [[Fraction(word) for word in line.split()] for line in lines]


def test_shrout_and_fleiss_come_out_as_published(tmp_path: Path) -> None:
    definition = tmp_path / "c.toml"
    definition.write_text('[event]\ntitle = "t"\n[[criteria]]\nname = "rating"\nmax = 10\nstep = 1\n', encoding="utf-8")
    ranking = rank_table(definition, CASE / "scores.csv")
    (agreement,) = diagnose(ranking.event, ranking.ballots).agreements
    found = agreement.correlations

    with (CASE / "expected.csv").open(encoding="utf-8", newline="") as stream:
        published = {row["statistic"]: row["published"] for row in csv.DictReader(stream)}
    assert {name: decimal_text(getattr(found, key), 2) for key, name in NAMES.items()} == published


def test_judges_who_order_alike_agree_wholly_and_opposite_ones_not_at_all() -> None:
    assert kendall_w(rows("1 10 5", "2 20 6", "3 30 7")) == 1
    assert kendall_w(rows("1 3", "2 2", "3 1")) == 0


def test_kendall_s_w_is_corrected_for_ties() -> None:
    # Columns rank 1 2.5 2.5 4 and 1 2 3 4: rank sums 2 4.5 5.5 8, S = 18.5, T = 6; 12 S ÷ (4 × 60 − 2 × 6)
    assert kendall_w(rows("1 1", "2 2", "2 3", "4 4")) == Fraction(12 * Fraction("18.5"), 4 * 60 - 2 * 6)


@pytest.mark.parametrize("table", [[], rows("1 2"), rows("1", "2"), rows("5 5", "5 5")])
def test_there_is_no_agreement_without_two_judges_two_organisations_and_some_difference(table: object) -> None:
    assert kendall_w(table) is None  # type: ignore[arg-type]


def test_correlations_of_judges_who_give_everybody_the_same_are_not_defined() -> None:
    found = correlations(rows("5 5", "5 5"))

    assert found is not None
    assert (found.icc_1_1, found.icc_3_k, found.residual) == (None, None, 0)
    assert correlations(rows("5 5")) is None
    assert correlations(rows("5", "6")) is None


def test_equal_values_share_the_mean_of_their_ranks() -> None:
    assert midranks([Fraction(8), Fraction(7), Fraction(8), Fraction(9)]) == [Fraction(5, 2), 1, Fraction(5, 2), 4]


def test_rank_correlation() -> None:
    up, down, flat = ([Fraction(n) for n in numbers] for numbers in ((1, 2, 3), (9, 4, 1), (5, 5, 5)))

    assert rank_correlation(up, up) == 1
    assert rank_correlation(up, down) == -1
    assert rank_correlation(up, flat) is None
    assert rank_correlation(up[:1], up[:1]) is None
    one, other = [Fraction(n) for n in (1, 2, 3, 4)], [Fraction(n) for n in (2, 1, 4, 3)]
    assert rank_correlation(one, other) == Fraction(3, 5)


def test_a_square_root_is_exact_where_it_can_be() -> None:
    assert square_root(Fraction(9, 4)) == Fraction(3, 2)
    assert decimal_text(square_root(Fraction(2)), 6) == "1.414214"
