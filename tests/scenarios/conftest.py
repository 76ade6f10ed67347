"""Folders for whole events: thousands of marks, each of which waits for its disk. What a disk keeps is tested elsewhere."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where the system has such a place, an ordinary one otherwise."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="judge-tui-", dir=MEMORY) as folder:
        yield Path(folder)
