"""The ceremony of an event: its show from an organiser's file or any result, and the hall that a screen stands in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

from judge_tui.domain.ceremony.machine import Act, Ceremony
from judge_tui.domain.ceremony.picture import Picture, Progress, picture_of
from judge_tui.domain.ceremony.plan import prepare
from judge_tui.domain.ceremony.script import ScriptError, read_script
from judge_tui.domain.ceremony.show import Options, Show
from judge_tui.domain.definition.toml_text import parse_toml
from judge_tui.domain.errors import DefinitionError, JudgeTuiError
from judge_tui.domain.event import Event, OrganisationId, Scoring
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.domain.tabulation import tabulate
from judge_tui.domain.tabulation.result import Result
from judge_tui.services.hall.rehearsing import made_up
from judge_tui.services.hall.windows import Hall, hall_path
from judge_tui.services.records.contest import Contest, open_contest
from judge_tui.services.table.closing import result_code
from judge_tui.services.table.office import Office, signed

SCRIPT_SUFFIX = ".ceremony.toml"
"""A script that lies beside the event's file under this name is used without being named."""


class LocalHall:
    """A ceremony steered in the window that shows it; nothing of it outlives the window."""

    stale = unsaved = False
    pages = 0

    def __init__(self, show: Show, progress: Progress | None = None) -> None:
        self.ceremony, self._progress = Ceremony(show), progress

    @property
    def picture(self) -> Picture:
        """What the hall sees now."""
        return picture_of(self.ceremony, self._progress)

    def poll(self) -> bool:
        """Nothing changes but by an act."""
        return False

    def tell(self, pages: int) -> None:
        """Nobody else asks."""

    def act(self, act: Act) -> None:
        """An act of the host. Raises JudgeTuiError with what stands in the way."""
        self.ceremony = self.ceremony.act(act)

    def renew(self, *, close: bool = False) -> None:
        """There is nothing to read anew."""


def open_hall(
    path: Path, *, keys: Path, script: Path | None = None, rehearse: bool = False, hold: bool = False
) -> Hall:
    """A window on the ceremony of an organiser's file; `hold` for the presenter's.

    Raises JudgeTuiError where the file or the script cannot be read, LockedError where another presenter is at work.
    """

    def note(reason: str) -> None:
        if not rehearse:
            lacks = [[item.code, item.judge, item.organisation, item.criterion] for item in _result(path)[1].lacks]
            said = {"what": "reveal", "lacks": lacks, **signed(reason, [HOST])}
            Office(path, keys).say(("override", said))

    return Hall(
        hall_path(path, rehearsal=rehearse),
        lambda: show_of_file(path, script, rehearse=rehearse),
        source=path,
        progress=lambda: progress_of_file(path),
        note=note,
        hold=hold,
    )


@dataclass(frozen=True, slots=True)
class HallAddress:
    """Where this event's hall is served: the same token and port every time, so that whoever followed still follows.
    Both are notes of this laptop's, never handed over. `port` is 0 where none has been used yet."""

    office: Office
    token: str
    port: int = 0

    def keep(self, port: int) -> None:
        """Note the port; where nothing can be noted, the next address will be another."""
        try:
            self.office.keep_note(NOTE, f"{self.token} {port}")
        except JudgeTuiError:
            return


NOTE = "hall address"


def address_of_hall(path: Path, keys: Path) -> HallAddress:
    """The address of an event's hall on this laptop; a new secret token the first time."""
    office = Office(path, keys)
    token, _, port = (office.note(NOTE) or "").partition(" ")
    if len(token) >= 20 and port.isdecimal():
        return HallAddress(office, token, int(port))
    return HallAddress(office, secrets.token_urlsafe(16))


HOST = "主持人 host"
"""Who answers for an override made at the hall's screen, as it stands in the record."""


def _result(path: Path) -> tuple[Contest, Result]:
    contest = open_contest(path)
    return contest, tabulate(contest.event, contest.ballots)


def show_of_file(path: Path, script: Path | None = None, *, rehearse: bool = False) -> Show:
    """The show of an organiser's file as it stands now, after its script; rehearsed on made-up marks if asked."""
    contest, result = _result(path)
    event, code = contest.event, result_code(contest.projection, result)
    beside = path.with_suffix(SCRIPT_SUFFIX)
    options = load_script(script or beside, event) if script or beside.exists() else None
    return rehearsal(event, options) if rehearse else show_of_result(event, result, options, code.short if code else "")


def load_script(path: Path, event: Event) -> Options:
    """A ceremony's script from a TOML file. Raises ScriptError with every problem and its line, JudgeTuiError where
    the file cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise JudgeTuiError(
            "UNREADABLE", msg("{path} cannot be read: {reason}", path=str(path), reason=verbatim(error))
        ) from error
    try:
        mapping, lines = parse_toml(text, str(path))
    except DefinitionError as error:
        raise ScriptError(error.source, error.problems) from error
    return read_script(mapping, event, str(path), lines.line)


def rehearsal(event: Event, options: Options | None = None, *, seed: int = 1) -> Show:
    """The whole ceremony on results that are made up, marked as such on every picture."""
    result = made_up(event, seed)
    return prepare(event, result, options, spoken=spoken_scores(event, result), rehearsal=True)


def show_of_result(event: Event, result: Result, options: Options | None = None, code: str = "") -> Show:
    """The show of any result; `code` is the short code of a sealed one."""
    return prepare(event, result, options, spoken=spoken_scores(event, result), code=code)


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
    """How many sheets an organiser's file holds, of how many expected: submitted, or entered from paper.

    Practice judges are not waited for, nor anybody for an organisation that he does not score or that has withdrawn. Where
    each turn is scored on its own, each has a count of its own.
    """
    event, projection = contest.event, contest.projection
    presenting = [item.id for item in event.organisations if item.status != "withdrawn"]
    sheets: list[dict[OrganisationId, bool]] = []
    for judge in event.judges:
        if judge.practice or not event.criteria_of(judge):
            continue
        paper = projection.desk.papers.get(judge.id, frozenset())
        asked = [item for item in presenting if event.scores(judge, item)]
        sheets.append({item: item in paper or projection.locked(judge.id, item) for item in asked})
    sheets = [sheet for sheet in sheets if sheet]
    turns = presenting if event.scoring is Scoring.TURN else ()
    return Progress(
        sum(all(sheet.values()) for sheet in sheets),
        len(sheets),
        tuple(
            (item, sum(sheet.get(item, False) for sheet in sheets), sum(item in sheet for sheet in sheets))
            for item in turns
        ),
    )


def progress_of_file(path: Path) -> Progress:
    """How many sheets an organiser's file holds, of how many expected. Raises JudgeTuiError."""
    return progress_of(open_contest(path))
