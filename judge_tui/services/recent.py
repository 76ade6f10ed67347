"""The files a person had open lately, newest first; a convenience that may be lost without harm."""

from __future__ import annotations

import json
from pathlib import Path

KEPT = 9
"""How many are remembered: one digit chooses one."""


def recent_files(home: Path) -> tuple[Path, ...]:
    """The remembered files that still exist, newest first; none where the list cannot be read."""
    try:
        listed = json.loads((home / "recent.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    if not isinstance(listed, list):
        return ()
    return tuple(path for path in (Path(item) for item in listed if isinstance(item, str)) if path.is_file())


def remember_file(home: Path, path: Path) -> None:
    """Put a file at the head of the list. Where that cannot be written nothing happens: no work depends on it."""
    known = [item for item in recent_files(home) if item != path.absolute()]
    names = [str(item) for item in (path.absolute(), *known)][:KEPT]
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / "recent.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    except OSError:
        return
