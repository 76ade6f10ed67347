"""The second copy at the table: choosing its place, showing its age, making it again when it falls behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.carriers.drives import drives
from judge_tui.services.records import safe_copy
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.collect_panel import CollectPanel
from judge_tui.ui.dialogs.folder import FolderDialog

if TYPE_CHECKING:
    from judge_tui.ui.desk.table import Table


class Copying:
    """Looks after the copy; everything that touches the disk is done in a thread."""

    def __init__(self, table: Table, office: Office) -> None:
        self._table, self._office = table, office

    def choose(self) -> None:
        """Ask for the place; the first copy is made at once."""
        title = msg("Second copy of everything")
        text = msg("On which stick, or in which folder? It is made again after every merge, and its age is shown here.")
        places = [(drive.path, 0) for drive in drives() if drive.writable]
        self._table.screen.app.push_screen(FolderDialog(title, text, places), self._chosen)

    def look(self) -> None:
        """Show the copy's age, and make it again where it is due; called again and again."""
        self._table.screen.run_worker(self._renew, thread=True, exclusive=True, group="copy")

    def _chosen(self, folder: Path | None) -> None:
        if folder is not None:
            self._table.screen.run_worker(lambda: self._make(folder), thread=True, group="copy")

    def _make(self, folder: Path) -> None:
        app = self._table.screen.app
        try:
            made = safe_copy.choose(self._office.path, folder, _t.render, now=self._office.now)
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
            return
        app.call_from_thread(self._show, made.message(self._office.now))
        if safe_copy.same_disk(self._office.path, folder):
            said = msg("This folder is on the same disk: it dies with the laptop. Take a stick.")
            app.call_from_thread(self._table.say, said)

    def _renew(self) -> None:
        now = self._office.now
        try:
            state = safe_copy.state_of(self._office.path)
            if state is not None and state.due(now):
                state = safe_copy.renew_file(self._office.path, now=now)
        except JudgeTuiError:
            return  # another window writes; it is looked at again
        said = msg("No second copy is kept yet (F2)") if state is None else state.message(now)
        self._table.screen.app.call_from_thread(self._show, said)

    def _show(self, said: Message) -> None:
        for panel in self._table.screen.query(CollectPanel):
            panel.show_copy(said)
