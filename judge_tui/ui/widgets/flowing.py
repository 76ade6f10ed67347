"""A sentence that flows over as many lines as it takes, broken where print breaks Chinese: no line begins with `，` or `。`."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from judge_tui.ui.widgets.canvas import wrap


class Flowing(Widget):
    """Plain words; the terminal's own breaking would tear a Latin word from the Chinese around it and strand a full stop."""

    DEFAULT_CSS = """
    Flowing { height: auto; width: 1fr; }
    """

    def __init__(self, text: str, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._text = text

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, len(self._lines(width)))

    def render(self) -> Content:
        return Content("\n".join(self._lines(self.content_size.width)))

    def _lines(self, width: int) -> list[str]:
        return wrap(self._text, width) if width > 1 else [self._text]
