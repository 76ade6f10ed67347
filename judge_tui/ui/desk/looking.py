"""Reading the records for the table: in threads, with a bar for whatever takes longer than a moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.table.audit import log_lines
from judge_tui.services.table.office import Office
from judge_tui.services.table.overview import Overview, overview
from judge_tui.ui.desk.analysis_panel import AnalysisPanel, analysed
from judge_tui.ui.desk.gathering import PAUSE
from judge_tui.ui.desk.log_panel import LogPanel, written

if TYPE_CHECKING:
    from judge_tui.ui.desk.table import Table

PATIENCE = 0.4
"""Seconds after which something that is not done yet shows that it goes on."""


class Looking:
    """Works out what the rooms show. What a thread found is shown later, never in a room that is just being rebuilt."""

    def __init__(self, table: Table, office: Office) -> None:
        self._table, self._office = table, office

    def look(self, take: Callable[[Overview], None]) -> None:
        """Work everything out again from the records; `take` is given the new look."""
        self._begin("overview", partial(self._look, take))

    def read_log(self, view: Overview) -> None:
        """Fill the room of the log."""
        self._begin("log", partial(self._read_log, view))

    def analyse(self, view: Overview) -> None:
        """Fill the room of the charts."""
        self._begin("analysis", partial(self._analyse, view))

    def _begin(self, group: str, act: Callable[[], None]) -> None:
        self._table.screen.run_worker(partial(self._attended, act), thread=True, exclusive=True, group=group)

    def _attended(self, act: Callable[[], None]) -> None:
        app = self._table.screen.app
        app.call_from_thread(self._table.working, 1)
        try:
            act()
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        finally:
            app.call_from_thread(self._table.working, -1)

    def _look(self, take: Callable[[Overview], None]) -> None:
        screen = self._table.screen
        heard = monotonic() - (PAUSE if self._table.view is None else PAUSE - PATIENCE)

        def told(done: int, of: int) -> None:
            nonlocal heard
            if done < of and monotonic() - heard >= PAUSE:
                heard = monotonic()
                screen.app.call_from_thread(self._table.busy, done, of)

        view = overview(self._office, on_progress=told)
        screen.app.call_from_thread(screen.call_later, take, view)

    def _read_log(self, view: Overview) -> None:
        log = written(log_lines(view.projection, self._office.entries()))
        screen = self._table.screen
        screen.app.call_from_thread(screen.call_later, lambda: screen.query_one(LogPanel).show(log))

    def _analyse(self, view: Overview) -> None:
        parts = analysed(view)
        screen = self._table.screen
        screen.app.call_from_thread(screen.call_later, lambda: screen.query_one(AnalysisPanel).show(parts))
