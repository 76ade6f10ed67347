"""Names that every file system of every laptop takes: Windows forbids more than others, and sticks are FAT or exFAT."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}
)
"""Windows takes these for devices, whatever ending follows."""

LONGEST = 150
"""Characters of a path inside a pack: with the folder it is copied to, Windows's 259 must do."""


LONGEST_IDS = 180
"""Bytes (UTF-8) of an event's and a judge's id together. A file's name may have 255 on most systems; a rehearsal's copy that is
being quarantined while it is written adds 70 to the two ids."""


def unfit_names(names: Iterable[str]) -> tuple[str, ...]:
    """Those of the relative paths (with `/`) that Windows, FAT or exFAT would refuse or take for another one."""
    seen: dict[str, str] = {}
    wrong = []
    for name in names:
        twin = seen.setdefault(name.casefold(), name)
        if twin != name or len(name) > LONGEST or any(not fits(part) for part in PurePosixPath(name).parts):
            wrong.append(name)
    return tuple(wrong)


def fits(part: str) -> bool:
    """Whether one part of a path can be a file's name on Windows."""
    stem = part.split(".")[0].rstrip(" ").casefold()
    return stem not in RESERVED and not re.search(r'[<>:"|?*\\/\x00-\x1f]', part) and part[-1:] not in (".", " ")
