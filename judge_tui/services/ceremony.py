"""The ceremony of an event: its show from an organiser's file or any result, and the hall that a screen stands in."""

from __future__ import annotations

from pathlib import Path

from judge_tui.domain.ceremony.machine import Act, Ceremony
from judge_tui.domain.ceremony.picture import Picture, Progress, picture_of
from judge_tui.domain.ceremony.plan import prepare
from judge_tui.domain.ceremony.show import Options, Show
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.result import Result
from judge_tui.services.contest import Contest, open_contest
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
    contest = open_contest(path)
    if rehearse:
        return rehearsal(contest.event, options)
    return show_of_result(contest.event, tabulate(contest.event, contest.ballots), options)


def rehearsal(event: Event, options: Options | None = None, *, seed: int = 1) -> Show:
    """The whole ceremony on results that are made up, marked as such on every picture."""
    result = made_up(event, seed)
    return prepare(event, result, options, spoken=spoken_scores(event, result), rehearsal=True)


def show_of_result(event: Event, result: Result, options: Options | None = None) -> Show:
    """The show of any result."""
    return prepare(event, result, options, spoken=spoken_scores(event, result))


def spoken_scores(event: Event, result: Result) -> dict[str, tuple[str, Message]]:
    """What a host may announce of finished turns: the total and the official sentence, where the definition allows it.

    A turn is finished when nothing of it is lacking; where the first few are scored together (calibration), none of
    them is before all are.
    """
    if not (event.projector.turn_scores and event.publication.scores):
        return {}
    lacking = {lack.organisation for lack in result.lacks}
    said = {
        standing.organisation: (standing.total_text, step.text)
        for standing in result.standings
        for step in standing.steps
        if step.key == "total" and standing.total is not None and standing.organisation not in lacking
    }
    together = [item.id for item in event.organisations[: event.calibration] if item.status != "withdrawn"]
    if all(item in said for item in together):
        return {str(key): value for key, value in said.items()}
    return {}


def progress_of(contest: Contest) -> Progress:
    """How many sheets an organiser's file holds, of how many expected; practice judges are not waited for."""
    sheets = [item for item in contest.received if item.asked and not item.judge.practice]
    return Progress(sum(item.submitted for item in sheets), len(sheets))


def progress_of_file(path: Path) -> Progress:
    """How many sheets an organiser's file holds, of how many expected. Raises JudgeTuiError."""
    return progress_of(open_contest(path))
