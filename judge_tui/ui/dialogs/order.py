"""Put a few names in order by hand: tied organisations, best first."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, OptionList
from textual.widgets.option_list import Option

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.dialogs.reason import Signed, names, signing
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.flowing import Flowing


class OrderDialog(Dialog[tuple[tuple[str, ...], Signed] | None]):
    """Answers the keys in the order chosen, with reason and signer."""

    KEYS = (
        Command("order.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),
        Command("order.raise", "f2", "shift(-1)", msg("Raise"), msg("Move this line up")),
        Command("order.lower", "f3", "shift(1)", msg("Lower"), msg("Move this line down")),
    )

    DEFAULT_CSS = """
    OrderDialog > .dialog { padding: 0 2; }
    OrderDialog OptionList, OrderDialog OptionList:focus { height: auto; max-height: 30vh; margin-bottom: 1; border: none; }
    OrderDialog .wrong { color: $error; width: 1fr; }
    """

    def __init__(
        self, title: Message, text: Message, items: Sequence[tuple[str, str]], *, by: str = "", signed: bool = True
    ) -> None:
        """`items` are (key, what is shown); without `signed` neither reason nor name is asked for."""
        super().__init__()
        self._heading, self._text, self._by, self._signed = title, text, by, signed
        self.items = list(items)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self._heading), classes="dialog-title")
            yield Flowing(_t(self._text), classes="dialog-text")
            yield OptionList(*self._options())
            if self._signed:
                yield from signing(self._by)
            yield Label("", classes="wrong", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back")), id="cancel")
                yield Button(_t(msg("F2 up")), id="up")
                yield Button(_t(msg("F3 down")), id="down")
                yield Button(_t(msg("Sign")), id="ok", variant="primary")

    def _options(self) -> list[Option]:
        return [Option(f"{number:>3}  {text}") for number, (_, text) in enumerate(self.items, 1)]

    def on_mount(self) -> None:
        self.query_one(OptionList).focus()

    @on(Button.Pressed, "#up")
    def _up(self) -> None:
        self.action_shift(-1)

    @on(Button.Pressed, "#down")
    def _down(self) -> None:
        self.action_shift(1)

    def action_shift(self, step: int) -> None:
        options = self.query_one(OptionList)
        here = options.highlighted or 0
        there = here + step
        if 0 <= there < len(self.items):
            self.items[here], self.items[there] = self.items[there], self.items[here]
            options.clear_options()
            options.add_options(self._options())
            options.highlighted = there

    @on(Input.Submitted, "#reason")
    def _next(self) -> None:
        self.query_one("#by", Input).focus()

    @on(Input.Submitted, "#by")
    @on(Button.Pressed, "#ok")
    def _accept(self) -> None:
        signed = Signed("", ())
        if self._signed:
            signed = Signed(self.query_one("#reason", Input).value.strip(), names(self.query_one("#by", Input).value))
            if not signed.reason or not signed.by:
                wrong = msg("A reason and a name are needed: they stand in the record for ever.")
                self.query_one(".wrong", Label).update(_t(wrong))
                return
        self.dismiss((tuple(key for key, _ in self.items), signed))

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(None)
