"""A judge's network at his seat: off until he asks for it, then remembered, and connected again when the file is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from judge_tui.domain.messages import Message
from judge_tui.services.seat.seats import Seat

if TYPE_CHECKING:
    from judge_tui.services.sync.link import Link

_ADDRESS, _CODE = "network.address", "network.code"
"""Local notes: unsigned, never exported."""


class SeatNetwork:
    """Connects and disconnects; `word` is what the header shows, None while the network is off.

    The callbacks given to `begin` are called from another thread.
    """

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._link: Link | None = None
        self._on_change: Callable[[], object] | None = None
        self._on_notices: Callable[[], object] | None = None

    def begin(self, on_change: Callable[[], object], on_notices: Callable[[], object]) -> None:
        """Say whom to call when the word has changed, and when the organiser announced something."""
        self._on_change, self._on_notices = on_change, on_notices

    @property
    def address(self) -> str:
        """The address used last, empty where there never was one."""
        return self._seat.file.local(_ADDRESS) or ""

    @property
    def word(self) -> Message | None:
        """How it stands, for the header."""
        return self._link.now.word if self._link is not None else None

    def connect(self, typed: str) -> None:
        """Connect to an address, with the code behind it where the file does not know the hub (`192.168.1.5 1234 5678 …`);
        nothing typed: look for the hub by name. Raises JudgeTuiError with ADDRESS or NO_HUB, and keeps what was before."""
        from judge_tui.services.sync.address import parse_with_code
        from judge_tui.services.sync.discovery import find_or_parse
        from judge_tui.services.sync.link import Link

        text, code = parse_with_code(typed)
        address = find_or_parse(text, self._seat.file.event)
        link = Link(self._seat, address, code=code, on_state=lambda _: self._changed(), on_notices=self._noticed)
        self.disconnect()
        if not self._seat.read_only:
            self._seat.file.set_local(_ADDRESS, str(address))
            self._seat.file.set_local(_CODE, code)
        self._link = link
        link.start()
        self._changed()

    def resume(self) -> None:
        """Connect again to the address used last, if there is one."""
        if self.address and self._link is None:
            self.connect(f"{self.address} {self._seat.file.local(_CODE) or ''}")

    def forget(self) -> None:
        """Turn the network off, now and when the file is opened again."""
        self.disconnect()
        if not self._seat.read_only and self.address:
            self._seat.file.set_local(_ADDRESS, "")
        self._changed()

    def disconnect(self) -> None:
        """Hang up; harmless where nothing is connected."""
        if self._link is not None:
            link, self._link = self._link, None
            link.stop()

    def _changed(self) -> None:
        if self._on_change is not None:
            self._on_change()

    def _noticed(self) -> None:
        if self._on_notices is not None:
            self._on_notices()
