"""What has arrived: the matrix, what stands under the cursor in words, and what each shape means."""

from __future__ import annotations

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label

from judge_tui.domain.event import Criterion
from judge_tui.domain.matrix import STATE_WORDS, Cell, matrix
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.table.overview import Overview
from judge_tui.ui.widgets.matrix import MatrixGrid
from judge_tui.ui.widgets.matrix_cells import LEGEND, SHAPES, total_text


class MatrixPanel(Vertical):
    """The first panel: who has handed in what."""

    DEFAULT_CSS = """
    MatrixPanel .here { height: 1; width: 1fr; background: $surface; padding: 0 1; }
    MatrixPanel .legend { height: auto; max-height: 3; width: 1fr; color: $foreground 70%; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        yield MatrixGrid()
        yield Label(classes="here", markup=False)
        yield Label(classes="legend", markup=False)

    criterion: Criterion | None = None
    """The one criterion that is shown, None for all together."""

    @property
    def grid(self) -> MatrixGrid:
        """The matrix itself."""
        return self.query_one(MatrixGrid)

    def next_criterion(self, view: Overview) -> None:
        """One criterion after another, then all together."""
        steps = [None, *view.event.criteria]
        here = next((place for place, item in enumerate(steps) if item == self.criterion), 0)
        self.criterion = steps[(here + 1) % len(steps)]
        self.show(view)

    def show(self, view: Overview) -> None:
        """Show what has arrived."""
        one = self.criterion
        self.grid.show(view.matrix if one is None else matrix(view.event, view.ballots, one.id))
        self._describe()
        self.query_one(".legend", Label).update(self._legend())

    @on(MatrixGrid.Moved)
    def _describe(self) -> None:
        here = self.grid.here
        label = self.query_one(".here", Label)
        if here is None:
            label.update(_t(msg("Every judge has handed in everything.")) if self.grid.only_waiting else "")
            return
        judge, organisation, cell = here
        text = msg(
            "{judge} for {number} {organisation}: {state}",
            judge=judge.name,
            number=organisation.number,
            organisation=organisation.name,
            state=described(cell),
        )
        if self.criterion is not None:
            text = msg("{about} ({criterion} alone)", about=text, criterion=self.criterion.name)
        label.update(_t(text))

    def _legend(self) -> Content:
        """What the shapes mean; a line never ends between a shape and its meaning."""
        named = [(_t(SHAPES[state]).strip(), _t(STATE_WORDS[state])) for state in LEGEND]
        pieces: list[Content] = []
        column = 0
        for mark, meaning in (*named, ("*", _t(msg("from paper")))):
            width = cell_len(mark) + cell_len(meaning) + 4
            if column + width > self.size.width - 2:
                pieces.append(Content("\n"))
                column = 0
            pieces += [Content.styled(mark, "bold"), Content(f" {meaning}   ")]
            column += width
        return Content.assemble(*pieces)

    def on_resize(self) -> None:
        self.query_one(".legend", Label).update(self._legend())


def described(cell: Cell) -> Message:
    """One cell in words: its state, how many marks, their sum."""
    words = STATE_WORDS[cell.state]
    if cell.asked:
        words = msg("{state}, {given} of {asked} marks", state=words, given=cell.given, asked=cell.asked)
    total = total_text(cell)
    if total:
        words = msg("{state}, {total} points together", state=words, total=total)
    return msg("{state}, from paper", state=words) if cell.paper else words
