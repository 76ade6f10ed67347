"""The hall's window on another laptop, over a real connection."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from judge_tui.domain.ceremony.machine import Act, Move
from judge_tui.domain.ceremony.picture import Kind, Progress
from judge_tui.domain.ceremony.show import Options
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.i18n import translator
from judge_tui.services.hall.ceremony import address_of_hall
from judge_tui.services.hall.following import FollowedHall
from judge_tui.services.hall.server import HallServer
from judge_tui.services.hall.windows import Hall
from tests.domain.ceremony.shows import show
from tests.records import Hall as Contest
from tests.records import contest

FORWARD = Act(Move.FORWARD)


@contextmanager
def served(folder: Path, port: int = 0, hold: bool = False) -> Iterator[HallServer]:
    hall = Hall(folder / "event.hall", lambda: show(Options(announce=0)), progress=lambda: Progress(37, 40), hold=hold)
    server = HallServer(
        ("127.0.0.1", port), hall, token="t" * 22, say=translator.render, language="en", media=folder, now=lambda: 0
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        hall.close()


def eventually(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_what_the_other_laptop_shows_is_shown_here(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        followed = FollowedHall(server.url)
        assert followed.picture == server.hall.picture
        server.hall.act(FORWARD)

        assert eventually(followed.poll)
        assert followed.picture == server.hall.picture
        followed.close()


def test_keys_here_steer_there_and_refusals_come_back(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        followed = FollowedHall(server.url.rstrip("/"))
        followed.act(FORWARD)
        assert server.hall.picture.kind is Kind.TURN
        assert followed.picture == server.hall.picture
        with pytest.raises(JudgeTuiError) as refused:
            followed.act(Act(Move.JUMP, 99))

        assert refused.value.code == "CEREMONY"
        followed.close()


@pytest.mark.parametrize("ahead", [-180_000, 0, 86_400_000])
def test_the_clock_is_right_though_the_laptops_clocks_differ(tmp_path: Path, ahead: int) -> None:
    """The serving laptop's clock says 0; this one's is that much ahead (or behind)."""
    with served(tmp_path) as server:
        server.hall.act(FORWARD)
        server.hall.act(Act(Move.CLOCK, -60_000))  # has run for a minute
        hall = FollowedHall(server.url, lambda: ahead)
        clock = hall.picture.clock
        hall.close()

        assert clock is not None
        assert clock.seconds(ahead) == 60


def test_the_pictures_of_who_is_on_are_brought_here_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "before.png").write_bytes(b"a picture")
    (tmp_path / "other.png").write_bytes(b"another")
    with served(tmp_path) as server:
        server.hall.act(FORWARD)
        hall = FollowedHall(server.url)
        brought = {path.name: path.read_bytes() for path in hall.media.iterdir()}
        hall.close()

    assert brought == {"before.png": b"a picture"}
    assert not hall.media.exists()


def test_this_screen_says_there_how_many_pages_it_needs(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        hall = FollowedHall(server.url)
        hall.tell(3)
        told = eventually(lambda: server.hall.pages == 3)
        hall.close()

        assert told


def test_the_other_laptop_may_be_restarted(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        port = server.server_address[1]
        followed = FollowedHall(server.url)
        followed.act(FORWARD)
    with pytest.raises(JudgeTuiError) as refused:
        followed.act(FORWARD)
    assert refused.value.code == "UNREACHABLE"
    assert followed.picture.kind is Kind.TURN

    with served(tmp_path, port) as server:
        followed.act(FORWARD)
        assert server.hall.picture.turn is not None
        assert server.hall.picture.turn.number == 2
        server.hall.act(Act(Move.GO, text="scoring"))
        assert eventually(followed.poll)
        followed.close()
    assert followed.picture.progress == Progress(37, 40)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x/", "http://127.0.0.1:1/", "http:///"])
def test_an_address_where_nothing_is_served_is_refused_in_words(address: str) -> None:
    with pytest.raises(JudgeTuiError) as refused:
        FollowedHall(address)

    assert refused.value.code == "UNREACHABLE"


def test_a_wrong_token_shows_nothing(tmp_path: Path) -> None:
    with served(tmp_path) as server, pytest.raises(JudgeTuiError):
        FollowedHall(server.url.replace("tttt", "tttu"))


def test_the_address_of_an_event_stays_the_same_on_its_laptop(tmp_path: Path) -> None:
    made = Contest(tmp_path, contest(judges=1, organisations=2))
    first = address_of_hall(made.organiser, made.keys)
    first.keep(4711)

    again = address_of_hall(made.organiser, made.keys)
    assert (again.token, again.port) == (first.token, 4711)
    assert len(first.token) >= 20
