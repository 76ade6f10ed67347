"""The audit log: everything that was ever written, filtered by words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Label

from judge_tui.domain.messages import msg, nmsg
from judge_tui.i18n import translator as _t
from judge_tui.services.table.audit import LogLine
from judge_tui.ui.desk.times import local_time
from judge_tui.ui.widgets.line_list import Column, Line, LineList
from judge_tui.ui.widgets.text_field import TextField


@dataclass(frozen=True, slots=True)
class Written:
    """One entry, as it is shown in the language of the moment, and the words by which it is found (case-folded)."""

    entry: LogLine
    line: Line
    words: str


def written(log: Iterable[LogLine]) -> list[Written]:
    """The log in words, newest first. Takes a moment with many entries: it is done in a thread, and filtering is not."""
    found = []
    for entry in log:
        line = _line(entry)
        found.append(Written(entry, line, " ".join(line.cells).casefold()))
    return found[::-1]


class LogPanel(Vertical):
    """A line to filter by, and the entries beneath it, newest first."""

    DEFAULT_CSS = """
    LogPanel Input { padding: 0 1; background: $panel; }
    LogPanel .count { height: 1; width: 1fr; padding: 0 1; color: $foreground 70%; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._log: Sequence[Written] = ()
        self.shown: list[LogLine] = []
        """The lines that the filter lets through, newest first."""

    def compose(self) -> ComposeResult:
        yield TextField(
            placeholder=_t(msg("Filter: words that the line must contain, such as a judge or a village")), compact=True
        )
        yield Label(classes="count", markup=False)
        yield LineList((Column(msg("Time"), 20), Column(msg("Who"), most=16), Column(msg("What"))))

    @property
    def chosen(self) -> LogLine | None:
        """The entry under the cursor."""
        index = self.query_one(LineList).index
        return self.shown[index] if 0 <= index < len(self.shown) else None

    def show(self, log: Sequence[Written]) -> None:
        """Show what `written` made of the log, filtered."""
        self._log = log
        self._filter()

    @on(Input.Changed)
    def _filter(self) -> None:
        words = self.query_one(Input).value.casefold().split()
        found = [item for item in self._log if all(word in item.words for word in words)]
        self.shown = [item.entry for item in found]
        self.query_one(LineList).show([item.line for item in found])
        text = nmsg("{count} entry of {all}", "{count} entries of {all}", len(found), all=len(self._log))
        self.query_one(".count", Label).update(_t(text))

    @on(Input.Submitted)
    def _to_the_list(self) -> None:
        self.query_one(LineList).focus()


def _line(line: LogLine) -> Line:
    what = _t(line.what)
    if line.late is not None:
        what = _t(msg("{what} [not counted: {why}]", what=what, why=line.late))
    if line.reason and line.reason != "-":
        what = _t(msg("{what}; reason: {reason}", what=what, reason=line.reason))
    if line.by:
        what = _t(msg("{what}; signed: {by}", what=what, by=line.by))
    return Line((local_time(line.at), _t(line.who), what), "dim" if line.late else "")
