"""Finding a hub by name on the loopback, and only this event's."""

from __future__ import annotations

import socket

import pytest

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.ledger import EventKey
from judge_tui.services.sync import discovery
from judge_tui.services.sync.address import Address
from judge_tui.services.sync.discovery import announced, find_hub, find_or_parse

EVENT, OTHER = EventKey(bytes(range(32))), EventKey(bytes(32))


def test_the_hub_of_this_event_is_found_and_no_other() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with announced(EVENT, listening.getsockname()) as told:
            assert told
            assert find_hub(EVENT, 8.0, "127.0.0.1") == Address(*listening.getsockname())
            assert find_hub(OTHER, 0.5, "127.0.0.1") is None


def test_without_the_library_an_address_has_to_be_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discovery, "can_find", lambda: False)

    with announced(EVENT, ("127.0.0.1", 1)) as told:
        assert not told
    assert find_or_parse("192.168.1.5", EVENT) == Address("192.168.1.5")
    with pytest.raises(JudgeTuiError) as refused:
        find_or_parse("", EVENT)
    assert refused.value.code == "NO_HUB"
