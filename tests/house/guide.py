"""The pictures of the guide: `python -m tests.house.guide` plays an evening and takes them from the real screens.

Each is a text of 80 columns inside the pages (a terminal shows it as it is), and an SVG beside them in `docs/guide`. What is
written between the marks `<!-- picture NAME -->` and `<!-- end -->` of a page is replaced.
"""

from __future__ import annotations

import asyncio
import html
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.cells import cell_len
from textual.pilot import Pilot

from judge_tui import settings
from judge_tui.domain.ceremony.machine import Act, Move
from judge_tui.domain.event import PhaseKind
from judge_tui.i18n import translator
from judge_tui.services.hall.ceremony import LocalHall, progress_of_file, show_of_file
from judge_tui.services.preparing.definitions import load_definition, media_folder
from judge_tui.services.preparing.issuing import Issued, issue
from judge_tui.services.records.collecting import merge
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.playing import play_seat, typed_marks
from judge_tui.services.seat.seats import open_seat
from judge_tui.services.table import closing
from judge_tui.services.table.office import Office
from judge_tui.services.table.remarks import remark
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.doors import Doors
from judge_tui.ui.screens.judging import JudgingScreen
from judge_tui.ui.screens.organiser import OrganiserScreen
from judge_tui.ui.screens.presenter import PresenterScreen
from judge_tui.ui.screens.projector import ProjectorScreen

DOCS = Path(settings.docs_folder())
SIZE = (80, 24)
SAMPLE, PROMISING = "nancao", "xinjianlu"
BY = ("统分员01",)
_MARKED = re.compile(r"(<!-- picture (\w+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
_TEXT = re.compile(r'(<text class="[^"]+-r\d+") x="([\d.]+)" (y="[\d.]+") textLength="[\d.]+" ([^>]*)>([^<]*)</text>')
_CELL = 12.2
"""How wide one column of the terminal is in Rich's SVG."""

_REMOTE_FONT = re.compile(r"@font-face\s*\{[^}]*\}\s*")


@dataclass(frozen=True)
class Picture:
    """One screen as text, and as SVG where it was a screen of the full-screen program."""

    text: str
    svg: str = ""


Pictures = dict[str, Picture]


def ticking() -> Callable[[], datetime]:
    """The clock of the evening: a second later each time it is read."""
    at = datetime(2021, 12, 20, 6, 0, tzinfo=UTC)

    def now() -> datetime:
        nonlocal at
        at += timedelta(seconds=1)
        return at

    return now


@dataclass(frozen=True)
class Evening:
    """A contest of ten villages, issued; `leader` is the judge whose screen is shown."""

    folder: Path
    keys: Path
    issued: Issued
    now: Callable[[], datetime]

    @property
    def office(self) -> Office:
        return Office(self.issued.organiser, self.keys, self.now)

    @contextmanager
    def sitting(self, kit: Path) -> Iterator[JudgingSession]:
        seat = open_seat(kit, keys=self.folder / "home", now=self.now)
        try:
            yield JudgingSession(seat, now=self.now)
        finally:
            seat.file.close()


def begin(folder: Path, sample: str) -> Evening:
    """Issue a sample into a folder."""
    keys, now = folder / "keys", ticking()
    issued = issue(
        load_definition(settings.data_folder() / sample),
        folder / "event",
        keys=keys,
        media=media_folder(settings.data_folder() / sample),
        now=now,
    )
    return Evening(folder, keys, issued, now)


def text_of(pilot: Pilot[int | None]) -> str:
    """All text on the screen, without the blanks at the ends of lines."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in strips)


def picture_of(pilot: Pilot[int | None], name: str) -> Picture:
    """What is on the screen now; the font of the reader's machine instead of one from elsewhere."""
    svg = _REMOTE_FONT.sub("", pilot.app.export_screenshot(title=f"judge-tui: {name}"))
    return Picture(text_of(pilot), spaced(svg))


def spaced(svg: str) -> str:
    """Rich's SVG with Chinese in its own two columns a character: it squeezes a text into one column for each."""
    return _TEXT.sub(lambda found: _runs(found[1], float(found[2]), f"{found[3]} %s {found[4]}", found[5]), svg)


def _runs(head: str, left: float, rest: str, text: str) -> str:
    pieces, at = [], 0
    for run in re.finditer(r" +|(?:(?! ).)+", html.unescape(text).replace("\xa0", " ")):
        for width, same in itertools.groupby(run[0], cell_len):
            part = "".join(same)
            if part.strip():
                length = rest % f'textLength="{len(part) * width * _CELL:.1f}"'
                pieces.append(f'{head} x="{left + at * _CELL:.1f}" {length}>{html.escape(part, quote=False)}</text>')
            at += width * len(part)
    return "".join(pieces)


async def taken(app: JudgeApp, act: Callable[[Pilot[int | None]], Awaitable[None]], names: tuple[str, ...]) -> Pictures:
    """Run a screen; before each picture `act` presses some keys."""
    found: Pictures = {}
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for name in names:
            await act(pilot)
            await pilot.app.workers.wait_for_complete()
            await pilot.pause()
            found[name] = picture_of(pilot, name)
    return found


async def keys(pilot: Pilot[int | None], *pressed: str) -> None:
    await pilot.press(*pressed)


def seat_pictures(evening: Evening, promising: Evening) -> Pictures:
    """The judge: a village half scored, the sheet, the review; and what a community has promised."""
    found: Pictures = {}
    with evening.sitting(evening.issued.kits[0].path) as session:
        marks = list(typed_marks(session.event, session.judge, 7))
        for mark in marks[:10]:
            session.record(mark.organisation, mark.criterion, mark.text)
    with evening.sitting(evening.issued.kits[0].path) as session:
        app = JudgeApp(lambda: JudgingScreen(session))
        steps = iter((("2", "1"), ("escape", "f2"), ("f2", "f3")))
        found |= asyncio.run(taken(app, lambda pilot: keys(pilot, *next(steps)), ("judge", "sheet", "review")))
    with promising.sitting(promising.issued.kits[0].path) as session:
        app = JudgeApp(lambda: JudgingScreen(session))
        steps = iter((("pagedown", "ctrl+o"),))
        found |= asyncio.run(taken(app, lambda pilot: keys(pilot, *next(steps)), ("promises",)))
    return found


def hand_in(evening: Evening, kits: int) -> None:
    """The first so many judges score, submit and hand over; their files are merged."""
    sticks = evening.folder / "sticks"
    sticks.mkdir(exist_ok=True)
    copies = [
        play_seat(kit.path, sticks, keys=evening.folder / "home", now=evening.now, seed=7).handed_over
        for kit in evening.issued.kits[:kits]
    ]
    merge(evening.issued.organiser, copies, keys=evening.keys, now=evening.now)


def table_pictures(evening: Evening) -> Pictures:
    """The organiser's table while one judge is still missing: marks, what is in doubt, the day."""
    doors = Doors(**{field.name: (lambda *given: None) for field in fields(Doors)})
    app = JudgeApp(lambda: OrganiserScreen(evening.office, doors))
    steps = iter((("1",), ("3",), ("6",)))
    return asyncio.run(taken(app, lambda pilot: keys(pilot, *next(steps)), ("table", "doubts", "day")))


def hall_pictures(evening: Evening) -> Pictures:
    """The hall and the host: a village on the stage, a place revealed, what the host sees."""
    path = evening.issued.organiser
    found: Pictures = {}
    scenes = {
        "hall": (Act(Move.JUMP, 3),),
        "reveal": (Act(Move.GO, text="sealed"), Act(Move.FORWARD), Act(Move.JUMP, 9)),
    }
    for name, acts in scenes.items():
        hall = LocalHall(show_of_file(path), progress_of_file(path))
        for act in acts:
            hall.act(act)
        app = JudgeApp(lambda shown=hall: ProjectorScreen(shown, now=lambda: 0))
        found |= asyncio.run(taken(app, keys, (name,)))
    hall = LocalHall(show_of_file(path), progress_of_file(path))
    for act in (*scenes["reveal"], Act(Move.BACK)):
        hall.act(act)
    app = JudgeApp(lambda: PresenterScreen(hall, now=lambda: 0))
    return found | asyncio.run(taken(app, keys, ("host",)))


def said(language: str, *words: str | Path) -> Picture:
    """What a command prints."""
    done = subprocess.run(
        [sys.executable, "-m", "judge_tui", "--lang", language, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=settings.data_folder(),
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return Picture("\n".join(lines if len(lines) <= 26 else [*lines[:25], "..."]))


def take(language: str, folder: Path) -> Pictures:
    """Every picture of the guide in a language, from an evening played in `folder`. The laptop's clock shows UTC, wherever it is."""
    zone = os.environ.get("TZ")
    _show_times_of("UTC")
    try:
        return _taken_in(folder, language)
    finally:
        _show_times_of(zone)


def _show_times_of(zone: str | None) -> None:
    if zone is None:
        os.environ.pop("TZ", None)
    else:
        os.environ["TZ"] = zone
    time.tzset()


def _taken_in(folder: Path, language: str) -> Pictures:
    translator.switch(language)
    (folder / "one").mkdir()
    (folder / "two").mkdir()
    evening, promising = begin(folder / "one", SAMPLE), begin(folder / "two", PROMISING)
    found = {"check": said(language, "check", SAMPLE)}
    found |= seat_pictures(evening, promising)
    hand_in(evening, len(evening.issued.kits) - 1)
    comment = next(phase for phase in evening.issued.event.phases if phase.kind is PhaseKind.COMMENT)
    remark(evening.office, evening.issued.event.organisations[0].id, "变化看得见，管护要跟上。", comment.by)
    found |= table_pictures(evening)
    hand_in(evening, len(evening.issued.kits))
    closing.seal(evening.office, BY)
    found |= hall_pictures(evening)
    winner = show_of_file(evening.issued.organiser).board[0].name
    found["explain"] = said(language, "rank", evening.issued.organiser, "--explain", winner)
    season = folder / "season"
    season.mkdir()
    (season / promising.issued.organiser.name).write_bytes(promising.issued.organiser.read_bytes())
    found["season"] = said(language, "season", season)
    return found


def filled(page: str, pictures: Pictures) -> str:
    """A page with its pictures as they are now."""

    def fill(match: re.Match[str]) -> str:
        return f"{match[1]}```text\n{pictures[match[2]].text.rstrip()}\n```\n{match[4]}"

    return _MARKED.sub(fill, page)


def cells(line: str) -> int:
    """How many columns of a terminal a line takes."""
    return cell_len(line)


def names_in(page: str) -> list[str]:
    """The pictures that a page shows."""
    return [match[2] for match in _MARKED.finditer(page)]


def write(language: str) -> None:
    """Fill the page of a language and write its SVGs."""
    with tempfile.TemporaryDirectory() as folder:
        pictures = take(language, Path(folder))
    path = DOCS / f"guide.{language}.md"
    path.write_text(filled(path.read_text(encoding="utf-8"), pictures), encoding="utf-8")
    beside = DOCS / "guide"
    beside.mkdir(exist_ok=True)
    for name, picture in pictures.items():
        if picture.svg:
            (beside / f"{name}.{language}.svg").write_text(picture.svg, encoding="utf-8")


if __name__ == "__main__":
    for code in ("en", "zh"):
        write(code)
