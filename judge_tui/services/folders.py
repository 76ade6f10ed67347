"""Where judges' files may be waiting: sticks that are plugged in, and folders beside the organiser's file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from judge_tui.services.carriers import watch
from judge_tui.services.carriers.drives import drives

_HANDED_OVER = re.compile(r"-\d+-[0-9a-f]{8,}(-\d+)?\.judge$", re.IGNORECASE)


def judge_files(folder: Path) -> list[Path]:
    """The judges' files in a folder by name, none where it cannot be read."""
    return [path for path, _ in watch.judge_files(folder)]


def files_below(source: Path) -> list[Path]:
    """A file itself; of a folder, the files of records in it and in the folders directly in it, by name."""
    if not source.is_dir():
        return [source]
    found: list[Path] = []
    for folder in (source, *watch.folders_in(source)):
        try:
            here = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".db", ".judge", ".notices"))
        except OSError:
            continue
        found += [path for path in here if path.is_file() and not path.name.startswith(".")]
    return found


def found_folders(organiser: Path) -> list[tuple[Path, int]]:
    """Folders with handed-over copies in them and how many: sticks first, then beside the organiser's file. Kits that were
    issued and wait to be carried away are no copies."""
    found: dict[Path, int] = {}
    beside = [organiser.parent, organiser.parent.parent]
    sticks = [drive.path for drive in drives()]
    for folder in [*_with_children(sticks), *_with_children(beside)]:
        count = sum(bool(_HANDED_OVER.search(path.name)) for path in judge_files(folder))
        if count and folder not in found:
            found[folder] = count
    return list(found.items())


def _with_children(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        yield folder
        yield from watch.folders_in(folder)
