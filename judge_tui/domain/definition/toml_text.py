"""TOML text to a mapping and a line index; what the parser refuses is said in words, with its line.

Numbers with a point stay the text that stood in the file, dates become `2021-12-20`: nothing passes through a binary float.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, time

from judge_tui.domain.definition.lines import LineIndex
from judge_tui.domain.errors import DefinitionError, Problem
from judge_tui.domain.messages import Message, msg, verbatim

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_QUOTED = re.compile(r"""\"[^"]*\"|'[^']*'|#.*""")
_OPEN_TABLE = re.compile(r"\s*(\[{1,2})\s*([^\[\]#=]+?)\s*\]?\s*(?:#.*)?$")
_TYPED_WIDE = re.compile(r"[＝“”‘’，［］｛｝【】]")

# What tomllib says (the beginning of it), and what to tell a person instead.
_WORDS: tuple[tuple[str, Message], ...] = (
    ("Cannot overwrite a value", msg("this key stands twice in the same table")),
    ("Duplicate inline table key", msg("this key stands twice in the same table")),
    ("Cannot declare", msg("this table stands twice")),
    ("Cannot mutate", msg("this table was already written in full elsewhere")),
    ("Cannot redefine", msg("this table was already written in full elsewhere")),
    ("Expected '=' after a key", msg("there should be an = after the key")),
    ("Unterminated string", msg("a text is not closed with a quotation mark")),
    ("Illegal character", msg("a text is not closed with a quotation mark in its line")),
    ("Unescaped '\\'", msg("a backslash inside quotation marks must be written twice")),
    ("Unclosed array", msg("a list is not closed with ]")),
    ("Unclosed inline table", msg("a table in braces is not closed with }}")),
    ("Expected ']", msg("the name of a table is not closed with ]")),
    ("Invalid value", msg("the value is neither a number, nor true or false, nor a text in quotation marks")),
    ("Invalid initial character for a key", msg("a key begins with a character it cannot have")),
    ("Invalid statement", msg("this is neither a key with a value nor the name of a table")),
    ("Expected newline", msg("something stands after the value that does not belong there")),
)


def parse_toml(text: str, source: str) -> tuple[dict[str, object], LineIndex]:
    """The mapping in a TOML text and where each of its keys stands. Raises DefinitionError for what is no TOML."""
    text = text.removeprefix("\ufeff")
    try:
        document = tomllib.loads(text, parse_float=str)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DefinitionError(source, [_in_words(str(error), text)]) from error
    return {key: _plain(value) for key, value in document.items()}, LineIndex(text.replace("\r\n", "\n"))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value


def _closed(line: str) -> str:
    """The heading of a table in this line with as many brackets behind the name as before it."""
    found = _OPEN_TABLE.match(line)
    assert found is not None
    return f"{found[1]}{found[2]}{']' * len(found[1])}"


def _in_words(said: str, text: str) -> Problem:
    """The parser's complaint as a problem with a line and a hint."""
    found = _PLACE.search(said)
    lines = text.splitlines()
    number = int(found[1]) if found and found[1] else len(lines)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    words = next((message for start, message in _WORDS if said.startswith(start)), None)
    if words is None:
        words = msg("this is no TOML: {reason}", reason=verbatim(said[: found.start()] if found else said))
    wide = _TYPED_WIDE.search(_QUOTED.sub("", line))
    if wide:
        hint = msg("“{character}” is full width: signs outside texts must be half width", character=wide[0])
    elif _OPEN_TABLE.match(line):
        hint = msg("write it as in: {example}", example=_closed(line))
    elif said.startswith("Invalid initial character for a key"):
        hint = msg("a key in Chinese must stand in quotation marks: {example}", example='"优秀" = 100')
    else:
        hint = msg("write it as in: {example}", example='name = "十里铺村"')
    return Problem("", words, hint, line=number)
