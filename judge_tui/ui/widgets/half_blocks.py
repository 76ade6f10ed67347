"""Small pictures in a terminal: two pixels a cell as half blocks, or coloured spaces where blocks are drawn double width.

Needs Pillow (the extra `pictures`); without it, or where a file cannot be read as a picture, there is the caption alone.
"""

from __future__ import annotations

from pathlib import Path

from rich.color import Color
from rich.style import Style
from rich.text import Text


def half_blocks(path: Path, columns: int, rows: int, *, compatible: bool = False) -> Text | None:
    """The picture in at most `columns` × `rows` cells, None where it cannot be shown."""
    try:
        from PIL import Image
    except ImportError:
        return None
    across, down = (columns // 2, rows) if compatible else (columns, rows * 2)
    try:
        with Image.open(path) as image:
            image.draft("RGB", (across * 2, down * 2))
            small = image.convert("RGB")
            small.thumbnail((across, down))
    except (OSError, ValueError, Image.DecompressionBombError):
        return None
    width, height = small.size
    pixels = small.tobytes()
    text = Text(no_wrap=True)
    for y in range(0, height, 1 if compatible else 2):
        if y:
            text.append("\n")
        for x in range(width):
            upper = _colour(pixels, y * width + x)
            if compatible:
                text.append("  ", Style(bgcolor=upper))
            else:
                lower = _colour(pixels, min(y + 1, height - 1) * width + x)
                text.append("▀", Style(color=upper, bgcolor=lower))
    return text


def _colour(pixels: bytes, place: int) -> Color:
    red, green, blue = pixels[3 * place : 3 * place + 3]
    return Color.from_rgb(red, green, blue)
