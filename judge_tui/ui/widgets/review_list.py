"""The review before handing in: how far everything is, what is missing, and the way to submit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message as UiMessage

from judge_tui.domain.event import OrganisationId
from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.domain.numbers import THOUSAND, decimal_text, mark_text
from judge_tui.domain.review import Spread, doubts, spreads
from judge_tui.domain.seat import Progress, SeatState
from judge_tui.i18n import translator as _t
from judge_tui.ui.widgets.canvas import fit, wrap
from judge_tui.ui.widgets.scrolled import Line, ScrolledLines
from judge_tui.ui.widgets.shapes import shape

ROOMY = 24
"""Lines from which the review also shows how the judge's own marks are spread."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at, and where it is."""

    text: Message
    organisation: OrganisationId


class ReviewList(ScrolledLines, can_focus=True):
    """Lists what is missing; Enter goes there, and on the last line hands everything in."""

    DEFAULT_CSS = """
    ReviewList { width: 1fr; height: 1fr; padding: 1 2; background: $background; }
    ReviewList > .review--title { text-style: bold; color: $primary; }
    ReviewList > .review--point { color: $warning; }
    ReviewList > .review--here { background: $accent; color: $background; text-style: bold; }
    ReviewList > .review--good { color: $success; text-style: bold; }
    ReviewList > .review--button { background: $panel; color: $foreground; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "review--title", "review--point", "review--here", "review--good", "review--button",
    }  # fmt: skip

    class Chosen(UiMessage):
        """Enter or a click on something missing."""

        def __init__(self, organisation: OrganisationId) -> None:
            super().__init__()
            self.organisation = organisation

    class Pressed(UiMessage):
        """Enter or a click on one of the last lines; `action` is what it asks for."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self) -> None:
        super().__init__()
        self.moves: Mapping[str, str] = {}
        """Keys that move, by Textual's name; whoever knows the command table sets them."""
        self.progress: Progress | None = None
        self.focus_index = 0
        self._points: tuple[Point, ...] = ()
        self._first_doubt = 0

    def show(self, progress: Progress) -> None:
        """Show how far the sitting is."""
        self.progress = progress
        self._points = () if progress.locked else points_of(progress)
        self._first_doubt = len(self._points)
        if not progress.locked:
            self._points += tuple(Point(doubt.text, doubt.organisation) for doubt in doubts(progress))
        self.focus_index = 0 if self._first_doubt else len(self._points)
        self.settle()

    @property
    def help_text(self) -> Message:
        """What Enter does here, for the help key."""
        return msg("Enter on a line goes there; Enter on the last line submits.")

    def act(self, name: str) -> None:
        """What a key or a click asks for."""
        if name == "accept":
            self._choose(self.focus_index)
            return
        step = {"up": -1, "backtab": -1, "down": 1, "tab": 1, "previous": -10, "next": 10}.get(name, 0)
        self.focus_index = max(0, min(self.focus_index + step, len(self._points) + len(self._buttons) - 1))
        self.settle()

    @property
    def _buttons(self) -> tuple[tuple[Message, str], ...]:
        """The last lines: what they say and what they ask for."""
        if self.progress is not None and self.progress.locked:
            return (
                (msg("Hand over"), "copy"),
                (msg("Open again by the organiser's code"), "reopen"),
                (msg("Leave"), "leave"),
            )
        return ((msg("Submit"), "submit"),)

    def _choose(self, place: int) -> None:
        if place < len(self._points):
            self.post_message(self.Chosen(self._points[place].organisation))
        else:
            self.post_message(self.Pressed(self._buttons[place - len(self._points)][1]))

    def on_key(self, event: events.Key) -> None:
        action = self.moves.get(event.key)
        if action is not None:
            event.stop()
            self.act(action)

    def on_click(self, event: events.Click) -> None:
        line = self.line_at(event.y - self.gutter.top)
        if line is not None and line.target >= 0:
            self.focus_index = line.target
            self.settle()
            self._choose(line.target)

    def on_resize(self) -> None:
        self.settle()

    def settle(self) -> None:
        """Paint what changed."""
        if self.progress is None or not self.size.width:
            return
        lines = [*self._head(self.progress)]
        keep = len(lines)
        for place, point in enumerate(self._points):
            if place == self._first_doubt:
                lines += [Line(), Line((("  " + _t(msg("Look at these once more; nothing need be changed:")), ""),))]
            here = place == self.focus_index
            style = "review--here" if here else "review--point"
            for row, text in enumerate(wrap(_t(point.text), self.size.width - 4, 3)):
                lead = "    " if row else "> " if here else "  "
                lines.append(Line(((fit(lead + text, self.size.width), style),), place))
            keep = len(lines) - 1 if here else keep
        if self.progress.locked:
            lines.append(Line((("  " + _t(msg("Submitted and locked: to be read, not changed")), "review--good"),)))
        for place, (words, _) in enumerate(self._buttons, len(self._points)):
            here = place == self.focus_index
            button = (f" {_t(words)} ", "review--here" if here else "review--button")
            lines += [Line(), Line((("> " if here else "  ", ""), button), place)]
            if here:
                keep = len(lines) - 1
        self.show_lines(tuple(lines), keep=keep)

    def _spreads(self, progress: Progress) -> list[Line]:
        found = spreads(progress)
        if not found or self.size.height < ROOMY:
            return []
        return [
            Line((("  " + _t(msg("Your own marks so far:")), ""),)),
            *(Line((("    " + _t(_spread_text(spread)), ""),)) for spread in found),
            Line(),
        ]

    def _head(self, progress: Progress) -> list[Line]:
        compatible = bool(getattr(self.app, "compatible", False))
        lines = [Line(((_t(msg("Review")), "review--title"),)), Line()]
        counted = [(state, progress.counts[state]) for state in SeatState if progress.counts[state]]
        for state, count in counted:
            lines.append(Line(((f"  {shape(state, compatible)} {fit(_t(state.word), 12)} {count:>4}", ""),)))
        lines.append(Line())
        lines += self._spreads(progress)
        missing, due = len(progress.missing), len(progress.comments_due)
        if missing:
            text = nmsg("{count} mark is missing:", "{count} marks are missing:", missing)
            lines.append(Line((("  " + _t(text), "review--point"),)))
        if due:
            text = nmsg("{count} comment is still asked for:", "{count} comments are still asked for:", due)
            lines.append(Line((("  " + _t(text), "review--point"),)))
        if not missing and not due and not progress.locked:
            lines.append(Line((("  " + _t(msg("Everything is given.")), "review--good"),)))
        return lines


def _spread_text(spread: Spread) -> Message:
    return msg(
        "{criterion}: lowest {least}, mean {mean}, highest {most}",
        criterion=spread.criterion.name,
        least=mark_text(spread.least),
        mean=decimal_text(spread.mean / THOUSAND, 2),
        most=mark_text(spread.most),
    )


def points_of(progress: Progress) -> tuple[Point, ...]:
    """What is missing, one line an organisation, in running order."""
    missing: dict[OrganisationId, list[str]] = {}
    for organisation, criterion in progress.missing:
        missing.setdefault(organisation.id, []).append(criterion.name)
    found = []
    digits = len(str(len(progress.cards)))
    for card in progress.cards:
        organisation = card.organisation
        number = f"{organisation.number:>{digits}}"
        names = tuple(missing.get(organisation.id, ()))
        if names:
            text = msg("{number} {name}: {criteria}", number=number, name=organisation.name, criteria=names)
            found.append(Point(text, organisation.id))
        if organisation in progress.comments_due:
            text = msg("{number} {name}: a comment is asked for", number=number, name=organisation.name)
            found.append(Point(text, organisation.id))
    return tuple(found)
