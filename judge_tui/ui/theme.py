"""Colour themes: dark and light for rooms, high contrast for tired eyes and projectors; state never by colour alone."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="judge-dark",
    dark=True,
    primary="#7aa2d6",
    secondary="#93b1a7",
    accent="#e6b450",
    foreground="#e8e6e1",
    background="#15181d",
    surface="#1c2027",
    panel="#262b34",
    success="#7fbf7f",
    warning="#e6b450",
    error="#ec6a5e",
)
LIGHT = Theme(
    name="judge-light",
    dark=False,
    primary="#1f4e8c",
    secondary="#3d6b5c",
    accent="#9a5b00",
    foreground="#1d1f23",
    background="#faf9f5",
    surface="#f1efe8",
    panel="#e3e0d6",
    success="#1f6f35",
    warning="#8a5200",
    error="#b3261e",
)
CONTRAST_DARK = Theme(
    name="judge-contrast",
    dark=True,
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffe600",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    success="#7dff7d",
    warning="#ffe600",
    error="#ff8080",
)
CONTRAST_LIGHT = Theme(
    name="judge-contrast-light",
    dark=False,
    primary="#000000",
    secondary="#000000",
    accent="#7a0000",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#e6e6e6",
    success="#004d00",
    warning="#5c3d00",
    error="#8b0000",
)
THEMES = (DARK, LIGHT, CONTRAST_DARK, CONTRAST_LIGHT)
"""Ours, in the order in which the theme key steps through them."""

KEYCAP = "bold $background on $primary"
"""How the digit in front of a choice looks: as the keys of the key bar do."""
