"""Ask for a reason and for who signs; both go into the signed records."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label

from judge_tui.domain.messages import Message, msg
from judge_tui.i18n import translator as _t
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.flowing import Flowing
from judge_tui.ui.widgets.text_field import TextField


@dataclass(frozen=True, slots=True)
class Signed:
    """Why, and who answers for it (several names separated by spaces or commas)."""

    reason: str
    by: tuple[str, ...]


def names(text: str) -> tuple[str, ...]:
    """The names in a line: separated by commas, semicolons or 、; a two-character name may hold a space."""
    for separator in "，、；;":
        text = text.replace(separator, ",")
    return tuple(name for part in text.split(",") if (name := "".join(part.split("\u3000")).strip()))


def signing(by: str, signer: Message | None = None, why: Message | None = None) -> ComposeResult:
    """The two lines that every signed act asks for, `reason` and `by`, in as little height as they take. `why` is what the
    first one is called where it is no reason that is asked for."""
    with Horizontal(classes="dialog-line"):
        yield Label(_t(why or msg("Reason")), classes="dialog-name", markup=False)
        yield TextField(id="reason", compact=True)
    with Horizontal(classes="dialog-line"):
        yield Label(_t(signer or msg("Signed by")), classes="dialog-name", markup=False)
        yield TextField(by, id="by", compact=True)


class ReasonDialog(Dialog[Signed | None]):
    """A reason and a signer. With `signers` of 2 or more that many names are asked for."""

    KEYS = (Command("reason.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),)

    DEFAULT_CSS = """
    ReasonDialog .wrong { color: $error; width: 1fr; }
    """

    def __init__(
        self,
        title: Message,
        text: Message,
        *,
        by: str = "",
        signers: int = 1,
        yes: Message | None = None,
        why: Message | None = None,
    ) -> None:
        """`why` is what is asked for in place of a reason: how it was checked, where it is made known."""
        super().__init__()
        self._why = why
        self._heading, self._text, self._by, self._signers = title, text, by, signers
        self._yes = yes or msg("Sign")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Flowing(_t(self._heading), classes="dialog-title")
            yield Flowing(_t(self._text), classes="dialog-text")
            yield from signing(self._by, self._signer_label(), self._why)
            yield Label("", classes="wrong", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back")), id="cancel")
                yield Button(_t(self._yes), id="ok", variant="primary")

    def _signer_label(self) -> Message:
        if self._signers > 1:
            return msg("Signed by ({count} people, with commas between)", count=self._signers)
        return msg("Signed by")

    @on(Input.Submitted, "#reason")
    def _next(self) -> None:
        self.query_one("#by", Input).focus()

    @on(Input.Submitted, "#by")
    @on(Button.Pressed, "#ok")
    def _accept(self) -> None:
        reason, by = self.query_one("#reason", Input).value.strip(), names(self.query_one("#by", Input).value)
        wrong = None
        if not reason:
            wrong = msg("A reason is needed: it stands in the record for ever.")
        elif len(set(by)) < self._signers:
            wrong = self._signer_label()
        if wrong is None:
            self.dismiss(Signed(reason, by))
        else:
            self.query_one(".wrong", Label).update(_t(wrong))
            self.query_one("#by" if reason else "#reason", Input).focus()

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(None)
