"""The tables of the READMEs, made from the code: `python -m tests.house.readme` writes them, a test compares them."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from judge_tui.cli import COMMANDS
from judge_tui.domain.messages import Message
from judge_tui.i18n import Translator, translator
from judge_tui.ui.keys import APP_COMMANDS, Command, key_name
from judge_tui.ui.screen import AppScreen

ROOT = Path(__file__).parents[2]
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}


def screens() -> list[tuple[str, Message | None, tuple[Command, ...]]]:
    """Every screen with keys of its own: its module's name, what it is for, its commands."""
    found = []
    for path in sorted((ROOT / "judge_tui" / "ui" / "screens").glob("*.py")):
        module = import_module(f"judge_tui.ui.screens.{path.stem}")
        for item in vars(module).values():
            if (
                isinstance(item, type)
                and issubclass(item, AppScreen)
                and item.__module__ == module.__name__
                and item.KEYS
            ):
                found.append((path.stem, getattr(item, "ABOUT", None), item.KEYS))
    return found


def key_table(t: Translator) -> str:
    heads = ("Where", "Key", "Does", "Name") if t.language == "en" else ("页面", "按键", "作用", "名称")
    lines = [f"| {' | '.join(heads)} |", "|---|---|---|---|"]
    everywhere = "everywhere" if t.language == "en" else "所有页面"
    for where, _, commands in [(everywhere, None, APP_COMMANDS), *screens()]:
        for command in commands:
            if not command.listed:
                continue
            keys = " ".join(f"`{t.render(key_name(key))}`" for key in command.keys.split(","))
            lines.append(f"| {where} | {keys} | {t.render(command.tooltip)} | `{command.id}` |".replace("\\|", "|"))
    return "\n".join(lines)


def command_table(t: Translator) -> str:
    """Help texts are fixed when a command is loaded, so this reads them through the live catalogue by their English."""
    lines = ["| | |", "|---|---|"]
    for name, place in COMMANDS.items():
        module, attribute = place.split(":")
        command = getattr(import_module(module), attribute)
        lines.append(f"| `judge-tui {name}` | {command.get_short_help_str(200)} |")
    return "\n".join(lines)


def filled(text: str, language: str) -> str:
    """The README with both tables as they should be."""
    t = Translator(language)
    for name, table in (("commands", command_table(t)), ("keys", key_table(t))):
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda found, table=table: f"{found[1]}{table}\n{found[2]}",
            text,
            flags=re.S,
        )
    return text


def main(language: str) -> None:
    translator.switch(language)
    path = READMES[language]
    path.write_text(filled(path.read_text(encoding="utf-8"), language), encoding="utf-8")


if __name__ == "__main__":
    import sys

    main(sys.argv[1])
