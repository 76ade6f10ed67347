"""The hall behind an address: what it answers, to whom, and what it refuses."""

from __future__ import annotations

import http.client
import json
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from judge_tui.domain.ceremony.machine import Act, Move
from judge_tui.domain.ceremony.picture import Progress
from judge_tui.domain.ceremony.show import Options, Show
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.messages import msg
from judge_tui.i18n import translator
from judge_tui.services.hall.page import result_page
from judge_tui.services.hall.server import HallServer
from judge_tui.services.hall.windows import Hall
from tests.domain.ceremony.shows import NAMES, show


@pytest.fixture
def server(tmp_path: Path) -> Iterator[HallServer]:
    media = tmp_path / "media"
    media.mkdir()
    (media / "before.png").write_bytes(b"a picture")
    (media / "other.png").write_bytes(b"another")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    hall = Hall(tmp_path / "event.hall", lambda: show(Options(announce=0)), progress=lambda: Progress(37, 40))
    made = HallServer(
        ("127.0.0.1", 0), hall, token="right", say=translator.render, language="en", media=media, now=lambda: 65_000
    )
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def ask(
    server: HallServer, method: str, path: str, body: bytes = b"", kind: str = "application/json"
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    try:
        connection.request(method, path, body or None, {"Content-Type": kind} if body else {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def act(server: HallServer, **said: Any) -> tuple[int, bytes]:
    return ask(server, "POST", "/right/act", json.dumps(said).encode())


def frame(server: HallServer) -> dict[str, Any]:
    status, content = ask(server, "GET", "/right/picture")
    assert status == 200
    return dict(json.loads(content))


@pytest.mark.parametrize(
    "path", ["/", "/wrong/", "/wrong/picture", "/right", "/picture", "//picture", "/righ/picture", "/right/x"]
)
def test_nothing_is_found_without_the_token(server: HallServer, path: str) -> None:
    assert ask(server, "GET", path) == (404, b"")


def test_an_act_without_the_token_changes_nothing(server: HallServer) -> None:
    assert ask(server, "POST", "/wrong/act", b'{"move":"forward"}')[0] == 404
    assert frame(server)["kind"] == "title"


def test_a_form_of_another_page_cannot_steer(server: HallServer) -> None:
    assert ask(server, "POST", "/right/act", b'{"move":"forward"}', "text/plain")[0] == 404
    assert frame(server)["kind"] == "title"


def test_the_page_may_not_be_framed_nor_tell_where_it_came_from(server: HallServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request("GET", "/right/")
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()

    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "https://" not in text
    assert not any(name in text for name in NAMES)


def test_the_host_steers_and_the_picture_follows(server: HallServer) -> None:
    assert act(server, move="forward")[0] == 200
    assert (frame(server)["heading"], frame(server)["names"]) == ("No. 1", ["湾李村"])
    act(server, move="clock")
    assert frame(server)["clock"] == "00:00"
    server.hall.act(Act(Move.GO, text="scoring"))
    assert frame(server)["progress"] == [37, 40]


def test_a_browser_says_how_many_pages_it_needs(server: HallServer) -> None:
    key = frame(server)["key"]
    ask(server, "GET", f"/right/picture?key={key}&pages=4")
    assert server.hall.pages == 4

    for said in (f"key={key}&pages=-1", f"key={key}&pages=9x", f"key=../../{key}&pages=2", "pages=2", "key=&pages=2"):
        assert ask(server, "GET", f"/right/picture?{said}")[0] == 200
    assert server.hall.pages == 4


def test_a_connection_that_breaks_off_says_nothing_on_the_terminal(
    server: HallServer, capfd: pytest.CaptureFixture[str]
) -> None:
    for sent in (
        b"",
        b"GET /right/pic",
        b"POST /right/act HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
    ):
        with socket.create_connection(("127.0.0.1", server.server_address[1])) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.sendall(sent)
    assert frame(server)["kind"] == "title"

    said = capfd.readouterr()
    assert said.out + said.err == ""


def test_an_event_that_cannot_be_read_just_now_keeps_its_picture(server: HallServer, tmp_path: Path) -> None:
    source = tmp_path / "event.db"
    source.write_bytes(b"1")
    asked: list[int] = []

    def load() -> Show:
        asked.append(1)
        if len(asked) == 2:
            raise JudgeTuiError("CORRUPT", msg("half copied"))
        return show(Options(announce=0))

    server.hall = Hall(tmp_path / "event.hall", load, source=source)
    source.write_bytes(b"22")

    assert frame(server)["kind"] == "title"
    assert frame(server)["kind"] == "title"
    assert len(asked) == 3


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:1", ""])
def test_whatever_host_is_named_only_the_token_opens(server: HallServer, host: str) -> None:
    with socket.create_connection(("127.0.0.1", server.server_address[1])) as line:
        line.sendall(f"GET /wrong/picture HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert b" 404 " in line.recv(64)


def test_a_refusal_is_said_with_its_code(server: HallServer) -> None:
    status, content = act(server, move="all")

    assert status == 409
    assert json.loads(content)["code"] == "CEREMONY"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"move":"dance"}',
        b'{"move":"jump","number":"3"}',
        b'{"move":"jump","number":1e9}',
        b'{"move":"go","text":5}',
    ],
)
def test_what_is_no_act_is_refused(server: HallServer, body: bytes) -> None:
    assert ask(server, "POST", "/right/act", body)[0] == 400


def test_a_request_that_is_too_large_is_not_read(server: HallServer) -> None:
    assert ask(server, "POST", "/right/act", b" " * 5000)[0] == 413


def test_only_photos_of_the_one_on_the_stage_are_given_out(server: HallServer) -> None:
    assert ask(server, "GET", "/right/media/before.png")[0] == 404
    act(server, move="forward")

    assert ask(server, "GET", "/right/media/before.png") == (200, b"a picture")
    for name in ("other.png", "../secret.txt", "%2e%2e/secret.txt", "", "/etc/passwd"):
        assert ask(server, "GET", f"/right/media/{name}")[0] == 404


def test_the_result_s_page_holds_every_step_and_needs_no_network() -> None:
    text = result_page(show(), translator.render, "en")

    assert all(name in text for name in NAMES)
    assert "http://" not in text
    assert "https://" not in text
    assert "src=" not in text.partition("<script>")[0]


def test_a_name_cannot_break_out_of_the_page() -> None:
    prepared = show()
    hostile = type(prepared)(
        **{
            **{field: getattr(prepared, field) for field in prepared.__dataclass_fields__},
            "title": "</title></script><script>alert(1)</script>",
        }
    )
    text = result_page(hostile, translator.render, "en")

    assert text.count("<script") == 2
    assert "alert(1)</script>" not in text


def test_a_result_that_is_not_final_is_not_written() -> None:
    with pytest.raises(JudgeTuiError) as refused:
        result_page(show(lacks=["tie"]), translator.render, "en")

    assert refused.value.code == "PROVISIONAL"


@pytest.mark.parametrize(("listen", "host"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]")])
def test_the_address_can_be_opened_as_it_is_printed(tmp_path: Path, listen: str, host: str) -> None:
    hall = Hall(tmp_path / "event.hall", lambda: show(Options(announce=0)))
    with HallServer(
        (listen, 0), hall, token="right", say=translator.render, language="en", media=tmp_path, now=lambda: 0
    ) as made:
        assert made.url == f"http://{host}:{made.server_address[1]}/right/"
        assert made.url_at("192.168.1.5") == f"http://192.168.1.5:{made.server_address[1]}/right/"
