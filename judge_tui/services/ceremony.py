"""The ceremony of an event: its show from an organiser's file or any result, and the hall that a screen stands in."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.ceremony.machine import Act, Ceremony
from judge_tui.domain.ceremony.picture import Picture, Progress, picture_of
from judge_tui.domain.ceremony.plan import prepare
from judge_tui.domain.ceremony.show import Options, Show
from judge_tui.domain.event import Event
from judge_tui.domain.tabulation.result import Result
from judge_tui.services.contest import open_contest
from judge_tui.services.ranking import rank_file
from judge_tui.services.rehearsing import made_up


class LocalHall:
    """A ceremony steered in the window that shows it; nothing of it outlives the window."""

    def __init__(self, show: Show, progress: Progress | None = None) -> None:
        self._ceremony, self._progress = Ceremony(show), progress

    @property
    def picture(self) -> Picture:
        """What the hall sees now."""
        return picture_of(self._ceremony, self._progress)

    def poll(self) -> bool:
        """Nothing changes but by an act."""
        return False

    def act(self, act: Act) -> None:
        """An act of the host. Raises JudgeTuiError with what stands in the way."""
        self._ceremony = self._ceremony.act(act)


def show_of_file(path: Path, options: Options | None = None, *, rehearse: bool = False) -> Show:
    """The show of an organiser's file as it stands now; rehearsed on made-up marks if asked. Raises JudgeTuiError."""
    ranking = rank_file(path)
    if rehearse:
        return rehearsal(ranking.event, options)
    return prepare(ranking.event, ranking.result, options)


def rehearsal(event: Event, options: Options | None = None, *, seed: int = 1) -> Show:
    """The whole ceremony on results that are made up, marked as such on every picture."""
    return prepare(event, made_up(event, seed), options, rehearsal=True)


def show_of_result(event: Event, result: Result | None, options: Options | None = None) -> Show:
    """The show of any result."""
    return prepare(event, result, options)


def progress_of_file(path: Path) -> Progress:
    """How many sheets the organiser's file holds, of how many expected. Raises JudgeTuiError."""
    contest = open_contest(path)
    return Progress(contest.received, contest.expected)
