"""Who and what a spreadsheet means: cells matched to ids, by id, number or name, with the nearest match where there is none."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from judge_tui.domain.definition.ids import match_key
from judge_tui.domain.errors import MarksFileError, Problem
from judge_tui.domain.messages import Message, msg

T = TypeVar("T")

MOST_PROBLEMS = 200
"""Problems listed one by one; beyond them only how many more there are."""


_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_NUMBERED = re.compile(r"第?(\d+)号?")
_LAST_NUMBER = re.compile(r"\D0*(\d+)$")


class Names(Generic[T]):
    """Things that people call by id, by name or by number; where none is called so, by a number without its zeros."""

    def __init__(self, items: Iterable[T], *words: Callable[[T], str]) -> None:
        """`words` give what an item is called, the surest first: an id beats a name, a name beats a number."""
        self._found: dict[str, T] = {}
        self._shown: dict[str, str] = {}
        self._doubtful: set[str] = set()
        everything = list(items)
        for word in words:
            level: dict[str, T] = {}
            for item in everything:
                key = match_key(word(item))
                if key in level:
                    self._doubtful.add(key)
                level[key] = item
                self._shown.setdefault(key, word(item))
            for key, item in level.items():
                self._found.setdefault(key, item)
        self._doubtful -= {match_key(words[0](item)) for item in everything} if words else set()
        self._alike: dict[str, list[T]] = {}
        for key, item in self._found.items():
            for loose in {_loosely(key), _own_number(key)} - {""}:
                if item not in self._alike.setdefault(loose, []):
                    self._alike[loose].append(item)

    def find(self, text: str) -> T | None:
        """The one thing of this name; None where there is none or more than one."""
        key = match_key(text)
        if key in self._found:
            return None if key in self._doubtful else self._found[key]
        alike = self._alike.get(_loosely(key), [])
        return alike[0] if len(alike) == 1 else None

    def hint(self, text: str) -> Message | None:
        """What was probably meant."""
        key = match_key(text)
        if key in self._doubtful:
            return msg("several have this name: write the id")
        near = difflib.get_close_matches(key, self._shown, 1, 0.5)
        if near:
            return msg("did you mean “{key}”?", key=self._shown[near[0]])
        known = tuple(dict.fromkeys(self._shown.values()))[:12]
        return msg("it may be {choices}", choices=known) if known else None


def _loosely(key: str) -> str:
    """评委1 and 评委01, 第3号 and 3: without zeros in front of a number and words around one."""
    plain = _ZEROS.sub("", key)
    number = _NUMBERED.fullmatch(plain)
    return number[1] if number else plain


def _own_number(key: str) -> str:
    """The number at the end of a name (评委07: 7); nothing where there is none."""
    found = _LAST_NUMBER.search(key)
    return found[1] if found else ""


class Problems:
    """Everything wrong in one file, collected with line numbers and raised together."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found: list[Problem] = []
        self._more = 0

    def add(self, line: int, where: str, message: Message, hint: Message | None = None) -> None:
        """Note one."""
        if len(self.found) < MOST_PROBLEMS:
            self.found.append(Problem(where, message, hint, line=line))
        else:
            self._more += 1

    def raise_any(self) -> None:
        """Raise MarksFileError if there was any."""
        if self._more:
            self.found.append(Problem("", msg("and {count} more", count=self._more)))
        if self.found:
            raise MarksFileError(self.source, sorted(self.found, key=lambda problem: problem.line or 1 << 60))
