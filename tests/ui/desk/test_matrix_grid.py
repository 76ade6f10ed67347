"""The matrix at any size: only what is visible is painted, and no state is told by colour or by a doubtful width."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from fractions import Fraction

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from judge_tui.domain.event import GroupId, Judge, JudgeId, Organisation, OrganisationId
from judge_tui.domain.matrix import Cell, CellState, Matrix, Received
from judge_tui.i18n import translator
from judge_tui.ui.widgets.canvas import Part
from judge_tui.ui.widgets.matrix import MatrixGrid
from judge_tui.ui.widgets.matrix_cells import SHAPES, total_text


def big(judges: int, organisations: int) -> Matrix:
    """A matrix in which every state occurs."""
    states = list(CellState)
    people = tuple(Judge(JudgeId(f"j{number}"), f"评委{number:03}", GroupId("g")) for number in range(judges))
    villages = tuple(
        Organisation(OrganisationId(f"o{number}"), number + 1, f"村{number}") for number in range(organisations)
    )
    cells = tuple(
        tuple(Cell(states[(row + column) % len(states)], 5, 10, Fraction(90)) for column in range(organisations))
        for row in range(judges)
    )
    return Matrix(people, villages, cells, tuple(Received(judge, 5, 10, 1, 2, 0) for judge in people))


class Counting(MatrixGrid):
    """Notes which lines are painted."""

    painted: list[int]

    def parts(self, y: int) -> Sequence[Part]:
        self.painted.append(y)
        return super().parts(y)


class Stage(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.grid = Counting()
        self.grid.painted = []

    def compose(self) -> ComposeResult:
        yield self.grid


@pytest.mark.parametrize(("judges", "organisations"), [(36, 40), (500, 30), (30, 500)])
async def test_a_step_paints_the_lines_it_touches_whatever_the_size(judges: int, organisations: int) -> None:
    app = Stage()
    async with app.run_test(size=(160, 50)) as pilot:
        app.grid.show(big(judges, organisations))
        app.grid.focus()
        await pilot.press("down", "right")
        app.grid.painted.clear()
        await pilot.press("down")
        step = set(app.grid.painted)
        app.grid.painted.clear()
        await pilot.press("pagedown")
        page = len(set(app.grid.painted))

    assert step == {0, 2, 3}
    assert page <= 50


async def test_the_cursor_reaches_every_corner() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.grid.show(big(500, 30))
        app.grid.focus()
        await pilot.press("ctrl+end")
        assert app.grid.here is not None
        end = (app.grid.here[0].id, app.grid.here[1].id)
        last_line = "".join(text for text, _ in app.grid.parts(23))
        await pilot.press("ctrl+home")
        assert app.grid.here is not None

    assert end == ("j499", "o29")
    assert last_line.startswith("评委499")
    assert (app.grid.row, app.grid.column) == (0, 0)


async def test_a_click_chooses_a_cell() -> None:
    app = Stage()
    async with app.run_test(size=(80, 24)) as pilot:
        app.grid.show(big(36, 40))
        left = 7 + 12
        await pilot.click(Counting, offset=(left + 3 * 2 + 1, 4))

    assert app.grid.here is not None
    assert (app.grid.here[0].id, app.grid.here[1].id) == ("j3", "o2")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_state_has_a_shape_of_its_own_two_cells_wide(language: str) -> None:
    translator.switch(language)
    shapes = [translator.render(shape) for shape in SHAPES.values()]

    assert len(set(shapes)) == len(CellState)
    assert {cell_len(shape) for shape in shapes} == {2}
    assert not [shape for shape in shapes if any(unicodedata.east_asian_width(sign) == "A" for sign in shape)]


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (None, ""),
        (Fraction(90), "90"),
        (Fraction(181, 2), "90.5"),
        (Fraction(1, 3), "0.33"),
        (Fraction(92125, 1000), "92.13"),
    ],
)
def test_sums_are_as_short_as_they_can_be(total: Fraction | None, text: str) -> None:
    assert total_text(Cell(CellState.GIVEN, total=total)) == text
