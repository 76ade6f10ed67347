"""Bars on one scale, drawn with plain characters so that every console shows them alike: `[---|----]`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType

from judge_tui.domain.messages import Message, msg
from judge_tui.ui.widgets.canvas import Canvas, Part, fit


@dataclass(frozen=True, slots=True)
class BarLine:
    """One line: a heading or a text (no `most`), or a bar from `low` to `high` with `middle`, on the scale `least` to `most`."""

    name: str
    low: float = 0
    middle: float = 0
    high: float = 0
    shown: str = ""
    least: float = 0
    most: float = 0
    heading: bool = False


class BarChart(Canvas, can_focus=True):
    """Charts one beneath the other; arrows and the wheel scroll."""

    help_text: Message = msg(
        "Arrows and PgUp/PgDn scroll. A bar runs from the lowest to the highest, its mark is the mean."
    )

    DEFAULT_CSS = """
    BarChart { height: 1fr; width: 1fr; background: $background; }
    BarChart > .chart--heading { color: $accent; text-style: bold; }
    BarChart > .chart--bar { color: $primary; text-style: bold; }
    BarChart > .chart--middle { background: $accent; color: $background; text-style: bold; }
    BarChart > .chart--shown { color: $foreground 75%; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"chart--{name}" for name in ("heading", "bar", "middle", "shown")}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "roll(-1)", show=False),
        Binding("down", "roll(1)", show=False),
        Binding("pageup", "roll(-20)", show=False),
        Binding("pagedown", "roll(20)", show=False),
        Binding("home", "roll(-100000)", show=False),
        Binding("end", "roll(100000)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[BarLine] = ()
        self._top = 0

    def show(self, lines: Sequence[BarLine]) -> None:
        """Show these lines."""
        self.lines = lines
        self.action_roll(0)

    def on_resize(self) -> None:
        self.refresh()

    def action_roll(self, lines: int) -> None:
        self._top = max(0, min(self._top + lines, len(self.lines) - self.size.height))
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.action_roll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.action_roll(-3)

    def parts(self, y: int) -> Sequence[Part]:
        number = y + self._top
        if number >= len(self.lines):
            return ()
        line = self.lines[number]
        if line.most <= line.least:
            return [(" " + line.name, "chart--heading" if line.heading else "")]
        return self._bar(line)

    def _bar(self, line: BarLine) -> list[Part]:
        names = min(20, max(cell_len(item.name) for item in self.lines if item.most > item.least))
        figures = max(cell_len(item.shown) for item in self.lines)
        width = max(10, self.size.width - names - figures - 5)
        scale = (width - 1) / (line.most - line.least)
        low, middle, high = (round((value - line.least) * scale) for value in (line.low, line.middle, line.high))
        return [
            (" " + fit(line.name, names) + " " * (low + 1), ""),
            (_half("[", middle - low), "chart--bar"),
            ("|", "chart--middle"),
            (_half("]", high - middle), "chart--bar"),
            (" " * (width - 1 - high) + " ", ""),
            (line.shown, "chart--shown"),
        ]


def _half(end: str, width: int) -> str:
    """The half of a bar that begins or ends with a bracket."""
    if not width:
        return ""
    return end + "-" * (width - 1) if end == "[" else "-" * (width - 1) + end
