"""A second, naïve implementation that shares nothing with the engine agrees on thousands of random contests."""

from __future__ import annotations

import pytest

from judge_tui.domain.tabulation import tabulate
from tests.domain.tabulation.naive import Naive
from tests.domain.tabulation.random_contests import random_contest

BATCHES = 20
BATCH = 150


@pytest.mark.parametrize("batch", range(BATCHES))
def test_totals_and_places_agree(batch: int) -> None:
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        event, ballots = random_contest(seed)
        expected = Naive(event, ballots).ranks()
        got = {item.organisation: (item.total, item.rank) for item in tabulate(event, ballots).standings}

        assert got == expected, f"seed {seed}"
