"""A screen as it is painted now, as lines of text with styles."""

from __future__ import annotations

from typing import Any

from rich.segment import Segment
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from judge_tui.services.pictures import PictureLines


def picture_of(screen: Screen[Any]) -> PictureLines:
    """All visible leaves of the screen, put together line by line."""
    lines: list[list[tuple[int, Strip]]] = [[] for _ in range(screen.size.height)]
    for widget in screen.query("*"):
        region = widget.region
        if not widget.display or widget.children or not region.area:
            continue
        for y, strip in enumerate(widget.render_lines(Region(0, 0, region.width, region.height)), region.y):
            if 0 <= y < len(lines):
                lines[y].append((region.x, strip))
    return [_line(pieces) for pieces in lines]


def _line(pieces: list[tuple[int, Strip]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    column = 0
    for x, strip in sorted(pieces, key=lambda item: item[0]):
        if x > column:
            found.append((" " * (x - column), ""))
        found += [(segment.text, str(segment.style or "")) for segment in Segment.simplify(strip)]
        column = x + strip.cell_length
    return found
