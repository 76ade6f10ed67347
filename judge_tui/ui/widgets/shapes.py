"""The shapes of states: one cell each, told apart without colour, none of them drawn double width by Chinese consoles."""

from __future__ import annotations

from judge_tui.domain.seat import SeatState

_SHAPES = {
    SeatState.NOT_BEGUN: "◦.",
    SeatState.BEGUN: "▫~",
    SeatState.COMPLETE: "✓v",
    SeatState.LATER: "»>",
    SeatState.RECUSED: "✗x",
    SeatState.WITHDRAWN: "--",
    SeatState.SUBMITTED: "▪#",
    SeatState.REOPENED: "!!",
}


def shape(state: SeatState, compatible: bool) -> str:
    """The state's shape; in compatibility mode from plain characters only."""
    return _SHAPES[state][compatible]
