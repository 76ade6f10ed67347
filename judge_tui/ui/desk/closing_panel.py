"""The way to the end, step by step: everything here, sealed, revealed, published, printed, put away."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message as UiMessage
from textual.widgets import Label

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.table.closing import result_code
from judge_tui.services.table.overview import Overview
from judge_tui.ui.widgets.line_list import Column, Line, LineList


class ClosingPanel(Vertical):
    """Steps with their state; Enter takes one."""

    DEFAULT_CSS = """
    ClosingPanel .code { width: 1fr; height: auto; padding: 0 1; background: $surface; }
    """

    class Chosen(UiMessage):
        """A step was chosen: `doubts`, `seal`, `projector`, `publish`, `documents`, `archive`, `audit` or `papers`."""

        def __init__(self, step: str) -> None:
            super().__init__()
            self.step = step

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        yield LineList((Column(msg("Step"), most=48), Column(msg("State"))))
        yield Label(classes="code", markup=False)

    def show(self, view: Overview) -> None:
        """Show how far the event is."""
        steps = self._states(view)
        self._steps = tuple(name for name, _, _, _ in steps)
        lines = [Line((_t(title), _t(state)), tone) for _, title, state, tone in steps]
        self.query_one(LineList).show(lines)
        code = result_code(view.projection, view.result)
        text = msg("Code of the sealed result: {code}", code=code.full) if code else msg("There is no seal yet.")
        self.query_one(".code", Label).update(_t(text))

    def _states(self, view: Overview) -> tuple[tuple[str, Message, Message, str], ...]:
        blocking = sum(item.blocks for item in view.doubts)
        ready = (msg("{count} to settle", count=blocking), "doubt") if blocking else (msg("nothing lacking"), "good")
        sealed = (msg("sealed"), "good") if view.sealed else (msg("not yet"), "")
        published = (msg("published"), "good") if view.published else (msg("not yet"), "")
        return (
            ("doubts", msg("Settle what is lacking or in doubt"), *ready),
            ("seal", msg("Seal what is counted"), *sealed),
            ("projector", msg("Reveal the result on the projector"), msg("Enter opens it"), ""),
            ("publish", msg("Publish the result"), *published),
            ("documents", msg("Print and save the documents"), msg("Enter chooses a folder"), ""),
            ("archive", msg("Put everything away in one bundle"), msg("Enter chooses a folder"), ""),
            ("audit", msg("Check every signature and every record"), msg("Enter checks"), ""),
            ("papers", msg("Print hand-outs and paper sheets for the judges"), msg("Enter chooses a folder"), ""),
        )

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(self._steps[event.index]))
