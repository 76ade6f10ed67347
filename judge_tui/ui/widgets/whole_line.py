"""What a narrow list had to cut: the whole text of the line under the cursor, beneath the list."""

from __future__ import annotations

from textual.widgets import Label

from judge_tui.ui.widgets.canvas import wrap

MOST = 4
"""Lines that it may take from the screen."""


class WholeLine(Label):
    """There only while something of the chosen line is cut."""

    DEFAULT_CSS = """
    WholeLine { display: none; width: 1fr; height: auto; max-height: 4; padding: 0 1; background: $panel; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)

    def tell(self, cut: str) -> None:
        """Show this text, or nothing."""
        self.display = bool(cut)
        self.update("\n".join(wrap(cut, max(20, self.app.size.width - 2), MOST)))
