"""An organisation's materials: what it promised, then each paper with its caption, and its picture where the terminal can show one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Static

from judge_tui.domain.commitments import Commitment, line, tally
from judge_tui.domain.event import Material
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.canvas import wrap
from judge_tui.ui.widgets.evidence import NARROWEST, WIDEST, Evidence, is_picture, look, pictures_of, way_here


class MaterialsDialog(Dialog[None]):
    """Promises, papers and pictures of one organisation; arrows and pages scroll."""

    KEYS = (
        Command("materials.close", "escape,enter", "close", msg("Close"), msg("Back to the screen")),
        Command("materials.up", "up", "roll(-2)", msg("Up"), msg("Scroll up"), bar=False),
        Command("materials.down", "down", "roll(2)", msg("Down"), msg("Scroll down"), bar=False),
        Command("materials.page_up", "pageup", "roll(-14)", msg("Page up"), msg("Scroll a page up"), bar=False),
        Command("materials.page_down", "pagedown", "roll(14)", msg("Page down"), msg("Scroll a page down"), bar=False),
    )

    DEFAULT_CSS = """
    MaterialsDialog > .dialog { width: 94%; height: 94%; }
    MaterialsDialog VerticalScroll { height: 1fr; margin-bottom: 1; }
    MaterialsDialog .caption { color: $accent; }
    MaterialsDialog .evidence { height: auto; }
    MaterialsDialog Evidence { width: 1fr; }
    MaterialsDialog .hint { color: $foreground 65%; width: 1fr; }
    MaterialsDialog .promise { margin-left: 2; }
    """

    def __init__(
        self, title: Message, materials: Sequence[Material], folder: Path, commitments: Sequence[Commitment] = ()
    ) -> None:
        super().__init__()
        self._commitments = tuple(commitments)
        self._heading, self._materials, self._folder = title, tuple(materials), folder

    def compose(self) -> ComposeResult:
        columns, rows = max(20, self.app.size.width - 16), max(8, self.app.size.height - 14)
        with Vertical(classes="dialog"):
            yield Static(_t(self._heading), classes="dialog-title", markup=False)
            with VerticalScroll(can_focus=False):
                if self._commitments:
                    counts = msg("Commitments: {counts}", counts=tally(self._commitments).words)
                    yield Static(_t(counts), classes="caption", markup=False)
                for number, promise in enumerate(self._commitments, 1):
                    # Wrapped here: Chinese has no blanks to break at, and a break after the number would look odd.
                    words = "\n".join(wrap(f"{number}. {_t(line(promise))}", columns - 2, 8))
                    yield Static(words, classes="promise", markup=False)
                beside = max(1, min(columns // NARROWEST, len(pictures_of(self._materials, self._folder))))
                each = min(columns // beside - 2, WIDEST)
                for row in self._rows(beside):
                    with Horizontal(classes="evidence"):
                        yield from (Evidence(look(item, self._folder, each, rows, self._way())) for item in row)
            with Horizontal(classes="dialog-buttons"):
                yield Static(_t(msg("Up, Down, PgUp, PgDn: more")), classes="hint")
                yield Button(_t(msg("Close")), variant="primary")

    def _rows(self, beside: int) -> Iterator[tuple[Material, ...]]:
        """Pictures beside one another where the window is wide enough, papers each on a line; in the order given."""
        row: list[Material] = []
        for material in self._materials:
            picture = is_picture(self._folder / material.file)
            if row and (len(row) == beside or not picture):
                yield tuple(row)
                row = []
            if picture:
                row.append(material)
            else:
                yield (material,)
        if row:
            yield tuple(row)

    def _way(self) -> str:
        return way_here(colours=not self.app.no_color, compatible=bool(getattr(self.app, "compatible", False)))

    def action_roll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    @on(Button.Pressed)
    def action_close(self) -> None:
        self.dismiss(None)
