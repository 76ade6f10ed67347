"""The one line at the foot of a screen: the keys that work now, in the reader's language; a click does what the key does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import APP_COMMANDS, Command, key_name


class KeyBar(Widget):
    """Shows the commands of the screen, then those of the whole program, as far as the line is wide."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $panel; color: $foreground; }
    """

    def __init__(self, commands: Iterable[Command]) -> None:
        super().__init__()
        self._commands = [item for item in (*commands, *APP_COMMANDS) if item.bar]
        self._spots: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        """The line: key in reverse, then what it does; help has its place at the end however narrow the line is."""
        shown: list[Content] = []
        spots: list[tuple[int, int, str]] = []
        column = 0
        usable = [item for item in self._commands if self._works(item)]
        help_width = sum(self._width(item) for item in usable if item.id == "app.help")
        helped = False
        for command in usable:
            width = self._width(command)
            if command.id == "app.help":
                helped = True
            elif column + width > self.size.width - (0 if helped else help_width):
                continue
            shown += [
                Content.styled(f" {self._key(command)} ", "bold $background on $primary"),
                Content(f" {_t(command.title)} "),
            ]
            spots.append((column, column + width, command.action))
            column += width
        self._spots = spots
        return Content.assemble(*shown)

    def _works(self, command: Command) -> bool:
        if not self._keys(command):
            return False
        return command.action.startswith("app.") or bool(self.screen.check_action(command.action.partition("(")[0], ()))

    def _width(self, command: Command) -> int:
        return cell_len(self._key(command)) + cell_len(_t(command.title)) + 4

    def _key(self, command: Command) -> str:
        return _t(key_name(self._keys(command)[0]))

    def _keys(self, command: Command) -> Sequence[str]:
        return self.app.keys_of(command) if hasattr(self.app, "keys_of") else command.keys.split(",")

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the pointer does."""
        for left, right, action in self._spots:
            if left <= event.x < right:
                event.stop()
                await self.screen.run_action(action)
