"""A picture as rows: what stands where, how large, on how many pages, at any size of terminal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len

from judge_tui.domain.ceremony.picture import Kind, Picture
from judge_tui.domain.ceremony.words import strip_words
from judge_tui.domain.messages import Message, msg
from judge_tui.ui.hall.board import board_pages
from judge_tui.ui.hall.cards import card_pages, progress_rows, title_rows, turn_rows
from judge_tui.ui.hall.photos import Develop, no_photos, photo_pages
from judge_tui.ui.hall.rows import EMPTY, Pages, Role, Row, centred, cut, middle, one_page, padded

Say = Callable[[Message], str]


@dataclass(frozen=True, slots=True)
class Laid:
    """A laid-out picture: exactly as many rows as the terminal has, and how many pages the picture needs."""

    rows: tuple[Row, ...]
    pages: int = 1


def lay_out(
    picture: Picture,
    width: int,
    height: int,
    say: Say,
    *,
    now: int = 0,
    turned: int = 0,
    solid: bool = False,
    develop: Develop = no_photos,
) -> Laid:
    """Lay a picture out on `width` × `height` cells.

    `now` (milliseconds) is for the clock, `turned` adds to the page, `develop` draws photos.
    """
    if picture.kind is Kind.BLANK:
        return Laid((EMPTY,) * height)
    room = max(1, height - 2 - picture.lift)
    if picture.kind is Kind.PHOTOS:
        pages = photo_pages(picture, width, room, say, now, solid, develop)
    else:
        pages = _pages(picture, width, room, say, now, solid)
    page = (picture.page + turned) % pages.count
    body = middle(pages.draw(page), room)
    head, foot = _bars(picture, width, say, page, pages.count)
    rows = [head, *body, foot, *[EMPTY] * picture.lift]
    return Laid(tuple((rows + [EMPTY] * height)[:height]), pages.count)


def _pages(picture: Picture, width: int, room: int, say: Say, now: int, solid: bool) -> Pages:
    match picture.kind:
        case Kind.TITLE:
            return one_page(title_rows(picture, width, room, say, solid))
        case Kind.TURN:
            return one_page(turn_rows(picture, width, room, say, now, solid))
        case Kind.PROGRESS:
            return one_page(progress_rows(picture, width, room, say, solid))
        case Kind.BOARD:
            return board_pages(picture, width, room, say, solid)
        case _:
            return card_pages(picture, width, room, say, solid)


def _bars(picture: Picture, width: int, say: Say, page: int, pages: int) -> tuple[Row, Row]:
    """The event's title above and the page below; across both, what must not be mistaken for the real thing."""
    marked = strip_words(picture)
    if marked is not None:
        words = say(marked)
        times = max(1, width // (cell_len(words) + 6))
        line = padded(centred(cut("   ".join([words] * times), width), width), width)
        strip: Row = tuple((text, Role.STRIP) for text, _ in line)
        return strip, strip
    head = EMPTY if picture.kind is Kind.TITLE else centred(picture.title, width, Role.MUTED)
    foot = [say(msg("result {code}", code=picture.code))] if picture.code else []
    foot += [f"{page + 1} / {pages}"] if pages > 1 else []
    return head, centred("     ".join(foot), width, Role.MUTED) if foot else EMPTY
