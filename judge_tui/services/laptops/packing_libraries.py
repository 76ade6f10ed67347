"""The libraries of a pack: which ones the program needs, copied from here where they are pure, fetched where they are not.

A pack carries the very versions the program runs with where it is packed. Pure libraries are the same everywhere and are
copied from this installation, so only the few compiled ones are fetched for foreign platforms (with pip, from the network or
from a folder of wheels).
"""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePosixPath

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg, verbatim

PROGRAM = "judge-tui"

LEFT_OUT = frozenset({"pip", "tzdata"})
"""Named by libraries for commands that the program never calls: hundreds of files that every copy would pay for."""

COMPANIONS = {"pillow": msg("pictures"), "zeroconf": msg("finding the hub by name"), "ifaddr": None}
"""Libraries of extras that Windows laptops get where they are installed here, and what for (None: for another of them). On
systems that bring their own Python a pack would carry each of them four times over; there the program does without."""

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""The versions of Python that a pack serves on systems that bring their own."""

PLATFORMS = {
    "windows-x64": ("win_amd64",),
    "windows-x86": ("win32",),
    "linux-x86_64": ("manylinux2014_x86_64", "manylinux_2_28_x86_64"),
    "linux-aarch64": ("manylinux2014_aarch64", "manylinux_2_28_aarch64"),
    "macos-arm64": ("macosx_11_0_arm64",),
    "macos-x86_64": ("macosx_10_15_x86_64",),
}
"""What a pack can be made for, with the wheel tags of each."""

_MACHINES = {
    "amd64": "x86_64",
    "x86_64": "x86_64",
    "arm64": "aarch64",
    "aarch64": "aarch64",
    "x86": "x86",
    "i686": "x86",
}


@dataclass(frozen=True, slots=True)
class Library:
    """One library in the version that is installed here. `native` ones differ from platform to platform."""

    name: str
    version: str
    native: bool


def platform_here() -> str:
    """The name of this platform in `PLATFORMS`, empty where no pack is made for it."""
    machine = _MACHINES.get(platform.machine().lower(), platform.machine().lower())
    if sys.platform == "win32":
        return "windows-x64" if sys.maxsize > 2**32 else "windows-x86"
    name = f"macos-{'arm64' if machine == 'aarch64' else machine}" if sys.platform == "darwin" else f"linux-{machine}"
    return name if name in PLATFORMS else ""


def python_here() -> str:
    """This Python as `3.11`."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def needed_libraries() -> tuple[Library, ...]:
    """Everything the program needs without its extras, by name. Raises JudgeTuiError where the installation is not whole."""
    found: dict[str, Library] = {}
    waiting = [(PROGRAM, frozenset[str]())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if (key, extras) in seen or key in LEFT_OUT:
            continue
        seen.add((key, extras))
        installed = _installed(name)
        if key != PROGRAM:
            wheel = installed.read_text("WHEEL") or ""
            found[key] = Library(name, installed.version, "Root-Is-Purelib: true" not in wheel)
        for requirement in installed.requires or []:
            wanted = _wanted(requirement, extras)
            if wanted is not None:
                waiting.append(wanted)
    return tuple(found[key] for key in sorted(found))


def companions() -> tuple[Library, ...]:
    """Those of `COMPANIONS` that are installed here."""
    found = []
    for name in COMPANIONS:
        if _is_installed(name):
            installed = metadata.distribution(name)
            found.append(
                Library(name, installed.version, "Root-Is-Purelib: true" not in (installed.read_text("WHEEL") or ""))
            )
    return tuple(found)


def _installed(name: str) -> metadata.Distribution:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError as error:
        raise JudgeTuiError(
            "NOT_INSTALLED",
            msg("{name} is not installed as a package here", name=name),
            msg("Install the program with pip or uv, then pack from there."),
        ) from error


def _wanted(requirement: str, extras: frozenset[str]) -> tuple[str, frozenset[str]] | None:
    """Name and extras of a requirement that holds here, None for one of another system or of an extra nobody asked for."""
    text, _, marker = requirement.partition(";")
    parts = re.match(r"([\w.-]+)\s*(?:\[([^\]]*)\])?", text.strip())
    assert parts is not None
    extra = re.search(r"extra\s*==\s*['\"]([\w.-]+)['\"]", marker)
    if extra and extra[1] not in extras:
        return None
    if marker and not _is_installed(parts[1]):
        return None
    return parts[1], frozenset(item.strip() for item in (parts[2] or "").split(",") if item.strip())


def _is_installed(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def copy_installed(name: str, target: Path) -> None:
    """Copy an installed library's files, without what only the installer needs. Raises JudgeTuiError."""
    installed = _installed(name)
    if not installed.files:
        raise JudgeTuiError(
            "NOT_INSTALLED",
            msg("The files of {name} are not listed in this installation", name=name),
            msg("Install the program with pip or uv, then pack from there."),
        )
    for file in installed.files:
        if _carried(file):
            place = target / file
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(file.locate()), place)


def _carried(file: PurePosixPath) -> bool:
    if file.is_absolute() or ".." in file.parts or "__pycache__" in file.parts or file.suffix == ".pyc":
        return False
    if file.parts[0] in ("bin", "Scripts") or file.parts[0].endswith(".data"):
        return False
    if file.parts[0].endswith(".dist-info"):
        return file.name in ("METADATA", "entry_points.txt") or bool(
            re.match(r"(?i)licen[cs]e|copying|notice", file.name)
        )
    return True


def fetch_wheels(
    libraries: Iterable[Library], platform_name: str, pythons: Sequence[str], folder: Path, wheelhouse: Path | None
) -> tuple[dict[str, Path], str]:
    """Fetch the wheels of native libraries for one platform and several Pythons into `folder`.

    Returns wheel by file name, and why there is none for some Python (empty: there is one for each).
    """
    names = [f"{item.name}=={item.version}" for item in libraries if item.native]
    tags = [word for tag in PLATFORMS[platform_name] for word in ("--platform", tag)]
    source = [] if wheelhouse is None else ["--no-index", "-f", str(wheelhouse)]
    trouble = ""
    for python in pythons:
        place = folder / f"{platform_name}-{python}"
        place.mkdir(parents=True)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        done = subprocess.run(
            [*command, "--python-version", python, *tags, *source, "-d", str(place), *names],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            shutil.rmtree(place)
            said = [line for line in done.stderr.splitlines() if "ERROR" in line or "No module" in line]
            trouble = (said or [done.stderr.strip() or str(done.returncode)])[-1].removeprefix("ERROR: ")
    return {path.name: path for path in sorted(folder.glob(f"{platform_name}-*/*.whl"))}, trouble


def pythons_of(wheels: Iterable[str]) -> tuple[str, ...]:
    """The Pythons that a set of wheels of native libraries serves, as `3.11`: those of the ones bound to a version."""
    bound = {found for name in wheels for found in re.findall(r"-cp(3)(\d+)-cp3\d+-", name)}
    return tuple(f"3.{minor}" for minor in sorted(int(item[1]) for item in bound))


def unpack_wheel(wheel: Path, target: Path) -> None:
    """Unpack a wheel's files. Raises JudgeTuiError for one that is no wheel or leaves its folder."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                file = PurePosixPath(name)
                if name.endswith("/") or not _carried(file):
                    continue
                place = target / file
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(archive.read(name))
    except (OSError, zipfile.BadZipFile) as error:
        raise JudgeTuiError(
            "WHEEL",
            msg("{file} cannot be unpacked: {reason}", file=wheel.name, reason=verbatim(error)),
            msg("Fetch it again; a download may have been cut short."),
        ) from error
