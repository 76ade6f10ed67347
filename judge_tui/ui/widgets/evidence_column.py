"""A column of pictures beside what is worked on; they are read by the side, so that no key waits for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.worker import get_current_worker

from judge_tui.domain.event import Material
from judge_tui.ui.widgets.evidence import WIDEST, Evidence, Sight, look, pictures_of, way_here


class EvidenceColumn(VerticalScroll, can_focus=False):
    """Shows the pictures among an organisation's materials, as large as lets three stand below one another."""

    DEFAULT_CSS = """
    EvidenceColumn { height: 1fr; padding: 0 1; background: $surface; scrollbar-size-vertical: 1; }
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._materials: tuple[Material, ...] = ()
        self._shown: tuple[tuple[Material, ...], int, int] | None = None
        self._sights: tuple[Sight, ...] = ()

    def show(self, materials: Sequence[Material]) -> None:
        """Show these, where there is a picture among them."""
        self._materials = pictures_of(materials, self._folder)
        self.display = bool(self._materials)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        width, height = self.size
        wanted = (self._materials, width, height)
        if self.display and width and wanted != self._shown:
            self._shown = wanted
            app = self.app
            way = way_here(colours=not app.no_color, compatible=bool(getattr(app, "compatible", False)))
            self._read(self._materials, min(width - 2, WIDEST), max(6, height // min(3, len(self._materials)) - 2), way)

    @work(thread=True, exclusive=True)
    def _read(self, materials: tuple[Material, ...], columns: int, rows: int, way: str) -> None:
        sights = tuple(look(item, self._folder, columns, rows, way) for item in materials)
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._put, materials, sights)

    def _put(self, materials: tuple[Material, ...], sights: tuple[Sight, ...]) -> None:
        if materials == self._materials and self.is_mounted:
            self._sights = sights
            self.refresh(recompose=True)

    def compose(self) -> ComposeResult:
        yield from (Evidence(sight) for sight in self._sights)
