"""Whichever way marks came, what is counted is the same: stick and network in any mixture and order, the same digest."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judge_tui.services.hub.intake import Intake, Pushed
from judge_tui.services.hub.server import Hub
from judge_tui.services.seat.handover import hand_over
from judge_tui.services.seat.seats import Seat
from judge_tui.services.sync.conversation import Conversation
from judge_tui.services.sync.link import SeatHoldings
from judge_tui.services.sync.wire import SYNC, answer_body, dump, read_push
from tests.records import Hall, mark, noon, submit

JUDGES = ("j1", "j2", "j3")


class Carrier:
    """A contest whose files travel by stick or by the hub's own intake, without a socket in between."""

    def __init__(self, folder: Path) -> None:
        self.hall = Hall(folder)
        self.hub = Hub(self.hall.organiser, keys=self.hall.keys, listen="127.0.0.1", now=noon)
        self.intake: Intake = self.hub._intake

    def by_network(self, seat: Seat, times: int = 1) -> None:
        """Everything a laptop sends; each request worked on `times` times, as if doubled on the way."""
        talk = Conversation(SeatHoldings(seat), seat.signer)
        talk.request()
        talk.receive(200, dump({"nonce": "00" * 16, "counter": 0}))
        for _ in range(12):
            request = talk.request()
            assert request.path == SYNC
            pushed = [Pushed(seat.author, "127.0.0.1", read_push(request.body)) for _ in range(times)]
            self.intake.take(pushed)
            assert [one.refused for one in pushed] == [None] * times
            for one in pushed:
                assert one.answer is not None
                talk.receive(200, answer_body(one.answer))
            if talk.settled:
                break

    def copy(self, name: str) -> Path:
        return self.hall.copy_organiser(name)


acts = st.lists(
    st.tuples(
        st.sampled_from(JUDGES),
        st.sampled_from(["mark", "clear", "submit", "stick", "network", "twice", "merge", "old stick"]),
        st.integers(1, 3),
        st.integers(0, 100),
    ),
    min_size=4,
    max_size=24,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=acts, shuffled=st.randoms(use_true_random=False))
def test_stick_and_network_in_any_order_give_the_same_digest(acts: list, shuffled: object) -> None:  # type: ignore[type-arg]
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        carrier = Carrier(Path(temporary))
        hall = carrier.hall
        empty = carrier.copy("reference.db")
        seats = {judge: stack.enter_context(hall.seat(judge)) for judge in JUDGES}
        sticks: list[Path] = []
        for judge, act, place, points in acts:
            seat = seats[judge]
            if act == "mark":
                seat.file.append(seat.signer, [mark(f"o{place}", "c1", points)])
            elif act == "clear":
                seat.file.append(seat.signer, [mark(f"o{place}", "c2", points), mark(f"o{place}", "c2", 100 - points)])
            elif act == "submit":
                seat.file.append(seat.signer, [submit(f"o{place}")])
            elif act == "stick":
                sticks.append(hand_over(seat, hall.stick).path)
            elif act == "merge":
                hall.merge(*sticks)
            elif act == "old stick" and sticks:
                hall.merge(sticks[points % len(sticks)])
            elif act in ("network", "twice"):
                carrier.by_network(seat, 2 if act == "twice" else 1)
        for number, judge in enumerate(JUDGES):
            if number % 2:
                carrier.by_network(seats[judge])
            else:
                hall.merge(hand_over(seats[judge], hall.stick).path)

        last = [hand_over(seats[judge], hall.folder / "last").path for judge in JUDGES]
        shuffled.shuffle(last)  # type: ignore[attr-defined]
        hall.merge(*last, into=empty)

        assert hall.project().digest == hall.project(empty).digest
        assert hall.everything() == hall.everything(empty)


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(8)), doubled=st.sets(st.integers(0, 7)))
def test_pushes_that_come_doubled_and_in_any_order_are_held_once(order: list[int], doubled: set[int]) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        carrier = Carrier(Path(temporary))
        with carrier.hall.seat("j1") as seat:
            for points in range(7):
                seat.file.append(seat.signer, [mark("o1", "c1", points)])
            entries = seat.file.entries(seat.author)
            talk = Conversation(SeatHoldings(seat), seat.signer)
            talk.request()
            talk.receive(200, dump({"nonce": "00" * 16, "counter": 0}))
            empty = read_push(talk.request().body)
            pieces = [Pushed(seat.author, "", type(empty)({}, [entries[n]], [])) for n in order]
            pieces += [Pushed(seat.author, "", type(empty)({}, [entries[n]], [])) for n in sorted(doubled)]
            for piece in pieces:
                carrier.intake.take([piece])
            carrier.by_network(seat)

            assert [entry for entry in sorted(carrier.hall.everything()) if entry.author == seat.author] == entries
