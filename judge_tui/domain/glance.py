"""What can be told of a judge's file at a glance, before it is verified: enough to put its screen up at once."""

from __future__ import annotations

from typing import NamedTuple


class Glance(NamedTuple):
    """Names and marks as they stand in the file; nothing of it is trusted, and nothing can be entered into it.

    `organisations` are (number, id, name) in running order; `place` is which of them the judge was at; `marks` are what he
    gave there, by criterion, in thousandths, where they are numbers.
    """

    title: str
    judge: str
    organisations: tuple[tuple[int, str, str], ...]
    criteria: tuple[tuple[str, str], ...]
    marks: dict[str, int]
    place: int
