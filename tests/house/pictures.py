"""The plain pictures of the sample events, drawn for the purpose: `python -m tests.house.pictures` draws them again.

Each kind of evidence an article names has its own: display boards (展板), slides (PPT), minute books (会议记录), sites (观摩点).
They carry no writing, so that no font is needed and no language is meant.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from judge_tui import settings

SIZE = (320, 200)
RED, GOLD, PAPER, INK, GREEN, BLUE, GREY = (
    (190, 30, 36),
    (240, 190, 70),
    (248, 244, 232),
    (70, 70, 74),
    (86, 148, 92),
    (84, 128, 176),
    (170, 170, 166),
)
Draw = ImageDraw.ImageDraw


def board(draw: Draw, dice: random.Random) -> None:
    """A display board on two legs: a red head, photographs, lines of writing."""
    draw.rectangle((0, 0, 319, 199), fill=(176, 206, 226))
    draw.rectangle((0, 160, 319, 199), fill=(160, 156, 146))
    for leg in (60, 252):
        draw.rectangle((leg, 150, leg + 8, 190), fill=INK)
    draw.rectangle((34, 18, 286, 156), fill=PAPER, outline=INK, width=3)
    draw.rectangle((37, 21, 283, 44), fill=RED)
    draw.rectangle((90, 29, 230, 36), fill=GOLD)
    for column in range(3):
        left = 48 + column * 78
        photo(draw, (left, 54, left + 66, 94), dice)
        for row in range(5):
            draw.rectangle((left, 102 + row * 10, left + dice.randint(40, 66), 105 + row * 10), fill=GREY)


def slide(draw: Draw, dice: random.Random) -> None:
    """A slide: title, bars of a chart, a photograph."""
    draw.rectangle((0, 0, 319, 199), fill=PAPER)
    draw.rectangle((0, 0, 319, 34), fill=RED)
    draw.rectangle((20, 13, dice.randint(150, 240), 21), fill=GOLD)
    for bar in range(5):
        height = dice.randint(30, 110)
        draw.rectangle((28 + bar * 26, 176 - height, 46 + bar * 26, 176), fill=(BLUE, GREEN, GOLD)[bar % 3])
    draw.line((20, 177, 160, 177), fill=INK, width=2)
    photo(draw, (184, 56, 300, 128), dice)
    for row in range(4):
        draw.rectangle((184, 138 + row * 11, 184 + dice.randint(60, 116), 142 + row * 11), fill=GREY)


def minutes(draw: Draw, dice: random.Random) -> None:
    """An open minute book, more or less filled."""
    draw.rectangle((0, 0, 319, 199), fill=(134, 104, 78))
    draw.polygon(((30, 30), (158, 22), (158, 180), (30, 188)), fill=PAPER, outline=INK)
    draw.polygon(((162, 22), (290, 30), (290, 188), (162, 180)), fill=PAPER, outline=INK)
    filled = dice.randint(9, 14)
    for page in (42, 174):
        for row in range(filled if page == 42 else dice.randint(4, filled)):
            top = 42 + row * 10
            draw.line((page, top, page + dice.randint(70, 104), top), fill=(72, 84, 130), width=2)
    draw.ellipse((236, 150, 268, 182), outline=RED, width=3)


def site(draw: Draw, dice: random.Random) -> None:
    """A tidy place: houses, trees, a path."""
    draw.rectangle((0, 0, 319, 119), fill=(142, 198, 236))
    draw.rectangle((0, 110, 319, 199), fill=(132, 180, 104))
    draw.polygon(((140, 110), (180, 110), (240, 199), (80, 199)), fill=(206, 202, 192))
    for left in range(8, 300, 62):
        if not 110 < left + 22 < 200:
            top = dice.randint(50, 76)
            draw.rectangle((left, top, left + 46, 118), fill=dice.choice(((244, 238, 226), (236, 214, 188))))
            draw.polygon(((left - 5, top), (left + 23, top - 22), (left + 51, top)), fill=(156, 72, 58))
            draw.rectangle((left + 8, top + 12, left + 20, top + 24), fill=BLUE)
            draw.rectangle((left + 26, 92, left + 38, 118), fill=(112, 74, 48))
    for _ in range(5):
        x, y = dice.choice((dice.randint(10, 70), dice.randint(250, 305))), dice.randint(130, 180)
        draw.rectangle((x - 2, y, x + 2, y + 12), fill=(104, 76, 50))
        draw.ellipse((x - 12, y - 22, x + 12, y + 2), fill=GREEN)


def worn(draw: Draw, dice: random.Random) -> None:
    """The same kind of place before: grey, heaps, holes in the road."""
    site(draw, dice)
    draw.polygon(((140, 110), (180, 110), (240, 199), (80, 199)), fill=(126, 116, 104))
    for _ in range(9):
        x, y = dice.randint(96, 210), dice.randint(124, 190)
        draw.ellipse((x, y, x + dice.randint(10, 26), y + 7), fill=(86, 80, 74))
    for _ in range(4):
        x, y = dice.randint(10, 280), dice.randint(130, 176)
        draw.polygon(((x, y + 14), (x + 12, y - 6), (x + 28, y + 14)), fill=(116, 104, 84))


def photo(draw: Draw, box: tuple[int, int, int, int], dice: random.Random) -> None:
    """A photograph on a board or a slide: sky, ground and a few people."""
    left, top, right, bottom = box
    ground = (top * 2 + bottom * 3) // 5
    draw.rectangle(box, fill=(150, 200, 232))
    draw.rectangle((left, ground, right, bottom), fill=dice.choice((GREEN, (196, 182, 150))))
    for _ in range(4):
        x = dice.randint(left + 6, right - 8)
        draw.ellipse((x, ground - 9, x + 6, ground - 3), fill=(232, 188, 152))
        draw.rectangle((x - 1, ground - 3, x + 7, ground + 10), fill=dice.choice((RED, BLUE, INK)))


KINDS: dict[str, Callable[[Draw, random.Random], None]] = {
    "board": board,
    "slide": slide,
    "minutes": minutes,
    "site": site,
    "before": worn,
    "after": site,
}
SAMPLES = {
    "caitou": (("board", 10),),
    "wanjia": (("before", 2), ("after", 2)),
    "lecheng": (("slide", 16),),
    "xinjianlu": (("site", 11),),
    "guanyinsi": (("site", 12),),
    "nancao": (("slide", 10),),
    "beixiajie": (("minutes", 6),),
    "dongdajie": (("site", 4),),
}
"""Which sample has how many pictures of which kinds, named `KIND-NN.png`."""


def draw_all(data: Path) -> list[Path]:
    """Draw every picture into the media folders of a data folder."""
    drawn = []
    for name, wanted in SAMPLES.items():
        folder = data / name / "media"
        folder.mkdir(parents=True, exist_ok=True)
        for kind, count in wanted:
            for number in range(1, count + 1):
                # Before and after are of one place: the same dice.
                place = "place" if kind in ("before", "after") else kind
                picture = Image.new("RGB", SIZE)
                KINDS[kind](ImageDraw.Draw(picture), random.Random(f"{name} {place} {number}"))
                path = folder / f"{kind}-{number:02d}.png"
                picture.quantize(24, dither=Image.Dither.NONE).save(path, optimize=True)
                drawn.append(path)
    return drawn


if __name__ == "__main__":
    print(f"{len(draw_all(settings.data_folder()))} pictures drawn")
