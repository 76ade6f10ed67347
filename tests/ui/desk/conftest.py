"""Fixtures of the organiser's table."""

from __future__ import annotations

from tests.organiser.conftest import full, world

__all__ = ["full", "world"]
