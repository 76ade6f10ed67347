"""Words a judge writes: notes for himself, comments for the organisation, the reason of a recusal."""

from __future__ import annotations

from collections.abc import Callable

from judge_tui.domain.event import CriterionId, Organisation, OrganisationId
from judge_tui.domain.messages import Message, msg
from judge_tui.ui.seat.calibrating import JudgingCalibration

_COMMENT = CriterionId("")
"""Where a half-written comment is kept among the half-typed values."""


class JudgingWords(JudgingCalibration):
    """Each of them is asked for in a dialog and comes back as text, or not at all."""

    def write(
        self,
        title: Message,
        text: Message,
        value: str,
        *,
        then: Callable[[str | None], None],
        yes: Message | None = None,
        required: bool = False,
        read_only: bool = False,
    ) -> None:
        """Ask for a few sentences."""
        from judge_tui.ui.dialogs.write import WriteDialog

        dialog = WriteDialog(title, text, value, yes=yes, required=required, read_only=read_only)
        self.app.push_screen(dialog, then)

    def action_note(self) -> None:
        organisation = self.card.organisation
        self.write(
            msg("Note on {name}", name=organisation.name),
            msg("For yourself only: it stays on this laptop and is never handed in."),
            self.session.drawer.note(organisation.id),
            then=lambda text: self._noted(organisation.id, text),
        )

    def _noted(self, organisation: OrganisationId, text: str | None) -> None:
        if text is not None:
            self.attempt(lambda: self.session.drawer.write_note(organisation, text), msg("Note kept"))
            self.open_card(self.at, self.form.focus_index)

    def action_comment(self) -> None:
        card = self.card
        organisation = card.organisation
        draft = self.session.drawer.drafts(organisation.id).get((organisation.id, _COMMENT))
        self.write(
            msg("Comment on {name}", name=organisation.name),
            msg("Handed in with the marks; the organisation may read it."),
            draft or card.comment.text,
            read_only=card.closed,
            then=lambda text: self._commented(organisation.id, text),
        )

    def _commented(self, organisation: OrganisationId, text: str | None) -> None:
        if text is not None and not self.attempt(
            lambda: self.session.comment(organisation, text), msg("Comment saved")
        ):
            self.session.drawer.draft(organisation, _COMMENT, text)
        elif text is not None:
            self.session.drawer.draft(organisation, _COMMENT, "")

    def action_recuse(self) -> None:
        card = self.card
        organisation = card.organisation
        if card.recusal is not None:
            again = msg("{name}: scored after all", name=organisation.name)
            self.attempt(lambda: self.session.take_part(organisation.id), again)
            self.open_card(self.at)
            return
        self.write(
            msg("Recusal from {name}", name=organisation.name),
            msg("You will not score this organisation. State the reason; it stands in the record."),
            "",
            yes=msg("Recuse"),
            required=True,
            then=lambda text: self._recused(organisation, text),
        )

    def _recused(self, organisation: Organisation, text: str | None) -> None:
        if text is not None:
            said = msg("{name}: recused", name=organisation.name)
            if self.attempt(lambda: self.session.recuse(organisation.id, text), said):
                self.open_card(self.session.progress.order[organisation.id])
