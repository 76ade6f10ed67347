"""Entries that continue what is held: taken where they follow, refused with the file's own codes where they do not."""

from __future__ import annotations

import pytest

from judge_tui.domain.continuation import check_next, joined
from judge_tui.domain.errors import RefusedError
from judge_tui.domain.ledger import Entry
from judge_tui.services.records.collecting import load_register
from judge_tui.store import crypto
from judge_tui.store.files import EntryFile
from tests.records import Bulk, bulk, contest, mark


@pytest.fixture
def made() -> Bulk:
    return bulk(contest())


@pytest.fixture
def chain(made: Bulk) -> list[Entry]:
    return made.chain("j1", [mark("o1", "c1", points) for points in range(5)])


def refusal(made: Bulk, tmp_path: object, last: Entry, sent: list[Entry]) -> str:
    from pathlib import Path

    with EntryFile.open(made.organiser(Path(str(tmp_path)) / "x.db")) as file:
        register = load_register(file)
    try:
        check_next(register, last, sent, crypto.verify)
    except RefusedError as error:
        return error.code
    return ""


def test_what_follows_is_taken(made: Bulk, chain: list[Entry], tmp_path: object) -> None:
    assert refusal(made, tmp_path, chain[1], chain[2:]) == ""
    assert refusal(made, tmp_path, chain[1], []) == ""


def test_a_missing_entry_is_a_gap(made: Bulk, chain: list[Entry], tmp_path: object) -> None:
    assert refusal(made, tmp_path, chain[1], chain[3:]) == "GAP"
    assert refusal(made, tmp_path, chain[1], [chain[2], chain[4]]) == "GAP"


@pytest.mark.parametrize("field", ["author", "body", "hash", "sig"])
@pytest.mark.parametrize("place", [2, 5])
def test_one_altered_byte_anywhere_is_noticed(
    made: Bulk, chain: list[Entry], tmp_path: object, field: str, place: int
) -> None:
    value = bytearray(getattr(chain[place], field))
    value[len(value) // 2] ^= 1
    sent = [*chain[2:place], chain[place]._replace(**{field: bytes(value)}), *chain[place + 1 :]]

    assert refusal(made, tmp_path, chain[1], sent) == "TAMPERED"


def test_a_mark_for_what_no_definition_names_waits_as_a_files_does(made: Bulk, tmp_path: object) -> None:
    chain = made.chain("j1", [mark("o9", "c1", 1)])

    assert refusal(made, tmp_path, chain[0], chain[1:]) == "DEFINITION"


def test_a_body_that_cannot_be_read_is_refused(made: Bulk, tmp_path: object) -> None:
    chain = made.chain("j1", [b'{"kind":"mark","value":0.5}'])

    assert refusal(made, tmp_path, chain[0], chain[1:]) == "SCHEMA"


def test_what_was_sent_is_put_behind_what_is_held(made: Bulk, chain: list[Entry]) -> None:
    author = chain[0].author

    assert joined(made.key, author, chain[3:], lambda _: chain[:4]) == chain
    assert joined(made.key, author, chain, lambda _: []) == chain


@pytest.mark.parametrize(("held", "code"), [(1, "GAP"), (6, "WHOLE")])
def test_what_does_not_join_says_what_to_send_instead(made: Bulk, chain: list[Entry], held: int, code: str) -> None:
    other = made.chain("j1", [mark("o2", "c1", points) for points in range(5)])

    with pytest.raises(RefusedError) as refused:
        joined(made.key, chain[0].author, chain[3:], lambda _: other[:held])

    assert refused.value.code == code
