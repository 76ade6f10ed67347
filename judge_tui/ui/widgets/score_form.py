"""The form of one organisation: a field for each criterion, words beside it, and the way onward. Digits and Enter suffice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual import events
from textual.message import Message as UiMessage

from judge_tui.domain.event import CriterionId
from judge_tui.domain.messages import Message
from judge_tui.domain.numbers import normalise_typed
from judge_tui.domain.seat import Card
from judge_tui.ui.widgets.form_canvas import FormCanvas
from judge_tui.ui.widgets.form_details import FieldView, field_view, nudged, option_text, wrong_words
from judge_tui.ui.widgets.typed_text import TypedText


class ScoreForm(FormCanvas, can_focus=True):
    """Shows one `Card` and takes what is typed; what to do with it is for whoever hears the messages.

    Typing in a field that was just reached replaces what stands there; after an editing key it changes it.
    """

    class Submitted(UiMessage):
        """What was typed for a criterion is to be recorded; an empty text takes the mark back."""

        def __init__(self, criterion: CriterionId, typed: str) -> None:
            super().__init__()
            self.criterion, self.typed = criterion, typed

    class Drafted(UiMessage):
        """Something is half typed."""

        def __init__(self, criterion: CriterionId, text: str) -> None:
            super().__init__()
            self.criterion, self.text = criterion, text

    class Moved(UiMessage):
        """Another field has the focus, or the way onward."""

    class Turned(UiMessage):
        """To another organisation: so many forward, or backward; 0 is onward to the next that waits."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self) -> None:
        super().__init__()
        self.moves: Mapping[str, str] = {}
        """Keys that move, by Textual's name; whoever knows the command table sets them."""
        self.last_key: events.Key | None = None
        """The key that was heard last, for whoever sends on keys that came too early."""
        self._fresh = True
        self._turning = False
        self._ahead: list[events.Key] = []

    # What is shown

    def show(self, card: Card, drafts: Mapping[CriterionId, str], onward: Message, focus: int = 0) -> None:
        """Show an organisation; half-typed texts stand in their fields again, and keys typed ahead arrive in them."""
        self.card, self.onward = card, onward
        self._fields = tuple(field_view(card, item, drafts.get(item.id)) for item in card.sheet.criteria)
        self.focus_index = len(self._fields) if card.closed else max(0, min(focus, len(self._fields)))
        self.top, self._turning, self._fresh = 0, False, True
        self.settle()
        ahead, self._ahead = self._ahead, []
        for place, event in enumerate(ahead):
            if self._turning:
                self._ahead += ahead[place:]
                break
            self._press(event)

    def take(self, card: Card) -> None:
        """The same organisation after something was recorded: what is stored replaces what was handed in."""
        before, self.card = self.card, card
        self.hint = self.hint and not card.given
        for place, criterion in enumerate(card.sheet.criteria):
            if before is None or before.given.get(criterion.id) != card.given.get(criterion.id):
                self._set(place, field_view(card, criterion, None))
        self.settle()

    def refuse(self, criterion: CriterionId, words: Message) -> None:
        """Say beside a field why its text was not taken; the text stays, and the focus comes back to it."""
        self.focus_index = next(place for place, field in enumerate(self._fields) if field.criterion.id == criterion)
        self._set(self.focus_index, replace(self._fields[self.focus_index], stored=False, error=words))
        self.settle()

    def _set(self, place: int, field: FieldView) -> None:
        self._fields = (*self._fields[:place], field, *self._fields[place + 1 :])

    # Moving and typing

    def act(self, name: str) -> None:
        """What a key or a click asks for: `accept`, `up`, `down` (or `tab`, `backtab`), `next`, `previous`."""
        if name in ("next", "previous"):
            self._turn(1 if name == "next" else -1)
        elif name in ("up", "down", "tab", "backtab"):
            self.go(self.focus_index + (1 if name in ("down", "tab") else -1))
        elif self.field is None:
            self._turn(0)
        elif self.hand_in():
            self.go(self.focus_index + 1)

    def go(self, place: int) -> None:
        """To the field at a place; what was typed in the one that is left is handed in, or refused and kept."""
        self.hand_in()
        self.focus_index, self._fresh = max(0, min(place, len(self._fields))), True
        self.screen.post_message(self.Moved())
        self.settle()

    def _turn(self, step: int) -> None:
        self.hand_in()
        self._turning = True
        self.screen.post_message(self.Turned(step))

    def hand_in(self) -> bool:
        """Ask for the field's text to be recorded, if it is not; False where it is no mark, which is said beside it."""
        field = self.field
        if field is None or field.stored or self.card is None or self.card.closed:
            return True
        typed = field.text.text.strip()
        wrong = wrong_words(field.criterion, typed) if typed else None
        if wrong is not None:
            self._set(self.focus_index, replace(field, error=wrong))
            self._fresh = True
            self.settle()
            return False
        self._set(self.focus_index, replace(field, stored=True, error=None))
        self.screen.post_message(self.Submitted(field.criterion.id, typed))
        return True

    def revert(self) -> bool:
        """Esc: what is stored stands in the field again; False where it already did."""
        field = self.field
        if field is None or field.stored or self.card is None:
            return False
        self._set(self.focus_index, field_view(self.card, field.criterion, None))
        self.screen.post_message(self.Drafted(field.criterion.id, ""))
        self.settle()
        return True

    def on_key(self, event: events.Key) -> None:
        self.last_key = event
        if self._turning:
            self._ahead.append(event)
            event.stop()
        elif self._press(event):
            event.stop()
            event.prevent_default()

    def _press(self, event: events.Key) -> bool:
        action = self.moves.get(event.key)
        if action is not None:
            self.act(action)
            return True
        field = self.field
        if field is None or self.card is None or self.card.closed:
            return False
        text = field.text.key(event.key)
        if text is None and event.is_printable and event.character:
            step = nudged(field.criterion, field.text.text, normalise_typed(event.character))
            start = TypedText() if self._fresh else field.text
            text = TypedText.of(step) if step is not None else start.typed(event.character)
        if text is None:
            return False
        self._type(field, text)
        return True

    def _type(self, field: FieldView, text: TypedText) -> None:
        changed, self._fresh = text.text != field.text.text, False
        self._set(
            self.focus_index,
            replace(field, text=text, stored=field.stored and not changed, error=None if changed else field.error),
        )
        if changed:
            self.screen.post_message(self.Drafted(field.criterion.id, text.text))
        self.settle()

    def on_paste(self, event: events.Paste) -> None:
        field = self.field
        if field is not None and self.card is not None and not self.card.closed and event.text:
            event.stop()
            self._type(field, field.text.typed(event.text.splitlines()[0]))

    def on_click(self, event: events.Click) -> None:
        line = self.line_at(event.y - self.gutter.top)
        if line is None or line.target < 0:
            return
        if line.target == len(self._fields):
            self._turn(0)
            return
        if line.target != self.focus_index:
            self.go(line.target)
        option, field = line.option(event.x - self.gutter.left), self.field
        if option is not None and field is not None and self.card is not None and not self.card.closed:
            self._type(field, TypedText.of(option_text(field.criterion, field.text.text, option)))
            self.hand_in()
