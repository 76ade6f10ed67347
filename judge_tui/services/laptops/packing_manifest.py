"""The list of a pack's own files with their SHA-256, so that a copy that was cut short is noticed before a contest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

MANIFEST = "manifest.json"


def write_manifest(program: Path, version: str) -> None:
    """List every file below `program` in `program/manifest.json`."""
    files = {
        path.relative_to(program).as_posix(): _digest(path) for path in sorted(program.rglob("*")) if path.is_file()
    }
    text = json.dumps({"version": version, "files": files}, ensure_ascii=False, indent=0)
    (program / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")


def altered_files(program: Path, only: Sequence[str] = ("",)) -> tuple[str, ...] | None:
    """Files of a pack (below the folders `only`) that are missing or altered; None where `program` is no pack's folder."""
    try:
        listed = json.loads((program / MANIFEST).read_text(encoding="utf-8"))["files"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        return (MANIFEST,)
    mine = [name for name in listed if name.startswith(tuple(only))]
    return tuple(name for name in mine if _digest(program / name) != listed[name])


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
