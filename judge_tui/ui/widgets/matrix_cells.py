"""How a matrix cell looks: a word of one hanzi or letter and a shape, so that no state is told by colour alone."""

from __future__ import annotations

from judge_tui.domain.matrix import Cell, CellState
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.domain.numbers import decimal_text

SHAPES: dict[CellState, Message] = {
    CellState.NOTHING: verbatim("  "),
    CellState.BLANK: verbatim(" ."),
    CellState.PARTIAL: verbatim(" ~"),
    CellState.ZERO: verbatim(" 0"),
    CellState.GIVEN: verbatim(" +"),
    CellState.SUBMITTED: verbatim(" ✓"),
    CellState.ABSENT: msg("AB"),
    CellState.RECUSED: msg("RC"),
    CellState.WITHDRAWN: msg("WD"),
    CellState.LATE: msg("LT"),
    CellState.CONFLICT: msg("!!"),
}
"""Two cells wide in every language."""

LEGEND = (
    CellState.SUBMITTED,
    CellState.GIVEN,
    CellState.PARTIAL,
    CellState.BLANK,
    CellState.ZERO,
    CellState.ABSENT,
    CellState.RECUSED,
    CellState.WITHDRAWN,
    CellState.LATE,
    CellState.CONFLICT,
)
"""The order in which the states are explained beneath the matrix."""

MARK_WIDTH = 7
SHAPE_WIDTH = 3


def total_text(cell: Cell) -> str:
    """A sheet's sum with as many decimals as it needs, two at most; empty where there is none."""
    if cell.total is None:
        return ""
    for places in (0, 1):
        if (cell.total * 10**places).denominator == 1:
            return decimal_text(cell.total, places)
    return decimal_text(cell.total, 2)


def shows_total(cell: Cell) -> bool:
    """Whether the sum says more than the state's shape."""
    return (
        cell.state in (CellState.GIVEN, CellState.SUBMITTED, CellState.ZERO, CellState.PARTIAL)
        and cell.total is not None
    )
