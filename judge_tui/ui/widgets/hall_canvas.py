"""The hall's whole screen as one widget: it draws a picture row by row, so that a step is one repaint and nothing flickers."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from judge_tui.domain.ceremony.picture import Picture
from judge_tui.i18n import translator as _t
from judge_tui.ui.hall.layout import Laid, lay_out
from judge_tui.ui.hall.rows import Role, Row
from judge_tui.ui.widgets.half_blocks import half_blocks


class HallCanvas(Widget):
    """Shows one picture. `now` is the clock's time in milliseconds, `turned` pages turned by the screen itself; `solid`
    draws without block characters, for consoles that draw those double width."""

    DEFAULT_CSS = """
    HallCanvas { width: 1fr; height: 1fr; background: $background; }
    """

    def __init__(self, picture: Picture, *, solid: bool = False, media: Path | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._picture, self._now, self._turned, self._foot = picture, 0, 0, ""
        self.solid, self._media = solid, media
        self._laid: tuple[object, Laid] | None = None
        self._styles: tuple[str, dict[Role, Style]] = ("", {})

    @property
    def pages(self) -> int:
        """How many pages the present picture needs at the present size."""
        return self._layout().pages

    def show(self, picture: Picture, *, now: int = 0, turned: int = 0, foot: str = "") -> None:
        """Draw this picture from now on; `foot` is a quiet line at the very bottom. Only rows that change are sent to the
        terminal, so that a running clock is a few rows a second and nothing else moves."""
        before, above = self._laid[1].rows if self._laid else (), self._foot
        self._picture, self._now, self._turned, self._foot = picture, now, turned, foot
        after = self._layout().rows
        if len(before) != len(after):
            self.refresh()
            return
        width, last = self.size.width, len(after) - 1
        changed = {row for row, (old, new) in enumerate(zip(before, after)) if old != new}
        if above != foot:
            changed.add(last)
        if changed:
            self.refresh(*(Region(0, row, width, 1) for row in sorted(changed)))

    def _layout(self) -> Laid:
        clock = self._picture.clock
        second = clock.seconds(self._now) if clock else 0
        key = (self._picture, self.size, self._turned, second, self.solid, _t.language)
        if self._laid is None or self._laid[0] != key:
            width, height = self.size
            laid = lay_out(
                self._picture,
                width,
                height,
                _t.render,
                now=self._now,
                turned=self._turned,
                solid=self.solid,
                develop=self.developed,
            )
            self._laid = (key, laid)
        return self._laid[1]

    def developed(self, file: str, columns: int, rows: int) -> list[Row] | None:
        """A photo of the media folder; None for what is not in it or is no picture."""
        if self._media is None:
            return None
        path = (self._media / file).resolve()
        if not path.is_relative_to(self._media.resolve()):
            return None
        return _developed(path, columns, rows, self.solid)

    def _style(self, role: Role | Style) -> Style:
        if isinstance(role, Style):
            return role
        if self._styles[0] != self.app.theme:
            self._styles = (self.app.theme, styles_of(self.app.current_theme.to_color_system().generate()))
        return self._styles[1][role]

    def render_line(self, y: int) -> Strip:
        rows = self._layout().rows
        row = rows[y] if y < len(rows) else ()
        if self._foot and y == self.size.height - 1 and not row:
            row = ((f" {self._foot}", Role.MUTED),)
        strip = Strip([Segment(text, self._style(role)) for text, role in row if text])
        return strip.adjust_cell_length(self.size.width, self._style(Role.PAPER))


@lru_cache(maxsize=16)
def _developed(path: Path, columns: int, rows: int, solid: bool) -> list[Row] | None:
    drawn = half_blocks(path, columns, rows, compatible=solid)
    if drawn is None:
        return None
    return [
        tuple((line.plain[span.start : span.end], _style(span.style)) for span in line.spans)
        for line in drawn.split("\n")
    ]


def _style(style: str | Style) -> Style:
    return style if isinstance(style, Style) else Style.parse(style)


def styles_of(colours: dict[str, str]) -> dict[Role, Style]:
    """Each role in the colours of a theme."""
    paper, ink, accent = colours["background"], colours["foreground"], colours["accent"]
    return {
        Role.PAPER: Style(color=ink, bgcolor=paper),
        Role.INK: Style(color=ink, bgcolor=paper, bold=True),
        Role.ACCENT: Style(color=accent, bgcolor=paper, bold=True),
        Role.MUTED: Style(color=colours["primary"], bgcolor=paper),
        Role.BAR: Style(color=ink, bgcolor=colours["panel"]),
        Role.WARNING: Style(color=colours["error"], bgcolor=paper, bold=True),
        Role.STRIP: Style(color=paper, bgcolor=colours["warning"], bold=True),
        Role.FILL: Style(color=paper, bgcolor=ink),
        Role.FILL_ACCENT: Style(color=paper, bgcolor=accent),
    }
