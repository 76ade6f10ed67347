"""What a picture says in words, the same on a terminal and in a browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from judge_tui.domain.ceremony.picture import Clock, Picture
from judge_tui.domain.ceremony.show import Entry
from judge_tui.domain.messages import Message, msg


def strip_words(picture: Picture) -> Message | None:
    """What must stand above and below a picture that must not be mistaken for the real thing."""
    return strip_words_of(rehearsal=picture.rehearsal, provisional=picture.provisional)


def strip_words_of(*, rehearsal: bool, provisional: bool) -> Message | None:
    """The same for anything that shows results."""
    if rehearsal:
        return msg("REHEARSAL, made-up results")
    return msg("PROVISIONAL, not final") if provisional else None


def common_score(entries: Sequence[Entry]) -> Message | None:
    """The score that all have, None where they differ or are not published."""
    scores = {entry.score for entry in entries}
    return msg("{score} points", score=scores.pop()) if len(scores) == 1 and "" not in scores else None


def clock_words(clock: Clock, seconds: int) -> Message:
    """What the clock means: the limits, the time left near the end, or how far over it is."""
    if clock.most and seconds > clock.most:
        return msg("{seconds} s over time", seconds=seconds - clock.most)
    if clock.most and clock.most - seconds <= 60 and seconds:
        return msg("{seconds} s left", seconds=clock.most - seconds)
    if clock.least and clock.most:
        return msg("{least} to {most} minutes", least=_minutes(clock.least), most=_minutes(clock.most))
    if clock.most:
        return msg("{most} minutes at most", most=_minutes(clock.most))
    return msg("no time limit")


def _minutes(seconds: int) -> str:
    return str(seconds // 60) if seconds % 60 == 0 else f"{seconds // 60}:{seconds % 60:02d}"


def board_row(
    entry: Entry, picture: Picture, say: Callable[[Message], str], *, short: bool = False
) -> tuple[str, str, str]:
    """Place, name and what stands at the right: score, award, or why there is no place. `short` marks ties by one sign."""
    place = "" if entry.place is None else str(entry.place)
    if entry.tied:
        place = say(msg("{place}=", place=place) if short else msg("{place} tied", place=place))
    right = [entry.score] if entry.score else []
    if entry.awards and not (picture.places and right):
        right.insert(0, " ".join(entry.awards))
    return place, entry.name, say(entry.note) if entry.note is not None else " ".join(right)
