"""Where judges' files may be waiting: folders beside the organiser's file, and sticks that are plugged in."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

SUFFIX = ".judge"
MOST_FOLDERS = 200
_HANDED_OVER = re.compile(r"-\d+-[0-9a-f]{8,}\.judge$")


def judge_files(folder: Path) -> list[Path]:
    """The judges' files in a folder by name, none where it cannot be read."""
    return [path for path, _ in _scanned(folder)]


def found_folders(organiser: Path) -> list[tuple[Path, int]]:
    """Folders with handed-over copies in them and how many: sticks first, then beside the organiser's file. Kits that were
    issued and wait to be carried away are no copies."""
    found: dict[Path, int] = {}
    beside = [organiser.parent, organiser.parent.parent]
    for folder in [*_with_children(removable_drives()), *_with_children(beside)]:
        count = sum(bool(_HANDED_OVER.search(path.name)) for path in judge_files(folder))
        if count and folder not in found:
            found[folder] = count
    return list(found.items())


def removable_drives() -> list[Path]:
    """The sticks and cards that are plugged in, as far as this system shows them."""
    if sys.platform == "win32":
        import ctypes

        bits = ctypes.windll.kernel32.GetLogicalDrives()
        letters = (chr(65 + place) for place in range(26) if bits >> place & 1)
        return [Path(f"{letter}:\\") for letter in letters if ctypes.windll.kernel32.GetDriveTypeW(f"{letter}:\\") == 2]
    roots = [Path("/Volumes")] if sys.platform == "darwin" else [Path("/media"), Path("/run/media")]
    depth = 1 if sys.platform == "darwin" else 2
    return [path for root in roots for path in _below(root, depth) if path.is_mount()]


def _with_children(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield folder
        yield from _below(folder, 1)


def _below(folder: Path, depth: int) -> list[Path]:
    found: list[Path] = []
    try:
        with os.scandir(folder) as listed:
            here = sorted(Path(item.path) for item in listed if item.is_dir() and not item.name.startswith("."))
    except OSError:
        return found
    for path in here[:MOST_FOLDERS]:
        found.append(path)
        if depth > 1:
            found += _below(path, depth - 1)
    return found


def _scanned(folder: Path) -> list[tuple[Path, tuple[int, int]]]:
    """Judges' files with size and time of change."""
    try:
        with os.scandir(folder) as listed:
            files = [
                (Path(item.path), (item.stat().st_size, item.stat().st_mtime_ns))
                for item in listed
                if item.name.lower().endswith(SUFFIX) and item.is_file()
            ]
    except OSError:
        return []
    return sorted(files)


class FolderWatch:
    """Notices files that have arrived or changed in a folder, by looking again and again.

    A file is told of once it was the same at two looks in a row, so that one still being copied is left alone. Looking works
    on sticks and network shares alike, where the system's own notices do not.
    """

    def __init__(self, folder: Path, known: Iterable[Path] = ()) -> None:
        """`known` files are not told of until they change."""
        self.folder = folder
        self._before: dict[Path, tuple[int, int]] = {}
        self._told: dict[Path, tuple[int, int]] = {
            path: stamp for path, stamp in _scanned(folder) if path in set(known)
        }

    def look(self) -> list[Path]:
        """The files to take in now."""
        now = dict(_scanned(self.folder))
        ready = [
            path
            for path, stamp in now.items()
            if stamp[0] and self._before.get(path) == stamp and self._told.get(path) != stamp
        ]
        self._before = now
        self._told.update((path, now[path]) for path in ready)
        return ready
