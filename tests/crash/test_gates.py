"""The quick runs of the fault injection, with the figures they have to reach. The long ones are for `--long`."""

from __future__ import annotations

import pytest

from tests.crash import full, fuzz, kill, laws, power


@pytest.mark.needs("strace")
def test_no_power_cut_loses_what_was_acknowledged_and_unsafe_settings_are_caught() -> None:
    figures = power.run()

    assert figures["images"] >= 20_000
    assert figures["bad"] == 0
    assert figures["controls_caught"] == len(power.CONTROLS) == 6


def test_no_kill_loses_what_was_acknowledged_or_leaves_anything_by_half() -> None:
    assert kill.run() == {"kills": 200, "lost": 0, "partial": 0}


@pytest.mark.needs("strace")
def test_every_failing_write_is_told_and_can_be_tried_again() -> None:
    figures = full.run()

    assert figures["lost"] == 0
    assert figures["told"] > figures["faults"] // 2 > 50, "the faults were really met"


def test_no_hostile_file_is_believed() -> None:
    figures = fuzz.run()

    assert figures["files"] >= 5000
    assert (figures["wrong"], figures["stray"], figures["disagreed"]) == (0, 0, 0)
    assert figures["refused"] > figures["files"] // 2, "most of them really are spoiled"


def test_the_laws_of_merging_hold() -> None:
    figures = laws.run()

    assert figures["examples"] >= 375
    assert figures["failed"] == 0
