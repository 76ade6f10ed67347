"""What the judge's keys do besides giving marks: views, notes, comments, recusal, undo, submission."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.seat import Card
from judge_tui.services.seat.judging import Change, JudgingSession
from judge_tui.ui.screen import AppScreen
from judge_tui.ui.widgets.organisation_list import OrganisationList
from judge_tui.ui.widgets.score_form import ScoreForm
from judge_tui.ui.widgets.seat_header import SeatHeader
from judge_tui.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from judge_tui.ui.widgets.review_list import ReviewList
    from judge_tui.ui.widgets.sheet_grid import SheetGrid


class JudgingActs(AppScreen[None]):
    """The commands of the judge's screen; `JudgingScreen` shows what comes of them."""

    session: JudgingSession
    at: int
    view: str
    header: SeatHeader
    status: StatusLine
    roll: OrganisationList
    form: ScoreForm
    sheet: SheetGrid | None = None
    review: ReviewList | None = None

    @property
    def card(self) -> Card:
        """The organisation the judge is at."""
        return self.session.progress.cards[self.at]

    def open_card(self, place: int, field: int = -1) -> None:
        """Go to an organisation."""
        raise LookupError(place)

    def show_sights(self) -> None:
        """The pictures of the organisation the judge is at, where there is room."""

    def show_progress(self, said: Message | None = None) -> None:
        """Show the sitting as it now is."""
        raise LookupError(said)

    def not_saved(self, error: JudgeTuiError) -> None:
        """Say that the disk did not take it."""
        raise error

    def moves_of(self, *, sheet: bool) -> dict[str, str]:
        """The keys that the form or the sheet uses itself."""
        raise LookupError(sheet)

    def attempt(self, act: Callable[[], object], said: Message | None = None) -> bool:
        """Do something that may be closed or that the disk may refuse; False where it was not done, which is shown."""
        try:
            act()
        except JudgeTuiError as error:
            if self.session.unsaved:
                self.not_saved(error)
            else:
                self.status.say(error.message)
            return False
        self.show_progress(said)
        return True

    # Views

    def show_view(self, view: str, field: int | None = None) -> None:
        """The walk, the sheet or the review; the latter two are built when first asked for.

        The judge stays at his field; -1 goes to the organisation's first one that is not given.
        """
        field = self._field_here() if field is None else field
        self.form.hand_in()
        if self.sheet is not None:
            self.sheet.hand_in()
        self.view = view
        if view == "sheet" and self.sheet is None:
            from judge_tui.ui.widgets.sheet_grid import SheetGrid

            self.sheet = SheetGrid()
            self.sheet.moves = self.moves_of(sheet=True)
            self.sheet.spacious = self.form.spacious
            self.query_one("#views").mount(self.sheet)
        if view == "review" and self.review is None:
            from judge_tui.ui.widgets.review_list import ReviewList

            self.review = ReviewList()
            self.review.moves = self.moves_of(sheet=False)
            self.query_one("#views").mount(self.review)
        self.roll.display = self.form.display = view == "walk"
        for name, widget in (("sheet", self.sheet), ("review", self.review)):
            if widget is not None:
                widget.display = view == name
        self.show_sights()
        self.session.drawer.stand(view=view)
        self.call_after_refresh(self._enter_view, field)

    def _field_here(self) -> int:
        """The field the judge is at, -1 where he comes from another organisation."""
        if self.view == "sheet" and self.sheet is not None:
            return self.sheet.column
        shown = self.form.card
        same = shown is not None and not shown.closed and shown.organisation.id == self.card.organisation.id
        return self.form.focus_index if same else -1

    def _enter_view(self, field: int) -> None:
        progress = self.session.progress
        if self.view == "sheet" and self.sheet is not None:
            self.sheet.column = max(0, field)
            self.sheet.show(progress, self.session.drawer.drafts(), self.card.organisation.id)
            self.sheet.focus()
            self.session.stand(field=str(self.sheet.column))
            self.leaving()
        elif self.view == "review" and self.review is not None:
            self.review.show(progress)
            self.review.focus()
        else:
            self.open_card(self.at, field)
            self.form.focus()

    def action_sheet(self) -> None:
        self.show_view("walk" if self.view == "sheet" else "sheet")

    def action_review(self) -> None:
        self.show_view("walk" if self.view == "review" else "review")

    def action_move(self, name: str) -> None:
        """A move asked for with the mouse or from the palette; keys reach the form and the sheet directly."""
        widget = {"walk": self.form, "sheet": self.sheet, "review": self.review}[self.view]
        if widget is not None:
            widget.act(name)

    def action_revert(self) -> None:
        if self.view == "walk":
            half_typed = self.form.field is not None and not self.form.field.stored and self.form.field.text.text
            if not self.form.revert() or not half_typed:
                self._leave()
        elif self.view == "review" or self.sheet is None or not self.sheet.revert():
            self.show_view("walk")

    def leaving(self) -> None:
        """Write down what is half typed; `JudgingScreen` knows where it stands."""

    def _leave(self) -> None:
        """Back to the screen below, where there is one; a judge who sits here alone is told how to go."""
        if len(self.app.screen_stack) > 2:
            self.leaving()
            self.dismiss(None)
        else:
            self.status.say(msg("Everything is saved. Ctrl+Q leaves."))

    def on_review_list_chosen(self, message: ReviewList.Chosen) -> None:
        self.at = self.session.progress.order[message.organisation]
        self.show_view("walk", -1)

    def say_why_nothing(self) -> None:
        """What a typed key cannot do here, and what can be done."""
        card = self.card
        if self.view == "review" and self.review is not None:
            self.status.say(self.review.help_text)
        elif card.organisation.status == "withdrawn":
            self.status.say(msg("Withdrawn: nothing is scored here"))
        elif card.fixed:
            self.status.say(msg("The event's definition excludes you from scoring this organisation"))
        elif card.recusal is not None:
            self.status.say(msg("You are recused here. F7: score it after all."))
        elif card.locked:
            self.status.say(msg("Submitted and locked. If it must be corrected, the organiser can open it again: F3."))
        elif self.view == "walk" and self.form.field is None:
            self.status.say(msg("Enter goes on. Up: back to the marks."))

    # Marks

    def action_undo(self) -> None:
        change = self._step(self.session.undo, msg("Nothing to undo"))
        if change is not None:
            self.status.say(msg("Undone: {name}", name=self._where(change)))

    def action_redo(self) -> None:
        change = self._step(self.session.redo, msg("Nothing to redo"))
        if change is not None:
            self.status.say(msg("Given again: {name}", name=self._where(change)))

    def _step(self, step: Callable[[], Change | None], nothing: Message) -> Change | None:
        """Undo or redo, and go to where it happened."""
        found: list[Change | None] = []
        if not self.attempt(lambda: found.append(step())):
            return None
        change = found[0]
        if change is None:
            self.status.say(nothing)
        elif self.view == "walk" and self.card.organisation.id != change.organisation:
            self.open_card(self.session.progress.order[change.organisation])
        return change

    def _where(self, change: Change) -> str:
        return self.session.event.organisation_by_id[change.organisation].name

    def action_later(self) -> None:
        card = self.card
        later = not card.later
        if later and card.state.finished:
            self.status.say(msg("{name}: nothing is missing here", name=card.organisation.name))
            return
        said = msg("{name}: put off for later", name=card.organisation.name)
        taken_up = msg("{name}: taken up again", name=card.organisation.name)
        self.attempt(lambda: self.session.later(card.organisation.id, later), said if later else taken_up)

    # Handing in

    async def on_review_list_pressed(self, message: ReviewList.Pressed) -> None:
        await self.run_action(message.action)

    def action_submit(self) -> None:
        """Ask, then hand in the whole sheet."""
        progress = self.session.progress
        if progress.locked:
            self.status.say(msg("Submitted and locked; it can be read, not changed"))
            return
        missing = len(progress.missing)
        if missing:
            text = nmsg(
                "{count} mark is not given and will stay blank. It cannot be changed afterwards. Submit all the same?",
                "{count} marks are not given and will stay blank. They cannot be changed afterwards. Submit all the same?",
                missing,
            )
        else:
            text = msg("After submission nothing can be changed. Submit?")
        from judge_tui.ui.dialogs.confirm import ConfirmDialog

        dialog = ConfirmDialog(msg("Submit"), text, msg("Submit"), safe=bool(missing))
        self.app.push_screen(dialog, self._submit)

    def _submit(self, yes: bool | None) -> None:
        if yes and self.attempt(self.session.submit, msg("Submitted and locked. Thank you.")):
            self.show_view("review")

    def action_submit_turn(self) -> None:
        """Ask, then hand in this organisation alone."""
        from judge_tui.ui.dialogs.confirm import ConfirmDialog

        card = self.card
        if card.closed or card.missing or card.comment_due:
            words = (
                msg("Submitted and locked; it can be read, not changed")
                if card.locked
                else msg("Something is still missing here")
            )
            self.status.say(words)
            return
        name = card.organisation.name
        text = msg("The marks of {name} cannot be changed afterwards. Submit them?", name=name)

        def submit(yes: bool | None) -> None:
            done = msg("{name}: submitted", name=name)
            if yes and self.attempt(lambda: self.session.submit(card.organisation.id), done):
                self.open_card(self.at)

        self.app.push_screen(ConfirmDialog(msg("Submit this one"), text, msg("Submit")), submit)
