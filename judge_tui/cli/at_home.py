"""A judge's file that was named on a stick or a share is opened as a copy on this laptop's own disk."""

from __future__ import annotations

from pathlib import Path

from judge_tui import settings
from judge_tui.services.disks import plainly_own


def at_home(file: Path) -> Path:
    """Where to open a judge's file. Raises StorageError where it cannot be copied."""
    home = settings.home()
    if plainly_own(file, home):
        return file
    from judge_tui.services.preparing.kits import settled

    return settled(file, home / "files")
