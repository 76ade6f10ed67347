"""This laptop: what kind of disk a folder lies on, whether it takes writes, and which libraries are here."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path

from judge_tui.services.records.own_disk import cloud_of

PACKAGE = "judge-tui"


class Medium(StrEnum):
    """Where a folder lies. UNKNOWN is treated as the laptop's own disk: not every system tells."""

    OWN = "own"
    REMOVABLE = "removable"
    NETWORK = "network"
    MEMORY = "memory"
    UNKNOWN = "unknown"


REMOVABLE_SYSTEMS = frozenset({"vfat", "exfat", "msdos", "iso9660", "udf"})
NETWORK_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "davfs", "fuse.davfs2", "fuse.sshfs"}
)
PLUGGED_IN = ("/media/", "/run/media/")
"""Where desktops mount what is plugged in, whatever the file system or the reader of the card calls itself."""

MEMORY_SYSTEMS = frozenset({"tmpfs", "ramfs"})
WINDOWS_DRIVES = {2: Medium.REMOVABLE, 3: Medium.OWN, 4: Medium.NETWORK, 5: Medium.REMOVABLE, 6: Medium.MEMORY}


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """One folder. `free` in bytes; `seconds` is what one small durable write took; `refusal` is why it was refused."""

    path: str
    medium: Medium
    free: int
    seconds: float
    refusal: str = ""
    cloud: str = ""


@dataclass(frozen=True, slots=True)
class KeysFacts:
    """The key folder: whether it is there, whether others on this laptop can read it, and why it cannot be written, if so."""

    path: str
    exists: bool
    open_to_others: tuple[str, ...] = ()
    refusal: str = ""


def folder_facts(folder: Path) -> FolderFacts:
    """Look at a folder, and write one small file durably into it to see how that goes; the file is removed again."""
    nearest = folder.resolve()
    while not nearest.is_dir() and nearest != nearest.parent:
        nearest = nearest.parent
    free = shutil.disk_usage(nearest).free
    seconds, refusal = try_writing(nearest)
    return FolderFacts(str(folder.resolve()), medium_of(nearest), free, seconds, refusal, cloud_of(str(nearest)))


def try_writing(folder: Path, clock: Callable[[], float] = time.perf_counter) -> tuple[float, str]:
    """Seconds for one durable write, and why it was refused (empty: it was not)."""
    begun = clock()
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".judge-tui-", suffix=".try") as file:
            file.write(b"judge-tui" * 512)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return 0.0, error.strerror or str(error)
    return clock() - begun, ""


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

    def keys_facts(folder: Path) -> KeysFacts:
        """The key folder; Windows's user folders are closed to others by themselves."""
        refusal = try_writing(folder)[1] if folder.is_dir() else ""
        return KeysFacts(str(folder), folder.is_dir(), (), refusal)

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


if sys.platform != "win32":

    def keys_facts(folder: Path) -> KeysFacts:
        """The key folder and which names in it others on this laptop can read."""
        if not folder.is_dir():
            return KeysFacts(str(folder), False)
        try:
            others = stat.S_IRWXG | stat.S_IRWXO
            names = [".", *sorted(path.name for path in folder.glob("*.key"))]
            loose = tuple(name for name in names if (folder / name).stat().st_mode & others)
        except OSError as error:
            return KeysFacts(str(folder), True, (), error.strerror or str(error))
        return KeysFacts(str(folder), True, loose, try_writing(folder)[1])


def installed_versions() -> dict[str, str]:
    """Version of the program and of each library it names; an empty version where one is missing."""
    try:
        requirements = metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:
        requirements = []
    names = [re.split(r"[^\w.-]", item, maxsplit=1)[0] for item in requirements if "extra ==" not in item]
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def unfit_versions() -> tuple[str, ...]:
    """Libraries that are missing or not within what the program asks for, as `name>=1,<2`."""
    try:
        requirements = metadata.requires(PACKAGE) or []
    except metadata.PackageNotFoundError:
        return ()
    installed = installed_versions()
    wrong = []
    for item in requirements:
        name = re.split(r"[^\w.-]", item, maxsplit=1)[0]
        bounds = re.findall(r"(>=|<|==|>|<=|!=)\s*([\d.]+)", item)
        if name in installed and not (installed[name] and all(_within(installed[name], *bound) for bound in bounds)):
            wrong.append(item.replace(" ", ""))
    return tuple(wrong)


def _within(version: str, relation: str, bound: str) -> bool:
    mine, other = _numbers(version), _numbers(bound)
    width = max(len(mine), len(other))
    mine, other = mine + (0,) * (width - len(mine)), other + (0,) * (width - len(other))
    return {
        ">=": mine >= other,
        "<=": mine <= other,
        ">": mine > other,
        "<": mine < other,
        "==": mine == other,
        "!=": mine != other,
    }[relation]


def _numbers(version: str) -> tuple[int, ...]:
    found = re.match(r"\d+(\.\d+)*", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()


def library_trouble() -> str:
    """Why signatures or the database do not work here; empty where they do. Both are really used once."""
    try:
        from judge_tui.store import crypto, schema

        crypto.new_key()
        schema.empty_file()
    except Exception as error:  # whatever a library that does not fit this system raises
        return str(error) or type(error).__name__
    return ""
