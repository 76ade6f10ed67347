"""An organisation's pictures on the hall's screen, side by side with their captions, the name and the clock above."""

from __future__ import annotations

from collections.abc import Callable

from judge_tui.domain.ceremony.picture import Picture
from judge_tui.domain.ceremony.show import Photo
from judge_tui.domain.messages import Message, msg
from judge_tui.ui.hall.fit import fit
from judge_tui.ui.hall.rows import EMPTY, PLAIN_ENOUGH, Pages, Role, Row, big, centred, cut, padded, row_width

Say = Callable[[Message], str]
Develop = Callable[[str, int, int], list[Row] | None]
"""A file of the media folder in at most so many columns and rows; None where it cannot be shown."""

NARROWEST = 30
"""Columns a picture has at least; with fewer there are fewer on a page."""

WHEN = {"before": msg("Before"), "during": msg("During"), "after": msg("After")}


def no_photos(file: str, columns: int, rows: int) -> list[Row] | None:
    """Where there is no media folder, captions stand alone."""
    return None


def photo_pages(picture: Picture, width: int, room: int, say: Say, now: int, solid: bool, develop: Develop) -> Pages:
    """The pictures of who is on, as many beside one another as are wide enough."""
    turn, clock = picture.turn, picture.clock
    assert turn is not None
    seconds = clock.seconds(now) if clock and clock.shown else None
    words = [say(msg("No. {number}", number=turn.number)), turn.name]
    words += [f"{seconds // 60:02d}:{seconds % 60:02d}"] if seconds is not None else []
    title = "   ".join(words)
    large = fit(title, width - 2, 8, solid=solid, lines=1) if room > PLAIN_ENOUGH else None
    head = big(large, width, Role.INK, solid=solid) if large else [centred(title, width)]
    beside = max(1, min(len(turn.photos), width // NARROWEST))
    each = width // beside

    def draw(page: int) -> list[Row]:
        shown = turn.photos[page * beside : (page + 1) * beside]
        columns = [_column(photo, each, room - len(head) - 1, say, develop) for photo in shown]
        rows = [tuple(piece for row in line for piece in padded(row, each)) for line in zip(*columns, strict=True)]
        return [*head, EMPTY, *rows]

    return Pages(max(1, -(-len(turn.photos) // beside)), draw)


def _column(photo: Photo, width: int, height: int, say: Say, develop: Develop) -> list[Row]:
    """A picture in the middle of its column and its caption below; the caption alone where it cannot be shown."""
    when = f"{say(WHEN[photo.when])}  " if photo.when in WHEN else ""
    caption = centred(cut(when + (photo.caption or photo.file), width - 2), width)
    drawn = develop(photo.file, width - 2, max(1, height - 2)) or []
    inner = max((row_width(row) for row in drawn), default=0)
    margin = (" " * ((width - inner) // 2), Role.PAPER)
    rows = [(margin, *row) for row in drawn[: max(0, height - 2)]]
    above = max(0, height - 2 - len(rows)) // 2
    column: list[Row] = [EMPTY] * above + [*rows, EMPTY, caption]
    return (column + [EMPTY] * height)[:height]
