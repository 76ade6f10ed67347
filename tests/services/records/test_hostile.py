"""What an insider can try with a key of his own, and what a shared folder can hold."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from judge_tui.cli.merge import merge as merge_command
from judge_tui.domain.admission import Admitter
from judge_tui.domain.authority import Standing
from judge_tui.domain.bodies import check_body, dump_body
from judge_tui.domain.errors import JudgeTuiError, RefusedError
from judge_tui.domain.ledger import Entry, endorsement_message, enrolment_message, next_entry
from judge_tui.domain.projection import Projection, project
from judge_tui.domain.tabulation.inputs import MarkState
from judge_tui.services.carriers.back import bring_notices, leave_for_judges
from judge_tui.services.hub.book import Book
from judge_tui.services.preparing.issuing import sign_all
from judge_tui.services.records import quarantine
from judge_tui.services.records.collecting import merge
from judge_tui.services.records.contest import open_contest
from judge_tui.services.results.ranking import rank_file
from judge_tui.services.seat.handover import read_receipts
from judge_tui.services.table import closing
from judge_tui.services.table.office import Office
from judge_tui.store import crypto
from judge_tui.store.disk import replace_whole, write_new
from judge_tui.store.files import image
from tests.records import AT, Bulk, Hall, bulk, contest, mark, noon, submit


@pytest.fixture
def made() -> Bulk:
    return bulk(contest())


def opening(made: Bulk, pair: crypto.KeyPair, judge: str = "j1", **more: object) -> bytes:
    kit = made.kits[judge]
    said = {"judge": judge, "device": "laptop", "kit": kit.author.hex()}
    enrolment = kit.sign(enrolment_message(made.key, pair.author)).hex()
    return dump_body("open", AT, **{**said, "enrolment": enrolment, **more})


def endorsed(made: Bulk, first: crypto.KeyPair, second: crypto.KeyPair) -> dict[str, object]:
    signature = first.sign(endorsement_message(made.key, second.author)).hex()
    return {"author": first.author.hex(), "seq": 1, "hash": "", "endorsement": signature}


def announced(made: Bulk, *bodies: bytes) -> list[Entry]:
    chain = list(made.notices)
    for body in bodies:
        chain.append(next_entry(made.key, made.board, chain[-1], body))
    return chain


def folded(made: Bulk, *chains: Sequence[Entry], notices: Sequence[Entry] = ()) -> Projection:
    entries = [*(notices or made.notices), *made.desk, *(entry for chain in chains for entry in chain)]
    return project(entries, made.key)


def test_a_judge_cannot_unseat_another_with_a_second_beginning_that_bears_his_name(made: Bulk, tmp_path: Path) -> None:
    mine, his = crypto.new_key(), crypto.new_key()
    honest = made.chain("j1", [mark("o1", "c1", 80), submit()], his)
    own = made.chain("j2", [mark("o1", "c1", 10)], mine)
    for number in range(8):  # the one with the lowest hash would be taken for the beginning
        name = opening(made, mine, "j1", enrolment="00" * 64, device=str(number))
        forged = sign_all(made.key, mine, [name])
        made.export(tmp_path / f"x{number}.judge", [own], evidence=forged)
        made.export(tmp_path / f"y{number}.judge", [forged])
    organiser = made.organiser(tmp_path / "trial.db")
    files = [made.export(tmp_path / "honest.judge", [honest]), made.export(tmp_path / "own.judge", [own])]
    assert not merge(organiser, files, keys=tmp_path).refused
    hostile = sorted(tmp_path.glob("[xy]*.judge"))

    assert {verdict.code for verdict in merge(organiser, hostile, keys=tmp_path).verdicts} == {"TAMPERED"}
    state = open_contest(organiser).projection
    assert state.authors[his.author].standing is Standing.COUNTED
    assert state.cell("j1", "o1", "c1").value == 80_000


def test_a_revoked_laptop_brings_no_other_one_in(made: Bulk) -> None:
    lost, thief = crypto.new_key(), crypto.new_key()
    first = made.chain("j1", [mark("o1", "c1", 80)], lost)
    second = sign_all(
        made.key,
        thief,
        [opening(made, thief, continues=endorsed(made, lost, thief)), mark("o1", "c1", 1, first[1].hash.hex())],
    )
    revoked = announced(made, dump_body("revoke", AT, author=lost.author.hex(), seq=2))

    assert folded(made, first, second).cell("j1", "o1", "c1").value == 1_000
    state = folded(made, first, second, notices=revoked)
    assert state.authors[thief.author].standing is Standing.UNCONFIRMED
    assert state.cell("j1", "o1", "c1").value == 80_000
    assert state.unconfirmed


@pytest.mark.parametrize(
    ("last", "standing"), [(3, Standing.COUNTED), (2, Standing.UNCONFIRMED), (0, Standing.UNCONFIRMED)]
)
def test_what_a_revoked_laptop_vouched_for_before_still_counts(made: Bulk, last: int, standing: Standing) -> None:
    lost, new = crypto.new_key(), crypto.new_key()
    vouches = dump_body("endorse", AT, author=new.author.hex())
    first = made.chain("j1", [mark("o1", "c1", 80), vouches], lost)
    parent = {"author": lost.author.hex(), "seq": 2, "hash": first[1].hash.hex()}
    second = sign_all(made.key, new, [opening(made, new, continues=parent), mark("o1", "c2", 70)])
    revoked = announced(made, dump_body("revoke", AT, author=lost.author.hex(), seq=last))

    assert folded(made, first, second, notices=revoked).authors[new.author].standing is standing


def test_a_second_laptop_cannot_recuse_from_what_was_submitted(made: Bulk) -> None:
    first, second = crypto.new_key(), crypto.new_key()
    opened = opening(made, second, continues=endorsed(made, first, second))
    recused = dump_body("recuse", AT, organisation="o1", reason="亲属")
    marks = [mark("o1", "c1", 80), mark("o1", "c2", 80)]
    late = sign_all(made.key, second, [opened, recused])
    before = folded(made, made.chain("j1", marks, first), late)
    submitted = made.chain("j1", [*marks, submit()], first)
    state = folded(made, submitted, late)

    assert before.cell("j1", "o1", "c1").state is MarkState.RECUSED
    assert state.cell("j1", "o1", "c1").value == 80_000
    assert [(item.kind, item.seq, item.why) for item in state.late] == [("recuse", 2, "submitted")]
    reopened = announced(made, dump_body("reopen", AT, judge="j1", submits=[submitted[-1].hash.hex()], organisation=""))
    assert folded(made, submitted, late, notices=reopened).cell("j1", "o1", "c1").state is MarkState.RECUSED


def test_a_second_laptop_cannot_take_a_submitted_recusal_back(made: Bulk) -> None:
    first, second = crypto.new_key(), crypto.new_key()
    opened = opening(made, second, continues=endorsed(made, first, second))
    recused = dump_body("recuse", AT, organisation="o1", reason="亲属")
    chain = made.chain("j1", [mark("o1", "c1", 80), recused, submit()], first)
    back = dump_body("clear", AT, organisation="o1", criterion="", replaces=[chain[2].hash.hex()])

    state = folded(made, chain, sign_all(made.key, second, [opened, back]))
    assert state.cell("j1", "o1", "c1").state is MarkState.RECUSED


def test_a_recusal_on_the_first_laptop_holds_where_the_second_submitted_no_marks(made: Bulk) -> None:
    first, second = crypto.new_key(), crypto.new_key()
    opened = opening(made, second, continues=endorsed(made, first, second))
    recused = dump_body("recuse", AT, organisation="o1", reason="亲属")

    state = folded(made, made.chain("j1", [recused], first), sign_all(made.key, second, [opened, submit()]))
    assert state.cell("j1", "o1", "c1").state is MarkState.RECUSED


def test_whatever_depth_a_body_has_it_is_read_or_refused() -> None:
    for depth in range(900, 1_010):
        for inside in (b"1", b'"\\u0041"'):
            with pytest.raises(ValueError, match=r"lists|body"):
                check_body(b'{"kind":"a","t":' + b"[" * depth + inside + b"]" * depth + b"}")


def test_an_entry_too_large_for_any_program_is_damage_of_that_file_alone(made: Bulk, tmp_path: Path) -> None:
    huge = made.chain("j1", [b'{"kind":"comment","text":"' + b"a" * (5 << 20) + b'"}'])
    organiser = made.organiser(tmp_path / "trial.db")
    (verdict,) = merge(organiser, [made.export(tmp_path / "huge.judge", [huge])], keys=tmp_path).verdicts

    assert verdict.code == "CORRUPT"
    assert verdict.quarantined is not None


def test_text_of_others_never_reaches_the_terminal_raw(made: Bulk, tmp_path: Path) -> None:
    evil, pair = "\x1b]0;x\x07\u202e\x9b2J\n✓", crypto.new_key()
    chain = sign_all(made.key, pair, [opening(made, pair, device=evil), dump_body("mark", AT, organisation=evil)])
    thief = crypto.new_key()
    stranger = sign_all(made.key, thief, [opening(made, thief, kit="00" * 32).replace(b"j1", b"\\u001b\\n")])
    organiser = made.organiser(tmp_path / "trial.db")
    made.export(tmp_path / f"{evil}.judge", [chain])
    made.export(tmp_path / "stranger.judge", [stranger])
    files = [str(path) for path in tmp_path.glob("*.judge")]
    for arguments in ([str(organiser), *files], [str(organiser), *files, "--format", "json"]):
        found = CliRunner().invoke(merge_command, arguments)
        assert all(letter == "\n" or letter.isprintable() for letter in found.output), found.output
        assert found.output.count("\n✓") == 0


def test_a_long_name_is_kept_in_quarantine_all_the_same(made: Bulk, tmp_path: Path) -> None:
    stranger = crypto.new_key()
    chain = sign_all(made.key, stranger, [opening(made, stranger, kit=stranger.author.hex())])
    path = made.export(tmp_path / ("村" * 80 + ".judge"), [chain])
    organiser = made.organiser(tmp_path / "trial.db")
    (verdict,) = merge(organiser, [path], keys=tmp_path).verdicts

    assert verdict.code == "UNKNOWN_JUDGE"
    assert verdict.quarantined is not None
    assert verdict.quarantined.suffix == ".judge"
    assert [item.code for item in merge(organiser, [path], keys=tmp_path).verdicts] == ["UNKNOWN_JUDGE"]


def test_a_pipe_or_a_device_is_no_file_and_is_not_waited_for(made: Bulk, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.judge"
    os.mkfifo(pipe)
    organiser = made.organiser(tmp_path / "trial.db")
    report = merge(organiser, [pipe, Path("/dev/zero"), tmp_path], keys=tmp_path)

    assert [verdict.code for verdict in report.verdicts] == ["NOT_A_FILE", "NOT_A_FILE"]


def test_a_link_under_a_parts_name_leads_nowhere(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"kept")
    for name in ("a", "b"):
        (tmp_path / f"{name}.part").symlink_to(secret)
    write_new(tmp_path / "a", b"new")
    replace_whole(tmp_path / "b", b"new")

    assert secret.read_bytes() == b"kept"
    assert not (tmp_path / "a").is_symlink()
    assert (tmp_path / "b").read_bytes() == b"new"


def test_rubbish_without_end_does_not_fill_the_disk(
    made: Bulk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MOST", 250)
    for number in range(5):
        (tmp_path / f"{number}.judge").write_bytes(bytes([65 + number]) * 100)
    organiser = made.organiser(tmp_path / "trial.db")
    found = merge(organiser, sorted(tmp_path.glob("*.judge")), keys=tmp_path).verdicts

    assert [verdict.code for verdict in found] == ["NOT_SQLITE"] * 5
    assert [verdict.quarantined is not None for verdict in found] == [True, True, False, False, False]


def test_pipes_in_a_shared_folder_stop_neither_judge_nor_organiser(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.write("j1", mark("o1", "c1", 80))
    handed = hall.hand_over("j1")
    handed.unlink()
    os.mkfifo(handed)
    for name in ("trial.receipts", "trial.notices", "x.receipts", "x.notices", "x.judge", "x.db"):
        os.mkfifo(hall.stick / name)
    huge = hall.stick / "huge.receipts"
    huge.touch()
    os.truncate(huge, 1 << 40)

    again = hall.hand_over("j1")
    assert again.name != handed.name
    assert not hall.merge(hall.stick).refused
    left = leave_for_judges(hall.organiser, hall.stick, keys=hall.keys)
    assert left.receipts is not None and left.receipts.is_file() and left.notices.is_file()
    with hall.seat("j1") as seat:
        assert read_receipts(seat, hall.stick).held == 2
        assert bring_notices(seat, hall.stick).notices == 0


def altered(path: Path, statement: str, *values: object) -> None:
    """What somebody does to the organiser's file with a database browser."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement, values)
    connection.close()


def raised(path: Path) -> None:
    altered(path, "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '80000', '90000') AS BLOB)")


@pytest.fixture
def table(tmp_path: Path) -> Office:
    hall = Hall(tmp_path, contest(judges=1, organisations=1, criteria=1))
    hall.write("j1", mark("o1", "c1", 80), submit())
    assert not hall.merge(hall.hand_over("j1")).refused
    return Office(hall.organiser, hall.keys, noon)


def test_nothing_is_worked_out_from_a_file_that_another_program_changed(table: Office) -> None:
    assert rank_file(table.path).result.standings[0].total == 80
    closing.seal(table, ["监督员"])  # the same program goes on and has found the file right before
    raised(table.path)
    for act in (
        lambda: rank_file(table.path),
        table.project,
        lambda: closing.publish(table, ["监督员"]),
        lambda: closing.seal(table, ["监督员"]),
    ):
        with pytest.raises(JudgeTuiError) as caught:
            act()
        assert caught.value.code == "TAMPERED"
        assert table.path.name in str(caught.value.message)


def test_a_judge_whom_no_kit_signed_for_is_noticed_in_the_organisers_own_file(table: Office, made: Bulk) -> None:
    kit = next(body for body in table.project().notices if body.kind == "roster").data["kits"][0]["kit"]  # type: ignore[index]
    pair = crypto.new_key()
    body = dump_body("open", AT, judge="j1", device="x", kit=kit, enrolment="00" * 64)
    (forged,) = sign_all(table.project().key, pair, [body])
    altered(table.path, "INSERT INTO entry (author, seq, body, hash, sig) VALUES (?, ?, ?, ?, ?)", *forged)
    with pytest.raises(JudgeTuiError) as caught:
        rank_file(table.path)
    assert caught.value.code == "TAMPERED"


def test_a_file_that_did_not_change_is_proven_once(table: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    count: list[int] = []
    monkeypatch.setattr(Admitter, "check_held", lambda self, source: count.append(1))
    for times in (1, 2):
        table.say(("late", {"entries": [], "reason": "-", "by": ["甲"]}))
        for _ in range(3):
            table.project()
            rank_file(table.path)
        assert len(count) == times


def test_an_end_that_was_cut_off_comes_in_again_with_the_file_it_came_from(table: Office) -> None:
    (handed,) = (table.path.parent.parent / "stick").glob("*.judge")
    altered(table.path, "DELETE FROM entry WHERE CAST(body AS TEXT) LIKE '%\"submit\"%'")
    assert [item.taken for item in merge(table.path, [handed], keys=table.keys).verdicts] == [1]
    assert [item.taken for item in merge(table.path, [handed], keys=table.keys).verdicts] == [0]


def test_nothing_is_merged_into_a_file_that_another_program_changed(table: Office) -> None:
    (handed,) = (table.path.parent.parent / "stick").glob("*.judge")
    raised(table.path)
    for act in (lambda: merge(table.path, [handed], keys=table.keys), lambda: Book(table.path, table.keys, 1.0)):
        with pytest.raises(JudgeTuiError) as caught:
            act()
        assert caught.value.code == "TAMPERED"


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("DELETE FROM about", "SCHEMA"),
        ("UPDATE about SET value = 'zz' WHERE key = 'event'", "SCHEMA"),
        ("DROP TABLE local", "SCHEMA"),
        ("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END", "SCHEMA"),
        ("DELETE FROM entry", "NOT_ORGANISER"),
        ("INSERT INTO entry VALUES (x'', 1, x'7b7d', x'00', x'00')", "TAMPERED"),
        ("INSERT INTO entry VALUES (x'41', -3, x'7b7d', x'00', x'00')", "GAP"),
        ("CREATE TABLE notes (text)", ""),
        ("DROP VIEW scores", ""),
    ],
)
def test_what_another_program_left_in_the_organisers_file_is_named(table: Office, statement: str, code: str) -> None:
    altered(table.path, statement)
    for act in (table.project, lambda: rank_file(table.path), lambda: merge(table.path, [], keys=table.keys)):
        if code:
            with pytest.raises(JudgeTuiError) as caught:
                act()  # type: ignore[operator]
            assert (caught.value.code, table.path.name in str(caught.value.message)) == (code, True)
        else:
            act()  # type: ignore[operator]


@pytest.mark.parametrize("statement", ["DELETE FROM about", "DELETE FROM entry", "DROP TABLE head"])
def test_what_another_program_left_in_a_judges_file_is_named(tmp_path: Path, statement: str) -> None:
    hall = Hall(tmp_path)
    altered(hall.kit("j1"), statement)
    with pytest.raises(JudgeTuiError) as caught, hall.seat("j1"):
        pass
    assert hall.kit("j1").name in str(caught.value.message)


def test_forged_notices_on_a_stick_keep_the_organisers_own_from_nobody(tmp_path: Path) -> None:
    hall = Hall(tmp_path)
    hall.write("j1", mark("o1", "c1", 80))
    table = Office(hall.organiser, hall.keys, noon)
    forged = sign_all(table.project().key, crypto.new_key(), [dump_body("notice", AT)])
    hall.stick.mkdir(exist_ok=True)
    (hall.stick / "a.notices").write_bytes(image("hand-over", table.project().key, forged))
    with hall.seat("j1") as seat, pytest.raises(RefusedError):
        bring_notices(seat, hall.stick)
    table.say(("stage", {"organisation": "o1"}))
    leave_for_judges(hall.organiser, hall.stick, keys=hall.keys)

    with hall.seat("j1") as seat:
        assert bring_notices(seat, hall.stick).notices == 1
