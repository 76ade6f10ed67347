"""Points added or taken off after the mean, each with reason and signers; one can be taken back, never wiped out."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from judge_tui.domain.messages import msg
from judge_tui.domain.numbers import mark_text
from judge_tui.domain.tabulation.inputs import Adjustment
from judge_tui.i18n import translator as _t
from judge_tui.services.table.overview import Overview
from judge_tui.ui.widgets.line_list import Column, Line, LineList


class AdjustmentsPanel(Vertical):
    """The list of adjustments that count."""

    DEFAULT_CSS = """
    AdjustmentsPanel .about { height: auto; width: 1fr; padding: 0 1; background: $surface; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[tuple[str, Adjustment], ...] = ()

    def compose(self) -> ComposeResult:
        yield Label(classes="about", markup=False)
        yield LineList(
            (
                Column(msg("No."), align="right"),
                Column(msg("Organisation")),
                Column(msg("Adjustment")),
                Column(msg("Points"), align="right"),
                Column(msg("Signed by"), most=20),
                Column(msg("Reason")),
            ),
        )

    def show(self, view: Overview) -> None:
        """Show the adjustments that count."""
        self._found = view.adjustments
        known = view.event.organisation_by_id
        lines = []
        for _, item in self._found:
            organisation = known.get(item.organisation)
            sign = "+" if item.points > 0 else ""
            lines.append(
                Line(
                    (
                        str(organisation.number) if organisation else "",
                        organisation.name if organisation else item.organisation,
                        item.name,
                        sign + mark_text(item.points),
                        "、".join(item.by),
                        item.reason,
                    )
                )
            )
        self.query_one(LineList).show(lines)
        about = (
            msg("F2 adds one, Del takes the chosen one back; both are signed and stay in the record.")
            if view.event.adjustments
            else msg("The definition declares no adjustments.")
        )
        self.query_one(".about", Label).update(_t(about))

    @property
    def chosen(self) -> tuple[str, Adjustment] | None:
        """The adjustment under the cursor, with its hash."""
        index = self.query_one(LineList).index
        return self._found[index] if 0 <= index < len(self._found) else None
