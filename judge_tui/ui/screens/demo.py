"""The demonstration, step by step: sit down as a judge, let the others be played, collect, reveal."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, Label, ProgressBar

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.i18n import translator as _t
from judge_tui.services.demo import Demo, collect, play_kits
from judge_tui.ui.doors import Doors
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import AppScreen
from judge_tui.ui.widgets.key_bar import KeyBar

STEPS: tuple[tuple[str, Message, Message], ...] = (
    (
        "sit",
        msg("Sit down as a judge and score"),
        msg("You are {judge}. Type a mark, press Enter; leave when you have seen enough."),
    ),
    (
        "play",
        msg("Let the other judges score"),
        msg("{count} judges, each on a file of their own; what you left blank is filled in for you."),
    ),
    (
        "collect",
        msg("Collect and merge every file"),
        msg("Every signature is checked; in any order, as often as you like."),
    ),
    (
        "reveal",
        msg("Reveal the ranking on the projector"),
        msg("From the last place to the first: PgDn forward, PgUp back."),
    ),
)


class DemoScreen(AppScreen[None]):
    """Four steps, one button each; Enter goes on with the next."""

    ABOUT: ClassVar[Message] = msg("A whole contest in four steps. Press Enter to go on with the next one.")
    KEYS = (
        *(
            Command(f"demo.step{number}", str(number), f"step({number})", title, title, bar=False)
            for number, (_, title, _) in enumerate(STEPS, 1)
        ),
        Command("demo.up", "up", "app.focus_previous", msg("Up"), msg("The step before"), bar=False),
        Command("demo.down", "down", "app.focus_next", msg("Down"), msg("The next step"), bar=False),
        Command("demo.table", "f5", "organiser", msg("Organiser's table"), msg("See what the organiser sees")),
        Command("demo.back", "escape", "back", msg("Back"), msg("Leave the demonstration; its files stay")),
    )

    DEFAULT_CSS = """
    DemoScreen { align: center middle; }
    DemoScreen #demo { width: 76; max-width: 98%; height: auto; max-height: 100%; padding: 0 3; background: $surface; }
    DemoScreen #title { text-style: bold; color: $accent; width: 1fr; text-align: center; margin: 1 0 0 0; }
    DemoScreen #where { color: $foreground 60%; width: 1fr; text-align: center; }
    DemoScreen .step { width: 1fr; margin-top: 1; height: 1; min-width: 20; border: none; text-align: left;
        content-align: left middle; background: $panel; }
    DemoScreen .step:focus { background: $primary; color: $background; text-style: bold; }
    DemoScreen .about { color: $foreground 70%; width: 1fr; padding-left: 5; height: auto; }
    DemoScreen ProgressBar { width: 1fr; padding-left: 5; margin-top: 1; }
    DemoScreen ProgressBar Bar { width: 1fr; }
    DemoScreen #said { color: $success; width: 1fr; height: auto; margin: 1 0; text-align: center; }
    """

    def __init__(self, demo: Demo, doors: Doors) -> None:
        super().__init__()
        self.demo, self._doors = demo, doors
        self.done: set[str] = set()
        self._said: Message | None = None
        self._busy = False

    def compose(self) -> ComposeResult:
        with Vertical(id="demo"):
            yield Label(self.demo.event.title, id="title", markup=False)
            yield Label(_t(msg("The files are in {folder}", folder=str(self.demo.folder))), id="where", markup=False)
            for number, (name, title, about) in enumerate(STEPS, 1):
                yield Button(self._label(number, name, title), id=name, classes="step", compact=True)
                yield Label(self._about(about), id=f"{name}-about", classes="about", markup=False)
            yield ProgressBar(total=len(self.demo.kits), show_eta=False)
            yield Label(_t(self._said) if self._said else "", id="said", markup=False)
        yield KeyBar(self.KEYS)

    def on_mount(self) -> None:
        self.query_one(ProgressBar).display = self._busy
        self._focus_next()

    def retranslate(self) -> None:
        for number, (name, title, about) in enumerate(STEPS, 1):
            self.query_one(f"#{name}", Button).label = self._label(number, name, title)
            self.query_one(f"#{name}-about", Label).update(self._about(about))
        self.query_one("#where", Label).update(_t(msg("The files are in {folder}", folder=str(self.demo.folder))))
        self._say(self._said)
        self.query_one(KeyBar).refresh()

    def _label(self, number: int, name: str, title: Message) -> str:
        state = _t(msg("done")) if name in self.done else ""
        return f" {number}  {_t(title)}   {state}"

    def _about(self, about: Message) -> str:
        judge = self.demo.event.judges[self.demo.seat].name
        values = {"judge": judge, "count": len(self.demo.kits) - 1}
        return _t(Message(about.text, {key: item for key, item in values.items() if "{" + key + "}" in about.text}))

    def _say(self, text: Message | None) -> None:
        self._said = text
        self.query_one("#said", Label).update(_t(text) if text else "")

    def _finish(self, name: str) -> None:
        self.done.add(name)
        for number, (step, title, _) in enumerate(STEPS, 1):
            self.query_one(f"#{step}", Button).label = self._label(number, step, title)
        self._focus_next(name)

    def _focus_next(self, done: str = "") -> None:
        """On to the first step after this one that is not done; a step that was left out is not gone back to."""
        names = [name for name, _, _ in STEPS]
        later = names[names.index(done) + 1 :] if done else names
        waiting = [name for name in later if name not in self.done] or ["reveal"]
        self.query_one(f"#{waiting[0]}", Button).focus()

    @on(Button.Pressed, ".step")
    def _pressed(self, event: Button.Pressed) -> None:
        self._begin(event.button.id or "")

    def action_step(self, number: int) -> None:
        self._begin(STEPS[number - 1][0])

    def _begin(self, name: str) -> None:
        if self._busy:
            self._say(msg("One moment: the step before is not done yet."))
            return
        self.query_one(f"#{name}", Button).focus()
        if name == "sit":
            self._doors.seat(self.demo.kits[self.demo.seat], lambda: self._finish("sit"))
        elif name == "play":
            self._busy = True
            self.query_one(ProgressBar).display = True
            self._play()
        elif name == "collect":
            self._busy = True
            self._say(msg("Checking and merging …"))
            self._collect()
        else:
            self._doors.reveal(self.demo.organiser, lambda: self._finish("reveal"))

    @work(thread=True)
    def _play(self) -> None:
        try:
            play_kits(self.demo, self.demo.kits, self._played)
        except JudgeTuiError as error:
            self.app.call_from_thread(self._failed, error)
        else:
            handed = nmsg("{count} file has been handed in.", "{count} files have been handed in.", len(self.demo.kits))
            self.app.call_from_thread(self._succeeded, "play", handed)

    def _played(self, kit: Path, done: int, of: int) -> None:
        progress = self.query_one(ProgressBar)
        self.app.call_from_thread(progress.update, progress=done, total=of)

    @work(thread=True)
    def _collect(self) -> None:
        try:
            report = collect(self.demo)
        except JudgeTuiError as error:
            self.app.call_from_thread(self._failed, error)
        else:
            text = msg(
                "{taken} files merged, {entries} signed records, {refused} refused.",
                taken=len(report.verdicts) - len(report.refused),
                entries=report.taken,
                refused=len(report.refused),
            )
            self.app.call_from_thread(self._succeeded, "collect", text)

    def _succeeded(self, name: str, text: Message) -> None:
        self._busy = False
        self.query_one(ProgressBar).display = False
        self._say(text)
        self._finish(name)

    def _failed(self, error: JudgeTuiError) -> None:
        self._busy = False
        self.query_one(ProgressBar).display = False
        self._say(error.message)

    def action_organiser(self) -> None:
        self._doors.organiser(self.demo.organiser)

    def action_back(self) -> None:
        if not self._busy:
            self.dismiss(None)
