"""A new contest in one form: a title, a template, two pasted lists. What was understood, and what was not, stands at the foot
while one types; nothing is made before everything is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, TextArea

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Event
from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.preparing import beginning
from judge_tui.services.preparing.beginning import Draft, Understood
from judge_tui.services.preparing.definitions import template_event
from judge_tui.services.preparing.pasted_lists import list_text
from judge_tui.ui.dialogs.ask import AskDialog
from judge_tui.ui.dialogs.choose import ChooseDialog
from judge_tui.ui.dialogs.error import ErrorDialog
from judge_tui.ui.dialogs.folder import FolderDialog
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import AppScreen
from judge_tui.ui.widgets.key_bar import KeyBar
from judge_tui.ui.widgets.line_list import Column, Line, LineList
from judge_tui.ui.widgets.text_field import TextField

TEMPLATES: dict[str, Message] = {
    "points": msg("marks on a scale, the usual one"),
    "grades": msg("grades: excellent, good, pass"),
    "checklist": msg("a checklist: points off, findings"),
    "speech": msg("a speech contest of persons, with a clock"),
    "appraisal": msg("anonymous ballots, counted by class"),
    "lists": msg("a red and a black list"),
    "comment": msg("nothing is scored, only comments"),
}
"""The templates in words, the usual one first."""

LISTS = {".txt", ".csv", ".tsv"}
"""Files of names, which go into the list with the cursor."""

DELAY = 0.2
"""Seconds of quiet after which what was typed is looked at."""


class NewContestScreen(AppScreen[Path | None]):
    """Answers the organiser's file of the contest that was made, or None."""

    ABOUT: ClassVar[Message] = msg("Paste the organisations and the judges, one a line; F10 makes their files.")
    KEYS = (
        Command("new.template", "f2", "template", msg("Template"), msg("Choose what kind of contest it is")),
        Command(
            "new.import", "f3", "import", msg("From a file"), msg("Read a workbook, a definition or a list of names")
        ),
        Command("new.excel", "f4", "excel", msg("To Excel"), msg("Write what stands here as a workbook to fill in")),
        Command("new.create", "f10", "create", msg("Make the files"), msg("Make the organiser's file and the judges'")),
        Command("new.back", "escape", "back", msg("Back"), msg("Leave; nothing was made")),
    )

    DEFAULT_CSS = """
    NewContestScreen .row { height: 1; padding: 0 1; }
    NewContestScreen .name { width: 21; height: 1; color: $foreground 80%; }
    NewContestScreen #kind { width: 1fr; height: 1; }
    NewContestScreen TextField { width: 1fr; padding: 0 1; background: $panel; }
    NewContestScreen TextField:focus { background: $primary 20%; }
    NewContestScreen #lists { height: 1fr; }
    NewContestScreen .side { width: 1fr; padding: 0 1; }
    NewContestScreen .side Label { text-style: bold; height: 1; width: 1fr; }
    NewContestScreen TextArea { height: 1fr; border: none; padding: 0 1; background: $panel; }
    NewContestScreen TextArea:focus { border: none; background: $primary 20%; }
    NewContestScreen #found { height: 1; width: 1fr; padding: 0 1; background: $success; color: $background; text-style: bold; }
    NewContestScreen #found.-wanting { background: $warning; }
    NewContestScreen LineList { height: 7; }
    """

    def __init__(self, folder: Path, keys: Path) -> None:
        """`folder` is where the contest's own folder is suggested."""
        super().__init__()
        self._folder, self._keys = folder, keys
        self.draft = Draft()
        self.found: Understood | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(classes="row"):
            yield Label(_t(msg("Title of the contest")), classes="name")
            yield TextField(self.draft.title, compact=True)
        with Horizontal(classes="row"):
            yield Label(_t(msg("Template")), classes="name")
            yield Label("", id="kind", markup=False)
        with Horizontal(id="lists"):
            with Vertical(classes="side"):
                yield Label("", id="organisations-name", markup=False)
                yield TextArea(self.draft.organisations, id="organisations", tab_behavior="focus")
            with Vertical(classes="side"):
                yield Label("", id="judges-name", markup=False)
                yield TextArea(self.draft.judges, id="judges", tab_behavior="focus")
        yield Label("", id="found", markup=False)
        yield LineList((Column(msg("Where"), most=20), Column(msg("What"))))
        yield KeyBar(self.KEYS)

    def on_mount(self) -> None:
        for area in self.query(TextArea):
            area.cursor_blink = False
        self.query_one(TextField).focus()
        self._look()

    def retranslate(self) -> None:
        self._read()
        self.refresh(recompose=True)
        self.call_after_refresh(self.on_mount)

    # What is understood

    def _read(self) -> None:
        self.draft = replace(
            self.draft,
            title=self.query_one(TextField).value,
            organisations=self.query_one("#organisations", TextArea).text,
            judges=self.query_one("#judges", TextArea).text,
        )

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._read()
        self._look()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        """Look at the draft once the typing rests; pasting many lines is one look."""
        from asyncio import sleep

        await sleep(DELAY)
        try:
            found = beginning.understand(self.draft, _t.language)
        except JudgeTuiError as error:
            self.draft = replace(self.draft, imported=None)
            self.app.push_screen(ErrorDialog(error))
            found = beginning.understand(self.draft, _t.language)
        self.take(found)

    def take(self, found: Understood) -> None:
        """Show what was understood."""
        self.found = found
        imported = self.draft.imported
        kind = (
            msg("{file} (F2: a template instead)", file=imported.name)
            if imported
            else msg("{name} (F2)", name=TEMPLATES[self.draft.template])
        )
        self.query_one("#kind", Label).update(_t(kind))
        organisations = (
            msg("Organisations: {count}", count=found.organisations)
            if found.organisations
            else msg("Organisations, pasted one a line")
        )
        judges = (
            msg("Judges, groups beside them: {count}", count=found.judges)
            if found.judges
            else msg("Judges, pasted one a line")
        )
        self.query_one("#organisations-name", Label).update(_t(organisations))
        self.query_one("#judges-name", Label).update(_t(judges))
        label = self.query_one("#found", Label)
        label.set_class(found.event is None, "-wanting")
        state = msg("Everything is understood: F10 makes the files.")
        if found.event is None:
            state = msg("{count} to put right; nothing is made before", count=len(found.problems))
        label.update(_t(state))
        self.query_one(LineList).show(list(self._lines(found)), 0)

    def _lines(self, found: Understood) -> Sequence[Line]:
        wrong = [
            Line(
                (
                    _t(beginning.place_of(item)),
                    _t(msg("{what} → {hint}", what=item.message, hint=item.hint) if item.hint else item.message),
                ),
                "doubt",
            )
            for item in found.problems
        ]
        return [
            *wrong,
            *(Line(("", _t(item)), "strong") for item in beginning.told(found)),
            *(Line((_t(msg("changed")), _t(item))) for item in found.changes),
        ]

    # What can be done

    def action_template(self) -> None:
        names = list(TEMPLATES)

        def answered(place: int | None) -> None:
            if place is not None:
                self.draft = replace(self.draft, template=names[place], imported=None)
                self._look()

        self.app.push_screen(ChooseDialog(msg("What kind of contest?"), None, [*TEMPLATES.values()]), answered)

    def action_import(self) -> None:
        text = msg(
            "Which file? A workbook or definition takes the place of the template; a text or CSV file goes into the list "
            "with the cursor. Type its path, or drag it into this window."
        )
        self.app.push_screen(AskDialog(msg("From a file"), text), self._import)

    def _import(self, typed: str | None) -> None:
        if not typed:
            return
        path = Path(typed.strip("'\" ")).expanduser()
        if path.suffix.lower() not in LISTS:
            self.draft = replace(self.draft, imported=path)
            self._look()
            return
        try:
            text = list_text(path)
        except JudgeTuiError as error:
            self.app.push_screen(ErrorDialog(error))
            return
        area = self.focused if isinstance(self.focused, TextArea) else self.query_one("#organisations", TextArea)
        area.text = text

    def action_excel(self) -> None:
        event = self.found.event if self.found else None
        event = event or template_event(self.draft.template, _t.language)

        def answered(folder: Path | None) -> None:
            if folder is not None:
                self.write(event, folder)

        title, text = msg("Write a workbook"), msg("In which folder? Nothing that is there is overwritten.")
        self.app.push_screen(FolderDialog(title, text, (), make=True, value=str(self._folder)), answered)

    def write(self, event: Event, folder: Path) -> None:
        """Write the workbook."""
        try:
            path = beginning.write_form(event, folder, _t.language)
        except JudgeTuiError as error:
            self.app.push_screen(ErrorDialog(error))
        else:
            self.app.notify(_t(msg("Written: {path}", path=str(path))), markup=False)

    def action_create(self) -> None:
        event = self.found.event if self.found else None
        if event is None:
            self.app.notify(_t(msg("Put right first what stands at the foot.")), markup=False)
            return

        def answered(folder: Path | None) -> None:
            if folder is not None:
                self.make(event, folder)

        title = msg("Make the files")
        text = msg("In which folder? The organiser's file, one file for each judge, and the definition go there.")
        dialog = FolderDialog(title, text, (), make=True, value=str(self._folder / event.id))
        self.app.push_screen(dialog, answered)

    @work(thread=True, exclusive=True, group="make")
    def make(self, event: Event, folder: Path) -> None:
        """Issue the contest, then go on at its table."""
        try:
            issued = beginning.begin(event, folder, keys=self._keys, imported=self.draft.imported)
        except JudgeTuiError as error:
            self.app.call_from_thread(self.app.push_screen, ErrorDialog(error))
        else:
            self.app.call_from_thread(self.dismiss, issued.organiser)

    def action_back(self) -> None:
        self.dismiss(None)
