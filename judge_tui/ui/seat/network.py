"""The judge's network on his screen: a word in the header, an address when he asks for it, and what the organiser announces."""

from __future__ import annotations

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.ui.seat.reopening import JudgingReopening

RESUME = 1.0
"""Seconds after the screen is up before the network is taken up again: marks come first."""


class JudgingNetwork(JudgingReopening):
    """Nothing here is waited for by anything else on the screen."""

    def start_network(self) -> None:
        """Take the network up again if it was on when the file was last open."""
        network = self.session.network
        network.begin(
            lambda: self.call_later(self._show_network),
            lambda: self.call_later(self._announced),
        )
        if network.address:
            self.set_timer(RESUME, self._resume)

    def on_unmount(self) -> None:
        """Hang up before the file is closed."""
        self.session.network.disconnect()

    def action_network(self) -> None:
        """Ask for the address; empty looks for the hub by name, or turns the network off where it is on."""
        from judge_tui.ui.dialogs.ask import AskDialog

        network = self.session.network
        text = (
            msg("Empty: stop sending over the network. Everything stays on this laptop.")
            if network.word is not None
            else msg("The address on the organiser's screen, and its code if you were told one. Empty: look for it.")
        )
        self.app.push_screen(AskDialog(msg("Network"), text, network.address, required=False), self._connect)

    def _connect(self, typed: str | None) -> None:
        if typed is None:
            return
        network = self.session.network
        if not typed and network.word is not None:
            network.forget()
            self.status.say(msg("The network is off"))
            return
        self.status.say(msg("Connecting …"))
        self.run_worker(lambda: self._connecting(typed), thread=True, group="network", exclusive=True)

    def _connecting(self, typed: str) -> None:
        """Looking for a hub by name takes seconds, so this runs beside the screen."""
        try:
            self.session.network.connect(typed)
        except JudgeTuiError as error:
            self.app.call_from_thread(self.status.say, error.message)
        else:
            self.app.call_from_thread(self.status.say, None)

    def _resume(self) -> None:
        self.run_worker(self._resuming, thread=True, group="network", exclusive=True)

    def _resuming(self) -> None:
        try:
            self.session.network.resume()
        except JudgeTuiError as error:
            self.app.call_from_thread(self.status.say, error.message)

    def _show_network(self) -> None:
        self.header.linked(self.session.network.word)

    def _announced(self) -> None:
        """The organiser announced something: show what it changes, and keep what is half typed."""
        self.form.hand_in()
        self.session.renew()
        self.show_view(self.view)
        self.status.say(msg("The organiser announced something new; it is shown"))
