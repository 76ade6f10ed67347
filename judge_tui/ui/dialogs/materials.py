"""An organisation's materials: what it promised, then each paper with its caption, and its picture where the terminal can show one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import Button, Static

from judge_tui.domain.commitments import Commitment, line, tally
from judge_tui.domain.event import Material
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.i18n import translator as _t
from judge_tui.services.laptops.terminal import cell_points
from judge_tui.settings import environment, load
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.canvas import wrap
from judge_tui.ui.widgets.graphics import way_of
from judge_tui.ui.widgets.half_blocks import half_blocks
from judge_tui.ui.widgets.picture_view import PictureView, prepare

WHEN = {"before": msg("Before"), "during": msg("During"), "after": msg("After")}
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"})


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
    MaterialsDialog .caption { color: $accent; margin-top: 1; }
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
                for material in self._materials:
                    path = self._folder / material.file
                    yield Static(_t(self._caption(material, path)), classes="caption", markup=False)
                    if path.suffix.lower() in PICTURES and path.is_file():
                        yield from self._picture(path, min(columns, 72), rows)
            with Horizontal(classes="dialog-buttons"):
                yield Static(_t(msg("Up, Down, PgUp, PgDn: more")), classes="hint")
                yield Button(_t(msg("Close")), variant="primary")

    def _picture(self, path: Path, columns: int, rows: int) -> Iterator[Widget]:
        """The picture by the terminal's own protocol, as half blocks, or not at all."""
        compatible = bool(getattr(self.app, "compatible", False))
        way = "none" if self.app.no_color else "blocks" if compatible else way_of(environment(), load().pictures)
        drawn = prepare(path, way, columns, rows, cell_points()) if way in ("kitty", "sixel") else None
        blocks = half_blocks(path, columns, rows, compatible=compatible) if drawn is None and way != "none" else None
        if drawn is not None:
            yield PictureView(drawn)
        elif blocks is not None:
            yield Static(blocks)

    def _caption(self, material: Material, path: Path) -> Message:
        name = verbatim(material.caption or material.file)
        shown = msg("{when}: {name}", when=WHEN[material.when], name=name) if material.when in WHEN else name
        if not path.is_file():
            return msg("{name} (the file {file} is not on this laptop)", name=shown, file=material.file)
        if material.sha256 and hashlib.sha256(path.read_bytes()).hexdigest() != material.sha256:
            return msg("{name} (the file {file} is not the one that was issued)", name=shown, file=material.file)
        return shown

    def action_roll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    @on(Button.Pressed)
    def action_close(self) -> None:
        self.dismiss(None)
