"""Pictures as terminals take them: sixel, and the placeholders of kitty's graphics protocol. Pure encoders.

Sixel (DEC STD 070): six rows of points a band, one character a column and colour. Kitty's Unicode placeholders: the picture is
sent once under a number, and ordinary cells whose foreground is that number, with marks for row and column, show it.
"""

from __future__ import annotations

import re
from base64 import standard_b64encode
from collections.abc import Iterator, Mapping, Sequence

BAND = 6
"""Rows of points in one band of sixel."""

CHUNK = 4096
"""Characters of data in one piece of kitty's protocol."""

PLACEHOLDER = "\U0010eeee"

_MARKS = tuple(
    chr(int(code, 16))
    for code in [
        "0305",
        "030D",
        "030E",
        "0310",
        "0312",
        "033D",
        "033E",
        "033F",
        "0346",
        "034A",
        "034B",
        "034C",
        "0350",
        "0351",
        "0352",
        "0357",
        "035B",
        "0363",
        "0364",
        "0365",
        "0366",
        "0367",
        "0368",
        "0369",
        "036A",
        "036B",
        "036C",
        "036D",
        "036E",
        "036F",
        "0483",
        "0484",
        "0485",
        "0486",
        "0487",
        "0592",
        "0593",
        "0594",
        "0595",
        "0597",
        "0598",
        "0599",
        "059C",
        "059D",
        "059E",
        "059F",
        "05A0",
        "05A1",
        "05A8",
        "05A9",
        "05AB",
        "05AC",
        "05AF",
        "05C4",
        "0610",
        "0611",
        "0612",
        "0613",
        "0614",
        "0615",
        "0616",
        "0617",
        "0657",
        "0658",
        "0659",
        "065A",
        "065B",
        "065D",
        "065E",
        "06D6",
        "06D7",
        "06D8",
        "06D9",
        "06DA",
        "06DB",
        "06DC",
        "06DF",
        "06E0",
        "06E1",
        "06E2",
    ]
)
"""Kitty's marks for row or column 0, 1, 2 … (the beginning of the protocol's table)."""

MOST_CELLS = len(_MARKS)
"""Rows or columns that kitty's marks here can count."""

_SIXEL_PROGRAMS = frozenset({"WezTerm", "contour", "mintty", "iTerm.app"})
_SIXEL_TERMS = ("foot", "mlterm", "contour", "yaft", "xterm-sixel", "wezterm")
WAYS = ("kitty", "sixel", "blocks", "none")
"""How pictures can be shown: two protocols, half blocks, captions alone."""


def way_of(environment: Mapping[str, str], wish: str = "") -> str:
    """How this terminal shows pictures, by what it says of itself: one of `WAYS`. A person's `wish` decides where there is one.

    A terminal that does not name itself gets half blocks, which nothing garbles; inside tmux and screen, which pass on
    neither protocol by themselves, likewise. Without colours there are captions alone.
    """
    if wish in WAYS:
        return wish
    if "NO_COLOR" in environment:
        return "none"
    term, program = environment.get("TERM", "").lower(), environment.get("TERM_PROGRAM", "")
    if environment.get("TMUX") or term.startswith(("screen", "tmux")):
        return "blocks"
    if term in ("xterm-kitty", "xterm-ghostty") and environment.get("COLORTERM", "") in ("truecolor", "24bit"):
        return "kitty"
    return "sixel" if program in _SIXEL_PROGRAMS or term.startswith(_SIXEL_TERMS) else "blocks"


def sixel(pixels: bytes, width: int, height: int, palette: Sequence[tuple[int, int, int]]) -> str:
    """A picture of palette indices, row by row, as one sixel sequence. `palette` is red, green and blue from 0 to 255."""
    colours = "".join(
        f"#{index};2;{100 * red // 255};{100 * green // 255};{100 * blue // 255}"
        for index, (red, green, blue) in enumerate(palette)
    )
    tables = [bytes(index == place for place in range(256)) for index in range(len(palette))]
    rows = [pixels[width * y : width * (y + 1)] for y in range(height)]
    bands = "-".join("$".join(_band(rows[top : top + BAND], width, tables)) for top in range(0, height, BAND))
    return f'\x1bP0;1q"1;1;{width};{height}{colours}{bands}\x1b\\'


def _band(rows: Sequence[bytes], width: int, tables: Sequence[bytes]) -> Iterator[str]:
    """One line for each colour that occurs: for each column, which of the six points have it, from 63 on."""
    base = int.from_bytes(b"?" * width, "big")
    for index in sorted(set().union(*rows)):
        points = base
        for place, row in enumerate(rows):
            points += (
                int.from_bytes(row.translate(tables[index]), "big") << place
            )  # six bits a byte: nothing carries over
        text = points.to_bytes(width, "big").decode("ascii").rstrip("?")
        yield f"#{index}" + re.sub(r"(.)\1{3,}", lambda run: f"!{len(run[0])}{run[1]}", text)


def kitty_picture(png: bytes, number: int, columns: int, rows: int) -> str:
    """Sends a PNG under a number (1 to 0xFFFFFF), to be shown in so many cells by `kitty_cells`; no answer is asked for."""
    data = standard_b64encode(png).decode("ascii")
    pieces = [data[start : start + CHUNK] for start in range(0, len(data), CHUNK)] or [""]
    first = f"a=T,U=1,f=100,t=d,q=2,i={number},c={columns},r={rows},"
    return "".join(
        f"\x1b_G{'' if place else first}{'' if not place else 'q=2,'}m={int(place < len(pieces) - 1)};{piece}\x1b\\"
        for place, piece in enumerate(pieces)
    )


def kitty_cells(row: int, columns: int) -> str:
    """The cells of one row of a picture; their foreground colour has to be the picture's number."""
    return "".join(PLACEHOLDER + _MARKS[row] + _MARKS[column] for column in range(columns))
