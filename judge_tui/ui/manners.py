"""What Textual's App says and does otherwise than our readers need: keys pressed too early, Ctrl+C, the palette's words."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import App
from textual.command import CommandPalette

from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t


class MannerlyApp(App[int]):
    """Keeps the keys that are pressed before the first screen is up, and speaks the reader's language."""

    DEFAULT_CSS = """
    CommandPalette SearchIcon { display: none; }
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._early: list[events.Key] | None = []

    async def on_event(self, event: events.Event) -> None:
        """Keys wait until there is a screen for them."""
        if self._early is not None and isinstance(event, events.Key) and not event.is_forwarded:
            self._early.append(event)
        else:
            await super().on_event(event)

    async def hear_early_keys(self) -> None:
        """The first screen is up: what was pressed before goes to it, in order."""
        early, self._early = self._early or [], None
        for event in early:
            # Enter pressed before the terminal was taken over arrives as the line's end.
            await super().on_event(events.Key("enter", "\r") if event.key == "ctrl+j" else event)

    def action_help_quit(self) -> None:
        """Ctrl+C copies where there is something to copy; who wants to leave by it is told how."""
        self.notify(_t(msg("Everything is saved. Ctrl+Q leaves.")), markup=False)

    def action_command_palette(self) -> None:
        """Every command, found by name."""
        if self.use_command_palette and not isinstance(self.screen, CommandPalette):
            self.push_screen(
                CommandPalette(placeholder=_t(msg("Type a part of the command's name")), id="--command-palette")
            )
