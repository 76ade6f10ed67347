"""Reading one table of a definition: typed fields, every problem collected, unknown keys named with the nearest known one.

A reader never stops at the first problem. A field that is missing or wrong yields a harmless value and a `Problem`; whoever
reads the whole raises `DefinitionError` if any problem was collected. Numbers come as `int` or as the text that stood in
the file (TOML is read with `parse_float=str`), so nothing passes through a binary float.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from judge_tui.domain.errors import Problem
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import normalise_typed, parse_decimal, parse_share, thousandths
from judge_tui.domain.shown import shown

E = TypeVar("E", bound=StrEnum)

_ID = re.compile(r"[\w.-]{1,64}")
_TIME = re.compile(r"(\d{1,3}):([0-5]\d)|(\d{1,5})")


@dataclass(slots=True)
class Section:
    """One table of the document at `path` (`criteria[2]`); `problems` is shared by the whole reading."""

    values: Mapping[str, object]
    path: str
    problems: list[Problem]
    _seen: set[str] = field(default_factory=set)
    _asked: set[str] = field(default_factory=set)

    def at(self, key: str) -> str:
        """The path of a key of this table."""
        return f"{self.path}.{key}" if self.path else key

    def problem(self, key: str, message: Message, hint: Message | None = None) -> None:
        """Note that something is wrong with a key."""
        self.problems.append(Problem(self.at(key) if key else self.path, message, hint))

    def has(self, key: str) -> bool:
        """Whether the key is there at all; whoever asks knows the key, so that it is among those a hint names."""
        self._asked.add(key)
        return key in self.values

    def _take(self, key: str, required: bool, hint: Message | None = None) -> object:
        self._seen.add(key)
        value = self.values.get(key)
        if value is None and required:
            self.problem(key, msg("is missing"), hint)
        return value

    def text(self, key: str, default: str = "", *, required: bool = False) -> str:
        """A text in NFC, without spaces around; whole numbers are taken as written."""
        value = self._take(key, required)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            self.problem(key, msg("must be a text"), msg("put it in quotation marks"))
            return default
        clean = shown(unicodedata.normalize("NFC", str(value))).strip()
        if required and not clean:
            self.problem(key, msg("is empty"))
        return clean

    def identifier(self, key: str, default: str = "", *, required: bool = False) -> str:
        """An id: letters (Chinese ones too), digits, `_`, `-`, `.`; at most 64 characters."""
        value = self.text(key, default, required=required)
        if value and not _ID.fullmatch(value):
            self.problem(
                key, msg("“{value}” is no id", value=value), msg("use letters, digits, - and _ only, no spaces")
            )
        return value

    def flag(self, key: str, default: bool = False) -> bool:
        """true or false."""
        value = self._take(key, False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.problem(key, msg("must be true or false"), msg("for example {example}", example="true"))
            return default
        return value

    def integer(self, key: str, default: int = 0, *, least: int | None = None, most: int | None = None) -> int:
        """A whole number within bounds."""
        value = self._take(key, False)
        if value is None:
            return default
        try:
            number = parse_decimal(_numeric(value))
        except ValueError:
            number = Fraction(1, 2)
        if number.denominator != 1:
            self.problem(key, msg("must be a whole number"), msg("for example {example}", example="2"))
            return default
        if least is not None and number < least:
            self.problem(key, msg("must be at least {least}", least=least))
            return default
        if most is not None and number > most:
            self.problem(key, msg("must be at most {most}", most=most))
            return default
        return int(number)

    def points(self, key: str, default: int | None = None, *, required: bool = False) -> int | None:
        """Points in thousandths; at most three decimals."""
        hint = msg("for example {example}", example="10" if key == "max" else "0.5")
        value = self._take(key, required, hint)
        if value is None:
            return default
        try:
            return thousandths(parse_decimal(_numeric(value)))
        except ValueError:
            self.problem(key, msg("must be a number with at most three decimals"), hint)
            return default

    def share(self, key: str, default: Fraction = Fraction(1)) -> Fraction:
        """A weight: `0.4`, `40%` or `1/3`; never negative."""
        value = self._take(key, False)
        if value is None:
            return default
        try:
            number = parse_share(_numeric(value))
        except ValueError:
            self.problem(
                key,
                msg("must be a number, a percentage or a fraction"),
                msg("for example {example}", example='0.4, "40%", "1/3"'),
            )
            return default
        if number < 0:
            self.problem(key, msg("must not be negative"), msg("for example {example}", example="0.4"))
            return default
        return number

    def seconds(self, key: str, default: int = 0) -> int:
        """A time as `8:00` (minutes and seconds) or as a number of seconds."""
        value = self._take(key, False)
        if value is None:
            return default
        found = (
            _TIME.fullmatch(normalise_typed(str(value)).replace("：", ":")) if isinstance(value, (str, int)) else None
        )
        if not found or isinstance(value, bool):
            self.problem(key, msg("must be a time"), msg("for example {example}", example='"8:00"'))
            return default
        return int(found[3]) if found[3] else int(found[1]) * 60 + int(found[2])

    def choice(self, key: str, kind: type[E], default: E) -> E:
        """One of the words of an enumeration."""
        value = self._take(key, False)
        if value is None:
            return default
        try:
            return kind(str(value))
        except ValueError:
            self.problem(
                key,
                msg("“{value}” is not known here", value=str(value)),
                msg("it may be {choices}", choices=tuple(item.value for item in kind)),
            )
            return default

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._take(key, False)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(
            isinstance(item, (str, int)) and not isinstance(item, bool) for item in value
        ):
            self.problem(key, msg("must be a list of texts"), msg("for example {example}", example='["a", "b"]'))
            return ()
        return tuple(unicodedata.normalize("NFC", str(item)).strip() for item in value)

    def section(self, key: str, example: str = "") -> Section:
        """A table inside this one; an empty one where it is missing. `example` shows one to somebody who wrote something else."""
        value = self._take(key, False)
        if value is not None and not isinstance(value, dict):
            hint = msg("for example {example}", example=example) if example else None
            self.problem(key, msg("must be a table"), hint)
            value = None
        return Section(value if isinstance(value, dict) else {}, self.at(key), self.problems)

    def sections(self, key: str, short: str = "") -> Iterator[Section]:
        """The tables of a list of tables. With `short`, a plain text in the list stands for a table with only that key."""
        value = self._take(key, False)
        if value is None:
            return
        if not isinstance(value, list):
            self.problem(key, msg("must be a list of tables"), msg("write [[{key}]] above each", key=key))
            return
        for index, item in enumerate(value):
            place = f"{self.at(key)}[{index + 1}]"
            if isinstance(item, dict):
                yield Section(item, place, self.problems)
            elif short and isinstance(item, (str, int)) and not isinstance(item, bool):
                yield Section({short: item}, place, self.problems)
            else:
                self.problems.append(Problem(place, msg("must be a table")))

    def finish(self, also: Collection[str] = ()) -> None:
        """Name every key that nobody read, with the nearest known one."""
        known = sorted(self._seen | self._asked | set(also))
        for key in self.values:
            if key in self._seen or key in also:
                continue
            near = nearest_word(key, known)
            hint = msg("did you mean “{key}”?", key=near) if near else msg("known here: {keys}", keys=tuple(known))
            self.problem(key, msg("is not known here"), hint)


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, empty where none is near."""
    # Imported here because only a mistake needs it, and a judge's screen starts without any.
    import difflib

    return next(iter(difflib.get_close_matches(word, list(known), 1)), "")


def _numeric(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError(value)
    return str(value)
