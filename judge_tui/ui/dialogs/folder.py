"""Choose a folder: one of those where something was found, or any other by its path."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Input, Label, OptionList
from textual.widgets.option_list import Option

from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.numbers import normalise_typed
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.theme import KEYCAP
from judge_tui.ui.widgets.flowing import Flowing
from judge_tui.ui.widgets.text_field import TextField


class FolderDialog(Dialog[Path | None]):
    """Answers an existing folder (or file, where `files` allows it), or None."""

    KEYS = (Command("folder.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),)

    DEFAULT_CSS = """
    FolderDialog OptionList:focus { border: none; }
    FolderDialog OptionList { height: auto; max-height: 9; margin-bottom: 1; border: none; padding: 0; background: $surface; }
    FolderDialog .wrong { color: $error; width: 1fr; height: auto; }
    """

    def __init__(
        self,
        title: Message,
        text: Message,
        found: Sequence[tuple[Path, int | Message]],
        *,
        make: bool = False,
        value: str = "",
    ) -> None:
        """`found` are folders and how many files of use are in them, or what else to know of each; `make` allows a folder that is not there yet."""
        super().__init__()
        self._heading, self._text, self._found, self._make, self._value = title, text, tuple(found), make, value

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self._heading), classes="dialog-title")
            yield Flowing(_t(self._text), classes="dialog-text")
            if self._found:
                yield OptionList(*(self._option(index) for index in range(len(self._found))))
            yield TextField(self._value, placeholder=_t(msg("Path of a folder")))
            yield Label("", classes="wrong", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back")), id="cancel")
                yield Button(_t(msg("OK")), id="ok", variant="primary")

    def _option(self, index: int) -> Option:
        path, about = self._found[index]
        said = _t(nmsg("{count} file", "{count} files", about) if isinstance(about, int) else about)
        return Option(Content.assemble((f" {index + 1} ", KEYCAP), f"  {shortened(path)}  {said}"))

    def on_mount(self) -> None:
        (self.query_one(OptionList) if self._found else self.query_one(Input)).focus()

    def key_tab(self) -> None:
        self.focus_next()

    def on_key(self, event: events.Key) -> None:
        """The digit before a folder chooses it; anything else that is typed at the list is a path, and goes to the line.

        What is typed in the line itself does not come here."""
        if not event.is_printable or not event.character:
            return
        event.stop()
        digit = normalise_typed(event.character)
        typing = (
            bool(self.query_one(Input).value) and not self._value
        )  # letters dragged in come faster than the focus goes
        if typing or not (digit.isascii() and digit.isdecimal()):
            self._to_the_line(event.character)
        elif 0 < int(digit) <= len(self._found):
            self.dismiss(self._found[int(digit) - 1][0])

    def on_paste(self, event: events.Paste) -> None:
        """A folder dragged into the window, or pasted, wherever the cursor is."""
        event.stop()
        self._to_the_line(event.text.splitlines()[0] if event.text else "")

    def _to_the_line(self, text: str) -> None:
        line = self.query_one(Input)
        line.select_on_focus = False  # or the next letter would replace this one
        self.set_focus(line)
        line.insert_text_at_cursor(text)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._found[event.option_index][0])

    @on(Input.Submitted)
    @on(Button.Pressed, "#ok")
    def _accept(self) -> None:
        typed = self.query_one(Input).value.strip().strip("'\"")
        if not typed and self._found:
            self.dismiss(self._found[self.query_one(OptionList).highlighted or 0][0])
            return
        path = Path(typed).expanduser()
        if typed and (path.is_dir() or (self._make and not path.exists())):
            self.dismiss(path)
        elif typed and path.is_file():
            self.dismiss(path if not self._make else None)
        else:
            wrong = msg("There is no such folder: {path}", path=typed) if typed else msg("Nothing was typed")
            self.query_one(".wrong", Label).update(_t(wrong))
            self.query_one(Input).focus()

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(None)


def shortened(path: Path, most: int = 42) -> str:
    """A path that fits: its end, where the names that matter are."""
    text = str(path)
    return text if len(text) <= most else "..." + text[-most:]
