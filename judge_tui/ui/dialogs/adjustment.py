"""Points added or taken off after the mean: for whom, which adjustment, how many, why, and who signs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Input, Label, Select

from judge_tui.domain.event import Organisation, OrganisationId
from judge_tui.domain.messages import Message, msg
from judge_tui.domain.numbers import parse_decimal, thousandths
from judge_tui.domain.rules import AdjustmentKind, AdjustmentRule
from judge_tui.i18n import translator as _t
from judge_tui.ui.dialogs.reason import Signed, names
from judge_tui.ui.keys import Command
from judge_tui.ui.screen import Dialog
from judge_tui.ui.widgets.text_field import TextField


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One adjustment as filled in; `points` in thousandths."""

    organisation: OrganisationId
    name: str
    points: int
    signed: Signed


class AdjustmentDialog(Dialog[Adjusted | None]):
    """The form of one adjustment. The names are those that the definition declares."""

    KEYS = (Command("adjustment.cancel", "escape", "cancel", msg("Back"), msg("Leave everything as it is")),)

    DEFAULT_CSS = """
    AdjustmentDialog Input { padding: 0 1; }
    AdjustmentDialog Select { margin-bottom: 1; }
    AdjustmentDialog .wrong { color: $error; width: 1fr; height: auto; }
    AdjustmentDialog > .dialog { padding: 0 2; }
    """

    def __init__(
        self,
        organisations: Sequence[Organisation],
        rules: Sequence[AdjustmentRule],
        *,
        organisation: OrganisationId | None = None,
        by: str = "",
    ) -> None:
        super().__init__()
        self._organisations, self._rules, self._by = tuple(organisations), tuple(rules), by
        self._organisation = organisation or self._organisations[0].id

    def compose(self) -> ComposeResult:
        places = [(f"{item.number} {item.name}", item.id) for item in self._organisations]
        kinds = [(item.name, index) for index, item in enumerate(self._rules)]
        with Vertical(classes="dialog"):
            yield Label(_t(msg("Add or take off points")), classes="dialog-title")
            yield Select(places, value=self._organisation, allow_blank=False, id="organisation", compact=True)
            yield Select(kinds, value=0, allow_blank=False, id="rule", compact=True)
            yield Label(_t(msg("Points (a minus takes off)")))
            yield TextField(id="points", compact=True)
            yield Label(_t(msg("Reason")))
            yield TextField(id="reason", compact=True)
            yield Label(_t(msg("Signed by")), id="signers")
            yield TextField(self._by, id="by", compact=True)
            yield Label("", classes="wrong", markup=False)
            with Horizontal(classes="dialog-buttons"):
                yield Button(_t(msg("Back")), id="cancel")
                yield Button(_t(msg("Sign")), id="ok", variant="primary")

    @property
    def _rule(self) -> AdjustmentRule:
        value = self.query_one("#rule", Select).value
        return self._rules[value if isinstance(value, int) else 0]

    @on(Select.Changed, "#rule")
    def _show_signers(self) -> None:
        count = self._rule.signers
        text = msg("Signed by ({count} people, with commas between)", count=count) if count > 1 else msg("Signed by")
        self.query_one("#signers", Label).update(_t(text))
        self.query_one("#points", Input).disabled = self._rule.kind == AdjustmentKind.VETO

    @on(Input.Submitted, "#points")
    @on(Input.Submitted, "#reason")
    def _next(self) -> None:
        self.focus_next(Input)

    @on(Input.Submitted, "#by")
    @on(Button.Pressed, "#ok")
    def _accept(self) -> None:
        try:
            self.dismiss(self._read())
        except ValueError as error:
            text = error.args[0]
            self.query_one(".wrong", Label).update(_t(text) if isinstance(text, Message) else str(text))

    def _read(self) -> Adjusted:
        """What was filled in. Raises ValueError with a message that says what is wrong."""
        rule, points = self._rule, 0
        if rule.kind != AdjustmentKind.VETO:
            typed = self.query_one("#points", Input).value
            try:
                points = thousandths(parse_decimal(typed))
            except ValueError:
                raise ValueError(
                    msg("“{typed}” is no number of points with at most three decimals", typed=typed)
                ) from None
            if not points and rule.kind != AdjustmentKind.OBJECTIVE:
                raise ValueError(msg("No points would change nothing."))
        reason, by = self.query_one("#reason", Input).value.strip(), names(self.query_one("#by", Input).value)
        if not reason or len(set(by)) < max(1, rule.signers):
            raise ValueError(msg("A reason and every signature are needed: they stand in the record for ever."))
        chosen = self.query_one("#organisation", Select).value
        return Adjusted(OrganisationId(str(chosen)), rule.name, points, Signed(reason, by))

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        self.dismiss(None)
