"""The clock of a turn in words: how long, what is allowed, and by how much it is over or short. Whole seconds."""

from __future__ import annotations

from judge_tui.domain.event import Event, Phase
from judge_tui.domain.messages import Message, msg

WARNING = 30
"""Seconds before the end at which the first bell rings."""


def timed_phase(event: Event) -> Phase | None:
    """The phase whose time the judge's clock keeps: the first one with a limit, else the first with a minimum."""
    limited = [phase for phase in event.phases if phase.max_time]
    short = [phase for phase in event.phases if phase.min_time]
    return next(iter((*limited, *short)), None)


def clock_text(seconds: int) -> str:
    """`05:32`."""
    return f"{seconds // 60:02}:{seconds % 60:02}"


def clock_words(seconds: int, phase: Phase | None) -> Message:
    """The line a judge sees while a turn runs."""
    least, most = (phase.min_time, phase.max_time) if phase is not None else (0, 0)
    time = clock_text(seconds)
    if most and seconds > most:
        return msg(
            "Clock {time}: over by {over} s (limit {most})", time=time, over=seconds - most, most=clock_text(most)
        )
    if least and seconds < least:
        return msg("Clock {time}: at least {least}", time=time, least=clock_text(least))
    if most:
        return msg("Clock {time} of {most}", time=time, most=clock_text(most))
    return msg("Clock {time}", time=time)


def rings(seconds: int, phase: Phase | None) -> bool:
    """Whether the bell rings at this second: shortly before the limit, and at it."""
    return phase is not None and bool(phase.max_time) and seconds in (phase.max_time - WARNING, phase.max_time)
