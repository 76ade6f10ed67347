"""Beside the form of a wide window stand the organisation's pictures, without being asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from judge_tui.ui.seat.extras import JudgingExtras

if TYPE_CHECKING:
    from judge_tui.ui.widgets.evidence_column import EvidenceColumn

ROOMY = 150
"""Columns from which on pictures have room beside the list and the form."""

FORM = 112
"""Columns that stay for the list and the form."""


class JudgingSights(JudgingExtras):
    """Shows them where the window is wide, and the organisation has some on this laptop; what they need is loaded only then."""

    _sights: EvidenceColumn | None = None

    def show_sights(self) -> None:
        """The pictures of the organisation the judge is at, or none."""
        materials = self.card.organisation.materials
        wanted = bool(materials) and self.view == "walk" and self.size.width >= ROOMY
        if not wanted:
            if self._sights is not None:
                self._sights.display = False
            return
        if self._sights is None:
            from judge_tui.ui.widgets.evidence_column import EvidenceColumn

            self._sights = EvidenceColumn(self.session.media)
            self.query_one("#views").mount(self._sights)
        self._sights.styles.width = self.size.width - FORM
        self._sights.show(materials)
