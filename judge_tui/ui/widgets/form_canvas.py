"""How the form of one organisation is painted, and what is in focus on it. `score_form` listens to keys and the mouse."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.geometry import Offset

from judge_tui.domain.messages import Message, msg
from judge_tui.domain.seat import Card
from judge_tui.ui.widgets.form_details import FieldView, explained
from judge_tui.ui.widgets.form_layout import Layout, Page, lay_out
from judge_tui.ui.widgets.scrolled import ScrolledLines


class FormCanvas(ScrolledLines):
    """Paints a `Card` and its fields; one key repaints the lines that it changes."""

    DEFAULT_CSS = """
    FormCanvas { width: 1fr; height: 1fr; padding: 0 1; background: $background; }
    FormCanvas > .form--banner { background: $primary; color: $background; text-style: bold; }
    FormCanvas > .form--banner-about { background: $primary; color: $background; }
    FormCanvas > .form--state { color: $warning; text-style: bold; }
    FormCanvas > .form--pointer { color: $accent; text-style: bold; }
    FormCanvas > .form--name { color: $foreground; text-style: bold; }
    FormCanvas > .form--label { color: $foreground; }
    FormCanvas > .form--field { background: $panel; color: $foreground; }
    FormCanvas > .form--field-focus { background: $accent; color: $background; text-style: bold; }
    FormCanvas > .form--field-error { background: $error; color: $background; }
    FormCanvas > .form--error { color: $error; text-style: bold; }
    FormCanvas:nocolor > .form--error { color: $foreground; text-style: bold reverse; }
    FormCanvas > .form--hint { color: $foreground 65%; }
    FormCanvas > .form--text { color: $foreground 80%; }
    FormCanvas > .form--band { color: $success; }
    FormCanvas > .form--total { text-style: bold; }
    FormCanvas > .form--button { background: $panel; color: $foreground; }
    FormCanvas > .form--button-focus { background: $primary; color: $background; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "form--banner", "form--banner-about", "form--state", "form--pointer", "form--name", "form--label", "form--field",
        "form--field-focus", "form--field-error", "form--error", "form--hint", "form--text", "form--band", "form--total",
        "form--button", "form--button-focus",
    }  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.card: Card | None = None
        self.onward: Message = msg("Next")
        self.judge = ""
        """The judge's name, to notice that he is the officer in charge."""
        self.note = ""
        """The judge's own note on this organisation, shown below."""
        self.aside: Message | None = None
        """What is to be said above the fields just now."""
        self.spacious = False
        """Whether lines stand further apart."""
        self.hint = False
        """Whether three lines say how it is done: before the first mark."""
        self.focus_index = 0
        self._fields: tuple[FieldView, ...] = ()
        self._layout = Layout((), ())

    @property
    def field(self) -> FieldView | None:
        """The field in focus, None on the line that leads onward."""
        return self._fields[self.focus_index] if self.focus_index < len(self._fields) else None

    @property
    def help_text(self) -> Message:
        """What the field under the cursor takes, for the help key."""
        if self.field is None:
            return msg("Enter goes on to the next organisation.")
        return explained(self.field.criterion)

    def on_resize(self) -> None:
        self.settle()

    def on_focus(self) -> None:
        self.settle()

    def settle(self) -> None:
        """Lay everything out anew and repaint the lines that came out different."""
        if self.card is None or not self.size.width:
            return
        size = self.size
        page = Page(size.width, size.height, self.spacious, self.judge, self.note, self.hint, self.aside)
        self._layout = lay_out(self.card, self._fields, self.focus_index, page, self.onward)
        line, column = self._layout.spots[self.focus_index]
        self.show_lines(self._layout.lines, self._layout.foot, keep=line, pinned=self._layout.pinned)
        if self.has_focus:
            caret = cell_len(self.field.text.text[: self.field.text.caret]) + 2 if self.field is not None else 0
            origin = self.content_region.offset
            self.app.cursor_position = origin + Offset(column + caret, line - self.top)
