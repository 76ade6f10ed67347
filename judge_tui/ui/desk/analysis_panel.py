"""How it was scored: each judge and each criterion as bars, how far the judges agree, sheets that look alike."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Vertical

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.services.documents.paper import Bars, Grid, Heading, Listing, Paragraph, Part
from judge_tui.services.table.overview import Overview
from judge_tui.ui.widgets.bar_chart import BarChart, BarLine
from judge_tui.ui.widgets.canvas import fit


class AnalysisPanel(Vertical):
    """Charts for the organiser alone: they name judges."""

    def compose(self) -> ComposeResult:
        yield BarChart()

    def show(self, parts: Sequence[Part]) -> None:
        """Show what `analysed` found."""
        lines = [line for part in parts for line in _lines(part)]
        self.query_one(BarChart).show(lines or [BarLine(_t(msg("Nothing has been counted yet.")))])


def analysed(view: Overview) -> list[Part]:
    """The charts of this look at the records; takes a moment with many marks, and is loaded only when somebody asks."""
    from judge_tui.services.documents.charts import agreement_parts, criteria_chart, judges_chart
    from judge_tui.services.documents.dossier import Dossier

    dossier = Dossier(view.event, view.ballots, view.result)
    if not dossier.counted:
        return []
    charts = [chart for chart in (judges_chart(dossier), criteria_chart(dossier)) if chart is not None]
    return [*charts, *agreement_parts(dossier, stability=False)]


def _lines(part: Part) -> list[BarLine]:
    match part:
        case Bars():
            bars = [
                BarLine(item.name, item.low, item.middle, item.high, item.shown, part.least, part.most)
                for item in part.bars
            ]
            return [BarLine(_said(part.title), heading=True), *bars, BarLine("")]
        case Heading():
            return [BarLine(_said(part.text), heading=True)]
        case Paragraph():
            return [BarLine(_said(part.text)), BarLine("")]
        case Listing():
            return [*(BarLine(_said(item)) for item in part.items), BarLine("")]
        case Grid():
            texts = _columns([[_said(cell) for cell in row] for row in (part.heads, *part.rows)])
            return [*(BarLine(text, heading=place == 0) for place, text in enumerate(texts)), BarLine("")]
        case _:
            return []


def _columns(rows: list[list[str]]) -> list[str]:
    """Rows as lines with their columns beneath one another."""
    widths = [max(cell_len(row[index]) for row in rows) for index in range(len(rows[0]))]
    aligns = ("left", *["right"] * (len(widths) - 1))
    return ["   ".join(fit(text, width, align) for text, width, align in zip(row, widths, aligns)) for row in rows]


def _said(text: Message | str) -> str:
    return _t(text) if isinstance(text, Message) else text
