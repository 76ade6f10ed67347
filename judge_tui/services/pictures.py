"""The last picture of a judge's screen, kept on this laptop so that the screen stands there at once when it is opened again.

It is shown only if the file has not changed by a byte since and the terminal is the same; what is true is read and
verified behind it, and takes its place. It is a convenience: whatever is wrong with it, it is simply not shown.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

PictureLines = list[list[tuple[str, str]]]
"""The lines of a screen: pieces of text, each with its style in words."""

_FOLDER = "pictures"


def keep_picture(home: Path, file: Path, setting: str, lines: PictureLines) -> None:
    """Keep how the screen looked; `setting` is all else that must be the same (size, language, theme)."""
    place = _place(home, file)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps([_mark(file), setting, lines], ensure_ascii=False), encoding="utf-8")
        place.chmod(0o600)
    except OSError:
        return


def last_picture(home: Path, file: Path, setting: str) -> PictureLines | None:
    """The screen as it was left, or None where the file, the terminal or the language is another now."""
    try:
        mark, then, lines = json.loads(_place(home, file).read_text(encoding="utf-8"))
        if mark == _mark(file) and then == setting:
            return [[(str(text), str(style)) for text, style in line] for line in lines]
    except (OSError, ValueError, TypeError):
        return None
    return None


def _mark(file: Path) -> list[int]:
    about = file.stat()
    return [about.st_size, about.st_mtime_ns, about.st_ino]


def _place(home: Path, file: Path) -> Path:
    return home / _FOLDER / (sha256(str(file.resolve()).encode()).hexdigest()[:24] + ".json")
