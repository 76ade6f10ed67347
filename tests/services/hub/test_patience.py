"""What the hub's HTTP protocol puts up with, whichever library reads the requests."""

from __future__ import annotations

from contextlib import suppress

import pytest
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from judge_tui.services.hub.limits import Limits
from tests.records import Hall, mark
from tests.services.hub.conftest import Network
from tests.services.hub.test_security import connect, refuses

pytestmark = pytest.mark.parametrize("parser", [H11Protocol, HttpToolsProtocol])


@pytest.fixture(autouse=True)
def _read_by(parser: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("judge_tui.services.hub.patience.Parser", parser)


def test_marks_arrive(hall: Hall, network: Network) -> None:
    hall.write("j1", *(mark("o1", "c1", points) for points in range(90)))

    assert network.send(network.hub(), "j1").held == 91


def test_a_head_without_an_end_is_not_listened_to(hall: Hall, network: Network) -> None:
    hub = network.hub()
    connection = connect(hub)
    connection.connect()

    with refuses(hub, hall, "TOO_BIG"):
        with suppress(OSError):
            connection.sock.sendall(b"POST /v1/sync HTTP/1.1\r\n")
            for number in range(2_000):
                connection.sock.sendall(b"X-%d: %s\r\n" % (number, b"a" * 1_000))
        with suppress(OSError):
            assert b"200" not in connection.sock.recv(100)
    connection.close()


def test_a_head_that_comes_a_byte_at_a_time_is_not_waited_for(hall: Hall, network: Network) -> None:
    hub = network.hub(limits=Limits(head_seconds=0.3))
    connection = connect(hub)
    connection.connect()
    connection.sock.settimeout(0.1)

    with refuses(hub, hall, "SLOW"):
        for byte in b"POST /v1/sync HTTP/1.1\r\nHost: hub\r\n" * 9:
            try:
                connection.sock.sendall(bytes([byte]))
                if not connection.sock.recv(1):
                    break
            except TimeoutError:
                continue
            except OSError:
                break
    connection.close()
