"""Whether a file plainly lies on this laptop's own disk: asked before every start, so cheap, and loading nothing."""

from __future__ import annotations

import re
from pathlib import Path

CLOUDS = (
    "onedrive",
    "dropbox",
    "google drive",
    "icloud",
    "百度网盘",
    "baidunetdisk",
    "wpsdrive",
    "wps云盘",
    "坚果云",
    "nutstore",
)


def cloud_of(path: str) -> str:
    """The name of a cloud folder the path lies in, as far as its name tells."""
    parts = [part.casefold() for part in re.split(r"[\\/]", path)]
    return next((cloud for cloud in CLOUDS for part in parts if part.startswith(cloud)), "")


def plainly_own(file: Path, home: Path) -> bool:
    """Whether a file is on the very disk of this user's own folder `home`, outside any cloud's folder. False means only that
    somebody has to look closer."""
    while not home.exists() and home != home.parent:
        home = home.parent
    try:
        return file.stat().st_dev == home.stat().st_dev and not cloud_of(str(file.absolute()))
    except OSError:
        return True  # it cannot be opened either, and that will be said
