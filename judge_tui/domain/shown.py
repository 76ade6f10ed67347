"""Text that somebody else wrote, as it may be shown: on a terminal, a screen, in a table, a document, a page.

What is signed stays as it is; what is shown must not steer a terminal, turn the order of letters round, or stop a document from
being written. Every such character is shown as `�`, so that it is seen that there was one.
"""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters, those of eight bits too
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # which way letters run
    "\u2028\u2029\ufff9-\ufffb\ufffe\uffff"  # line ends nobody expects, annotations, no characters at all
    "\ud800-\udfff]"  # halves of characters: bytes of a file's name that are no text
)
_LINE_ENDS = re.compile("\r\n?")
_BREAKS = re.compile("[\t\n]")


def shown(text: str) -> str:
    """The text with nothing in it that is more than a letter, a space, a tab or a line end."""
    if text.isprintable():
        return text
    return _STEERING.sub("\ufffd", _LINE_ENDS.sub("\n", text))


def in_a_line(text: str) -> str:
    """`shown`, on one line: a name of a file, a laptop, a judge."""
    return text if text.isprintable() else _BREAKS.sub(" ", shown(text))


def escaped_json(text: str) -> str:
    """JSON with the same characters written as escapes: it says the same, and steers no terminal."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
