"""One picture among text: by the terminal's own protocol where it has one, else as half blocks; the caption is someone else's."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zlib import crc32

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.errors import NoWidget
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from judge_tui.ui.widgets.graphics import MOST_CELLS, kitty_cells, kitty_picture, sixel

COLOURS = 64
"""Colours of a sixel picture: enough for a photograph in a corner of the screen, quick on an old laptop."""

_SAVE, _RESTORE = "\x1b7", "\x1b8"
_HIDDEN = ((ControlType.CURSOR_FORWARD, 0),)
"""Marks a segment as taking no cells; what it says is never sent."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is sent once for a picture and how many cells it takes. `number` is kitty's, 0 for sixel."""

    sent: str
    columns: int
    rows: int
    number: int = 0


def prepare(path: Path, way: str, columns: int, rows: int, cell: tuple[int, int]) -> Prepared | None:
    """A picture for `kitty` or `sixel` in at most so many cells of so many points; None where it cannot be shown so."""
    try:
        from PIL import Image
    except ImportError:
        return None
    columns, rows = min(columns, MOST_CELLS), min(rows, MOST_CELLS)
    wide, high = cell
    try:
        with Image.open(path) as image:
            image.draft("RGB", (columns * wide, rows * high))
            small = image.convert("RGB")
            small.thumbnail((columns * wide, rows * high))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    width, height = small.size
    cells = (max(1, -(-width // wide)), max(1, -(-height // high)))
    if way == "kitty":
        number = crc32(str(path).encode()) % 0xFFFFFE + 1
        png = BytesIO()
        small.save(png, "PNG")
        return Prepared(kitty_picture(png.getvalue(), number, *cells), *cells, number)
    few = small.quantize(COLOURS)
    flat = few.getpalette() or []
    palette = [(flat[place], flat[place + 1], flat[place + 2]) for place in range(0, len(flat), 3)]
    return Prepared(sixel(few.tobytes(), width, height, palette), *cells)


class PictureView(Widget):
    """Shows a prepared picture. A sixel picture is drawn over blank cells, whenever all of them are in view."""

    def __init__(self, picture: Prepared) -> None:
        super().__init__()
        self._picture = picture
        # One column more than the picture has: what is drawn last in the last row must not be part of it.
        self.styles.width, self.styles.height = picture.columns + 1, picture.rows

    def render_line(self, y: int) -> Strip:
        base = self.visual_style.rich_style
        picture = self._picture
        if y >= picture.rows:
            return Strip.blank(self.size.width, base)
        last = Segment(" ", base)
        if picture.number:
            style = base + Style(color=Color.from_triplet(_triplet(picture.number)))
            cells = [Segment(kitty_cells(y, picture.columns), style)]
            return Strip([self._hidden(picture.sent), *cells, last] if y == 0 else [*cells, last])
        blank = Segment(" " * picture.columns, base)
        if y < picture.rows - 1 or not self._whole:
            return Strip([blank, last])
        place = self.region
        return Strip([blank, self._hidden(f"{_SAVE}\x1b[{place.y + 1};{place.x + 1}H{picture.sent}{_RESTORE}"), last])

    @property
    def _whole(self) -> bool:
        """Whether every cell is in view: half a picture cannot be drawn, and would run over what stands beside it."""
        try:
            place = self.screen.find_widget(self)
        except NoWidget:
            return False
        return place.clip.contains_region(Region(*place.region.offset, self._picture.columns, self._picture.rows))

    def _hidden(self, text: str) -> Segment:
        return Segment(text, None, _HIDDEN)


def _triplet(number: int) -> ColorTriplet:
    return ColorTriplet(number >> 16, number >> 8 & 255, number & 255)
