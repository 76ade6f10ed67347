"""Text that somebody else wrote, as it may be shown: on a terminal, a screen, in a table, a document, a page.

What is signed stays as it is; what is shown must not steer a terminal, turn the order of letters round, or stop a document from
being written. Such a character is shown as `�`, so that it is seen that there was one; marks without a width, which come along with
what is pasted from pages and windows, are left out.
"""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, those of eight bits too
    "\u2028\u2029\ufff9-\ufffb\ufffe\uffff"  # line ends nobody expects, annotations, no characters at all
    "\ud800-\udfff]"  # halves of characters: bytes of a file's name that are no text
)
_UNSEEN = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # which way letters run
    "\u00ad\u180e\u200b\u2060-\u2064\ufeff]"  # nothing at all
)
_LINE_ENDS = re.compile("\r\n?")
_BREAKS = re.compile("[\t\n]")


def shown(text: str) -> str:
    """The text with nothing in it that is more than a letter, a space, a tab or a line end."""
    if text.isprintable():
        return text
    return _STEERING.sub("\ufffd", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))


def in_a_line(text: str) -> str:
    """`shown`, on one line: a name of a file, a laptop, a judge."""
    return text if text.isprintable() else _BREAKS.sub(" ", shown(text))


def escaped_json(text: str) -> str:
    """JSON with the same characters written as escapes: it says the same, and steers no terminal."""

    def escape(found: re.Match[str]) -> str:
        return f"\\u{ord(found[0]):04x}"

    return _UNSEEN.sub(escape, _STEERING.sub(escape, text))
