"""Wall times for people: records carry UTC, a table shows the hour of its own clock."""

from __future__ import annotations

from datetime import datetime


def local_time(at: str) -> str:
    """`2021-12-20T06:30:00Z` as `2021-12-20 14:30:00` in China; what is no time is shown as it stands."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return at
