"""Merging: whatever the order, however often, nothing is lost, and what is refused is refused by name."""

from __future__ import annotations

import itertools
import json
import re
import resource
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from judge_tui.cli.merge import merge as merge_command
from judge_tui.domain.bodies import dump_body
from judge_tui.domain.ledger import Entry, enrolment_message, next_entry
from judge_tui.domain.rules import Counted, Tabulation
from judge_tui.domain.tabulation.inputs import MarkState
from judge_tui.i18n import translator
from judge_tui.services.preparing.issuing import definition_body, sign_all
from judge_tui.services.records.collecting import Verdict, merge
from judge_tui.store import crypto, foreign
from judge_tui.store.files import EntryFile, image
from judge_tui.store.keyring import Keyring
from tests.records import AT, Bulk, Hall, bulk, contest, mark, noon, submit


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path)


def filled(hall: Hall) -> list[Path]:
    """Three judges who scored and submitted everything, handed over."""
    handed = []
    for number, judge in enumerate(("j1", "j2", "j3")):
        marks = [mark(f"o{o}", f"c{c}", 60 + number * 10 + o + c) for o in (1, 2, 3) for c in (1, 2)]
        hall.write(judge, *marks, submit())
        handed.append(hall.hand_over(judge))
    return handed


def test_merging_in_any_order_gives_the_same_state(hall: Hall) -> None:
    handed = filled(hall)
    digests = set()
    for number, order in enumerate(itertools.permutations(handed)):
        copy = hall.copy_organiser(f"copy{number}.db")
        for path in order:
            assert not hall.merge(path, into=copy).refused
        digests.add(hall.project(copy).digest)

    assert len(digests) == 1
    assert hall.project(copy).cell("j2", "o1", "c1").value == 72_000


def test_merging_again_writes_nothing(hall: Hall) -> None:
    handed = filled(hall)
    assert hall.merge(*handed).taken == 24
    before = {path: path.read_bytes() for path in hall.organiser.parent.iterdir()}

    report = hall.merge(hall.stick, *handed)

    assert (report.taken, report.refused) == (0, ())
    assert {path: path.read_bytes() for path in hall.organiser.parent.iterdir()} == before


def test_the_judges_own_file_merges_like_the_copy_he_hands_over(hall: Hall) -> None:
    filled(hall)

    assert not hall.merge(hall.kit("j1")).refused
    assert hall.project().submitted("j1")


def test_an_older_copy_loses_nothing(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    older = hall.hand_over("j1")
    hall.write("j1", mark("o1", "c2", 80))
    hall.merge(hall.hand_over("j1"))

    verdict = hall.merge(older).verdicts[0]

    assert (verdict.code, verdict.taken) == ("", 0)
    assert "nothing lost" in str(verdict.message)
    assert hall.project().cell("j1", "o1", "c2").value == 80_000


def test_trees_of_merges_converge(hall: Hall) -> None:
    """Room by room, then the rooms into the town's file: the same state as all at once."""
    handed = filled(hall)
    room_a, room_b, town = (hall.copy_organiser(f"{name}.db") for name in ("a", "b", "town"))
    hall.merge(*handed[:2], into=room_a)
    hall.merge(*handed[1:], into=room_b)
    hall.merge(room_a, room_b, into=town)
    hall.merge(*handed)

    assert hall.project(town).digest == hall.project().digest
    assert hall.merge(town).taken == 0


def test_a_dry_run_says_the_same_and_changes_nothing(hall: Hall) -> None:
    handed = filled(hall)
    (hall.stick / "bad.judge").write_bytes(b"x")
    before = {path.name: path.read_bytes() for path in hall.organiser.parent.iterdir() if path.is_file()}
    outcome = CliRunner().invoke(merge_command, [str(hall.organiser), str(hall.stick), "--dry-run", "--format", "json"])
    said = json.loads(outcome.output)

    assert outcome.exit_code == 1
    assert (said["taken"], said["refused"]) == (24, 1)
    assert {path.name: path.read_bytes() for path in hall.organiser.parent.iterdir() if path.is_file()} == before
    assert not hall.organiser.with_name("trial-quarantine").exists()
    assert len(handed) == 3


def edited(path: Path, *statements: str, script: Callable[[sqlite3.Connection], object] | None = None) -> Path:
    """The file after somebody worked on it with another program."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    if script is not None:
        script(connection)
    connection.close()
    return path


def empty(hall: Hall, path: Path) -> Path:
    path.write_bytes(b"")
    return path


def too_big(hall: Hall, path: Path) -> Path:
    with path.open("r+b") as file:
        file.truncate(foreign.MAX_FILE + 1)
    return path


def no_database(hall: Hall, path: Path) -> Path:
    path.write_text("评分表", encoding="utf-8")
    return path


def cut_short(hall: Hall, path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-4096])
    return path


def page_spoiled(hall: Hall, path: Path) -> Path:
    raw = bytearray(path.read_bytes())
    raw[4096:4200] = bytes(104)
    path.write_bytes(raw)
    return path


def in_wal_mode(hall: Hall, path: Path) -> Path:
    return edited(path, "PRAGMA journal_mode = WAL")


def of_another_program(hall: Hall, path: Path) -> Path:
    return edited(path, "PRAGMA application_id = 7")


def of_tomorrow(hall: Hall, path: Path) -> Path:
    return edited(path, "PRAGMA user_version = 99")


def of_yesterday(hall: Hall, path: Path) -> Path:
    return edited(path, "PRAGMA user_version = 0")


def of_another_event(hall: Hall, path: Path) -> Path:
    other = Hall(hall.folder / "other", contest(name="other"))
    other.write("j1", mark("o1", "c1", 70))
    return other.hand_over("j1")


def of_a_rehearsal(hall: Hall, path: Path) -> Path:
    other = Hall(hall.folder / "rehearsal", rehearsal=True)
    other.write("j1", mark("o1", "c1", 70))
    return other.hand_over("j1")


def with_a_trigger(hall: Hall, path: Path) -> Path:
    return edited(path, "CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END")


def with_a_raised_mark(hall: Hall, path: Path) -> Path:
    return edited(
        path, "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '70000', '99000') AS BLOB) WHERE seq = 2"
    )


def with_a_hole(hall: Hall, path: Path) -> Path:
    hall.write("j1", mark("o1", "c1", 75))
    path = hall.hand_over("j1")
    return edited(path, "DELETE FROM entry WHERE seq = 2 AND CAST(body AS TEXT) LIKE '%\"mark\"%'")


def of_a_stranger(hall: Hall, path: Path) -> Path:
    """Everything in order, but a kit that nobody issued."""
    key = hall.project().key
    pair, kit = crypto.new_key(), crypto.new_key()
    enrolment = kit.sign(enrolment_message(key, pair.author)).hex()
    body = dump_body("open", AT, judge="j1", kit=kit.author.hex(), enrolment=enrolment)
    path.write_bytes(image("hand-over", key, [*_offices(hall), *sign_all(key, pair, [body, mark("o1", "c1", 100)])]))
    return path


def of_a_place_unheard_of(hall: Hall, path: Path) -> Path:
    hall.write("j2", mark("o9", "c1", 70))
    return hall.hand_over("j2")


def of_two_minds(hall: Hall, path: Path) -> Path:
    """The judge's file and keys were copied to a second laptop, and both went on."""
    hall.merge(path)
    copy = hall.folder / "copy.judge"
    copy.write_bytes(hall.kit("j1").read_bytes())
    second = hall.laptop("second")
    second.mkdir()
    for key in hall.laptop("j1").iterdir():
        (second / key.name).write_bytes(key.read_bytes())
    hall.write("j1", mark("o2", "c1", 71))
    hall.merge(hall.hand_over("j1"))
    hall.write("j1", mark("o2", "c1", 72), path=copy, laptop="second")
    return hall.hand_over("j1", path=copy, laptop="second", folder=hall.folder / "other-stick")


REFUSALS = {
    "EMPTY": empty,
    "TOO_BIG": too_big,
    "NOT_SQLITE": no_database,
    "TRUNCATED": cut_short,
    "CORRUPT": page_spoiled,
    "WAL_MODE": in_wal_mode,
    "FOREIGN": of_another_program,
    "NEWER": of_tomorrow,
    "OLDER": of_yesterday,
    "OTHER_EVENT": of_another_event,
    "REHEARSAL": of_a_rehearsal,
    "SCHEMA": with_a_trigger,
    "UNKNOWN_JUDGE": of_a_stranger,
    "TAMPERED": with_a_raised_mark,
    "GAP": with_a_hole,
    "FORK": of_two_minds,
    "DEFINITION": of_a_place_unheard_of,
}


@pytest.mark.parametrize("code", REFUSALS)
def test_every_refusal_is_produced_by_a_real_file_and_told_in_words(hall: Hall, code: str) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    path = REFUSALS[code](hall, hall.hand_over("j1"))
    before = hall.project().digest
    hall.write("j3", mark("o3", "c1", 66))
    good = hall.hand_over("j3", folder=hall.folder / "good")

    outcome = CliRunner().invoke(merge_command, [str(hall.organiser), str(path), str(good)])

    assert outcome.exit_code == 1
    refused, taken = outcome.output.split(path.name)[1], outcome.output.split(good.name)[1]
    assert f"[{code}] {path.name}" in outcome.output
    assert "→" in refused.split("✓")[0], "the next step is named"
    assert "2 new entries taken" in taken, "one bad file does not block the others"
    assert hall.project().cell("j3", "o3", "c1").value == 66_000
    assert hall.project().cell("j1", "o1", "c1").state is (MarkState.GIVEN if code == "FORK" else MarkState.BLANK)
    assert before != hall.project().digest
    kept = list(hall.organiser.with_name("trial-quarantine").glob(f"{code}-*"))
    if code in ("EMPTY", "TOO_BIG"):
        assert kept == [], "there is nothing to keep, or too much"
    else:
        assert [item.read_bytes() for item in kept] == [path.read_bytes()]


LANGUAGES = {"en": re.compile("[a-z]{3}"), "zh": re.compile("[\u4e00-\u9fff]{3}")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", REFUSALS)
def test_a_refused_file_changes_nothing_and_says_file_judge_reason_and_next_step(
    hall: Hall, code: str, language: str
) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    path = REFUSALS[code](hall, hall.hand_over("j1"))
    before, projected = hall.organiser.read_bytes(), hall.project()
    translator.switch(language)

    outcome = CliRunner().invoke(merge_command, [str(hall.organiser), str(path)])

    lines = outcome.output.splitlines()
    judge = "评委02" if code == "DEFINITION" else "评委01"
    assert outcome.exit_code == 1
    assert lines[0].startswith(f"✗ [{code}] {path.name} ({judge}): ")
    assert LANGUAGES[language].search(lines[0].split("): ")[1]), "the reason, in the reader's language"
    assert LANGUAGES[language].search(lines[1].split("→ ")[1]), "the next step, in the reader's language"
    assert lines[-1] if code in ("EMPTY", "TOO_BIG") else "trial-quarantine" in lines[2]
    if code == "FORK":  # the second branch is kept as evidence; nothing of it counts
        assert hall.project().cell("j1", "o1", "c1") == projected.cell("j1", "o1", "c1")
        assert hall.project().cell("j1", "o2", "c1").state is MarkState.BLANK
    else:
        assert hall.organiser.read_bytes() == before


def test_a_file_that_is_not_there_is_a_verdict_too(hall: Hall) -> None:
    report = hall.merge(hall.folder / "nowhere.judge")

    assert [(verdict.code, str(verdict.message)) for verdict in report.verdicts] == [
        ("GONE", "nowhere.judge is not there")
    ]


def test_a_waiting_file_is_taken_once_what_it_lacked_has_come(hall: Hall) -> None:
    """A judge scores a village that a later definition names; his file arrives before the definition does."""
    amended = contest(organisations=4)
    branch = hall.copy_organiser("branch.db")
    with EntryFile.open(branch) as file:
        notice = Keyring(hall.keys).keys(file.event, "notice")[0]
        file.append(notice, [definition_body(amended, AT)])
    hall.write("j1", mark("o4", "c1", 70))
    handed = hall.hand_over("j1")

    assert [verdict.code for verdict in hall.merge(handed).verdicts] == ["DEFINITION"]
    verdicts = hall.merge(branch).verdicts

    assert [(verdict.code, verdict.taken) for verdict in verdicts] == [("", 1), ("", 2)]
    assert hall.project().cell("j1", "o4", "c1").value == 70_000
    assert list(hall.organiser.with_name("trial-quarantine").iterdir()) == []


def test_files_of_one_merge_help_each_other_in_any_order(hall: Hall) -> None:
    amended = contest(organisations=4)
    branch = hall.copy_organiser("branch.db")

    with EntryFile.open(branch) as file:
        file.append(Keyring(hall.keys).keys(file.event, "notice")[0], [definition_body(amended, AT)])
    hall.write("j1", mark("o4", "c1", 70))
    handed = hall.hand_over("j1")

    codes = [verdict.code for verdict in hall.merge(handed, branch).verdicts]

    assert codes == ["DEFINITION", "", ""]
    assert hall.project().cell("j1", "o4", "c1").value == 70_000


def test_a_fork_counts_from_neither_side_whichever_came_first(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    start = hall.hand_over("j1")
    two = of_two_minds(hall, start)
    one = next(path for path in hall.stick.iterdir() if path != start)
    orders = [(one, two), (two, one), (start, two, one)]
    digests = set()
    for number, order in enumerate(orders):
        copy = hall.folder / f"order{number}.db"
        copy.write_bytes(image("organiser", hall.project().key, _offices(hall)))
        for path in order:
            hall.merge(path, into=copy)
        digests.add(hall.project(copy).digest)
        assert hall.project(copy).cell("j1", "o2", "c1").state is MarkState.BLANK
        assert hall.project(copy).cell("j1", "o1", "c1").value == 70_000
        assert hall.project(copy).forks[0].fork == 3

    assert len(digests) == 1


def _offices(hall: Hall) -> list[Entry]:
    with EntryFile.open(hall.organiser, read_only=True) as file:
        judges = {entry.author for entry in file.entries() if entry.seq == 1 and b'"open"' in entry.body}
        return [entry for entry in file.entries() if entry.author not in judges]


def test_the_report_is_heard_as_it_happens(hall: Hall) -> None:

    heard: list[Verdict] = []
    handed = filled(hall)
    merge(hall.organiser, handed, keys=hall.keys, on_verdict=heard.append, now=noon)

    assert [verdict.judge for verdict in heard] == ["评委01", "评委02", "评委03"]


def test_enrolment_cannot_be_borrowed(tmp_path: Path) -> None:
    """An export shows entry 1 to everybody; its signature is for one author and no other."""
    made: Bulk = bulk(contest())
    organiser = made.organiser(tmp_path / "trial.db")
    honest = made.chain("j1", [mark("o1", "c1", 50)])
    thief = crypto.new_key()
    stolen = sign_all(made.key, thief, [honest[0].body, mark("o1", "c1", 100)])
    path = made.export(tmp_path / "stolen.judge", [stolen])

    assert [verdict.code for verdict in merge(organiser, [path], keys=tmp_path).verdicts] == ["TAMPERED"]


def test_a_kit_enrols_its_own_judge_only(tmp_path: Path) -> None:
    made = bulk(contest())
    organiser = made.organiser(tmp_path / "trial.db")
    kits = {**made.kits, "j2": made.kits["j1"]}
    forged = Bulk(made.key, made.event, made.notices, made.desk, kits).chain("j2", [mark("o1", "c1", 100)])
    path = made.export(tmp_path / "forged.judge", [forged])

    assert [verdict.code for verdict in merge(organiser, [path], keys=tmp_path).verdicts] == ["TAMPERED"]


def test_every_single_entry_is_covered_by_the_chain(tmp_path: Path) -> None:
    """Altering body, hash, signature or place of any entry is noticed, wherever in the chain it stands."""

    made = bulk(contest())
    chain = made.chain("j1", [mark("o1", "c1", n) for n in range(1, 5)])
    for index, entry in enumerate(chain):
        for altered in (
            entry._replace(body=entry.body.replace(b"T06", b"T07")),
            entry._replace(hash=bytes([entry.hash[0] ^ 1]) + entry.hash[1:]),
            entry._replace(sig=entry.sig[:-1] + bytes([entry.sig[-1] ^ 1])),
            entry._replace(seq=entry.seq + 10),
        ):
            forged = [*chain[:index], altered, *chain[index + 1 :]]
            organiser = made.organiser(tmp_path / "trial.db")
            path = made.export(tmp_path / "forged.judge", [forged])
            verdict = merge(organiser, [path], keys=tmp_path).verdicts[0]

            assert verdict.code in ("TAMPERED", "GAP"), (index, altered)


def test_a_tail_cut_off_is_an_older_copy_and_is_known_to_be_one(hall: Hall) -> None:
    """What nobody else has seen can be cut off; what was witnessed is missed."""
    hall.write("j1", mark("o1", "c1", 70), mark("o1", "c2", 71))
    path = edited(hall.hand_over("j1"), "DELETE FROM entry WHERE seq = 3 AND CAST(body AS TEXT) LIKE '%\"c2\"%'")

    assert hall.merge(path).verdicts[0].taken == 2


def test_a_chain_signed_on_by_another_key_is_refused(tmp_path: Path) -> None:

    made = bulk(contest())
    pair, other = crypto.new_key(), crypto.new_key()
    chain = made.chain("j1", [mark("o1", "c1", 50)], pair)
    last = next_entry(made.key, other, chain[-1], mark("o1", "c2", 100))
    forged = [*chain, last._replace(author=pair.author)]
    path = made.export(tmp_path / "forged.judge", [forged])

    verdict = merge(made.organiser(tmp_path / "trial.db"), [path], keys=tmp_path).verdicts[0]

    assert verdict.code == "TAMPERED"


def test_where_the_receipts_find_no_room_the_merge_stands_and_says_so(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 70))
    path = hall.hand_over("j1")
    hall.organiser.with_suffix(".receipts.part").mkdir()
    report = hall.merge(path)

    assert (report.taken, report.receipts) == (2, None)
    assert report.trouble is not None
    assert "trial.receipts" in str(report.trouble)
    assert hall.project().cell("j1", "o1", "c1").value == 70_000


def test_a_mark_that_finds_no_room_is_refused_by_name_and_judge(hall: Hall) -> None:
    """The organiser's disk is full: nothing of the file is taken, and the verdict names it."""
    hall.write("j1", mark("o1", "c1", 70))
    path = hall.hand_over("j1")
    before = hall.organiser.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        verdict = hall.merge(path).verdicts[0]
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert (verdict.refused, verdict.judge, verdict.file) == (True, "评委01", path)
    assert hall.organiser.read_bytes() == before
    assert hall.merge(path).taken == 2


def test_the_verdict_names_whose_sheet_is_not_submitted_until_it_is(hall: Hall) -> None:
    hall.write("j1", mark("o1", "c1", 90), mark("o1", "c2", 80))
    first = hall.merge(hall.hand_over("j1")).verdicts[0]
    hall.write("j1", submit())
    second = hall.merge(hall.hand_over("j1")).verdicts[0]

    assert not first.refused
    assert "not submitted yet, so not counted until it is: 评委01" in str(first.message)
    assert "not submitted" not in str(second.message)


def test_where_all_marks_count_the_verdict_asks_for_no_submission(tmp_path: Path) -> None:
    hall = Hall(tmp_path, event=replace(contest(), tabulation=Tabulation(counted=Counted.ALL)))
    hall.write("j1", mark("o1", "c1", 90))

    assert "not submitted" not in str(hall.merge(hall.hand_over("j1")).verdicts[0].message)
