"""The switchboard: theme, language, keymap, palette and the first screen. It decides nothing about contests."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any

from textual.app import SystemCommand
from textual.driver import Driver
from textual.screen import Screen
from textual.widget import AwaitMount

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import LANGUAGES
from judge_tui.i18n import translator as _t
from judge_tui.settings import Settings
from judge_tui.ui.keys import APP_COMMANDS, Command, bindings, keys_left
from judge_tui.ui.looks import PLAIN_BOXES, Keep, LooksApp


class JudgeApp(LooksApp):
    """Runs one first screen; `self.exit(code)` ends with an exit code."""

    TITLE = "judge-tui"
    BINDINGS = bindings(APP_COMMANDS)
    CSS = (
        """
    Screen { background: $background; }
    Button, Button.-primary { border: none; height: 1; min-width: 10; padding: 0 2; background: $panel; color: $foreground; }
    Button:focus, Button.-primary:focus { background: $primary; color: $background; text-style: bold; border: none; }
    Button:hover, Button.-primary:hover { background: $primary 60%; border: none; }
    Input, Input:focus { border: tall transparent; background: $panel; }
    Input.-textual-compact, Input.-textual-compact:focus { border: none; }
    """
        + PLAIN_BOXES
    )

    def __init__(
        self,
        first: Callable[[], Screen[Any]],
        settings: Settings | None = None,
        *,
        compatible: bool = False,
        keep: Keep | None = None,
        **options: Any,
    ) -> None:
        """`first` makes the first screen once the program is up; `compatible` draws boxes of plain characters; `keep`
        takes a choice that is to hold from now on."""
        self._first, self._settings = first, settings or Settings()
        super().__init__(self._settings, compatible=compatible, keep=keep, **options)
        self.set_keymap(self._settings.keymap)

    def get_driver_class(self) -> type[Driver]:
        """Windows gets the driver with our repairs."""
        if sys.platform == "win32":
            from judge_tui.ui.windows_driver import JudgeWindowsDriver

            return JudgeWindowsDriver
        return super().get_driver_class()

    async def on_mount(self) -> None:
        self.set_class(self.compatible, "-compatible")
        _t.on_switch(self._retranslate)
        await self.open_first()

    async def open_first(self) -> None:
        """Make the first screen and show it."""
        await self.show_first(self._first())
        await self.hear_early_keys()

    def show_first(self, screen: Screen[Any]) -> AwaitMount:
        """Show the first screen; the program ends with it."""
        return self.push_screen(screen, lambda _: self.exit(0))

    def on_unmount(self) -> None:
        _t.forget(self._retranslate)

    def exit(self, *arguments: Any, **options: Any) -> None:
        """End the program; a screen that has something half typed to write down is given the time."""
        for screen in self.screen_stack:
            leaving = getattr(screen, "leaving", None)
            if leaving is not None:
                leaving()
        super().exit(*arguments, **options)

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command as this person has set them."""
        return keys_left(command, self._settings.keymap)

    def _retranslate(self) -> None:
        for screen in self.screen_stack:
            retranslate = getattr(screen, "retranslate", None)
            if retranslate is not None:
                retranslate()

    def show_error(self, error: JudgeTuiError) -> None:
        """The one dialog for errors."""
        from judge_tui.ui.dialogs.error import ErrorDialog

        self.push_screen(ErrorDialog(error))

    def _screen_commands(self) -> tuple[Command, ...]:
        return tuple(getattr(self.screen, "commands_here", getattr(self.screen, "KEYS", ())))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Every command of the screen and of the program, once each, in the reader's language."""
        for command in (*getattr(screen, "commands_here", getattr(screen, "KEYS", ())), *APP_COMMANDS):
            if command.listed and command.action != "app.command_palette":
                yield SystemCommand(_t(command.title), _t(command.tooltip), self._runner(screen, command.action))

    def _runner(self, screen: Screen[Any], action: str) -> Callable[[], Any]:
        return lambda: self.call_later(screen.run_action, action)

    def action_help(self) -> None:
        from judge_tui.ui.dialogs.help import HelpDialog

        if isinstance(self.screen, HelpDialog):
            return
        about = getattr(self.screen, "about_here", getattr(self.screen, "ABOUT", msg("Every key that works here:")))
        focused = getattr(self.focused, "help_text", None)
        self.push_screen(HelpDialog(about, focused if isinstance(focused, Message) else None, self._screen_commands()))

    def action_switch_language(self) -> None:
        """Chinese to English and back."""
        names = list(LANGUAGES)
        _t.switch(names[(names.index(_t.language) + 1) % len(names)])
