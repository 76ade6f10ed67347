"""The judge's screen: the walk from organisation to organisation, the sheet of all of them, and the review."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal

from judge_tui.domain.errors import JudgeTuiError, LockedError, MarkError
from judge_tui.domain.event import CriterionId, OrganisationId
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.seat import Card, SeatState
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.ui.judge_keys import JUDGE_COMMANDS, moves
from judge_tui.ui.seat.sights import JudgingSights
from judge_tui.ui.widgets.key_bar import KeyBar
from judge_tui.ui.widgets.organisation_list import OrganisationList
from judge_tui.ui.widgets.score_form import ScoreForm
from judge_tui.ui.widgets.seat_header import SeatHeader
from judge_tui.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from judge_tui.ui.widgets.sheet_grid import SheetGrid

RETRY = 3.0
"""Seconds between attempts to store what the disk did not take."""

KEEP = 0.3
"""Seconds of rest after which half-typed values and the place are written down, so that typing never waits for the disk."""


WIDE = 120
"""Columns from which the list of organisations gets more room."""


class JudgingScreen(JudgingSights):
    """Holds the sitting; its widgets show `Progress` and report what was typed."""

    KEYS = JUDGE_COMMANDS
    ABOUT = msg(
        "Type a mark and press Enter. Up and Down change the field, PgUp and PgDn the organisation. "
        "Everything entered is saved at once; nothing is handed in until you review and submit."
    )
    DEFAULT_CSS = """
    JudgingScreen #views { height: 1fr; }
    JudgingScreen.-wide OrganisationList { width: 42; }
    """

    def __init__(self, session: JudgingSession) -> None:
        super().__init__()
        self.session = session
        self.at, self._field = session.began_at
        self.view = "walk"

    def compose(self) -> ComposeResult:
        event = self.session.event
        yield SeatHeader(event.title, self.session.judge.name, rehearsal=self.session.rehearsal)
        with Horizontal(id="views"):
            yield OrganisationList()
            yield ScoreForm()
        yield StatusLine()
        yield KeyBar(self.KEYS)

    def on_mount(self) -> None:
        self.header, self.status = self.query_one(SeatHeader), self.query_one(StatusLine)
        self.roll, self.form = self.query_one(OrganisationList), self.query_one(ScoreForm)
        self.form.moves = self.moves_of(sheet=False)
        self.form.judge = self.session.judge.name
        self._retry_timer = self.set_interval(RETRY, self._retry, pause=True)
        self._keep_timer = self.set_timer(KEEP, self._keep)
        self.start_extras()
        self.form.spacious = self.roll.spacious = bool(self.session.drawer.place.get("spacing"))
        self.open_card(self.at, self._field)
        self.header.saved(self.session.saved_at)
        view = self.session.drawer.place.get("view", "walk")
        if view == "sheet" or (view == "review" and not self.session.progress.locked):
            self.call_later(self.show_view, view)
        else:
            self.form.focus()
        if self.session.notice is not None:
            (self.status.trouble if self.session.read_only else self.status.urge)(self.session.notice)
        if self.session.pin.is_set:
            self.ask_pin()

    def on_key(self, event: events.Key) -> None:
        """Keys that came before the form had the focus are for the form; one that can do nothing here is answered in words."""
        if self.view == "walk" and self.form.last_key is not event:
            self.form.on_key(event)
        elif event.is_printable:
            self.say_why_nothing()

    def leaving(self) -> None:
        """Write down what is half typed."""
        self._keep()

    def on_resize(self) -> None:
        self.set_class(self.size.width >= WIDE, "-wide")
        self.show_sights()

    def moves_of(self, *, sheet: bool) -> dict[str, str]:
        """The keys that the form or the sheet uses itself, as a person has set them."""
        return moves(((item, self.keys_of(item)) for item in self.KEYS), sheet)

    def retranslate(self) -> None:
        """Everything in the new language; what is typed stays."""
        self.open_card(self.at, self.form.focus_index)
        for widget in self.query("*"):
            widget.refresh(layout=False)
        self.header.settle()
        self.roll.settle()
        if self.review is not None:
            self.review.settle()

    # Where the judge is

    @property
    def card(self) -> Card:
        """The organisation the judge is at."""
        return self.session.progress.cards[self.at]

    def open_card(self, place: int, field: int = -1) -> None:
        """Go to an organisation; without a field, to its first one that is not given."""
        self.at = max(0, min(place, len(self.session.progress.cards) - 1))
        card = self.card
        if field < 0:
            given = [item.id in card.given for item in card.sheet.criteria]
            field = given.index(False) if False in given and any(given) else 0
        drafts = {key[1]: text for key, text in self.session.drawer.drafts(card.organisation.id).items()}
        self.form.note = self.session.drawer.note(card.organisation.id)
        self.form.hint = not any(other.given for other in self.session.progress.cards)
        self.form.aside = self.calibration_words()
        self.form.show(card, drafts, self._onward(), field)
        self.roll.show(self.session.progress, self.at)
        self.header.stand(self.at + 1, len(self.session.progress.cards))
        self.show_sights()
        elsewhere = self.session.drawer.place.get("organisation") != card.organisation.id
        self._stand(organisation=card.organisation.id)
        if elsewhere:
            self._keep()
        if self.sheet is not None and self.view == "sheet":
            self.sheet.place_cursor(self.at, self.sheet.column)

    def _onward(self) -> Message:
        if self.calibrating and self.at == self.session.event.calibration - 1:
            return msg("Now score the first {count} together", count=self.session.event.calibration)
        next_place = self._next_place()
        if next_place is None:
            return msg("Review") if self.session.progress.locked else msg("Review and submit")
        organisation = self.session.progress.cards[next_place].organisation
        return msg("Next: {number} {name}", number=organisation.number, name=organisation.name)

    def _next_place(self) -> int | None:
        """The next organisation in order that waits; after the last one, the first that still does; to read, simply the next."""
        cards = self.session.progress.cards
        if self.session.progress.locked:
            return self.at + 1 if self.at + 1 < len(cards) else None
        order: list[int] = [*range(self.at + 1, len(cards)), *range(self.at)]
        for later in (False, True):
            for place in order:
                state = cards[place].state
                if not state.finished and (state is SeatState.LATER) == later:
                    return place
        return None

    @on(ScoreForm.Turned)
    def _turned(self, message: ScoreForm.Turned) -> None:
        if message.step == 0 and self.calibrating and self.at == self.session.event.calibration - 1:
            self.calibrate()
            return
        onward = self._next_place() if message.step == 0 else self.at + message.step
        if onward is None:
            self.form.show(self.card, {}, self._onward(), len(self.card.sheet.criteria))
            self.show_view("review")
        else:
            self.open_card(onward)

    @on(OrganisationList.Chosen)
    def _chosen(self, message: OrganisationList.Chosen) -> None:
        self.form.hand_in()
        self.open_card(self.session.progress.order[message.organisation])

    def on_sheet_grid_moved(self, message: SheetGrid.Moved) -> None:
        self.at = self.session.progress.order[message.organisation]
        self.header.stand(self.at + 1, len(self.session.progress.cards))
        self._stand(organisation=message.organisation)

    def _stand(self, **place: str) -> None:
        column = self.sheet.column if self.sheet is not None and self.view == "sheet" else self.form.focus_index
        self.session.stand(**place, field=str(column))
        self._keep_soon()

    @on(ScoreForm.Moved)
    def _moved(self) -> None:
        self._stand()

    # Marks: typed → recorded → shown

    @on(ScoreForm.Submitted)
    async def _submitted(self, message: ScoreForm.Submitted) -> None:
        await self._recorded(self.card.organisation.id, message.criterion, message.typed)

    async def on_sheet_grid_submitted(self, message: SheetGrid.Submitted) -> None:
        await self._recorded(message.organisation, message.criterion, message.typed)

    async def _recorded(self, organisation: OrganisationId, criterion: CriterionId, typed: str) -> None:
        """Record a mark; the mark, the totals and “saved” come in one and the same frame."""
        with self.app.batch_update():
            self.record(organisation, criterion, typed)
            for _ in range(2):  # the widgets' turns: each tells the screen what it wants painted
                await asyncio.sleep(0)

    def record(self, organisation: OrganisationId, criterion: CriterionId, typed: str) -> None:
        """Have a mark recorded, and show what came of it."""
        try:
            self.session.record(organisation, criterion, typed)
        except (MarkError, LockedError) as error:
            self._refuse(organisation, criterion, typed, error.message)
        except JudgeTuiError as error:
            self.session.drawer.draft(organisation, criterion, typed)
            self._refuse(organisation, criterion, typed, msg("not saved yet"))
            self.not_saved(error)
        else:
            self.session.drawer.draft(organisation, criterion, "")
            self.show_progress()

    def _refuse(self, organisation: OrganisationId, criterion: CriterionId, typed: str, words: Message) -> None:
        if self.view == "sheet" and self.sheet is not None:
            self.sheet.refuse(organisation, criterion, typed, words)
        elif self.card.organisation.id == organisation:
            self.form.refuse(criterion, words)

    def show_progress(self, said: Message | None = None) -> None:
        """Show the sitting as it now is."""
        progress = self.session.progress
        if self.view == "sheet" and self.sheet is not None:
            self.sheet.take(progress)
        else:
            self.form.onward = self._onward()
            self.form.take(self.card)
            self.roll.show(progress, self.at)
        if self.review is not None and self.view == "review":
            self.review.show(progress)
        self.header.saved(self.session.saved_at)
        self.status.say(said)
        self._stand()

    def not_saved(self, error: JudgeTuiError) -> None:
        """Say that the disk did not take it, until it does; try again and again."""
        self.header.unsaved()
        next_step = error.hint or msg("Ask the organiser for help if it goes on.")
        self.status.trouble(msg("{what}. It is kept here and tried again. {hint}", what=error.message, hint=next_step))
        self._retry_timer.resume()

    def _retry(self) -> None:
        try:
            self.session.retry()
        except LockedError:
            self.session.unsaved.clear()
        except JudgeTuiError as error:
            self.not_saved(error)
            return
        self._retry_timer.pause()
        self.status.trouble(None)
        self.show_progress(msg("Saved after all"))

    @on(ScoreForm.Drafted)
    def _drafted(self, message: ScoreForm.Drafted) -> None:
        self.session.drawer.draft(self.card.organisation.id, message.criterion, message.text)
        self._stand()

    def on_sheet_grid_drafted(self, message: SheetGrid.Drafted) -> None:
        self.session.drawer.draft(message.organisation, message.criterion, message.text)
        self._stand()

    def _keep_soon(self) -> None:
        self._keep_timer.stop()  # one that is reset would first sleep to its end, and then as long again
        self._keep_timer = self.set_timer(KEEP, self._keep)

    def _keep(self) -> None:
        self._keep_timer.stop()
        try:
            self.session.drawer.keep()
        except JudgeTuiError as error:
            self.not_saved(error)
