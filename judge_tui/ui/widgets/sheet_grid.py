"""The score sheet: all organisations by all criteria, with column totals, own totals and own places; keys and the mouse."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.message import Message as UiMessage

from judge_tui.domain import marks
from judge_tui.domain.errors import MarkError
from judge_tui.domain.event import CriterionId, OrganisationId
from judge_tui.domain.messages import Message, msg
from judge_tui.ui.widgets.form_details import explained
from judge_tui.ui.widgets.sheet_canvas import HEAD, Cell, SheetCanvas
from judge_tui.ui.widgets.typed_text import TypedText


class SheetGrid(SheetCanvas, can_focus=True):
    """Takes what is typed into the cells of the sheet; what to do with it is for whoever hears the messages."""

    class Submitted(UiMessage):
        """What was typed in a cell is to be recorded; an empty text takes the mark back."""

        def __init__(self, organisation: OrganisationId, criterion: CriterionId, typed: str) -> None:
            super().__init__()
            self.organisation, self.criterion, self.typed = organisation, criterion, typed

    class Drafted(UiMessage):
        """Something is half typed."""

        def __init__(self, organisation: OrganisationId, criterion: CriterionId, text: str) -> None:
            super().__init__()
            self.organisation, self.criterion, self.text = organisation, criterion, text

    class Moved(UiMessage):
        """The cursor stands on another cell, of this organisation."""

        def __init__(self, organisation: OrganisationId) -> None:
            super().__init__()
            self.organisation = organisation

    def __init__(self) -> None:
        super().__init__()
        self.moves: Mapping[str, str] = {}
        """Keys that move, by Textual's name; whoever knows the command table sets them."""
        self._fresh = True
        self.downward = False
        """Whether Enter goes down the column instead of along the row."""

    def refuse(self, organisation: OrganisationId, criterion: CriterionId, typed: str, words: Message) -> None:
        """Say why a cell's text was not taken; the text stays, and the cursor comes back to it."""
        self._drafts[organisation, criterion] = TypedText.of(typed)
        self._errors[organisation, criterion] = words
        if self.progress is not None:
            column = [item.id for item in self.progress.sheet.criteria].index(criterion)
            self.place_cursor(self.progress.order[organisation], column)

    @property
    def help_text(self) -> Message:
        """What the cell under the cursor takes, for the help key."""
        criterion = self.criterion
        if criterion is None:
            return msg("Nothing is scored here.")
        return explained(criterion)

    # Moving and typing

    def act(self, name: str) -> None:
        """What a key asks for: `accept`, `up`, `down`, `left`, `right`, `tab`, `backtab`, `first`, `last`, `next`, `previous`."""
        if self.progress is None or not self.hand_in():
            return
        rows, columns = len(self.progress.cards), max(1, len(self.progress.sheet.criteria))
        page = max(1, self.size.height - HEAD - self.foot - 1)
        row, column = self.row, self.column
        match name:
            case "accept" if self.downward:
                row, column = (row + 1, column) if row + 1 < rows else (0, (column + 1) % columns)
            case "accept":
                row, column = (row, column + 1) if column + 1 < columns else (min(row + 1, rows - 1), 0)
            case "up" | "down":
                row += 1 if name == "down" else -1
            case "left" | "right":
                column += 1 if name == "right" else -1
            case "tab" if column + 1 < columns or row + 1 < rows:
                row, column = (row, column + 1) if column + 1 < columns else (row + 1, 0)
            case "backtab" if column or row:
                row, column = (row, column - 1) if column else (row - 1, columns - 1)
            case "next" | "previous":
                row += page if name == "next" else -page
            case "first" | "last":
                column = 0 if name == "first" else columns - 1
        self._go(row, column)

    def hand_in(self) -> bool:
        """Ask for what was typed in the cell to be recorded; False where it is no mark, which is said below."""
        spot, criterion = self.spot, self.criterion
        if spot is None or criterion is None or spot not in self._drafts:
            return True
        typed = self._drafts[spot].text.strip()
        if typed:
            try:
                marks.read(criterion.method, typed)
            except MarkError as error:
                self._errors[spot], self._fresh = error.message, True
                self.paint_cell()
                return False
        self._drafts.pop(spot)
        self._errors.pop(spot, None)
        self.paint_cell()
        self.screen.post_message(self.Submitted(*spot, typed))
        return True

    def revert(self) -> bool:
        """Esc: what is stored stands in the cell again; False where it already did."""
        spot = self.spot
        if spot is None or spot not in self._drafts:
            return False
        self._drafts.pop(spot)
        self._errors.pop(spot, None)
        self.screen.post_message(self.Drafted(*spot, ""))
        self.paint_cell()
        return True

    def on_key(self, event: events.Key) -> None:
        action = self.moves.get(event.key)
        if action is not None:
            self.act(action)
        elif not self._edit(event):
            return
        event.stop()
        event.prevent_default()

    def _edit(self, event: events.Key) -> bool:
        spot, card, criterion = self.spot, self.card, self.criterion
        if spot is None or card is None or criterion is None or card.closed:
            return False
        text = self._drafts.get(spot)
        if event.key in ("backspace", "delete"):
            mark = card.given.get(criterion.id)
            stored = marks.typed_text(criterion.method, mark.value) if mark is not None else ""
            text = (text or TypedText.of(stored)).key("backspace") if event.key == "backspace" else TypedText()
        elif event.is_printable and event.character:
            text = (text if text is not None and not self._fresh else TypedText()).typed(event.character)
        else:
            return False
        self._type(spot, text or TypedText())
        return True

    def _type(self, spot: Cell, text: TypedText) -> None:
        self._drafts[spot] = text
        self._errors.pop(spot, None)
        self._fresh = False
        self.screen.post_message(self.Drafted(*spot, text.text))
        self.paint_cell()

    def on_paste(self, event: events.Paste) -> None:
        spot, card = self.spot, self.card
        if spot is not None and card is not None and not card.closed and event.text:
            event.stop()
            self._type(spot, self._drafts.get(spot, TypedText()).typed(event.text.splitlines()[0]))

    def on_click(self, event: events.Click) -> None:
        spot = self.cell_at(event.x, event.y)
        if spot is not None and self.hand_in():
            self._go(*spot)

    def on_mouse_scroll_down(self) -> None:
        self._go(self.row + 3, self.column)

    def on_mouse_scroll_up(self) -> None:
        self._go(self.row - 3, self.column)

    def _go(self, row: int, column: int) -> None:
        self._fresh = True
        before = self.row, self.column
        self.place_cursor(row, column)
        if self.card is not None and before != (self.row, self.column):
            self.screen.post_message(self.Moved(self.card.organisation.id))
