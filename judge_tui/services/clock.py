"""Wall time, handed in wherever it is needed; it is shown to people and decides nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Now = Callable[[], datetime]
"""Where a service gets the time from."""


def utc_now() -> datetime:
    """The system's time."""
    return datetime.now(UTC)


def stamp(now: Now) -> str:
    """The time as records carry it: UTC, ISO 8601, whole seconds."""
    return now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
