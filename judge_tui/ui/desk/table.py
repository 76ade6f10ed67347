"""What those who act at the table need of its screen, so that they need not know the screen itself."""

from __future__ import annotations

from typing import Any, Protocol

from textual.screen import Screen

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message
from judge_tui.services.table.overview import Overview


class Table(Protocol):
    """The organiser's screen as its deeds see it."""

    @property
    def screen(self) -> Screen[Any]: ...

    @property
    def view(self) -> Overview | None: ...

    def reload(self) -> object: ...

    def open_section(self, name: str) -> None: ...

    def show_cell(self, judge: str, organisation: str) -> None: ...

    def failed(self, error: JudgeTuiError) -> None: ...

    def say(self, text: Message) -> None: ...

    def busy(self, done: int, of: int) -> None: ...

    def working(self, more: int) -> None: ...
