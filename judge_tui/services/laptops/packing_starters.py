"""What a person sees of a pack: the files that are double-clicked and the page for judges, each in its system's own form."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

from judge_tui.domain.messages import Message
from judge_tui.i18n import Translator

WINDOWS = "开始-START-Windows.cmd"
LINUX = "开始-START-Linux.sh"
LINUX_DESKTOP = "开始-START-Linux.desktop"
MACOS = "开始-START-macOS.command"
STARTERS = (
    ("Windows", "windows", WINDOWS),
    ("Linux", "linux", f"{LINUX}  (sh {LINUX})"),
    ("macOS", "macos", MACOS),
)
"""A system as people call it, the family of its platforms, and what is double-clicked there."""

HANDOUT = "先看这里-READ-FIRST.txt"
BOM = b"\xef\xbb\xbf"
"""Notepad of older Windows reads a text as UTF-8 only with it; a batch file must not have it."""


def write_starters(
    templates: Path,
    folder: Path,
    name: str,
    platforms: Sequence[str],
    kits: int,
    version: str,
    needed: Sequence[Message],
) -> None:
    """Write launchers and page. `name` is what the folder will be called; `needed` says what Windows still lacks."""
    program = folder / "program"

    def text(template: str) -> str:
        return (templates / template).read_text(encoding="utf-8")

    families = {item.partition("-")[0] for item in platforms}
    if "windows" in families or needed:
        (folder / WINDOWS).write_bytes(with_crlf(text("windows.cmd")).encode("ascii"))
        (program / "windows.txt").write_bytes(
            BOM
            + with_crlf(text("windows.txt").format(needed="\n\n".join(_in_both(item) for item in needed))).encode(
                "utf-8"
            )
        )
    _script(program / "start.sh", text("start.sh"))
    if "linux" in families:
        _script(folder / LINUX, text("linux.sh"))
        _script(folder / LINUX_DESKTOP, text("linux.desktop"))
    if "macos" in families:
        _script(folder / MACOS, text("macos.command"))
    starters = [f"            {system:<10} {starter}" for system, family, starter in STARTERS if family in families]
    page = text("handout.txt").format(
        folder=name,
        starters="\n".join(starters),
        check=f".\\{WINDOWS}" if "windows" in families else f"sh {LINUX if 'linux' in families else MACOS}",
        platforms=in_families(platforms),
        kits=kits,
        version=version,
    )
    (folder / HANDOUT).write_bytes(BOM + with_crlf(page).encode("utf-8"))


def in_families(platforms: Sequence[str]) -> str:
    """Platforms for people: `Windows (x64, x86), Linux (x86_64)`."""
    kinds = {
        family: [name.partition("-")[2] for name in platforms if name.startswith(family)] for _, family, _ in STARTERS
    }
    return ", ".join(f"{system} ({', '.join(kinds[family])})" for system, family, _ in STARTERS if kinds[family])


def with_crlf(text: str) -> str:
    """Windows's line ends, whatever ends the text had."""
    return "\r\n".join(text.splitlines()) + "\r\n"


def _script(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))
    with contextlib.suppress(OSError):  # a stick keeps no modes; there the file is started through `sh`
        path.chmod(0o755)


def _in_both(message: Message) -> str:
    return "\n".join(Translator(language).render(message) for language in ("zh", "en"))
