"""The calibration round that some rules have: the first few are scored together, after the last of them has presented."""

from __future__ import annotations

from judge_tui.domain.messages import Message, msg
from judge_tui.ui.seat.acts import JudgingActs


class JudgingCalibration(JudgingActs):
    """While the first few present, the judge takes notes; then he sees them side by side in the sheet."""

    @property
    def calibrating(self) -> bool:
        """Whether the first few, which are scored together, still wait for marks."""
        first = self.session.progress.cards[: self.session.event.calibration]
        return not all(card.state.finished or card.reopened for card in first)

    def calibration_words(self) -> Message | None:
        """What the judge is told while the first few present."""
        count = self.session.event.calibration
        if self.at >= count or not self.calibrating:
            return None
        return msg(
            "The first {count} are scored together after the last of them. Until then take notes: F4.", count=count
        )

    def calibrate(self) -> None:
        """The sheet, with the first of them that waits."""
        cards = self.session.progress.cards[: self.session.event.calibration]
        self.at = next(place for place, card in enumerate(cards) if not card.state.finished)
        self.show_view("sheet", 0)
        self.status.say(msg("Score the first {count} side by side; then F2 leads back.", count=len(cards)))
