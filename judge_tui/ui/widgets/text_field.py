"""A line for words, written with or without an input method."""

from __future__ import annotations

from textual.geometry import Offset
from textual.widgets import Input


class TextField(Input):
    """Textual's input, with the terminal's caret where the next character goes.

    Textual 8.2.8 puts it one cell too far right at the end of the text, so that an input method draws what is being composed
    beside its place; and a blinking caret repaints for ever.
    """

    def __init__(
        self,
        value: str = "",
        *,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
        placeholder: str = "",
        compact: bool = False,
    ) -> None:
        super().__init__(value, name=name, id=id, placeholder=placeholder, compact=compact)
        self.cursor_blink = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where an input method shows what is being composed."""
        offset = super().cursor_screen_offset
        return Offset(offset.x - 1, offset.y) if self.cursor_at_end else offset
