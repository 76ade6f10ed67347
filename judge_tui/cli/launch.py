"""The composition root of the full-screen program: makes screens and the doors between them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from judge_tui import settings
from judge_tui.cli.at_home import at_home
from judge_tui.cli.garbage import spare_what_is_loaded
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg
from judge_tui.services.recent import recent_files, remember_file
from judge_tui.ui.app import JudgeApp
from judge_tui.ui.doors import Doors

if TYPE_CHECKING:
    from judge_tui.store.files import EntryFile


def launch(first: Callable[[Launcher], Screen[Any]], greet: Callable[[JudgeApp], None] = lambda app: None) -> None:
    """Run the program with the screen that `first` makes; leaves the process with its exit code.

    The screen is made before the terminal is taken over, so that what stands in its way is said on the terminal. `greet` is
    called when the program is up, just before the screen opens.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise JudgeTuiError(
            "TERMINAL",
            msg("This opens a screen, and there is no terminal to show it on"),
            msg("Start it in a terminal window; `judge-tui --help` lists what works without one."),
        )
    launcher = Launcher()
    try:
        screen = first(launcher)
        spare_what_is_loaded()

        def opened() -> Screen[Any]:
            greet(launcher.app)
            return screen

        launcher.app = JudgeApp(opened, settings.load(), keep=settings.remember)
        launcher.app.run()
    finally:
        launcher.close()
    sys.exit(launcher.app.return_code or 0)


class Launcher:
    """Makes each screen with the services it needs, and pushes it where a door is opened."""

    app: JudgeApp

    def __init__(self) -> None:
        self._open: list[EntryFile] = []

    def close(self) -> None:
        """Let go of the judges' files that are still open."""
        while self._open:
            self._open.pop().close()

    @property
    def doors(self) -> Doors:
        """The doors handed to screens."""
        return Doors(
            open_file=self._guarded(self.open_file),
            seat=self._guarded(self.open_seat),
            organiser=self._guarded(self.open_organiser),
            projector=self._guarded(self.open_projector),
            reveal=self._guarded(self.open_reveal),
            host=self._guarded(self.open_host),
            demo=self._guarded(self.open_demo),
            new=self._guarded(self.open_new),
        )

    def _guarded(self, door: Callable[..., None]) -> Callable[..., None]:
        """A door that shows what went wrong instead of ending the program."""

        def open_or_say(*arguments: Any) -> None:
            try:
                door(*arguments)
            except JudgeTuiError as error:
                if error.code == "PASSPHRASE":
                    self._ask_passphrase(error, lambda: open_or_say(*arguments))
                else:
                    self.app.show_error(error)

        return open_or_say

    def _ask_passphrase(self, error: JudgeTuiError, then: Callable[[], None]) -> None:
        """A locked key: ask for its passphrase, then try the door once more."""
        from judge_tui.services.records.passphrase import unlock
        from judge_tui.ui.dialogs.pin import PinDialog

        def tried(typed: str) -> Message | None:
            return None if unlock(settings.keys_folder(), typed) else msg("That is not the passphrase")

        dialog = PinDialog(error.message, tried, msg("Passphrase"))
        self.app.push_screen(dialog, lambda right: then() if right else None)

    def start_screen(self) -> Screen[Any]:
        """What `judge-tui` alone opens."""
        from judge_tui.ui.screens.start import StartScreen

        return StartScreen(self.doors, recent_files(settings.home()))

    def seat_screen(self, path: Path) -> Screen[Any]:
        """The judge's screen on a judge's file."""
        from judge_tui.services.seat.judging import JudgingSession
        from judge_tui.services.seat.seats import open_seat
        from judge_tui.ui.screens.judging import JudgingScreen

        path = at_home(path)
        seat = open_seat(path, keys=settings.keys_folder())
        remember_file(settings.home(), path, f"{seat.judge.name}  {seat.event.title}")
        self._open.append(seat.file)
        return JudgingScreen(JudgingSession(seat))

    def projector_screen(self, path: Path, *, rehearse: bool = False, ended: bool = False) -> Screen[Any]:
        """The hall's screen on an organiser's file, from the beginning or from the end of scoring on."""
        from judge_tui.domain.ceremony.machine import Act, Move, Stage
        from judge_tui.services.hall.ceremony import LocalHall, progress_of_file, show_of_file
        from judge_tui.services.records.organiser_file import must_be_organisers
        from judge_tui.ui.screens.projector import ProjectorScreen

        must_be_organisers(path)
        show = show_of_file(path, rehearse=rehearse)
        hall = LocalHall(show, progress_of_file(path))
        if ended:
            hall.act(Act(Move.GO, text=Stage.SEALED))
        remember_file(settings.home(), path, show.title)
        return ProjectorScreen(hall)

    def organiser_screen(self, path: Path) -> Screen[Any]:
        """The organiser's table on an organiser's file."""
        from judge_tui.services.records.organiser_file import must_be_organisers
        from judge_tui.services.records.passphrase import must_be_open
        from judge_tui.services.table.office import Office
        from judge_tui.ui.screens.organiser import OrganiserScreen

        must_be_organisers(path, to_write=True)
        must_be_open(path, settings.keys_folder())
        office = Office(path, settings.keys_folder())
        remember_file(settings.home(), path)
        return OrganiserScreen(office, self.doors)

    def demo_at(self, folder: Path) -> Screen[Any]:
        """The demonstration, issued into a folder."""
        from judge_tui.services.demo import prepare
        from judge_tui.ui.screens.demo import DemoScreen

        demo = prepare(folder, settings.data_folder(), keys=settings.keys_folder())
        return DemoScreen(demo, self.doors)

    def open_file(self, path: Path) -> None:
        """Whichever screen this file is for."""
        from judge_tui.services.files import FileKind, file_kind

        kind = file_kind(path)
        if kind is FileKind.JUDGE:
            self.open_seat(path, lambda: None)
        elif kind is FileKind.ORGANISER:
            self.open_organiser(path)
        else:
            raise JudgeTuiError(
                "FOREIGN",
                msg("{file} is neither a judge's nor an organiser's file", file=path.name),
                msg("Judges' files end in .judge, the organiser's in .db; check a definition with: judge-tui check"),
            )

    def open_seat(self, path: Path, then: Callable[[], None]) -> None:
        """A judge's file above the present screen."""

        def closed(_: object) -> None:
            self._open.pop().close()
            then()

        self.app.push_screen(self.seat_screen(path), closed)

    def open_organiser(self, path: Path) -> None:
        """The organiser's table above the present screen."""
        self.app.push_screen(self.organiser_screen(path))

    def open_projector(self, path: Path, then: Callable[[], None]) -> None:
        """The hall's view above the present screen."""
        self.app.push_screen(self.projector_screen(path), lambda _: then())

    def open_reveal(self, path: Path, then: Callable[[], None]) -> None:
        """The hall's view, at the end of scoring, above the present screen."""
        self.app.push_screen(self.projector_screen(path, ended=True), lambda _: then())

    def open_host(self, path: Path) -> None:
        """The presenter's view above the present screen; it lets go of the hall when it is closed."""
        from judge_tui.services.hall.ceremony import open_hall
        from judge_tui.ui.screens.presenter import PresenterScreen

        hall = open_hall(path, keys=settings.keys_folder(), hold=True)
        self.app.push_screen(PresenterScreen(hall, media=path.parent / "media"), lambda _: hall.close())

    def open_demo(self) -> None:
        """The demonstration above the present screen."""
        from judge_tui.services.demo import free_folder

        self.app.push_screen(self.demo_at(free_folder(Path.cwd(), "judge-tui-demo")))

    def open_new(self) -> None:
        """The form for a new contest; what it made is opened at once."""
        from judge_tui.ui.screens.new_contest import NewContestScreen

        def made(path: Path | None) -> None:
            if path is not None:
                self._guarded(self.open_organiser)(path)

        self.app.push_screen(NewContestScreen(Path.cwd(), settings.keys_folder()), made)
