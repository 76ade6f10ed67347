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
from importlib import metadata
from pathlib import Path

from judge_tui.services.disks import Medium, cloud_of, medium_of

PACKAGE = "judge-tui"


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


if sys.platform == "win32":

    def keys_facts(folder: Path) -> KeysFacts:
        """The key folder; Windows's user folders are closed to others by themselves."""
        refusal = try_writing(folder)[1] if folder.is_dir() else ""
        return KeysFacts(str(folder), folder.is_dir(), (), refusal)

else:

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
