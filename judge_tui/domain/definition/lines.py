"""Where each key of a TOML text stands: `criteria[2].max` → line 41.

The standard library's parser tells no lines. This scanner walks a text that the parser has already accepted, so it need not
judge, only skip values and count.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from typing import TypeVar

T = TypeVar("T")

_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BASIC = re.compile(r'"(?:[^"\\]|\\.)*"')
_LITERAL = re.compile(r"'[^']*'")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''.*?'{3,5}", re.DOTALL)
_SCALAR = re.compile(r"[^,\]}#\n]+")
_LAST_STEP = re.compile(r"(?:\[\d+\]|\.[^.\[\]]+)$")


def nearest(path: str, places: Mapping[str, T]) -> T | None:
    """What stands for a path or, where it is not there, for the nearest one above it; None where there is nothing."""
    while path:
        if path in places:
            return places[path]
        shorter = _LAST_STEP.sub("", path)
        if shorter == path:
            return None
        path = shorter
    return None


class LineIndex:
    """Lines (from 1) of the paths of one text. A path that is not there answers with its nearest ancestor's line, else 0."""

    def __init__(self, text: str = "") -> None:
        self._lines = _Scanner(text).scan() if text else {}

    def line(self, path: str) -> int:
        """The line of a path such as `criteria[2].max`."""
        return nearest(path, self._lines) or 0


class _Scanner:
    """One pass over a valid TOML text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._lines: dict[str, int] = {}
        self._counts: dict[str, int] = {}

    def scan(self) -> dict[str, int]:
        table = ""
        self._skip(_SPACE)
        while self._at < len(self._text):
            if self._text.startswith("[", self._at):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_SPACE)
        return self._lines

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            # The parser accepted something this pattern does not know: a line may be off, but the scan goes on.
            self._at += 1
            return ""
        self._at = found.end()
        return found[0]

    def _note(self, path: str, at: int) -> None:
        self._lines.setdefault(path, bisect_right(self._starts, at))

    def _header(self) -> str:
        """`[a.b]` or `[[a.b]]`: the path of the table that begins here."""
        start = self._at
        array = self._text.startswith("[[", self._at)
        self._at += 2 if array else 1
        path = ""
        parts = self._key()
        for number, part in enumerate(parts, 1):
            path = f"{path}.{part}" if path else part
            if number == len(parts) and array:
                self._counts[path] = self._counts.get(path, 0) + 1
            self._note(path, start)
            if path in self._counts:
                path = f"{path}[{self._counts[path]}]"
                self._note(path, start)
        self._at += 2 if array else 1
        return path

    def _pair(self, table: str) -> None:
        """`key = value` inside the table."""
        start, path = self._at, table
        for part in self._key():
            path = f"{path}.{part}" if path else part
            self._note(path, start)
        self._at += 1
        self._value(path)

    def _key(self) -> list[str]:
        """A key of one or more parts; leaves the scanner on what follows it (`=` or `]`)."""
        parts: list[str] = []
        while True:
            self._skip(_BLANK)
            mark = self._text[self._at : self._at + 1]
            if mark == '"':
                parts.append(tomllib.loads(f"k = {self._skip(_BASIC)}")["k"])
            elif mark == "'":
                parts.append(self._skip(_LITERAL)[1:-1])
            else:
                parts.append(self._skip(_BARE))
            self._skip(_BLANK)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, path: str) -> None:
        self._skip(_BLANK)
        rest = self._text[self._at : self._at + 3]
        if rest == '"""':
            self._skip(_LONG_BASIC)
        elif rest == "'''":
            self._skip(_LONG_LITERAL)
        elif rest[:1] == '"':
            self._skip(_BASIC)
        elif rest[:1] == "'":
            self._skip(_LITERAL)
        elif rest[:1] == "[":
            self._list(path)
        elif rest[:1] == "{":
            self._inline(path)
        else:
            self._skip(_SCALAR)

    def _list(self, path: str) -> None:
        self._at += 1
        count = 0
        while self._more("]"):
            count += 1
            item = f"{path}[{count}]"
            self._note(item, self._at)
            self._value(item)

    def _inline(self, path: str) -> None:
        self._at += 1
        while self._more("}"):
            self._pair(path)

    def _more(self, end: str) -> bool:
        """Step over spaces and a comma inside brackets; False at the end, which is stepped over too."""
        self._skip(_SPACE)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip(_SPACE)
        if self._at >= len(self._text):
            return False
        if self._text.startswith(end, self._at):
            self._at += 1
            return False
        return True
