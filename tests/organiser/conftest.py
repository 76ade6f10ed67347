"""Fixtures of the organiser's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.organiser.world import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A contest that has just been issued."""
    return make_world(tmp_path)


@pytest.fixture
def full(world: World) -> World:
    """A contest in which everyone has scored everything, merged."""
    world.everyone_scores()
    world.collect()
    return world
