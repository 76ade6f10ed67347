"""Files being taken in: each one's verdict in words the moment it is known, and whether a folder is being watched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label, ProgressBar

from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.i18n import translator as _t
from judge_tui.services.records.collecting import Verdict
from judge_tui.services.records.quarantine import Quarantine
from judge_tui.services.table.overview import Overview
from judge_tui.ui.desk.hub_panel import HubPanel
from judge_tui.ui.desk.times import local_time
from judge_tui.ui.widgets.line_list import Column, Line, LineList


def lines_of(text: str, width: int) -> int:
    """How many lines a text of whole lines takes at most in so many columns; 0 for nothing."""
    return sum(1 + cell_len(line) // max(1, width) for line in text.split("\n")) if text else 0


class CollectPanel(Vertical):
    """Verdicts, newest at the foot."""

    DEFAULT_CSS = """
    CollectPanel .watch { height: auto; width: 1fr; background: $surface; padding: 0 1; }
    CollectPanel .copy { height: auto; width: 1fr; background: $surface; color: $foreground 80%; padding: 0 1; }
    CollectPanel ProgressBar { width: 1fr; padding: 0 1; }
    CollectPanel ProgressBar Bar { width: 1fr; }
    CollectPanel .hint { height: auto; width: 1fr; padding: 0 1; color: $accent; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._verdicts: list[Verdict] = []
        self._log: tuple[tuple[str, ...], ...] = ()
        self._watching: Path | None = None
        self._copy: Message | None = None
        self._aside = 0

    def compose(self) -> ComposeResult:
        yield Label(classes="watch", markup=False)
        yield Label(classes="copy", markup=False)
        yield ProgressBar(total=1, show_eta=False)
        yield LineList((Column(msg("File"), most=34), Column(msg("Judge")), Column(msg("Verdict"))))
        yield Label(classes="hint", markup=False)
        yield HubPanel()

    def on_mount(self) -> None:
        self.query_one(ProgressBar).display = False
        self.render_all()

    def show(self, view: Overview) -> None:
        """Show what was taken in before this table was opened, too."""
        self._log = view.contest.log
        self._aside = len(Quarantine(view.path).files())
        self.render_all()

    @property
    def chosen(self) -> tuple[str, str] | None:
        """The SHA-256 and the name of the file under the cursor, where something of it was taken in."""
        index = self.query_one(LineList).index
        names = [row[3] for row in self._earlier] + [item.name for item in self._verdicts]
        name = names[index] if 0 <= index < len(names) else ""
        return next(((row[0], name) for row in reversed(self._log) if row[3] == name and not row[1] and row[5]), None)

    @property
    def verdict(self) -> Verdict | None:
        """The verdict under the cursor, None for a file that was taken in before."""
        index = self.query_one(LineList).index - len(self._earlier)
        return self._verdicts[index] if 0 <= index < len(self._verdicts) else None

    @property
    def _earlier(self) -> list[tuple[str, ...]]:
        """Files taken in before, oldest first."""
        now = {item.name for item in self._verdicts}
        return [row for row in sorted(self._log, key=lambda row: row[2]) if not row[1] and row[5] and row[3] not in now]

    def begin(self, files: int) -> None:
        """So many files are about to be taken in."""
        for bar in self.query(ProgressBar):
            bar.update(total=files, progress=0)
            bar.display = files > 1

    def add(self, verdicts: Sequence[Verdict]) -> None:
        """The verdicts of some more files."""
        self._verdicts.extend(verdicts)
        self.advance(verdicts)
        self.render_all()

    def advance(self, verdicts: Sequence[Verdict]) -> None:
        """Some more files were looked at."""
        for bar in self.query(ProgressBar):
            bar.advance(len(verdicts))

    def finish(self) -> None:
        """All of them were looked at."""
        self.query(ProgressBar).set(display=False)

    def show_watched(self, folder: Path | None) -> None:
        """Which folder is being watched, None for none."""
        self._watching = folder
        self.render_all()

    def show_copy(self, said: Message) -> None:
        """How the second copy stands."""
        self._copy = said
        self.render_all()

    def render_all(self) -> None:
        """Show verdicts and watch in the language as it is now.

        A merge goes on in its thread while the table is left or changes its language: then there is nothing to show it in.
        """
        if not self.query(LineList):
            return
        earlier = [
            Line((row[3], row[4], _t(msg("taken in {time}", time=local_time(row[2])))), "dim") for row in self._earlier
        ]
        lines = [*earlier, *(self._line(item) for item in self._verdicts)]
        self.query_one(LineList).show(lines, len(lines) - 1)
        self._say(".watch", _t(self._status()))
        said = [_t(self._copy)] if self._copy is not None else []
        if self._aside:
            text = nmsg(
                "{count} file is set aside: F8 says why and what to do",
                "{count} files are set aside: F8 says why and what to do",
                self._aside,
            )
            said.append(_t(text))
        self._say(".copy", "\n".join(said))
        hint = next((item.hint for item in reversed(self._verdicts) if item.refused and item.hint), None)
        self._say(".hint", _t(hint) if hint else "")

    def _say(self, name: str, text: str) -> None:
        """Put a text up; the screen is laid out anew only where it takes another number of lines."""
        label = self.query_one(name, Label)
        before = str(label.content)
        if before != text:
            width = label.size.width
            label.update(text, layout=lines_of(before, width) != lines_of(text, width))

    def _status(self) -> Message:
        if self._watching is not None:
            return msg(
                "Watching {folder} and every stick: files are taken in as they arrive", folder=str(self._watching)
            )
        if not self._verdicts:
            return msg("Take files in from a folder or a stick (F5), or watch a folder (F6).")
        refused = sum(item.refused for item in self._verdicts)
        return msg("{count} files looked at, {refused} refused", count=len(self._verdicts), refused=refused)

    def _line(self, verdict: Verdict) -> Line:
        return Line((verdict.name, verdict.judge, _t(verdict.message)), "doubt" if verdict.refused else "good")
