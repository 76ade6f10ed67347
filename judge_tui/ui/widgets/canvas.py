"""Drawing by the line: text cut, padded and wrapped by terminal cells (a hanzi is two), and a widget painted from parts.

The judge's screens draw themselves so that one mark repaints one line, whatever the size of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

Part = tuple[str, str]
"""Text, and the component class that styles it (empty: the widget's own style)."""

# 避头尾: what never begins a line.
_NO_START = frozenset("，。、；：！？）》】」』”’…%,.;:!?)]}~·")


def fit(text: str, width: int, align: str = "left") -> str:
    """`text` in exactly `width` cells: padded (`left`, `right`, `center`), or cut and ended with two points."""
    size = cell_len(text)
    if size > width:
        return set_cell_size(set_cell_size(text, max(0, width - 2)) + "..", width)
    if align == "right":
        return " " * (width - size) + text
    if align == "center":
        return set_cell_size(" " * ((width - size) // 2) + text, width)
    return text + " " * (width - size)


def wrap(text: str, width: int, most: int = 99) -> list[str]:
    """`text` in lines of at most `width` cells and at most `most` lines; words stay whole, a line never begins with `，`."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for piece in _pieces(paragraph):
            if line and cell_len(line) + cell_len(piece.rstrip()) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
            while cell_len(line) > width:
                head = set_cell_size(line, width).rstrip(" ")
                lines.append(head)
                line = line[len(head) :].lstrip(" ")
        lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], fit(lines[most - 1] + "...", width).rstrip()] if most else []
    return lines


def _pieces(text: str) -> list[str]:
    """The unbreakable pieces: Latin words with the space after them, and single wide characters with what must follow."""
    pieces: list[str] = []
    for char in text:
        glued = bool(pieces) and (
            char in _NO_START or char == " " or (char.isascii() and pieces[-1][-1].isascii() and pieces[-1][-1] != " ")
        )
        if glued:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


class Canvas(Widget):
    """A widget that paints each of its lines from parts; subclasses say what stands on line `y` of the visible area."""

    def __init__(self) -> None:
        super().__init__()
        self._painted: dict[int, tuple[Part, ...]] = {}

    def parts(self, y: int) -> Sequence[Part]:
        """The styled parts of a line; what they leave empty is blank, what is too long is cut."""
        raise LookupError(y)

    def render_line(self, y: int) -> Strip:
        base = self.visual_style.rich_style
        parts = self._painted[y] = tuple(self.parts(y))
        segments = [
            Segment(text, base + self.get_component_rich_style(name, partial=True) if name else base)
            for text, name in parts
            if text
        ]
        return Strip(segments).adjust_cell_length(self.size.width, base).simplify()

    def repaint(self, lines: Iterable[int]) -> None:
        """Of these lines, paint again what reads differently, and nothing else."""
        width, height = self.size
        regions = []
        for y in lines:
            if 0 <= y < height:
                old, new = self._painted.get(y), tuple(self.parts(y))
                if old != new:
                    left, right = (0, width) if old is None else _span(old, new, width)
                    if left < right:
                        regions.append(Region(left, y, right - left, 1))
        if regions:
            self.refresh(*regions)


def _span(old: tuple[Part, ...], new: tuple[Part, ...], width: int) -> tuple[int, int]:
    """From which cell to which two lines differ."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    left = sum(cell_len(text) for text, _ in old[:head])
    right = [sum(cell_len(text) for text, _ in line[: len(line) - tail]) for line in (old, new)]
    if right[0] != right[1]:  # what follows has moved
        right = [sum(cell_len(text) for text, _ in line) for line in (old, new)]
    return min(left, width), min(max(right), width)
