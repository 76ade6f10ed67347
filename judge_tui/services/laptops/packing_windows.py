"""Windows's part of a pack: Python's own embeddable package, as its makers sign it, told where the program lies.

That package (`python-3.11.9-embed-amd64.zip`, say) needs no installation and no rights, and its `python.exe` carries its makers'
signature, which virus scanners know. Its `._pth` file is the whole of its search path: nothing on the laptop can get in.
"""

from __future__ import annotations

import re
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, verbatim

MACHINES = {0x8664: "windows-x64", 0x014C: "windows-x86"}
"""What the header of a Windows program says it is made for, and our name for it."""

BITS = {"windows-x64": ("64", "amd64"), "windows-x86": ("32", "win32")}

OLDEST = (3, 11)


@dataclass(frozen=True, slots=True)
class EmbeddedPython:
    """A checked embeddable package: for which platform, and which Python (`3.11`)."""

    archive: Path
    platform: str
    python: str


def read_embedded(archive: Path) -> EmbeddedPython:
    """Check that a file is Python's embeddable package for Windows. Raises JudgeTuiError saying which file to give."""
    try:
        with zipfile.ZipFile(archive) as zipped:
            names = set(zipped.namelist())
            versions = [found[1] for name in names if (found := re.fullmatch(r"python3(\d+)\._pth", name))]
            if "python.exe" not in names or len(versions) != 1:
                raise _wrong(archive, msg("it is not the embeddable package"))
            missing = [name for name in (f"python3{versions[0]}.dll", f"python3{versions[0]}.zip") if name not in names]
            if missing:
                raise _wrong(archive, msg("{names} is not in it", names=tuple(missing)))
            machine = _machine(zipped.read("python.exe"))
            if any(not _inside(name) for name in names):
                raise _wrong(archive, msg("it has names that lead out of its folder"))
    except (OSError, zipfile.BadZipFile) as error:
        raise _wrong(archive, verbatim(error)) from error
    if machine not in MACHINES:
        raise _wrong(archive, msg("it is made for another processor"))
    if (3, int(versions[0])) < OLDEST:
        raise _wrong(archive, msg("it holds Python {version}, which is too old", version=f"3.{versions[0]}"))
    return EmbeddedPython(archive, MACHINES[machine], f"3.{versions[0]}")


def _machine(program: bytes) -> int:
    """The machine field of a Windows program's header; 0 where it has none."""
    if len(program) < 0x40 or program[:2] != b"MZ":
        return 0
    start = struct.unpack_from("<I", program, 0x3C)[0]
    if program[start : start + 4] != b"PE\0\0" or len(program) < start + 6:
        return 0
    return int(struct.unpack_from("<H", program, start + 4)[0])


def _inside(name: str) -> bool:
    file = PurePosixPath(name.replace("\\", "/"))
    return not file.is_absolute() and ".." not in file.parts and ":" not in name


def _wrong(archive: Path, reason: Message) -> JudgeTuiError:
    return JudgeTuiError(
        "WINDOWS_PYTHON",
        msg("{file} cannot be used for Windows: {reason}", file=archive.name, reason=reason),
        msg(
            "Give Python's “Windows embeddable package” as it was downloaded, for example {example}.",
            example="python-3.11.9-embed-amd64.zip",
        ),
    )


def what_to_give(platform: str, python: str) -> Message:
    """Precisely what is missing for a platform, and where it comes from."""
    bits, word = BITS[platform]
    return msg(
        "Windows {bits} bit needs Python's own “Windows embeddable package ({bits}-bit)” of version {python}: download "
        "python-{python}.x-embed-{word}.zip from www.python.org/downloads/windows and give it with --windows-python.",
        bits=bits,
        python=python,
        word=word,
    )


def unpack_embedded(embedded: EmbeddedPython, target: Path, search: tuple[str, ...]) -> None:
    """Unpack into `target` and make `search` (relative to it, Windows's slashes) the rest of its search path."""
    with zipfile.ZipFile(embedded.archive) as zipped:
        zipped.extractall(target)
    minor = embedded.python.removeprefix("3.")
    lines = [f"python3{minor}.zip", ".", *search]
    (target / f"python3{minor}._pth").write_bytes(("\r\n".join(lines) + "\r\n").encode("ascii"))
