"""One line above the key bar for what has just happened, and for what stays wrong until it is mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len

from judge_tui.domain.messages import Message
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import Canvas, Part, fit


class StatusLine(Canvas):
    """A trouble stays until it is over and hides what else is said meanwhile."""

    DEFAULT_CSS = """
    StatusLine { height: 1; background: $background; color: $foreground 80%; }
    StatusLine > .status--trouble { background: $error; color: $background; text-style: bold; }
    StatusLine > .status--aside { background: $panel; color: $accent; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--trouble", "status--aside"}

    def __init__(self) -> None:
        super().__init__()
        self._said: Message | None = None
        self._trouble: Message | None = None
        self._aside: Message | None = None
        self._urgent: Message | None = None

    def say(self, message: Message | None) -> None:
        """What has just happened; None says nothing."""
        self._change(message, self._trouble)

    def urge(self, message: Message) -> None:
        """What has to be seen, until something else is said."""
        self._change(message, self._trouble)
        self._urgent = message
        self.repaint([0])

    def trouble(self, message: Message | None) -> None:
        """What is wrong until this is called with None."""
        self._change(self._said, message)

    def aside(self, message: Message | None) -> None:
        """What stands at the right until it is changed: the clock."""
        if message != self._aside:
            self._aside = message
            self.repaint([0])

    def _change(self, said: Message | None, trouble: Message | None) -> None:
        if (said, trouble) != (self._said, self._trouble):
            self._said, self._trouble = said, trouble
            self.repaint([0])

    def parts(self, y: int) -> Sequence[Part]:
        aside = f" {_t(self._aside)} " if self._aside is not None else ""
        room = max(0, self.size.width - cell_len(aside))
        if self._trouble is not None:
            return ((fit(" ! " + _t(self._trouble), room), "status--trouble"), (aside, "status--aside"))
        if self._said is not None and self._said is self._urgent:
            return ((fit(" ! " + _t(self._said), room), "status--trouble"), (aside, "status--aside"))
        return ((fit(" " + (_t(self._said) if self._said is not None else ""), room), ""), (aside, "status--aside"))
