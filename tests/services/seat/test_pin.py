"""A PIN on a shared laptop: guessing is slowed, and closing the program does not help."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from judge_tui.domain.errors import JudgeTuiError, LockedError
from judge_tui.domain.messages import msg
from judge_tui.services.seat.pin import FIRST_WAIT, FREE, LONGEST_WAIT, Pin


class Notes:
    """A judge's local notes, and a clock."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.clock = datetime(2021, 12, 20, tzinfo=UTC)
        self.closed = False

    def local(self, key: str) -> str | None:
        return self.kept.get(key)

    def set_local(self, key: str, value: str) -> None:
        if self.closed:
            raise LockedError("READ_ONLY", msg("closed"))
        self.kept[key] = value

    def now(self) -> datetime:
        return self.clock

    def later(self, seconds: float) -> None:
        self.clock += timedelta(seconds=seconds)

    def pin(self) -> Pin:
        return Pin(self, self.now)


@pytest.fixture
def notes() -> Notes:
    made = Notes()
    made.pin().choose("1357")
    return made


def test_three_wrong_ones_then_even_the_right_one_has_to_wait(notes: Notes) -> None:
    pin = notes.pin()
    for _ in range(FREE):
        assert pin.attempt("0000") is not None
    assert "30" in str(pin.attempt("1357"))

    notes.later(FIRST_WAIT - 1)
    assert pin.attempt("1357") is not None
    notes.later(1)
    assert pin.attempt("１３５７") is None
    assert pin.attempt("0000") is not None
    assert pin.attempt("1357") is None, "the count begins anew"


def test_opening_the_file_again_does_not_shorten_the_wait(notes: Notes) -> None:
    for _ in range(FREE):
        notes.pin().attempt("0000")

    assert notes.pin().attempt("1357") is not None


def test_every_further_wrong_one_doubles_the_wait_up_to_a_quarter_of_an_hour(notes: Notes) -> None:
    pin = notes.pin()
    for _ in range(FREE):
        pin.attempt("0000")
    waits = []
    for _ in range(8):
        waited = 0
        while "not the PIN" not in str(pin.attempt("0000")):
            notes.later(1)
            waited += 1
        waits.append(waited)

    assert waits[:4] == [30, 60, 120, 240]
    assert waits[-1] == LONGEST_WAIT


def test_a_clock_that_was_set_back_lets_nobody_wait_longer(notes: Notes) -> None:
    for _ in range(FREE):
        notes.pin().attempt("0000")
    notes.later(-86400)

    pin = notes.pin()
    assert str(FIRST_WAIT) in str(pin.attempt("1357"))
    notes.later(FIRST_WAIT)
    assert pin.attempt("1357") is None


def test_a_second_window_slows_guessing_too(notes: Notes) -> None:
    notes.closed = True
    pin = notes.pin()
    for _ in range(FREE):
        pin.attempt("0000")

    assert pin.attempt("1357") is not None


@pytest.mark.parametrize("typed", ["12", "123456789", "12a4", "一二三四"])
def test_what_is_no_pin_is_refused(typed: str, notes: Notes) -> None:
    with pytest.raises(JudgeTuiError, match="PIN"):
        notes.pin().choose(typed)
