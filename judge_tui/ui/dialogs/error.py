"""One of the two places that render errors: a dialog that stays until it has been read."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Label

from judge_tui.domain.errors import DefinitionError, JudgeTuiError, MarksFileError
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.flowing import Flowing


class ErrorDialog(Dialog[None]):
    """Title, what happened, where, and what to do."""

    KEYS = (Command("error.close", "escape", "close", msg("Close"), msg("I have read it")),)

    DEFAULT_CSS = """
    ErrorDialog > .dialog { border: round $error; }
    ErrorDialog .problems { height: auto; max-height: 30vh; margin-bottom: 1; }
    ErrorDialog .hint { color: $accent; width: 1fr; margin-bottom: 1; }
    """

    def __init__(self, error: JudgeTuiError) -> None:
        super().__init__()
        self.error = error

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self.error.title), classes="dialog-title")
            yield Flowing(_t(self.error.message), classes="dialog-text")
            if isinstance(self.error, (DefinitionError, MarksFileError)):
                with VerticalScroll(classes="problems"):
                    for problem in self.error.problems:
                        place = problem.cell or (str(problem.line) if problem.line else "")
                        where = " ".join(part for part in (place, problem.where) if part)
                        hint = f" → {_t(problem.hint)}" if problem.hint else ""
                        yield Label(f"{where}: {_t(problem.message)}{hint}", markup=False)
            if self.error.hint is not None:
                yield Flowing(_t(self.error.hint), classes="hint")
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Close")), variant="primary")

    @on(Button.Pressed)
    def action_close(self) -> None:
        self.dismiss(None)
