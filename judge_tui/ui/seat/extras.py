"""What a judge may want beside marks: materials, questions, findings, the clock, his history, a second copy, wider lines."""

from __future__ import annotations

import time
from pathlib import Path

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import Checklist, OrganisationId
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.domain.turn_time import clock_words, rings, timed_phase
from judge_tui.ui.judge_keys import MORE_COMMANDS
from judge_tui.ui.keys import key_name
from judge_tui.ui.seat.network import JudgingNetwork

COPY_LOOK = 20.0
"""Seconds between looks at whether the second copy is old."""

BESIDE_MARKS = ("note", "later", "comment", "recuse", "undo", "redo")
"""What has an F-key of its own that a narrow key bar leaves out: it stands in the list of the rest, too."""

STICK_LOOK = 3.0
"""Seconds between looks at whether a stick came back with receipts or notices on it, and how the network stands."""


class JudgingExtras(JudgingNetwork):
    """The commands behind the last key of the bar; each has a key of its own, too."""

    _clock_from: float | None = None

    def start_extras(self) -> None:
        """Begin what runs beside the marks."""
        self._ticks = self.set_interval(1.0, self._tick, pause=True)
        self.set_interval(COPY_LOOK, self._copy_again)
        self.set_interval(STICK_LOOK, self._look_around)
        self.start_network()

    def action_more(self) -> None:
        """A numbered list of all of them."""
        from judge_tui.ui.dialogs.choose import ChooseDialog

        commands = (*MORE_COMMANDS, *(item for item in self.KEYS if item.action in BESIDE_MARKS))
        own = [self.keys_of(item) for item in commands]
        keys = [key_name(item[0]) if item else verbatim("") for item in own]

        async def chosen(place: int | None) -> None:
            if place is not None:
                await self.run_action(commands[place].action)

        self.app.push_screen(ChooseDialog(msg("More"), None, [item.tooltip for item in commands], keys), chosen)

    # The organisation's things

    def action_materials(self) -> None:
        organisation = self.card.organisation
        if not (organisation.materials or organisation.commitments):
            self.status.say(msg("{name} has no materials", name=organisation.name))
            return
        from judge_tui.ui.dialogs.materials import MaterialsDialog

        title = msg("Materials of {name}", name=organisation.name)
        self.app.push_screen(
            MaterialsDialog(title, organisation.materials, self.session.media, organisation.commitments)
        )

    def action_question(self) -> None:
        """Which question was asked; the answer goes into the note."""
        questions = self.session.event.questions
        if not questions:
            self._note_answer("")
            return
        from judge_tui.ui.dialogs.choose import ChooseDialog

        dialog = ChooseDialog(msg("Which question was asked?"), None, [verbatim(item) for item in questions])
        self.app.push_screen(dialog, lambda place: self._note_answer(questions[place]) if place is not None else None)

    def _note_answer(self, question: str) -> None:
        organisation = self.card.organisation
        self.write(
            msg("Question and answer: {name}", name=organisation.name),
            verbatim(question) if question else msg("What was asked, and what was answered."),
            "",
            then=lambda text: self._answered(organisation.id, question, text),
        )

    def _answered(self, organisation: OrganisationId, question: str, text: str | None) -> None:
        if text:
            asked = f"? {question}" if question else ""
            note = "\n".join(line for line in (self.session.drawer.note(organisation), asked, f"= {text}") if line)
            self.attempt(lambda: self.session.drawer.write_note(organisation, note), msg("Note kept"))
            self.open_card(self.at, self.form.focus_index)

    def action_findings(self) -> None:
        """Words beside the items of the checklist in focus."""
        card, field = self.card, self.form.field
        method = field.criterion.method if field is not None else None
        mark = card.given.get(field.criterion.id) if field is not None else None
        if not any(isinstance(item.method, Checklist) for item in card.sheet.criteria):
            self.status.say(msg("No checklist is scored here"))
            return
        if field is None or not isinstance(method, Checklist) or mark is None or not mark.value or card.closed:
            self.status.say(msg("Give the numbers of the items found wanting first"))
            return
        from judge_tui.ui.dialogs.findings import FindingsDialog

        criterion, value = field.criterion, mark.value
        failed = [item for item in method.items if isinstance(value, tuple) and item.id in value]
        title = msg("{name}: {criterion}", name=card.organisation.name, criterion=criterion.name)

        def found(texts: dict[str, str] | None) -> None:
            if texts is not None:
                self.attempt(
                    lambda: self.session.give(card.organisation.id, criterion.id, value, texts), msg("Findings saved")
                )

        self.app.push_screen(FindingsDialog(title, failed, mark.findings), found)

    def action_direction(self) -> None:
        if self.sheet is not None:
            self.sheet.downward = not self.sheet.downward
            down = self.sheet.downward
            self.status.say(msg("Enter goes down the column") if down else msg("Enter goes along the row"))

    # The clock

    def action_clock(self) -> None:
        """Start it, or stop and clear it."""
        if self._clock_from is None:
            self._clock_from = time.monotonic()
            self._ticks.resume()
            self._tick()
        else:
            self._clock_from = None
            self._ticks.pause()
            self.status.aside(None)

    def _tick(self) -> None:
        if self._clock_from is not None:
            seconds = int(time.monotonic() - self._clock_from)
            phase = timed_phase(self.session.event)
            self.status.aside(clock_words(seconds, phase))
            if rings(seconds, phase):
                self.app.bell()

    # Records

    def action_history(self) -> None:
        from judge_tui.ui.dialogs.read import ReadDialog

        lines: list[Message] = [
            msg("{time}  {what}", time=f"{step.at:%H:%M:%S}" if step.at else "--:--:--", what=step.text)
            for step in self.session.history()
        ]
        self.app.push_screen(ReadDialog(msg("My changes, newest first"), lines or [msg("Nothing yet")]))

    def action_copy(self) -> None:
        """Choose where the second copy is kept; this is how a sheet is handed in, too."""
        from judge_tui.ui.dialogs.folder import FolderDialog

        places = self.session.copy.places()
        text = (
            msg(
                "A verified copy is written into the folder or onto the stick. While you go on scoring it is kept fresh."
            )
            if places
            else msg(
                "No stick is plugged in. Plug one in, press Esc, and come here again; or type the path of a folder. "
                "A verified copy is written there."
            )
        )
        waiting = self.session.unsubmitted
        text = msg("{first}\n{then}", first=waiting, then=text) if waiting is not None else text
        dialog = FolderDialog(msg("Hand over or copy"), text, places, make=True)
        self.app.push_screen(dialog, self._copy_to)

    def _copy_to(self, folder: Path | None) -> None:
        if folder is None:
            return
        try:
            said = self.session.copy.make(folder)
            news = self.session.bring(folder)
        except JudgeTuiError as error:
            self.status.say(error.message)
            return
        if news is not None:
            self.show_view(self.view)
        for more in (news, self.session.unsubmitted):
            said = msg("{done} {news}", done=said, news=more) if more is not None else said
        self.status.say(said)
        self._show_copy()

    def _copy_again(self) -> None:
        folder = self.session.copy.folder
        if folder is not None and self.session.copy.due:
            try:
                self.session.copy.make(folder)
            except JudgeTuiError as error:
                self.status.say(msg("The second copy could not be made again: {reason}", reason=error.message))
        self._show_copy()

    def _look_around(self) -> None:
        """What may have changed without a key: the network, and a stick that came back."""
        self._show_network()
        try:
            said = self.session.returned()
        except JudgeTuiError as error:
            self.status.say(error.message)
            return
        if said is not None:
            self.show_view(self.view)
            self.status.say(said)

    def _show_copy(self) -> None:
        self.header.copied(self.session.copy.age)

    # Looks, and leaving

    def action_pin(self) -> None:
        """Set the PIN, or (left empty) do without."""
        from judge_tui.ui.dialogs.ask import AskDialog

        dialog = AskDialog(
            msg("PIN"), msg("4 to 8 digits; empty for none. It is asked for when this file is opened."), required=False
        )
        self.app.push_screen(dialog, self._pin_chosen)

    def _pin_chosen(self, typed: str | None) -> None:
        if typed is not None:
            said = msg("From now on the PIN is asked for") if typed.strip() else msg("No PIN is asked for any more")
            self.attempt(lambda: self.session.pin.choose(typed), said)

    def ask_pin(self) -> None:
        """Hide everything until the PIN was given."""
        from judge_tui.ui.dialogs.pin import PinDialog

        self.query_one("#views").display = False

        def answered(right: bool | None) -> None:
            if right:
                self.query_one("#views").display = True
                self.show_view(self.view)
            else:
                self.dismiss(None)

        self.app.push_screen(
            PinDialog(msg("Judge {name}", name=self.session.judge.name), self.session.pin.attempt), answered
        )

    def action_spacing(self) -> None:
        """Wider lines, or close ones."""
        wide = not self.form.spacious
        for widget in (self.form, self.roll, self.sheet):
            if widget is not None:
                widget.spacious = wide
        self.session.drawer.stand(spacing="wide" if wide else "")
        self.leaving()
        self.form.settle()
        self.roll.settle()
        self.refresh(layout=True)

    def action_leave(self) -> None:
        """Everything is saved already."""
        self.form.hand_in()
        self.session.drawer.keep()
        self.session.network.disconnect()
        self.dismiss(None)
