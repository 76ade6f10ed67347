"""What a hub refuses: each with its code, each logged, nothing of it taken. And what a judge's laptop refuses of a hub."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from judge_tui.domain.bodies import dump_body
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.ledger import (
    Entry,
    EventKey,
    enrolment_message,
    next_entry,
    receipt_message,
)
from judge_tui.services.hub.limits import Limits
from judge_tui.services.hub.server import Hub
from judge_tui.services.records.receipts import Receipt
from judge_tui.services.sync.conversation import Conversation
from judge_tui.services.sync.link import SeatHoldings
from judge_tui.services.sync.wire import (
    SESSION,
    SYNC,
    Answer,
    Push,
    Signed,
    answer_body,
    authorization,
    dump,
    opening_request,
    push_request,
    request_message,
)
from judge_tui.store import crypto
from tests.records import AT, Hall, mark
from tests.services.hub.conftest import Network


def connect(hub: Hub) -> http.client.HTTPSConnection:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection(*hub.address, timeout=10, context=context)


def post(hub: Hub, path: str, body: bytes, auth: str = "", method: str = "POST") -> tuple[int, str]:
    """Status and code of the answer."""
    connection = connect(hub)
    try:
        connection.request(method, path, body, {"Authorization": auth} if auth else {})
        answer = connection.getresponse()
        raw = answer.read()
    finally:
        connection.close()
    return answer.status, str(json.loads(raw).get("code", "")) if raw else ""


@dataclass
class Laptop:
    """A key that talks to the hub by hand."""

    event: EventKey
    pair: crypto.KeyPair
    chain: list[Entry]
    nonce: bytes = b""
    counter: int = 0

    def open(self, hub: Hub) -> None:
        connection = connect(hub)
        connection.request("POST", SESSION, opening_request(self.event, self.chain[0]))
        said = json.loads(connection.getresponse().read())
        connection.close()
        self.nonce, self.counter = bytes.fromhex(said["nonce"]), said["counter"]

    def sign(self, body: bytes, path: str = SYNC, event: EventKey | None = None) -> str:
        self.counter += 1
        message = request_message(event or self.event, self.pair.author, self.nonce, self.counter, path, body)
        return authorization(Signed(self.pair.author, self.nonce, self.counter, self.pair.sign(message)))

    def push(self, *entries: Entry) -> bytes:
        return push_request(Push({}, list(entries), []))


def opened(hall: Hall, judge: str, kit: crypto.KeyPair | None = None, event: EventKey | None = None) -> Laptop:
    """A laptop that enrols with this kit (None: the judge's real one)."""
    with hall.seat("j3") as seat:
        key = event or seat.file.event
    if kit is None:
        from judge_tui.store.files import EntryFile

        with EntryFile.open(hall.kit(judge), read_only=True) as file:
            kit = crypto.key_pair(bytes.fromhex(str(file.local("enrolment"))))
    pair = crypto.new_key()
    enrolment = kit.sign(enrolment_message(key, pair.author)).hex()
    body = dump_body("open", AT, judge=judge, device="x", program="t", kit=kit.author.hex(), enrolment=enrolment)
    return Laptop(key, pair, [next_entry(key, pair, None, body)])


@pytest.fixture
def hub(network: Network) -> Hub:
    return network.hub(limits=Limits(body_seconds=0.5, head_seconds=0.5))


@pytest.fixture
def laptop(hall: Hall, hub: Hub) -> Laptop:
    """The first judge's, enrolled and in session."""
    found = opened(hall, "j1")
    found.open(hub)
    assert post(hub, SYNC, body := found.push(*found.chain), found.sign(body))[0] == 200
    return found


@contextmanager
def refuses(hub: Hub, hall: Hall, code: str) -> Iterator[None]:
    """Nothing is taken, and the log names the code, in memory and on disk."""
    before, count = hall.everything(), hub.log.counts[code]
    yield
    assert hub.log.counts[code] > count
    assert f'"code": "{code}"' in hub.log.path.read_text(encoding="utf-8")
    assert hall.everything() == before


def test_a_key_that_no_kit_of_the_event_signed_for_is_not_heard(hall: Hall, hub: Hub) -> None:
    stranger = opened(hall, "j1", crypto.new_key())

    with refuses(hub, hall, "UNKNOWN_JUDGE"):
        assert post(hub, SESSION, opening_request(stranger.event, stranger.chain[0])) == (403, "UNKNOWN_JUDGE")
        stranger.nonce = bytes(16)
        body = stranger.push(*stranger.chain)
        assert post(hub, SYNC, body, stranger.sign(body)) == (403, "UNKNOWN_JUDGE")


def test_one_kit_cannot_enrol_for_another_judge(hall: Hall, hub: Hub) -> None:
    from judge_tui.store.files import EntryFile

    with EntryFile.open(hall.kit("j2"), read_only=True) as file:
        kit = crypto.key_pair(bytes.fromhex(str(file.local("enrolment"))))
    thief = opened(hall, "j1", kit)

    with refuses(hub, hall, "UNKNOWN_JUDGE"):
        assert post(hub, SESSION, opening_request(thief.event, thief.chain[0])) == (403, "UNKNOWN_JUDGE")


def test_an_opening_that_was_altered_is_not_heard(hall: Hall, hub: Hub) -> None:
    altered = opened(hall, "j1")
    entry = altered.chain[0]._replace(body=altered.chain[0].body.replace(b"2021", b"2022"))

    with refuses(hub, hall, "TAMPERED"):
        assert post(hub, SESSION, opening_request(altered.event, entry)) == (403, "TAMPERED")


def test_another_events_laptop_is_not_heard(hall: Hall, hub: Hub, tmp_path: Path) -> None:
    other = opened(Hall(tmp_path / "other"), "j1")

    with refuses(hub, hall, "OTHER_EVENT"):
        assert post(hub, SESSION, opening_request(other.event, other.chain[0])) == (403, "OTHER_EVENT")


def test_a_signature_for_another_event_is_none_for_this_one(hall: Hall, hub: Hub, laptop: Laptop) -> None:
    body = laptop.push()

    with refuses(hub, hall, "SIGNATURE"):
        auth = laptop.sign(body, event=EventKey(bytes(32)))
        assert post(hub, SYNC, body, auth) == (403, "SIGNATURE")


def test_a_rehearsals_laptop_is_not_heard_by_the_contests_hub(hall: Hall, hub: Hub, tmp_path: Path) -> None:
    rehearsal = opened(Hall(tmp_path / "rehearsal", rehearsal=True), "j1")

    with refuses(hub, hall, "OTHER_EVENT"):
        assert post(hub, SESSION, opening_request(rehearsal.event, rehearsal.chain[0])) == (403, "OTHER_EVENT")


def test_a_request_is_good_for_once(hall: Hall, hub: Hub, laptop: Laptop) -> None:
    entry = next_entry(laptop.event, laptop.pair, laptop.chain[-1], mark("o1", "c1", 50))
    body = laptop.push(entry)
    auth = laptop.sign(body)
    assert post(hub, SYNC, body, auth)[0] == 200

    with refuses(hub, hall, "REPLAY"):
        assert post(hub, SYNC, body, auth) == (409, "REPLAY")


def test_an_overtaken_request_is_refused(hall: Hall, hub: Hub, laptop: Laptop) -> None:
    body = laptop.push()
    early, late = laptop.sign(body), laptop.sign(body)
    assert post(hub, SYNC, body, late)[0] == 200

    with refuses(hub, hall, "REPLAY"):
        assert post(hub, SYNC, body, early) == (409, "REPLAY")


def test_a_request_of_the_hubs_last_run_is_refused(hall: Hall, network: Network, hub: Hub, laptop: Laptop) -> None:
    body = laptop.push()
    auth = laptop.sign(body)
    hub.stop()
    again = network.hub()

    with refuses(again, hall, "SESSION"):
        assert post(again, SYNC, body, auth) == (409, "SESSION")


@pytest.mark.parametrize("what", ["body", "path", "counter", "nothing"])
def test_a_request_that_is_not_what_was_signed_is_refused(hall: Hall, hub: Hub, laptop: Laptop, what: str) -> None:
    body = laptop.push()
    auth = {
        "body": lambda: laptop.sign(body + b" "),
        "path": lambda: laptop.sign(body, path=SESSION),
        "counter": lambda: " ".join([*(parts := laptop.sign(body).split(" "))[:3], "99", parts[4]]),
        "nothing": lambda: "",
    }[what]()

    with refuses(hub, hall, "SIGNATURE"):
        status, code = post(hub, SYNC, body, auth)

    assert (status, code) == (401 if what == "nothing" else 403, "SIGNATURE")


def test_an_entry_altered_on_the_way_is_refused(hall: Hall, hub: Hub, laptop: Laptop) -> None:
    good = next_entry(laptop.event, laptop.pair, laptop.chain[-1], mark("o1", "c1", 50))
    bad = good._replace(body=mark("o1", "c1", 100))
    whole = laptop.push(*laptop.chain, bad)

    with refuses(hub, hall, "TAMPERED"):
        assert post(hub, SYNC, whole, laptop.sign(whole)) == (422, "TAMPERED")


def test_a_continuation_that_does_not_follow_is_not_taken_but_asked_for_whole(
    hall: Hall, hub: Hub, laptop: Laptop
) -> None:
    good = next_entry(laptop.event, laptop.pair, laptop.chain[-1], mark("o1", "c1", 50))
    before = hall.everything()
    body = laptop.push(good._replace(sig=bytes(64)))
    connection = connect(hub)
    connection.request("POST", SYNC, body, {"Authorization": laptop.sign(body)})
    said = json.loads(connection.getresponse().read())
    connection.close()

    assert said["wanted"] == {laptop.pair.author.hex(): 0}
    assert hall.everything() == before


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (dump_body("mark", AT, organisation="o99", criterion="c1", value=1, replaces=[]), "DEFINITION"),
        (b'{"kind":"mark","at":"x","value":1.5}', "SCHEMA"),
        (b'["no","body"]', "SCHEMA"),
    ],
)
def test_what_a_file_would_be_refused_for_a_push_is_refused_for(
    hall: Hall, hub: Hub, laptop: Laptop, body: bytes, code: str
) -> None:
    entry = next_entry(laptop.event, laptop.pair, laptop.chain[-1], body)
    raw = laptop.push(entry)

    with refuses(hub, hall, code):
        assert post(hub, SYNC, raw, laptop.sign(raw))[1] == code


def test_an_oversize_body_is_refused_before_it_is_read(hall: Hall, hub: Hub, laptop: Laptop) -> None:
    with refuses(hub, hall, "TOO_BIG"):
        connection = connect(hub)
        connection.putrequest("POST", SYNC)
        connection.putheader("Authorization", laptop.sign(b""))
        connection.putheader("Content-Length", str(10**12))
        connection.endheaders()
        answer = connection.getresponse()
        connection.close()

    assert answer.status == 413


def test_a_body_that_never_says_how_long_it_is_is_cut_at_the_limit(hall: Hall, network: Network) -> None:
    hub = network.hub(limits=Limits(body=10_000))
    laptop = opened(hall, "j1")
    laptop.open(hub)

    with refuses(hub, hall, "TOO_BIG"):
        connection = connect(hub)
        connection.putrequest("POST", SYNC)
        connection.putheader("Authorization", laptop.sign(b""))
        connection.putheader("Transfer-Encoding", "chunked")
        connection.endheaders()
        for _ in range(20):
            connection.send(b"400\r\n" + b"x" * 1024 + b"\r\n")
        answer = connection.getresponse()
        connection.close()

    assert answer.status == 413


def test_a_truncated_body_is_refused(hall: Hall, hub: Hub, laptop: Laptop) -> None:
    body = laptop.push()

    with refuses(hub, hall, "TRUNCATED"):
        connection = connect(hub)
        connection.putrequest("POST", SYNC)
        connection.putheader("Authorization", laptop.sign(body))
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        connection.send(body[:5])
        time.sleep(0.1)
        connection.close()
        time.sleep(0.3)


def test_a_slow_body_is_not_waited_for(hall: Hall, hub: Hub, laptop: Laptop) -> None:
    with refuses(hub, hall, "SLOW"):
        connection = connect(hub)
        connection.putrequest("POST", SYNC)
        connection.putheader("Authorization", laptop.sign(b""))
        connection.putheader("Content-Length", "100")
        connection.endheaders()
        connection.send(b"{")
        answer = connection.getresponse()
        connection.close()

    assert answer.status == 408


def test_a_connection_that_says_nothing_is_dropped(hall: Hall, hub: Hub) -> None:
    connection = connect(hub)
    connection.connect()

    with refuses(hub, hall, "SLOW"):
        connection.sock.settimeout(5)
        with suppress(OSError):
            assert connection.sock.recv(1) == b""
    connection.close()


def test_more_connections_than_one_laptop_needs_are_dropped(hall: Hall, network: Network) -> None:
    hub = network.hub(limits=Limits(address_connections=3))
    connections = [connect(hub) for _ in range(5)]

    with refuses(hub, hall, "TOO_MANY"):
        for connection in connections:
            try:
                connection.connect()
                connection.request("GET", "/")
                connection.getresponse().read()
            except (OSError, http.client.HTTPException):
                continue
    for connection in connections:
        connection.close()


def test_plain_text_without_tls_gets_nothing(hall: Hall, hub: Hub) -> None:
    before = hall.everything()
    with socket.create_connection(hub.address, timeout=5) as plain:
        plain.sendall(b"POST /v1/sync HTTP/1.1\r\nHost: x\r\n\r\n")
        try:
            said = plain.recv(100)
        except OSError:
            said = b""

    assert b"HTTP" not in said
    assert hall.everything() == before


def test_a_stranger_who_asks_too_often_is_told_to_stop(hall: Hall, network: Network) -> None:
    hub = network.hub(limits=Limits(stranger_rate=0.001, stranger_burst=3))

    with refuses(hub, hall, "TOO_MANY"):
        said = [post(hub, SESSION, b"{}")[1] for _ in range(5)]

    assert said == ["SCHEMA"] * 3 + ["TOO_MANY"] * 2


def test_a_judge_who_asks_too_often_is_told_to_wait(hall: Hall, network: Network) -> None:
    hub = network.hub(limits=Limits(judge_rate=0.001, judge_burst=2))
    laptop = opened(hall, "j1")
    laptop.open(hub)
    body = laptop.push()

    with refuses(hub, hall, "TOO_MANY"):
        said = [post(hub, SYNC, body, laptop.sign(body))[0] for _ in range(3)]

    assert said == [200, 200, 429]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_nothing_but_a_post_is_answered(hall: Hall, hub: Hub, method: str) -> None:
    with refuses(hub, hall, "METHOD"):
        assert post(hub, SESSION, b"", method=method) == (405, "METHOD")


@pytest.mark.parametrize(
    "path", ["/", "/v1/sync/../../etc/passwd", "/v2/sync", "/%2e%2e/%2e%2e/etc/passwd", "/openapi.json"]
)
def test_there_is_nothing_behind_other_paths(hall: Hall, hub: Hub, path: str) -> None:
    with refuses(hub, hall, "NOT_FOUND"):
        assert post(hub, path, b"")[1] == "NOT_FOUND"


def test_a_path_in_a_name_leads_nowhere(hall: Hall, hub: Hub, tmp_path: Path) -> None:
    from judge_tui.store.files import EntryFile

    with EntryFile.open(hall.kit("j1"), read_only=True) as file:
        kit = crypto.key_pair(bytes.fromhex(str(file.local("enrolment"))))
    sly = opened(hall, "../../../j1", kit)
    before = {path for path in tmp_path.rglob("*") if ".hub.log" not in path.name}

    with refuses(hub, hall, "UNKNOWN_JUDGE"):
        assert post(hub, SESSION, opening_request(sly.event, sly.chain[0])) == (403, "UNKNOWN_JUDGE")

    assert {path for path in tmp_path.rglob("*") if ".hub.log" not in path.name} == before


def test_a_line_break_in_a_request_makes_no_second_line_in_the_log(hall: Hall, hub: Hub) -> None:
    post(hub, "/a%0A%7B%22code%22:%22OK%22%7D", b"")

    lines = hub.log.path.read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["code"] == "NOT_FOUND" for line in lines)


def test_a_flood_does_not_fill_the_disk(hall: Hall, network: Network) -> None:
    hub = network.hub(limits=Limits(log_lines=5))
    for _ in range(10):
        post(hub, "/nothing", b"")

    assert len(hub.log.path.read_text(encoding="utf-8").splitlines()) == 5
    assert hub.log.counts["NOT_FOUND"] == 10


# What a judge's laptop refuses of a hub


def test_nothing_is_sent_to_a_hub_with_another_certificate(hall: Hall, network: Network, tmp_path: Path) -> None:
    other = Hall(tmp_path / "other")
    elsewhere = network.hub(other)

    with pytest.raises(JudgeTuiError) as refused:
        network.send(elsewhere, "j1")

    assert refused.value.code == "PIN"
    assert elsewhere.state.heard == ()
    assert not elsewhere.log.counts


def test_a_forged_receipt_is_not_believed(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 50))
    with hall.seat("j1") as seat:
        talk = Conversation(SeatHoldings(seat), seat.signer)
        talk.request()
        talk.receive(200, dump({"nonce": "00" * 16, "counter": 0}))
        talk.request()
        entry = seat.file.entries(seat.author)[-1]
        forger = crypto.new_key()
        message = receipt_message(seat.file.event, seat.author, entry.seq, entry.hash)
        receipt = Receipt(seat.author, entry.seq, entry.hash, forger.author, forger.sign(message))
        desk = next(iter(SeatHoldings(seat).desks()))
        for forged in (receipt, replace(receipt, desk=desk)):
            talk.receive(200, answer_body(Answer([forged], [], {}, {}, 1)))

            assert (talk.code, talk.held) == ("RECEIPT", 0)


def test_notices_that_the_organiser_did_not_sign_are_not_taken(hall: Hall) -> None:
    with hall.seat("j1") as seat:
        before = seat.file.entries()
        notice = next(entry for entry in before if b'"event"' in entry.body).author
        last = seat.file.entries(notice)[-1]
        forger = crypto.new_key()
        forged = next_entry(seat.file.event, forger, last, dump_body("reopen", AT, judge="j1"))
        for entry in (forged, forged._replace(author=notice), last._replace(seq=last.seq + 1)):
            with pytest.raises(JudgeTuiError):
                SeatHoldings(seat).take_notices([entry])

        assert seat.file.entries() == before


@pytest.mark.parametrize("answer", [b"", b"[]", b"{}", b'{"code":7}', b"\xff", dump({"nonce": 5, "counter": 0})])
@pytest.mark.parametrize("status", [200, 500])
def test_an_answer_that_makes_no_sense_stops_nothing(hall: Hall, status: int, answer: bytes) -> None:
    with hall.seat("j1") as seat:
        talk = Conversation(SeatHoldings(seat), seat.signer)
        talk.request()
        talk.receive(status, answer)

        assert talk.code
        assert talk.request().path == SESSION


@pytest.mark.parametrize("code", ["SCHEMA", "TAMPERED"])
def test_the_same_place_twice_in_a_push_harms_nobody(hall: Hall, hub: Hub, laptop: Laptop, code: str) -> None:
    nothing = Entry(laptop.pair.author, 2, b"{}", bytes(32), bytes(64))
    other = nothing._replace(body=b'{"kind":"x"}') if code == "SCHEMA" else nothing
    body = push_request(Push({}, [], [nothing, other]))
    with refuses(hub, hall, code):
        assert post(hub, SYNC, body, laptop.sign(body))[1] == code
    two = next_entry(laptop.event, laptop.pair, laptop.chain[0], b'{"kind":"x"}')
    body = push_request(Push({}, [two, two._replace(hash=bytes(32))], []))
    with refuses(hub, hall, "SCHEMA"):
        assert post(hub, SYNC, body, laptop.sign(body))[1] == "SCHEMA"
    body = laptop.push(two, two)
    assert post(hub, SYNC, body, laptop.sign(body))[0] == 200


def test_a_push_that_no_program_can_take_in_stops_no_other_of_its_round(
    hall: Hall, hub: Hub, laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    from judge_tui.services.hub.intake import Intake, Pushed
    from judge_tui.services.hub.rounds import Rounds, Sent

    taken = Intake.take

    def take(self: Intake, batch: list[Pushed]) -> None:
        if any(entry.body == b'{"kind":"poison"}' for pushed in batch for entry in pushed.push.entries):
            raise KeyError("a fault of ours")
        taken(self, batch)

    monkeypatch.setattr(Intake, "take", take)
    other = opened(hall, "j2")
    other.open(hub)
    sent = []
    for one, kind in ((laptop, b"poison"), (other, b"weather")):
        chain = [*one.chain, next_entry(one.event, one.pair, one.chain[0], b'{"kind":"%b"}' % kind)]
        body = one.push(*chain)
        header = one.sign(body).split(" ")
        signed = Signed(one.pair.author, one.nonce, one.counter, bytes.fromhex(header[-1]))
        sent.append(Sent(signed, SYNC, body, "127.0.0.1"))
    rounds = Rounds(hub._gate, hub._intake, hub.limits)
    try:
        assert rounds.work(sent)
    finally:
        rounds.close()

    assert [item.refusal.code if item.refusal else "" for item in sent] == ["INTERNAL", ""]
    assert sent[1].answer
