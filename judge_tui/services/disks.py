"""What kind of disk a folder lies on, and whether a file plainly lies on this laptop's own. Asked before every start, so cheap."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path


class Medium(StrEnum):
    """Where a folder lies. UNKNOWN is treated as the laptop's own disk: not every system tells."""

    OWN = "own"
    REMOVABLE = "removable"
    NETWORK = "network"
    MEMORY = "memory"
    UNKNOWN = "unknown"


REMOVABLE_SYSTEMS = frozenset({"vfat", "exfat", "msdos", "iso9660", "udf"})
NETWORK_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "davfs", "fuse.davfs2", "fuse.sshfs"}
)
"""9p is not among them: it is how a virtual machine, or Linux inside Windows, sees the laptop's own disk."""

PLUGGED_IN = ("/media/", "/run/media/")
"""Where desktops mount what is plugged in, whatever the file system or the reader of the card calls itself."""

MEMORY_SYSTEMS = frozenset({"tmpfs", "ramfs"})
WINDOWS_DRIVES = {2: Medium.REMOVABLE, 3: Medium.OWN, 4: Medium.NETWORK, 5: Medium.REMOVABLE, 6: Medium.MEMORY}


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
    return _same_disk(file, home) and not cloud_of(str(file.absolute()))


def _same_disk(place: Path, home: Path) -> bool:
    while not home.exists() and home != home.parent:
        home = home.parent
    try:
        return place.stat().st_dev == home.stat().st_dev
    except OSError:
        return True  # it cannot be opened either, and that will be said


def lies_away(place: Path) -> Medium | None:
    """The stick (REMOVABLE) or share (NETWORK) that a file or folder lies on, or would lie on; None for this laptop's own disk.

    Whatever shares a disk with the user's own folder is the laptop's own, even where a whole system runs from a stick.
    """
    nearest = place.resolve()
    while not nearest.exists() and nearest != nearest.parent:
        nearest = nearest.parent
    if _same_disk(nearest, Path.home()):
        return None
    medium = medium_of(nearest if nearest.is_dir() else nearest.parent)
    return medium if medium in (Medium.REMOVABLE, Medium.NETWORK) else None


def mounted_as(path: str, mountinfo: str) -> tuple[str, str]:
    """File system and device number (`8:1`) that hold `path`, from Linux's table of mounts; empty where it is not in it."""
    best, answer = "", ("", "")
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        point = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), fields[4])
        inside = point == "/" or path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, answer = point, (after.split()[0], fields[2])
    return answer


def medium_of_system(name: str, device_path: str = "", removable: bool = False) -> Medium:
    """The medium a file system of this name on this device is."""
    if name in NETWORK_SYSTEMS:
        return Medium.NETWORK
    if name in MEMORY_SYSTEMS:
        return Medium.MEMORY
    if name in REMOVABLE_SYSTEMS or removable or "/usb" in device_path:
        return Medium.REMOVABLE
    return Medium.OWN if name else Medium.UNKNOWN


if sys.platform == "win32":

    def medium_of(folder: Path) -> Medium:
        """The medium a folder lies on."""
        import ctypes

        anchor = folder.anchor
        if anchor.startswith("\\\\"):
            return Medium.NETWORK
        return WINDOWS_DRIVES.get(ctypes.windll.kernel32.GetDriveTypeW(anchor), Medium.UNKNOWN)

elif sys.platform == "darwin":

    def medium_of(folder: Path) -> Medium:
        """The medium a folder lies on."""
        return Medium.REMOVABLE if str(folder).startswith("/Volumes/") else Medium.UNKNOWN

else:

    def medium_of(folder: Path) -> Medium:
        """The medium a folder lies on."""
        try:
            table = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return Medium.UNKNOWN
        if str(folder).startswith(PLUGGED_IN) and mounted_as(str(folder), table) != mounted_as("/", table):
            return Medium.REMOVABLE
        system, device = mounted_as(str(folder), table)
        block = Path("/sys/dev/block", device)
        where = str(block.resolve()) if device and block.exists() else ""
        flags = [Path(where, "removable"), Path(where).parent / "removable"] if where else []
        return medium_of_system(system, where, any(_says_one(flag) for flag in flags))

    def _says_one(flag: Path) -> bool:
        try:
            return flag.read_text(encoding="ascii").strip() == "1"
        except OSError:
            return False
