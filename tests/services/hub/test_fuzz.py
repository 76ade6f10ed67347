"""Whatever is sent to the hub's two doors: an answer with a known status and code, and never an entry that nobody signed."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judge_tui.domain.bodies import dump_body
from judge_tui.domain.ledger import Entry, next_entry
from judge_tui.services.hub.app import HubApp
from judge_tui.services.hub.limits import Limits
from judge_tui.services.hub.rounds import Rounds
from judge_tui.services.hub.server import Hub
from judge_tui.services.sync.wire import SESSION, SYNC, entry_fields
from tests.records import AT, Hall, mark, noon
from tests.services.hub.schema import ANYTHING, INTERFACE, broken, fitting
from tests.services.hub.test_security import Laptop, opened

CODES = {
    200: {""},
    400: {"SCHEMA", "TRUNCATED"},
    401: {"SIGNATURE"},
    403: {"SIGNATURE", "UNKNOWN_JUDGE", "OTHER_EVENT", "TAMPERED"},
    404: {"NOT_FOUND"},
    405: {"METHOD"},
    409: {"REPLAY", "SESSION", "DEFINITION", "FORK"},
    413: {"TOO_BIG"},
    422: {"TAMPERED", "SCHEMA", "GAP"},
}
"""Every status the interface may answer with, and its codes. A 500 or a 503 is a fault."""


class Door:
    """The application, called without a socket."""

    def __init__(self, folder: Path) -> None:
        self.hall = Hall(folder)
        limits = Limits(stranger_rate=1e9, stranger_burst=1e9, judge_rate=1e9, judge_burst=1e9, pause=0.0, body=300_000)
        self.hub = Hub(self.hall.organiser, keys=self.hall.keys, listen="127.0.0.1", limits=limits, now=noon)
        self.laptop: Laptop = opened(self.hall, "j1")
        chain = self.laptop.chain
        bodies = [
            mark("o1", "c1", 50),
            mark("o9", "c1", 50),
            b'{"kind":"mark"}',
            b"7",
            dump_body("comment", AT, text="好"),
        ]
        for body in bodies:
            chain.append(next_entry(self.laptop.event, self.laptop.pair, chain[-1], body))
        self.known = st.sampled_from([entry_fields(entry) for entry in chain])
        self.signed: set[Entry] = {*self.hall.everything(), *chain}

    def talk(self, requests: list[tuple[str, str, bytes, str]]) -> list[tuple[int, dict[str, Any]]]:
        """Method, path, body and authorization of each; statuses and answers."""

        async def everything() -> list[tuple[int, dict[str, Any]]]:
            rounds = Rounds(self.hub._gate, self.hub._intake, self.hub.limits)
            app = HubApp(self.hub._gate, rounds, self.hub.log, self.hub.limits)
            answers = [await _call(app, *request) for request in requests]
            rounds.close()
            return answers

        return asyncio.run(everything())

    def check(self, method: str, path: str, body: bytes, authorization: str) -> None:
        ((status, said),) = self.talk([(method, path, body, authorization)])

        assert status in CODES, said
        assert said.get("code", "") in CODES[status], (status, said)
        assert self.hall.everything() <= self.signed


async def _call(app: HubApp, method: str, path: str, body: bytes, authorization: str) -> tuple[int, dict[str, Any]]:
    headers = [(b"content-length", str(len(body)).encode())]
    if authorization:
        headers.append((b"authorization", authorization.encode("latin-1", "replace")))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode("utf-8", "replace"),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }
    parts = [{"type": "http.request", "body": body, "more_body": False}]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return parts.pop(0) if parts else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    await app.asgi(scope, receive, send)
    content = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], json.loads(content) if content else {}


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with tempfile.TemporaryDirectory() as folder:
        yield Door(Path(folder))


FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def raw(value: Any) -> bytes:
    return json.dumps(value).encode()


@pytest.mark.parametrize("path", sorted(INTERFACE))
@FUZZ
@given(data=st.data())
def test_bodies_that_fit_the_schema(door: Door, path: str, data: st.DataObject) -> None:
    body = raw(data.draw(fitting(INTERFACE[path], door.known)))
    door.laptop.nonce = door.hub._gate.nonce
    door.check("POST", path, body, door.laptop.sign(body) if path == SYNC else "")


@pytest.mark.parametrize("path", sorted(INTERFACE))
@FUZZ
@given(data=st.data())
def test_bodies_that_nearly_fit_it(door: Door, path: str, data: st.DataObject) -> None:
    body = raw(data.draw(broken(INTERFACE[path], door.known)))
    door.laptop.nonce = door.hub._gate.nonce
    door.check("POST", path, body, door.laptop.sign(body) if path == SYNC else "")


@pytest.mark.parametrize("path", sorted(INTERFACE))
@FUZZ
@given(body=ANYTHING.map(raw) | st.binary(max_size=200) | st.just(b"[" * 100_000) | st.just(b'{"a":' * 50_000))
def test_bodies_of_anything(door: Door, path: str, body: bytes) -> None:
    door.laptop.nonce = door.hub._gate.nonce
    door.check("POST", path, body, door.laptop.sign(body) if path == SYNC else "")


@FUZZ
@given(
    method=st.sampled_from(["POST", "GET", "PUT", "HEAD", "TRACE", "BREW"]),
    path=st.sampled_from([SESSION, SYNC]) | st.text(min_size=1, max_size=20).map(lambda text: "/" + text),
    authorization=st.text(max_size=60)
    | st.tuples(*[st.sampled_from(["JudgeTui", "0" * 64, "f" * 32, "1", "٣", "-1", "0" * 128, ""])] * 5).map(" ".join),
    body=st.binary(max_size=40),
)
def test_heads_of_anything(door: Door, method: str, path: str, authorization: str, body: bytes) -> None:
    ((status, said),) = door.talk([(method, path, body, authorization)])

    assert status in CODES, said
    assert status != 200


def test_the_fuzzed_door_still_takes_what_is_right(door: Door) -> None:
    door.laptop.nonce = door.hub._gate.nonce
    opening = json.dumps({"event": door.laptop.event.hex(), "opening": entry_fields(door.laptop.chain[0])}).encode()
    good = door.laptop.push(*door.laptop.chain[:2])
    answers = door.talk([("POST", SESSION, opening, ""), ("POST", SYNC, good, door.laptop.sign(good))])

    assert [status for status, _ in answers] == [200, 200]
    assert set(door.laptop.chain[:2]) <= door.hall.everything()
