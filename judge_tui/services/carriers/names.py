"""Names as sticks bring them back."""

from __future__ import annotations

from pathlib import Path


def files_ending(folder: Path, suffix: str) -> list[Path]:
    """The files in a folder that end so, by name: in capitals too, which FAT may make of them, but not the shadows with a dot
    in front that macOS leaves beside every file. Raises OSError where the folder cannot be read."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == suffix and not path.name.startswith("."))
