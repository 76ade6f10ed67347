"""What goes over the wire comes back as it was, and what does not fit is refused before anything believes it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge_tui.domain.ledger import Author, Entry
from judge_tui.services.records.receipts import Receipt
from judge_tui.services.sync.wire import (
    MAX_ENTRIES,
    PORTION,
    Answer,
    Push,
    Signed,
    WireError,
    answer_body,
    authorization,
    dump,
    portions,
    push_request,
    read_answer,
    read_authorization,
    read_push,
    sorted_chains,
)

authors = st.binary(min_size=32, max_size=32).map(Author)
seqs = st.integers(1, 2**53 - 1)
hashes = st.binary(min_size=32, max_size=32)
signatures = st.binary(min_size=64, max_size=64)
bodies = st.text(max_size=40).map(str.encode)
entries = st.builds(Entry, authors, seqs, bodies, hashes, signatures)
pushes = st.builds(
    Push,
    st.dictionaries(authors, st.tuples(seqs, hashes), max_size=4),
    st.lists(entries, max_size=4, unique_by=lambda entry: entry[:2]),
    st.lists(entries, max_size=2, unique_by=lambda entry: (entry.author, entry.seq, entry.hash)),
)
answers = st.builds(
    Answer,
    st.lists(st.builds(Receipt, authors, seqs, hashes, authors, signatures), max_size=3),
    st.lists(entries, max_size=3),
    st.dictionaries(authors, st.integers(0, 2**53 - 1), max_size=3),
    st.dictionaries(authors, seqs, max_size=3),
    st.integers(0, 3_600_000).map(lambda milliseconds: milliseconds / 1000),
)


@given(push=pushes)
def test_a_push_comes_back_as_it_was(push: Push) -> None:
    assert read_push(push_request(push)) == push


@given(answer=answers)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert read_answer(answer_body(answer)) == answer


@given(author=authors, nonce=st.binary(min_size=16, max_size=16), counter=st.integers(0, 2**52), sig=signatures)
def test_a_signature_comes_back_as_it_was(author: Author, nonce: bytes, counter: int, sig: bytes) -> None:
    signed = Signed(author, nonce, counter, sig)

    assert read_authorization(authorization(signed)) == signed


GOOD = ["0" * 64, 1, "{}", "0" * 64, "0" * 128]


@pytest.mark.parametrize(
    "change",
    [
        {0: "0" * 63},
        {0: "A" * 64},
        {0: 7},
        {1: 0},
        {1: -1},
        {1: True},
        {1: 1.0},
        {1: 2**53},
        {2: None},
        {2: "\ud800"},
        {3: "x" * 64},
        {4: ""},
        {5: "more"},
    ],
)
def test_an_entry_that_does_not_fit_is_refused(change: dict[int, Any]) -> None:
    fields: list[Any] = [*GOOD, *([None] * (max(change) - 4))]
    for place, value in change.items():
        fields[place] = value
    import json

    with pytest.raises(WireError):
        read_push(json.dumps({"heads": {}, "entries": [fields], "evidence": []}).encode())


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        dump({"heads": [], "entries": []}),
        dump({"heads": {}, "entries": [GOOD] * (MAX_ENTRIES + 1)}),
    ],
)
def test_a_body_that_does_not_fit_is_refused(raw: bytes) -> None:
    with pytest.raises(WireError):
        read_push(raw)


@pytest.mark.parametrize(
    "header", ["", "Bearer x", "JudgeTui a b c d", "JudgeTui " + "0" * 64 + " " + "0" * 32 + " ٣ x"]
)
def test_a_header_that_does_not_fit_is_refused(header: str) -> None:
    with pytest.raises(WireError):
        read_authorization(header)


@given(count=st.integers(0, 1700))
def test_portions_hold_everything_in_order_and_none_too_much(count: int) -> None:
    made = [Entry(Author(bytes(32)), seq, b"{}", bytes(32), bytes(64)) for seq in range(1, count + 1)]
    cut = list(portions(made))

    assert [entry for portion in cut for entry in portion] == made
    assert all(0 < len(portion) <= PORTION for portion in cut)


def test_a_large_entry_goes_alone() -> None:
    small = Entry(Author(bytes(32)), 1, b"{}", bytes(32), bytes(64))
    large = small._replace(seq=2, body=b"x" * 3_000_000)

    assert list(portions([small, large, small._replace(seq=3)])) == [[small], [large], [small._replace(seq=3)]]


@given(chain=st.permutations(range(1, 9)), doubled=st.lists(st.integers(1, 8), max_size=5))
def test_order_and_doubling_on_the_way_do_no_harm(chain: list[int], doubled: list[int]) -> None:
    made = {seq: Entry(Author(bytes(32)), seq, b"{}", bytes([seq] * 32), bytes(64)) for seq in chain}

    assert sorted_chains([made[seq] for seq in [*chain, *doubled]]) == {bytes(32): [made[seq] for seq in range(1, 9)]}
