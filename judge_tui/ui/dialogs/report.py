"""A report to read, and what can be done about it: headings and lines that scroll, above a row of buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Label, Static

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.canvas import wrap

CHROME = 8
"""Lines of the dialog around what scrolls: its border, padding, title and buttons."""

STYLES = {"strong": "bold $accent", "good": "$success", "doubt": "bold $error", "dim": "$foreground 65%", "": ""}


@dataclass(frozen=True, slots=True)
class Told:
    """One line of a report: its words and a tone, empty, `strong` (a heading), `good`, `doubt` or `dim`."""

    text: Message
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be done: a key for the answer and the button's words."""

    key: str
    text: Message


class ReportDialog(Dialog[str]):
    """Answers the key of the button that was pressed, or an empty text. It is as high as its lines, up to the terminal."""

    KEYS = (
        Command("report.close", "escape", "answer('')", msg("Back"), msg("Leave everything as it is")),
        Command("report.up", "up", "roll(-1)", msg("Up"), msg("Scroll up"), bar=False),
        Command("report.down", "down", "roll(1)", msg("Down"), msg("Scroll down"), bar=False),
        Command("report.page_up", "pageup", "roll(-10)", msg("Page up"), msg("Scroll a page up"), bar=False),
        Command("report.page_down", "pagedown", "roll(10)", msg("Page down"), msg("Scroll a page down"), bar=False),
        Command("report.left", "left", "app.focus_previous", msg("Left"), msg("The other button"), bar=False),
        Command("report.right", "right", "app.focus_next", msg("Right"), msg("The other button"), bar=False),
    )

    DEFAULT_CSS = """
    ReportDialog > .dialog { width: 100; padding: 0 2; max-height: 96%; }
    ReportDialog VerticalScroll { height: auto; scrollbar-gutter: stable; }
    ReportDialog .more { width: 1fr; height: 1; color: $foreground 65%; }
    """

    def __init__(self, title: Message, lines: Sequence[Told], answers: Sequence[Answer] = ()) -> None:
        super().__init__()
        self._heading, self._lines, self._answers = title, tuple(lines), tuple(answers)

    def compose(self) -> ComposeResult:
        width = min(100, self.app.size.width * 94 // 100) - 8
        lines = [(part, item.tone) for item in self._lines for part in wrap(_t(item.text), width)]
        room = max(3, self.app.size.height * 96 // 100 - CHROME)
        with Vertical(classes="dialog"):
            yield Label("\n".join(wrap(_t(self._heading), width)), classes="dialog-title", markup=False)
            with VerticalScroll(can_focus=False) as scroll:
                yield Static(Content("\n").join(Content.styled(text, STYLES[tone]) for text, tone in lines))
            scroll.styles.max_height = room
            if len(lines) > room:
                yield Label(_t(msg("Up, Down, PgUp, PgDn: more")), classes="more")
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back") if self._answers else msg("Close")), id="back")
                for item in self._answers:
                    yield Button(_t(item.text), id=f"answer-{item.key}", variant="primary")

    def on_mount(self) -> None:
        self.query(Button).last().focus()

    def action_roll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        self.dismiss(str(event.button.id).partition("answer-")[2])

    def action_answer(self, answer: str) -> None:
        self.dismiss(answer)
