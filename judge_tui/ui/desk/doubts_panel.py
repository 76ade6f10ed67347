"""What is lacking or in doubt; Enter settles one, or goes where it can be settled."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message as UiMessage
from textual.widgets import Label

from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.i18n import translator as _t
from judge_tui.services.table.overview import Doubt, Overview
from judge_tui.ui.widgets.line_list import Column, Line, LineList

KINDS: dict[str, Message] = {
    "missing": msg("missing"),
    "unsubmitted": msg("not submitted"),
    "conflict": msg("conflict"),
    "unknown_judge": msg("unknown judge"),
    "tie": msg("tie"),
    "award": msg("award"),
    "minimum_judges": msg("too few judges"),
    "empty_group": msg("empty group"),
    "invalid": msg("invalid"),
    "ballots": msg("ballots"),
    "laptop": msg("laptop"),
    "fork": msg("split records"),
    "announced": msg("not arrived"),
    "late": msg("not counted"),
    "unsealed": msg("after the seal"),
}
"""Each kind of doubt in a word."""


class DoubtsPanel(Vertical):
    """The list of doubts."""

    DEFAULT_CSS = """
    DoubtsPanel .how { width: 1fr; height: auto; padding: 0 1; background: $surface; color: $foreground 80%; }
    DoubtsPanel .none { width: 1fr; padding: 1 2; color: $success; }
    """

    class Chosen(UiMessage):
        """A doubt is to be settled."""

        def __init__(self, doubt: Doubt) -> None:
            super().__init__()
            self.doubt = doubt

    def __init__(self) -> None:
        super().__init__()
        self._doubts: tuple[Doubt, ...] = ()

    def compose(self) -> ComposeResult:
        yield Label(_t(msg("Nothing is lacking and nothing is in doubt.")), classes="none")
        yield Label(_t(msg("Enter settles the chosen line, or goes where it can be settled.")), classes="how")
        yield LineList((Column(msg("Kind")), Column(msg("What"))))

    def show(self, view: Overview) -> None:
        """Show everything that is lacking or in doubt."""
        self._doubts = view.doubts
        lines = [
            Line((_t(KINDS.get(item.code, verbatim(item.code))), _t(item.message)), "doubt" if item.blocks else "dim")
            for item in self._doubts
        ]
        self.query_one(LineList).show(lines)
        self.query_one(".none").display = not lines
        self.query_one(".how").display = self.query_one(LineList).display = bool(lines)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(self._doubts[event.index]))
