"""The rooms of a screen on one line, each with the digit that opens it; a click does the same."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message as UiMessage
from textual.widget import Widget

from judge_tui.domain.messages import Message
from judge_tui.i18n import translator as _t


class SectionBar(Widget):
    """Shows the sections, the open one in reverse, and a count beside those that ask for attention."""

    DEFAULT_CSS = """
    SectionBar { height: 1; width: 1fr; background: $panel; color: $foreground; }
    """

    class Chosen(UiMessage):
        """A section was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, sections: Sequence[Message]) -> None:
        super().__init__()
        self._sections = tuple(sections)
        self._current = 0
        self._counts: dict[int, int] = {}
        self._spots: list[tuple[int, int]] = []

    def mark(self, current: int, counts: dict[int, int]) -> None:
        """Which section is open, and the counts beside some of them."""
        self._current, self._counts = current, counts
        self.refresh()

    def render(self) -> Content:
        shown: list[Content] = []
        self._spots = []
        column = 0
        texts = [self._text(index) for index in range(len(self._sections))]
        gap = 1 if sum(cell_len(text) + 1 for text in texts) <= self.size.width else 0
        if not gap:
            texts = [text.strip() + " " for text in texts]
        for index, text in enumerate(texts):
            style = "bold $background on $primary" if index == self._current else ""
            shown += [Content.styled(text, style), Content(" " * gap)]
            width = cell_len(text) + gap
            self._spots.append((column, column + width))
            column += width
        return Content.assemble(*shown)

    def _text(self, index: int) -> str:
        count = self._counts.get(index, 0)
        return f" {index + 1} {_t(self._sections[index])}{f'({count})' if count else ''} "

    def on_click(self, event: events.Click) -> None:
        for index, (left, right) in enumerate(self._spots):
            if left <= event.x < right:
                event.stop()
                self.post_message(self.Chosen(index))
