"""The sticks and cards that are plugged in, as far as the system shows them."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

BY_HAND = Path("/mnt")
"""What is mounted here was mounted by somebody who knows: what takes no writes is no stick of a judge's."""

ROOTS = (Path("/media"), Path("/run/media"), BY_HAND)
"""Where Linux desktops mount sticks: `/media/USER/LABEL`, `/run/media/USER/LABEL`, by hand below `/mnt`."""

UNFIT = frozenset({"proc", "sysfs", "autofs", "overlay", "squashfs", "iso9660", "nsfs", "cgroup", "cgroup2", "devpts"})
"""File systems that carry nobody's files."""


@dataclass(frozen=True, slots=True)
class Drive:
    """One stick. `free` is in bytes (-1: the system does not say), `device` tells it from whatever is mounted there later."""

    path: Path
    label: str
    free: int
    writable: bool
    device: int

    @property
    def present(self) -> bool:
        """Whether this very stick is still there."""
        return device_of(self.path) == self.device


def drive_at(path: Path, label: str = "", writable: bool | None = None) -> Drive | None:
    """The drive at a mount point, None where it has just gone."""
    try:
        device = path.stat().st_dev
        free = shutil.disk_usage(path).free
    except OSError:
        return None
    can_write = os.access(path, os.W_OK) if writable is None else writable and os.access(path, os.W_OK)
    return Drive(path, label or path.name or str(path), free, can_write, device)


def device_of(path: Path) -> int:
    """The number of the device a path lies on, -1 where there is nothing."""
    try:
        return path.stat().st_dev
    except OSError:
        return -1


def mounts_below(roots: Iterable[Path], mountinfo: str) -> Iterator[tuple[Path, bool]]:
    """Mount points below these folders in Linux's table of mounts, and whether they take writes."""
    folders = tuple(roots)
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields, system = before.split(), after.split()
        if len(fields) < 6 or len(system) < 3 or system[0] in UNFIT or system[0].startswith("fuse.portal"):
            continue
        path = Path(_unescaped(fields[4]))
        if any(root in path.parents for root in folders):
            yield path, "ro" not in fields[5].split(",") and "ro" not in system[2].split(",")


def _unescaped(text: str) -> str:
    """The kernel writes spaces and bytes beyond ASCII of some systems as octal."""
    raw = re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), text.encode("utf-8", "surrogateescape"))
    return raw.decode("utf-8", "surrogateescape")


if sys.platform == "win32":
    import ctypes

    _REMOVABLE = 2
    _NO_DIALOGS = 0x8001  # a card reader without a card must not open a window

    def drives() -> list[Drive]:
        """Every stick and card, by letter."""
        kernel = ctypes.windll.kernel32
        before = kernel.SetErrorMode(_NO_DIALOGS)
        try:
            bits = kernel.GetLogicalDrives()
            letters = [f"{chr(65 + place)}:\\" for place in range(26) if bits >> place & 1]
            found = [
                drive_at(Path(item), _volume(item)) for item in letters if kernel.GetDriveTypeW(item) == _REMOVABLE
            ]
        finally:
            kernel.SetErrorMode(before)
        return [drive for drive in found if drive is not None]

    def _volume(root: str) -> str:
        name = ctypes.create_unicode_buffer(261)
        ctypes.windll.kernel32.GetVolumeInformationW(root, name, 261, None, None, None, None, 0)
        return f"{name.value} ({root[:2]})" if name.value else root[:2]

elif sys.platform == "darwin":

    def drives() -> list[Drive]:
        """Every volume but the one the system runs from."""
        root = device_of(Path("/"))
        found = [drive_at(path) for path in sorted(Path("/Volumes").glob("*")) if device_of(path) not in (-1, root)]
        return [drive for drive in found if drive is not None]

else:

    def drives(roots: Iterable[Path] = ROOTS) -> list[Drive]:
        """Every file system mounted below the folders that desktops use for sticks, by path."""
        try:
            table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return []
        mounted = {
            path: writable for path, writable in mounts_below(roots, table) if writable or BY_HAND not in path.parents
        }
        found = [drive_at(path, writable=writable) for path, writable in sorted(mounted.items())]
        return [drive for drive in found if drive is not None]
