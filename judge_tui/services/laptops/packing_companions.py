"""What a pack carries beyond the bare program: pictures, and finding the hub by name, where they cost one copy each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from judge_tui.domain.messages import Message, msg
from judge_tui.services.laptops.packing_libraries import COMPANIONS, Library, copy_installed, fetch_wheels, unpack_wheel


def lay_out_companions(
    libraries: Sequence[Library],
    pythons: Mapping[str, str],
    here: str,
    inside: Path,
    wheels: Path,
    wheelhouse: Path | None,
) -> tuple[tuple[Message, ...], list[Path]]:
    """Put companions beside the libraries of each platform in `pythons` (platform → its only Python; `here` takes the files of
    this installation). What is left out is no failure: it is said in the first answer; the second are the wheels that were used.
    """
    notes: list[Message] = []
    used: list[Path] = []
    if not pythons:
        return (), []
    for library in libraries:
        if not library.native:
            copy_installed(library.name, inside / "app")
            continue
        for platform, python in pythons.items():
            if platform == here:
                copy_installed(library.name, inside / "lib" / platform)
                continue
            found, trouble = fetch_wheels([library], platform, (python,), wheels / library.name, wheelhouse)
            if trouble:
                notes.append(_without(library, platform))
            for wheel in found.values():
                unpack_wheel(wheel, inside / "lib" / platform)
                used.append(wheel)
    return tuple(notes), used


def _without(library: Library, platform: str) -> Message:
    return msg(
        "{platform} goes without {what} ({name})", platform=platform, what=COMPANIONS[library.name], name=library.name
    )
