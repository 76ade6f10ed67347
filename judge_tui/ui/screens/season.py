"""A season full-screen: standings, trend, honours, what follows, promises, and the matches in doubt, which are decided here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import ContentSwitcher, Label

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg, verbatim
from judge_tui.domain.season.matching import Doubt
from judge_tui.domain.season.season import Season
from judge_tui.i18n import translator as _t
from judge_tui.services.seasons.matches import decide_match
from judge_tui.services.seasons.season import open_season
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.read import ReadDialog
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import AppScreen
from judge_tui.ui.season import rows
from judge_tui.ui.widgets.key_bar import KeyBar
from judge_tui.ui.widgets.line_list import Column, Line, LineList
from judge_tui.ui.widgets.section_bar import SectionBar

ROOMS: tuple[tuple[str, Message, tuple[Column, ...], Callable[[Season], list[Line]]], ...] = (
    ("standings", msg("Standings"), rows.STANDINGS, rows.standings),
    ("trend", msg("Trend"), rows.TREND, rows.trend),
    ("honours", msg("Honours"), rows.WORDS, rows.honours),
    ("follows", msg("What follows"), rows.WORDS, rows.follows),
    ("promises", msg("Commitments"), rows.PROMISES, rows.promises),
    ("doubts", msg("In doubt"), rows.PAIRS, rows.doubts),
)
EMPTY = {
    "standings": msg("Nobody took part."),
    "trend": msg("There is a trend from the second event with scores on."),
    "honours": msg("No honours yet."),
    "follows": msg("Nothing follows: season.toml declares no rules, or none applies."),
    "promises": msg("Nobody has promised anything."),
    "doubts": msg("No match is in doubt."),
}
LAST = len(ROOMS) - 1


class SeasonScreen(AppScreen[None]):
    """Reads the season's folder, shows its rooms, and writes nothing but what is decided about doubtful matches."""

    ABOUT: ClassVar[Message] = msg(
        "The events of a season together. Digits open the rooms; in the last one Enter decides whether two names are one organisation."
    )
    KEYS = (
        *(
            Command(f"season.room{number}", str(number), f"room({number - 1})", title, title, bar=False)
            for number, (_, title, _, _) in enumerate(ROOMS, 1)
        ),
        Command("season.next", "tab,right", "step(1)", msg("Next room"), msg("To the next room")),
        Command("season.back", "shift+tab,left", "step(-1)", msg("Room before"), msg("To the room before"), bar=False),
        Command("season.again", "f5", "again", msg("Read again"), msg("Read the folder again")),
        Command("season.leave", "escape", "leave", msg("Leave"), msg("Leave; nothing in the folder was changed")),
    )
    DEFAULT_CSS = """
    SeasonScreen #name { width: 1fr; padding: 0 1; background: $panel; color: $accent; text-style: bold; }
    SeasonScreen #note { width: 1fr; padding: 0 1; color: $foreground 70%; height: auto; max-height: 4; }
    SeasonScreen ContentSwitcher { height: 1fr; }
    """

    def __init__(self, folder: Path) -> None:
        """Raises JudgeTuiError where there is no season in the folder."""
        super().__init__()
        self._folder, self._at = folder, 0
        self._found = open_season(folder)

    def compose(self) -> ComposeResult:
        yield Label(id="name", markup=False)
        yield SectionBar([title for _, title, _, _ in ROOMS])
        yield Label(id="note", markup=False)
        with ContentSwitcher(initial=ROOMS[self._at][0]):
            for key, _, columns, _ in ROOMS:
                lines = LineList(columns)
                lines.id = key
                yield lines
        yield KeyBar(self.KEYS)

    def on_mount(self) -> None:
        self._show()

    def retranslate(self) -> None:
        """The same room in the other language."""
        super().retranslate()
        self.call_after_refresh(self._show)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """The matches that wait for somebody to decide."""
        return self._found.season.doubts

    def _show(self) -> None:
        season = self._found.season
        events = nmsg("{count} event", "{count} events", len(season.rounds))
        name = season.name or self._folder.name
        self.query_one("#name", Label).update(_t(msg("{name}: {events}", name=name, events=events)))
        for key, _, _, lines in ROOMS:
            self.query_one(f"#{key}", LineList).show(lines(season))
        self._open(self._at)

    def _open(self, room: int) -> None:
        self._at = room % len(ROOMS)
        key = ROOMS[self._at][0]
        self.query_one(ContentSwitcher).current = key
        lines = self.query_one(f"#{key}", LineList)
        lines.focus()
        self.query_one(SectionBar).mark(self._at, {LAST: len(self.doubts)})
        self.query_one("#note", Label).update(_t(self._note(key)))

    def _note(self, key: str) -> Message:
        season = self._found.season
        if not ROOMS[self._at][3](season):
            return EMPTY[key]
        if key == "standings":
            labels = tuple(f"{number} {item.label}" for number, item in enumerate(season.rounds, 1))
            said: tuple[Message, ...] = (msg("Events: {names}", names=labels), *rows.notes(season))
            return msg("{parts}", parts=said)
        if key == "doubts":
            return msg("Enter: decide whether the two are one. What you decide is kept in matches.toml.")
        return msg("{parts}", parts=())

    def action_room(self, room: int) -> None:
        """Open a room."""
        self._open(room)

    def action_step(self, by: int) -> None:
        """The room beside this one."""
        self._open(self._at + by)

    def action_again(self) -> None:
        """Read the folder again: an event may have come in."""
        try:
            self._found = open_season(self._folder)
        except JudgeTuiError as error:
            self.notify(_t(error.message), severity="error")
            return
        self._show()

    def action_leave(self) -> None:
        self.dismiss(None)

    @on(SectionBar.Chosen)
    def _room_clicked(self, event: SectionBar.Chosen) -> None:
        self._open(event.index)

    @on(LineList.Chosen)
    def _chosen(self, event: LineList.Chosen) -> None:
        """In the last room a line is decided; elsewhere it is read in full."""
        if event.source.id == "doubts":
            self._decide(self.doubts[event.index])
        else:
            words = [verbatim(text) for text in event.source.lines[event.index].cells if text]
            self.app.push_screen(ReadDialog(ROOMS[self._at][1], words))

    def _decide(self, doubt: Doubt) -> None:
        text = msg("{first} and {second}", first=doubt.first_name, second=doubt.second_name)
        options = (msg("One organisation"), msg("Two organisations"), msg("Decide later"))

        def chosen(place: int | None) -> None:
            if place not in (0, 1):
                return
            try:
                decide_match(self._folder, doubt, same=place == 0)
            except JudgeTuiError as error:
                self.notify(_t(error.message), severity="error")
                return
            self.action_again()

        self.app.push_screen(ChooseDialog(msg("Are these one organisation?"), text, options), chosen)
