"""What the hall's screens say back: how many pages the present picture needs, so that the presenter's next step is the right one.

Only a screen knows its size. It leaves the number in a small file beside the hall's; nothing depends on it but how many
times the host presses on before the next step.
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import replace
from pathlib import Path

from judge_tui.domain.ceremony.picture import Picture
from judge_tui.services.hall.picture_codec import encode


def picture_key(picture: Picture) -> str:
    """By what a picture is recognised, whichever of its pages is shown."""
    content = json.dumps(encode(replace(picture, page=0)), ensure_ascii=False, sort_keys=True)
    return f"{zlib.crc32(content.encode()):08x}"


class ScreenNote:
    """The small file. It is written by whoever shows the hall last, and read by whoever steers."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._keys: tuple[Picture, str] | None = None
        self._told: tuple[str, int] | None = None

    def key(self, picture: Picture) -> str:
        """The key of a picture."""
        if self._keys is None or self._keys[0] is not picture:
            self._keys = (picture, picture_key(picture))
        return self._keys[1]

    def tell(self, key: str, pages: int) -> None:
        """Say how many pages a picture needs. Where nothing can be written, the presenter goes by his own small screen."""
        if self._told == (key, pages):
            return
        try:
            # In one write over the old note, which is as long: the disk need not be waited for as for a file put in its place.
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
            try:
                os.write(file, f"{key} {pages:>4}\n".encode())
            finally:
                os.close(file)
        except OSError:
            return
        self._told = (key, pages)

    def pages(self, picture: Picture) -> int:
        """How many pages a screen needs for a picture; 0 where none has said so."""
        try:
            key, _, pages = self._path.read_text(encoding="ascii").strip().partition(" ")
        except (OSError, ValueError):
            return 0
        pages = pages.strip()
        return int(pages) if key == self.key(picture) and pages.isdecimal() and len(pages) < 5 else 0
