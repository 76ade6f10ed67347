"""Files that arrive in folders and on sticks, noticed by looking again and again, every second or two.

The system's own notices do not work on network shares and not on every stick; looking works everywhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from judge_tui.domain.errors import RefusedError
from judge_tui.services.carriers.drives import drives
from judge_tui.store.header import HEADER, SEALED, check_header

SUFFIX = ".judge"
PATIENCE = 5
"""Looks after which a file that is the same but not whole is told of all the same: it was cut off, and a person must know."""

MOST_FOLDERS = 200
LAST_PAGE = 64
Stamp = tuple[int, int]
"""Size in bytes and time of change in nanoseconds."""


class ArrivalWatch:
    """Tells of each judge's file once, when it is whole, and again when it has changed.

    A file is whole when it was the same at two looks in a row and its length is what its own header says. One that stays
    cut off is told of after `PATIENCE` looks, so that its refusal is seen. The same stick plugged in twice brings nothing new.
    """

    def __init__(self, folders: Callable[[], Iterable[Path]], known: Iterable[Path] = ()) -> None:
        """`folders` says at every look where to look; `known` files are not told of until they change."""
        self._folders = folders
        self._before: dict[Path, Stamp] = {}
        self._same: dict[Path, int] = {}
        self._told: dict[Path, Stamp] = {path: stamp for path in known if (stamp := _stamp(path)) is not None}

    def look(self) -> list[Path]:
        """The files to take in now, in order of name. Call it every second or two."""
        now = {path: stamp for folder in self._folders() for path, stamp in judge_files(folder)}
        ready = []
        for path, stamp in now.items():
            if not stamp[0] or self._told.get(path) == stamp:
                continue
            self._same[path] = self._same.get(path, 0) + 1 if self._before.get(path) == stamp else 0
            if self._same[path] >= PATIENCE or (self._same[path] and _looks_whole(path, stamp[0])):
                ready.append(path)
        self._before = now
        self._same = {path: count for path, count in self._same.items() if path in now}
        self._told.update((path, now[path]) for path in ready)
        return ready


def folder_watch(folder: Path, known: Iterable[Path] = ()) -> ArrivalWatch:
    """Watch one folder."""
    return ArrivalWatch(lambda: (folder,), known)


def stick_watch(known: Iterable[Path] = ()) -> ArrivalWatch:
    """Watch every stick that is plugged in now or later: its top folder and the folders in it."""
    return ArrivalWatch(stick_folders, known)


def stick_folders() -> Iterator[Path]:
    """The folders of all sticks in which files are looked for."""
    for drive in drives():
        yield drive.path
        yield from folders_in(drive.path)


def folders_in(folder: Path) -> list[Path]:
    """The folders directly in a folder, by name; none where it cannot be read."""
    try:
        with os.scandir(folder) as listed:
            here = sorted(Path(item.path) for item in listed if not item.name.startswith(".") and item.is_dir())
    except OSError:
        return []
    return here[:MOST_FOLDERS]


def judge_files(folder: Path) -> list[tuple[Path, Stamp]]:
    """The judges' files in a folder with their stamps, by name; none where it cannot be read (a stick just pulled out)."""
    try:
        with os.scandir(folder) as listed:
            names = [item.path for item in listed if _is_ours(item.name)]
    except OSError:
        return []
    found = [(Path(name), _stamp(Path(name))) for name in sorted(names)]
    return [(path, stamp) for path, stamp in found if stamp is not None]


def _is_ours(name: str) -> bool:
    """FAT may bring names back in capitals; names with a dot in front are what macOS leaves beside every file."""
    return name.lower().endswith(SUFFIX) and not name.startswith(".")


def _stamp(path: Path) -> Stamp | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return (stat.st_size, stat.st_mtime_ns) if path.is_file() else None


def _looks_whole(path: Path, size: int) -> bool:
    """Whether the first page says that the file is as long as it is, and its last page is there.

    Some systems set a copy's length before they fill it: then the last page is still zeros, which no page of a database
    begins with. What is wrong in other ways is whole enough for the merge to refuse it.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEADER)
            if head.startswith(SEALED):
                file.seek(max(0, size - LAST_PAGE))
                told = head[len(SEALED) : len(SEALED) + 8]
                return len(told) == 8 and size >= int.from_bytes(told, "big") and any(file.read(LAST_PAGE))
            check_header(head, size)
            page = int.from_bytes(head[16:18], "big")
            file.seek(size - (65536 if page == 1 else page))
            return any(file.read(LAST_PAGE))
    except RefusedError as refusal:
        return refusal.code not in ("EMPTY", "TRUNCATED")
    except OSError:
        return False
