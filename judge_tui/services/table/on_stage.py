"""What the hall sees at this moment, in a line for the organiser's table."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.ceremony.picture import Kind, Picture
from judge_tui.domain.ceremony.words import clock_words
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.turn_time import clock_text
from judge_tui.services.hall.windows import hall_path, read_hall

SHOWN: dict[Kind, Message] = {
    Kind.BLANK: msg("nothing, the screen is blank"),
    Kind.TITLE: msg("the title"),
    Kind.CARD: msg("a card"),
    Kind.PROGRESS: msg("the progress of the scoring"),
    Kind.BOARD: msg("the board"),
}
"""Pictures without somebody on the stage, in words."""


def seen_in_the_hall(event_file: Path) -> Picture | None:
    """What the hall's windows show now; None before anything was shown."""
    saved = read_hall(hall_path(event_file))
    return saved.picture if saved is not None else None


def in_a_line(picture: Picture, now: int) -> Message:
    """Who is on the stage and how long, or what else is shown; `now` in milliseconds."""
    if picture.turn is None:
        what = picture.heading if picture.heading is not None else SHOWN.get(picture.kind, SHOWN[Kind.CARD])
        return msg("In the hall: {what}", what=what)
    here = msg("In the hall: {number} {name}", number=picture.turn.number, name=picture.turn.name)
    clock = picture.clock
    if clock is None or not clock.shown:
        return here
    seconds = clock.seconds(now)
    running = clock.since is not None
    return msg(
        "{here}   {clock} ({state}, {limits})",
        here=here,
        clock=clock_text(seconds),
        state=msg("running") if running else msg("stopped"),
        limits=clock_words(clock, seconds),
    )
