"""One judge's sitting: what is typed becomes a signed entry on disk, and then a new `Progress`. One way, no way back.

Notes, half-typed values, reminders and the place where the judge was are kept beside the records: unsigned, on this laptop
only. After a kill everything is as it was at the last key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from judge_tui.domain import marks
from judge_tui.domain.bodies import MarkValue
from judge_tui.domain.errors import JudgeTuiError, LockedError, MarkError
from judge_tui.domain.event import Criterion, CriterionId, OrganisationId, Votes
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.seat import Card, OwnMark, OwnText, Progress
from judge_tui.services.clock import Now, utc_now
from judge_tui.services.seat.seats import Seat
from judge_tui.services.seat.sitting import Sitting


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the judge's own: what stood before and after. Undo writes the way back as a new entry."""

    organisation: OrganisationId
    criterion: CriterionId
    before: OwnMark | None
    after: OwnMark | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A mark the disk did not take: it is kept here and tried again."""

    organisation: OrganisationId
    criterion: CriterionId
    mark: OwnMark | None


class JudgingSession(Sitting):
    """A judge at work on one file. All changes go through here; `progress` is what the screens show.

    Every method that changes something raises LockedError where that is closed (submitted, withdrawn, recused, read-only
    window) and the store's StorageError where the disk refuses; then nothing has changed, except that a mark is kept in
    `unsaved` and written by `retry`.
    """

    def __init__(self, seat: Seat, now: Now = utc_now) -> None:
        """`now` is for display only."""
        super().__init__(seat, now)
        self.unsaved: dict[tuple[OrganisationId, CriterionId], Unsaved] = {}
        self.changes: list[Change] = []
        self._undone: list[Change] = []

    # Marks

    def record(self, organisation: OrganisationId, criterion: CriterionId, typed: str) -> Progress:
        """Take what was typed as a mark: checked, signed, on disk, then shown. An empty text takes the mark back.

        Raises MarkError in words where it is no mark.
        """
        if not typed.strip():
            return self.clear(organisation, criterion)
        method = self._criterion(criterion).method
        return self.give(organisation, criterion, marks.read(method, typed, len(self.event.organisations)))

    def give(
        self,
        organisation: OrganisationId,
        criterion: CriterionId,
        value: MarkValue,
        findings: Mapping[str, str] | None = None,
    ) -> Progress:
        """Record a mark that was picked rather than typed; `findings` are texts beside a checklist's items."""
        card = self._open_card(organisation)
        before = card.given.get(criterion)
        self._check(organisation, self._criterion(criterion), value)
        kept = dict(before.findings if before is not None and findings is None else findings or {})
        if before is not None and before.value == value and dict(before.findings) == kept and len(before.hashes) < 2:
            self._forget(organisation, criterion)
            return self.progress
        self._step(organisation, criterion, OwnMark(value, (), kept))
        self._undone.clear()
        return self.progress

    def clear(self, organisation: OrganisationId, criterion: CriterionId) -> Progress:
        """Take a mark back: blank is blank, not zero."""
        before = self._open_card(organisation).given.get(criterion)
        if before is None:
            self._forget(organisation, criterion)
            return self.progress
        self._step(organisation, criterion, None)
        self._undone.clear()
        return self.progress

    def undo(self) -> Change | None:
        """Write the way back from the last step as a new entry; None where there is none."""
        if not self.changes:
            return None
        change = self.changes[-1]
        self._open_card(change.organisation)
        self._step(change.organisation, change.criterion, change.before, via="undo")
        del self.changes[-2:]
        self._undone.append(change)
        return change

    def redo(self) -> Change | None:
        """Write again what was undone; None where there is nothing."""
        if not self._undone:
            return None
        change = self._undone[-1]
        self._open_card(change.organisation)
        self._step(change.organisation, change.criterion, change.after, via="redo")
        self._undone.pop()
        return change

    def retry(self) -> Progress:
        """Try again to write what the disk did not take. Raises the same error if it still does not."""
        for waiting in tuple(self.unsaved.values()):
            self._step(waiting.organisation, waiting.criterion, waiting.mark)
        return self.progress

    def _step(self, organisation: OrganisationId, criterion: CriterionId, after: OwnMark | None, via: str = "") -> None:
        card = self.progress.card(organisation)
        before = card.given.get(criterion)
        try:
            stored = self._pen.mark(organisation, criterion, before, after, via)
        except JudgeTuiError:
            if not via:
                self.unsaved[organisation, criterion] = Unsaved(organisation, criterion, after)
            raise
        self._forget(organisation, criterion)
        self.changes.append(Change(organisation, criterion, before, stored, self._now()))
        self._show(card.with_mark(criterion, stored))

    def _check(self, organisation: OrganisationId, criterion: Criterion, value: MarkValue) -> None:
        marks.check(criterion.method, value, len(self.event.organisations))
        other = self.progress.taken(criterion.id, value, organisation)
        if other is not None:
            raise MarkError(msg("{other} already has place {place}", other=other.name, place=value))
        if isinstance(criterion.method, Votes) and value == 1:
            before = self.progress.card(organisation).given.get(criterion.id)
            given = self.progress.votes(criterion.id) - (1 if before is not None and before.value == 1 else 0)
            if given >= criterion.method.most:
                raise MarkError(
                    nmsg("All {count} votes are given", "All {count} votes are given", criterion.method.most),
                    msg("Take one back first."),
                )

    # Everything else that is recorded

    def recuse(self, organisation: OrganisationId, reason: str) -> Progress:
        """本人回避: this judge does not score the organisation; marks given before stay in the record and do not count."""
        card = self._open_card(organisation)
        entry = self._pen.write("recuse", organisation=organisation, reason=reason)
        return self._show(replace(card, recusal=OwnText(reason, (entry.hash.hex(),)), later=False))

    def take_part(self, organisation: OrganisationId) -> Progress:
        """Take a recusal back. Raises LockedError where the definition excludes the judge."""
        card = self.progress.card(organisation)
        if card.fixed:
            raise LockedError("LOCKED", msg("The event's definition excludes you from scoring this organisation"))
        self._must_be_open(card)
        if card.recusal is None:
            return self.progress
        self._pen.write("clear", organisation=organisation, criterion="", replaces=list(card.recusal.hashes))
        return self._show(replace(card, recusal=None))

    def comment(self, organisation: OrganisationId, text: str) -> Progress:
        """点评: a comment for the organisation; an empty one takes it back."""
        card = self.progress.card(organisation)
        self._must_be_open(card)
        if text == card.comment.text:
            return self.progress
        entry = self._pen.write("comment", organisation=organisation, text=text, replaces=list(card.comment.hashes))
        return self._show(replace(card, comment=OwnText(text, (entry.hash.hex(),))))

    def submit(self, organisation: OrganisationId | None = None) -> Progress:
        """Promise: lock one turn, or (None) the whole sheet. What is missing stays blank and is known to be."""
        if self.unsaved:
            self.retry()
        if organisation is not None:
            card = self.progress.card(organisation)
            self._must_be_open(card)
            self._pen.write("submit", scope="turn", organisation=organisation)
            return self._show(replace(card, locked=True, reopened=False, later=False))
        self._must_be_writable()
        self._pen.write("submit", scope="sheet")
        cards = tuple(replace(card, locked=True, reopened=False, later=False) for card in self.progress.cards)
        self.progress = replace(self.progress, cards=cards)
        self._clear_steps()
        return self.progress

    def wrong_code(self, typed: str) -> Message | None:
        """Why a code that was said does not open anything here, None where it does."""
        from judge_tui.services.seat.reopening import opened_by

        try:
            self._must_be_writable()
            self.renew()
            opened_by(self._seat, self._seat.projection, typed)
        except JudgeTuiError as error:
            return msg("{what}\n{hint}", what=error.message, hint=error.hint) if error.hint else error.message
        return None

    def open_again(self, typed: str, reason: str) -> OrganisationId | None:
        """Open what was submitted again, by the code that the organiser said, with the judge's reason: an entry of its own.

        Answers which organisation was opened, None for the whole sheet. Raises JudgeTuiError where the code does not fit.
        """
        from judge_tui.services.seat.reopening import opened_by

        self._must_be_writable()
        if not reason.strip():
            raise JudgeTuiError("REASON", msg("A reason is needed: it stands in the record for ever."))
        self.renew()
        scope = opened_by(self._seat, self._seat.projection, typed)
        submits = sorted(scope.submits)
        self._pen.write("unlock", organisation=scope.organisation, submits=submits, reason=reason.strip())
        self.renew()
        return scope.organisation or None

    def later(self, organisation: OrganisationId, on: bool = True) -> Progress:
        """Put an organisation off, or take it up again: the judge's own reminder, kept on this laptop."""
        card = self.progress.card(organisation)
        if card.state.finished and on:
            return self.progress
        self._show(replace(card, later=on))
        self.drawer.remind({item.organisation.id for item in self.progress.cards if item.later})
        return self.progress

    # What stands behind all of it

    def _criterion(self, criterion: CriterionId) -> Criterion:
        return self.event.criterion_by_id[criterion]

    def _open_card(self, organisation: OrganisationId) -> Card:
        card = self.progress.card(organisation)
        self._must_be_open(card)
        if card.recusal is not None:
            raise LockedError(
                "LOCKED", msg("You are recused from this organisation"), msg("Take the recusal back first.")
            )
        if card.organisation.status == "withdrawn":
            raise LockedError("LOCKED", msg("This organisation has withdrawn; nothing is scored"))
        return card

    def _must_be_open(self, card: Card) -> None:
        self._must_be_writable()
        if card.locked:
            raise LockedError(
                "LOCKED",
                msg("Submitted and locked; it can be read, not changed"),
                msg("The organiser can open it again."),
            )

    def _must_be_writable(self) -> None:
        if self.read_only:
            raise LockedError(
                "LOCKED",
                msg("This file is open in another window"),
                msg("Work there, or close it and open this again."),
            )

    def _forget(self, organisation: OrganisationId, criterion: CriterionId) -> None:
        self.unsaved.pop((organisation, criterion), None)

    def _clear_steps(self) -> None:
        self.changes.clear()
        self._undone.clear()
