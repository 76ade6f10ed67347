"""Taking files in at the table: choosing or watching a folder, and the merge in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.services.carriers.back import leave_for_judges
from judge_tui.services.carriers.watch import ArrivalWatch, stick_folders
from judge_tui.services.folders import found_folders, judge_files
from judge_tui.services.records.collecting import MergeReport, Verdict, merge
from judge_tui.services.records.quarantine import Quarantine, handed_name
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.collect_panel import CollectPanel
from judge_tui.ui.desk.gathering import Gathering
from judge_tui.ui.desk.would_change import told
from judge_tui.ui.dialogs.folder import FolderDialog
from judge_tui.ui.dialogs.report import Answer, ReportDialog

if TYPE_CHECKING:
    from judge_tui.ui.desk.table import Table


class Collecting:
    """The table's collector. `folder` is the one being watched, None for none."""

    def __init__(self, table: Table, office: Office) -> None:
        self._table, self._office = table, office
        self._watch: ArrivalWatch | None = None
        self.folder: Path | None = None
        self._busy = False
        self._later: list[tuple[tuple[Path, ...], bool]] = []

    @property
    def _panel(self) -> CollectPanel:
        return self._table.screen.query_one(CollectPanel)

    def choose(self, *, watch: bool) -> None:
        """Ask for a folder, then take in what is there, and go on watching it if asked."""
        if watch:
            self._ask(msg("Watch a folder"), self._watch_it)
        else:
            self._ask(msg("Collect the judges' files"), self._take_it)

    def look_first(self) -> None:
        """Ask for a folder, then tell what taking in what is there would change; nothing is changed before a yes."""
        self._ask(msg("See first what would change"), self._look_at)

    def _ask(self, title: Message, act: Callable[[Path | None], None]) -> None:
        if self._busy:
            return
        text = msg("Folders with judges' files that were found; or type another one, or drag it into this window.")
        self._table.screen.app.push_screen(FolderDialog(title, text, found_folders(self._office.path)), act)

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
        files = self._files(folder)
        if files:
            self._begin(files)

    def _look_at(self, folder: Path | None) -> None:
        files = self._files(folder)
        if files:
            self.rehearse(files)

    def _files(self, folder: Path | None) -> list[Path]:
        """The judges' files there; it is said where there are none."""
        if folder is None:
            return []
        self._table.open_section("collect")
        files = [folder] if folder.is_file() else judge_files(folder)
        if not files:
            text = msg("There is no judge's file in {folder}", folder=str(folder))
            self._table.failed(JudgeTuiError("NO_FILE", text, msg("Judges' files end in .judge.")))
        return files

    def rehearse(self, files: Sequence[Path], *, salvage: bool = False) -> None:
        """Tell what taking these files in would change, in words; then take them in, or leave them."""
        if self._busy:
            return
        self._busy = True
        self._panel.begin(len(files))
        self._table.screen.run_worker(partial(self._rehearse, files, salvage), thread=True, group="merge")

    def _rehearse(self, files: Sequence[Path], salvage: bool) -> None:
        app, alone = self._table.screen.app, len(files) <= 1  # several have the bar of their room
        looked_at = Gathering[Verdict](self._table.screen, self._panel.advance)
        if alone:
            app.call_from_thread(self._table.working, 1)
        try:
            report = merge(
                self._office.path,
                files,
                keys=self._office.keys,
                salvage=salvage,
                dry_run=True,
                on_verdict=looked_at,
            )
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        else:
            app.call_from_thread(self._tell, files, report, salvage)
        finally:
            if alone:
                app.call_from_thread(self._table.working, -1)
            app.call_from_thread(self._table.screen.call_later, self._free)

    def _tell(self, files: Sequence[Path], report: MergeReport, salvage: bool) -> None:
        view = self._table.view

        def answered(answer: str | None) -> None:
            if answer:
                self._begin(files, salvage=salvage)

        take = [Answer("take", msg("Take in"))] if report.taken else []
        title = msg("What taking these files in would change")
        if salvage:
            title = msg("What of {file} can be verified", file=handed_name(files[0]))
        dialog = ReportDialog(title, told(report, view is not None and view.sealed), take)
        self._table.screen.app.push_screen(dialog, answered)

    def try_again(self) -> None:
        """Try the waiting files again: something was announced for which they may have waited."""
        if Quarantine(self._office.path).waiting():
            self._begin([])

    def _begin(self, files: Sequence[Path], *, salvage: bool = False) -> None:
        if self._busy:
            self._later.append((tuple(files), salvage))
            return
        self._busy = True
        self._panel.begin(len(files))
        self._table.screen.run_worker(lambda: self._merge(files, salvage), thread=True, group="merge")

    def _merge(self, files: Sequence[Path], salvage: bool) -> None:
        app, alone = self._table.screen.app, len(files) <= 1
        heard = Gathering[Verdict](self._table.screen, self._panel.add)
        if alone:
            app.call_from_thread(self._table.working, 1)
        try:
            report = merge(self._office.path, files, keys=self._office.keys, salvage=salvage, on_verdict=heard)
            if not files:
                app.call_from_thread(self._table.say, self._came_in(report))
            if report.trouble is not None:
                raise report.trouble
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        finally:
            if alone:
                app.call_from_thread(self._table.working, -1)
            app.call_from_thread(self._table.screen.call_later, heard.rest)
            app.call_from_thread(self._table.screen.call_later, self._done)

    def _came_in(self, report: MergeReport) -> Message:
        """What became of the waiting files."""
        came = [item for item in report.verdicts if not item.refused]
        if came:
            names = tuple(item.judge or item.name for item in came)
            return nmsg(
                "{count} waiting file came in: {names}",
                "{count} waiting files came in: {names}",
                len(came),
                names=names,
            )
        waiting = len(Quarantine(self._office.path).waiting())
        return nmsg(
            "{count} file still waits: room 2, F8 says why",
            "{count} files still wait: room 2, F8 says why",
            waiting,
        )

    def _done(self) -> None:
        self._free()
        self._table.reload()

    def _free(self) -> None:
        """Nothing is being taken in any more; what was put off meanwhile is done now."""
        self._busy = False
        self._panel.finish()
        if self._later:
            files, salvage = self._later.pop(0)
            self._begin(files, salvage=salvage)
