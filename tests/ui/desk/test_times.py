"""Times as a table shows them."""

from __future__ import annotations

import time

import pytest

from judge_tui.ui.desk.times import local_time


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        ("2021-12-20T06:30:00Z", "2021-12-20 14:30:00"),
        ("2021-12-20T06:30:00+00:00", "2021-12-20 14:30:00"),
        ("yesterday", "yesterday"),
        ("", ""),
    ],
)
def test_records_in_utc_are_shown_by_the_tables_own_clock(monkeypatch: pytest.MonkeyPatch, at: str, shown: str) -> None:
    if hasattr(time, "tzset"):
        monkeypatch.setenv("TZ", "Asia/Shanghai")
        time.tzset()
    try:
        found = local_time(at)
    finally:
        monkeypatch.undo()
        if hasattr(time, "tzset"):
            time.tzset()

    assert found == shown or not hasattr(time, "tzset")
