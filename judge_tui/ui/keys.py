"""The command table: a command is defined once; bindings, key bar, palette, help and the README's table derive from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from textual.binding import Binding, BindingType

from judge_tui.domain.messages import Message, msg

KEY_NAMES = {
    "enter": msg("Enter"),
    "escape": msg("Esc"),
    "space": msg("Space"),
    "tab": msg("Tab"),
    "pageup": msg("PgUp"),
    "pagedown": msg("PgDn"),
    "home": msg("Home"),
    "end": msg("End"),
    "up": msg("Up"),
    "down": msg("Down"),
    "left": msg("Left"),
    "right": msg("Right"),
    "delete": msg("Del"),
    "insert": msg("Ins"),
    "backspace": msg("Backspace"),
}
"""What people call the keys that are not called by their character."""

_FULL_WIDTH_OFFSET = 0xFEE0


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do. `keys` are Textual's names joined by commas, the first is the one shown.

    `id` is stable: the settings file re-maps keys by it. `bar` puts it on the key bar; a hidden one is still in help and
    palette, unless it is not `listed` either, as the second to ninth of nine digits that do the same. `priority` lets it
    through while a field has the focus.
    """

    id: str
    keys: str
    action: str
    title: Message
    tooltip: Message
    bar: bool = True
    priority: bool = False
    listed: bool = True


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """Textual bindings for commands: every single letter or digit also under its full-width twin, as an input method types it."""
    return [
        Binding(
            with_twins(item.keys),
            item.action,
            item.title.text,
            show=False,
            id=item.id,
            priority=item.priority,
            tooltip=item.tooltip.text,
        )
        for item in commands
    ]


def with_twins(keys: str) -> str:
    """`n,f2` becomes `n,ｎ,f2`: what an input method in Chinese mode sends for the same key."""
    wide = []
    for key in keys.split(","):
        wide.append(key)
        if len(key) == 1 and key.isascii() and key.isalnum():
            wide.append(chr(ord(key) + _FULL_WIDTH_OFFSET))
    return ",".join(wide)


def key_name(key: str) -> Message:
    """A key as it is printed on keyboards: `F9`, `Ctrl+Q`, `PgDn`, `A`."""
    *held, last = key.split("+")
    name = KEY_NAMES.get(last) or msg("{verbatim}", verbatim=last.upper() if len(last) <= 3 else last)
    if not held:
        return name
    return msg("{held}+{key}", held="+".join(part.capitalize() for part in held), key=name)


def keys_left(command: Command, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """A command's keys as a person has set them by command id, without those that he gave to another one where it works."""
    own = keymap.get(command.id)
    if own:
        return tuple(own.split(","))
    room = command.id.partition(".")[0]
    others = (keys for name, keys in keymap.items() if name.partition(".")[0] in (room, "app") and name != command.id)
    taken = {key for keys in others for key in keys.split(",")}
    return tuple(key for key in command.keys.split(",") if key not in taken)


APP_COMMANDS = (
    Command("app.help", "f1", "app.help", msg("Help"), msg("Explain this screen and its keys"), priority=True),
    Command(
        "app.language",
        "f12,ctrl+l",
        "app.switch_language",
        msg("中/EN"),
        msg("Switch between Chinese and English"),
        priority=True,
    ),
    Command("app.palette", "ctrl+p", "app.command_palette", msg("Commands"), msg("Every command, by name"), bar=False),
    Command(
        "app.theme",
        "ctrl+t",
        "app.next_theme",
        msg("Theme"),
        msg("The next colour theme: dark, light, high contrast"),
        bar=False,
    ),
    Command(
        "app.compatible",
        "ctrl+b",
        "app.toggle_compatible",
        msg("Plain boxes"),
        msg("Compatibility: boxes of plain characters, for consoles that draw lines double width"),
        bar=False,
    ),
    Command(
        "app.quit", "ctrl+q", "app.quit", msg("Quit"), msg("Leave; everything entered is already saved"), priority=True
    ),
)
"""What works on every screen."""
