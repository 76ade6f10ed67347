"""The quarantine folder beside an organiser's file: the bytes of what was refused, named by code and content."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from judge_tui.domain.shown import in_a_line
from judge_tui.services.clock import stamp
from judge_tui.store.disk import write_new

WAITING = frozenset({"UNKNOWN_JUDGE", "DEFINITION", "ENCRYPTED"})
"""Codes of files that may become valid when something else is merged, or with another key on this laptop."""

FOLDER = "-quarantine"
"""How the folder's name ends."""

_KEPT = re.compile(r"[A-Z_]+-[0-9a-f]{16}-")
"""What stands before the name of a file that is kept: the code of the refusal, and the beginning of its digest."""


def set_aside_at(path: Path) -> str:
    """When a file was set aside, by this laptop's clock, as records carry a time; empty where it is gone."""
    try:
        seconds = path.stat().st_mtime
    except OSError:
        return ""
    return stamp(lambda: datetime.fromtimestamp(seconds, UTC))


def handed_name(path: Path) -> str:
    """The name under which a file was handed over, on one line, also of one that lies in a quarantine folder."""
    kept = _KEPT.match(path.name) if path.parent.name.endswith(FOLDER) else None
    return in_a_line(path.name[kept.end() :] if kept else path.name)


MOST = 2 * 1024 * 1024 * 1024
"""Bytes of everything that is kept; what is refused beyond that is refused without a copy."""

LONGEST = 250
"""Bytes (UTF-8) of a name; most systems take 255, and `.part` is added while the copy is written."""


class Quarantine:
    """`EVENT-quarantine/CODE-xxxxxxxxxxxxxxxx-NAME`; the same bytes are kept once a code."""

    def __init__(self, organiser: Path) -> None:
        self.folder = organiser.with_name(f"{organiser.stem}{FOLDER}")

    def keep(self, path: Path, data: bytes, digest: str, code: str) -> Path | None:
        """Keep the bytes of a refused file; where they are kept, None where they are too many, none, or the disk is full."""
        if not data:
            return None
        kept = self.folder / _fitting(f"{code}-{digest[:16]}-", handed_name(path))
        try:
            already = next(self.folder.glob(f"{code}-{digest[:16]}-*"), None)
            if already is not None:
                return already
            self.folder.mkdir(exist_ok=True)
            if self._too_much(len(data)):
                return None
            write_new(kept, data)
        except OSError:
            return None  # the verdict stands without the copy; the file itself was not touched
        return kept

    def _too_much(self, size: int) -> bool:
        """Whether a copy would be one too many: whoever hands in rubbish without end shall not fill the disk."""
        held = sum(path.stat().st_size for path in self.folder.iterdir() if path.is_file())
        return held + size > MOST or size > shutil.disk_usage(self.folder).free // 4

    def files(self) -> list[Path]:
        """Everything that is kept."""
        return sorted(path for path in self.folder.glob("[A-Z]*-*-*") if path.suffix != ".part")

    def waiting(self) -> list[Path]:
        """The files that are tried again after every merge."""
        return sorted(path for code in WAITING for path in self.folder.glob(f"{code}-*") if path.suffix != ".part")

    def release(self, digest: str) -> None:
        """Take a file out that was taken in after all."""
        for path in [path for code in WAITING for path in self.folder.glob(f"{code}-{digest[:16]}-*")]:
            path.unlink(missing_ok=True)


def _fitting(prefix: str, name: str) -> str:
    """The name under which a copy is kept: a longer one would not be taken, so its beginning is left out, not its ending."""
    room = LONGEST - len(prefix.encode())
    return prefix + name.encode()[-room:].decode(errors="ignore")
