"""Dates as people write them."""

from __future__ import annotations

from judge_tui.domain.messages import Message, msg, verbatim

MONTHS = (
    msg("January"),
    msg("February"),
    msg("March"),
    msg("April"),
    msg("May"),
    msg("June"),
    msg("July"),
    msg("August"),
    msg("September"),
    msg("October"),
    msg("November"),
    msg("December"),
)


def date_words(date: str) -> Message:
    """2021-12-20 as 2021年12月20日 or 20 December 2021; anything else as it stands."""
    pieces = date.split("-")
    if len(pieces) == 3 and all(piece.isdecimal() for piece in pieces) and 1 <= int(pieces[1]) <= 12:
        year, month, day = map(int, pieces)
        return msg("{day} {month} {year}", year=year, month=MONTHS[month - 1], day=day)
    return verbatim(date)
