"""Opening a submitted sheet again where no network and no stick reaches: by the code that the organiser says."""

from __future__ import annotations

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.seat.words import JudgingWords

REASONS = (
    msg("A mark was mistyped"),
    msg("Something was forgotten"),
    msg("The organiser asked for it"),
)
"""Reasons that need no input method; the last line of the list leads to writing one."""


class JudgingReopening(JudgingWords):
    """First the code, then the reason; both are needed, and the reason stands in the record."""

    def action_reopen(self) -> None:
        if not any(card.locked for card in self.session.progress.cards):
            self.status.say(msg("Nothing here is submitted, so nothing needs opening"))
            return
        from judge_tui.ui.dialogs.ask import AskDialog

        dialog = AskDialog(
            msg("Open again"),
            msg("Have the organiser open your sheet again and read its code to you: eight digits."),
            wrong=self.session.wrong_code,
        )
        self.app.push_screen(dialog, self._code_given)

    def _code_given(self, code: str | None) -> None:
        if code is None:
            return
        from judge_tui.ui.dialogs.choose import ChooseDialog

        dialog = ChooseDialog(msg("Why is it opened again?"), None, [*REASONS, msg("Another reason, in my own words")])
        self.app.push_screen(dialog, lambda place: self._reason_chosen(code, place))

    def _reason_chosen(self, code: str, place: int | None) -> None:
        if place is None:
            return
        if place < len(REASONS):
            self._open_again(code, _t(REASONS[place]))
            return
        self.write(
            msg("Why is it opened again?"),
            msg("It stands in the record."),
            "",
            yes=msg("Open again"),
            required=True,
            then=lambda text: self._open_again(code, text) if text is not None else None,
        )

    def _open_again(self, code: str, reason: str) -> None:
        opened: list[Message] = []

        def act() -> None:
            organisation = self.session.open_again(code, reason)
            if organisation is None:
                opened.append(msg("The sheet is open again. Correct it, and submit once more."))
            else:
                name = self.session.event.organisation_by_id[organisation].name
                self.at = self.session.progress.order[organisation]
                opened.append(msg("{name} is open again. Correct it, and submit once more.", name=name))

        if self.attempt(act):
            self.show_view("walk", -1)
            self.status.say(opened[0])
