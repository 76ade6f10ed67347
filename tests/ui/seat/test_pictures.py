"""Pictures by the terminal's own protocol, where it says that it has one."""

from __future__ import annotations

import re
from base64 import standard_b64decode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from rich.cells import cell_len

from judge_tui.ui.widgets.graphics import PLACEHOLDER, kitty_cells, kitty_picture, sixel, way_of
from judge_tui.ui.widgets.picture_view import prepare


def drawn(text: str) -> tuple[int, int, dict[tuple[int, int], int]]:
    """What a sixel terminal would paint: width, height, and a colour for each point."""
    head = re.fullmatch(r'\x1bP0;1q"1;1;(\d+);(\d+)((?:#\d+;2;\d+;\d+;\d+)*)(.*)\x1b\\', text, flags=re.S)
    assert head is not None
    points: dict[tuple[int, int], int] = {}
    x = band = colour = 0
    for token in re.findall(r"#\d+|!\d+.|[$-]|[?-~]", head[4]):
        if token.startswith("#"):
            colour = int(token[1:])
        elif token == "$":
            x = 0
        elif token == "-":
            x, band = 0, band + 1
        else:
            count, char = (int(token[1:-1]), token[-1]) if token[0] == "!" else (1, token)
            for column in range(x, x + count):
                for place in range(6):
                    if ord(char) - 63 >> place & 1:
                        points[column, 6 * band + place] = colour
            x += count
    return int(head[1]), int(head[2]), points


@pytest.mark.parametrize(("width", "height"), [(1, 1), (7, 6), (9, 13), (40, 20)])
def test_a_sixel_picture_paints_every_point_in_its_colour(width: int, height: int) -> None:
    pixels = bytes((x * y + x) % 5 for y in range(height) for x in range(width))
    palette = [(0, 0, 0), (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]

    assert drawn(sixel(pixels, width, height, palette)) == (
        width,
        height,
        {(x, y): pixels[width * y + x] for y in range(height) for x in range(width)},
    )


def test_kitty_gets_the_picture_in_pieces_asks_nothing_back_and_shows_it_in_marked_cells() -> None:
    png = bytes(range(256)) * 40
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", kitty_picture(png, 77, 12, 5))

    assert standard_b64decode("".join(data for _, data in pieces)) == png
    assert pieces[0][0] == "a=T,U=1,f=100,t=d,q=2,i=77,c=12,r=5,m=1"
    assert all("q=2" in keys and len(data) <= 4096 for keys, data in pieces)
    assert [keys[-3:] for keys, _ in pieces][-2:] == ["m=1", "m=0"]
    assert cell_len(kitty_cells(2, 12)) == 12
    assert kitty_cells(0, 2) == f"{PLACEHOLDER}\u0305\u0305{PLACEHOLDER}\u0305\u030d"


@pytest.mark.parametrize(
    ("environment", "wish", "way"),
    [
        ({"TERM": "xterm-256color"}, "", "blocks"),
        ({"TERM": "xterm-kitty", "COLORTERM": "truecolor"}, "", "kitty"),
        ({"TERM": "xterm-kitty"}, "", "blocks"),
        ({"TERM": "xterm-kitty", "COLORTERM": "truecolor", "TMUX": "/tmp/tmux"}, "", "blocks"),
        ({"TERM": "foot"}, "", "sixel"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, "", "sixel"),
        ({"TERM": "screen-256color", "TERM_PROGRAM": "WezTerm"}, "", "blocks"),
        ({"TERM": "linux"}, "", "blocks"),
        ({"TERM": "foot", "NO_COLOR": "1"}, "", "none"),
        ({"WT_SESSION": "x"}, "", "blocks"),
        ({"WT_SESSION": "x"}, "sixel", "sixel"),
        ({"TERM": "foot"}, "blocks", "blocks"),
        ({"TERM": "foot"}, "nonsense", "sixel"),
    ],
)
def test_only_a_terminal_that_names_itself_gets_its_protocol(environment: dict[str, str], wish: str, way: str) -> None:
    assert way_of(environment, wish) == way


def test_a_picture_is_made_to_fit_its_cells_and_a_broken_file_is_none(tmp_path: Path) -> None:
    path, broken = tmp_path / "a.png", tmp_path / "b.png"
    Image.new("RGB", (400, 100), (200, 30, 30)).save(path)
    broken.write_bytes(b"\x89PNG not really")
    shown = prepare(path, "sixel", 20, 10, (10, 20))
    assert shown is not None
    assert (shown.columns, shown.rows, shown.number) == (20, 3, 0)
    assert drawn(shown.sent)[:2] == (200, 50)
    sent = prepare(path, "kitty", 20, 10, (10, 20))
    assert sent is not None
    assert Image.open(BytesIO(standard_b64decode(re.findall(r";([^\x1b]*)\x1b", sent.sent)[0]))).size == (200, 50)

    assert prepare(broken, "sixel", 20, 10, (10, 20)) is None
