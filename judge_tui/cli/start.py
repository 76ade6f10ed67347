"""The start screen: what `judge-tui` alone opens."""

from __future__ import annotations


def start() -> None:
    """Open the start screen."""
