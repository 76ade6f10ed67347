"""The hall in a browser: each picture as a frame of plain texts, and the page that draws frames, alone or from a server."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from judge_tui.domain.ceremony.machine import Act, Ceremony, Move, Stage
from judge_tui.domain.ceremony.picture import Kind, Picture, picture_of
from judge_tui.domain.ceremony.show import Show, StepKind
from judge_tui.domain.ceremony.words import board_row, clock_words, common_score, strip_words
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg

Say = Callable[[Message], str]
Frame = dict[str, Any]

_PAGE = Path(__file__).with_name("page.html")


def frame_of(picture: Picture, say: Say, now: int = 0) -> Frame:
    """A picture as the page draws it: texts in the reader's language. `now` (milliseconds) is for the clock."""
    strip, score, turn, clock = strip_words(picture), common_score(picture.names), picture.turn, picture.clock
    frame: Frame = {
        "kind": picture.kind.value,
        "title": picture.title,
        "heading": say(picture.heading) if picture.heading else "",
        "names": [entry.name for entry in picture.names],
        "score": say(score) if score else "",
        "lines": [say(line) for line in picture.lines],
        "rows": [list(board_row(entry, picture, say)) for entry in picture.entries],
        "photos": [],
        "page": picture.page,
        "lift": picture.lift,
        "strip": say(strip) if strip else "",
        "foot": say(msg("result {code}", code=picture.code)) if picture.code else "",
    }
    if turn is not None:
        number = say(msg("No. {number}", number=turn.number))
        frame["heading"], frame["names"] = number, [turn.name]
        if picture.kind is Kind.PHOTOS:
            frame["heading"], frame["names"] = f"{number}  {turn.name}", []
        frame["lines"] = [text for text in ("   ".join(filter(None, (turn.area, turn.presenter))),) if text]
        frame["photos"] = [[f"media/{photo.file}", photo.caption] for photo in turn.photos]
    if clock is not None and clock.shown:
        seconds = clock.seconds(now)
        frame["clock"] = f"{seconds // 60:02d}:{seconds % 60:02d}"
        frame["over"] = bool(clock.most) and seconds > clock.most
        frame["lines"].append(say(clock_words(clock, seconds)))
    if picture.progress is not None and picture.progress.expected:
        frame["progress"] = [picture.progress.received, picture.progress.expected]
    return frame


def live_page(title: str, language: str) -> str:
    """The page that asks its server for pictures."""
    return _filled(title, language, None)


def result_page(show: Show, say: Say, language: str) -> str:
    """One self-contained page with the whole result, revealed by the space bar on any machine, without a network.

    Raises JudgeTuiError (`PROVISIONAL`) where the result is not final.
    """
    if show.lacks and not show.rehearsal:
        raise JudgeTuiError(
            "PROVISIONAL",
            msg("The result is not final and is not written: {lacks}", lacks=show.lacks[:5]),
            msg("Settle what is named first."),
        )
    return _filled(show.title, language, _frames(show, say))


def _frames(show: Show, say: Say) -> list[Frame]:
    """From the closed result to the board and the awards, one frame a press."""
    ceremony = Ceremony(show).act(Act(Move.GO, text=Stage.SEALED))
    frames = [frame_of(picture_of(ceremony), say)]
    while not (ceremony.state.stage is Stage.AWARDS and ceremony.state.award == len(show.awards)):
        ceremony = ceremony.act(Act(Move.FORWARD, 1))
        shown = show.steps[ceremony.state.shown - 1] if ceremony.state.shown else None
        frame = frame_of(picture_of(ceremony), say)
        if ceremony.state.stage is Stage.REVEAL and shown is not None and shown.kind is StepKind.PLACE:
            frame["place"] = shown.place
        frames.append(frame)
        if ceremony.state.stage is Stage.BOARD and not show.awards:
            break
    return frames


def _filled(title: str, language: str, frames: list[Frame] | None) -> str:
    data = json.dumps(frames, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":  # nothing in the data may end the script it stands in
        data = data.replace(character, f"\\u{ord(character):04x}")
    page = _PAGE.read_text(encoding="utf-8")
    head, _, tail = page.replace("@LANG@", {"zh": "zh-CN"}.get(language, language)).partition("@FRAMES@")
    return head.replace("@TITLE@", html.escape(title)) + data + tail
