"""The organiser's acts without a screen: each command lists what there is, settles one by its code, and leaves a trace."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click import Command
from click.testing import CliRunner

from judge_tui.cli.laptops import confirm, reopen, revoke
from judge_tui.cli.merge import merge as merge_command
from judge_tui.cli.quarantine import quarantine
from judge_tui.cli.receipts import receipts
from judge_tui.cli.settling import late, resolve, undo
from judge_tui.domain.bodies import dump_body
from judge_tui.domain.errors import JudgeTuiError
from judge_tui.domain.event import CriterionId, JudgeId, OrganisationId
from judge_tui.domain.ledger import enrolment_message, fingerprint
from judge_tui.services.carriers.back import bring_notices, leave_for_judges
from judge_tui.services.preparing.issuing import sign_all
from judge_tui.services.seat.judging import JudgingSession
from judge_tui.services.seat.seats import open_seat
from judge_tui.services.table import closing, organising
from judge_tui.services.table.audit import log_lines
from judge_tui.store import crypto
from judge_tui.store.files import image
from tests.organiser.test_after_the_seal import forked
from tests.organiser.test_organising import in_conflict
from tests.organiser.world import BY, World

SIGNED = ("--reason", "当面核对", "--by", "张三")
J1, V1, VIEW = JudgeId("j1"), OrganisationId("v1"), CriterionId("view")
Run = Callable[..., str]


@pytest.fixture
def run(world: World, own_home: Path) -> Run:
    """Runs a command on the organiser's file; its words. An error of the program is raised as such."""
    shutil.copytree(world.keys, own_home / "keys", dirs_exist_ok=True)

    def running(command: Command, *arguments: str) -> str:
        outcome = CliRunner().invoke(command, [str(world.issued.organiser), *arguments])
        if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
            raise outcome.exception
        return outcome.output

    return running


def kinds(world: World) -> list[str]:
    return [line.kind for line in log_lines(world.office.project(), world.office.entries())]


def codes(text: str) -> list[str]:
    """The codes at the beginning of indented lines."""
    return [line.split()[0] for line in text.splitlines() if line.startswith("  ")]


def test_a_conflict_is_listed_with_its_sides_and_settled_by_a_code(world: World, tmp_path: Path, run: Run) -> None:
    in_conflict(world, tmp_path)
    listed = run(resolve)
    chosen = next(
        line.split()[0] for line in listed.splitlines() if line.startswith("  ") and re.search(r"\s44\b", line)
    )

    assert "评委1 for 东岗村, 观摩" in listed
    assert len(codes(listed)) == 2
    assert "Settled" in run(resolve, chosen, *SIGNED)
    assert world.office.project().cell(J1, V1, VIEW).value == 44_000
    assert "Nothing contradicts itself" in run(resolve)


def test_split_records_are_listed_with_their_branches_and_settled(world: World, tmp_path: Path, run: Run) -> None:
    one, copy = forked(world, tmp_path)
    world.collect([one])
    world.collect([copy])
    listed = run(resolve)

    assert "split in two at entry 3" in listed
    assert "1 entry, 1 marks" in listed
    run(resolve, codes(listed)[1], *SIGNED)
    assert world.office.project().cell(J1, V1, VIEW).value == 50_000


@pytest.mark.parametrize("code", ["", "abc", "00000000", "zz"])
def test_a_code_that_names_nothing_is_refused_in_words(full: World, run: Run, code: str) -> None:
    for command in (resolve, undo, quarantine):
        with pytest.raises(JudgeTuiError) as caught:
            run(command, code, *SIGNED)
        assert caught.value.code == "CODE"


def test_nothing_is_done_without_a_reason_and_a_name(full: World, run: Run) -> None:
    code = codes(run(undo))[0]
    for signature in ((), ("--reason", "x"), ("--by", "张三")):
        with pytest.raises(JudgeTuiError, match="UNSIGNED"):
            run(undo, code, *signature)
    assert "undo" not in kinds(full)


def test_a_merge_is_taken_back_and_counted_again(full: World, run: Run) -> None:
    listed = run(undo)
    brought = next(line.split()[0] for line in listed.splitlines() if "评委1" in line)
    run(undo, brought, *SIGNED)

    assert full.office.project().cell(J1, V1, VIEW).value is None
    again = run(merge_command, str(next(full.handed_in.glob("*-j1-*"))))
    assert "taken back" in again
    assert "judge-tui undo" in again

    back = codes(run(undo))[-1]
    run(undo, back, *SIGNED)

    assert full.office.project().cell(J1, V1, VIEW).value is not None
    assert kinds(full).count("undo") == 2


def test_what_is_done_after_the_seal_is_said_to_wait(full: World, run: Run) -> None:
    closing.seal(full.office, BY)

    assert "once it is sealed again" in run(reopen, "评委1", "东岗村", *SIGNED)


def test_a_sheet_is_opened_again_by_names_or_numbers(full: World, run: Run) -> None:
    run(reopen, "评委1", "1", *SIGNED)
    assert not full.office.project().locked(J1, V1)
    assert full.office.project().locked(J1, OrganisationId("v2"))

    run(reopen, "j1", *SIGNED)
    assert not full.office.project().locked(J1, OrganisationId("v2"))
    with pytest.raises(JudgeTuiError, match="UNKNOWN_JUDGE"):
        run(reopen, "评委9", *SIGNED)
    with pytest.raises(JudgeTuiError, match="UNKNOWN_ORGANISATION"):
        run(reopen, "评委1", "东岗", *SIGNED)


def on_another_laptop(world: World, tmp_path: Path) -> str:
    """Judge 1 begins apart on a second laptop with a copy of his kit; that laptop's digits."""
    copy = tmp_path / "copy.judge"
    shutil.copyfile(world.kit("j1"), copy)
    world.score("j1", {("v1", "view"): "40"}, submit=False)
    seat = open_seat(copy, keys=tmp_path / "elsewhere", now=world.now, device="laptop-2")
    JudgingSession(seat, now=world.now).record(V1, VIEW, "50")
    digits = fingerprint(seat.author)
    seat.file.close()
    world.collect()
    world.collect([copy])
    return digits


def test_a_second_laptop_is_confirmed_by_the_digits_it_shows(world: World, tmp_path: Path, run: Run) -> None:
    digits = on_another_laptop(world, tmp_path)

    assert digits in run(confirm)
    assert world.office.project().cell(J1, V1, VIEW).value is None
    with pytest.raises(JudgeTuiError, match="DIGITS"):
        run(confirm, "1234", "5678", *SIGNED)
    full_width = digits.translate({ord(str(n)): 0xFF10 + n for n in range(10)})
    run(confirm, *full_width.split(), *SIGNED)

    assert world.office.project().cell(J1, V1, VIEW).value == 50_000


def test_a_lost_laptop_keeps_what_is_held_or_what_is_said(world: World, tmp_path: Path, run: Run) -> None:
    world.score("j1", {("v1", "view"): "40", ("v2", "view"): "41"}, submit=False)
    world.collect()
    digits = run(revoke).strip().splitlines()[0][:26].split("  ")[0]
    run(revoke, digits, *SIGNED)
    world.score("j1", {("v3", "view"): "42"}, submit=False)
    world.collect()

    now = world.office.project()
    assert now.cell(J1, V1, VIEW).value == 40_000
    assert now.cell(J1, OrganisationId("v3"), VIEW).value is None
    assert "entries count" in run(revoke, digits, "--keep", "2", *SIGNED)
    assert world.office.project().cell(J1, OrganisationId("v2"), VIEW).value is None


def test_what_came_late_is_listed_and_noted(full: World, run: Run) -> None:
    assert "Everything that came is counted" in run(late)
    seat = open_seat(full.kit("j1"), keys=full.keys, now=full.now)
    body = dump_body("mark", "2021-12-20T07:00:00Z", organisation="v1", criterion="view", value=1000, replaces=[])
    seat.file.append(seat.signer, [body])
    seat.file.close()
    full.collect([full.kit("j1")])

    assert "评委1: 1 entry not counted, given after submitting" in run(late)
    assert "late" in {item.code for item in full.look().doubts}
    run(late, "评委1", *SIGNED)

    assert "[noted]" in run(late)
    assert "late" not in {item.code for item in full.look().doubts}
    assert full.office.project().cell(J1, V1, VIEW).value != 1000
    with pytest.raises(JudgeTuiError, match="NOTHING_LATE"):
        run(late, "评委1", *SIGNED)


def of_a_colleague(world: World, path: Path, judge: str = "j1") -> str:
    """A judge's file with a kit that a colleague issued, whose own file never came; the laptop's digits."""
    key = world.office.project().key
    pair, kit = crypto.new_key(), crypto.new_key()
    enrolment = kit.sign(enrolment_message(key, pair.author)).hex()
    first = dump_body(
        "open", "2021-12-20T06:00:00Z", judge=judge, device="laptop-9", kit=kit.author.hex(), enrolment=enrolment
    )
    given = dump_body("mark", "2021-12-20T06:10:00Z", organisation="v1", criterion="view", value=47_000, replaces=[])
    path.write_bytes(image("hand-over", key, sign_all(key, pair, [first, given])))
    return fingerprint(pair.author)


def test_a_file_in_quarantine_is_taken_once_its_kit_is_approved(world: World, tmp_path: Path, run: Run) -> None:
    digits = of_a_colleague(world, tmp_path / "colleague.judge")
    (tmp_path / "junk.judge").write_bytes(b"junk")
    run(merge_command, str(tmp_path / "colleague.judge"), str(tmp_path / "junk.judge"))
    listed = run(quarantine)

    assert digits in listed
    assert "[UNKNOWN_JUDGE] colleague.judge  [waits]" in listed
    assert "[NOT_SQLITE] junk.judge  (20" in listed
    assert "→ Choose the file that the judge handed over" in listed
    by_name = {line.split()[2]: line.split()[0] for line in listed.splitlines() if "judge" in line and "[" in line}
    with pytest.raises(JudgeTuiError, match="NOT_WAITING"):
        run(quarantine, by_name["junk.judge"], *SIGNED)

    said = run(quarantine, by_name["colleague.judge"], *SIGNED)

    assert "2 new entries taken" in said
    assert world.office.project().cell(J1, V1, VIEW).value == 47_000
    assert "colleague" not in run(quarantine)
    assert "roster" in kinds(world)


def test_a_file_of_nobody_on_the_list_is_not_approved(world: World, tmp_path: Path, run: Run) -> None:
    of_a_colleague(world, tmp_path / "x.judge", judge="j9")
    run(merge_command, str(tmp_path / "x.judge"))
    with pytest.raises(JudgeTuiError, match="UNKNOWN_JUDGE"):
        run(quarantine, codes(run(quarantine))[0], *SIGNED)


def test_receipts_are_written_left_and_read(world: World, tmp_path: Path, own_home: Path, run: Run) -> None:
    world.score("j1", {("v1", "view"): "40"}, submit=False)
    world.collect()
    path = world.issued.organiser.with_suffix(".receipts")
    before = path.read_bytes()
    path.unlink()
    run(receipts)
    assert path.read_bytes() == before

    (tmp_path / "stick").mkdir()
    run(receipts, str(tmp_path / "stick"))
    assert {item.suffix for item in (tmp_path / "stick").iterdir()} == {".receipts", ".notices"}
    kit = world.kit("j1")
    before = kit.read_bytes()
    with pytest.raises(JudgeTuiError, match="NO_KEY"):
        CliRunner().invoke(receipts, [str(kit), str(tmp_path / "stick")], catch_exceptions=False)
    assert kit.read_bytes() == before, "asking on a strange laptop enrols nobody"
    shutil.copytree(world.keys, own_home / "keys", dirs_exist_ok=True)
    said = CliRunner().invoke(receipts, [str(kit), str(tmp_path / "stick")]).output
    assert "The organiser holds 2 of 2" in said


def test_a_dry_run_tells_every_difference_in_words_and_changes_nothing(full: World, tmp_path: Path, run: Run) -> None:
    organising.reopen(full.office, J1, "评委要求更正", BY, V1)
    run(receipts, str(tmp_path))
    seat = open_seat(full.kit("j1"), keys=full.keys, now=full.now)
    bring_notices(seat, tmp_path)
    seat.file.close()
    seat = open_seat(full.kit("j1"), keys=full.keys, now=full.now)
    session = JudgingSession(seat, now=full.now)
    session.record(V1, VIEW, "5")
    session.submit()
    seat.file.close()
    before = full.issued.organiser.read_bytes()
    said = run(merge_command, str(full.kit("j1")), "--dry-run")
    listed = json.loads(run(merge_command, str(full.kit("j1")), "--dry-run", "--format", "json"))

    assert "评委1, 东岗村, 观摩: 45 → 5" in said
    assert "东岗村: place 1 → " in said
    assert full.issued.organiser.read_bytes() == before
    assert {item["code"] for item in listed["changes"]} == {"corrected", "submitted", "place"}


def test_a_first_merge_is_told_by_counts_not_mark_by_mark(world: World, run: Run) -> None:
    world.everyone_scores()
    said = run(merge_command, str(world.handed_in), "--dry-run")

    assert "评委1: 8 new marks" in said
    assert "评委1: 4 organisations submitted" in said
    assert "东岗村: place 1 with 91.00" in said


def test_a_sheet_opened_again_for_one_village_is_submitted_again_as_a_whole(full: World, tmp_path: Path) -> None:
    organising.reopen(full.office, J1, "评委要求更正", BY, V1)
    leave_for_judges(full.issued.organiser, tmp_path, keys=full.keys)
    for _ in ("takes the notice in", "corrects"):
        seat = open_seat(full.kit("j1"), keys=full.keys, now=full.now)
        bring_notices(seat, tmp_path)
        session = JudgingSession(seat, now=full.now)
        if not session.progress.card(V1).locked:
            session.record(V1, VIEW, "44")
            session.submit()
        seat.file.close()
    full.collect([full.kit("j1")])

    assert full.office.project().cell(J1, V1, VIEW).value == 44_000
    assert full.office.project().late == ()
    assert full.office.project().submitted(J1)
    assert full.look().doubts == ()
