"""How the program looks: colours and boxes. A person's choice by key is kept, so that it is made once on a laptop."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from judge_tui.settings import Settings, environment
from judge_tui.ui.manners import MannerlyApp
from judge_tui.ui.theme import DARK, LIGHT, THEMES

Keep = Callable[[str, "str | bool"], None]
"""Keeps one setting by its name."""


PLAIN_BOXES = """
    .-compatible Dialog > .dialog, .-compatible KitsScreen #kits, .-compatible StartScreen #start,
    .-compatible PresenterScreen HallCanvas { border: ascii $primary; }
    .-compatible ConflictDialog .value { border: ascii $panel; }
    .-compatible ConflictDialog .value.-chosen { border: ascii $accent; }
    .-compatible Input, .-compatible Input:focus, .-compatible Toast, .-compatible CommandPalette * { border: none; }
"""
"""What has a border of lines. Styles of the whole program: a widget's own do not look at the classes above it."""


class LooksApp(MannerlyApp):
    """Begins with the looks that were chosen before, else with what the terminal says of itself."""

    def __init__(
        self, settings: Settings, *, compatible: bool = False, keep: Keep | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self._keep = keep
        wide = compatible or _console_draws_lines_wide()
        self.compatible = wide if settings.compatible is None else settings.compatible
        if self.compatible:
            plain_bars(True)
        for theme in THEMES:
            self.register_theme(theme)
        begun = LIGHT.name if is_light(environment()) else DARK.name
        self.theme = settings.theme if settings.theme in self.available_themes else begun

    def action_next_theme(self) -> None:
        """The next of our themes."""
        names = [theme.name for theme in THEMES]
        here = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(here + 1) % len(names)]
        if self._keep is not None:
            self._keep("theme", self.theme)

    def action_toggle_compatible(self) -> None:
        """Boxes of plain characters, or of lines."""
        self.compatible = not self.compatible
        self.set_class(self.compatible, "-compatible")
        plain_bars(self.compatible)
        for screen in self.screen_stack:
            for widget in screen.query("*"):
                getattr(widget, "settle", bool)()
        self.refresh(layout=True)
        if self._keep is not None:
            self._keep("compatible", self.compatible)


def plain_bars(plain: bool) -> None:
    """Scroll bars without the eighths of a block at their ends, which such consoles draw double width; or with them."""
    from textual.scrollbar import ScrollBar, ScrollBarRender

    class PlainBars(ScrollBarRender):
        VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
        HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8

    ScrollBar.renderer = PlainBars if plain else ScrollBarRender


def is_light(variables: Mapping[str, str]) -> bool:
    """Whether the terminal says (`COLORFGBG`: konsole, rxvt, iTerm2, xfce) that its background is white.

    The others could be asked for their colour, but Textual takes an answer that comes late for keys.
    """
    return variables.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")


def _console_draws_lines_wide() -> bool:
    """Consoles of Chinese Windows may; others are not asked, for some would have to be waited for."""
    if sys.platform == "win32":
        from judge_tui.services.laptops.terminal import draws_lines_wide

        return draws_lines_wide(environment())
    return False
