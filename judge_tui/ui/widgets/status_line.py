"""One line above the key bar for what has just happened, and for what stays wrong until it is mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from judge_tui.domain.messages import Message
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import Canvas, Part


class StatusLine(Canvas):
    """A trouble stays until it is over and hides what else is said meanwhile."""

    DEFAULT_CSS = """
    StatusLine { height: 1; background: $background; color: $foreground 80%; }
    StatusLine > .status--trouble { background: $error; color: $background; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--trouble"}

    def __init__(self) -> None:
        super().__init__()
        self._said: Message | None = None
        self._trouble: Message | None = None

    def say(self, message: Message | None) -> None:
        """What has just happened; None says nothing."""
        self._change(message, self._trouble)

    def trouble(self, message: Message | None) -> None:
        """What is wrong until this is called with None."""
        self._change(self._said, message)

    def _change(self, said: Message | None, trouble: Message | None) -> None:
        if (said, trouble) != (self._said, self._trouble):
            self._said, self._trouble = said, trouble
            self.refresh()

    def parts(self, y: int) -> Sequence[Part]:
        if self._trouble is not None:
            return ((" ! " + _t(self._trouble) + " ", "status--trouble"),)
        return ((" " + _t(self._said), ""),) if self._said is not None else ()
