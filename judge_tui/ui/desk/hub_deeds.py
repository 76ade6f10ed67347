"""The local network from the table: off until the organiser chooses an address, off again when he says so or leaves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import Message, msg, verbatim
from judge_tui.services.hub.at_table import TableHub
from judge_tui.services.table.office import Office
from judge_tui.ui.desk.hub_panel import HubPanel
from judge_tui.ui.dialogs.choose import ChooseDialog

if TYPE_CHECKING:
    from judge_tui.ui.desk.table import Table


class HubDeeds:
    """Starting, stopping and looking at the hub. Marks that came in show on the table within a second or two."""

    def __init__(self, table: Table, office: Office) -> None:
        self._table = table
        self.hub = TableHub(office.path, office.keys)
        self._entries = -1
        self._busy = False

    def toggle(self) -> None:
        """Begin listening on an address of the organiser's choice, or stop."""
        if self._busy:
            return
        if self.hub.running:
            self._work(self.hub.stop, msg("The local network is off; the receipts lie beside the organiser's file."))
            return
        addresses = self.hub.addresses()

        def answered(place: int | None) -> None:
            if place is not None:
                address = addresses[place]
                self._work(partial(self.hub.start, address), msg("Listening on {address}", address=address))

        title = msg("Take marks in over the local network")
        text = msg("On which of this laptop's addresses? Only judges of this event are heard; sticks go on working.")
        self._table.screen.app.push_screen(ChooseDialog(title, text, [_named(item) for item in addresses]), answered)

    def look(self) -> None:
        """Show how the hub stands; called once a second. What it took in is worked out anew."""
        view = self.hub.view()
        look = self._table.view
        names = {str(judge.id): judge.name for judge in look.event.judges} if look is not None else {}
        for panel in self._table.screen.query(HubPanel):  # there is none for a moment while the language changes
            panel.show(view, names)
        entries = view.entries if view is not None else -1
        if view is not None and self._entries not in (-1, entries):
            self._table.reload()
        self._entries = entries

    def close(self) -> None:
        """The table is left: nothing listens any more."""
        self.hub.stop()

    def _work(self, act: Callable[[], None], done: Message) -> None:
        self._busy = True
        self._table.screen.run_worker(partial(self._do, act, done), thread=True, group="hub")

    def _do(self, act: Callable[[], None], done: Message) -> None:
        app = self._table.screen.app
        try:
            act()
        except JudgeTuiError as error:
            app.call_from_thread(self._table.failed, error)
        else:
            app.call_from_thread(self._table.say, done)
        finally:
            self._busy = False
            app.call_from_thread(self.look)


def _named(address: str) -> Message:
    if address.startswith("127."):
        return msg("{address} (only this laptop itself)", address=address)
    return verbatim(address)
