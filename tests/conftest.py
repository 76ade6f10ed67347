"""What every test has: a home of its own, a known language, and skips that name the tool they miss."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from judge_tui import settings
from judge_tui.i18n import translator

# The tests start the program hundreds of times; without this each would compile the whole house anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for tool in mark.args:
            if shutil.which(tool) is None:
                pytest.skip(f"needs {tool}")


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Keys, settings and recent files of a test never touch the user's own; the language is English unless switched."""
    home = tmp_path / "home"
    monkeypatch.setenv("JUDGE_TUI_HOME", str(home))
    for size in ("COLUMNS", "LINES"):  # readline leaves them to the workers, and terminals would obey
        monkeypatch.delenv(size, raising=False)
    settings.load.cache_clear()
    translator.switch("en")
    yield home
    translator.switch("en")
    settings.load.cache_clear()
