"""Pictures and states through JSON: the same out as in, and nothing else taken in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge_tui.domain.ceremony.machine import Act, Ceremony, Move, State
from judge_tui.domain.ceremony.picture import Picture, Progress, picture_of
from judge_tui.domain.ceremony.show import Options, Slide
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.services.hall.picture_codec import decode, encode
from tests.domain.ceremony.shows import show

MOVES = st.sampled_from(
    [Move.FORWARD, Move.FORWARD, Move.BACK, Move.ALL, Move.BLANK, Move.SLIDE, Move.CLOCK, Move.LIFT]
)


@given(st.lists(st.tuples(MOVES, st.integers(0, 9)), max_size=30))
def test_any_state_and_picture_comes_back_as_it_was(moves: list[tuple[Move, int]]) -> None:
    ceremony = Ceremony(show(Options(slides=(Slide("鸣谢", ("一", "二"), sponsor=True),))))
    for move, number in moves:
        try:
            ceremony = ceremony.act(Act(move, number))
        except JudgeTuiError:
            continue
    picture = picture_of(ceremony, Progress(3, 4))

    assert decode(Picture, json.loads(json.dumps(encode(picture)))) == picture
    assert decode(State, json.loads(json.dumps(encode(ceremony.state)))) == ceremony.state


def test_messages_keep_their_places_lists_and_plurals() -> None:
    message = msg("a {one} of {many}", one=nmsg("{count} sheet", "{count} sheets", 2), many=("x", msg("y"), 3))

    assert str(decode(Message, json.loads(json.dumps(encode(message))))) == "a 2 sheets of x, y, 3"


TURN = {"kind": "turn", "title": "x"}


@pytest.mark.parametrize(
    "raw",
    [
        None,
        7,
        [],
        {},
        {"kind": "turn"},
        {"kind": "flight", "title": "x"},
        {**TURN, "page": 1.5},
        {**TURN, "lines": [{"text": 5}]},
        {**TURN, "names": [{"number": True}]},
    ],
)
def test_what_is_no_picture_is_refused(raw: object) -> None:
    with pytest.raises(ValueError):
        decode(Picture, raw)
