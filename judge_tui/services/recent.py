"""The files a person had open lately, newest first; a convenience that may be lost without harm."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

KEPT = 9
"""How many are remembered: one digit chooses one."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A file, and whose it is in words: the judge and the event, or the event alone."""

    path: Path
    about: str = ""


def recent_files(home: Path) -> tuple[Recent, ...]:
    """The remembered files that still exist, newest first; none where the list cannot be read."""
    try:
        listed = json.loads((home / "recent.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    if not isinstance(listed, list):
        return ()
    pairs = [item if isinstance(item, list) else [item, ""] for item in listed]
    known = [
        Recent(Path(pair[0]), pair[1]) for pair in pairs if len(pair) == 2 and all(isinstance(x, str) for x in pair)
    ]
    return tuple(item for item in known if item.path.is_file())


def remember_file(home: Path, path: Path, about: str = "") -> None:
    """Put a file at the head of the list; without words about it those that are known stay. Where the list cannot be
    written nothing happens: no work depends on it."""
    place, known = path.absolute(), recent_files(home)
    about = about or next((item.about for item in known if item.path == place), "")
    kept = (Recent(place, about), *(item for item in known if item.path != place))
    lines = [[str(item.path), item.about] for item in kept[:KEPT]]
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / "recent.json").write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")
    except OSError:
        return
