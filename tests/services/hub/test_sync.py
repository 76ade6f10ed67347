"""Judges' laptops and the hub: what is written arrives, what was announced comes back, and a lost network loses nothing."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.hub.limits import Limits
from judge_tui.services.hub.server import Hub
from judge_tui.services.seat.handover import received
from judge_tui.services.sync import link as link_room
from judge_tui.services.sync.link import LinkState
from judge_tui.services.table.office import Office
from tests.records import Hall, mark, submit
from tests.services.hub.conftest import Network


def until(true: Callable[[], bool], seconds: float = 15.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def test_what_a_judge_wrote_is_held_and_receipted(hall: Hall, network: Network) -> None:
    written = hall.write("j1", mark("o1", "c1", 90), mark("o1", "c2", 80), submit())
    hub = network.hub()

    state = network.send(hub, "j1")

    assert (state.connected, state.held, state.written, state.code) == (True, 4, 4, "")
    assert set(written) <= hall.everything()
    with hall.seat("j1") as seat:
        assert received(seat).held == 4


def test_only_what_is_missing_travels_the_second_time(hall: Hall, network: Network) -> None:
    hub = network.hub()
    hall.write("j1", mark("o1", "c1", 90))
    network.send(hub, "j1")
    before = hall.everything()
    added = hall.write("j1", mark("o1", "c2", 80))

    state = network.send(hub, "j1")

    assert state.held == 3
    assert hall.everything() - before == set(added)


def test_sending_twice_changes_nothing(hall: Hall, network: Network) -> None:
    hub = network.hub()
    hall.write("j1", mark("o1", "c1", 90))
    network.send(hub, "j1")
    first = hall.organiser.read_bytes()
    network.send(hub, "j1")

    assert hall.organiser.read_bytes() == first


def test_announcements_come_back(hall: Hall, network: Network) -> None:
    Office(hall.organiser, hall.keys).say(("order", {"organisations": ["o3", "o1", "o2"]}))
    network.send(network.hub(), "j1")

    with hall.seat("j1") as seat:
        assert [item.id for item in seat.event.organisations] == ["o3", "o1", "o2"]


def test_a_running_link_sends_marks_as_they_are_written_and_brings_announcements(hall: Hall, network: Network) -> None:
    hub = network.hub()
    states: list[LinkState] = []
    brought: list[int] = []
    with network.link(hub, "j1", on_state=states.append, on_notices=lambda: brought.append(1)) as link:
        assert until(lambda: link.state.held == 1)
        link._seat.file.append(link._seat.signer, [mark("o1", "c1", 77)])
        assert until(lambda: link.state.held == 2)
        Office(hall.organiser, hall.keys).say(("stage", {"organisation": "o2"}))
        assert until(lambda: bool(brought))

    assert [str(state.word) for state in states][-1] == "Network: all received"


def test_a_hub_that_goes_away_changes_a_word_and_everything_catches_up(hall: Hall, network: Network) -> None:
    hub = network.hub()
    port = hub.address[1]
    with network.link(hub, "j1") as link:
        assert until(lambda: link.state.connected and link.state.held == 1)
        hub.stop()
        link._seat.file.append(link._seat.signer, [mark("o1", "c1", 77)])
        assert until(lambda: not link.state.connected and link.state.written == 2)
        words = str(link.state.word)
        network.hub(port=port)
        assert until(lambda: link.state.held == 2)

    assert words == "No network, 1 to send"


def test_while_a_request_waits_in_vain_the_word_still_counts_what_was_just_written(
    hall: Hall, network: Network
) -> None:
    hub = network.hub()
    with network.link(hub, "j1") as link:
        assert until(lambda: link.state.held == 1)
        link._stopping.set()  # as if its thread waited for an answer that does not come
        assert until(lambda: not link._thread.is_alive())
        link._seat.file.append(link._seat.signer, [mark("o1", "c1", 77)])

        assert str(link.state.word) == "Network: all received"
        assert str(link.now.word) == "Network: 1 to send"


def test_a_hub_that_comes_back_at_another_address_is_found_by_name(
    hall: Hall, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = network.hub()
    monkeypatch.setattr(link_room, "SEEK_EVERY", 1)
    monkeypatch.setattr(link_room, "find_hub", lambda event, seconds: network.at(again[0]) if again else None)
    again: list[Hub] = []
    with network.link(hub, "j1") as link:
        assert until(lambda: link.state.connected and link.state.held == 1)
        hub.stop()
        link._seat.file.append(link._seat.signer, [mark("o1", "c1", 77)])
        again.append(network.hub())
        assert again[0].address != hub.address
        assert until(lambda: link.state.held == 2)


def test_a_judge_who_comes_by_stick_and_network_is_held_once(hall: Hall, network: Network) -> None:
    hub = network.hub()
    hall.write("j1", mark("o1", "c1", 90))
    stick = hall.hand_over("j1")
    hall.write("j1", mark("o1", "c2", 80))
    network.send(hub, "j1")

    report = hall.merge(stick)

    assert (report.taken, report.refused) == (0, ())
    assert network.send(hub, "j1").held == 3


def test_a_merge_beside_the_running_hub_is_seen_by_it(hall: Hall, network: Network) -> None:
    hub = network.hub()
    network.send(hub, "j1")
    hall.write("j1", mark("o1", "c1", 90), mark("o1", "c2", 80))
    hall.merge(hall.hand_over("j1"))
    hall.write("j1", mark("o2", "c1", 70))

    assert network.send(hub, "j1").held == 4


def test_the_older_copy_of_the_organisers_file_gets_back_what_it_lacks(hall: Hall, network: Network) -> None:
    older = hall.organiser.read_bytes()
    Office(hall.organiser, hall.keys).say(("stage", {"organisation": "o2"}))
    hub = network.hub()
    hall.write("j1", mark("o1", "c1", 90))
    network.send(hub, "j1")
    hub.stop()
    held = hall.everything()
    hall.organiser.write_bytes(older)

    network.send(network.hub(), "j1")

    desk_and_judges = {entry for entry in held if entry in hall.everything()}
    assert desk_and_judges == held


def test_a_restored_copy_goes_on_as_a_second_author(hall: Hall, network: Network) -> None:
    hub = network.hub()
    copy = hall.folder / "copy.judge"
    hall.write("j1", mark("o1", "c1", 90))
    copy.write_bytes(hall.kit("j1").read_bytes())
    hall.write("j1", mark("o1", "c2", 80))
    network.send(hub, "j1")
    hall.write("j1", mark("o2", "c1", 60), path=copy)

    network.send(hub, "j1", copy)

    by_file = Hall.project(hall)
    assert by_file.cell("j1", "o2", "c1").value == 60_000  # type: ignore[arg-type]
    assert by_file.cell("j1", "o1", "c2").value == 80_000  # type: ignore[arg-type]


def test_two_branches_of_one_laptop_are_a_fork_as_with_files(hall: Hall, network: Network) -> None:
    hub = network.hub()
    hall.write("j1", mark("o1", "c1", 90))
    kit, keys = hall.kit("j1"), hall.laptop("j1")
    image, notes = kit.read_bytes(), {path: path.read_bytes() for path in keys.iterdir()}
    hall.write("j1", mark("o1", "c2", 80), mark("o2", "c1", 70))
    network.send(hub, "j1")
    kit.write_bytes(image)
    for path, content in notes.items():
        path.write_bytes(content)
    hall.write("j1", mark("o1", "c2", 10))

    network.send(hub, "j1")

    assert [state.fork for state in hall.project().forks] == [3]
    assert network.send(hub, "j1").connected


def test_a_long_chain_goes_in_portions(hall: Hall, network: Network) -> None:
    with hall.seat("j1") as seat:
        seat.file.append(seat.signer, [mark(f"o{n % 3 + 1}", "c1", n % 100) for n in range(1300)])

    assert network.send(network.hub(), "j1").held == 1301


def test_many_judges_at_once(tmp_path: Path) -> None:
    from contextlib import ExitStack

    from tests.records import contest

    hall = Hall(tmp_path / "many", contest(judges=8))
    with ExitStack() as stack:
        network = Network(hall, stack)
        hub = network.hub()
        for judge in range(1, 9):
            hall.write(f"j{judge}", *(mark(f"o{n}", "c1", n) for n in (1, 2, 3)))
        links = [stack.enter_context(network.link(hub, f"j{judge}")) for judge in range(1, 9)]

        assert until(lambda: all(link.state.held == 4 for link in links))


def test_a_kit_without_the_certificate_needs_the_code_from_the_organisers_screen(
    hall: Hall, network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("judge_tui.services.sync.link.pins", lambda file: ())
    hub = network.hub()

    with pytest.raises(JudgeTuiError) as refused:
        network.send(hub, "j1")

    assert refused.value.code == "PIN"
    assert network.send(hub, "j1", code=hub.code).held == 1


def test_an_event_issued_without_the_hubs_libraries_gets_a_certificate_when_the_hub_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import ExitStack

    with monkeypatch.context() as without:
        without.setattr("judge_tui.services.preparing.issuing.can_make", lambda: False)
        hall = Hall(tmp_path / "bare")
    with ExitStack() as stack:
        network = Network(hall, stack)
        hub = network.hub()

        assert network.send(hub, "j1", code=hub.code).held == 1


def test_an_issue_that_fails_leaves_no_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("judge_tui.services.preparing.issuing._move", full)
    with pytest.raises(JudgeTuiError):
        Hall(tmp_path / "none")

    assert not [path for path in (tmp_path / "none").rglob("*") if path.is_file()]


def test_the_organisers_own_acts_go_on_beside_a_busy_hub(hall: Hall, network: Network) -> None:
    hub = network.hub(limits=Limits(pause=0.05))
    with network.link(hub, "j1") as link:
        for points in range(20):
            link._seat.file.append(link._seat.signer, [mark("o1", "c1", points)])
            Office(hall.organiser, hall.keys).say(("stage", {"organisation": f"o{points % 3 + 1}"}))
        assert until(lambda: link.state.held == 21)

    assert len([entry for entry in hall.everything() if b'"stage"' in entry.body]) == 20
