"""The local network at the table: what to read aloud to the judges, which laptops were heard, what was refused."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label

from judge_tui.domain.messages import Message, msg, nmsg
from judge_tui.i18n import translator as _t
from judge_tui.services.hub.at_table import HubView, Laptop
from judge_tui.ui.widgets.line_list import Column, Line, LineList

MINUTE = 60


class HubPanel(Vertical):
    """One line while the hub is off; while it runs, its address and the laptops."""

    DEFAULT_CSS = """
    HubPanel { height: auto; width: 1fr; }
    HubPanel.-on { height: 1fr; }
    HubPanel .aloud { width: 1fr; height: 1; padding: 0 1; background: $surface; color: $foreground 70%; }
    HubPanel.-on .aloud { color: $success; text-style: bold; }
    HubPanel .about { display: none; width: 1fr; height: auto; padding: 0 1; }
    HubPanel LineList { display: none; }
    HubPanel.-on .about, HubPanel.-on LineList { display: block; }
    """

    def compose(self) -> ComposeResult:
        yield Label(classes="aloud", markup=False)
        yield Label(classes="about", markup=False)
        yield LineList(
            (
                Column(msg("Judge"), most=20),
                Column(msg("Laptop"), most=22),
                Column(msg("Records"), align="right"),
                Column(msg("State")),
            )
        )

    def on_mount(self) -> None:
        self.show(None, {})

    def show(self, view: HubView | None, names: Mapping[str, str]) -> None:
        """Show the hub as it stands, None while it is off; `names` are the judges' by id."""
        if not self.children:
            return
        self.set_class(view is not None, "-on")
        aloud = msg("Local network: off. F3 lets judges' laptops send their marks.") if view is None else _aloud(view)
        self.query_one(".aloud", Label).update(_t(aloud))
        if view is None:
            return
        self.query_one(".about", Label).update("\n".join(_t(line) for line in _about(view)))
        self.query_one(LineList).show([_line(laptop, names) for laptop in view.laptops])


def _aloud(view: HubView) -> Message:
    if view.short:
        return msg(
            "Local network: on. Judges type {short} (elsewhere {address}).", short=view.short, address=view.address
        )
    return msg("Local network: on. Judges type {address}.", address=view.address)


def _about(view: HubView) -> list[Message]:
    connected = sum(item.connected for item in view.laptops)
    return [
        nmsg(
            "{connected} of {count} laptop connected, {entries} records held. {found}",
            "{connected} of {count} laptops connected, {entries} records held. {found}",
            len(view.laptops),
            connected=connected,
            entries=view.entries,
            found=msg("Laptops find this table by themselves.") if view.announced else "",
        ),
        msg("Code, where a laptop asks for it: {code}", code=view.code),
        *(
            msg(
                "Refused {count} times, last from {address}: {what}",
                count=item.count,
                address=item.last_address or "?",
                what=item.what,
            )
            for item in view.refused
        ),
    ]


def _line(laptop: Laptop, names: Mapping[str, str]) -> Line:
    silent = int(laptop.silent)
    if laptop.connected:
        state = msg("connected")
    elif silent < MINUTE:
        state = msg("silent for {seconds} s", seconds=silent)
    else:
        state = msg("silent for {minutes} min", minutes=silent // MINUTE)
    cells = (names.get(laptop.judge, laptop.judge), laptop.address, str(laptop.entries), _t(state))
    return Line(cells, "good" if laptop.connected else "dim")
