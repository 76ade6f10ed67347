"""The only reader of the environment, the settings file and the folders of this machine."""

from __future__ import annotations

import locale
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg, verbatim

APP = "judge-tui"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set: language (`zh`, `en`, empty for the system's), theme, compatibility mode, keys by id, and how
    pictures are shown (`kitty`, `sixel`, `blocks`, `none`; empty for what the terminal says it can)."""

    language: str = ""
    theme: str = ""
    compatible: bool | None = None
    keymap: dict[str, str] = field(default_factory=dict)
    pictures: str = ""


def environment() -> Mapping[str, str]:
    """What the terminal and the desktop say of themselves, for those who look at them."""
    return os.environ


def home() -> Path:
    """The folder of this user's keys, settings and recent files; `JUDGE_TUI_HOME` moves it."""
    moved = os.environ.get("JUDGE_TUI_HOME")
    if moved:
        return Path(moved)
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False)


def keys_folder() -> Path:
    """Where this user's signing keys are; they never lie inside a contest's file."""
    return home() / "keys"


def passphrase() -> str:
    """The passphrase of locked keys for programs without a terminal (`JUDGE_TUI_PASSPHRASE`); empty for none."""
    return os.environ.get("JUDGE_TUI_PASSPHRASE", "")


def settings_file() -> Path:
    """Where the settings file is, whether or not there is one."""
    return home() / "settings.toml"


@lru_cache(maxsize=1)
def load() -> Settings:
    """The settings; defaults where there is no file. Raises JudgeTuiError where it cannot be read."""
    path = settings_file()
    try:
        raw = tomllib.loads(path.read_bytes().decode())
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as error:
        raise JudgeTuiError(
            "SETTINGS",
            msg("The settings file {path} cannot be read: {reason}", path=str(path), reason=verbatim(error)),
            msg("Mend it, or delete it to return to the defaults."),
        ) from error
    keymap = raw.get("keys", {})
    language, theme, compatible = raw.get("language", ""), raw.get("theme", ""), raw.get("compatible")
    pictures = raw.get("pictures", "")
    if not (
        isinstance(language, str)
        and isinstance(theme, str)
        and isinstance(compatible, bool | None)
        and pictures in ("", "kitty", "sixel", "blocks", "none")
        and isinstance(keymap, dict)
        and all(isinstance(value, str) for value in keymap.values())
    ):
        raise JudgeTuiError(
            "SETTINGS",
            msg("The settings file {path} has a value of the wrong kind", path=str(path)),
            msg(
                "language and theme are texts, compatible is true or false, pictures is kitty, sixel, blocks or none, "
                "[keys] has texts only."
            ),
        )
    return Settings(language, theme, compatible, dict(keymap), pictures)


def remember(name: str, value: str | bool) -> None:
    """Put one setting into the settings file; whatever else a person wrote there stays as it is.

    Where the file cannot be read or written nothing is remembered: no work depends on it.
    """
    path = settings_file()
    text = f'"{value}"' if isinstance(value, str) else str(value).lower()
    try:
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        lines = before.splitlines()
        head = next((place for place, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
        place = next((at for at in range(head) if lines[at].partition("=")[0].strip() == name), None)
        lines[head if place is None else place : head if place is None else place + 1] = [f"{name} = {text}"]
        after = "\n".join(lines) + "\n"
        if tomllib.loads(after) != tomllib.loads(before) | {name: value}:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(after, encoding="utf-8", newline="\n")
        part.replace(path)
    except (OSError, ValueError):
        return
    load.cache_clear()


def system_language() -> str:
    """`zh` where the system speaks Chinese, else `en`: LC_ALL, LC_MESSAGES, LANG, then the system's own setting."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import ctypes

        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x04 else "en"
    return "zh" if (locale.getlocale()[0] or "").lower().startswith("zh") else "en"


def data_folder() -> Path:
    """The sample events: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "data"
    return inside if inside.is_dir() else package.parent / "data"


def package_folder() -> Path:
    """The program itself."""
    return Path(__file__).parent


def pack_folder() -> Path:
    """The launchers and the page for judges that `pack` writes."""
    return Path(__file__).parent / "pack"


def docs_folder() -> Path:
    """The help pages that ship with the program."""
    return Path(__file__).parent / "docs"


def let_the_pager_show_colours() -> None:
    """`less` shows the codes of colours as they are, unless it is told otherwise; a person's own choice is kept."""
    os.environ.setdefault("LESS", "-R")


def templates_folder() -> Path:
    """The commented definitions that `new` writes, one for each kind of contest and language."""
    return Path(__file__).parent / "templates"


def font_folders() -> tuple[Path, ...]:
    """Where this system keeps fonts; not all of them need be there."""
    if sys.platform == "win32":
        own = os.path.expandvars(r"%LOCALAPPDATA%\Microsoft\Windows\Fonts")
        return Path(os.path.expandvars(r"%WINDIR%\Fonts")), Path(own)
    if sys.platform == "darwin":
        system = Path("/System/Library/Fonts")
        return system, system / "Supplemental", Path("/Library/Fonts"), Path.home() / "Library" / "Fonts"
    own_folders = (Path.home() / ".local/share/fonts", Path.home() / ".fonts")
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), *own_folders
