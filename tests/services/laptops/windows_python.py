"""Stand-ins for what a test machine does not have: Python's embeddable package for Windows, and wheels for it."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

AMD64, I386, ARM64 = 0x8664, 0x014C, 0xAA64


def embedded_zip(
    path: Path, machine: int = AMD64, minor: int = 11, without: Iterable[str] = (), extra: str = ""
) -> Path:
    """A zip with the names and the program header of an embeddable package."""
    program = (
        b"MZ"
        + b"\0" * 0x3A
        + struct.pack("<I", 0x80)
        + b"\0" * 0x40
        + b"PE\0\0"
        + struct.pack("<H", machine)
        + b"\0" * 64
    )
    files = {
        "python.exe": program,
        f"python3{minor}.dll": b"library",
        f"python3{minor}.zip": b"standard library",
        f"python3{minor}._pth": f"python3{minor}.zip\r\n.\r\n\r\n#import site\r\n".encode(),
        "vcruntime140.dll": b"runtime",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            if name not in without:
                archive.writestr(name, content)
        if extra:
            archive.writestr(extra, b"")
    return path


def wheel(folder: Path, name: str, version: str, tag: str, module: str) -> Path:
    """A wheel with one module; enough for pip to find and fetch it."""
    about = f"{name}-{version}.dist-info"
    path = folder / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{module}.pyd", b"library")
        archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{about}/WHEEL", f"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: {tag}\n")
        archive.writestr(f"{about}/RECORD", "")
    return path
