"""Salvage: the beginning of a damaged file that proves right entry by entry is taken where it is asked for, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judge_tui.cli.merge import merge as merge_command
from judge_tui.domain.bodies import dump_body
from judge_tui.services.records.collecting import Verdict, merge
from judge_tui.services.records.contest import open_contest
from judge_tui.services.table import organising
from judge_tui.services.table.office import Office
from judge_tui.store import crypto
from judge_tui.store.files import image
from judge_tui.store.pages import loose_entries
from tests.records import AT, Bulk, Hall, bulk, contest, mark, noon
from tests.services.records.test_merging import edited

MARKS = 60


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    return Hall(tmp_path, contest(organisations=15, criteria=4))


def handed(hall: Hall) -> Path:
    """One judge with sixty marks and a comment too long for one page."""
    marks = [mark(f"o{o}", f"c{c}", o + c) for o in range(1, 16) for c in range(1, 5)]
    hall.write("j1", *marks, dump_body("comment", AT, organisation="o1", text="好" * 5000, replaces=[]))
    return hall.hand_over("j1")


def salvaged(hall: Hall, path: Path) -> Verdict:
    return merge(hall.organiser, [path], keys=hall.keys, salvage=True, now=noon).verdicts[0]


def test_every_entry_of_a_sound_file_is_found_page_by_page(hall: Hall) -> None:
    path = handed(hall)

    found = set(loose_entries(path.read_bytes()))

    assert found == hall.everything(path)


def without_its_tail(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-8192])


def with_a_page_spoiled(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    page = max(at for at in range(4096, len(raw), 4096) if b'"o15"' in raw[at : at + 4096])
    raw[page : page + 4096] = random.Random(1).randbytes(4096)
    path.write_bytes(raw)


def with_its_head_wiped(path: Path) -> None:
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])


def with_a_mark_raised(path: Path) -> None:
    raised = (
        """UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '"value":', '"value":9') AS BLOB) WHERE seq = 58"""
    )
    edited(path, raised)


def with_a_hole(path: Path) -> None:
    edited(path, "DELETE FROM entry WHERE seq = 40")


def with_a_table_of_its_own(path: Path) -> None:
    edited(path, "CREATE TABLE t (n)")


@pytest.mark.parametrize(
    ("damage", "code", "least", "most"),
    [
        (without_its_tail, "TRUNCATED", 1, MARKS + 2),
        (with_a_page_spoiled, "CORRUPT", 20, MARKS),
        (with_its_head_wiped, "NOT_SQLITE", MARKS + 2, MARKS + 2),
        (with_a_mark_raised, "TAMPERED", 57, 57),
        (with_a_hole, "GAP", 39, 39),
        (with_a_table_of_its_own, "SCHEMA", MARKS + 2, MARKS + 2),
    ],
)
def test_the_verified_beginning_of_a_damaged_file_is_saved(
    hall: Hall, damage: Callable[[Path], None], code: str, least: int, most: int
) -> None:
    path = handed(hall)
    genuine = hall.everything(path)
    damage(path)
    refused = hall.merge(path).verdicts[0]
    verdict = salvaged(hall, path)

    assert (refused.code, refused.taken) == (code, 0)
    assert least <= verdict.taken <= most
    assert (verdict.code, verdict.judge) == ("", "评委01")
    assert {entry for entry in hall.everything() if entry.seq > 1 and b'"mark"' in entry.body} <= genuine
    assert salvaged(hall, path).taken == 0, "once is enough"


def test_a_saved_beginning_goes_on_with_the_whole_file_and_can_be_taken_back(hall: Hall) -> None:
    path = handed(hall)
    whole = path.read_bytes()
    with_a_hole(path)
    salvaged(hall, path)
    office = Office(hall.organiser, hall.keys, noon)
    log = open_contest(hall.organiser).log
    assert organising.undo_import(office, log[0][0], "损坏", ["张三"]) == 39
    assert hall.project().cell("j1", "o1", "c1").value is None
    path.write_bytes(whole)

    assert hall.merge(path).verdicts[0].taken == MARKS + 2 - 39


def test_the_command_offers_it_and_takes_it_only_when_asked(hall: Hall) -> None:
    path = handed(hall)
    with_a_page_spoiled(path)
    plain = CliRunner().invoke(merge_command, [str(hall.organiser), str(path)])
    before = hall.organiser.read_bytes()
    asked = CliRunner().invoke(merge_command, [str(hall.organiser), str(path), "--salvage"])

    assert "--salvage" in plain.output
    assert (plain.exit_code, asked.exit_code) == (1, 0)
    assert "were saved" in asked.output
    assert hall.organiser.read_bytes() != before


def test_nothing_is_saved_of_what_another_key_signed(tmp_path: Path) -> None:
    made: Bulk = bulk(contest())
    organiser = made.organiser(tmp_path / "trial.db")
    forged = Bulk(made.key, made.event, made.notices, made.desk, {"j1": crypto.new_key()})
    path = forged.export(tmp_path / "forged.judge", [forged.chain("j1", [mark("o1", "c1", 100)])])
    path.write_bytes(path.read_bytes()[:-1])

    verdict = merge(organiser, [path], keys=tmp_path, salvage=True).verdicts[0]

    assert (verdict.code, verdict.taken) == ("UNKNOWN_JUDGE", 0)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_was_done_to_the_bytes_only_genuine_entries_come_out(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    made, genuine, raw = GENUINE
    spoiled = bytearray(raw)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(spoiled) - 1))
        spoiled[at : at + data.draw(st.sampled_from([1, 4, 64, 4096]))] = data.draw(st.binary(min_size=1, max_size=64))
    folder = tmp_path_factory.mktemp("salvage")
    organiser = made.organiser(folder / "trial.db")
    (folder / "x.judge").write_bytes(bytes(spoiled[: data.draw(st.integers(1, len(spoiled)))]))
    merge(organiser, [folder / "x.judge"], keys=folder, salvage=True)
    found = {entry for entry in loose_entries(organiser.read_bytes()) if b'"at"' in entry.body}

    assert found <= genuine


def _genuine() -> tuple[Bulk, frozenset[object], bytes]:
    made = bulk(contest())
    chain = made.chain("j1", [mark(f"o{o}", f"c{c}", o + c) for o in (1, 2, 3) for c in (1, 2)])
    entries = [*made.notices, *chain]
    return made, frozenset([*entries, *made.desk]), image("hand-over", made.key, entries)


GENUINE = _genuine()
