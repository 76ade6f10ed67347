"""Where Python's embeddable package for Windows comes from when nobody gave it: the folder of wheels, else its makers' site."""

from __future__ import annotations

import platform as system
import re
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.services.laptops.packing_windows import BITS, EmbeddedPython, read_embedded, what_to_give

ORIGIN = "https://www.python.org/ftp/python"

LAST_BUILT = {"3.11": "3.11.9", "3.12": "3.12.10"}
"""The last versions that were built for Windows; what came after them is source only."""

SECONDS = 10.0
"""How long an answer is waited for: an office without a network must not wait for minutes."""

LARGEST = 64 * 1024 * 1024


def find_embedded(
    platforms: Sequence[str], python: str, wheelhouse: Path | None, folder: Path
) -> tuple[dict[str, EmbeddedPython], dict[str, Message]]:
    """The embeddable package for each of these Windows platforms: out of `wheelhouse`, or fetched into `folder` where there is
    no wheelhouse. Second: what to do for each platform that has none."""
    found: dict[str, EmbeddedPython] = {}
    lacking: dict[str, Message] = {}
    for name in platforms:
        try:
            archive = _fetch(name, python, folder) if wheelhouse is None else _newest(name, python, wheelhouse)
            if archive is None:
                lacking[name] = what_to_give(name, python)
                continue
            found[name] = _checked(archive, name)
        except (OSError, ValueError, JudgeTuiError) as error:
            reason = error.message if isinstance(error, JudgeTuiError) else verbatim(error)
            lacking[name] = msg(
                "{what} (It could not be fetched: {reason})", what=what_to_give(name, python), reason=reason
            )
    return found, lacking


def _checked(archive: Path, name: str) -> EmbeddedPython:
    embedded = read_embedded(archive)
    if embedded.platform != name:
        raise ValueError(embedded.platform)
    return embedded


def _newest(name: str, python: str, wheelhouse: Path) -> Path | None:
    """The newest package for a platform that a folder holds."""
    pattern = re.compile(rf"python-{re.escape(python)}\.(\d+)-embed-{BITS[name][1]}\.zip")
    held = [(int(match[1]), path) for path in wheelhouse.iterdir() if (match := pattern.fullmatch(path.name))]
    return max(held)[1] if held else None


def _fetch(name: str, python: str, folder: Path) -> Path:
    """Fetch a package from its makers' site. Raises OSError, ValueError where what came is too large."""
    here = system.python_version() if system.python_version().startswith(f"{python}.") else f"{python}.0"
    version = LAST_BUILT.get(python, here)
    target = folder / f"python-{version}-embed-{BITS[name][1]}.zip"
    folder.mkdir(parents=True, exist_ok=True)
    with urllib.request.urlopen(f"{ORIGIN}/{version}/{target.name}", timeout=SECONDS) as answer:
        content = answer.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ValueError(f"> {LARGEST} bytes")
    target.write_bytes(content)
    return target
