"""Addresses as people type them, and the code that stands for a certificate."""

from __future__ import annotations

import pytest

from judge_tui.domain.errors import JudgeTuiError
from judge_tui.services.sync import address as address_room
from judge_tui.services.sync.address import (
    Address,
    code_of,
    own_addresses,
    parse_address,
    parse_with_code,
    reachable_at,
    same_code,
)

PIN = "ab" * 32


@pytest.mark.parametrize(
    ("typed", "host", "port"),
    [
        ("192.168.1.5", "192.168.1.5", 8743),
        (" 192.168.1.5:9000 ", "192.168.1.5", 9000),
        ("192。168。1。5：9000", "192.168.1.5", 9000),
        ("https://192.168.1.5/", "192.168.1.5", 8743),
        ("organiser-laptop", "organiser-laptop", 8743),
        ("[fe80::1]:9000", "fe80::1", 9000),
        ("fe80::1", "fe80::1", 8743),
        ("37", "10.0.3.37", 8743),
        ("37:9000", "10.0.3.37", 9000),
    ],
)
def test_an_address_is_read_however_it_is_typed(typed: str, host: str, port: int) -> None:
    assert parse_address(typed, own="10.0.3.8") == Address(host, port)


@pytest.mark.parametrize("typed", ["", "two words", "1.2.3.4:", "1.2.3.4:70000", "1.2.3.4:0", "256", "a/b", "评委"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(JudgeTuiError) as refused:
        parse_address(typed, own="10.0.3.8")

    assert refused.value.code == "ADDRESS"


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (Address("192.168.1.5"), "192.168.1.5"),
        (Address("192.168.1.5", 9000), "192.168.1.5:9000"),
        (Address("fe80::1", 9000), "[fe80::1]:9000"),
    ],
)
def test_an_address_reads_back_as_itself(address: Address, text: str) -> None:
    assert str(address) == text
    assert parse_address(text) == address


def test_a_code_is_five_groups_of_four_digits_and_read_however_it_is_grouped() -> None:
    code = code_of(PIN)

    assert [len(group) for group in code.split(" ")] == [4] * 5
    assert same_code(code, PIN)
    assert same_code(code.replace(" ", "-"), PIN)
    assert not same_code(code[:-1], PIN)
    assert not same_code(code, "ac" * 32)
    assert not same_code("", PIN)


def test_a_code_may_stand_behind_the_address() -> None:
    assert parse_with_code("37 1234 5678") == ("37", "1234 5678")
    assert parse_with_code("37") == ("37", "")
    with pytest.raises(JudgeTuiError):
        parse_with_code("no address at all")


def test_a_hub_on_every_address_is_reached_at_each_of_this_laptops_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address_room, "own_address", lambda: "192.168.1.5")
    monkeypatch.setattr(address_room, "_listed", lambda: {"127.0.0.1", "192.168.1.5", "10.0.0.7"})

    assert own_addresses() == ("192.168.1.5", "10.0.0.7", "127.0.0.1")
    assert reachable_at("0.0.0.0") == ("192.168.1.5", "10.0.0.7")
    assert reachable_at("10.0.0.7") == ("10.0.0.7",)


def test_a_laptop_without_a_network_reaches_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address_room, "own_address", lambda: None)
    monkeypatch.setattr(address_room, "_listed", lambda: {"127.0.0.1"})

    assert own_addresses() == reachable_at("0.0.0.0") == ("127.0.0.1",)
