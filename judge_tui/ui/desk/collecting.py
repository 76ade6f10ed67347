"""Taking files in at the table: choosing or watching a folder, and the merge in a thread of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.services.carriers.back import leave_for_judges
from judge_tui.services.carriers.watch import ArrivalWatch, stick_folders
from judge_tui.services.folders import found_folders, judge_files
from judge_tui.services.records.collecting import Verdict, merge
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.collect_panel import CollectPanel
from judge_tui.ui.dialogs.folder import FolderDialog

if TYPE_CHECKING:
    from judge_tui.ui.desk.table import Table


class Collecting:
    """The table's collector. `folder` is the one being watched, None for none."""

    def __init__(self, table: Table, office: Office) -> None:
        self._table, self._office = table, office
        self._watch: ArrivalWatch | None = None
        self.folder: Path | None = None
        self._busy = False

    @property
    def _panel(self) -> CollectPanel:
        return self._table.screen.query_one(CollectPanel)

    def choose(self, *, watch: bool) -> None:
        """Ask for a folder, then take in what is there, and go on watching it if asked."""
        if self._busy:
            return
        title = msg("Watch a folder") if watch else msg("Collect the judges' files")
        text = msg("Folders with judges' files that were found; or type another one, or drag it into this window.")
        dialog = FolderDialog(title, text, found_folders(self._office.path))
        self._table.screen.app.push_screen(dialog, self._watch_it if watch else self._take_it)

    def toggle_watch(self) -> None:
        """Begin watching a folder, or stop."""
        if self._watch is None:
            self.choose(watch=True)
        else:
            self._watch = self.folder = None
            self._panel.show_watched(None)

    def leave(self) -> None:
        """Ask where to leave receipts and notices for the judges."""
        title = msg("Leave receipts and notices for the judges")
        text = msg("On which stick, or in which folder? Judges' laptops take them in from there.")
        dialog = FolderDialog(title, text, found_folders(self._office.path))
        self._table.screen.app.push_screen(dialog, self._leave_in)

    def _leave_in(self, folder: Path | None) -> None:
        if folder is None:
            return
        try:
            left = leave_for_judges(self._office.path, folder, keys=self._office.keys)
        except JudgeTuiError as error:
            self._table.failed(error)
        else:
            self._table.say(msg("Left for the judges: {path}", path=str(left.notices)))

    def look(self) -> None:
        """Look at the watched folder once; called again and again."""
        if self._watch is None or self._busy:
            return
        files = self._watch.look()
        if files:
            self._begin(files)

    def _watch_it(self, folder: Path | None) -> None:
        if folder is None:
            return
        self._watch, self.folder = ArrivalWatch(lambda: (folder, *stick_folders())), folder
        self._table.open_section("collect")
        self._panel.show_watched(folder)
        self.look()

    def _take_it(self, folder: Path | None) -> None:
        if folder is None:
            return
        self._table.open_section("collect")
        files = [folder] if folder.is_file() else judge_files(folder)
        if files:
            self._begin(files)
        else:
            text = msg("There is no judge's file in {folder}", folder=str(folder))
            self._table.failed(JudgeTuiError("NO_FILE", text, msg("Judges' files end in .judge.")))

    def salvage(self, file: Path) -> None:
        """Take in what can be verified of a damaged file."""
        if not self._busy:
            self._begin([file], salvage=True)

    def try_again(self) -> None:
        """Try the waiting files again: something was announced for which they may have waited."""
        if not self._busy:
            self._begin([])

    def _begin(self, files: Sequence[Path], *, salvage: bool = False) -> None:
        self._busy = True
        self._panel.begin(len(files))
        self._table.screen.run_worker(lambda: self._merge(files, salvage), thread=True, group="merge")

    def _merge(self, files: Sequence[Path], salvage: bool) -> None:
        app = self._table.screen.app
        try:
            report = merge(self._office.path, files, keys=self._office.keys, salvage=salvage, on_verdict=self._told)
            if report.trouble is not None:
                raise report.trouble
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        finally:
            app.call_from_thread(self._table.screen.call_later, self._done)

    def _told(self, verdict: Verdict) -> None:
        screen = self._table.screen
        screen.app.call_from_thread(screen.call_later, self._show_verdict, verdict)

    def _show_verdict(self, verdict: Verdict) -> None:
        self._panel.add(verdict)

    def _done(self) -> None:
        self._busy = False
        self._panel.finish()
        self._table.reload()
