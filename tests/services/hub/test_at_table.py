"""The hub as the organiser's console sees it: opt-in, on a chosen address, and told in words."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.hub.at_table import HubView, TableHub
from judge_tui.services.sync.address import Address, parse_address
from tests.records import Hall, mark
from tests.services.hub.conftest import Network
from tests.services.hub.test_security import connect


@pytest.fixture
def hub(hall: Hall) -> Iterator[TableHub]:
    hub = TableHub(hall.organiser, hall.keys)
    yield hub
    hub.stop()


def send(network: Network, view: HubView, judge: str) -> None:
    class At:
        address = (parse_address(view.address).host, parse_address(view.address).port)

    network.send(At(), judge)  # type: ignore[arg-type]


def test_nothing_listens_before_the_organiser_says_so(hub: TableHub) -> None:
    assert not hub.running
    assert hub.view() is None
    assert "127.0.0.1" in hub.addresses()


def test_the_table_sees_who_was_heard_and_what_is_held(hall: Hall, hub: TableHub, network: Network) -> None:
    hall.write("j2", mark("o1", "c1", 90))
    hub.start("127.0.0.1", port=0)
    before = hub.view()
    assert before is not None
    send(network, before, "j2")
    send(network, before, "j1")

    after = hub.view()

    assert after is not None
    assert before.laptops == ()
    assert [(laptop.judge, laptop.entries, laptop.connected) for laptop in after.laptops] == [
        ("j1", 1, True),
        ("j2", 2, True),
    ]
    assert after.entries == before.entries + 3


def test_what_was_refused_is_told_in_words(hub: TableHub) -> None:
    hub.start("127.0.0.1", port=0)
    view = hub.view()
    assert view is not None
    address = parse_address(view.address)

    class At:
        address = ("127.0.0.1", 0)

    At.address = (address.host, address.port)
    connection = connect(At())  # type: ignore[arg-type]
    connection.request("GET", "/nothing")
    connection.getresponse().read()
    connection.close()

    told = hub.view()

    assert told is not None
    assert [(item.code, item.count, item.last_address) for item in told.refused] == [("NOT_FOUND", 1, "127.0.0.1")]
    assert "another program" in str(told.refused[0].what)


def test_a_laptop_that_is_long_silent_is_not_called_connected(hall: Hall, hub: TableHub, network: Network) -> None:
    hub.start("127.0.0.1", port=0)
    view = hub.view()
    assert view is not None
    send(network, view, "j1")
    running = hub._hub
    assert running is not None
    heard = running._intake.heard
    for author, (address, _) in heard.items():
        heard[author] = (address, time.monotonic() - 60)

    later = hub.view()

    assert later is not None
    assert not later.laptops[0].connected
    assert later.laptops[0].silent >= 60


def test_it_can_be_stopped_and_started_again_on_the_same_port(hall: Hall, hub: TableHub) -> None:
    hub.start("127.0.0.1", port=0)
    view = hub.view()
    assert view is not None
    port = parse_address(view.address).port
    hub.stop()
    hub.stop()

    assert hub.view() is None
    assert hall.organiser.with_suffix(".receipts").exists()

    hub.start("127.0.0.1", port=port)
    assert hub.running


def test_a_second_hub_on_the_same_port_is_refused_and_nothing_runs(hall: Hall, hub: TableHub) -> None:
    hub.start("127.0.0.1", port=0)
    view = hub.view()
    assert view is not None
    second = TableHub(hall.organiser, hall.keys)

    with pytest.raises(JudgeTuiError) as refused:
        second.start("127.0.0.1", port=parse_address(view.address).port)

    assert refused.value.code == "LISTEN"
    assert not second.running


def test_only_an_address_on_the_usual_port_of_a_network_has_a_short_form() -> None:
    from judge_tui.services.hub.at_table import _short

    assert _short(Address("192.168.1.5")) == "5"
    assert _short(Address("192.168.1.5", 9000)) == ""
    assert _short(Address("127.0.0.1")) == ""
    assert _short(Address("::1")) == ""


def test_the_table_needs_the_hubs_libraries_only_when_it_starts_one(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "sys.modules['uvicorn'] = sys.modules['zeroconf'] = None\n"
        "from pathlib import Path\n"
        "from judge_tui.domain.errors import JudgeTuiError\n"
        "from judge_tui.services.hub.at_table import TableHub\n"
        "hub = TableHub(Path('x.db'), Path('.'))\n"
        "try:\n    hub.start('127.0.0.1')\n"
        "except JudgeTuiError as error:\n    print(error.code, hub.view())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, timeout=60
    )

    assert done.stdout.split() == ["NO_HUB", "None"], done.stderr
