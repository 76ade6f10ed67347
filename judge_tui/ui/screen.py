"""What every screen has: its commands as bindings, and new words when the language is switched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen, Screen

from judge_tui.ui.keys import Command, bindings

T = TypeVar("T")


class AppScreen(Screen[T], Generic[T]):
    """A screen whose keys come from its command table `KEYS`."""

    KEYS: ClassVar[tuple[Command, ...]] = ()

    def __init_subclass__(cls) -> None:
        if "KEYS" in cls.__dict__:
            extra: list[BindingType] = list(cls.__dict__.get("BINDINGS", []))
            cls.BINDINGS = [*bindings(cls.KEYS), *extra]
        super().__init_subclass__()

    def keys_of(self, command: Command) -> Sequence[str]:
        """The keys of a command as this person has set them."""
        return self.app.keys_of(command) if hasattr(self.app, "keys_of") else command.keys.split(",")

    def retranslate(self) -> None:
        """Show everything in the new language; the default composes the screen anew. Override to keep what was typed."""
        self.refresh(recompose=True)


class Dialog(ModalScreen[T], Generic[T]):
    """A question above a screen; its answer is what the screen awaits."""

    KEYS: ClassVar[tuple[Command, ...]] = ()

    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > .dialog {
        width: 64; max-width: 94%; height: auto; max-height: 90%; padding: 1 2;
        background: $surface; border: round $primary;
    }
    Dialog .dialog-title { text-style: bold; color: $accent; margin-bottom: 1; width: 1fr; }
    Dialog .dialog-text { width: 1fr; margin-bottom: 1; }
    Dialog .dialog-line { height: 1; width: 1fr; margin-bottom: 1; }
    Dialog .dialog-name { width: auto; min-width: 10; max-width: 34; height: 1; padding-right: 1; }
    Dialog .dialog-line Input { width: 1fr; padding: 0 1; }
    Dialog .dialog-buttons { height: auto; align-horizontal: right; }
    Dialog .dialog-buttons Button { margin-left: 2; }
    """

    def __init_subclass__(cls) -> None:
        if "KEYS" in cls.__dict__:
            extra: list[BindingType] = list(cls.__dict__.get("BINDINGS", []))
            cls.BINDINGS = [*bindings(cls.KEYS), *extra]
        super().__init_subclass__()

    def retranslate(self) -> None:
        """Show everything in the new language."""
        self.refresh(recompose=True)
